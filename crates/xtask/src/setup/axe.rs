//! axe-core, which the end-to-end tests hold every page against.

use std::path::PathBuf;
use std::sync::Mutex;

use super::debian::Apt;
use super::npm::Package;
use crate::failure::{Failure, Outcome};
use crate::pins;
use crate::progress::Step;
use crate::project::Project;

const AXE: Package = Package {
    name: "axe-core",
    version: pins::AXE,
    with: &[],
    purpose: "axe-core, a checker of pages",
};

/// The script to run in a page.
pub fn prepare(project: &Project, apt: &Mutex<Apt>, step: &Step) -> Outcome<PathBuf> {
    let script = AXE.root(project).join("node_modules").join("axe-core").join("axe.min.js");
    if script.is_file() {
        step.say(format_args!("there, in {}", project.show(&script)));
        return Ok(script);
    }
    AXE.install(project, step, Some(apt))?;
    match script.is_file() {
        true => Ok(script),
        false => Err(Failure::new(format!("npm's axe-core has no {}", project.show(&script)))),
    }
}
