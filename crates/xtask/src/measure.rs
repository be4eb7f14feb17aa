//! Measuring a real CPython on this machine, and comparing the simulation with it.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use crate::failure::{Explain, Failure, Outcome};
use crate::pins::PYTHON_OLDEST;
use crate::progress::Step;
use crate::project::Project;
use crate::run;
use crate::version::Version;

/// The Python that is measured when none is named.
pub const DEFAULT_PYTHON: &str = if cfg!(windows) { "python" } else { "python3" };

/// Prints a line for [`Build::parse`]. Works in every Python, so that one that is too old gets to
/// say so.
const PROBE: &str = "import platform, sysconfig; \
                     print(' '.join([platform.python_implementation(), platform.python_version(), \
                     str(sysconfig.get_config_var('Py_GIL_DISABLED') or 0)]))";

/// What to measure, and where to put it.
pub struct Options {
    /// The Python, a path or a name on the path.
    pub python: OsString,
    /// The cases, all when empty; the measuring program knows their names.
    pub only: Vec<String>,
    /// Pairs for each ratio, when not the program's own choice.
    pub repeat: Option<u32>,
    /// Whether rough figures are enough.
    pub quick: bool,
    /// The file for the figures, when not the usual one.
    pub out: Option<PathBuf>,
}

/// Measures, keeps the figures, and prints them beside the simulation's.
pub fn measure(project: &Project, options: &Options) -> Outcome<ExitCode> {
    let build = Step::run("python", |step| {
        let build = probe(&options.python)?;
        step.say(format_args!("{} is {build}", options.python.to_string_lossy()));
        Ok(build)
    })?;
    let file = figures_file(project, options, &build);
    Step::run("measure", |step| {
        step.say("stop what else is busy on this machine: it would be measured, too");
        take_figures(project, options, &file)?;
        step.say(format_args!("the figures are in {}", project.show(&file)));
        Ok(())
    })?;
    compare(project, &file)
}

/// What is known of the Python, as far as the figures depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Build {
    version: Version,
    free_threaded: bool,
}

impl Build {
    /// Reads what [`PROBE`] prints, or says what is wrong with that Python.
    fn parse(printed: &str) -> Result<Self, String> {
        let words: Vec<&str> = printed.split_whitespace().collect();
        let [implementation, version, free_threaded] = words[..] else {
            return Err(format!("did not tell its version but `{}`", printed.trim()));
        };
        if implementation != "CPython" {
            return Err(format!("is {implementation}, and the GIL that is simulated is CPython's"));
        }
        let version = Version::parse(version)
            .ok_or_else(|| format!("has a version nobody can read, `{version}`"))?;
        if version < PYTHON_OLDEST {
            return Err(format!("is Python {version}, the oldest that works is {PYTHON_OLDEST}"));
        }
        Ok(Self { version, free_threaded: free_threaded == "1" })
    }

    /// `py3.11.json`, `py3.13t.json`: named like the files in `tests/cpython`.
    fn file_name(self) -> String {
        let (major, minor) = (self.version.major(), self.version.minor());
        let kind = if self.free_threaded { "t" } else { "" };
        format!("py{major}.{minor}{kind}.json")
    }
}

impl fmt::Display for Build {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.free_threaded { ", free-threaded" } else { "" };
        write!(f, "CPython {}{kind}", self.version)
    }
}

fn probe(python: &OsString) -> Outcome<Build> {
    let name = python.to_string_lossy();
    let unusable =
        |why: String| Failure::new(format!("{name} {why}; name another with `--python PATH`"));
    let output = Command::new(python)
        .args(["-c", PROBE])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| unusable(format!("could not be started ({error})")))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        let last = complaint.lines().last().unwrap_or("without a word").trim();
        return Err(unusable(format!("is not a Python that works ({last})")));
    }
    Build::parse(&String::from_utf8_lossy(&output.stdout)).map_err(unusable)
}

fn figures_file(project: &Project, options: &Options, build: &Build) -> PathBuf {
    let usual = || project.target().join("measure").join(build.file_name());
    options.out.as_ref().map_or_else(usual, |out| project.root().join(out))
}

/// Runs the measuring program; its figures replace those in the file only when they are sound.
fn take_figures(project: &Project, options: &Options, file: &Path) -> Outcome {
    let program = project.root().join("tests").join("cpython").join("measure.py");
    let mut command = Command::new(&options.python);
    command.arg(program).args(program_arguments(options));
    let figures = run::printed_by(&mut command)?;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).explain(format_args!("create {}", folder.display()))?;
    }
    let fresh = file.with_extension("json.new");
    fs::write(&fresh, figures).explain(format_args!("write {}", fresh.display()))?;
    check_json(&options.python, &fresh)?;
    fs::rename(&fresh, file).explain(format_args!("write {}", file.display()))
}

fn program_arguments(options: &Options) -> Vec<String> {
    let mut words = Vec::new();
    if options.quick {
        words.push("--quick".to_owned());
    }
    if !options.only.is_empty() {
        words.extend(["--only".to_owned(), options.only.join(",")]);
    }
    if let Some(repeat) = options.repeat {
        words.extend(["--repeat".to_owned(), repeat.to_string()]);
    }
    words
}

/// Python itself reads the file, which spares a JSON library here.
fn check_json(python: &OsString, file: &Path) -> Outcome {
    let output = Command::new(python)
        .args(["-m", "json.tool"])
        .arg(file)
        .stdin(Stdio::null())
        .output()
        .explain("check what was measured")?;
    if output.status.success() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "what was measured is not JSON, see {}: {}",
        file.display(),
        String::from_utf8_lossy(&output.stderr).trim()
    )))
}

fn compare(project: &Project, file: &Path) -> Outcome<ExitCode> {
    let mut command = run::cargo();
    command
        .current_dir(project.root())
        .args(["run", "--release", "-q", "-p", "gil-reality", "--bin", "conformance", "--"])
        .arg("--measured")
        .arg(file);
    eprintln!("Simulating the same cases; the first time the simulator is built.");
    if run::visibly(&mut command)?.success {
        return Ok(ExitCode::SUCCESS);
    }
    Err(Failure::new(format!(
        "the simulation was not compared, see above; the figures are in {}",
        project.show(file)
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> Options {
        Options {
            python: DEFAULT_PYTHON.into(),
            only: Vec::new(),
            repeat: None,
            quick: false,
            out: None,
        }
    }

    #[test]
    fn names_the_file_after_the_build() {
        let file = |printed| Build::parse(printed).expect("a usable Python").file_name();
        assert_eq!(file("CPython 3.11.7 0\n"), "py3.11.json");
        assert_eq!(file("CPython 3.13.5 1\r\n"), "py3.13t.json");
        assert_eq!(file("CPython 3.15.0a2+ 0\n"), "py3.15.json");
    }

    #[test]
    fn shows_which_python_it_is() {
        let shown = |printed| Build::parse(printed).expect("a usable Python").to_string();
        assert_eq!(shown("CPython 3.8.18 0"), "CPython 3.8.18");
        assert_eq!(shown("CPython 3.14.0 1"), "CPython 3.14.0, free-threaded");
    }

    #[test]
    fn says_why_a_python_is_of_no_use() {
        let why = |printed| Build::parse(printed).expect_err("an unusable Python");
        assert!(why("CPython 2.7.18 0").contains("oldest that works is 3.8"));
        assert!(why("PyPy 3.10.14 0").contains("PyPy"));
        assert!(why("CPython new 0").contains("`new`"));
        assert!(why("hello\n").contains("`hello`"));
    }

    #[test]
    fn a_python_that_is_not_there_is_named() {
        let failure = probe(&"no/such/python".into()).expect_err("nothing to start").to_string();
        assert!(failure.contains("no/such/python") && failure.contains("--python"), "{failure}");
    }

    #[test]
    fn hands_its_options_on() {
        assert_eq!(program_arguments(&options()), Vec::<String>::new());
        let some = Options {
            only: vec!["convoy".to_owned(), "handoffs".to_owned()],
            repeat: Some(3),
            quick: true,
            ..options()
        };
        let words = ["--quick", "--only", "convoy,handoffs", "--repeat", "3"];
        assert_eq!(program_arguments(&some), words);
    }

    #[test]
    fn puts_the_figures_where_they_are_wanted() {
        let project = Project::locate().expect("the working copy");
        let build = Build::parse("CPython 3.13.5 1").expect("a usable Python");
        let file = |options| project.show(&figures_file(&project, &options, &build));
        assert_eq!(Path::new(&file(options())), Path::new("target/measure/py3.13t.json"));
        let mine = Options { out: Some("mine.json".into()), ..options() };
        assert_eq!(file(mine), "mine.json");
    }
}
