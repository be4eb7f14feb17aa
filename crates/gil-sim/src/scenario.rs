//! What is simulated: a Python, a machine, and groups of threads with a program each.
//!
//! [`Spec`] is plain data that may hold nonsense; [`Scenario`] is a `Spec` that has been checked
//! and cannot be invalid any more. Everything else takes a `Scenario`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::draw::Dist;
use crate::time::Nanos;

/// Everything that determines a run. Plain data: [`Scenario::new`] checks it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Spec {
    /// The Python whose GIL is followed.
    pub python: Python,
    /// `sys.setswitchinterval`: how long a waiter waits before it requests the GIL.
    /// CPython's default is 5 ms (`DEFAULT_INTERVAL`, Python/ceval_gil.h, 3.2).
    pub switch_interval: Nanos,
    /// The computer.
    pub machine: Machine,
    /// Thread groups, in the order in which their threads are started.
    pub groups: Vec<Group>,
    /// Seed of every drawn duration and latency.
    pub seed: u64,
    /// Where a run that does not end by itself is cut.
    pub limits: Limits,
}

impl Default for Spec {
    /// CPython 3.11 with its default interval on a 4-core machine, and no threads yet.
    fn default() -> Spec {
        Spec {
            python: Python::default(),
            switch_interval: DEFAULT_SWITCH_INTERVAL,
            machine: Machine::default(),
            groups: Vec::new(),
            seed: 1,
            limits: Limits::default(),
        }
    }
}

/// CPython's default switch interval, 5 ms (`DEFAULT_INTERVAL` in Python/ceval_gil.h, 3.2).
pub const DEFAULT_SWITCH_INTERVAL: Nanos = Nanos::from_millis(5);

/// A CPython version with the time-based GIL, 3.2 to 3.14; from 3.13 on its default build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Python {
    minor: u8,
}

impl Python {
    /// All versions that the engine models, oldest first.
    pub const ALL: [Python; 13] = {
        let mut all = [Python { minor: 0 }; 13];
        let mut i = 0;
        while i < all.len() {
            all[i] = Python { minor: 2 + i as u8 };
            i += 1;
        }
        all
    };

    /// Python 3.`minor`, or `None` where the engine has no model of it.
    pub fn new(minor: u8) -> Option<Python> {
        Python::ALL.into_iter().find(|p| p.minor == minor)
    }

    /// The 11 of 3.11.
    pub fn minor(self) -> u8 {
        self.minor
    }

    /// How far apart a simple loop's looks at the eval breaker are, unless a step says otherwise.
    ///
    /// Up to 3.9 the loop top of `_PyEval_EvalFrameDefault` looks before nearly every opcode
    /// (Python/ceval.c, 3.9); from 3.10 on only backward jumps and most calls look
    /// (`CHECK_EVAL_BREAKER`, Python/ceval.c, 3.10), in 3.12 `RESUME`, `JUMP_BACKWARD` and calls
    /// (Python/bytecodes.c, 3.12). 36 ns is a pass of `while n: n -= 1`, measured on 3.11.7; its
    /// opcodes take a third of that each.
    pub fn check_distance(self) -> Nanos {
        if self.minor <= 9 { Nanos(12) } else { Nanos(36) }
    }

    /// Whose flag the drop request is.
    pub fn request_scope(self) -> RequestScope {
        match self.minor {
            ..=11 => RequestScope::Process,
            12 => RequestScope::Interpreter,
            _ => RequestScope::Thread,
        }
    }
}

/// Whose flag the drop request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestScope {
    /// One for the process: `_PyRuntime.ceval` (Python/ceval_gil.h, 3.11).
    Process,
    /// One for each interpreter: `interp->ceval` (Python/ceval_gil.c, 3.12).
    Interpreter,
    /// A bit in the eval breaker of the thread that has the GIL: `_PY_GIL_DROP_REQUEST_BIT`
    /// (Python/ceval_gil.c, 3.13). A taker clears its own bit only, a drop tests its own.
    Thread,
}

impl Default for Python {
    fn default() -> Python {
        Python { minor: 11 }
    }
}

impl fmt::Display for Python {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "3.{}", self.minor)
    }
}

/// The computer and its operating system, as far as threads feel them.
///
/// The defaults describe the 2-core Linux virtual machine on which the reality check was measured
/// (but with 4 cores), so that what the page shows first is what has been checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Machine {
    /// Cores that Python may use.
    pub cores: u16,
    /// CPU time after which a thread makes room for a ready one. Linux's EEVDF base slice is
    /// 0.7 ms times 1 + log2(cores), at most 2.8 ms (`sysctl_sched_base_slice`,
    /// kernel/sched/fair.c, 6.6).
    pub time_slice: Nanos,
    /// From a wake-up's cause (a futex signal, a timer, an I/O completion) to the woken thread on
    /// a core that has been idle for long. Fitted to a socket's latency in an otherwise idle
    /// process and to the length of a GIL turn (see the reality check).
    pub wake_deep: Dist,
    /// The same on a core that has only just become idle, or has been busy: 5 to 60 us on Linux.
    pub wake_shallow: Dist,
    /// After this much idle time a core is slow to wake. On virtual machines the guest polls for
    /// 200 us before it halts (`guest_halt_poll_ns`, drivers/cpuidle/governors/haltpoll.c).
    pub idle_deepens: Nanos,
    /// How late a timer fires. Linux's default timer slack is 50 us (prctl(2), PR_SET_TIMERSLACK).
    pub timer_slack: Nanos,
    /// CPU time of a switch from one thread to another on a core, about 1 us.
    pub context_switch: Nanos,
    /// What the steps of the GIL's own code cost.
    pub costs: Costs,
}

impl Default for Machine {
    fn default() -> Machine {
        Machine {
            cores: 4,
            time_slice: Machine::base_slice(4),
            wake_deep: Dist::LogNormal(Nanos::from_micros(80), Nanos::from_micros(130)),
            wake_shallow: Dist::LogNormal(Nanos::from_micros(8), Nanos::from_micros(16)),
            idle_deepens: Nanos::from_micros(200),
            timer_slack: Nanos::from_micros(50),
            context_switch: Nanos::from_micros(1),
            costs: Costs::default(),
        }
    }
}

impl Machine {
    /// Linux's base slice for a number of cores: 0.7, 1.4, 2.1, 2.8 ms on 1, 2, 4, 8 or more
    /// (kernel/sched/fair.c, 6.6: `SCHED_TUNABLESCALING_LOG`, at most 8 cores counted).
    pub fn base_slice(cores: u16) -> Nanos {
        let log2 = u64::from(cores.clamp(1, 8).ilog2());
        Nanos::from_micros(700 * (1 + log2))
    }

    /// This machine with another number of cores and the base slice that goes with it.
    pub fn with_cores(self, cores: u16) -> Machine {
        Machine { cores, time_slice: Machine::base_slice(cores), ..self }
    }
}

/// CPU time of the protocol's own steps. Small, but the races between them decide who wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Costs {
    /// A mutex or condition variable that nobody contends: a few atomic operations.
    pub uncontended: Nanos,
    /// A futex system call that wakes a sleeper, in the waker's time.
    pub futex_wake: Nanos,
    /// From the decision to wait until asleep in the kernel.
    pub futex_wait: Dist,
    /// A system call that returns at once: a receive whose message is there, a futex wake-up that
    /// finds nobody asleep. The way into a call that blocks is part of what it waits for.
    pub syscall: Nanos,
    /// From one `Thread.start()` to the next: `pthread_create` and the wait for the new thread.
    pub thread_start: Nanos,
    /// From the raised drop request until the requesting thread, back in its wait, lets go of the
    /// GIL's mutex: deadline, clock and cold caches. Fitted to the I/O latency beside two CPU
    /// threads at 5 ms on CPython 3.11, judged at all other intervals (see the reality check).
    pub rewait: Dist,
}

impl Default for Costs {
    fn default() -> Costs {
        Costs {
            uncontended: Nanos(25),
            futex_wake: Nanos(1_500),
            futex_wait: Dist::LogNormal(Nanos(1_000), Nanos(2_000)),
            syscall: Nanos(300),
            thread_start: Nanos::from_micros(50),
            rewait: Dist::LogNormal(Nanos(400), Nanos(1_400)),
        }
    }
}

/// Threads that run the same program.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Group {
    /// What the threads are called; `name-1`, `name-2` and so on where there are several.
    pub name: String,
    /// How many threads.
    pub count: u16,
    /// When they are started.
    pub start: Nanos,
    /// What each of them does, again and again.
    pub steps: Vec<Step>,
    /// How often or how long.
    pub repeat: Repeat,
}

/// When a thread stops repeating its steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Repeat {
    /// After this many passes.
    Times(u32),
    /// After the pass during which this much time since its start has gone by.
    For(Nanos),
    /// Never: like a daemon thread, it ends with the process, when all other groups are done.
    Daemon,
}

/// One thing that a thread does.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Step {
    /// Python bytecode: holds the GIL and looks at the eval breaker now and then.
    Python {
        /// CPU time of the bytecode, without waiting.
        work: Dist,
        /// Distance between looks at the eval breaker; [`Python::check_distance`] where `None`.
        check: Option<Nanos>,
    },
    /// A C call that keeps the GIL until it returns (`re`, `json`, `sorted`, `sum(range(n))`).
    NativeHolding {
        /// CPU time of the call.
        work: Dist,
    },
    /// A C call that lets go of the GIL while it computes (`zlib`, `hashlib`, NumPy loops).
    NativeReleasing {
        /// CPU time of the call.
        work: Dist,
    },
    /// Blocking I/O whose other side needs this long from the moment it is asked.
    Io {
        /// From the system call to the completion.
        wait: Dist,
    },
    /// A blocking receive of messages that arrive on their own schedule, asked for or not.
    /// A message that is there already is returned at once, but the GIL is let go of all the same.
    Receive {
        /// Gap between two arrivals.
        every: Dist,
    },
    /// A very short system call that never blocks but still lets go of the GIL (`os.write`).
    Syscall {
        /// CPU time in the kernel.
        work: Dist,
    },
    /// `time.sleep`.
    Sleep {
        /// Requested length.
        wait: Dist,
    },
    /// `with lock:` around other steps. Locks are named; the same name is the same lock everywhere.
    Locked {
        /// The `threading.Lock`, not reentrant: taking it twice in one thread is a deadlock.
        lock: String,
        /// What is done while it is held.
        body: Vec<Step>,
    },
}

/// Where a run that does not end by itself is cut, with an outcome that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Limits {
    /// Simulated time.
    pub time: Nanos,
    /// Events in the trace.
    pub events: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { time: Nanos::from_secs(60), events: 200_000 }
    }
}

/// Bounds of everything a [`Spec`] holds; the page's fields and the error messages use them too.
pub mod bounds {
    use super::Nanos;
    use std::ops::RangeInclusive;

    /// Cores.
    pub const CORES: RangeInclusive<u16> = 1..=64;
    /// Switch interval: CPython waits at least a microsecond (`take_gil`, Python/ceval_gil.h).
    pub const SWITCH_INTERVAL: RangeInclusive<Nanos> = Nanos::from_micros(1)..=Nanos::from_secs(10);
    /// Groups in a scenario.
    pub const GROUPS: RangeInclusive<usize> = 1..=12;
    /// Threads in a group, and in all groups together.
    pub const THREADS: RangeInclusive<u16> = 1..=256;
    /// Steps in a group's program or a lock's body.
    pub const STEPS: RangeInclusive<usize> = 1..=16;
    /// How deep `with lock:` may be nested.
    pub const LOCK_DEPTH: usize = 4;
    /// Any single duration, and its mean where it is drawn.
    pub const DURATION: RangeInclusive<Nanos> = Nanos(1)..=Nanos::from_secs(100);
    /// Distance between looks at the eval breaker.
    pub const CHECK: RangeInclusive<Nanos> = Nanos(1)..=Nanos::from_secs(1);
    /// Start time of a group, and how long a group may repeat.
    pub const MOMENT: RangeInclusive<Nanos> = Nanos::ZERO..=Nanos::from_secs(600);
    /// Passes through a program.
    pub const TIMES: RangeInclusive<u32> = 1..=1_000_000;
    /// Characters in a group's or lock's name.
    pub const NAME: RangeInclusive<usize> = 1..=16;
    /// Latencies and costs of the machine.
    pub const COST: RangeInclusive<Nanos> = Nanos::ZERO..=Nanos::from_millis(100);
    /// Time slice.
    pub const SLICE: RangeInclusive<Nanos> = Nanos::from_micros(10)..=Nanos::from_secs(1);
    /// Simulated time of a run.
    pub const LIMIT_TIME: RangeInclusive<Nanos> = Nanos::from_micros(1)..=Nanos::from_secs(600);
    /// Events of a run.
    pub const LIMIT_EVENTS: RangeInclusive<u32> = 1..=2_000_000;
}

/// One thing that is wrong in a [`Spec`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// Where: `groups[1].steps[0].work`, in the names of the fields of [`Spec`].
    pub place: String,
    /// What is wrong and what would be right, as a sentence without its full stop.
    pub message: String,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for Invalid {}

/// A checked [`Spec`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Scenario(Spec);

impl Scenario {
    /// Checks a spec.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the fields.
    pub fn new(spec: Spec) -> Result<Scenario, Vec<Invalid>> {
        let mut check = Check::default();
        check.spec(&spec);
        if check.found.is_empty() { Ok(Scenario(spec)) } else { Err(check.found) }
    }

    /// What it says.
    pub fn spec(&self) -> &Spec {
        &self.0
    }

    /// The spec, for editing.
    pub fn into_spec(self) -> Spec {
        self.0
    }

    /// Threads of all groups together.
    pub fn threads(&self) -> usize {
        self.0.groups.iter().map(|g| usize::from(g.count)).sum()
    }
}

impl<'de> Deserialize<'de> for Scenario {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Scenario, D::Error> {
        let spec = Spec::deserialize(from)?;
        Scenario::new(spec).map_err(|found| serde::de::Error::custom(&found[0]))
    }
}

/// Collects what is wrong, with the place it is at.
#[derive(Default)]
struct Check {
    at: Vec<String>,
    found: Vec<Invalid>,
}

impl Check {
    fn spec(&mut self, spec: &Spec) {
        self.range("switch_interval", spec.switch_interval, bounds::SWITCH_INTERVAL);
        self.within("machine", |c| c.machine(&spec.machine));
        self.count("groups", spec.groups.len(), bounds::GROUPS, "thread group");
        for (i, group) in spec.groups.iter().enumerate() {
            self.within(&format!("groups[{i}]"), |c| c.group(group));
            if spec.groups[..i].iter().any(|other| other.name == group.name) {
                self.report(
                    &format!("groups[{i}].name"),
                    format!("there are two groups called \"{}\"; rename one", group.name),
                );
            }
        }
        let threads: u32 = spec.groups.iter().map(|g| u32::from(g.count)).sum();
        if threads > u32::from(*bounds::THREADS.end()) {
            self.report("groups", format!("{threads} threads in all; at most 256 are simulated"));
        }
        if spec.groups.iter().all(|g| g.repeat == Repeat::Daemon) && !spec.groups.is_empty() {
            self.report("groups", "every group is a daemon; one must end by itself".into());
        }
        self.within("limits", |c| {
            c.range("time", spec.limits.time, bounds::LIMIT_TIME);
            c.range("events", spec.limits.events, bounds::LIMIT_EVENTS);
        });
    }

    fn machine(&mut self, machine: &Machine) {
        self.range("cores", machine.cores, bounds::CORES);
        self.range("time_slice", machine.time_slice, bounds::SLICE);
        self.dist("wake_deep", machine.wake_deep, bounds::COST);
        self.dist("wake_shallow", machine.wake_shallow, bounds::COST);
        self.range("idle_deepens", machine.idle_deepens, bounds::COST);
        self.range("timer_slack", machine.timer_slack, bounds::COST);
        self.range("context_switch", machine.context_switch, bounds::COST);
        let costs = &machine.costs;
        self.within("costs", |c| {
            c.range("uncontended", costs.uncontended, bounds::COST);
            c.range("futex_wake", costs.futex_wake, bounds::COST);
            c.dist("futex_wait", costs.futex_wait, bounds::COST);
            c.range("syscall", costs.syscall, bounds::COST);
            c.range("thread_start", costs.thread_start, bounds::COST);
            c.dist("rewait", costs.rewait, bounds::COST);
        });
    }

    fn group(&mut self, group: &Group) {
        self.name("name", &group.name);
        self.range("count", group.count, bounds::THREADS);
        self.range("start", group.start, bounds::MOMENT);
        match group.repeat {
            Repeat::Times(n) => self.range("repeat", n, bounds::TIMES),
            Repeat::For(t) => {
                self.range("repeat", t, Nanos(1)..=*bounds::MOMENT.end());
            }
            Repeat::Daemon => {}
        }
        self.steps("steps", &group.steps, 0);
    }

    fn steps(&mut self, field: &str, steps: &[Step], depth: usize) {
        self.count(field, steps.len(), bounds::STEPS, "step");
        for (i, step) in steps.iter().enumerate() {
            self.within(&format!("{field}[{i}]"), |c| c.step(step, depth));
        }
    }

    fn step(&mut self, step: &Step, depth: usize) {
        match step {
            Step::Python { work, check } => {
                self.dist("work", *work, bounds::DURATION);
                if let Some(check) = check {
                    self.range("check", *check, bounds::CHECK);
                }
            }
            Step::NativeHolding { work }
            | Step::NativeReleasing { work }
            | Step::Syscall { work } => self.dist("work", *work, bounds::DURATION),
            Step::Io { wait } | Step::Sleep { wait } => {
                self.dist("wait", *wait, bounds::DURATION);
            }
            Step::Receive { every } => self.dist("every", *every, bounds::DURATION),
            Step::Locked { lock, body } => {
                self.name("lock", lock);
                if depth >= bounds::LOCK_DEPTH {
                    let most = bounds::LOCK_DEPTH;
                    self.report("body", format!("locks are nested more than {most} deep"));
                } else {
                    self.steps("body", body, depth + 1);
                }
            }
        }
    }

    fn dist(&mut self, field: &str, dist: Dist, range: std::ops::RangeInclusive<Nanos>) {
        match dist {
            Dist::Fixed(d) | Dist::Exponential(d) => self.range(field, d, range),
            Dist::Uniform(low, high) | Dist::LogNormal(low, high) => {
                self.range(field, low, range.clone());
                self.range(field, high, range);
                if high < low {
                    self.report(field, format!("{high} is less than {low}; swap the two"));
                }
            }
        }
    }

    fn name(&mut self, field: &str, name: &str) {
        let ok = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
        if !starts || !name.chars().all(ok) || !bounds::NAME.contains(&name.len()) {
            self.report(
                field,
                "a name is 1 to 16 letters, digits and underscores, and starts with a letter"
                    .into(),
            );
        }
    }

    fn range<T: PartialOrd + fmt::Display>(
        &mut self,
        field: &str,
        value: T,
        range: std::ops::RangeInclusive<T>,
    ) {
        if !range.contains(&value) {
            let (low, high) = (range.start(), range.end());
            self.report(field, format!("{value} is not between {low} and {high}"));
        }
    }

    fn count(
        &mut self,
        field: &str,
        count: usize,
        range: std::ops::RangeInclusive<usize>,
        what: &str,
    ) {
        if count < *range.start() {
            self.report(field, format!("at least one {what} is needed"));
        } else if count > *range.end() {
            self.report(field, format!("{count} {what}s; at most {} are allowed", range.end()));
        }
    }

    fn within(&mut self, field: &str, check: impl FnOnce(&mut Check)) {
        self.at.push(field.to_owned());
        check(self);
        self.at.pop();
    }

    fn report(&mut self, field: &str, message: String) {
        let mut place = self.at.clone();
        place.push(field.to_owned());
        self.found.push(Invalid { place: place.join("."), message });
    }
}
