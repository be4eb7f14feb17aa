//! Figures and names as people read them.

use gil_sim::spread::Spread;
use gil_sim::{Group, Nanos, Repeat, Step};
use gil_words::{Said, count, number, step_said};

use crate::answer::Entry;
use crate::candidate::workers;
use crate::cost::{Cost, WorkKind};
use crate::question::Question;

/// An amount of memory: `1.2 GiB`, `140 MiB`, `64 KiB`.
pub fn bytes(bytes: u64) -> String {
    const UNITS: [(&str, f64); 3] =
        [("GiB", (1u64 << 30) as f64), ("MiB", (1u64 << 20) as f64), ("KiB", 1024.0)];
    let size = bytes as f64;
    match UNITS.iter().find(|(_, unit)| size >= *unit) {
        Some((name, unit)) => format!("{} {name}", number(size / unit)),
        None => count(bytes as usize, "byte"),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub fn names(all: &[String]) -> String {
    match all {
        [] => "nobody".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A number rounded to this many significant digits.
pub fn rounded(value: f64, digits: i32) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let step = 10f64.powi(value.abs().log10().floor() as i32 + 1 - digits);
    (value / step).round() * step
}

/// How many digits of a spread mean something: two where the second still tells its ends apart,
/// otherwise three. A single run has no range, and two.
fn digits(spread: &Spread) -> i32 {
    let step = 10f64.powi(spread.high.abs().max(f64::MIN_POSITIVE).log10().floor() as i32 - 1);
    let two = spread.runs() < 2 || spread.high - spread.low >= step;
    if two { 2 } else { 3 }
}

/// The median of times in seconds, with the digits that its range supports; `–` where there is
/// none.
pub fn time(spread: Option<Spread>) -> String {
    spread.map_or_else(absent, |spread| seconds(spread.median, digits(&spread)))
}

/// A figure that doesn't exist.
fn absent() -> String {
    "–".to_owned()
}

/// Seconds with this many digits.
pub fn seconds(seconds: f64, digits: i32) -> String {
    Nanos::from_secs_f64(rounded(seconds, digits)).to_string()
}

/// The median of times and their range: `50 ms (47 ms to 62 ms)`.
pub fn time_range(spread: Option<Spread>) -> String {
    range(spread, seconds)
}

/// The median of rates: `330/s`.
pub fn rate(spread: Option<Spread>) -> String {
    spread.map_or_else(absent, |spread| per_second(spread.median, digits(&spread)))
}

/// The median of rates and their range.
pub fn rate_range(spread: Option<Spread>) -> String {
    range(spread, per_second)
}

fn per_second(value: f64, digits: i32) -> String {
    format!("{}/s", number(rounded(value, digits)))
}

/// The range is left out where it's no more than the rounding.
fn range(spread: Option<Spread>, print: impl Fn(f64, i32) -> String) -> String {
    let Some(spread) = spread else { return absent() };
    let digits = digits(&spread);
    let [median, low, high] =
        [spread.median, spread.low, spread.high].map(|value| print(value, digits));
    if low == high { median } else { format!("{median} ({low} to {high})") }
}

/// The range of a figure: `47 ms to 62 ms`; nothing where there is none.
pub fn span(spread: Option<Spread>, print: fn(Option<Spread>) -> String) -> String {
    let Some(spread) = spread.filter(|spread| spread.low < spread.high) else {
        return String::new();
    };
    // With the digits that the whole range has.
    let end = |median: f64| print(Some(Spread { median, ..spread }));
    let (low, high) = (end(spread.low), end(spread.high));
    if low == high { String::new() } else { format!("{low} to {high}") }
}

/// An entry's figure of a cost, without saying what it is.
pub fn short(entry: &Entry, cost: Cost) -> String {
    let figures = &entry.figures;
    let points = |sum: u32| count(sum as usize, "point");
    match cost {
        Cost::LatencySpikes => time(figures.wait),
        Cost::TooSlow => rate(figures.throughput),
        Cost::MemoryGrowth => bytes(figures.memory),
        Cost::BrokenCompatibility => points(entry.compatibility.sum),
        Cost::LargeChange => points(entry.effort.sum),
        Cost::DeveloperConfusion => points(entry.complexity.sum),
    }
}

/// What a cost's figure is: `p99 of a response`, `throughput`, `memory`.
pub fn what(question: &Question, cost: Cost) -> &'static str {
    match cost {
        Cost::LatencySpikes => question.wait(),
        Cost::TooSlow => "throughput",
        Cost::MemoryGrowth => "memory",
        Cost::BrokenCompatibility => "compatibility risk",
        Cost::LargeChange => "size of the change",
        Cost::DeveloperConfusion => "new to learn",
    }
}

/// What a person waits for, as the head of a column: `Response, p99`, `Makespan`.
pub fn wait_title(question: &Question) -> &'static str {
    match (question.kind(), question.has_requests()) {
        (WorkKind::Batch, _) => "Makespan",
        (WorkKind::Service, true) => "Response, p99",
        (WorkKind::Service, false) => "Pass, p99",
    }
}

/// The median of the same.
pub fn typical_title(question: &Question) -> &'static str {
    match question.has_requests() {
        true => "Response, median",
        false => "Pass, median",
    }
}

/// The workload in one sentence.
pub fn workload(question: &Question) -> String {
    let spec = question.scenario.spec();
    let group = question.group();
    let mut text = format!(
        "{}: {}{}, each pass {}; Python {} on {}",
        group.name,
        workers(group.strategy, group.count),
        driven(group),
        program(&group.steps),
        spec.python,
        count(usize::from(spec.machine.cores), "core"),
    );
    let others = spec.numbered_groups().filter(|(id, _)| *id != question.group);
    let others: Vec<String> = others
        .map(|(_, other)| format!("{} ({})", other.name, workers(other.strategy, other.count)))
        .collect();
    if !others.is_empty() {
        text += &format!("; next to it {}", names(&others));
    }
    text + "."
}

/// What kind of work it is and what follows from that.
pub fn kind(question: &Question) -> &'static str {
    match (question.kind(), question.has_requests()) {
        (WorkKind::Batch, _) => {
            "A batch: somebody waits for the last job, so the makespan counts, from the start to \
             the end of the last job, start-up included."
        }
        (WorkKind::Service, true) => {
            "A service: somebody waits for each response, so its p99 counts, from the arrival of \
             the request on."
        }
        (WorkKind::Service, false) => "A service: somebody waits for each pass, so its p99 counts.",
    }
}

fn driven(group: &Group) -> String {
    match group.repeat {
        Repeat::Arrivals { every, .. } => format!(", a request about every {}", every.mean()),
        Repeat::Jobs(jobs) => format!(", {} in a queue", count(jobs as usize, "job")),
        Repeat::Times(passes) if passes > 1 => format!(", {passes} passes each"),
        Repeat::Times(_) | Repeat::For(_) | Repeat::Daemon | Repeat::Serve => String::new(),
    }
}

/// What a pass is: `computes 200 us, then waits 10 ms for I/O`.
fn program(steps: &[Step]) -> String {
    let words: Vec<String> = steps.iter().map(step).collect();
    words.join(", then ")
}

fn step(step: &Step) -> String {
    let said = step_said(step, Said::Done, |time| time.mean().to_string());
    match step {
        Step::Locked { body, .. } => format!("{said} and {}", program(body)),
        Step::Call { bytes: size, .. } if *size > 0 => format!("{said} with {}", bytes(*size)),
        _ => said,
    }
}
