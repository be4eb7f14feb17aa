//! `gil run`: one scenario and its figures.

use std::process::ExitCode;

use gil_notation::{Link, Shade};
use gil_share::picture::draw;
use gil_sim::stats::GroupStats;
use gil_sim::{Nanos, Scenario, Strategy, lockstep};
use gil_view::theme::Theme;
use gil_words::{headline, number, percent};
use serde_json::Value;

use crate::arguments::{Run, ThemeName};
use crate::error::Failure;
use crate::input;
use crate::output::{aligned, is_stdout, print, share, table, write_file};
use crate::seeds::Seeded;
use crate::simulated::Simulated;
use crate::strict;

/// Width of a picture in logical pixels.
const WIDTH: f32 = 1_000.0;

/// Simulates a scenario.
pub fn run(arguments: &Run) -> Result<ExitCode, Failure> {
    let mut link = input::changed(&arguments.scenario, &arguments.set)?;
    if arguments.vary {
        link.scenario = lockstep::varied(&link.scenario).unwrap_or(link.scenario);
    }
    let run = Simulated::new(link.scenario.clone());
    let finding = headline(run.figures());
    let seeded = arguments.seeds.map(|seeds| Seeded::of(&link.scenario, seeds));
    // The trace is printed for what has happened in it, and nothing else.
    let warning = if arguments.trace { None } else { lockstep_warning(&link.scenario) };
    let code = strict::exit_code(arguments.strict, [("the run", &run.trace.outcome)]);
    if let Some(file) = &arguments.svg {
        write_file(file, picture(arguments, &link)?)?;
        if is_stdout(file) {
            return Ok(code);
        }
    }
    match (arguments.trace, arguments.json) {
        (true, _) => print(&run.trace.to_string())?,
        (_, true) => {
            let mut json = run.json();
            json["finding"] = finding.into();
            json["lockstep"] = warning.into();
            json["seeds"] = seeded.map_or(Value::Null, |seeded| seeded.json());
            print(&format!("{json:#}\n"))?;
        }
        _ => {
            let warning = warning.map(|warning| format!("{warning} {WITHOUT_LOCKSTEP}"));
            let seeded = seeded.map(|seeded| seeded.text());
            let parts = [Some(finding), warning, Some(of_the_run(&run)), Some(of_groups(&run))];
            let parts: Vec<String> = parts.into_iter().chain([seeded]).flatten().collect();
            print(&format!("{}\n", parts.join("\n\n")))?;
        }
    }
    Ok(code)
}

/// What to do about durations that march in step.
const WITHOUT_LOCKSTEP: &str = "Run it with --vary to see it without.";

/// What is to be said where fixed durations decide the result.
fn lockstep_warning(scenario: &Scenario) -> Option<String> {
    let run = gil_sim::Run::of(scenario.clone());
    gil_words::lockstep(&run, &lockstep::find(&run)?)
}

/// The theme that is asked for, otherwise that of the link.
fn theme(asked: Option<ThemeName>, link: &Link) -> Theme {
    let of_link = link.view.embed.as_ref().and_then(|embed| embed.theme);
    let of_link = match of_link {
        Some(Shade::Dark) => ThemeName::Dark,
        Some(Shade::Light) | None => ThemeName::Light,
    };
    asked.unwrap_or(of_link).theme()
}

/// The picture that is asked for.
fn picture(arguments: &Run, link: &Link) -> Result<String, Failure> {
    let kind = arguments.picture.kind();
    let picture = draw(kind, link, WIDTH, arguments.base.as_deref()).map_err(Failure::new)?;
    Ok(picture.svg(&theme(arguments.theme, link)))
}

fn of_the_run(run: &Simulated) -> String {
    let Simulated { trace, stats, .. } = run;
    let mut figures = table(&[]);
    let mut row = |name: &str, value: String| {
        figures.add_row([name.to_owned(), value]);
    };
    row("wall time", stats.wall.to_string());
    if let Some(factor) = run.over_sequence() {
        row("over one after the other", format!("{} times as fast", number(factor)));
    }
    row("cores in use", number(stats.cores_in_use));
    if !trace.gils.is_empty() {
        row("GIL held", percent(share(stats.gil_held, stats.wall)));
        let (handoffs, rate) = (stats.handoffs.total(), number(stats.handoffs_per_second()));
        row("handoffs", format!("{handoffs} ({rate}/s)"));
        row("failed acquisitions", stats.missed.to_string());
    }
    aligned(&figures)
}

/// A column of the table of groups: whether it applies to a group, and what it says then.
struct Column {
    name: &'static str,
    read: fn(&Simulated, usize, &GroupStats) -> Option<String>,
}

const COLUMNS: [Column; 11] = [
    Column { name: "group", read: |_, _, group| Some(group.name.clone()) },
    Column { name: "run by", read: |run, index, group| Some(run_by(run, index, group)) },
    Column { name: "passes", read: |_, _, group| Some(group.passes.to_string()) },
    Column { name: "per second", read: |_, _, group| Some(number(group.throughput())) },
    Column { name: "speed-up", read: |run, index, _| run.speed_up_of(index).map(number) },
    Column {
        name: "GIL wait",
        read: |run, _, group| {
            let time = run.stats.wall * u64::from(group.threads);
            Some(percent(share(group.gil_wait, time)))
        },
    },
    Column { name: "I/O p50", read: |_, _, group| io(group, group.io.p50) },
    Column { name: "I/O p99", read: |_, _, group| io(group, group.io.p99) },
    Column {
        name: "longest queue",
        read: |_, _, group| Some(group.queue.as_ref()?.longest.to_string()),
    },
    Column {
        name: "response p50",
        read: |_, _, group| Some(group.queue.as_ref()?.response.p50.to_string()),
    },
    Column {
        name: "response p99",
        read: |_, _, group| Some(group.queue.as_ref()?.response.p99.to_string()),
    },
];

/// `4 threads`, `30 tasks`.
fn run_by(run: &Simulated, index: usize, group: &GroupStats) -> String {
    let (one, many) = match run.scenario.spec().groups[index].strategy {
        Strategy::Threads => ("thread", "threads"),
        Strategy::Sequential => return "1 thread".to_owned(),
        Strategy::Processes(_) => ("process", "processes"),
        Strategy::Interpreters => ("subinterpreter", "subinterpreters"),
        Strategy::Asyncio => ("task", "tasks"),
    };
    format!("{} {}", group.threads, if group.threads == 1 { one } else { many })
}

fn io(group: &GroupStats, time: Nanos) -> Option<String> {
    (group.io.count > 0).then(|| time.to_string())
}

/// A line for each group, without the columns that apply to none.
fn of_groups(run: &Simulated) -> String {
    let groups = || run.stats.groups.iter().enumerate();
    let cells = |column: &Column| -> Vec<Option<String>> {
        groups().map(|(index, group)| (column.read)(run, index, group)).collect()
    };
    let columns = COLUMNS.iter().map(|column| (column.name, cells(column)));
    let columns: Vec<_> = columns.filter(|(_, cells)| cells.iter().any(Option::is_some)).collect();
    let head: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let mut shown = table(&head);
    for (index, _) in groups() {
        let row = columns.iter().map(|(_, cells)| cells[index].as_deref().unwrap_or("-"));
        shown.add_row(row);
    }
    aligned(&shown)
}
