//! Consequence: what CPython guarantees from here on, and what it does not.

use gil_sim::{DropReason, EventKind, Protocol, RequestScope, TakeHow};

use super::Teller;
use crate::number::count;

impl Teller<'_> {
    /// What follows from an event. Every kind of event has words, as with its trigger.
    pub(super) fn consequence(&self) -> String {
        let me = self.me();
        if let Some(text) = self.tick_consequence().or_else(|| self.loop_consequence()) {
            return text;
        }
        match self.event.kind {
            EventKind::Started if self.protocol() == Protocol::Free => {
                format!("{me} has to attach before it can run any Python.")
            }
            EventKind::Started => format!("{me} needs the GIL before it can run any Python."),
            EventKind::Finished => "It will never run Python again.".into(),
            EventKind::PassDone(_) => {
                "The jump back to the top of the loop looks at the eval breaker.".into()
            }
            EventKind::StepBegins(_) => format!("{me} goes on with its program."),
            EventKind::Waits { until, .. } => format!(
                "{me} sleeps until it is signalled, or for one whole switch interval ({}), until \
                 {:.3} ms.",
                self.interval(),
                until.as_millis_f64()
            ),
            EventKind::WaitTimedOut { switched: true } => format!(
                "Another thread got the GIL during this wait, so {me} makes no request. Unless the \
                 GIL is free by now, it waits a whole new interval."
            ),
            EventKind::WaitTimedOut { switched: false } => {
                "The GIL has not changed hands for a whole interval. If it is still locked, a \
                 request is due."
                    .into()
            }
            EventKind::DropRequested { holder } => {
                let holder = self.name(holder);
                let sets = match self.scenario.spec().protocol() {
                    Protocol::Interval(RequestScope::Thread) => {
                        format!("{me} sets the drop request bit in the eval breaker of {holder}.")
                    }
                    _ => format!("{me} sets gil_drop_request and the eval breaker."),
                };
                format!(
                    "{sets} {holder} sees it at its next check; until then nothing else changes."
                )
            }
            EventKind::Takes { .. } => self.takes(),
            EventKind::Missed { .. } => {
                format!("A signal promises nothing: {me} waits a whole new interval.")
            }
            EventKind::SeesRequest => {
                format!(
                    "{me} drops the GIL here, between two bytecodes. C code is never interrupted."
                )
            }
            EventKind::Drops { .. } => self.drops(),
            EventKind::ForcedSwitchWaits => format!(
                "Forced switching: {me} clears the request and waits until another thread has had \
                 the GIL."
            ),
            EventKind::ForcedSwitchDone => {
                format!("The GIL has changed hands, so {me} may go on.")
            }
            EventKind::MutexBlocked { owner } => format!(
                "The mutex guards the GIL's variables. {me} sleeps until {} unlocks it.",
                self.name(owner)
            ),
            EventKind::Preempted { holds_gil: true, .. } => format!(
                "The operating system knows nothing of the GIL: every thread that wants it now \
                 waits for {me}, which has no core."
            ),
            EventKind::Preempted { .. } => format!("{me} goes on when a core is free again."),
            EventKind::IoBlocks { .. } => {
                format!("{me} needs no core and no GIL; other threads run meanwhile.")
            }
            EventKind::IoCompletes | EventKind::IoReady if self.protocol() == Protocol::Free => {
                format!("{me} has its result, and attaches to use it.")
            }
            EventKind::IoCompletes | EventKind::IoReady => {
                format!("{me} has its result, but must take the GIL before it can use it.")
            }
            EventKind::Sleeps { .. } => {
                format!("{me} needs no core and no GIL until its timer fires.")
            }
            EventKind::SleepEnds if self.protocol() == Protocol::Free => {
                format!("{me} wakes up and attaches again.")
            }
            EventKind::SleepEnds => format!("{me} wakes up and must take the GIL again."),
            EventKind::LockTaken(_) if self.protocol() == Protocol::Free => {
                "Without a GIL it is locks like this one that keep your data whole.".into()
            }
            EventKind::LockTaken(_) => {
                "threading.Lock is another lock than the GIL: it is held across handoffs.".into()
            }
            EventKind::LockWaits { .. } if self.protocol() == Protocol::Free => {
                format!("{me} waits until the owner releases it.")
            }
            EventKind::LockWaits { .. } => {
                format!("{me} waits without the GIL, so the owner can run and release the lock.")
            }
            EventKind::LockReleased { wakes: Some(waiter), .. } => format!(
                "{} is woken, but the lock is not handed over: whoever is first takes it.",
                self.name(waiter)
            ),
            EventKind::LockReleased { wakes: None, .. } => "Nobody waited for it.".into(),
            EventKind::Blocks { .. } => format!(
                "{me} sleeps until the lock is released. There is no time-out and no request: it \
                 depends on the holder's ticks."
            ),
            EventKind::Attaches { .. } => {
                format!(
                    "{me} runs Python now, beside all others that do: there is no lock to take."
                )
            }
            EventKind::Detaches { .. } => {
                format!("{me} touches no object from here on, so the world can stop without it.")
            }
            EventKind::StartedUp => format!("{me} begins with its program."),
            EventKind::CollectionBegins => match self.protocol() {
                Protocol::Free => "The collector needs the objects to stand still: it stops the \
                                   world, twice for each collection."
                    .into(),
                _ => format!(
                    "{me} keeps the GIL until the collection is over; a drop that was requested \
                     comes after it."
                ),
            },
            EventKind::CollectionEnds => format!("{me} goes on with its program."),
            EventKind::StopRequested { .. } => {
                "Each running thread stops at its next look at the eval breaker; threads in system \
                 calls and native code need not."
                    .into()
            }
            EventKind::Stops => format!("{me} stands still until the collector starts the world."),
            EventKind::StartsWorld => "The others are woken and go on.".into(),
            EventKind::ObjectWaits { .. } => format!(
                "{me} spins, up to 40 times; if that is not enough, it detaches and sleeps."
            ),
            EventKind::ObjectTaken { object, .. } => {
                format!("{me} changes {}, and nobody else can.", self.object(object))
            }
            EventKind::ObjectReleased { wakes, handed: true, .. } => format!(
                "{} has slept for over 1 ms, so the lock is handed over to it.",
                self.somebody(wakes)
            ),
            EventKind::ObjectReleased { wakes, .. } => {
                format!("{} is woken, but whoever is first takes the lock.", self.somebody(wakes))
            }
            EventKind::JobQueued { length: 1, .. } => "It is the only one there.".into(),
            EventKind::JobQueued { length, .. } => {
                format!("{length} jobs are in the queue now. It grows while all workers are busy.")
            }
            EventKind::JobBegins { .. } => {
                format!("{me} makes one pass through its program for it.")
            }
            EventKind::JobDone { .. } => "Whoever asked for it gets the result.".into(),
            EventKind::ResultReady => format!("{me} goes on when it can run Python again."),
            EventKind::TaskRuns(_) => {
                "It runs until it awaits something; no other task of this loop runs meanwhile."
                    .into()
            }
            EventKind::Selects => format!(
                "{me} waits in its selector, without holding anything, until I/O is complete or a \
                 timer fires."
            ),
            EventKind::SwitchIntervalSet(interval) => format!(
                "A wait for the GIL that begins from now on lasts {interval}. One that is under way \
                 keeps its time-out."
            ),
            EventKind::CheckIntervalSet(ticks) => format!(
                "The check interval that is under way ends as it began. The next one is {}.",
                count(ticks as usize, "tick")
            ),
            EventKind::IoBroughtForward { .. } => {
                "From here on the run differs from the one without. Later messages keep their \
                 times."
                    .to_owned()
            }
        }
    }

    fn takes(&self) -> String {
        let me = self.me();
        let EventKind::Takes { how, switch_number, switched, .. } = self.event.kind else {
            return String::new();
        };
        let waiting = self.before.others_waiting(self.event.thread);
        let number = match (switched, waiting) {
            (true, 0) => format!("switch_number is now {switch_number}."),
            (true, _) => format!(
                "switch_number is now {switch_number}, so waits that began before make no request."
            ),
            (false, _) => {
                format!("It was the last holder too, so switch_number stays {switch_number}.")
            }
        };
        let handed = if how == TakeHow::Barged {
            " The GIL is not handed over: the first to test it has it."
        } else {
            ""
        };
        let alone = match self.shares_gil() {
            true => "and nobody else does",
            false => "with a GIL of its own",
        };
        format!("{me} runs Python now, {alone}.{handed} {number}")
    }

    /// Whether any other thread needs the same GIL.
    fn shares_gil(&self) -> bool {
        let gil = self.trace.threads[self.event.thread.index()].gil;
        self.trace.threads.iter().filter(|thread| thread.gil == gil).count() > 1
            || self.trace.threads.len() == 1
    }

    fn drops(&self) -> String {
        let EventKind::Drops { reason, signals } = self.event.kind else { return String::new() };
        let signal = match signals {
            Some(waiter) => format!(
                "The GIL is free for whoever takes it first. The condition variable wakes at most \
                 one waiter, {}.",
                self.name(waiter)
            ),
            None => "The GIL is free, and there is nobody to be woken.".to_owned(),
        };
        match reason {
            DropReason::NativeCall => {
                format!("{signal} {} computes on, beside whoever runs Python.", self.me())
            }
            _ => signal,
        }
    }
}
