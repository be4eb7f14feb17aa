//! Debian's packages: installing the browser, unpacking the compiler.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard};

use crate::failure::{Explain, Failure, Outcome};
use crate::progress::Step;
use crate::run;

/// Debian's package manager. There is one, behind a lock, because two of its
/// commands cannot run at once.
pub struct Apt {
    logs: PathBuf,
    updated: bool,
}

impl Apt {
    /// The machine's package manager, its logs in that folder.
    pub fn new(logs: PathBuf) -> Self {
        Self { logs, updated: false }
    }

    /// True on a machine that has apt.
    pub fn is_there(&self) -> bool {
        run::which("apt-get").is_some() && run::which("dpkg").is_some()
    }

    /// True where packages can be installed without asking anybody.
    pub fn may_install(&self) -> bool {
        self.is_there() && is_root()
    }

    /// Installs packages on the machine, as root.
    pub fn install(&mut self, step: &Step, packages: &[&str]) -> Outcome {
        if packages.iter().any(|name| self.versions(name).is_empty()) {
            self.update(step)?;
        }
        let mut command = Command::new("apt-get");
        command
            .args(["install", "--yes", "--no-install-recommends"])
            .args(packages)
            .env("DEBIAN_FRONTEND", "noninteractive");
        self.twice(step, &mut command)
    }

    /// Runs a command again with an up-to-date list of packages when it
    /// fails: a list that is too old names files that are gone.
    fn twice(&mut self, step: &Step, command: &mut Command) -> Outcome {
        if !self.updated && run::tentatively(step, &self.logs, command).is_ok() {
            return Ok(());
        }
        self.update(step)?;
        run::quietly(step, &self.logs, command)
    }

    /// Brings the list of packages up to date, once.
    pub fn update(&mut self, step: &Step) -> Outcome {
        if self.updated {
            return Ok(());
        }
        if !is_root() {
            return Err(Failure::new(
                "apt's list of packages is missing or too old, run `sudo apt-get update`",
            ));
        }
        step.say("bringing apt's list of packages up to date");
        run::quietly(step, &self.logs, Command::new("apt-get").arg("update"))?;
        self.updated = true;
        Ok(())
    }

    /// The versions of a package on offer, newest first.
    pub fn versions(&self, package: &str) -> Vec<String> {
        let text = run::output_of(Command::new("apt-cache").args(["madison", package]));
        madison_versions(&text.unwrap_or_default())
    }

    /// The packages a package depends on, without alternatives.
    pub fn dependencies(&self, package: &str) -> Vec<String> {
        let text = run::output_of(Command::new("apt-cache").args(["depends", package]));
        text.unwrap_or_default()
            .lines()
            .filter_map(|line| line.trim().strip_prefix("Depends: "))
            .map(str::to_owned)
            .collect()
    }

    /// True when a package is installed on the machine.
    pub fn has(&self, package: &str) -> bool {
        let mut query = Command::new("dpkg-query");
        query.args(["--show", "--showformat=${db:Status-Status}", package]);
        run::output_of(&mut query).is_some_and(|status| status == "installed")
    }

    /// Downloads packages, each as `name` or `name=version`, and unpacks them
    /// into a folder without installing them.
    pub fn unpack(&mut self, step: &Step, packages: &[String], into: &Path) -> Outcome {
        let downloads = into.join("packages");
        fs::create_dir_all(&downloads).explain("create the folder for Debian's packages")?;
        let mut download = Command::new("apt-get");
        download.current_dir(&downloads).arg("download").args(packages);
        self.twice(step, &mut download)?;
        step.say("unpacking Debian's packages");
        let files = fs::read_dir(&downloads).explain("list the downloaded packages")?;
        for file in files {
            let file = file.explain("list the downloaded packages")?.path();
            let mut unpack = Command::new("dpkg");
            unpack.arg("-x").arg(file).arg(into);
            run::quietly(step, &self.logs, &mut unpack)?;
        }
        fs::remove_dir_all(&downloads).explain("remove the downloaded packages")
    }
}

/// Waits for apt's turn.
pub fn lock(apt: &Mutex<Apt>) -> MutexGuard<'_, Apt> {
    apt.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn is_root() -> bool {
    // std has no way to ask.
    run::output_of(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}

fn madison_versions(text: &str) -> Vec<String> {
    text.lines()
        .filter_map(|line| line.split('|').nth(1))
        .map(|version| version.trim().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_versions_on_offer() {
        let text = " rustc-web | 1.96.0+dfsg1-1~deb12u2 | somewhere\n\
                    rustc-web | 1.85.0+dfsg3-1~deb12u3 | elsewhere\n";
        assert_eq!(madison_versions(text), ["1.96.0+dfsg1-1~deb12u2", "1.85.0+dfsg3-1~deb12u3"]);
        assert!(madison_versions("").is_empty());
    }
}
