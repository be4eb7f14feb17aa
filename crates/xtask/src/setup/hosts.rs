//! The tools that build sites of others, to put the page into them: mdBook, MkDocs, Sphinx and
//! Docusaurus.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use super::debian::{self, Apt};
use super::npm::Package;
use crate::failure::{Failure, Outcome};
use crate::pins;
use crate::progress::Step;
use crate::project::Project;
use crate::run;

/// Each there or with the reason why not.
pub struct Hosts {
    /// mdBook's program.
    pub mdbook: Outcome<PathBuf>,
    /// The folder with the Python that has MkDocs and Sphinx.
    pub python: Outcome<PathBuf>,
    /// The folder that Docusaurus is installed in, with its `node_modules`.
    pub docusaurus: Outcome<PathBuf>,
}

impl Hosts {
    /// The first reason why one is missing.
    pub fn complete(&self) -> Outcome {
        for host in [&self.mdbook, &self.python, &self.docusaurus] {
            host.as_ref().map_err(Clone::clone)?;
        }
        Ok(())
    }
}

const DOCUSAURUS: Package = Package {
    name: "@docusaurus/core",
    version: pins::DOCUSAURUS,
    with: &pins::DOCUSAURUS_WITH,
    purpose: "Docusaurus, which the page is tested in",
};

/// Where Docusaurus is, installed when it is missing.
pub fn docusaurus(project: &Project, apt: &Mutex<Apt>, step: &Step) -> Outcome<PathBuf> {
    let root = DOCUSAURUS.root(project);
    if docusaurus_runs(&root) {
        step.say(format_args!("there, in {}", project.show(&root)));
        return Ok(root);
    }
    step.say("this takes about a minute and 280 MB");
    DOCUSAURUS.install(project, step, Some(apt))?;
    match docusaurus_runs(&root) {
        true => Ok(root),
        false => Err(Failure::new(format!(
            "npm's Docusaurus does not run, delete {} and try again with Node.js 20 or newer",
            project.show(&root)
        ))),
    }
}

fn docusaurus_runs(root: &Path) -> bool {
    let modules = root.join("node_modules");
    let preset = modules.join("@docusaurus").join("preset-classic");
    // Asked for its version, it wants to see a site first.
    let mut help = Command::new(modules.join(".bin").join("docusaurus"));
    preset.is_dir() && run::output_of(help.args(["build", "--help"])).is_some()
}

/// The folder of the Python that has MkDocs and Sphinx, installed when they are missing.
pub fn python(project: &Project, apt: &Mutex<Apt>, step: &Step) -> Outcome<PathBuf> {
    let root = project.tools().join("python-hosts");
    let programs = root.join("bin");
    if is_complete(&programs) {
        step.say(format_args!("there, in {}", project.show(&programs)));
        return Ok(programs);
    }
    step.say(format_args!(
        "fetching {} from Python's registry into {}",
        pins::PYTHON_HOSTS.join(", "),
        project.show(&root)
    ));
    environment(project, apt, step, &root)?;
    let mut install = Command::new(programs.join("python"));
    install.args(["-m", "pip", "install", "--disable-pip-version-check"]).args(pins::PYTHON_HOSTS);
    run::quietly(step, &project.logs(), &mut install)?;
    if is_complete(&programs) {
        return Ok(programs);
    }
    Err(Failure::new(format!(
        "MkDocs or Sphinx was installed but is not there, delete {} and try again",
        project.show(&root)
    )))
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

fn is_complete(programs: &Path) -> bool {
    let mut list = Command::new(programs.join("python"));
    list.args(["-m", "pip", "list", "--format", "freeze", "--disable-pip-version-check"]);
    run::output_of(&mut list).is_some_and(|installed| has_all(&installed, &pins::PYTHON_HOSTS))
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
