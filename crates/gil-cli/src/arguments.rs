//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Simulates CPython's threads and its Global Interpreter Lock.
#[derive(Parser)]
#[command(name = "gil", version, after_help = AFTER_HELP)]
pub struct Arguments {
    /// When to use colour.
    #[arg(long, value_enum, default_value_t, global = true, value_name = "WHEN")]
    pub colour: Colour,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
A SCENARIO is written as in

    v1/cores=2/hog:py-5ms:daemon/io:8:py-100us+io-10ms:x50

that is: the version, settings (KEY=VALUE), and groups of threads
(NAME:NUMBER:STEPS:REPEAT), separated by slashes. Wherever a scenario is asked
for, a link of the playground, the name of one of its presets (cpu, network,
convoy, ...) or a file with any of these does as well.

Exit codes: 0 all is well, 1 a claim does not hold, 2 the input is wrong.";

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Simulates a scenario and prints its figures.
    Run(Run),
    /// Checks the claims of a file.
    Check(Check),
    /// Turns a scenario into a link and back, and explains its parts.
    Link(LinkArguments),
    /// Prints what a shell needs to complete this command.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// When to use colour.
#[derive(Clone, Copy, Default, ValueEnum)]
pub enum Colour {
    /// On a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Colour {
    /// Whether to use it, on a terminal or not.
    pub fn on(self, terminal: bool) -> bool {
        match self {
            Colour::Always => true,
            Colour::Never => false,
            // https://no-color.org
            Colour::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
        }
    }
}

/// `gil run`.
#[derive(Args)]
pub struct Run {
    /// A scenario, a link, the name of a preset, or a file with one of these; "-" for standard
    /// input.
    pub scenario: String,
    /// Prints the figures as JSON.
    #[arg(long)]
    pub json: bool,
    /// Prints every event instead, in the trace's stable text form.
    #[arg(long, conflicts_with = "json")]
    pub trace: bool,
    /// Writes the timeline to a file as SVG.
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// The theme of the SVG.
    #[arg(long, value_enum, default_value_t)]
    pub theme: ThemeName,
}

/// A theme.
#[derive(Clone, Copy, Default, ValueEnum)]
pub enum ThemeName {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

/// `gil check`.
#[derive(Args)]
pub struct Check {
    /// A file with scenarios and claims, in TOML.
    pub file: PathBuf,
    /// Writes a report that CI systems read, as JUnit XML.
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// Prints annotations for GitHub Actions as well.
    #[arg(long)]
    pub github: bool,
    /// Prints what was found as JSON instead.
    #[arg(long)]
    pub json: bool,
}

/// `gil link`.
#[derive(Args)]
pub struct LinkArguments {
    /// A scenario, a link, the name of a preset, or a file with one of these.
    pub scenario: String,
    /// The address of the playground that the link is to lead to.
    #[arg(long, value_name = "URL")]
    pub base: Option<String>,
    /// Prints the link alone.
    #[arg(long)]
    pub short: bool,
}
