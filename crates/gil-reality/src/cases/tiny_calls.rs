//! The convoy: a thread of very short system calls.

use gil_sim::{DEFAULT_SWITCH_INTERVAL, Dist, Group, Nanos, Repeat, Step};

use super::{MS, counted, counting, group, key, python, scenario};
use crate::data::Runs;
use crate::{Case, Figure, Tolerance};

const WHAT: &str = "os.write of one byte to /dev/null, 200 times, beside threads that count: each call lets go of \
     the GIL, and mostly takes it back before anybody else has woken up.";

const CALLS: u32 = 200;

pub(super) fn cases(runs: &Runs) -> Vec<Case> {
    let alone = runs.both(&["convoy", "alone_ops_s"]).iter().map(|rate| 1e6 / rate).collect();
    let mut cases = vec![case(0, alone)];
    for threads in [1, 2] {
        let per_call = runs.both(&["convoy", "beside", &key(threads), "ms_per_op"]);
        cases.push(case(threads, per_call.iter().map(|ms| ms * 1e3).collect()));
    }
    cases
}

fn case(threads: u16, measured: Vec<f64>) -> Case {
    let steps = vec![Step::Syscall { work: Dist::Fixed(Nanos(100)) }, python(Nanos(250))];
    let writer = Group { start: MS * 20, ..group("writer", 1, steps, Repeat::Times(CALLS)) };
    Case {
        key: format!("tiny/{threads}"),
        title: format!("tiny system call beside {}", counted(threads)),
        what: WHAT,
        scenario: scenario(
            DEFAULT_SWITCH_INTERVAL,
            counting(threads).into_iter().chain([writer]).collect(),
        ),
        figure: Figure::TimePerCall(CALLS),
        unit: "us",
        measured,
        fitted: threads == 0,
        tolerance: if threads == 0 { ALONE } else { BESIDE },
        miss: (threads == 1).then_some(TOO_MANY_LOST),
    }
}

const ALONE: Tolerance = Tolerance {
    factor: 1.25,
    reason: "the two runs differ by 38 %; the first call of a thread is slower",
};

const BESIDE: Tolerance = Tolerance {
    factor: 1.5,
    reason: "200 calls lose about 5 races, each of which costs an interval: two standard errors of a \
             median of five such counts are 50 %",
};

const TOO_MANY_LOST: &str = "A race, and real Python has two regimes: most runs lose 3 to 6 races of 200, some lose none \
     at all. The model loses 10 and has one regime.";
