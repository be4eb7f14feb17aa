//! `gil`: the GIL Playground's engine in a terminal and in CI.

mod arguments;
mod check;
mod error;
mod input;
mod link;
mod output;
mod run;

use std::io::{IsTerminal, stderr};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command};
use error::Failure;

/// What the program ends with when a claim does not hold.
const DOES_NOT_HOLD: u8 = 1;

/// What it ends with when it was asked something that it cannot answer.
const BAD_INPUT: u8 = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let colour = arguments.colour.on(stderr().is_terminal());
    match dispatch(arguments) {
        Ok(code) => code,
        Err(failure) => {
            eprint!("{}", failure.shown(colour));
            ExitCode::from(BAD_INPUT)
        }
    }
}

fn dispatch(arguments: Arguments) -> Result<ExitCode, Failure> {
    match arguments.command {
        Command::Run(run) => run::run(&run),
        Command::Check(check) => check::check(&check),
        Command::Link(link) => link::link(&link),
        Command::Completions { shell } => {
            let mut command = Arguments::command();
            clap_complete::generate(shell, &mut command, "gil", &mut std::io::stdout());
            Ok(ExitCode::SUCCESS)
        }
    }
}
