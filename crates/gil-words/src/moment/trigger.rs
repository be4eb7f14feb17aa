//! Trigger: the operation, with the names of those who take part in it.

use gil_sim::{DropReason, EventKind, ObjectHow, StepId, TakeHow, TaskId, ThreadId};

use super::Teller;
use crate::number::count;
use crate::step::step_words;

/// The thread or task whose I/O it is: `web-2`, or `task 2 of web`.
fn task_or_thread(thread: &str, task: Option<TaskId>) -> String {
    match task {
        Some(task) => format!("task {} of {thread}", task.ordinal()),
        None => thread.to_owned(),
    }
}

impl Teller<'_> {
    /// The operation that an event is. Every kind of event has words: a new one does not compile
    /// until it is told.
    pub(super) fn trigger(&self) -> String {
        let me = self.me();
        if let Some(text) = self.loop_trigger() {
            return text;
        }
        match self.event.kind {
            EventKind::Started => format!("{me} starts."),
            EventKind::Finished => format!("{me} has come to the end of its program."),
            EventKind::PassDone(n) => format!("{me} has completed pass {n} of its program."),
            EventKind::StepBegins(step) => self.step(step),
            EventKind::Waits { .. } if self.waits_again() => {
                format!("{me} is still in take_gil and the GIL is locked: it begins a new wait.")
            }
            EventKind::Waits { .. } => format!("{me} wants the GIL and finds it locked."),
            EventKind::WaitTimedOut { .. } | EventKind::DropRequested { .. } => {
                format!("The timed wait of {me} ran out.")
            }
            EventKind::Takes { how, .. } => self.taking(how),
            EventKind::Missed { holder } => self.missing(holder),
            EventKind::SeesRequest => match self.by_whom("made") {
                Some(by) => {
                    format!("{me} looks at the eval breaker and finds the request that {by}.")
                }
                None => format!("{me} looks at the eval breaker and finds a drop request."),
            },
            EventKind::Drops { reason, .. } => self.dropping(reason),
            EventKind::ForcedSwitchWaits => format!(
                "{me} has let go of the GIL, a drop request is pending, and nobody has taken the GIL \
                 since."
            ),
            EventKind::ForcedSwitchDone => match self.by_whom("took the GIL") {
                Some(by) => format!("{by} and signalled switch_cond."),
                None => "Another thread took the GIL and signalled switch_cond.".to_owned(),
            },
            EventKind::MutexBlocked { owner } => {
                format!("{me} wants the GIL's mutex, but {} has locked it.", self.name(owner))
            }
            EventKind::Preempted { by, .. } => {
                format!("The operating system gives the core of {me} to {}.", self.name(by))
            }
            EventKind::IoBlocks { .. } => format!("{me} made a call that blocks."),
            EventKind::IoCompletes => match self.cause() {
                Some((cause, _)) if cause.kind.is_intervention() => {
                    format!("The I/O of {me} is complete, before its time.")
                }
                Some((_, ago)) => format!("The I/O of {me} is complete, {ago} after the call."),
                None => format!("The I/O of {me} is complete."),
            },
            EventKind::IoReady => format!("What {me} asked for was there already."),
            EventKind::Sleeps { .. } => format!("{me} called time.sleep."),
            EventKind::SleepEnds => format!("The timer of {me} fired."),
            EventKind::LockTaken(lock) => format!("{me} takes the lock {}.", self.lock(lock)),
            EventKind::LockWaits { lock, owner } => format!(
                "{me} wants the lock {}, but {} has it.",
                self.lock(lock),
                self.somebody(owner)
            ),
            EventKind::LockReleased { lock, .. } => {
                format!("{me} releases the lock {}.", self.lock(lock))
            }
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
            EventKind::TaskRuns(task) => {
                format!("The event loop of {me} goes on with task {}.", task.ordinal())
            }
            EventKind::Selects => format!("No task of {me} is ready."),
            EventKind::SwitchIntervalSet(interval) => format!(
                "What if: the switch interval becomes {interval}, as by sys.setswitchinterval."
            ),
            EventKind::CheckIntervalSet(ticks) => format!(
                "What if: the check interval becomes {}, as by sys.setcheckinterval.",
                count(ticks as usize, "tick")
            ),
            EventKind::IoBroughtForward { from, task } => format!(
                "What if: the I/O of {} completes now, {} before its time.",
                task_or_thread(self.me(), task),
                from - self.event.at
            ),
        }
    }

    fn step(&self, step: StepId) -> String {
        let group = self.trace.threads[self.event.thread.index()].group;
        let words = step_words(self.scenario.spec(), group, step);
        let what = words.map_or_else(String::new, |words| format!(": {words}"));
        format!("{} begins step {}{what}.", self.me(), step.ordinal())
    }

    /// Whether this wait follows another one without the GIL in between.
    fn waits_again(&self) -> bool {
        let last = self.before.last_of(self.event.thread);
        last.is_some_and(|event| {
            matches!(
                event.kind,
                EventKind::WaitTimedOut { .. }
                    | EventKind::DropRequested { .. }
                    | EventKind::Missed { .. }
            )
        })
    }

    fn taking(&self, how: TakeHow) -> String {
        let me = self.me();
        match how {
            TakeHow::Free => format!("{me} wants the GIL and finds it free."),
            TakeHow::Barged => {
                format!("{me} wants the GIL, finds it free and takes it ahead of those who wait.")
            }
            TakeHow::Signalled => match self.by_whom("sent") {
                Some(by) => format!("The signal that {by} reaches {me}, and the GIL is free."),
                None => format!("A signal reaches {me}, and the GIL is free."),
            },
            TakeHow::TimedOut => {
                format!("The timed wait of {me} ran out, and the GIL happened to be free.")
            }
        }
    }

    fn missing(&self, holder: Option<ThreadId>) -> String {
        let ago = match self.cause() {
            Some((_, ago)) => format!(" {ago} before"),
            None => String::new(),
        };
        let faster = self.somebody(holder);
        format!("{} was woken by a signal, but {faster} had taken the GIL{ago}.", self.me())
    }

    fn dropping(&self, reason: DropReason) -> String {
        let me = self.me();
        match reason {
            DropReason::Request => match self.by_whom("made") {
                Some(by) => format!("{me} lets go of the GIL at the request that {by}."),
                None => format!("{me} lets go of the GIL on request."),
            },
            DropReason::Io => format!("{me} lets go of the GIL before a call that may block."),
            DropReason::Syscall => format!("{me} lets go of the GIL around a short system call."),
            DropReason::NativeCall => {
                format!("{me} lets go of the GIL in a C call that does not need it.")
            }
            DropReason::Sleep => format!("{me} lets go of the GIL to sleep."),
            DropReason::Lock => format!("{me} lets go of the GIL to wait for a lock."),
            DropReason::Finish => format!("{me} lets go of the GIL at its end."),
            DropReason::Ticks => format!("The ticks of {me} are up: it releases the GIL."),
            DropReason::Idle => format!("{me} has no job and lets go of the GIL."),
            DropReason::Result => format!("{me} lets go of the GIL to wait for a result."),
            DropReason::Object => format!("{me} lets go to wait for an object's lock."),
        }
    }
}
