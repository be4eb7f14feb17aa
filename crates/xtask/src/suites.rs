//! The test suites, one after the other, each going on after a failure.

use std::process::{Command, ExitCode};
use std::time::Instant;

use crate::counts::Counts;
use crate::failure::Outcome;
use crate::hosts;
use crate::page;
use crate::pins;
use crate::progress::Span;
use crate::project::Project;
use crate::run;
use crate::setup::{Needs, Toolbox};

/// A group of checks that can be run alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suite {
    /// The sources are formatted.
    Format,
    /// Clippy is content with native code and with wasm.
    Lint,
    /// Tests of native code.
    Native,
    /// Tests of wasm in a browser.
    Wasm,
    /// Tests of the built page in a browser.
    EndToEnd,
}

impl Suite {
    /// All of them, in the order they are run: quick ones first.
    pub const ALL: [Self; 5] = [Self::Format, Self::Lint, Self::Native, Self::Wasm, Self::EndToEnd];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Format => "fmt",
            Self::Lint => "lint",
            Self::Native => "native",
            Self::Wasm => "wasm",
            Self::EndToEnd => "e2e",
        }
    }

    fn needs(self) -> Needs {
        match self {
            Self::Format => Needs::default(),
            Self::Native => Needs::PYTEST,
            Self::Lint => Needs { wasm: true, ..Needs::default() },
            Self::Wasm => Needs { page: false, ..Needs::SHOWN },
            Self::EndToEnd => Needs::ALL,
        }
    }
}

/// Runs suites and ends with a line of counts.
pub fn test(project: &Project, suites: &[Suite], filters: &[String]) -> Outcome<ExitCode> {
    let start = Instant::now();
    let needs = suites.iter().fold(Needs::default(), |needs, suite| needs.and(suite.needs()));
    let tools = Toolbox::prepare(project, needs)?;
    let runner = Runner { project, tools: &tools, filters };
    let mut table = Vec::new();
    for suite in suites {
        table.push((*suite, runner.run(*suite)));
    }
    Ok(conclude(&table, start))
}

fn conclude(table: &[(Suite, Counts)], start: Instant) -> ExitCode {
    let mut total = Counts::default();
    println!("\nAll suites in {}:", Span(start.elapsed()));
    for (suite, counts) in table {
        println!("{:>8}: {counts}", suite.name());
        total += *counts;
    }
    println!("{total}");
    if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

struct Runner<'a> {
    project: &'a Project,
    tools: &'a Toolbox,
    filters: &'a [String],
}

impl Runner<'_> {
    fn run(&self, suite: Suite) -> Counts {
        let start = Instant::now();
        println!("\n==== {} ====", suite.name());
        let outcome = match suite {
            Suite::Format => self.format(),
            Suite::Lint => self.lint(),
            Suite::Native => self.native(),
            Suite::Wasm => self.wasm(),
            Suite::EndToEnd => self.end_to_end(),
        };
        let counts = outcome.unwrap_or_else(|failure| {
            println!("{}: {failure}", suite.name());
            Counts::of_check(false)
        });
        println!("==== {}: {counts} ({}) ====", suite.name(), Span(start.elapsed()));
        counts
    }

    fn cargo(&self) -> Command {
        let mut command = run::cargo();
        command.current_dir(self.project.root());
        command
    }

    fn format(&self) -> Outcome<Counts> {
        let mut fmt = self.cargo();
        check(fmt.args(["fmt", "--all", "--check"]))
    }

    fn lint(&self) -> Outcome<Counts> {
        let mut native = self.cargo();
        native.args(["clippy", "--locked", "--workspace", "--all-targets"]).args([
            "--features",
            "gil-tests/screenshots",
            "--",
            "-Dwarnings",
        ]);
        let mut counts = check(&mut native)?;
        let wasm = self.tools.wasm().and_then(|wasm| {
            let mut clippy = wasm.clippy(self.project);
            clippy
                .args(["--locked", "--workspace", "--exclude", "xtask"])
                // Not the native tests: what they use need not compile here.
                .args(["--lib", "--bins", "--test", "wasm"])
                .args(["--target", pins::WASM_TARGET])
                .args(["--", "-Dwarnings"]);
            check(&mut clippy)
        });
        counts += wasm.unwrap_or_else(|failure| {
            println!("lint for wasm: {failure}");
            Counts::of_check(false)
        });
        Ok(counts)
    }

    fn native(&self) -> Outcome<Counts> {
        let mut test = self.cargo();
        test.args(["test", "--locked", "--workspace", "--no-fail-fast", "--"]).args(self.filters);
        let pytest = self.tools.pytest().map(|pytest| test.env("GIL_PYTEST", pytest));
        let missing = pytest.map_or_else(|failure| Some(failure.to_string()), |_| None);
        let mut counts = count(&mut test)?;
        if let Some(failure) = missing {
            println!("guards were run without pytest: {failure}");
            counts += Counts::of_check(false);
        }
        Ok(counts)
    }

    fn wasm(&self) -> Outcome<Counts> {
        let wasm = self.tools.wasm()?;
        let browser = self.tools.browser()?;
        let runner = self.tools.bindgen()?.join("wasm-bindgen-test-runner");
        let mut test = self.cargo();
        wasm.configure(self.project, &mut test);
        browser.configure(&mut test);
        test.args(["test", "--locked", "--package", "gil-tests"])
            .args(["--test", "wasm", "--target", pins::WASM_TARGET, "--"])
            .args(self.filters)
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
        count(&mut test)
    }

    fn end_to_end(&self) -> Outcome<Counts> {
        let (browser, axe) = (self.tools.browser()?, self.tools.axe()?);
        let speedscope = self.tools.speedscope()?;
        page::build(self.project, self.tools)?;
        // The tests of the other sites go on.
        let unbuilt = hosts::build(self.project, self.tools.hosts());
        let mut test = end_to_end_command(self.project, "e2e");
        browser.configure(&mut test);
        test.env("GIL_AXE", axe).env("GIL_SPEEDSCOPE", speedscope);
        test.env("GIL_HOSTS", hosts::folder(self.project));
        let mut counts = count(test.arg("--").args(self.filters))?;
        for _ in unbuilt {
            counts += Counts::of_check(false);
        }
        Ok(counts)
    }
}

/// The end-to-end tests of `dist/`, to which a browser has to be added.
pub fn end_to_end_command(project: &Project, feature: &str) -> Command {
    let mut test = run::cargo();
    test.current_dir(project.root())
        .args(["test", "--locked", "--package", "gil-tests"])
        .args(["--features", feature, "--test", "e2e"])
        .env("GIL_DIST", project.dist());
    test
}

fn check(command: &mut Command) -> Outcome<Counts> {
    Ok(Counts::of_check(shown(command)?.success))
}

fn count(command: &mut Command) -> Outcome<Counts> {
    let finished = shown(command)?;
    Ok(Counts::of_run(finished.success, &finished.lines))
}

fn shown(command: &mut Command) -> Outcome<run::Finished> {
    println!("$ {}", run::describe(command));
    run::visibly(command)
}
