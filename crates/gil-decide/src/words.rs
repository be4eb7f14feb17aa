//! Figures and names as people read them.

use gil_sim::stats::Latency;
use gil_sim::{Group, Step};
use gil_words::{count, number};

use crate::measure::Figures;
use crate::question::{Cost, Question};

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

/// Passes per second.
pub fn rate(per_second: f64) -> String {
    format!("{}/s", number(per_second))
}

/// The 99th percentile, or that there is none.
pub fn p99(latency: &Latency) -> String {
    match latency.count {
        0 => format!("over {}", latency.p99),
        _ => latency.p99.to_string(),
    }
}

/// A figure of a cost, as `12 ms for a pass at p99`.
pub fn figure(cost: Cost, figures: &Figures, risk: u32, load: u32) -> String {
    match cost {
        Cost::LatencySpikes => format!("{} for a pass at p99", p99(&figures.latency)),
        Cost::TooSlow => format!("{} passes", rate(figures.throughput)),
        Cost::MemoryGrowth => format!("{} of memory", bytes(figures.memory)),
        Cost::BrokenCompatibility => {
            format!("{} of compatibility risk", count(risk as usize, "point"))
        }
        Cost::DeveloperConfusion => {
            format!("{} of what has to be known", count(load as usize, "point"))
        }
    }
}

/// The workload in one sentence.
pub fn workload(question: &Question) -> String {
    let spec = question.scenario.spec();
    let group = question.group();
    let mut text = format!(
        "{}: {}, each {}; Python {} on {}",
        group.name,
        members(group),
        program(&group.steps),
        spec.python,
        count(usize::from(spec.machine.cores), "core"),
    );
    let others = spec.groups.iter().enumerate().filter(|(index, _)| *index != question.group);
    let others: Vec<String> =
        others.map(|(_, other)| format!("{} ({})", other.name, members(other))).collect();
    if !others.is_empty() {
        text += &format!("; beside it {}", crate::candidate::names(&others));
    }
    text + "."
}

fn members(group: &Group) -> String {
    use gil_sim::Strategy;
    let n = usize::from(group.count);
    match group.strategy {
        Strategy::Threads => count(n, "thread"),
        Strategy::Sequential => format!("{n} one after the other"),
        Strategy::Processes(_) if n == 1 => "1 process".to_owned(),
        Strategy::Processes(_) => format!("{n} processes"),
        Strategy::Interpreters => count(n, "subinterpreter"),
        Strategy::Asyncio => count(n, "asyncio task"),
    }
}

/// What a pass is: `computes 200 us, then waits 10 ms for I/O`.
fn program(steps: &[Step]) -> String {
    let words: Vec<String> = steps.iter().map(step).collect();
    words.join(", then ")
}

fn step(step: &Step) -> String {
    match step {
        Step::Python { work, .. } => format!("computes {} in Python", work.mean()),
        Step::NativeHolding { work } => format!("spends {} in C with the GIL", work.mean()),
        Step::NativeReleasing { work } => format!("spends {} in C without the GIL", work.mean()),
        Step::Io { wait } => format!("waits {} for I/O", wait.mean()),
        Step::Receive { every } => format!("gets a message, one every {}", every.mean()),
        Step::Syscall { work } => format!("makes a system call of {}", work.mean()),
        Step::Sleep { wait } => format!("sleeps {}", wait.mean()),
        Step::Locked { lock, body } => format!("with the lock {lock} {}", program(body)),
        Step::Block { wait } => format!("blocks for {}", wait.mean()),
        Step::Share { object, work } => format!("reads {object} for {}", work.mean()),
        Step::Mutate { object, work } => format!("changes {object} for {}", work.mean()),
        Step::Call { group, bytes: 0 } => format!("has {group} do a job"),
        Step::Call { group, bytes: size } => format!("has {group} do a job with {}", bytes(*size)),
    }
}
