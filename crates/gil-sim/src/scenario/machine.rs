//! The computer and its operating system, as far as threads feel them.

use serde::{Deserialize, Serialize};

use crate::draw::Dist;
use crate::time::Nanos;

/// An operating system, by whose habits a [`Machine`]'s figures are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Os {
    /// Linux 6.6 and later, EEVDF; held against measurements.
    Linux,
    /// macOS. Figures are assumptions but where [`Machine::of`] names a source.
    MacOs,
    /// Windows with its usual timer tick. Figures as for macOS.
    Windows,
}

impl Os {
    /// All of them.
    pub const ALL: [Os; 3] = [Os::Linux, Os::MacOs, Os::Windows];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Os::Linux => "Linux",
            Os::MacOs => "macOS",
            Os::Windows => "Windows",
        }
    }
}

/// The computer and its operating system, as far as threads feel them.
///
/// The defaults describe the 2-core Linux virtual machine on which the reality check was measured
/// (but with 4 cores), so that what the page shows first is what has been checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Machine {
    /// The operating system. The engine reads the figures below, and of this only
    /// [`Machine::selector_unit`].
    pub os: Os,
    /// Cores that Python may use.
    pub cores: u16,
    /// CPU time after which a thread makes room for a ready one. Linux's EEVDF base slice is
    /// 0.7 ms times 1 + log2(cores), at most 2.8 ms (`sysctl_sched_base_slice`,
    /// kernel/sched/fair.c, 6.6), but whether it is used up is looked at with each tick only
    /// (`update_curr` from `task_tick_fair`): every 4 ms where CONFIG_HZ is 250.
    pub time_slice: Nanos,
    /// From a wake-up's cause (a futex signal, a timer, an I/O completion) to the woken thread on
    /// a core that has been idle for long. Fitted to a socket's latency in an otherwise idle
    /// process and to the length of a GIL turn (see the reality check).
    pub wake_deep: Dist,
    /// The same on a core that has only just become idle, or has been busy: 5 to 60 us on Linux.
    pub wake_shallow: Dist,
    /// The same where all cores are busy, for a thread that has slept for long and whose code is in
    /// no cache any more. Fitted to a socket's latency beside two threads of 3.13t at 5 ms, judged
    /// at all other intervals (see the reality check).
    pub wake_cold: Dist,
    /// After this much idle time a core is slow to wake. On virtual machines the guest polls for
    /// 200 us before it halts (`guest_halt_poll_ns`, drivers/cpuidle/governors/haltpoll.c).
    pub idle_deepens: Nanos,
    /// How late a timer fires. Linux's default timer slack is 50 us (prctl(2), PR_SET_TIMERSLACK).
    pub timer_slack: Nanos,
    /// Timed waits end at a multiple of this, where it is not zero. Windows' clock ticks 64 times
    /// a second unless a program asks for more (timeBeginPeriod).
    pub timer_tick: Nanos,
    /// Timed waits for the GIL are cut to whole multiples of this, where it is not zero: Windows'
    /// condition variables wait whole milliseconds (`PyCOND_TIMEDWAIT`, Python/condvar.h, 3.11).
    pub wait_unit: Nanos,
    /// CPU time of a switch from one thread to another on a core, about 1 us.
    pub context_switch: Nanos,
    /// What the steps of the GIL's own code cost.
    pub costs: Costs,
    /// What processes, interpreters, pools and event loops cost.
    pub overheads: Overheads,
}

impl Default for Machine {
    fn default() -> Machine {
        Machine::of(Os::Linux, 4)
    }
}

impl Machine {
    /// An operating system's usual figures.
    ///
    /// macOS: threads share a core in quanta of 10 ms (`default_preemption_rate`,
    /// osfmk/kern/sched_prim.c, xnu). Windows: a quantum of two clock ticks on a desktop (Windows
    /// Internals, chapter 4), whole milliseconds in condition variables and a tick of 15.625 ms
    /// for timers. All other figures of the two are Linux's: an assumption.
    pub fn of(os: Os, cores: u16) -> Machine {
        const TICK: Nanos = Nanos::from_micros(15_625);
        let linux = Machine {
            os,
            cores,
            time_slice: Machine::usual_slice(os, cores),
            wake_deep: Dist::LogNormal(Nanos::from_micros(80), Nanos::from_micros(130)),
            wake_shallow: Dist::LogNormal(Nanos::from_micros(8), Nanos::from_micros(16)),
            wake_cold: Dist::LogNormal(Nanos::from_micros(65), Nanos::from_micros(100)),
            idle_deepens: Nanos::from_micros(200),
            timer_slack: Nanos::from_micros(50),
            timer_tick: Nanos::ZERO,
            wait_unit: Nanos::ZERO,
            context_switch: Nanos::from_micros(1),
            costs: Costs::default(),
            overheads: Overheads::default(),
        };
        match os {
            Os::Linux | Os::MacOs => linux,
            Os::Windows => Machine {
                timer_slack: Nanos::ZERO,
                timer_tick: TICK,
                wait_unit: Nanos::from_millis(1),
                ..linux
            },
        }
    }

    /// Linux's tick with CONFIG_HZ=250, as Debian and others build it.
    const TICK: Nanos = Nanos::from_millis(4);

    /// The time slice of an operating system on a number of cores.
    pub fn usual_slice(os: Os, cores: u16) -> Nanos {
        match os {
            Os::Linux => {
                let ticks = Machine::base_slice(cores).0.div_ceil(Machine::TICK.0);
                Machine::TICK * ticks
            }
            Os::MacOs => Nanos::from_millis(10),
            Os::Windows => Nanos::from_micros(31_250),
        }
    }

    /// What the time-outs of an event loop's selector are rounded up to: a millisecond with epoll
    /// and on Windows, not with kqueue (Lib/selectors.py, Lib/asyncio/windows_events.py).
    pub fn selector_unit(&self) -> Nanos {
        match self.os {
            Os::Linux | Os::Windows => Nanos::from_millis(1),
            Os::MacOs => Nanos(1),
        }
    }

    /// Linux's base slice for a number of cores: 0.7, 1.4, 2.1, 2.8 ms on 1, 2, 4, 8 or more
    /// (kernel/sched/fair.c, 6.6: `SCHED_TUNABLESCALING_LOG`, at most 8 cores counted).
    pub fn base_slice(cores: u16) -> Nanos {
        let log2 = u64::from(cores.clamp(1, 8).ilog2());
        Nanos::from_micros(700 * (1 + log2))
    }

    /// This machine with another number of cores and the usual slice that goes with it.
    pub fn with_cores(self, cores: u16) -> Machine {
        Machine { cores, time_slice: Machine::usual_slice(self.os, cores), ..self }
    }

    /// This machine with another number of cores. The time slice goes with it unless it has been
    /// set by hand.
    pub fn resized(self, cores: u16) -> Machine {
        self.turned_into(self.os, cores)
    }

    /// This machine with another operating system. Each figure that goes with it does so unless it
    /// has been set by hand.
    pub fn with_os(self, os: Os) -> Machine {
        self.turned_into(os, self.cores)
    }

    fn turned_into(mut self, os: Os, cores: u16) -> Machine {
        let (old, new) = (Machine::of(self.os, self.cores), Machine::of(os, cores));
        let follow = |field: &mut Nanos, old: Nanos, new: Nanos| {
            if *field == old {
                *field = new;
            }
        };
        follow(&mut self.time_slice, old.time_slice, new.time_slice);
        follow(&mut self.timer_slack, old.timer_slack, new.timer_slack);
        follow(&mut self.timer_tick, old.timer_tick, new.timer_tick);
        follow(&mut self.wait_unit, old.wait_unit, new.wait_unit);
        Machine { os, cores, ..self }
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

/// What the alternatives to plain threads cost. CPU time, measured on 2-core Linux (see the
/// reality check) but where another source is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Overheads {
    /// Starting a process by fork.
    pub fork: Nanos,
    /// Starting a process through a warm fork server that has to import the main module again,
    /// as it has to up to 3.13.
    pub forkserver: Nanos,
    /// Starting a process by spawn: a new interpreter that imports the main module.
    pub spawn: Nanos,
    /// Creating a subinterpreter.
    pub interpreter: Nanos,
    /// `pickle.dumps` of a MiB of integers: 190 MB/s.
    pub pickle: Nanos,
    /// `pickle.loads` of a MiB of integers: 65 MB/s.
    pub unpickle: Nanos,
    /// asyncio: from one task's `await` to the next one's going on, with its future and its timer
    /// or its place in the selector. Fitted to 64 sleeping tasks on 3.11, judged on the others.
    pub task_switch: Nanos,
    /// Handing a job to a pool's worker and its result back, at each end.
    pub job: Nanos,
    /// A cache line's way from one core to another; the price of a reference count that several
    /// threads change. Fitted to published snippets on 3.13t, judged on those on 3.14t.
    pub cache_line: Nanos,
}

impl Default for Overheads {
    fn default() -> Overheads {
        Overheads {
            fork: Nanos::from_millis(3),
            forkserver: Nanos::from_millis(48),
            spawn: Nanos::from_millis(100),
            interpreter: Nanos::from_millis(16),
            pickle: Nanos::from_micros(5_500),
            unpickle: Nanos::from_micros(16_000),
            task_switch: Nanos::from_micros(9),
            job: Nanos::from_micros(10),
            cache_line: Nanos(90),
        }
    }
}
