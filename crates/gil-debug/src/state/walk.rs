//! Which lines an event performs, and where the thread is when it is done.

use gil_sim::{DropReason, EventKind, Protocol, ThreadId};

use super::{Interpreter, ThreadAt};
use crate::course::{Code, Course};
use crate::line::LineId;

/// An event as a way through the listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Walk {
    /// The lines that it performs, in order.
    pub lines: Vec<LineId>,
    /// The one that it is about.
    pub at: Option<LineId>,
    /// Where the thread is afterwards.
    pub rest: Option<LineId>,
}

impl Walk {
    /// No way at all.
    pub fn nowhere() -> Walk {
        Walk { lines: Vec::new(), at: None, rest: None }
    }

    /// Performs these lines, is about the last one, and then is at `rest`.
    fn through(lines: &[LineId], rest: LineId) -> Walk {
        Walk { lines: lines.to_vec(), at: lines.last().copied(), rest: Some(rest) }
    }

    /// Performs one line and stays there.
    fn to(line: LineId) -> Walk {
        Walk::through(&[line], line)
    }

    /// Performs nothing that the listing has, at a line.
    fn stays(at: Option<LineId>, rest: Option<LineId>) -> Walk {
        Walk { lines: Vec::new(), at, rest }
    }

    /// With these lines in front.
    fn after(mut self, lines: impl IntoIterator<Item = LineId>) -> Walk {
        self.lines.splice(0..0, lines);
        self
    }

    /// About this one of its lines.
    fn about(self, line: LineId) -> Walk {
        Walk { at: Some(line), ..self }
    }
}

/// Where a thread goes on after it has let go of the GIL.
pub(super) fn after_drop(course: &Course, t: ThreadId, reason: DropReason) -> LineId {
    match reason {
        DropReason::Request | DropReason::Ticks => LineId::EVAL_TAKE,
        DropReason::Io if course.is_asyncio(t) => LineId::LOOP_SELECT,
        DropReason::Io => LineId::CALL_IO,
        DropReason::Syscall => LineId::CALL_SYSCALL,
        DropReason::NativeCall => LineId::CALL_NATIVE,
        DropReason::Sleep => LineId::CALL_SLEEP,
        DropReason::Lock => LineId::CALL_LOCK,
        DropReason::Finish => LineId::THREAD_END,
        DropReason::Idle | DropReason::Result => LineId::CALL_QUEUE,
        DropReason::Object => LineId::OBJECT_PARK,
    }
}

/// The way of an event that is a step of thread `t`, from what held before it.
pub(super) fn walk(
    course: &Course,
    t: ThreadId,
    thread: &ThreadAt,
    interpreter: &Interpreter,
    kind: &EventKind,
) -> Walk {
    let walker = Walker { course, t, thread, interpreter };
    let own = match course.protocol {
        Protocol::Interval(_) => walker.interval(kind),
        Protocol::Ticks => walker.ticks(kind),
        Protocol::Free => walker.free(kind),
    };
    own.unwrap_or_else(|| walker.around(kind))
}

struct Walker<'a> {
    course: &'a Course,
    t: ThreadId,
    thread: &'a ThreadAt,
    interpreter: &'a Interpreter,
}

impl Walker<'_> {
    fn interval(&self, kind: &EventKind) -> Option<Walk> {
        use LineId as L;
        Some(match kind {
            EventKind::Waits { .. } => {
                Walk::through(&[L::TAKE_WHILE, L::TAKE_SAVE, L::TAKE_WAIT], L::TAKE_WAIT)
                    .after(self.enters(Some(L::TAKE_MUTEX)))
            }
            EventKind::WaitTimedOut { .. } => Walk::to(L::TAKE_TIMED_OUT),
            EventKind::DropRequested { .. } => Walk::through(&[L::TAKE_REQUEST], L::TAKE_WHILE),
            EventKind::Missed { .. } => Walk::to(L::TAKE_WHILE),
            EventKind::Takes { switched, .. } => self.takes(*switched),
            EventKind::MutexBlocked { .. } => self.mutex(),
            EventKind::SeesRequest => Walk::through(&[L::EVAL_CHECK, L::EVAL_DROP], L::EVAL_DROP),
            EventKind::Drops { reason, .. } => self.drops(*reason),
            EventKind::ForcedSwitchWaits => {
                Walk::through(&[L::DROP_CLEAR, L::DROP_WAIT], L::DROP_WAIT)
            }
            EventKind::ForcedSwitchDone => Walk {
                lines: self.thread.after_drop.filter(begins_silently).into_iter().collect(),
                ..Walk::stays(Some(L::DROP_WAIT), self.thread.after_drop)
            },
            _ => return None,
        })
    }

    /// The lines in front of the first that is about the GIL: who wants it, and how it begins.
    fn enters(&self, then: Option<LineId>) -> impl Iterator<Item = LineId> + use<> {
        let new = self.thread.wants_since.is_none();
        let (caller, then) = (self.thread.caller.filter(|_| new), then.filter(|_| new));
        caller.into_iter().chain(then)
    }

    /// Back with the GIL: a thread that takes it for the first time begins with its program.
    fn begins(&self) -> Option<LineId> {
        (self.thread.caller == Some(LineId::THREAD_TAKE)).then_some(LineId::THREAD_RUN)
    }

    fn takes(&self, switched: bool) -> Walk {
        use LineId as L;
        let mut lines = vec![L::TAKE_WHILE, L::TAKE_LOCKED, L::TAKE_OTHER];
        lines.extend(switched.then_some(L::TAKE_SWITCH));
        lines.extend([L::TAKE_SIGNAL, L::TAKE_CLEAR, L::TAKE_UNLOCK]);
        lines.extend(self.begins());
        Walk::through(&lines, L::EVAL_RUN)
            .about(L::TAKE_LOCKED)
            .after(self.enters(Some(L::TAKE_MUTEX)))
    }

    fn mutex(&self) -> Walk {
        use LineId as L;
        if self.interpreter.holder == Some(self.t) {
            return Walk::through(&[L::DROP_HOLDER, L::DROP_MUTEX], L::DROP_MUTEX);
        }
        match self.thread.rest {
            // The wait locks the mutex again before it is over.
            Some(L::TAKE_WAIT) => Walk::stays(Some(L::TAKE_WAIT), Some(L::TAKE_WAIT)),
            _ => Walk::to(L::TAKE_MUTEX).after(self.enters(None)),
        }
    }

    fn drops(&self, reason: DropReason) -> Walk {
        use LineId as L;
        let mut lines =
            vec![L::DROP_HOLDER, L::DROP_MUTEX, L::DROP_LOCKED, L::DROP_SIGNAL, L::DROP_UNLOCK];
        lines.extend((reason != DropReason::Finish).then_some(L::DROP_FORCED));
        let rest = after_drop(self.course, self.t, reason);
        // A forced switch comes before the call.
        let forced = self.thread.drop_request || self.interpreter.drop_request;
        lines.extend((!forced && begins_silently(&rest)).then_some(rest));
        Walk::through(&lines, rest).about(L::DROP_LOCKED).after(lets_go(reason))
    }

    fn ticks(&self, kind: &EventKind) -> Option<Walk> {
        use LineId as L;
        Some(match kind {
            EventKind::Blocks { .. } | EventKind::Missed { .. } => {
                Walk::through(&[L::ACQUIRE_WHILE, L::ACQUIRE_WAIT], L::ACQUIRE_WAIT)
                    .after(self.enters(None))
            }
            EventKind::Takes { .. } => {
                let mut lines = vec![L::ACQUIRE_WHILE, L::ACQUIRE_LOCKED];
                lines.extend(self.begins());
                Walk::through(&lines, L::EVAL_RUN).about(L::ACQUIRE_LOCKED).after(self.enters(None))
            }
            EventKind::Drops { reason, signals } => {
                let mut lines = vec![L::RELEASE_FREE];
                lines.extend(signals.map(|_| L::RELEASE_WAKE));
                if *reason == DropReason::Ticks {
                    lines.splice(0..0, [L::EVAL_CHECK, L::EVAL_DROP]);
                }
                let rest = after_drop(self.course, self.t, *reason);
                lines.extend(begins_silently(&rest).then_some(rest));
                Walk::through(&lines, rest).about(L::RELEASE_FREE).after(lets_go(*reason))
            }
            // The end of a pass does not end a check interval.
            EventKind::PassDone(_) => Walk::to(L::EVAL_RUN),
            _ => return None,
        })
    }

    fn free(&self, kind: &EventKind) -> Option<Walk> {
        use LineId as L;
        Some(match kind {
            EventKind::Attaches { waited } => {
                let mut lines: Vec<LineId> = self.thread.caller.into_iter().collect();
                lines.extend((!waited.is_zero()).then_some(L::ATTACH_WAIT));
                lines.push(L::ATTACH_RUN);
                lines.extend(self.begins());
                Walk::through(&lines, L::EVAL_RUN).about(L::ATTACH_RUN)
            }
            EventKind::Detaches { reason } => {
                let stops = self.interpreter.stopper.is_some();
                let mut lines = vec![L::DETACH_RUN];
                lines.extend(stops.then_some(L::DETACH_STOPPER));
                let rest = after_drop(self.course, self.t, *reason);
                lines.extend(begins_silently(&rest).then_some(rest));
                Walk::through(&lines, rest).about(L::DETACH_RUN).after(lets_go(*reason))
            }
            EventKind::Stops => Walk::through(&[L::EVAL_CHECK, L::EVAL_STOP], L::ATTACH_WAIT),
            EventKind::StopRequested { running: 0 } => {
                Walk::through(&[L::STOP_REQUEST, L::STOP_COLLECT], L::STOP_COLLECT)
                    .about(L::STOP_REQUEST)
            }
            EventKind::StopRequested { .. } => {
                Walk::through(&[L::STOP_REQUEST, L::STOP_WAIT], L::STOP_WAIT).about(L::STOP_REQUEST)
            }
            EventKind::StartsWorld => Walk::through(&[L::STOP_START], L::EVAL_COLLECT),
            EventKind::ObjectWaits { .. } => {
                Walk::through(&[L::OBJECT_FREE, L::OBJECT_SPIN], L::OBJECT_SPIN)
            }
            EventKind::ObjectTaken { .. } => Walk::to(L::OBJECT_CHANGE),
            EventKind::ObjectReleased { .. } => Walk::through(&[L::OBJECT_UNLOCK], L::EVAL_RUN),
            _ => return None,
        })
    }

    /// What is alike in all protocols.
    fn around(&self, kind: &EventKind) -> Walk {
        use LineId as L;
        match kind {
            EventKind::Started if self.course.is_apart(self.t) => Walk::to(L::THREAD_START),
            EventKind::Started | EventKind::StartedUp => {
                Walk::stays(Some(L::THREAD_TAKE), Some(L::THREAD_TAKE))
            }
            EventKind::Finished => Walk::nowhere(),
            EventKind::PassDone(_) => Walk::through(&[L::EVAL_CHECK], L::EVAL_RUN),
            EventKind::StepBegins(step) => match self.course.step(self.t, *step) {
                Code::Python => Walk::to(L::EVAL_RUN),
                Code::C => Walk::through(&[L::EVAL_RUN, L::EVAL_C], L::EVAL_C),
                Code::Change => Walk::through(&[L::EVAL_RUN, L::OBJECT_FREE], L::OBJECT_CHANGE)
                    .about(L::EVAL_RUN),
            },
            EventKind::CollectionBegins => {
                let check = match self.course.protocol {
                    Protocol::Ticks => None,
                    _ => Some(L::EVAL_CHECK),
                };
                Walk::to(L::EVAL_COLLECT).after(check)
            }
            EventKind::CollectionEnds => Walk::stays(Some(L::EVAL_COLLECT), Some(L::EVAL_RUN)),
            EventKind::TaskRuns(_) => Walk::to(L::LOOP_TASK),
            EventKind::Selects => Walk::to(L::LOOP_SELECT),
            EventKind::IoBlocks { .. } | EventKind::IoReady | EventKind::Sleeps { .. }
                if self.course.is_asyncio(self.t) =>
            {
                Walk::stays(Some(L::LOOP_TASK), Some(L::LOOP_TASK))
            }
            EventKind::IoBlocks { .. } | EventKind::IoReady => Walk::to(L::CALL_IO),
            EventKind::Sleeps { .. } => Walk::to(L::CALL_SLEEP),
            EventKind::LockWaits { .. } => Walk::to(L::CALL_LOCK),
            _ => Walk::stays(self.thread.rest, self.thread.rest),
        }
    }
}

/// Whether what is done at this line has no event of its own.
fn begins_silently(line: &LineId) -> bool {
    matches!(*line, LineId::CALL_SYSCALL | LineId::CALL_NATIVE | LineId::CALL_QUEUE)
}

/// The line of the eval loop, of a call or of the thread's end that lets go.
fn lets_go(reason: DropReason) -> Option<LineId> {
    match reason {
        // The eval loop's line was performed when the request was seen, or comes with the tick.
        DropReason::Request | DropReason::Ticks => None,
        DropReason::Finish => Some(LineId::THREAD_END),
        DropReason::Object => Some(LineId::OBJECT_PARK),
        _ => Some(LineId::CALL_DROP),
    }
}
