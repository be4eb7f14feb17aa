//! What is said of an event loop, whose tasks await where a thread would block.

use gil_sim::{DropReason, EventKind, Strategy};

use super::Teller;

/// What a thread with an event loop does outside of its tasks' own code.
enum LoopStep {
    /// A task begins to wait.
    Awaits(&'static str),
    /// What a task awaited was there already.
    ThereAlready,
    /// What a task awaits is there.
    Complete,
    /// The selector's time-out is over.
    TimeOut,
    /// The loop is about to ask the selector.
    Asks,
}

impl Teller<'_> {
    fn loop_step(&self) -> Option<LoopStep> {
        let group = self.trace.threads[self.event.thread.index()].group.index();
        let strategy = self.scenario.spec().groups.get(group)?.strategy;
        if strategy != Strategy::Asyncio {
            return None;
        }
        // A call that blocks lets go of the GIL first; a task that awaits does not.
        match self.event.kind {
            EventKind::IoBlocks { .. } if self.had_gil() => Some(LoopStep::Awaits("I/O")),
            EventKind::Sleeps { .. } if self.had_gil() => Some(LoopStep::Awaits("asyncio.sleep")),
            EventKind::IoReady if self.had_gil() => Some(LoopStep::ThereAlready),
            EventKind::IoCompletes if self.event.cause.is_none() => Some(LoopStep::Complete),
            EventKind::SleepEnds => Some(LoopStep::TimeOut),
            EventKind::Drops { reason: DropReason::Io, .. } if !self.begins_to_block() => {
                Some(LoopStep::Asks)
            }
            _ => None,
        }
    }

    /// Whether the step that the running task has just begun blocks.
    fn begins_to_block(&self) -> bool {
        let last = self.before.last_of(self.event.thread);
        last.is_some_and(|event| matches!(event.kind, EventKind::StepBegins(_)))
    }

    /// Trigger, where an event loop is at work.
    pub(super) fn loop_trigger(&self) -> Option<String> {
        let me = self.me();
        Some(match self.loop_step()? {
            LoopStep::Awaits(what) => format!("A task of {me} awaits {what}."),
            LoopStep::ThereAlready => format!("What a task of {me} awaits is there already."),
            LoopStep::Complete => format!("The I/O that a task of {me} awaits is complete."),
            LoopStep::TimeOut => format!("The time-out of the selector of {me} is over."),
            LoopStep::Asks => format!(
                "All tasks of {me} that were ready have run: its event loop lets go of the GIL to \
                 ask the selector."
            ),
        })
    }

    /// Consequence, where an event loop is at work.
    pub(super) fn loop_consequence(&self) -> Option<String> {
        let me = self.me();
        Some(match self.loop_step()? {
            LoopStep::Awaits(_) => {
                "The task gives the thread back to the event loop, which goes on \
                                    with another task. No GIL changes hands for that."
                    .to_owned()
            }
            LoopStep::ThereAlready => "The task goes on at once.".to_owned(),
            LoopStep::Complete => format!(
                "The selector will tell the event loop of {me}. The task goes on when its turn \
                 comes, after the tasks that are ready already."
            ),
            LoopStep::TimeOut => {
                format!("{me} takes the GIL and goes on with the tasks whose time has come.")
            }
            LoopStep::Asks => return None,
        })
    }
}
