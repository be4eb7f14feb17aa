//! How much faster N threads are than one. One thread over one thread is 1 in the simulation by
//! definition and no case; what was measured for it tells how much the machine drifts.

use gil_sim::{DEFAULT_SWITCH_INTERVAL, Dist, Nanos, Repeat, Scenario, Step};

use super::{MS, counted, group, key, python, scenario};
use crate::data::Runs;
use crate::{Case, Figure, Tolerance};

/// A program that was run by several numbers of threads.
struct Program {
    key: &'static str,
    title: &'static str,
    what: &'static str,
    path: &'static [&'static str],
    threads: &'static [u16],
    steps: Vec<Step>,
    times: u32,
    /// Whether the pairs of the main run matter, which the earlier run did not take.
    paired: bool,
    tolerance: Tolerance,
}

pub(super) fn cases(runs: &Runs) -> Vec<Case> {
    programs().iter().flat_map(|program| program.cases(runs)).collect()
}

impl Program {
    fn cases(&self, runs: &Runs) -> Vec<Case> {
        self.threads.iter().map(|threads| self.case(runs, *threads)).collect()
    }

    fn case(&self, runs: &Runs, threads: u16) -> Case {
        let threads_key = key(threads);
        let mut path = self.path.to_vec();
        path.push(&threads_key);
        if matches!(self.path[0], "io_scaling" | "cpu_scaling") {
            path.push("speedup");
        }
        Case {
            key: format!("{}/{threads}", self.key),
            title: format!("{}, {}", self.title, counted(threads)),
            what: self.what,
            scenario: self.scenario(threads),
            figure: Figure::SpeedUp { alone: Box::new(self.scenario(1)), threads },
            unit: "x",
            measured: if self.paired { runs.main_only(&path) } else { runs.both(&path) },
            fitted: false,
            tolerance: self.tolerance,
            miss: None,
        }
    }

    fn scenario(&self, threads: u16) -> Scenario {
        let group = group("worker", threads, self.steps.clone(), Repeat::Times(self.times));
        scenario(DEFAULT_SWITCH_INTERVAL, vec![group])
    }
}

const DRIFT: Tolerance = Tolerance {
    factor: 1.2,
    reason: "the speed of the machine's cores drifts: one thread over one thread, which is 1, was \
             measured as 0.89",
};

const LOCK: Tolerance = Tolerance {
    factor: 1.3,
    reason: "one thread over one thread, which is 1, was measured as 1.22 and 1.29: these runs are \
             over in 10 ms, and the figure says little",
};

const CALLS: Tolerance = Tolerance {
    factor: 1.2,
    reason: "2 threads of zlib reached 1.68 where 4 reached 2.01: a core's speed drifts by 20 %",
};

const SLEEPS: Tolerance = Tolerance {
    factor: 1.03,
    reason: "sleeping does not feel the speed of the cores: the two runs agree within 2 % but for \
             2 threads (4 %)",
};

const MIXED: Tolerance = Tolerance {
    factor: 1.2,
    reason: "the Python part was calibrated once and the cores' speed drifts; where the GIL is the \
             bottleneck the two runs differ by up to 23 %",
};

fn programs() -> Vec<Program> {
    let mut programs = vec![counting(), sleeping()];
    programs.extend(mixed());
    programs.extend(c_calls());
    programs.push(locking());
    programs
}

fn counting() -> Program {
    Program {
        key: "cpu",
        title: "pure Python",
        what: "Each thread counts down a large number.",
        path: &["cpu_scaling", "by_threads"],
        threads: &[2, 4, 8],
        steps: vec![python(MS * 200)],
        times: 1,
        paired: true,
        tolerance: DRIFT,
    }
}

fn sleeping() -> Program {
    Program {
        key: "io",
        title: "20 sleeps of 10 ms",
        what: "Each thread sleeps 20 times for 10 ms.",
        path: &["io_scaling", "by_threads"],
        threads: &[2, 4, 8, 16, 32, 64],
        steps: vec![Step::Sleep { wait: Dist::Fixed(MS * 10) }],
        times: 20,
        paired: false,
        tolerance: SLEEPS,
    }
}

fn mixed() -> [Program; 3] {
    let mixes: [(_, _, &'static [&'static str], _, _); 3] = [
        ("mixed/1+9", "1 ms Python, 9 ms sleep", &["mixed_scaling", "1ms_cpu+9ms_io"], 1, 9),
        ("mixed/2+8", "2 ms Python, 8 ms sleep", &["mixed_scaling", "2ms_cpu+8ms_io"], 2, 8),
        ("mixed/5+5", "5 ms Python, 5 ms sleep", &["mixed_scaling", "5ms_cpu+5ms_io"], 5, 5),
    ];
    mixes.map(|(key, title, path, cpu, io)| Program {
        key,
        title,
        what: "Each thread computes and sleeps, 20 times.",
        path,
        threads: &[2, 4, 8, 16],
        steps: vec![python(MS * cpu), Step::Sleep { wait: Dist::Fixed(MS * io) }],
        times: 20,
        paired: true,
        tolerance: MIXED,
    })
}

/// The calls' own lengths were not measured; the speed-up does not depend on them.
fn c_calls() -> [Program; 3] {
    let fixed = |micros| Dist::Fixed(Nanos::from_micros(micros));
    let call = |key, title, what, path, steps, times| Program {
        key,
        title,
        what,
        path,
        threads: &[2, 4],
        steps,
        times,
        paired: true,
        tolerance: CALLS,
    };
    [
        call(
            "call/sha256",
            "sha256 of 1 MiB",
            "hashlib lets go of the GIL from 2048 bytes on.",
            &["native_release", "sha256_1MiB"],
            vec![Step::NativeReleasing { work: fixed(2_000) }],
            60,
        ),
        call(
            "call/zlib",
            "zlib of 1 MiB",
            "zlib lets go of the GIL.",
            &["native_release", "zlib_1MiB"],
            vec![Step::NativeReleasing { work: fixed(8_000) }],
            12,
        ),
        call(
            "call/sha256_small",
            "sha256 of 1 KiB",
            "hashlib keeps the GIL for less than 2048 bytes.",
            &["native_release", "sha256_1KiB_holds"],
            vec![Step::NativeHolding { work: fixed(2) }],
            20_000,
        ),
    ]
}

fn locking() -> Program {
    Program {
        key: "lock",
        title: "with lock: n += 1",
        what: "Each thread takes one threading.Lock 20,000 times for the shortest of bodies.",
        path: &["lock_contention", "speedup"],
        threads: &[2, 4],
        steps: vec![
            python(Nanos(40)),
            Step::Locked { lock: "lock".into(), body: vec![python(Nanos(40))] },
        ],
        times: 20_000,
        paired: true,
        tolerance: LOCK,
    }
}
