//! The mental model: *state* (what holds), *trigger* (which operation changes it), *consequence*
//! (what Python then guarantees).

use std::fmt;

use gil_sim::{
    DropReason, Event, EventId, EventKind, Nanos, Python, Scenario, TakeHow, ThreadId, Trace,
};

use super::line::{deed, is};

/// An event in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// What held just before.
    pub state: String,
    /// Which operation changed it.
    pub trigger: String,
    /// What follows.
    pub consequence: String,
    /// Where the rule stands, for steps of the GIL's own protocol.
    pub rule: Option<Source>,
}

/// A place in CPython's source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file.
    pub file: &'static str,
    /// The function in it.
    pub function: &'static str,
    /// The version it is looked up in.
    pub python: Python,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} (CPython {})", self.function, self.file, self.python)
    }
}

/// The file that has `take_gil` and `drop_gil`: Python/ceval_gil.h up to 3.11, ceval_gil.c in 3.12.
fn gil_file(python: Python) -> &'static str {
    if python.minor() >= 12 { "Python/ceval_gil.c" } else { "Python/ceval_gil.h" }
}

fn rule(python: Python, kind: &EventKind) -> Option<Source> {
    let (file, function) = match kind {
        EventKind::Waits { .. }
        | EventKind::WaitTimedOut { .. }
        | EventKind::DropRequested { .. }
        | EventKind::Takes { .. }
        | EventKind::Missed { .. } => (gil_file(python), "take_gil"),
        EventKind::Drops { .. }
        | EventKind::ForcedSwitchWaits
        | EventKind::ForcedSwitchDone
        | EventKind::MutexBlocked { .. } => (gil_file(python), "drop_gil"),
        EventKind::SeesRequest if python.minor() >= 12 => (gil_file(python), "_Py_HandlePending"),
        EventKind::SeesRequest if python.minor() >= 9 => {
            ("Python/ceval.c", "eval_frame_handle_pending")
        }
        EventKind::SeesRequest => ("Python/ceval.c", "_PyEval_EvalFrameDefault"),
        EventKind::LockTaken(_) | EventKind::LockWaits { .. } => {
            ("Modules/_threadmodule.c", "acquire_timed")
        }
        EventKind::LockReleased { .. } => ("Python/thread_pthread.h", "PyThread_release_lock"),
        _ => return None,
    };
    Some(Source { file, function, python })
}

/// An event as state, trigger, consequence. An event that does not exist is a moment without
/// words.
pub fn moment(scenario: &Scenario, trace: &Trace, event: EventId) -> Moment {
    let Some(event) = trace.events.get(event.index()) else {
        let none = String::new;
        return Moment { state: none(), trigger: none(), consequence: none(), rule: None };
    };
    let teller = Teller { scenario, trace, event };
    let name = trace.name(event.thread);
    Moment {
        state: teller.state(),
        trigger: format!("{name} {}.", deed(trace, &event.kind)),
        consequence: teller.consequence(),
        rule: rule(scenario.spec().python, &event.kind),
    }
}

struct Teller<'a> {
    scenario: &'a Scenario,
    trace: &'a Trace,
    event: &'a Event,
}

impl Teller<'_> {
    fn me(&self) -> &str {
        self.trace.name(self.event.thread)
    }

    fn name(&self, thread: ThreadId) -> &str {
        self.trace.name(thread)
    }

    fn interval(&self) -> Nanos {
        self.scenario.spec().switch_interval
    }

    /// Who had the GIL just before, what this thread did, and what brought the event about.
    fn state(&self) -> String {
        let before = self.event.at - Nanos(1);
        let holder = match self.trace.holder_at(before) {
            Some(holder) if holder == self.event.thread => format!("{} has the GIL.", self.me()),
            Some(holder) => {
                let doing = is(self.trace.state_at(self.event.thread, before));
                format!("{} has the GIL; {} {doing}.", self.name(holder), self.me())
            }
            None => {
                let doing = is(self.trace.state_at(self.event.thread, before));
                format!("Nobody has the GIL; {} {doing}.", self.me())
            }
        };
        match self.cause() {
            Some(cause) => format!("{holder} {cause}"),
            None => holder,
        }
    }

    fn cause(&self) -> Option<String> {
        let cause = self.trace.events.get(self.event.cause?.index())?;
        let ago = self.event.at - cause.at;
        let what = deed(self.trace, &cause.kind);
        Some(format!("{ago} ago: {} {what}.", self.name(cause.thread)))
    }

    fn consequence(&self) -> String {
        let me = self.me();
        match self.event.kind {
            EventKind::Started => "A thread needs the GIL before it can run any Python.".into(),
            EventKind::Finished => "It will never want the GIL again.".into(),
            EventKind::PassDone(_) => {
                "The jump back to the top of a loop looks at the eval breaker.".into()
            }
            EventKind::StepBegins(_) => format!("{me} goes on with its program."),
            EventKind::Waits { until, .. } => format!(
                "{me} sleeps until it is signalled, or for one whole switch interval ({}), until \
                 {:.3} ms.",
                self.interval(),
                until.as_millis_f64()
            ),
            EventKind::WaitTimedOut { switched: true } => format!(
                "Another thread got the GIL during this wait, so {me} makes no request. It waits a \
                 whole new interval."
            ),
            EventKind::WaitTimedOut { switched: false } => {
                "The GIL has not changed hands for a whole interval, so a request is due.".into()
            }
            EventKind::DropRequested { holder } => format!(
                "gil_drop_request and the eval breaker are set. {} sees them at its next look; \
                 until then nothing else changes.",
                self.name(holder)
            ),
            EventKind::Takes { .. } => self.takes(),
            EventKind::Missed { .. } => format!(
                "A signal promises nothing: {me} was woken, but the GIL was taken first. It waits \
                 a whole new interval."
            ),
            EventKind::SeesRequest => format!(
                "{me} drops the GIL here, between two bytecodes. C code is never interrupted."
            ),
            EventKind::Drops { .. } => self.drops(),
            EventKind::ForcedSwitchWaits => format!(
                "Forced switching: {me} was asked to let go, so it waits until another thread has \
                 had the GIL."
            ),
            EventKind::ForcedSwitchDone => "The switch has happened; it may go on.".into(),
            EventKind::MutexBlocked { owner } => format!(
                "The mutex guards the GIL's variables. {me} is woken when {} is through.",
                self.name(owner)
            ),
            EventKind::IoBlocks { .. } => {
                format!("{me} needs no core and no GIL; other threads run meanwhile.")
            }
            EventKind::IoCompletes | EventKind::IoReady => {
                format!("{me} has its result, but must take the GIL before it can use it.")
            }
            EventKind::Sleeps { .. } => {
                format!("{me} needs no core and no GIL until its timer fires.")
            }
            EventKind::SleepEnds => format!("{me} wakes up and must take the GIL again."),
            EventKind::LockTaken(_) => {
                "threading.Lock is another lock than the GIL: it is held across handoffs.".into()
            }
            EventKind::LockWaits { .. } => {
                format!("{me} waits without the GIL, so the owner can run and release the lock.")
            }
            EventKind::LockReleased { wakes: Some(waiter), .. } => format!(
                "{} is woken, but the lock is not handed over: whoever is first takes it.",
                self.name(waiter)
            ),
            EventKind::LockReleased { wakes: None, .. } => "Nobody waited for it.".into(),
            EventKind::Preempted { holds_gil: true, .. } => format!(
                "The operating system knows nothing of the GIL: every thread that wants it now \
                 waits for {me}, which has no core."
            ),
            EventKind::Preempted { .. } => format!("{me} goes on when a core is free again."),
        }
    }

    fn takes(&self) -> String {
        let me = self.me();
        let EventKind::Takes { how, switch_number, switched, .. } = self.event.kind else {
            return String::new();
        };
        let number = if switched {
            format!(
                "switch_number is now {switch_number}, so waits that began before make no request."
            )
        } else {
            format!("It was the last holder too, so switch_number stays {switch_number}.")
        };
        match how {
            TakeHow::Barged => format!(
                "{me} runs Python now. It came by while the GIL was free and went past a thread \
                 that was already signalled: nothing is handed over. {number}"
            ),
            _ => format!("{me} runs Python now, and nobody else does. {number}"),
        }
    }

    fn drops(&self) -> String {
        let EventKind::Drops { reason, signals } = self.event.kind else { return String::new() };
        let signal = match signals {
            Some(waiter) => format!(
                "The condition variable wakes at most one waiter, {}; the GIL is free for whoever \
                 takes it first.",
                self.name(waiter)
            ),
            None => "Nobody waits; the GIL is free.".to_owned(),
        };
        match reason {
            DropReason::NativeCall => {
                format!(
                    "{} computes in C at the same time as another thread runs Python. {signal}",
                    self.me()
                )
            }
            _ => signal,
        }
    }
}
