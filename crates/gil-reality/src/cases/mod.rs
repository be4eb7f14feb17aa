//! The cases: which program was measured, what simulates it, and how far the two may be apart.

mod latency;
mod speed_up;
mod tiny_calls;
mod turns;

use gil_sim::{Dist, Group, Limits, Nanos, Repeat, Scenario, Spec, Step};

use crate::data::Runs;
use crate::{Case, machine};

/// All cases, those with the same scenario next to each other.
pub fn cases() -> Vec<Case> {
    let runs = Runs::read();
    [turns::cases, latency::cases, tiny_calls::cases, speed_up::cases]
        .into_iter()
        .flat_map(|cases| cases(&runs))
        .collect()
}

const MS: Nanos = Nanos::from_millis(1);

/// Switch intervals by the name they have in the measured files.
fn interval(name: &str) -> Nanos {
    let millis = name.trim_end_matches("ms").parse::<f64>().expect("an interval in ms");
    Nanos::from_secs_f64(millis / 1e3)
}

fn scenario(switch_interval: Nanos, groups: Vec<Group>) -> Scenario {
    let limits = Limits { events: 2_000_000, ..Limits::default() };
    let spec = Spec { switch_interval, machine: machine(), groups, limits, ..Spec::default() };
    Scenario::new(spec).expect("the cases are valid")
}

fn group(name: &str, count: u16, steps: Vec<Step>, repeat: Repeat) -> Group {
    Group { count, repeat, ..Group::new(name, steps) }
}

fn python(work: Nanos) -> Step {
    Step::Python { work: Dist::Fixed(work), check: None }
}

/// `while not stop: count(0, 20000)`: 20,000 passes of 36 ns.
fn counting(threads: u16) -> Option<Group> {
    let count = python(Nanos::from_micros(720));
    (threads > 0).then(|| group("cpu", threads, vec![count], Repeat::Daemon))
}

/// One of the counts that the measured files have as a key.
fn key(threads: u16) -> String {
    threads.to_string()
}

fn counted(threads: u16) -> String {
    format!("{threads} thread{}", if threads == 1 { "" } else { "s" })
}
