//! What stands in for threads: processes, tasks of an event loop, subinterpreters.

use gil_sim::{
    DEFAULT_SWITCH_INTERVAL, Dist, Group, Nanos, Repeat, Scenario, StartMethod, Step, Strategy,
};

use super::{Lab, MS, group, key, python};
use crate::data::Runs;
use crate::{Case, Family, Reading, Tolerance};

pub(super) fn cases(lab: &Lab, runs: &Runs) -> Vec<Case> {
    let methods = METHODS.iter().flat_map(|method| processes(lab, runs, method));
    methods.chain(tasks(lab, runs)).chain(interpreters(lab, runs)).collect()
}

const METHODS: [(&str, StartMethod); 3] = [
    ("fork", StartMethod::Fork),
    ("forkserver", StartMethod::Forkserver),
    ("spawn", StartMethod::Spawn),
];

/// Start-up times scatter by a third, and whole seconds of two busy cores by as much.
const STARTS: Tolerance = Tolerance {
    factor: 1.35,
    reason: "the two runs of one Python differ by up to 45 % (spawn on 3.14), those of different \
             Pythons by more",
};

const COUNTS: Tolerance = Tolerance {
    factor: 1.25,
    reason: "one process over one thread was measured as 0.92 to 1.18 by fork, which can hardly be \
             more than 1: the speed of the cores drifts",
};

const TASKS: Tolerance = Tolerance {
    factor: 1.1,
    reason: "the two runs differ by up to 2 % for 64 tasks and 8 % for 256",
};

fn processes(lab: &Lab, runs: &Runs, method: &(&'static str, StartMethod)) -> Vec<Case> {
    let (name, method) = *method;
    if !lab.python.has_start_method(method) {
        return Vec::new();
    }
    let strategy = Strategy::Processes(method);
    let mut cases = vec![start(lab, runs, name, strategy)];
    // The work is one that took this long in one thread.
    let Some(seconds) = runs.main.at(&["processes", name, "inline_s"]) else { return cases };
    let work = Nanos::from_secs_f64(seconds);
    for members in [1, 2, 4] {
        let path = ["processes", name, "speedup_vs_inline", &key(members)];
        let counted = if members == 1 { "1 process" } else { &format!("{members} processes") };
        cases.push(Case {
            key: format!("processes/{name}/{members}"),
            title: format!("{counted} by {name}"),
            label: format!("{name}, {members}"),
            family: Family::Alternatives,
            what: "Each process counts for about a second; starting and joining it is part of it.",
            scenario: counting(lab, work, members, strategy),
            figure: Reading::SpeedUp {
                alone: Box::new(counting(lab, work, 1, Strategy::Threads)),
                threads: members,
            },
            unit: "x",
            measured: runs.main_only(&path),
            fitted: false,
            tolerance: COUNTS,
            reason: None,
        });
    }
    cases
}

fn counting(lab: &Lab, work: Nanos, members: u16, strategy: Strategy) -> Scenario {
    run_by(lab, group("worker", members, vec![python(work)], Repeat::Times(1)), strategy)
}

fn run_by(lab: &Lab, group: Group, strategy: Strategy) -> Scenario {
    lab.scenario(DEFAULT_SWITCH_INTERVAL, vec![Group { strategy, ..group }])
}

fn start(lab: &Lab, runs: &Runs, name: &str, strategy: Strategy) -> Case {
    Case {
        key: format!("start/{name}"),
        title: format!("start and join of a process by {name}"),
        label: name.to_owned(),
        family: Family::StartUp,
        what: "A process that does nothing, from start() to the end of join().",
        scenario: counting(lab, Nanos::from_micros(1), 1, strategy),
        figure: Reading::Elapsed,
        unit: "ms",
        measured: runs.both(&["processes", name, "start_join_ms"]),
        // The start-up times of the machine are those of 3.13.
        fitted: true,
        tolerance: STARTS,
        reason: None,
    }
}

fn tasks(lab: &Lab, runs: &Runs) -> Vec<Case> {
    if !lab.python.has_asyncio() {
        return Vec::new();
    }
    let scenario = |tasks| {
        let steps = vec![Step::Sleep { wait: Dist::Fixed(MS * 10) }];
        run_by(lab, group("task", tasks, steps, Repeat::Times(20)), Strategy::Asyncio)
    };
    let case = |tasks: u16| Case {
        key: format!("tasks/{tasks}"),
        title: format!("20 sleeps of 10 ms, {tasks} asyncio tasks"),
        label: format!("asyncio, {tasks}"),
        family: Family::Alternatives,
        what: "Each task awaits asyncio.sleep 20 times for 10 ms.",
        scenario: scenario(tasks),
        figure: Reading::SpeedUp { alone: Box::new(scenario(1)), threads: tasks },
        unit: "x",
        measured: runs.both(&["asyncio", "io_speedup", &key(tasks)]),
        fitted: lab.is_fitted() && tasks == 64,
        tolerance: TASKS,
        reason: None,
    };
    [4, 16, 64, 256].map(case).to_vec()
}

/// The interpreters were made before the clock started. Here that is part of it, but the same part
/// for one and for many: each makes its own.
fn interpreters(lab: &Lab, runs: &Runs) -> Vec<Case> {
    if !lab.python.has_own_gil_interpreters() {
        return Vec::new();
    }
    let case = |members: u16| Case {
        key: format!("interpreters/{members}"),
        title: format!("pure Python, {members} subinterpreters"),
        label: format!("interpreters, {members}"),
        family: Family::Alternatives,
        what: "Each thread counts in an interpreter of its own, made before.",
        scenario: counting(lab, MS * 200, members, Strategy::Interpreters),
        figure: Reading::SpeedUp {
            alone: Box::new(counting(lab, MS * 200, 1, Strategy::Interpreters)),
            threads: members,
        },
        unit: "x",
        measured: runs.main_only(&["subinterpreters", "speedup", &key(members)]),
        fitted: false,
        tolerance: COUNTS,
        reason: None,
    };
    [2, 4].map(case).to_vec()
}
