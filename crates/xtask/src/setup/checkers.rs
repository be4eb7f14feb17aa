//! What the end-to-end tests hold pages and files against: axe-core and speedscope, from npm.

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

const SPEEDSCOPE: Package = Package {
    name: "speedscope",
    version: pins::SPEEDSCOPE,
    with: &[],
    purpose: "speedscope, a viewer of profiles",
};

/// The script of axe-core, to run in a page.
pub fn axe(project: &Project, apt: &Mutex<Apt>, step: &Step) -> Outcome<PathBuf> {
    prepare(&AXE, "axe.min.js", project, apt, step)
}

/// The page of speedscope.
pub fn speedscope(project: &Project, apt: &Mutex<Apt>, step: &Step) -> Outcome<PathBuf> {
    prepare(&SPEEDSCOPE, "dist/release/index.html", project, apt, step)
}

/// A file of a package.
fn prepare(
    package: &Package,
    file: &str,
    project: &Project,
    apt: &Mutex<Apt>,
    step: &Step,
) -> Outcome<PathBuf> {
    let path = package.root(project).join("node_modules").join(package.name).join(file);
    if path.is_file() {
        step.say(format_args!("there, in {}", project.show(&path)));
        return Ok(path);
    }
    package.install(project, step, Some(apt))?;
    match path.is_file() {
        true => Ok(path),
        false => {
            let (name, path) = (package.name, project.show(&path));
            Err(Failure::new(format!("npm's {name} has no {path}")))
        }
    }
}
