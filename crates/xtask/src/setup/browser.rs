//! Chromium and its driver, for the tests.

use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;

use super::cargo_tools::version_of;
use super::debian::{self, Apt};
use crate::failure::{Failure, Outcome};
use crate::progress::Step;
use crate::run;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// A browser the tests can drive.
#[derive(Clone, Debug)]
pub struct Browser {
    /// The program.
    pub chromium: PathBuf,
    /// The driver of the same version.
    pub driver: PathBuf,
}

impl Browser {
    /// Tells a command where browser and driver are.
    pub fn configure(&self, command: &mut Command) {
        command.env("GIL_CHROMIUM", &self.chromium).env("CHROMEDRIVER", &self.driver);
    }
}

/// Finds the browser and its driver, or installs Debian's.
pub fn prepare(apt: &Mutex<Apt>, step: &Step) -> Outcome<Browser> {
    if let Some(browser) = find() {
        check_versions(&browser)?;
        step.say(format_args!("{}", browser.chromium.display()));
        return Ok(browser);
    }
    let mut apt = debian::lock(apt);
    if !apt.may_install() {
        return Err(Failure::new(format!(
            "Chromium or its driver is missing, run `sudo apt-get install {}` \
             or set CHROMIUM and CHROMEDRIVER to their paths",
            PACKAGES.join(" ")
        )));
    }
    step.say(format_args!(
        "installing Debian's packages {} on this machine",
        PACKAGES.join(" and ")
    ));
    apt.install(step, &PACKAGES)?;
    find().ok_or_else(|| {
        Failure::new("Chromium was installed but is not on the path, set CHROMIUM to its path")
    })
}

fn find() -> Option<Browser> {
    let chromium = named("CHROMIUM").or_else(|| BROWSERS.iter().find_map(|b| run::which(b)))?;
    let driver = named("CHROMEDRIVER").or_else(|| run::which("chromedriver"))?;
    Some(Browser { chromium, driver })
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

fn check_versions(browser: &Browser) -> Outcome {
    let (Some(chromium), Some(driver)) =
        (version_of(&browser.chromium), version_of(&browser.driver))
    else {
        return Err(Failure::new(
            "Chromium or its driver does not run, install both again or set CHROMIUM and \
             CHROMEDRIVER to ones that do",
        ));
    };
    if chromium.major() == driver.major() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "Chromium is {chromium} but its driver {driver}, install both in the same version"
    )))
}
