//! Packages of the npm registry, each in a folder of its own in the cache.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use super::debian::{self, Apt};
use crate::failure::{Explain, Failure, Outcome};
use crate::progress::Step;
use crate::project::Project;
use crate::run;

/// A package in the version that is wanted.
#[derive(Clone, Copy)]
pub struct Package {
    /// Its name.
    pub name: &'static str,
    /// The version.
    pub version: &'static str,
    /// What is installed with it, each as `name@version`.
    pub with: &'static [&'static str],
    /// What it is for, after "to get".
    pub purpose: &'static str,
}

impl Package {
    /// Where it is once it is installed.
    pub fn root(self, project: &Project) -> PathBuf {
        let name = self.name.trim_start_matches('@').replace('/', "-");
        project.tools().join(format!("{name}-{}", self.version))
    }

    /// Installs it, and npm first where that is missing and `apt` can bring it.
    pub fn install(self, project: &Project, step: &Step, apt: Option<&Mutex<Apt>>) -> Outcome {
        let Package { name, version, with, purpose } = self;
        if run::which("npm").is_none()
            && let Some(apt) = apt
        {
            let mut apt = debian::lock(apt);
            if apt.may_install() {
                step.say("installing Debian's package npm on this machine");
                apt.install(step, &["npm"])?;
            }
        }
        let npm = run::which("npm").ok_or_else(|| {
            Failure::new(format!("npm is missing, install Node.js to get {purpose}"))
        })?;
        let root = self.root(project);
        step.say(format_args!("fetching {name} {version} from npm into {}", project.show(&root)));
        fs::create_dir_all(&root).explain(format_args!("create the folder for {name}"))?;
        let mut command = Command::new(npm);
        command
            .current_dir(&root)
            .args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"])
            .arg::<&Path>(&root)
            .arg(format!("{name}@{version}"))
            .args(with);
        run::tentatively(step, &project.logs(), &mut command)
    }
}
