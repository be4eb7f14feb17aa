//! `gil man`, `gil help` and `gil completions`: made from the arguments.

use std::process::ExitCode;

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Zsh};
use clap_mangen::Man as Page;
use gil_notation::nearest;

use crate::arguments::{Arguments, Colour, Man};
use crate::error::Failure;
use crate::notation;
use crate::output::{print, write_file};

/// The word that asks for the notation, where a command could stand.
const NOTATION: &str = "notation";

/// Prints the manual page, or writes all of them.
pub fn man(arguments: &Man) -> Result<ExitCode, Failure> {
    let command = Arguments::command();
    match (&arguments.directory, arguments.notation) {
        (Some(directory), _) => {
            let failure = |error| Failure::file("write to", directory, &error);
            std::fs::create_dir_all(directory).map_err(failure)?;
            clap_mangen::generate_to(command, directory).map_err(failure)?;
            write_file(&directory.join("gil-notation.7"), notation::page())?;
        }
        (None, true) => print(&notation::page())?,
        (None, false) => {
            let mut page = Vec::new();
            let rendered = Page::new(command).render(&mut page);
            rendered.map_err(|error| Failure::new(format!("cannot make the page: {error}")))?;
            print(&String::from_utf8_lossy(&page))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints what `--help` of a command does, or the notation.
pub fn help(topic: Option<&str>, colour: Colour) -> Result<ExitCode, Failure> {
    if topic == Some(NOTATION) {
        print(&notation::text())?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut all = Arguments::command();
    all.build();
    let command = match topic {
        None => &mut all,
        Some(topic) => {
            let unknown = unknown(topic, &all);
            all.find_subcommand_mut(topic).ok_or(unknown)?
        }
    };
    let text = command.render_long_help();
    match colour.on(&std::io::stdout()) {
        true => print(&text.ansi().to_string())?,
        false => print(&text.to_string())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn unknown(topic: &str, all: &Command) -> Failure {
    let names: Vec<&str> = all.get_subcommands().map(Command::get_name).chain([NOTATION]).collect();
    let failure = Failure::new(format!("there is no help on {topic:?}"));
    match nearest(topic, &names) {
        Some(name) => failure.help(format!("did you mean gil help {name}?")),
        None => failure.help(format!("there is help on {}", names.join(", "))),
    }
}

/// Prints a shell's script, which asks this program what could stand where the cursor is.
pub fn completions(shell: Shell) -> Result<ExitCode, Failure> {
    let completer: &dyn EnvCompleter = match shell {
        Shell::Bash => &Bash,
        Shell::Elvish => &Elvish,
        Shell::Fish => &Fish,
        Shell::PowerShell => &Powershell,
        Shell::Zsh => &Zsh,
        shell => return Err(Failure::new(format!("there are no completions for {shell}"))),
    };
    let mut script = Vec::new();
    let written = completer.write_registration("COMPLETE", "gil", "gil", "gil", &mut script);
    written.map_err(|error| Failure::new(format!("cannot make the script: {error}")))?;
    print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
