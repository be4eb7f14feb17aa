//! Packages of Python, each set in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use super::debian::{self, Apt};
use crate::failure::{Failure, Outcome};
use crate::pins;
use crate::progress::Step;
use crate::project::Project;
use crate::run;

/// The Python that has pytest, with which generated tests are run.
pub fn pytest(project: &Project, apt: &Mutex<Apt>, step: &Step) -> Outcome<PathBuf> {
    prepare(project, apt, step, "pytest", &[pins::PYTEST]).map(|programs| programs.join("python"))
}

/// The folder with the programs of some packages, installed when one is missing.
pub fn prepare(
    project: &Project,
    apt: &Mutex<Apt>,
    step: &Step,
    folder: &str,
    packages: &[&str],
) -> Outcome<PathBuf> {
    let root = project.tools().join(folder);
    let programs = root.join("bin");
    if is_complete(&programs, packages) {
        step.say(format_args!("there, in {}", project.show(&programs)));
        return Ok(programs);
    }
    let all = packages.join(", ");
    let shown = project.show(&root);
    step.say(format_args!("fetching {all} from Python's registry into {shown}"));
    environment(project, apt, step, &root)?;
    let mut install = Command::new(programs.join("python"));
    install.args(["-m", "pip", "install", "--disable-pip-version-check"]).args(packages);
    run::quietly(step, &project.logs(), &mut install)?;
    match is_complete(&programs, packages) {
        true => Ok(programs),
        false => Err(Failure::new(format!(
            "{all} was installed but is not there, delete {shown} and try again"
        ))),
    }
}

/// A folder for Python's packages, with Debian's Python where there is none that can make one.
fn environment(project: &Project, apt: &Mutex<Apt>, step: &Step, root: &Path) -> Outcome {
    let make = |python: &str| {
        let mut command = Command::new(python);
        command.args(["-m", "venv"]).arg(root);
        run::tentatively(step, &project.logs(), &mut command)
    };
    let Err(failure) = make("python3") else { return Ok(()) };
    let mut apt = debian::lock(apt);
    if !apt.may_install() {
        return Err(Failure::new(format!(
            "{failure}; install Python 3.11 or newer with its module venv, on Debian by `sudo \
             apt-get install python3-venv`"
        )));
    }
    step.say("installing Debian's package python3-venv on this machine");
    apt.install(step, &["python3-venv"])?;
    // Not another one that comes first on the path.
    make("/usr/bin/python3")
}

fn is_complete(programs: &Path, packages: &[&str]) -> bool {
    let mut list = Command::new(programs.join("python"));
    list.args(["-m", "pip", "list", "--format", "freeze", "--disable-pip-version-check"]);
    run::output_of(&mut list).is_some_and(|installed| has_all(&installed, packages))
}

/// True when a list of pip names all of these packages in these versions.
fn has_all(installed: &str, wanted: &[&str]) -> bool {
    let installed = installed.to_ascii_lowercase();
    wanted.iter().all(|package| installed.lines().any(|line| line.trim() == *package))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_list_of_pip() {
        let installed = "mkdocs==1.6.1\nSphinx==8.2.3\n";
        assert!(has_all(installed, &["sphinx==8.2.3", "mkdocs==1.6.1"]));
        assert!(!has_all(installed, &["sphinx==8.2"]));
        assert!(!has_all(installed, &["sphinx==8.2.3", "myst-parser==4.0.1"]));
    }
}
