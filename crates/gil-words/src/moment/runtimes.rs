//! What is said where there is no GIL, another one, or something beside threads.

use gil_sim::{EventKind, ObjectHow, Protocol};

use super::Teller;

impl Teller<'_> {
    pub(super) fn protocol(&self) -> Protocol {
        self.scenario.spec().protocol()
    }

    fn object(&self, number: u8) -> &str {
        self.trace.objects.get(usize::from(number)).map_or("", String::as_str)
    }

    fn group_of(&self, group: u16) -> &str {
        self.scenario.spec().groups.get(usize::from(group)).map_or("", |g| g.name.as_str())
    }

    /// An arrival is nobody's doing: its state is that of the queue.
    pub(super) fn queue_state(&self) -> Option<String> {
        let EventKind::JobQueued { group, length } = self.event.kind else { return None };
        let there = match length.saturating_sub(1) {
            0 => "no job is".to_owned(),
            1 => "1 job is".to_owned(),
            n => format!("{n} jobs are"),
        };
        let gil = if self.protocol() == Protocol::Free { "There is no GIL; " } else { "" };
        let there = if gil.is_empty() { there.replacen("no job", "No job", 1) } else { there };
        Some(format!("{gil}{there} in the queue of {}.", self.group_of(group)))
    }

    pub(super) fn runtime_trigger(&self) -> String {
        let me = self.me();
        match self.event.kind {
            EventKind::Blocks { holder } => {
                format!("{me} wants the GIL, and {} has it.", self.somebody(holder))
            }
            EventKind::Attaches { .. } => format!("{me} wants to run Python."),
            EventKind::Detaches { reason } => {
                format!("{me} lets go of its thread state: {}.", reason.name())
            }
            EventKind::StartedUp => format!("{me} has started up."),
            EventKind::CollectionBegins => {
                format!("The eval breaker of {me} says that a garbage collection is due.")
            }
            EventKind::CollectionEnds => format!("{me} has collected."),
            EventKind::StopRequested { running } => {
                let runs = if running == 1 { "is" } else { "are" };
                format!("{me} asks all others to stop; {running} of them {runs} running Python.")
            }
            EventKind::Stops => {
                format!("{me} looks at the eval breaker: the world is to stop.")
            }
            EventKind::StartsWorld => format!("{me} has looked at what it needed to."),
            EventKind::ObjectWaits { object, owner } => {
                let (object, owner) = (self.object(object), self.somebody(owner));
                format!("{me} wants to change {object}, whose lock {owner} has.")
            }
            EventKind::ObjectTaken { object, how } => {
                let object = self.object(object);
                match how {
                    ObjectHow::Spinning => {
                        format!("{me} has spun until the lock of {object} was free.")
                    }
                    ObjectHow::Woken => {
                        format!("{me} was woken and finds the lock of {object} free.")
                    }
                    ObjectHow::Handed => format!("The lock of {object} was handed to {me}."),
                }
            }
            EventKind::ObjectReleased { object, .. } => {
                format!("{me} unlocks {}, and others wait for it.", self.object(object))
            }
            EventKind::JobQueued { group, .. } => {
                format!("A job comes into the queue of {}.", self.group_of(group))
            }
            EventKind::JobBegins { waited } => {
                format!("{me} takes a job from the queue that has waited for {waited}.")
            }
            EventKind::JobDone { took } => format!("{me} has done a job, {took} after it came."),
            EventKind::ResultReady => format!("The result that {me} waits for is there."),
            EventKind::TaskRuns(n) => {
                format!("The event loop of {me} goes on with task {}.", n + 1)
            }
            EventKind::Selects => format!("No task of {me} is ready."),
            _ => self.what_if_trigger(),
        }
    }

    pub(super) fn runtime_consequence(&self) -> String {
        let me = self.me();
        match self.event.kind {
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
            _ => self.what_if_consequence(),
        }
    }

    /// What a tick-based GIL guarantees after a take, a release and a futile wake-up.
    pub(super) fn tick_consequence(&self) -> Option<String> {
        if self.protocol() != Protocol::Ticks {
            return None;
        }
        let me = self.me();
        Some(match self.event.kind {
            EventKind::Takes { switched: false, .. } => {
                format!("{me} was faster than whoever was woken: it goes on for a check interval.")
            }
            EventKind::Takes { .. } => format!("{me} runs Python now, and nobody else does."),
            EventKind::Drops { signals: Some(waiter), .. } => format!(
                "The GIL is free for whoever takes it first. {} is woken, which takes longer than \
                 taking the GIL back.",
                self.name(waiter)
            ),
            EventKind::Drops { .. } => {
                "The GIL is free for a moment; who waits is awake already or on its way.".into()
            }
            EventKind::Missed { .. } => {
                format!("A futile wake-up: {me} goes back to sleep until the next release.")
            }
            _ => return None,
        })
    }
}
