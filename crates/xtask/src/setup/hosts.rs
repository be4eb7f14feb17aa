//! The tools that build sites of others, to put the page into them: mdBook, MkDocs, Sphinx and
//! Docusaurus.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use super::debian::Apt;
use super::npm::Package;
use super::python;
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

/// The programs of MkDocs and Sphinx, installed when they are missing.
pub fn python(project: &Project, apt: &Mutex<Apt>, step: &Step) -> Outcome<PathBuf> {
    python::prepare(project, apt, step, "python-hosts", &pins::PYTHON_HOSTS)
}
