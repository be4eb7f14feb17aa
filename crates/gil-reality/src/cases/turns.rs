//! How long a thread's turn lasts when threads compete.

use gil_sim::{Nanos, Repeat};

use super::{counted, group, interval, python, scenario};
use crate::data::Runs;
use crate::{Case, Figure, Rank, Tolerance};

const WHAT: &str =
    "Threads read the clock in a loop for a second; a gap of more than 0.2 ms ends a turn.";

/// What a turn is longer than the interval (0.14 ms) consists of wake-up latencies, which belong
/// to the machine.
const MEDIAN: Tolerance = Tolerance {
    factor: 1.03,
    reason: "the two runs differ by up to 1 %, turns within a run (p10 to p90 of two threads) by 3 % \
             at 5 ms and 7 % at 1 ms",
};

const TAIL: Tolerance = Tolerance {
    factor: 1.10,
    reason: "the two runs differ by up to 5 %; of about 180 turns, 18 are beyond a p10 or p90, so \
             that the percentile itself moves by a few ranks",
};

pub(super) fn cases(runs: &Runs) -> Vec<Case> {
    let mut cases = Vec::new();
    for name in ["1ms", "5ms", "20ms"] {
        for threads in [2, 3, 4] {
            for rank in [Rank::P50, Rank::P10, Rank::P90] {
                cases.push(case(runs, name, threads, rank));
            }
        }
    }
    cases
}

fn case(runs: &Runs, name: &str, threads: u16, rank: Rank) -> Case {
    let clock = group("clock", threads, vec![python(CHUNK)], Repeat::For(Nanos::from_secs(1)));
    let field = format!("turn_{}_ms", rank.name());
    Case {
        key: format!("turn/{name}/{threads}/{}", rank.name()),
        title: format!("turn of {}, interval {name}, {}", counted(threads), rank.name()),
        what: WHAT,
        scenario: scenario(interval(name), vec![clock]),
        figure: Figure::Turn(rank),
        unit: "ms",
        measured: runs.both(&["handoffs", &format!("{name}/{threads}thr"), &field]),
        fitted: (name, threads, rank) == ("5ms", 2, Rank::P50),
        tolerance: if rank == Rank::P50 { MEDIAN } else { TAIL },
        miss: misses(name, threads, rank).then_some(ONE_QUEUE),
    }
}

/// With a third thread a waiter can be woken on the holder's core.
fn misses(name: &str, threads: u16, rank: Rank) -> bool {
    let short_turns = name == "20ms" && rank == Rank::P10;
    threads > 2 && (rank == Rank::P90 || short_turns)
}

const ONE_QUEUE: &str = "The model has one ready queue for all cores, Linux has one for each core. The likely reason: \
     a waiter whose wait times out is woken on the core it last ran on; where the holder of the GIL \
     runs there, it has to wait for a time slice of about 3 ms before it can even ask for the GIL, \
     or pushes the holder off the core. So a tenth of the turns is that much longer, and at 20 ms \
     some are cut short. In the model the waiter finds the idle core at once.";

/// Bytecode between two looks at whether the second is over.
const CHUNK: Nanos = Nanos::from_micros(100);
