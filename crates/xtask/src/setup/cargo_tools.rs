//! What comes from the crate registry: the workspace's crates, wasm-bindgen,
//! Trunk and mdBook.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Explain, Failure, Outcome};
use crate::pins;
use crate::progress::Step;
use crate::project::Project;
use crate::run;
use crate::version::Version;

/// Downloads the crates of `Cargo.lock`, so that later steps need no network.
pub fn fetch_crates(project: &Project, step: &Step) -> Outcome {
    if run::output_of(fetch(project).arg("--offline")).is_some() {
        step.say("all crates are there");
        return Ok(());
    }
    step.say("downloading the crates of Cargo.lock");
    run::quietly(step, &project.logs(), &mut fetch(project))
}

fn fetch(project: &Project) -> Command {
    let mut command = run::cargo();
    command
        .current_dir(project.root())
        .args(["fetch", "--locked"])
        .args(["--target", pins::WASM_TARGET]);
    if let Some(host) = host() {
        command.args(["--target", &host]);
    }
    command
}

fn host() -> Option<String> {
    let text = run::output_of(Command::new("rustc").arg("-vV"))?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "))?;
    Some(host.to_owned())
}

/// The folder of a wasm-bindgen of the crate's version.
pub fn wasm_bindgen(project: &Project, step: &Step) -> Outcome<PathBuf> {
    let version = project.locked_version("wasm-bindgen")?;
    let wanted = Version::parse(&version);
    let tool = Tool {
        crate_name: "wasm-bindgen-cli",
        version: &version,
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        // Its lock file names a crate that the registry does not have.
        locked: false,
        // It works through the whole page at every build: worth a little
        // optimisation.
        opt_level: "1",
        minutes: 2,
    };
    tool.prepare(project, step, |found| Some(found) == wanted)
}

/// The path of a Trunk that fits.
pub fn trunk(project: &Project, step: &Step) -> Outcome<PathBuf> {
    let tool = Tool {
        crate_name: "trunk",
        version: pins::TRUNK,
        programs: &["trunk"],
        locked: true,
        opt_level: "0",
        minutes: 3,
    };
    let folder = tool.prepare(project, step, |found| found >= pins::TRUNK_OLDEST)?;
    Ok(folder.join("trunk").with_extension(std::env::consts::EXE_EXTENSION))
}

/// The path of an mdBook that fits.
pub fn mdbook(project: &Project, step: &Step) -> Outcome<PathBuf> {
    let tool = Tool {
        crate_name: "mdbook",
        version: pins::MDBOOK,
        programs: &["mdbook"],
        locked: true,
        opt_level: "0",
        minutes: 1,
    };
    let folder = tool.prepare(project, step, |found| found >= pins::MDBOOK_OLDEST)?;
    Ok(folder.join("mdbook").with_extension(std::env::consts::EXE_EXTENSION))
}

/// Drops what was only needed for building the tools.
pub fn clean_up(project: &Project) {
    // Left over, it costs only space.
    let _ = fs::remove_dir_all(build_folder(project));
}

fn build_folder(project: &Project) -> PathBuf {
    project.tools().join("build")
}

struct Tool<'a> {
    crate_name: &'a str,
    version: &'a str,
    programs: &'a [&'a str],
    locked: bool,
    opt_level: &'a str,
    minutes: u32,
}

impl Tool<'_> {
    /// The folder of the tool's programs: installed, in the cache or built.
    fn prepare(
        &self,
        project: &Project,
        step: &Step,
        fits: impl Fn(Version) -> bool,
    ) -> Outcome<PathBuf> {
        if let Some(folder) = self.installed(&fits) {
            step.say(format_args!("installed in {}", folder.display()));
            return Ok(folder);
        }
        let root = project.tools().join(format!("{}-{}", self.crate_name, self.version));
        let folder = root.join("bin");
        if self.complete(&folder, &fits) {
            step.say(format_args!("there, in {}", project.show(&folder)));
            return Ok(folder);
        }
        step.say(format_args!(
            "building {} {} into {} (about {} min on 2 cores)",
            self.crate_name,
            self.version,
            project.show(&root),
            self.minutes
        ));
        self.build(project, step, &root)?;
        if self.complete(&folder, &fits) {
            return Ok(folder);
        }
        Err(Failure::new(format!(
            "{} was built but does not run, delete {} and try again",
            self.crate_name,
            project.show(&root)
        )))
    }

    fn installed(&self, fits: &impl Fn(Version) -> bool) -> Option<PathBuf> {
        let program = run::which(self.programs[0])?;
        let folder = program.parent()?.to_path_buf();
        self.complete(&folder, fits).then_some(folder)
    }

    fn complete(&self, folder: &Path, fits: &impl Fn(Version) -> bool) -> bool {
        self.programs.iter().all(|name| {
            let program = folder.join(name).with_extension(std::env::consts::EXE_EXTENSION);
            version_of(&program).is_some_and(fits)
        })
    }

    fn build(&self, project: &Project, step: &Step, root: &Path) -> Outcome {
        fs::create_dir_all(project.tools()).explain("create the cache folder")?;
        let mut command = run::cargo();
        command
            .current_dir(project.root())
            .args(["install", self.crate_name, "--version", self.version])
            .args(["--no-default-features", "--force", "--root"])
            .arg(root)
            .args(self.locked.then_some("--locked"))
            // A shared folder, so that crates common to the tools are
            // compiled once.
            .env("CARGO_TARGET_DIR", build_folder(project))
            // Quick to build counts for more than quick to run.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level)
            .env("CARGO_PROFILE_RELEASE_LTO", "false")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "64")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
        run::quietly(step, &project.logs(), &mut command)
    }
}

/// The version a program tells when asked.
pub fn version_of(program: impl AsRef<OsStr>) -> Option<Version> {
    let text = run::output_of(Command::new(program).arg("--version"))?;
    Version::find(&text)
}
