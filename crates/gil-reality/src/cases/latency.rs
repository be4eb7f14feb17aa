//! How long a message waits for a thread that has to take the GIL back.

use gil_sim::{DEFAULT_SWITCH_INTERVAL, Dist, Group, Nanos, Repeat, Scenario, Step};

use super::{Lab, MS, counted, counting, group, interval, key, python, thr};
use crate::data::{Measured, Runs};
use crate::{Case, Family, Rank, Reading};

const WHAT: &str = "Another process sends 60 messages, one every 20 ms; a Python thread receives \
                    them beside threads that count.";

const WHAT_HOLD: &str = "The same beside a thread that calls sum(range(n)), a C function that keeps the GIL, again \
     and again.";

pub(super) fn cases(lab: &Lab, runs: &Runs) -> Vec<Case> {
    let mut cases = Vec::new();
    for threads in [0, 1, 2, 4] {
        cases.extend(beside(lab, runs, "5ms", threads));
    }
    for name in ["0.5ms", "1ms", "2ms", "10ms", "20ms"] {
        for threads in [1, 2] {
            cases.extend(beside(lab, runs, name, threads));
        }
    }
    cases.extend(beside_calls(lab, "", &runs.main));
    cases.extend(runs.earlier.iter().flat_map(|run| beside_calls(lab, " (earlier)", run)));
    cases
}

const RANKS: [Rank; 2] = [Rank::P50, Rank::P95];

fn beside(lab: &Lab, runs: &Runs, name: &str, threads: u16) -> [Case; 2] {
    RANKS.map(|rank| beside_counting(lab, runs, name, threads, rank))
}

fn beside_counting(lab: &Lab, runs: &Runs, name: &str, threads: u16, rank: Rank) -> Case {
    let usual = interval(name) == DEFAULT_SWITCH_INTERVAL;
    let threads_key = key(threads);
    let field = format!("{}_ms", rank.name());
    let path = ["interval_latency", name, &threads_key, &field];
    let usual_path = ["io_latency", &threads_key, &field];
    Case {
        key: format!("latency/{name}/{threads}/{}", rank.name()),
        title: format!("latency beside {}, interval {name}, {}", counted(threads), rank.name()),
        label: format!("{name}, {}, {}", thr(threads), rank.name()),
        family: Family::Latency,
        what: WHAT,
        scenario: receiving(lab, interval(name), counting(threads)),
        figure: Reading::Latency(rank),
        unit: "ms",
        measured: runs.both(if usual { &usual_path } else { &path }),
        // The wake-up on a busy core is fitted where nobody waits for a GIL.
        fitted: usual
            && (lab.is_fitted() && threads == 0 || lab.races_are_fitted() && threads == 2),
        tolerance: match threads {
            0 => lab.spread.latency_alone,
            1 => lab.spread.latency_one,
            _ => lab.spread.latency_race,
        },
        reason: None,
    }
}

/// The sender sleeps for 20 ms and is a timer slack late.
fn receiving(lab: &Lab, switch_interval: Nanos, beside: Option<Group>) -> Scenario {
    let every = Dist::Fixed(MS * 20 + Nanos::from_micros(100));
    let steps = vec![Step::Receive { every }, python(Nanos(600))];
    let receiver = group("receiver", 1, steps, Repeat::Times(60));
    lab.scenario(switch_interval, beside.into_iter().chain([receiver]).collect())
}

/// The calls did not last equally long in the two runs: cases for each.
fn beside_calls(lab: &Lab, name: &'static str, run: &Measured) -> Vec<Case> {
    let Some(millis) = run.at(&["hold_latency", "call_ms"]) else { return Vec::new() };
    let call = Nanos::from_secs_f64(millis / 1e3);
    let calls = vec![Step::NativeHolding { work: Dist::Fixed(call) }];
    let holder = group("holder", 1, calls, Repeat::Daemon);
    let scenario = receiving(lab, DEFAULT_SWITCH_INTERVAL, Some(holder));
    let case = |rank: Rank| {
        let field = format!("{}_ms", rank.name());
        Case {
            key: format!("latency/calls{name}/{}", rank.name()),
            title: format!("latency beside calls of {call}, {}{name}", rank.name()),
            label: format!("calls of {millis:.0} ms, {}", rank.name()),
            family: Family::Latency,
            what: WHAT_HOLD,
            scenario: scenario.clone(),
            figure: Reading::Latency(rank),
            unit: "ms",
            measured: run.at(&["hold_latency", "latency", "1", &field]).into_iter().collect(),
            fitted: false,
            tolerance: lab.spread.latency_calls,
            reason: None,
        }
    };
    RANKS.map(case).into()
}
