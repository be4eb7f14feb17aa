//! `gil link`.

use std::process::ExitCode;

use gil_notation::{MAX_CHARS, print as print_link};

use crate::arguments::LinkArguments;
use crate::error::Failure;
use crate::input;
use crate::output::print;

/// Prints the canonical form.
pub fn link(arguments: &LinkArguments) -> Result<ExitCode, Failure> {
    let link = input::read(&arguments.scenario)?;
    let text = print_link(&link);
    if text.len() > MAX_CHARS {
        return Err(Failure::new(format!(
            "this scenario's link has {} characters; {MAX_CHARS} is the most that is read",
            text.len()
        )));
    }
    let address = match &arguments.base {
        Some(base) => format!("{}#{text}", base.split('#').next().unwrap_or_default()),
        None => text.clone(),
    };
    if arguments.short {
        print(&format!("{address}\n"));
        return Ok(ExitCode::SUCCESS);
    }
    let parts = text.split('/').map(|part| format!("  {part}\n")).collect::<String>();
    print(&format!("{address}\n\n{parts}"));
    Ok(ExitCode::SUCCESS)
}
