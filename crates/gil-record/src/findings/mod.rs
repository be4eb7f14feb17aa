//! What a recording says: who held the GIL, who waited for it, and whether it's the GIL at all.

mod alternative;
mod between;
mod convoy;
mod histogram;
mod keeps;
mod thread;
mod verdict;
mod words;

use gil_sim::{Nanos, ThreadId};

pub use alternative::{Alternative, Cause, Standing};
pub use convoy::Convoy;
pub use histogram::Bucket;
pub use keeps::Keeps;
pub use thread::{Shape, ThreadFindings, Waits};
pub(crate) use thread::{has_gil, rank};
pub use verdict::Verdict;
pub use words::Was;
pub(crate) use words::names;

use crate::group::{Group, groups};
use crate::place::Spent;
use crate::recording::{GilSeen, Recording};

/// What was found in a recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// By thread, in the order of [`Recording::threads`].
    pub threads: Vec<ThreadFindings>,
    /// Threads that run the same and behave alike.
    pub groups: Vec<Group>,
    /// For how much of the recording a thread was seen with the GIL: a share of 1. `None` without
    /// GIL data.
    pub gil_held: Option<f64>,
    /// How often another thread than before was seen with the GIL.
    pub handoffs: u64,
    /// Who held the GIL while others waited.
    pub while_waiting: WhileWaiting,
    /// Threads that wait behind one that computes, again and again.
    pub convoys: Vec<Convoy>,
    /// Threads that keep the GIL although others ask for it, the worst first.
    pub keeps: Vec<Keeps>,
    /// The share of their time that threads which do something are off the CPU without wanting the
    /// GIL, of 1.
    pub off_cpu: f64,
    /// The place in the program where they're most often then.
    pub off_cpu_at: Option<Spent>,
    /// Whether it's the GIL.
    pub verdict: Verdict,
    /// What else it could be, each with what rules it out or points there.
    pub alternatives: Vec<Alternative>,
}

/// Who held the GIL while a thread waited for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhileWaiting {
    /// By waiter, then by holder.
    by_waiter: Vec<Vec<(ThreadId, Nanos)>>,
}

impl WhileWaiting {
    fn new(recording: &Recording, threads: &[ThreadFindings]) -> WhileWaiting {
        let of =
            |thread: &ThreadFindings| between::holders(&thread.waits.spans, &recording.holders);
        WhileWaiting { by_waiter: threads.iter().map(of).collect() }
    }

    /// Who held it while this thread waited, the longest first. What is missing to the time that
    /// it waited, nobody was seen with it.
    pub fn of(&self, waiter: ThreadId) -> &[(ThreadId, Nanos)] {
        self.by_waiter.get(waiter.index()).map_or(&[], Vec::as_slice)
    }

    /// For how long `holder` had it while `waiter` waited.
    pub fn time(&self, waiter: ThreadId, holder: ThreadId) -> Nanos {
        let found = self.of(waiter).iter().find(|(thread, _)| *thread == holder);
        found.map_or(Nanos::ZERO, |(_, time)| *time)
    }
}

impl Findings {
    /// Looks through a recording.
    pub fn of(recording: &Recording) -> Findings {
        let threads: Vec<ThreadFindings> =
            recording.threads.iter().map(ThreadFindings::of).collect();
        let groups = groups(recording, &threads);
        let while_waiting = WhileWaiting::new(recording, &threads);
        let held: Nanos = recording.holders.iter().map(|span| span.end - span.start).sum();
        let switches = recording.holders.windows(2).filter(|two| two[0].thread != two[1].thread);
        let convoys = convoy::convoys(&groups, &threads, &while_waiting);
        let verdict = Verdict::of(recording, &threads);
        let look = alternative::Look { recording, groups: &groups, threads: &threads };
        Findings {
            gil_held: (recording.gil == GilSeen::Yes).then(|| share(held, recording.end)),
            handoffs: switches.count() as u64,
            alternatives: look.all(),
            off_cpu: look.off_cpu(),
            off_cpu_at: look.off_cpu_at().cloned(),
            keeps: keeps::keeps(recording, &threads),
            verdict,
            convoys,
            while_waiting,
            groups,
            threads,
        }
    }
}

/// A time as a share of another one; 0 of nothing.
pub(crate) fn share(part: Nanos, whole: Nanos) -> f64 {
    if whole.is_zero() { 0.0 } else { part.0 as f64 / whole.0 as f64 }
}
