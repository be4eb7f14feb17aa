//! The settings of a scenario: everything outside its groups, a row each.
//!
//! Check, notation, the page's fields and the words for what differs are loops over
//! [`Setting::ALL`]: a new setting is a field, a row here, and its use in the engine.

mod value;

use std::ops::RangeInclusive;

use super::{Spec, bounds};
use crate::time::Nanos;
pub use value::{Field, Value};

/// Where a setting stands on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What everybody changes first.
    Basics,
    /// The garbage collector.
    Collections,
    /// The operating system's scheduler and timers.
    Scheduler,
    /// How long a wake-up takes.
    Waking,
    /// What the steps of the GIL's own code cost.
    Costs,
    /// What processes, interpreters, pools and event loops cost.
    Overheads,
    /// Where a run is cut.
    Limits,
}

/// What a setting may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bounds {
    /// One of a list, or whatever its type holds.
    Any,
    /// A whole number between these two, both included.
    Number(RangeInclusive<u64>),
    /// A duration between these two, both included; where it is drawn, both of its figures.
    Time(RangeInclusive<Nanos>),
}

/// What is known of a setting.
struct Row {
    key: Option<&'static str>,
    path: &'static str,
    title: &'static str,
    said: &'static str,
    help: &'static str,
    part: Part,
    bounds: Bounds,
    field: fn(&mut Spec) -> Option<Field<'_>>,
}

/// Declares the settings: the variant, its key in the notation, then a row.
macro_rules! settings {
    ($($(#[$doc:meta])* $name:ident => $row:expr,)*) => {
        /// A setting outside the groups.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Setting {
            $($(#[$doc])* $name,)*
        }

        impl Setting {
            /// All of them, in the order in which they are printed and compared.
            pub const ALL: &[Setting] = &[$(Setting::$name,)*];

            fn row(self) -> Row {
                match self {
                    $(Setting::$name => $row,)*
                }
            }
        }
    };
}

/// A row whose title is also what a comparison calls it.
macro_rules! row {
    ($key:expr, $path:literal, $part:ident, $bounds:expr, $kind:ident($($field:ident).+), $title:literal, $help:literal) => {
        row!($key, $path, $part, $bounds, $kind($($field).+), $title = $title, $help)
    };
    ($key:expr, $path:literal, $part:ident, $bounds:expr, $kind:ident($($field:ident).+), $title:literal = $said:literal, $help:literal) => {
        Row {
            key: $key.into(),
            path: $path,
            title: $title,
            said: $said,
            help: $help,
            part: Part::$part,
            bounds: $bounds,
            field: |spec| Some(Field::$kind(&mut spec.$($field).+)),
        }
    };
}

settings! {
    /// Version and build.
    Python => row!("py", "python", Basics, Bounds::Any, Python(python), "Python", ""),
    /// Whose habits the machine's figures follow.
    Os => row!("os", "machine.os", Basics, Bounds::Any, Os(machine.os), "Operating system", ""),
    /// Cores that Python may use.
    Cores => row!("cores", "machine.cores", Basics, whole(bounds::CORES), Short(machine.cores), "Cores", ""),
    /// `sys.setswitchinterval`.
    SwitchInterval => row!(
        "si", "switch_interval", Basics, Bounds::Time(bounds::SWITCH_INTERVAL), Time(switch_interval),
        "Switch interval", ""
    ),
    /// `sys.setcheckinterval`.
    CheckInterval => row!(
        "ci", "check_interval", Basics, number(bounds::CHECK_INTERVAL), Whole(check_interval),
        "Check interval", ""
    ),
    /// Whether an extension is imported that is not marked as safe without a GIL.
    Extension => row!(
        "ext", "unmarked_extension", Basics, Bounds::Any, Extension(unmarked_extension),
        "Unmarked extension" = "Extension that is not marked as safe without a GIL", ""
    ),
    /// The garbage collector, as a whole.
    Gc => row!("gc", "gc", Collections, Bounds::Any, Gc(gc), "Garbage collections", ""),
    /// How much Python runs between two collections.
    GcEvery => Row {
        field: |spec| spec.gc.as_mut().map(|gc| Field::Time(&mut gc.every)),
        ..part_of_gc("gc.every", "After computing", Bounds::Time(bounds::GC_EVERY))
    },
    /// How long a collection takes.
    GcPause => Row {
        field: |spec| spec.gc.as_mut().map(|gc| Field::Dist(&mut gc.pause)),
        ..part_of_gc("gc.pause", "Pause", Bounds::Time(bounds::DURATION))
    },
    /// The scheduler's time slice.
    TimeSlice => row!(
        "slice", "machine.time_slice", Scheduler, Bounds::Time(bounds::SLICE), Time(machine.time_slice),
        "Time slice",
        "CPU time after which a thread makes room for a ready one. Linux (EEVDF, 6.6): 0.7 ms times 1 + log2(cores), at most 2.8 ms. macOS: 10 ms. Windows: two clock ticks. It follows system and cores."
    ),
    /// A wake-up on a sleeping core.
    WakeDeep => row!(
        "wake", "machine.wake_deep", Waking, cost(), Dist(machine.wake_deep),
        "On a sleeping core" = "Wake-up on a sleeping core",
        "From a wake-up's cause to the thread on a core that has been idle for long. Fitted to measurements."
    ),
    /// A wake-up on a warm core.
    WakeShallow => row!(
        "wakehot", "machine.wake_shallow", Waking, cost(), Dist(machine.wake_shallow),
        "On a warm core" = "Wake-up on a warm core",
        "The same on a core that has only just become idle, or was busy: 5 to 60 us on Linux."
    ),
    /// A wake-up where all cores are busy.
    WakeCold => row!(
        "wakecold", "machine.wake_cold", Waking, cost(), Dist(machine.wake_cold),
        "Where all are busy" = "Wake-up where all cores are busy",
        "The same for a thread that has slept for long and is in no cache. Fitted to measurements."
    ),
    /// When an idle core goes to sleep.
    IdleDeepens => row!(
        "deepens", "machine.idle_deepens", Waking, cost(), Time(machine.idle_deepens),
        "Asleep after" = "A core is asleep after",
        "Idle time after which a core is slow to wake. Linux guests poll for 200 us before they halt (haltpoll)."
    ),
    /// How late a timer fires.
    TimerSlack => row!(
        "slack", "machine.timer_slack", Scheduler, cost(), Time(machine.timer_slack), "Timer slack",
        "How late a timer fires. Linux: 50 us (prctl, PR_SET_TIMERSLACK)."
    ),
    /// What timed waits are rounded up to.
    TimerTick => row!(
        "tick", "machine.timer_tick", Scheduler, cost(), Time(machine.timer_tick), "Timer tick",
        "Timed waits end at a multiple of this; 0 s for none. Windows' clock ticks 64 times a second unless a program asks for more (timeBeginPeriod)."
    ),
    /// What timed waits for the GIL are cut to.
    WaitUnit => row!(
        "unit", "machine.wait_unit", Scheduler, cost(), Time(machine.wait_unit), "Unit of GIL waits",
        "Timed waits for the GIL are cut to whole multiples of this; 0 s for none. Windows' condition variables wait whole milliseconds."
    ),
    /// A switch between threads on a core.
    ContextSwitch => row!(
        "ctx", "machine.context_switch", Scheduler, cost(), Time(machine.context_switch), "Context switch",
        "CPU time of a switch between threads on a core."
    ),
    /// An uncontended mutex.
    Uncontended => row!(
        "uncontended", "machine.costs.uncontended", Costs, cost(), Time(machine.costs.uncontended), "Free mutex",
        "A mutex or condition variable that nobody contends: a few atomic operations."
    ),
    /// Waking a sleeper.
    FutexWake => row!(
        "fwake", "machine.costs.futex_wake", Costs, cost(), Time(machine.costs.futex_wake), "Futex wake",
        "The system call that wakes a sleeper, in the waker's time."
    ),
    /// Going to sleep.
    FutexWait => row!(
        "fwait", "machine.costs.futex_wait", Costs, cost(), Dist(machine.costs.futex_wait), "Futex wait",
        "From the decision to wait until asleep in the kernel."
    ),
    /// A system call that returns at once.
    Syscall => row!(
        "syscall", "machine.costs.syscall", Costs, cost(), Time(machine.costs.syscall), "System call",
        "A blocking call until it blocks or returns, not counting what it waits for."
    ),
    /// Starting a thread.
    ThreadStart => row!(
        "tstart", "machine.costs.thread_start", Costs, cost(), Time(machine.costs.thread_start), "Thread start",
        "From one Thread.start() to the next: pthread_create and the wait for the new thread."
    ),
    /// From a raised request back into the wait.
    Rewait => row!(
        "rewait", "machine.costs.rewait", Costs, cost(), Dist(machine.costs.rewait), "Request to wait",
        "From the raised drop request until the requester is back in its wait. Fitted to measurements."
    ),
    /// Starting a process by fork.
    Fork => row!(
        "fork", "machine.overheads.fork", Overheads, start_up(), Time(machine.overheads.fork),
        "Process, fork" = "Start of a process, fork", "CPU time of starting a process by fork."
    ),
    /// Starting a process through the fork server.
    Forkserver => row!(
        "fserver", "machine.overheads.forkserver", Overheads, start_up(), Time(machine.overheads.forkserver),
        "Process, forkserver" = "Start of a process, forkserver",
        "The same through a warm fork server that imports the main module again."
    ),
    /// Starting a process by spawn.
    Spawn => row!(
        "spawn", "machine.overheads.spawn", Overheads, start_up(), Time(machine.overheads.spawn),
        "Process, spawn" = "Start of a process, spawn",
        "The same by spawn: a new interpreter that imports the main module."
    ),
    /// Creating a subinterpreter.
    Interpreter => row!(
        "interp", "machine.overheads.interpreter", Overheads, start_up(), Time(machine.overheads.interpreter),
        "Subinterpreter" = "Start of a subinterpreter", "CPU time of creating one."
    ),
    /// `pickle.dumps` of a MiB.
    Pickle => row!(
        "pickle", "machine.overheads.pickle", Overheads, start_up(), Time(machine.overheads.pickle), "Pickle a MiB",
        "pickle.dumps of a MiB of integers, for what is sent to processes and interpreters."
    ),
    /// `pickle.loads` of a MiB.
    Unpickle => row!(
        "unpickle", "machine.overheads.unpickle", Overheads, start_up(), Time(machine.overheads.unpickle),
        "Unpickle a MiB", "pickle.loads of the same."
    ),
    /// From one asyncio task to the next.
    TaskSwitch => row!(
        "task", "machine.overheads.task_switch", Overheads, cost(), Time(machine.overheads.task_switch),
        "Task switch", "asyncio: from one task to the next."
    ),
    /// Handing a job over.
    Job => row!(
        "job", "machine.overheads.job", Overheads, cost(), Time(machine.overheads.job), "Hand over a job",
        "Handing a job to a pool's worker and its result back, at each end."
    ),
    /// A cache line's way from core to core.
    CacheLine => row!(
        "line", "machine.overheads.cache_line", Overheads, cost(), Time(machine.overheads.cache_line),
        "Move a cache line",
        "From one core to another; the price of a reference count that several threads change. 50 to 100 ns in a socket: an assumption."
    ),
    /// The seed of everything that is drawn.
    Seed => row!("seed", "seed", Basics, Bounds::Number(0..=u64::MAX), Long(seed), "Seed", ""),
    /// Simulated time after which a run is cut.
    LimitTime => row!(
        "limit", "limits.time", Limits, Bounds::Time(bounds::LIMIT_TIME), Time(limits.time),
        "Simulated time" = "Limit of simulated time",
        "A run that hasn't ended by then is cut, and says so."
    ),
    /// Events after which a run is cut.
    LimitEvents => row!(
        "events", "limits.events", Limits, number(bounds::LIMIT_EVENTS), Whole(limits.events),
        "Events" = "Limit of events", "The same for the number of events."
    ),
}

fn number(range: RangeInclusive<u32>) -> Bounds {
    Bounds::Number(u64::from(*range.start())..=u64::from(*range.end()))
}

fn whole(range: RangeInclusive<u16>) -> Bounds {
    Bounds::Number(u64::from(*range.start())..=u64::from(*range.end()))
}

fn cost() -> Bounds {
    Bounds::Time(bounds::COST)
}

fn start_up() -> Bounds {
    Bounds::Time(bounds::OVERHEAD)
}

/// One of the collector's two figures, which the notation has in one setting.
fn part_of_gc(path: &'static str, title: &'static str, bounds: Bounds) -> Row {
    let (part, field) = (Part::Collections, |_: &mut Spec| None);
    Row { key: None, path, title, said: title, help: "", part, bounds, field }
}

impl Setting {
    /// Its name in the notation: `si`. `None` where it is written as part of another one.
    pub fn key(self) -> Option<&'static str> {
        self.row().key
    }

    /// The setting of a key.
    pub fn find(key: &str) -> Option<Setting> {
        Setting::ALL.iter().copied().find(|setting| setting.key() == Some(key))
    }

    /// Its name in [`Invalid::place`](super::Invalid::place): `machine.costs.rewait`.
    pub fn path(self) -> &'static str {
        self.row().path
    }

    /// What its field is called, below the heading of its part.
    pub fn title(self) -> &'static str {
        self.row().title
    }

    /// What it is called where it stands alone, as in a comparison.
    pub fn said(self) -> &'static str {
        self.row().said
    }

    /// What it means, in a sentence or two; empty where the page says that in its own way.
    pub fn help(self) -> &'static str {
        self.row().help
    }

    /// Where it stands.
    pub fn part(self) -> Part {
        self.row().part
    }

    /// What it may be.
    pub fn bounds(self) -> Bounds {
        self.row().bounds
    }

    /// Its field; `None` for a figure of the collector where there is none.
    pub fn field(self, spec: &mut Spec) -> Option<Field<'_>> {
        (self.row().field)(spec)
    }

    /// Its value; `None` where it has no field.
    pub fn value(self, spec: &Spec) -> Option<Value> {
        // Without groups and interventions a spec is cheap to copy, and one accessor is enough.
        let (groups, interventions) = (Vec::new(), Vec::new());
        let mut bare = Spec { groups, interventions, ..*spec };
        self.field(&mut bare).map(|field| field.value())
    }

    /// Gives it a value; `false` where it has no field or one of another kind.
    pub fn set(self, spec: &mut Spec, value: Value) -> bool {
        self.field(spec).is_some_and(|field| field.set(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Dist;
    use crate::scenario::{Costs, Limits, Machine, Overheads};
    use crate::scenario::{Gc, Os, Python};

    /// A new field does not compile here until somebody has thought of its row.
    fn fields(spec: &Spec) -> usize {
        let Spec {
            python: _,
            switch_interval: _,
            check_interval: _,
            unmarked_extension: _,
            gc: _,
            machine:
                Machine {
                    os: _,
                    cores: _,
                    time_slice: _,
                    wake_deep: _,
                    wake_shallow: _,
                    wake_cold: _,
                    idle_deepens: _,
                    timer_slack: _,
                    timer_tick: _,
                    wait_unit: _,
                    context_switch: _,
                    costs:
                        Costs {
                            uncontended: _,
                            futex_wake: _,
                            futex_wait: _,
                            syscall: _,
                            thread_start: _,
                            rewait: _,
                        },
                    overheads:
                        Overheads {
                            fork: _,
                            forkserver: _,
                            spawn: _,
                            interpreter: _,
                            pickle: _,
                            unpickle: _,
                            task_switch: _,
                            job: _,
                            cache_line: _,
                        },
                },
            groups: _,
            seed: _,
            limits: Limits { time: _, events: _ },
            interventions: _,
        } = spec;
        5 + 11 + 6 + 9 + 1 + 2
    }

    #[test]
    fn every_field_has_a_row_of_its_own() {
        let keys: Vec<&str> = Setting::ALL.iter().filter_map(|setting| setting.key()).collect();
        assert_eq!(keys.len(), fields(&Spec::default()));
        let mut paths: Vec<&str> = Setting::ALL.iter().map(|setting| setting.path()).collect();
        assert_eq!(paths.len(), keys.len() + 2, "the collector has two figures");
        for names in [&mut paths, &mut keys.clone()] {
            names.sort_unstable();
            assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
        }
    }

    #[test]
    fn a_value_goes_into_its_own_field_and_no_other() {
        let gc = Gc { every: Nanos(20_000), pause: Dist::Fixed(Nanos(7)) };
        let usual = Spec { gc: Some(gc), ..Spec::default() };
        for setting in Setting::ALL {
            let other = match setting.value(&usual) {
                Some(Value::Python(_)) => Value::Python(Python::ALL[0]),
                Some(Value::Os(_)) => Value::Os(Os::Windows),
                Some(Value::Extension(imported)) => Value::Extension(!imported),
                Some(Value::Gc(_)) => Value::Gc(None),
                Some(Value::Number(n)) => Value::Number(n + 1),
                Some(Value::Time(time)) => Value::Time(time + Nanos(1)),
                Some(Value::Dist(_)) => Value::Dist(Dist::Fixed(Nanos(12_345))),
                None => panic!("{setting:?} has no value"),
            };
            let mut spec = usual.clone();
            assert!(setting.set(&mut spec, other));
            let changed = Setting::ALL.iter().filter(|one| one.value(&spec) != one.value(&usual));
            let parts = |one: &Setting| *one == *setting || one.path().starts_with("gc");
            assert!(changed.clone().all(parts), "{setting:?}");
            assert_eq!(setting.value(&spec), Some(other));
        }
    }
}
