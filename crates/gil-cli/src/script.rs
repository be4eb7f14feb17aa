//! `gil script`: a Python program that does what a scenario says, and guards for a team's code.

use std::process::ExitCode;

use gil_script::{HELPER, guard, program};

use crate::arguments::Script;
use crate::error::Failure;
use crate::input;
use crate::output::print;

/// Prints the program, the guard or its helper.
pub fn script(arguments: &Script) -> Result<ExitCode, Failure> {
    match &arguments.scenario {
        Some(scenario) => {
            let link = input::changed(scenario, &arguments.set)?;
            match arguments.guard {
                true => print(&guard(&link).map_err(Failure::new)?)?,
                false => print(&program(&link))?,
            }
        }
        None => print(HELPER)?,
    }
    Ok(ExitCode::SUCCESS)
}
