//! What the test suites share: scenarios in a few words.
//!
//! ```
//! use gil_tests::{ms, on, python, round_machine, thread};
//!
//! let two = on(round_machine(), [thread("cpu", [python(ms(8))]).threads(2)]);
//! assert_eq!(two.threads(), 2);
//! ```

use gil_sim::{Costs, Dist, Group, Machine, Nanos, Os, Overheads, Repeat, Scenario, Spec, Step};

/// So many milliseconds.
pub const fn ms(n: u64) -> Nanos {
    Nanos::from_millis(n)
}

/// So many microseconds.
pub const fn us(n: u64) -> Nanos {
    Nanos::from_micros(n)
}

/// A machine on which nothing takes any time: 2 cores, slices of 1 ms.
pub fn free_machine() -> Machine {
    let no_time = Dist::Fixed(Nanos::ZERO);
    Machine {
        os: Os::Linux,
        cores: 2,
        time_slice: ms(1),
        timer_tick: Nanos::ZERO,
        wait_unit: Nanos::ZERO,
        wake_deep: no_time,
        wake_shallow: no_time,
        wake_cold: no_time,
        idle_deepens: Nanos::ZERO,
        timer_slack: Nanos::ZERO,
        context_switch: Nanos::ZERO,
        costs: no_costs(),
        overheads: no_overheads(),
    }
}

/// A machine with round numbers, to be checked by hand: like [`free_machine`], but with 10 us from
/// any signal or completion to the woken thread on its core, 1 us from the decision to sleep until
/// asleep, and 1 us from a raised request back into the wait.
pub fn round_machine() -> Machine {
    let one = Dist::Fixed(us(1));
    Machine {
        wake_deep: Dist::Fixed(us(10)),
        wake_shallow: Dist::Fixed(us(10)),
        wake_cold: Dist::Fixed(us(10)),
        costs: Costs { futex_wait: one, rewait: one, ..no_costs() },
        ..free_machine()
    }
}

fn no_overheads() -> Overheads {
    let none = Nanos::ZERO;
    Overheads {
        fork: none,
        forkserver: none,
        spawn: none,
        interpreter: none,
        pickle: none,
        unpickle: none,
        task_switch: none,
        job: none,
        cache_line: none,
    }
}

fn no_costs() -> Costs {
    let no_time = Dist::Fixed(Nanos::ZERO);
    Costs {
        uncontended: Nanos::ZERO,
        futex_wake: Nanos::ZERO,
        futex_wait: no_time,
        syscall: Nanos::ZERO,
        thread_start: Nanos::ZERO,
        rewait: no_time,
    }
}

/// CPython's defaults on a machine.
///
/// # Panics
/// The scenario is invalid.
pub fn on(machine: Machine, groups: impl IntoIterator<Item = Threads>) -> Scenario {
    let groups = groups.into_iter().map(|threads| threads.0).collect();
    Scenario::new(Spec { machine, groups, ..Spec::default() }).expect("the scenario is valid")
}

/// The scenario with something else in it.
///
/// # Panics
/// The result is invalid.
pub fn with(scenario: Scenario, change: impl FnOnce(&mut Spec)) -> Scenario {
    let mut spec = scenario.into_spec();
    change(&mut spec);
    Scenario::new(spec).expect("the scenario is valid")
}

/// A group of threads; one, from the start, once, unless it is told otherwise.
pub struct Threads(Group);

/// A thread that does these steps once.
pub fn thread(name: &str, steps: impl IntoIterator<Item = Step>) -> Threads {
    let steps = steps.into_iter().collect();
    Threads(Group::new(name, steps))
}

impl Threads {
    /// Several of them.
    pub fn threads(mut self, count: u16) -> Threads {
        self.0.count = count;
        self
    }

    /// Started later.
    pub fn at(mut self, start: Nanos) -> Threads {
        self.0.start = start;
        self
    }

    /// Does its steps so many times.
    pub fn times(mut self, times: u32) -> Threads {
        self.0.repeat = Repeat::Times(times);
        self
    }

    /// Does its steps until all others are done.
    pub fn daemon(mut self) -> Threads {
        self.0.repeat = Repeat::Daemon;
        self
    }
}

/// Bytecode.
pub fn python(work: Nanos) -> Step {
    Step::Python { work: Dist::Fixed(work), check: None }
}

/// Bytecode that seldom looks at the eval breaker.
pub fn python_checked(work: Nanos, check: Nanos) -> Step {
    Step::Python { work: Dist::Fixed(work), check: Some(check) }
}

/// A C call that keeps the GIL.
pub fn holding(work: Nanos) -> Step {
    Step::NativeHolding { work: Dist::Fixed(work) }
}

/// A C call that lets go of the GIL.
pub fn releasing(work: Nanos) -> Step {
    Step::NativeReleasing { work: Dist::Fixed(work) }
}

/// Blocking I/O.
pub fn io(wait: Nanos) -> Step {
    Step::Io { wait: Dist::Fixed(wait) }
}

/// A receive of messages that arrive at this pace.
pub fn receive(every: Nanos) -> Step {
    Step::Receive { every: Dist::Fixed(every) }
}

/// A short system call.
pub fn syscall(work: Nanos) -> Step {
    Step::Syscall { work: Dist::Fixed(work) }
}

/// `time.sleep`.
pub fn sleep(wait: Nanos) -> Step {
    Step::Sleep { wait: Dist::Fixed(wait) }
}

/// `with lock:`.
pub fn locked(lock: &str, body: impl IntoIterator<Item = Step>) -> Step {
    Step::Locked { lock: lock.into(), body: body.into_iter().collect() }
}
