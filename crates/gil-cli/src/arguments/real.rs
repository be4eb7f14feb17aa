//! Arguments of the commands that are about a real program: `recording`, `measured`, `fit`.

use std::path::PathBuf;

use clap::Args;
use gil_sim::Nanos;

use super::ThemeName;
use crate::output::picture_file;

/// `gil recording`.
#[derive(Args)]
pub struct Recording {
    /// A file that CPython 3.15's sampling profiler wrote; "-" for standard input.
    pub file: PathBuf,
    /// Makes a scenario of it instead, and holds a simulation of that against the recording.
    #[arg(long)]
    pub scenario: bool,
    /// Prints what was found as JSON.
    #[arg(long)]
    pub json: bool,
    /// Writes the timeline to a file as SVG. With "-" it is printed instead of the figures.
    #[arg(long, value_name = "FILE", value_parser = picture_file)]
    pub svg: Option<PathBuf>,
    /// The theme of the SVG.
    #[arg(long, value_enum, default_value_t, requires = "svg")]
    pub theme: ThemeName,
}

/// `gil fit`.
#[derive(Args)]
pub struct Fit {
    /// How long one thread takes for the job.
    #[arg(long, value_name = "TIME", value_parser = crate::fit::time)]
    pub one: Nanos,
    /// How many threads share the same job in the other measurement, and how long they take.
    #[arg(long, value_name = "THREADS=TIME", value_parser = crate::fit::many)]
    pub many: (u16, Nanos),
    /// Cores of the machine; without it, one for each thread.
    #[arg(long, value_name = "NUMBER")]
    pub cores: Option<u16>,
    /// Prints what was found as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `gil measured`.
#[derive(Args)]
pub struct Measured {
    /// A file that a program of `gil script` printed; "-" for standard input.
    pub file: PathBuf,
    /// Prints the figures as JSON.
    #[arg(long)]
    pub json: bool,
}
