//! The convoy: a thread of very short system calls.

use gil_sim::{DEFAULT_SWITCH_INTERVAL, Dist, Group, Nanos, Repeat, Step};

use super::{Lab, MS, counted, counting, group, key, python, thr};
use crate::data::Runs;
use crate::{Case, Family, Reading};

const WHAT: &str = "os.write of one byte to /dev/null, 200 times (20 000 without a GIL), beside threads that count: each call lets go of \
     the GIL, and mostly takes it back before anybody else has woken up.";

/// Calls of a sample: many more where none of them can cost an interval.
fn calls(lab: &Lab) -> u32 {
    if lab.python.is_free_threaded() { 20_000 } else { 200 }
}

pub(super) fn cases(lab: &Lab, runs: &Runs) -> Vec<Case> {
    let alone = runs.both(&["convoy", "alone_ops_s"]).iter().map(|rate| 1e6 / rate).collect();
    let mut cases = vec![case(lab, 0, alone)];
    for threads in [1, 2] {
        let per_call = runs.both(&["convoy", "beside", &key(threads), "ms_per_op"]);
        cases.push(case(lab, threads, per_call.iter().map(|ms| ms * 1e3).collect()));
    }
    cases
}

fn case(lab: &Lab, threads: u16, measured: Vec<f64>) -> Case {
    let calls = calls(lab);
    let steps = vec![Step::Syscall { work: Dist::Fixed(Nanos(100)) }, python(Nanos(250))];
    let writer = Group { start: MS * 20, ..group("writer", 1, steps, Repeat::Times(calls)) };
    let groups = counting(threads).into_iter().chain([writer]).collect();
    Case {
        key: format!("tiny/{threads}"),
        title: format!("tiny system call beside {}", counted(threads)),
        label: format!("beside {}", thr(threads)),
        family: Family::TinyCalls,
        what: WHAT,
        scenario: lab.limited(DEFAULT_SWITCH_INTERVAL, groups, super::long()),
        figure: Reading::TimePerCall(calls),
        unit: "us",
        measured,
        fitted: lab.is_fitted() && threads == 0,
        tolerance: match threads {
            0 => lab.spread.tiny_alone,
            _ => lab.spread.tiny_beside,
        },
        reason: None,
    }
}
