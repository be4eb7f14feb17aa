//! `gil run`: one scenario and its figures.

use std::process::ExitCode;

use gil_notation::{Link, Shade};
use gil_share::picture::draw;
use gil_sim::metric::{Metric, Of};
use gil_sim::{Group, GroupId, Origin, Run, Strategy, lockstep};
use gil_view::theme::Theme;
use gil_words::{ended, headline, number, percent, quantity};
use serde_json::Value;

use crate::arguments::{self, ThemeName};
use crate::error::Failure;
use crate::output::{aligned, is_stdout, print, table, write_file};
use crate::seeds::Seeded;
use crate::{input, json, strict};

/// Width of a picture in logical pixels.
const WIDTH: f32 = 1_000.0;

/// Simulates a scenario.
pub fn run(arguments: &arguments::Run) -> Result<ExitCode, Failure> {
    let mut link = input::changed(&arguments.scenario, &arguments.set)?;
    if arguments.vary {
        link.scenario = lockstep::varied(&link.scenario).unwrap_or(link.scenario);
    }
    let run = Run::of(link.scenario.clone());
    let finding = headline(&run);
    let seeded = arguments.seeds.map(|seeds| Seeded::of(&link.scenario, seeds));
    // The trace is printed for what has happened in it, and nothing else.
    let warning = if arguments.trace.is_some() { None } else { lockstep_warning(&run) };
    let code = strict::exit_code(arguments.strict, [("the run", &run.trace.outcome)]);
    if let Some(file) = &arguments.svg {
        write_file(file, picture(arguments, &link)?)?;
        if is_stdout(file) {
            return Ok(code);
        }
    }
    match (arguments.trace, arguments.json) {
        (Some(format), _) => print(&format.of(&run))?,
        (_, true) => {
            let mut content = json::run(&run);
            content["finding"] = finding.into();
            content["lockstep"] = warning.into();
            content["seeds"] = seeded.map_or(Value::Null, |seeded| seeded.json());
            print(&format!("{:#}\n", json::document(content)))?;
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
fn lockstep_warning(run: &Run) -> Option<String> {
    gil_words::lockstep(&run.stats, &lockstep::find(run)?)
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
fn picture(arguments: &arguments::Run, link: &Link) -> Result<String, Failure> {
    let kind = arguments.picture.kind();
    let picture = draw(kind, link, WIDTH, arguments.base.as_deref()).map_err(Failure::new)?;
    Ok(picture.svg(&theme(arguments.theme, link)))
}

fn of_the_run(run: &Run) -> String {
    let mut figures = table(&[]);
    let mut row = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            figures.add_row([name.to_owned(), value]);
        }
    };
    let of = |key: &str| {
        let metric = Metric::find(key)?;
        Some(quantity(metric.unit, metric.read(run, Of::Run)?))
    };
    let cut =
        (!run.is_whole()).then(|| format!("{} ({})", run.trace.end, ended(&run.trace.outcome)));
    row("wall time", of("wall").or(cut));
    row("against a sequence", over_sequence(run));
    row("cores in use", of("cores"));
    row("GIL held", gil_load(run));
    if !run.trace.gils.is_empty() {
        let rate = of("handoff_rate").unwrap_or_default();
        row("handoffs", Some(format!("{} ({rate})", run.stats.handoffs.total())));
        row("failed acquisitions", of("missed"));
    }
    row("start-up", of("startup"));
    row("memory", of("memory").map(|memory| format!("about {memory}")));
    aligned(&figures)
}

fn over_sequence(run: &Run) -> Option<String> {
    let factor = run.speed_up().over_sequence?;
    Some(format!("{} times as fast", number(factor)))
}

/// The share of the run for which the GIL is held, or the mean of several.
fn gil_load(run: &Run) -> Option<String> {
    let load = run.stats.gil_load?;
    Some(match load.gils {
        1 => percent(load.mean),
        gils => {
            format!("{} on average of {gils}, {} at most", percent(load.mean), percent(load.max))
        }
    })
}

/// The metrics of the table of groups, with the heads of their columns. Of a group with requests
/// it is the response that counts, not the pass.
const COLUMNS: [(&str, &str); 13] = [
    ("passes", "passes"),
    ("throughput", "per second"),
    ("speedup", "speed-up"),
    ("response_p50", "response p50"),
    ("response_p99", "response p99"),
    ("unanswered", "unanswered"),
    ("longest_queue", "longest queue"),
    ("makespan", "makespan"),
    ("pass_p50", "pass p50"),
    ("pass_p99", "pass p99"),
    ("gil_wait", "GIL wait"),
    ("wakeup_p50", "wake-up p50"),
    ("wakeup_p99", "wake-up p99"),
];

/// What a column says of a group; nothing where it does not apply.
fn cell(run: &Run, index: usize, key: &str) -> Option<String> {
    let group = run.stats.groups.get(index)?;
    let metric = Metric::find(key)?;
    let value = metric.read(run, Of::Group(GroupId::of(index)))?;
    let is_told = match key {
        "unanswered" => value > 0.0,
        _ if key.starts_with("pass_") => group.response.is_none(),
        "makespan" => group.queue.is_some(),
        _ => true,
    };
    is_told.then(|| match key {
        "speedup" => number(value),
        _ => quantity(metric.unit, value),
    })
}

/// `4 threads`, `30 tasks`.
fn run_by(group: &Group) -> String {
    let (one, many) = match group.strategy {
        Strategy::Threads => ("thread", "threads"),
        Strategy::Sequential => return "1 thread".to_owned(),
        Strategy::Processes(_) => ("process", "processes"),
        Strategy::Interpreters => ("subinterpreter", "subinterpreters"),
        Strategy::Asyncio => ("task", "tasks"),
    };
    format!("{} {}", group.count, if group.count == 1 { one } else { many })
}

/// A line for each group, without the columns that apply to none.
fn of_groups(run: &Run) -> String {
    let Origin::Simulated(scenario) = &run.origin;
    let groups = &scenario.spec().groups;
    let column = |(key, head): (&str, &'static str)| {
        let cells: Vec<_> = (0..groups.len()).map(|index| cell(run, index, key)).collect();
        cells.iter().any(Option::is_some).then_some((head, cells))
    };
    let columns: Vec<_> = COLUMNS.into_iter().filter_map(column).collect();
    let heads = columns.iter().map(|(head, _)| *head);
    let mut shown = table(&["group", "run by"].into_iter().chain(heads).collect::<Vec<_>>());
    for (index, group) in groups.iter().enumerate() {
        let row = columns.iter().map(|(_, cells)| cells[index].clone().unwrap_or("-".to_owned()));
        shown.add_row([group.name.clone(), run_by(group)].into_iter().chain(row));
    }
    aligned(&shown)
}
