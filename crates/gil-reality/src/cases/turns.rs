//! How long a thread's turn lasts when threads compete.

use gil_sim::{Nanos, Repeat};

use super::{Lab, counted, group, interval, python, thr};
use crate::data::Runs;
use crate::{Case, Family, Rank, Reading};

const WHAT: &str =
    "Threads read the clock in a loop for a second; a gap of more than 0.2 ms ends a turn.";

pub(super) fn cases(lab: &Lab, runs: &Runs) -> Vec<Case> {
    let mut cases = Vec::new();
    for name in ["1ms", "5ms", "20ms"] {
        for threads in [2, 3, 4].into_iter().filter(|threads| lab.takes_turns(*threads)) {
            for rank in [Rank::P50, Rank::P10, Rank::P90] {
                cases.push(case(lab, runs, name, threads, rank));
            }
        }
    }
    cases
}

fn case(lab: &Lab, runs: &Runs, name: &str, threads: u16, rank: Rank) -> Case {
    let clock = group("clock", threads, vec![python(CHUNK)], Repeat::For(Nanos::from_secs(1)));
    let field = format!("turn_{}_ms", rank.name());
    Case {
        key: format!("turn/{name}/{threads}/{}", rank.name()),
        title: format!("turn of {}, interval {name}, {}", counted(threads), rank.name()),
        label: format!("{name}, {}, {}", thr(threads), rank.name()),
        family: Family::Turns,
        what: WHAT,
        scenario: lab.scenario(interval(name), vec![clock]),
        figure: Reading::Turn(rank),
        unit: "ms",
        measured: runs.both(&["handoffs", &format!("{name}/{threads}thr"), &field]),
        fitted: lab.is_fitted() && (name, threads, rank) == ("5ms", 2, Rank::P50),
        tolerance: match rank {
            Rank::P50 => lab.spread.turn_median,
            _ => lab.spread.turn_tail,
        },
        reason: None,
    }
}

/// Bytecode between two looks at whether the second is over.
const CHUNK: Nanos = Nanos::from_micros(100);
