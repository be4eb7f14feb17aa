//! Whether it's the GIL at all.

use super::{ThreadFindings, share};
use crate::recording::{CannotKnow, GilSeen, Recording};
use gil_sim::{Nanos, State};

/// Whether it's the GIL that holds the program up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Threads wait for it much of the time.
    Yes,
    /// They wait for it at times: it's a part of it.
    Partly,
    /// They hardly wait for it.
    No,
    /// The program has none.
    NoGil,
    /// The recording says nothing about it, or not enough.
    CannotTell,
}

/// From these shares on, of the time in which threads ran or wanted to, and of one thread's time,
/// it's the GIL.
const YES: f64 = 0.2;
/// Below these, waiting for the GIL is too little to be worth a change of the program.
const PARTLY: f64 = 0.05;

impl Verdict {
    pub(super) fn of(recording: &Recording, threads: &[ThreadFindings]) -> Verdict {
        match recording.gil {
            GilSeen::FreeThreaded => return Verdict::NoGil,
            GilSeen::No => return Verdict::CannotTell,
            GilSeen::Yes => {}
        }
        // A thread that is there for a moment is no measure of the program.
        let long = threads.iter().filter(|thread| share(thread.there, recording.end) > 0.05);
        let worst = long.map(ThreadFindings::waited_share).fold(0.0, f64::max);
        match waited_of_active(threads).min(worst) {
            least if least >= YES => Verdict::Yes,
            // What isn't seen could be more than what is.
            _ if hides_waits(recording, threads) => Verdict::CannotTell,
            least if least >= PARTLY => Verdict::Partly,
            _ => Verdict::No,
        }
    }

    /// Its name, for programs.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Yes => "yes",
            Verdict::Partly => "partly",
            Verdict::No => "no",
            Verdict::NoGil => "no_gil",
            Verdict::CannotTell => "cannot_tell",
        }
    }
}

/// Whether waits for the GIL count as part of calls that took long enough to hide some.
fn hides_waits(recording: &Recording, threads: &[ThreadFindings]) -> bool {
    let calls = |found: &ThreadFindings| found.off_cpu() + found.time(State::Native);
    let there: Nanos = threads.iter().map(|found| found.there).sum();
    recording.cannot_know.contains(&CannotKnow::WaitsBehindCalls)
        && share(threads.iter().map(calls).sum(), there) >= PARTLY
}

/// Of the time in which threads ran or wanted to, the share in which they waited for the GIL.
pub(super) fn waited_of_active(threads: &[ThreadFindings]) -> f64 {
    let active: Nanos = threads.iter().map(ThreadFindings::active).sum();
    let waited: Nanos = threads.iter().map(|thread| thread.waits.total).sum();
    share(waited, active)
}
