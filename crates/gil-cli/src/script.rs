//! `gil script`: a Python program that does what a scenario says.

use std::process::ExitCode;

use gil_script::program;

use crate::arguments::Script;
use crate::error::Failure;
use crate::input;
use crate::output::print;

/// Prints the program.
pub fn script(arguments: &Script) -> Result<ExitCode, Failure> {
    let link = input::changed(&arguments.scenario, &arguments.set)?;
    print(&program(&link))?;
    Ok(ExitCode::SUCCESS)
}
