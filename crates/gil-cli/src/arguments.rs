//! The command line.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use gil_export::Format;
use gil_share::picture::Subject;
use gil_sim::spread::{MOST_SEEDS, SEEDS};
use gil_view::theme::Theme;

use crate::output::{extension, picture_file};
use crate::sweep::Over;
use crate::{completion, help};

mod real;

pub use real::{Fit, Measured, Recording};

/// Simulates CPython's threads and its Global Interpreter Lock.
#[derive(Parser)]
#[command(name = "gil", version, after_help = help::SHORT, after_long_help = help::LONG)]
#[command(disable_help_subcommand = true)]
pub struct Arguments {
    /// When to use colour.
    #[arg(long, alias = "color", value_enum, default_value_t, global = true, value_name = "WHEN")]
    pub colour: Colour,
    /// Uses no colour, as NO_COLOR and TERM=dumb do.
    #[arg(long, alias = "no-colour", global = true, overrides_with = "colour")]
    pub no_color: bool,
    /// Writes what would be printed to a file; the end of its name, .svg, .json or .csv, says what.
    #[arg(long, short, global = true, value_name = "FILE", value_parser = picture_file)]
    pub output: Option<PathBuf>,
    /// Says nothing beside what was asked for: no notes, no progress.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Simulates a scenario and prints its figures.
    #[command(long_about = help::RUN, after_long_help = help::RUN_EXAMPLES)]
    Run(Run),
    /// Varies one thing of a scenario and prints a table.
    #[command(long_about = help::SWEEP, after_long_help = help::SWEEP_EXAMPLES)]
    Sweep(Sweep),
    /// Says what differs between two scenarios and their outcomes.
    #[command(long_about = help::COMPARE, after_long_help = help::COMPARE_EXAMPLES)]
    Compare(Compare),
    /// Checks the claims of a file.
    #[command(long_about = help::CHECK, after_long_help = help::CHECK_EXAMPLES)]
    Check(Check),
    /// Lists the figures that a claim or a sweep can be about.
    #[command(long_about = help::METRICS, after_long_help = help::METRICS_EXAMPLES)]
    Metrics(Metrics),
    /// Lists scenarios that are there to begin with, or prints one.
    #[command(long_about = help::PRESETS, after_long_help = help::PRESETS_EXAMPLES)]
    Presets(Presets),
    /// Reads a recording of a real program and says what was found.
    #[command(long_about = help::RECORDING, after_long_help = help::RECORDING_EXAMPLES)]
    Recording(Recording),
    /// Holds what a program of gil script measured against the simulation.
    #[command(long_about = help::MEASURED, after_long_help = help::MEASURED_EXAMPLES)]
    Measured(Measured),
    /// Says which share of a job holds the GIL, from two times of it.
    #[command(long_about = help::FIT, after_long_help = help::FIT_EXAMPLES)]
    Fit(Fit),
    /// Turns a scenario into a link and back, and explains its parts.
    #[command(long_about = help::LINK, after_long_help = help::LINK_EXAMPLES)]
    Link(LinkArguments),
    /// Writes a Python program that does what a scenario says, and measures it.
    #[command(long_about = help::SCRIPT, after_long_help = help::SCRIPT_EXAMPLES)]
    Script(Script),
    /// Writes a numbered, dated note of an incident, and the index of all notes.
    #[command(long_about = help::INCIDENT, after_long_help = help::INCIDENT_EXAMPLES)]
    Incident(IncidentArguments),
    /// Prints or writes the manual pages.
    #[command(long_about = help::MAN, after_long_help = help::MAN_EXAMPLES)]
    Man(Man),
    /// Explains a command, or the notation of scenarios.
    #[command(long_about = help::HELP, after_long_help = help::HELP_EXAMPLES)]
    Help {
        /// A command, or "notation".
        topic: Option<String>,
    },
    /// Prints what a shell needs to complete this command.
    #[command(long_about = help::COMPLETIONS, after_long_help = help::COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// When to use colour.
#[derive(Clone, Copy, Default, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Colour {
    /// Whether to use it for what goes to `stream`.
    pub fn on(self, stream: &(impl IsTerminal + Write)) -> bool {
        match self {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                // https://no-color.org
                let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
                let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
                wanted && !is_dumb && stream.is_terminal()
            }
        }
    }
}

/// `gil run`.
#[derive(Args)]
pub struct Run {
    /// A scenario, a link, the name of a preset, or a file with one of these; "-" for standard
    /// input.
    #[arg(add = completion::presets())]
    pub scenario: String,
    /// Runs it with this many seeds, the scenario's own and those that follow, and prints median
    /// and range of what differs.
    #[arg(long, value_name = "NUMBER", value_parser = seeds, conflicts_with = "trace")]
    pub seeds: Option<u32>,
    /// Varies fixed durations by a tenth in either direction, so that nothing marches in step.
    #[arg(long)]
    pub vary: bool,
    /// Changes a setting, as in si=1ms, or a field of a group, as in web.count=16, web.rate=200 or
    /// web.io=30ms. May be given several times.
    #[arg(long, value_name = "KEY=VALUE", add = completion::set())]
    pub set: Vec<String>,
    /// Prints the figures as JSON.
    #[arg(long)]
    pub json: bool,
    /// Prints what happened instead of figures: every event as text, or the lanes of each thread as
    /// a file for the Firefox Profiler, or as trace events for Perfetto and speedscope.
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with = "json", num_args = 0..=1,
        require_equals = true, default_missing_value = "text")]
    pub trace: Option<TraceFormat>,
    /// Writes a picture to a file as SVG, with its title and link on it: what from=, to= and at=
    /// of a link say, otherwise all of it. With "-" it is printed instead of the figures.
    #[arg(long, value_name = "FILE", value_parser = picture_file)]
    pub svg: Option<PathBuf>,
    /// What the picture is of.
    #[arg(long, value_enum, default_value_t, requires = "svg")]
    pub picture: PictureKind,
    /// The theme of the SVG; without it that of the link, or light.
    #[arg(long, value_enum, requires = "svg")]
    pub theme: Option<ThemeName>,
    /// The address of the playground that the picture is to lead to.
    #[arg(long, value_name = "URL", value_parser = base, requires = "svg")]
    pub base: Option<String>,
    /// Exit code 1 where a run ends in a deadlock or is cut at a limit.
    #[arg(long)]
    pub strict: bool,
}

/// How what happened is printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TraceFormat {
    /// Every event in the trace's stable text form.
    Text,
    /// The Firefox Profiler's processed format.
    Firefox,
    /// Chrome's Trace Event Format.
    Chrome,
}

impl TraceFormat {
    /// A run in this format.
    pub fn of(self, run: &gil_sim::Run) -> String {
        let scenario = run.scenario().map(gil_notation::print_scenario).unwrap_or_default();
        match self {
            TraceFormat::Text => run.trace.to_string(),
            TraceFormat::Firefox => Format::Firefox.text(run, &scenario) + "\n",
            TraceFormat::Chrome => Format::Chrome.text(run, &scenario) + "\n",
        }
    }
}

/// What a picture is of.
#[derive(Clone, Copy, Default, ValueEnum)]
pub enum PictureKind {
    /// A lane for each thread.
    #[default]
    Timeline,
    /// Cores, threads and the key at a moment.
    Stage,
    /// How the work scales with the number of threads.
    Chart,
    /// The timelines of two scenarios, of a link with "vs".
    Comparison,
}

impl PictureKind {
    /// The kind of picture.
    pub fn kind(self) -> Subject {
        match self {
            PictureKind::Timeline => Subject::Timeline,
            PictureKind::Stage => Subject::Stage,
            PictureKind::Chart => Subject::Chart,
            PictureKind::Comparison => Subject::Comparison,
        }
    }
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

impl ThemeName {
    /// Its colours.
    pub fn theme(self) -> Theme {
        match self {
            ThemeName::Light => Theme::light(),
            ThemeName::Dark => Theme::dark(),
        }
    }
}

/// `gil sweep`.
#[derive(Args)]
pub struct Sweep {
    /// A scenario, a link, the name of a preset, or a file with one of these; "-" for standard
    /// input.
    #[arg(add = completion::presets())]
    pub scenario: String,
    /// Changes a setting, as in si=1ms, or a field of a group, as in web.count=16, web.rate=200 or
    /// web.io=30ms. May be given several times.
    #[arg(long, value_name = "KEY=VALUE", add = completion::set())]
    pub set: Vec<String>,
    /// What is varied: a setting (cores, si, python, ...), or a field of a group (threads,
    /// web.count, web.rate, web.strategy, web.io, ...); gil help notation has all.
    /// May be given twice: every value of the first with every value of the second.
    #[arg(long, value_name = "WHAT", add = completion::over(), required_unless_present = "knee")]
    pub over: Vec<Over>,
    /// The values, with commas between; without it usual ones. 1..8 is all whole numbers from 1 to
    /// 8, 1ms..50ms the round durations between (1, 2, 5, 10, ...), 50..400:+50 goes in steps of 50,
    /// 10..1000:9 has 9 values with equal ratios. With two --over it may be given twice.
    #[arg(long, value_name = "LIST")]
    pub values: Vec<String>,
    /// Looks for the rate of requests at which the response time takes off, and says what is full.
    #[arg(long, conflicts_with_all = ["values", "metric", "csv", "svg"])]
    pub knee: bool,
    /// The group that is varied and whose speed-up is told; without it, of those that end by
    /// themselves, the one with most threads.
    #[arg(long, value_name = "NAME")]
    pub group: Option<String>,
    /// Runs each value with this many seeds: figures are medians, with the lowest and the highest.
    #[arg(long, value_name = "NUMBER", value_parser = seeds, default_value_t = 1)]
    pub seeds: u32,
    /// What is told instead of the usual columns: an expression as in a claim, see `gil metrics`.
    /// May be given several times.
    #[arg(long, value_name = "EXPR")]
    pub metric: Vec<String>,
    /// Exit code 1 where a run ends in a deadlock or is cut at a limit.
    #[arg(long)]
    pub strict: bool,
    /// Prints CSV: a row for each value and group, the same columns for every scenario, in the unit
    /// that the column's name ends in.
    #[arg(long)]
    pub csv: bool,
    /// Prints JSON, with the same keys and numbers as CSV.
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Writes a chart to a file as SVG. With "-" it is printed instead of the table.
    #[arg(long, value_name = "FILE", value_parser = picture_file)]
    pub svg: Option<PathBuf>,
    /// The theme of the SVG.
    #[arg(long, value_enum, default_value_t)]
    pub theme: ThemeName,
}

/// `gil compare`.
#[derive(Args)]
pub struct Compare {
    /// A scenario, a link, the name of a preset, or a file with one of these; "-" for standard
    /// input. A link that has a "vs" has both.
    #[arg(add = completion::presets())]
    pub a: String,
    /// The other scenario.
    #[arg(add = completion::presets())]
    pub b: Option<String>,
    /// Runs both with this many seeds: figures are medians with their range, and a difference
    /// within the spread is called level.
    #[arg(long, value_name = "NUMBER", value_parser = seeds, default_value_t = SEEDS)]
    pub seeds: u32,
    /// Exit code 1 where a run ends in a deadlock or is cut at a limit.
    #[arg(long)]
    pub strict: bool,
    /// Prints what differs as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `gil check`.
#[derive(Args)]
pub struct Check {
    /// A file with scenarios and claims, in TOML.
    pub file: PathBuf,
    /// The address of a playground, for links to what a claim speaks of.
    #[arg(long, value_name = "URL", value_parser = base)]
    pub base: Option<String>,
    /// Checks every claim in at least this many seeds; it holds only where it holds in all of them.
    #[arg(long, value_name = "NUMBER", value_parser = seeds)]
    pub seeds: Option<u32>,
    /// Tells of claims that hold all that is told of those that do not.
    #[arg(long, short)]
    pub verbose: bool,
    /// Exit code 1 where a run of a claim ends in a deadlock or is cut at a limit.
    #[arg(long)]
    pub strict: bool,
    /// Writes a report that CI systems read, as JUnit XML.
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// Prints annotations for GitHub Actions as well.
    #[arg(long, conflicts_with = "json")]
    pub github: bool,
    /// Prints what was found as JSON instead.
    #[arg(long)]
    pub json: bool,
}

/// `gil metrics`.
#[derive(Args)]
pub struct Metrics {
    /// Prints the list as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `gil presets`.
#[derive(Args)]
pub struct Presets {
    /// The preset whose scenario is printed; all of them are listed without it.
    #[arg(add = completion::presets())]
    pub key: Option<String>,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

/// `gil link`.
#[derive(Args)]
pub struct LinkArguments {
    /// A scenario, a link, the name of a preset, or a file with one of these; "-" for standard
    /// input.
    #[arg(add = completion::presets())]
    pub scenario: String,
    /// Changes a setting, as in si=1ms, or a field of a group, as in web.count=16, web.rate=200 or
    /// web.io=30ms. May be given several times.
    #[arg(long, value_name = "KEY=VALUE", add = completion::set())]
    pub set: Vec<String>,
    /// The address of the playground that the link is to lead to.
    #[arg(long, value_name = "URL", value_parser = base)]
    pub base: Option<String>,
    /// Prints the link alone.
    #[arg(long)]
    pub short: bool,
    /// Prints link and parts as JSON.
    #[arg(long, conflicts_with = "short")]
    pub json: bool,
}

/// `gil script`.
#[derive(Args)]
pub struct Script {
    /// A scenario, a link, the name of a preset, or a file with one of these; "-" for standard
    /// input.
    #[arg(add = completion::presets(), required_unless_present = "helper")]
    pub scenario: Option<String>,
    /// Changes a setting, as in si=1ms, or a field of a group, as in web.count=16, web.rate=200 or
    /// web.io=30ms. May be given several times.
    #[arg(long, value_name = "KEY=VALUE", add = completion::set())]
    pub set: Vec<String>,
    /// Writes a pytest file instead, which fails when groups get in each other's way more than in
    /// the simulation.
    #[arg(long)]
    pub guard: bool,
    /// Prints gil_guard.py instead: a helper for tests of your own, which finds out for how long a
    /// call keeps other threads from the GIL.
    #[arg(long, conflicts_with_all = ["scenario", "set", "guard"])]
    pub helper: bool,
}

/// `gil man`.
#[derive(Args)]
pub struct Man {
    /// A directory that gets a page for `gil`, each of its commands, and the notation; without it
    /// the page of `gil` is printed.
    pub directory: Option<PathBuf>,
    /// Prints the page of the notation, gil-notation(7).
    #[arg(long, conflicts_with = "directory")]
    pub notation: bool,
}

impl Arguments {
    /// The same with what other arguments say in short: the end of the output's name, `--no-color`.
    pub fn settled(mut self) -> Arguments {
        if self.no_color {
            self.colour = Colour::Never;
        }
        let end = self.output.as_deref().and_then(extension).unwrap_or_default();
        let (svg, json, csv) = (end == "svg", end == "json", end == "csv");
        let printed = || svg.then(|| PathBuf::from("-"));
        match &mut self.command {
            Command::Run(run) => {
                run.svg = run.svg.take().or_else(printed);
                run.json |= json;
            }
            Command::Sweep(sweep) => {
                sweep.svg = sweep.svg.take().or_else(printed);
                sweep.json |= json;
                sweep.csv |= csv;
            }
            Command::Recording(recording) => {
                recording.svg = recording.svg.take().or_else(printed);
                recording.json |= json;
            }
            Command::Compare(Compare { json: is_json, .. })
            | Command::Check(Check { json: is_json, .. })
            | Command::Metrics(Metrics { json: is_json })
            | Command::Presets(Presets { json: is_json, .. })
            | Command::Measured(Measured { json: is_json, .. })
            | Command::Fit(Fit { json: is_json, .. })
            | Command::Link(LinkArguments { json: is_json, .. }) => *is_json |= json,
            Command::Incident(_)
            | Command::Script(_)
            | Command::Man(_)
            | Command::Help { .. }
            | Command::Completions { .. } => {}
        }
        self
    }
}

/// `gil incident`.
#[derive(Args)]
pub struct IncidentArguments {
    /// What happened, in a few words. Without it only the index is written anew.
    pub title: Option<String>,
    /// The folder of the notes.
    #[arg(long, value_name = "DIR", default_value = "docs/incidents")]
    pub folder: PathBuf,
    /// A scenario that shows it, as for gil run; its link and what is seen in it go into the note.
    #[arg(long, value_name = "SCENARIO", add = completion::presets())]
    pub scenario: Option<String>,
    /// The address of the playground that the link is to lead to.
    #[arg(long, value_name = "URL", value_parser = base)]
    pub base: Option<String>,
    /// The day, as in 2026-11-27; today without it.
    #[arg(long, value_parser = day)]
    pub date: Option<String>,
}

/// A day of the calendar.
fn day(text: &str) -> Result<String, String> {
    let day: Result<jiff::civil::Date, _> = text.parse();
    day.map(|day| day.to_string()).map_err(|_| "a day is written as in 2026-11-27".to_owned())
}

/// The address of a playground.
fn base(text: &str) -> Result<String, String> {
    let is_address = ["https://", "http://", "file://"].iter().any(|start| text.starts_with(start));
    match is_address && !text.contains(char::is_whitespace) {
        true => Ok(text.to_owned()),
        false => Err("it begins with https://, http:// or file:// and has no blanks".to_owned()),
    }
}

/// A number of seeds.
fn seeds(text: &str) -> Result<u32, String> {
    let fits = text.parse().ok().filter(|seeds| (1..=MOST_SEEDS).contains(seeds));
    fits.ok_or_else(|| format!("it is a number from 1 to {MOST_SEEDS}"))
}
