//! `gil`: the GIL Playground's engine in a terminal and in CI.
//!
//! A command is a file: `run`, `sweep`, `compare`, `check`, `metrics`, `presets`, `recording`,
//! `measured`, `fit`, `link`, `incident`, `man`.
//! Each reads its arguments (`arguments`, with the long help in `help`), asks the libraries, and
//! prints a table for people or JSON for programs (`output`). What is wrong is a [`Failure`]: a sentence,
//! with its place underlined where it has one. Only `main` ends the program.

mod arguments;
mod check;
mod compare;
mod completion;
mod error;
mod fit;
mod help;
mod incident;
mod input;
mod json;
mod link;
mod man;
mod measured;
mod metrics;
mod notation;
mod output;
mod presets;
mod recording;
mod run;
mod script;
mod seeds;
mod strict;
mod sweep;

use std::io::stderr;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use clap_complete::CompleteEnv;

use arguments::{Arguments, Command};
use error::Failure;
use output::print_aside;

/// What the program ends with when a claim does not hold, or a run is not whole and has to be.
const DOES_NOT_HOLD: u8 = 1;

/// What it ends with when it was asked something that it cannot answer.
const BAD_INPUT: u8 = 2;

fn main() -> ExitCode {
    // Where a shell asks what could stand at the cursor, this answers and ends the program.
    CompleteEnv::with_factory(Arguments::command).complete();
    let arguments = Arguments::parse().settled();
    output::set_up(arguments.output.as_deref(), arguments.quiet);
    let colour = arguments.colour.on(&stderr());
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(failure) => {
            print_aside(&failure.shown(colour));
            ExitCode::from(BAD_INPUT)
        }
    }
}

fn dispatch(arguments: &Arguments) -> Result<ExitCode, Failure> {
    match &arguments.command {
        Command::Run(run) => run::run(run),
        Command::Sweep(sweep) => sweep::sweep(sweep),
        Command::Compare(compare) => compare::compare(compare),
        Command::Check(check) => check::check(check, arguments.colour),
        Command::Metrics(metrics) => metrics::metrics(metrics),
        Command::Presets(presets) => presets::presets(presets),
        Command::Recording(recording) => recording::recording(recording),
        Command::Measured(measured) => measured::measured(measured),
        Command::Fit(fit) => fit::fit(fit),
        Command::Link(link) => link::link(link),
        Command::Incident(incident) => incident::incident(incident),
        Command::Script(script) => script::script(script),
        Command::Man(man) => man::man(man),
        Command::Help { topic } => man::help(topic.as_deref(), arguments.colour),
        Command::Completions { shell } => man::completions(*shell),
    }
}
