//! `gil man` and `gil completions`: made from the arguments.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_mangen::Man as Page;

use crate::arguments::{Arguments, Man};
use crate::error::Failure;
use crate::output::print;

/// Prints the manual page, or writes all of them.
pub fn man(arguments: &Man) -> Result<ExitCode, Failure> {
    // Its page would say nothing.
    let command = Arguments::command().disable_help_subcommand(true);
    match &arguments.directory {
        Some(directory) => {
            let failure = |error| Failure::file("write to", directory, &error);
            std::fs::create_dir_all(directory).map_err(failure)?;
            clap_mangen::generate_to(command, directory).map_err(failure)?;
        }
        None => {
            let mut page = Vec::new();
            let rendered = Page::new(command).render(&mut page);
            rendered.map_err(|error| Failure::new(format!("cannot make the page: {error}")))?;
            print(&String::from_utf8_lossy(&page))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints a shell's script. It is made first: the library panics where a reader goes away.
pub fn completions(shell: clap_complete::Shell) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "gil", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
