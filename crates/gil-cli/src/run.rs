//! `gil run`.

use std::process::ExitCode;

use gil_sim::stats::{SpeedUp, Stats};
use gil_sim::{Nanos, Scenario, Trace};
use gil_view::svg::{self, Caption};
use gil_view::theme::Theme;
use gil_view::timeline::{Timeline, View};
use gil_view::words::{Figures, headline, number, percent};
use serde_json::json;

use crate::arguments::{Run, ThemeName};
use crate::error::Failure;
use crate::input;
use crate::output::{print, table};

/// Width of a picture in logical pixels.
const WIDTH: f32 = 1_000.0;

/// Simulates a scenario.
pub fn run(arguments: &Run) -> Result<ExitCode, Failure> {
    let scenario = input::read(&arguments.scenario)?.scenario;
    let trace = gil_sim::run(&scenario);
    let stats = Stats::of(&scenario, &trace);
    let speed_up = SpeedUp::of(&scenario, &trace, &stats);
    let run = Figures { scenario: &scenario, trace: &trace, stats: &stats, speed_up: &speed_up };
    let finding = headline(run);
    if let Some(file) = &arguments.svg {
        let picture = timeline(&scenario, &trace, &finding, arguments.theme);
        std::fs::write(file, picture).map_err(|error| Failure::file("write", file, &error))?;
    }
    match (arguments.trace, arguments.json) {
        (true, _) => print(&trace.to_string()),
        (_, true) => {
            print(&format!("{:#}\n", as_json(&scenario, &trace, &stats, &speed_up, &finding)))
        }
        _ => print(&summary(&trace, &stats, &speed_up, &finding)),
    }
    Ok(ExitCode::SUCCESS)
}

fn timeline(scenario: &Scenario, trace: &Trace, finding: &str, theme: ThemeName) -> String {
    let theme = match theme {
        ThemeName::Light => Theme::light(),
        ThemeName::Dark => Theme::dark(),
    };
    let list = Timeline::new(trace).layout(trace, &View::new(trace, WIDTH));
    let notation = gil_notation::print_scenario(scenario);
    let caption = Caption { title: finding, description: &notation, id: "gil" };
    svg::render(&list, &theme, &caption)
}

fn summary(trace: &Trace, stats: &Stats, speed_up: &SpeedUp, finding: &str) -> String {
    let mut figures = table(&["", ""]);
    figures.set_header(Vec::<String>::new());
    let mut row = |name: &str, value: String| {
        figures.add_row([name.to_owned(), value]);
    };
    row("wall time", stats.wall.to_string());
    row("over one after the other", format!("{} times as fast", number(speed_up.over_sequence)));
    row("cores in use", number(stats.cores_in_use));
    if !trace.gils.is_empty() {
        row("GIL held", percent(share(stats.gil_held, stats.wall)));
        row(
            "handoffs",
            format!("{} ({}/s)", stats.handoffs.total(), number(stats.handoffs_per_second())),
        );
        row("failed acquisitions", stats.missed.to_string());
    }
    let mut groups = table(&[
        "group",
        "threads",
        "passes",
        "per second",
        "speed-up",
        "GIL wait",
        "I/O p50",
        "p99",
    ]);
    for (group, factor) in stats.groups.iter().zip(&speed_up.of_groups) {
        let io = |time: Nanos| if group.io.count == 0 { "-".into() } else { time.to_string() };
        groups.add_row([
            group.name.clone(),
            group.threads.to_string(),
            group.passes.to_string(),
            number(group.throughput()),
            number(*factor),
            percent(share(group.gil_wait, stats.wall * u64::from(group.threads))),
            io(group.io.p50),
            io(group.io.p99),
        ]);
    }
    format!("{finding}\n\n{}\n\n{}\n", trimmed(&figures.to_string()), trimmed(&groups.to_string()))
}

fn trimmed(table: &str) -> String {
    table.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn share(part: Nanos, whole: Nanos) -> f64 {
    if whole.is_zero() { 0.0 } else { part.as_secs_f64() / whole.as_secs_f64() }
}

fn as_json(
    scenario: &Scenario,
    trace: &Trace,
    stats: &Stats,
    speed_up: &SpeedUp,
    finding: &str,
) -> serde_json::Value {
    json!({
        "scenario": gil_notation::print_scenario(scenario),
        "finding": finding,
        "outcome": trace.outcome,
        "trace_hash": format!("{:016x}", trace.hash()),
        "speed_up": speed_up,
        "stats": stats,
    })
}
