//! How much faster N threads are than one. One thread over one thread is 1 in the simulation by
//! definition and no case; what was measured for it tells how much the machine drifts.

use gil_sim::{DEFAULT_SWITCH_INTERVAL, Dist, Limits, Nanos, Repeat, Scenario, Step};

use super::{Lab, MS, counted, group, key, python, thr};
use crate::data::Runs;
use crate::{Case, Family, Reading, Tolerance};

/// A program that was run by several numbers of threads.
struct Program {
    key: &'static str,
    title: &'static str,
    label: &'static str,
    what: &'static str,
    path: &'static [&'static str],
    threads: &'static [u16],
    steps: Vec<Step>,
    times: u32,
    /// Whether the pairs of the main run matter, which the earlier run did not take.
    paired: bool,
    tolerance: Tolerance,
}

pub(super) fn cases(lab: &Lab, runs: &Runs) -> Vec<Case> {
    programs(lab).iter().flat_map(|program| program.cases(lab, runs)).collect()
}

impl Program {
    fn cases(&self, lab: &Lab, runs: &Runs) -> Vec<Case> {
        self.threads.iter().map(|threads| self.case(lab, runs, *threads)).collect()
    }

    fn case(&self, lab: &Lab, runs: &Runs, threads: u16) -> Case {
        let threads_key = key(threads);
        let mut path = self.path.to_vec();
        path.push(&threads_key);
        if matches!(self.path[0], "io_scaling" | "cpu_scaling") {
            path.push("speedup");
        }
        Case {
            key: format!("{}/{threads}", self.key),
            title: format!("{}, {}", self.title, counted(threads)),
            label: format!("{}, {}", self.label, thr(threads)),
            family: Family::SpeedUps,
            what: self.what,
            scenario: self.scenario(lab, threads),
            figure: Reading::SpeedUp { alone: Box::new(self.scenario(lab, 1)), threads },
            unit: "x",
            measured: if self.paired { runs.main_only(&path) } else { runs.both(&path) },
            fitted: false,
            tolerance: self.tolerance,
            reason: None,
        }
    }

    fn scenario(&self, lab: &Lab, threads: u16) -> Scenario {
        let group = group("worker", threads, self.steps.clone(), Repeat::Times(self.times));
        let limits = match self.times {
            ..1000 => Limits::default(),
            _ => super::long(),
        };
        lab.limited(DEFAULT_SWITCH_INTERVAL, vec![group], limits)
    }
}

fn programs(lab: &Lab) -> Vec<Program> {
    let spread = lab.spread;
    let mut programs = vec![counting(spread.counting), sleeping(spread.sleeping)];
    programs.extend(mixed(spread.mixed));
    programs.extend(c_calls(spread.c_calls));
    programs.push(locking(spread.locking));
    programs
}

fn counting(tolerance: Tolerance) -> Program {
    Program {
        key: "cpu",
        title: "pure Python",
        label: "pure Python",
        what: "Each thread counts down a large number.",
        path: &["cpu_scaling", "by_threads"],
        threads: &[2, 4, 8],
        steps: vec![python(MS * 200)],
        times: 1,
        paired: true,
        tolerance,
    }
}

fn sleeping(tolerance: Tolerance) -> Program {
    Program {
        key: "io",
        title: "20 sleeps of 10 ms",
        label: "sleeps",
        what: "Each thread sleeps 20 times for 10 ms.",
        path: &["io_scaling", "by_threads"],
        threads: &[2, 4, 8, 16, 32, 64],
        steps: vec![Step::Sleep { wait: Dist::Fixed(MS * 10) }],
        times: 20,
        paired: false,
        tolerance,
    }
}

fn mixed(tolerance: Tolerance) -> [Program; 3] {
    let mixes: [(_, _, _, &'static [&'static str], _, _); 3] = [
        (
            "mixed/1+9",
            "1 ms Python, 9 ms sleep",
            "1 + 9 ms",
            &["mixed_scaling", "1ms_cpu+9ms_io"],
            1,
            9,
        ),
        (
            "mixed/2+8",
            "2 ms Python, 8 ms sleep",
            "2 + 8 ms",
            &["mixed_scaling", "2ms_cpu+8ms_io"],
            2,
            8,
        ),
        (
            "mixed/5+5",
            "5 ms Python, 5 ms sleep",
            "5 + 5 ms",
            &["mixed_scaling", "5ms_cpu+5ms_io"],
            5,
            5,
        ),
    ];
    mixes.map(|(key, title, label, path, cpu, io)| Program {
        key,
        title,
        label,
        what: "Each thread computes and sleeps, 20 times.",
        path,
        threads: &[2, 4, 8, 16],
        steps: vec![python(MS * cpu), Step::Sleep { wait: Dist::Fixed(MS * io) }],
        times: 20,
        paired: true,
        tolerance,
    })
}

/// The calls' own lengths were not measured; the speed-up does not depend on them.
fn c_calls(tolerance: Tolerance) -> [Program; 3] {
    let fixed = |micros| Dist::Fixed(Nanos::from_micros(micros));
    let call = |key, title, label, what, path, steps, times| Program {
        key,
        title,
        label,
        what,
        path,
        threads: &[2, 4],
        steps,
        times,
        paired: true,
        tolerance,
    };
    [
        call(
            "call/sha256",
            "sha256 of 1 MiB",
            "sha256 1 MiB",
            "hashlib lets go of the GIL from 2048 bytes on.",
            &["native_release", "sha256_1MiB"],
            vec![Step::NativeReleasing { work: fixed(2_000) }],
            60,
        ),
        call(
            "call/zlib",
            "zlib of 1 MiB",
            "zlib 1 MiB",
            "zlib lets go of the GIL.",
            &["native_release", "zlib_1MiB"],
            vec![Step::NativeReleasing { work: fixed(8_000) }],
            12,
        ),
        call(
            "call/sha256_small",
            "sha256 of 1 KiB",
            "sha256 1 KiB",
            "hashlib keeps the GIL for less than 2048 bytes.",
            &["native_release", "sha256_1KiB_holds"],
            vec![Step::NativeHolding { work: fixed(2) }],
            4_000,
        ),
    ]
}

fn share(object: &str) -> Step {
    Step::Share { object: object.to_owned(), work: Dist::Fixed(Nanos(40)) }
}

fn locking(tolerance: Tolerance) -> Program {
    Program {
        key: "lock",
        title: "with lock: n += 1",
        label: "lock",
        what: "Each thread takes one threading.Lock 100,000 times for the shortest of bodies; here \
               10,000 times.",
        path: &["lock_contention", "speedup"],
        threads: &[2, 4],
        // All threads touch the lock and what it guards; with a GIL that costs nothing.
        steps: vec![share("lock"), Step::Locked { lock: "lock".into(), body: vec![share("box")] }],
        times: 10_000,
        paired: true,
        tolerance,
    }
}
