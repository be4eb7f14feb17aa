//! What the shared variables hold and where each thread is, folded from the events.

mod walk;

use gil_sim::{DropReason, Event, EventKind, Nanos, Protocol, ThreadId};

use crate::course::Course;
use crate::line::LineId;

pub(crate) use walk::Walk;

/// Everything after an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Threads by [`ThreadId`].
    pub threads: Vec<ThreadAt>,
    /// Interpreters, the main one first: one set of variables each.
    pub interpreters: Vec<Interpreter>,
    /// The thread of the last event.
    last: Option<ThreadId>,
}

/// A thread's program counter and its own variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadAt {
    /// The line it is at; `None` before it starts and after its end. The thread of the current
    /// event is at the line that the event performs, all others where they have come since.
    pub line: Option<LineId>,
    /// Since when it wants the GIL, as far as events tell; `None` when it does not, and for one
    /// that gets it at once.
    pub wants_since: Option<Nanos>,
    /// When the timed wait that it is in runs out.
    pub waits_until: Option<Nanos>,
    /// Whether a signal has ended its wait and it is on its way.
    pub signalled: bool,
    /// From 3.13 on: the drop request bit in its eval breaker.
    pub drop_request: bool,
    /// Without a GIL: what its thread state says.
    pub attachment: Attachment,
    /// Where it is when its last event is done.
    rest: Option<LineId>,
    /// The line that it returns to with the GIL, or that let go of it.
    caller: Option<LineId>,
    /// Where it goes on after `drop_gil`.
    after_drop: Option<LineId>,
}

/// A thread state without a GIL (`_Py_THREAD_ATTACHED` and so on, Include/internal/pycore_pystate.h,
/// 3.13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attachment {
    /// It may not touch objects.
    Detached,
    /// It may.
    Attached,
    /// It stands still until the world is started.
    Suspended,
}

/// The variables of one interpreter's GIL, or of what stands in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interpreter {
    /// The thread that has it to itself; `None` for the main interpreter.
    pub of: Option<ThreadId>,
    /// `locked`, with who has set it.
    pub holder: Option<ThreadId>,
    /// `last_holder`.
    pub last_holder: Option<ThreadId>,
    /// `switch_number`. With ticks: how often the lock went to another thread.
    pub switch_number: u64,
    /// `gil_drop_request`, up to 3.12.
    pub drop_request: bool,
    /// `interval`.
    pub interval: Nanos,
    /// The thread that was seen with `mutex` last and was not seen without it since.
    pub mutex: Option<ThreadId>,
    /// Waiters on `cond` in the order in which they came. With ticks: those who sleep until the
    /// lock is released.
    pub waiters: Vec<ThreadId>,
    /// Waiters on `switch_cond`.
    pub switch_waiters: Vec<ThreadId>,
    /// Without a GIL: who stops the world.
    pub stopper: Option<ThreadId>,
    /// Attached threads that have still to stop for it.
    pub to_stop: u16,
}

impl ThreadAt {
    fn new() -> ThreadAt {
        ThreadAt {
            line: None,
            wants_since: None,
            waits_until: None,
            signalled: false,
            drop_request: false,
            attachment: Attachment::Detached,
            rest: None,
            caller: None,
            after_drop: None,
        }
    }
}

impl Interpreter {
    fn new(of: Option<ThreadId>, interval: Nanos) -> Interpreter {
        Interpreter {
            of,
            holder: None,
            last_holder: None,
            switch_number: 0,
            drop_request: false,
            interval,
            mutex: None,
            waiters: Vec::new(),
            switch_waiters: Vec::new(),
            stopper: None,
            to_stop: 0,
        }
    }
}

/// Whether an event happens to a thread rather than being a step of it.
fn happens_to(kind: &EventKind) -> bool {
    kind.is_intervention()
        || matches!(
            kind,
            EventKind::Preempted { .. }
                | EventKind::IoCompletes
                | EventKind::SleepEnds
                | EventKind::ResultReady
                | EventKind::JobQueued { .. }
        )
}

impl State {
    /// Before the first event.
    pub(crate) fn new(course: &Course, threads: usize) -> State {
        let interpreters = course.owners.iter().map(|of| Interpreter::new(*of, course.interval));
        State {
            threads: vec![ThreadAt::new(); threads],
            interpreters: interpreters.collect(),
            last: None,
        }
    }

    /// Goes on by an event; hands back the lines that it performs.
    pub(crate) fn apply(&mut self, course: &Course, event: &Event) -> Walk {
        self.settle();
        if let EventKind::SwitchIntervalSet(interval) = event.kind {
            self.interpreters.iter_mut().for_each(|one| one.interval = interval);
        }
        let t = event.thread;
        let (Some(before), Some(interpreter)) =
            (self.threads.get(t.index()), self.interpreters.get(course.interpreter(t).index()))
        else {
            return Walk::nowhere();
        };
        if happens_to(&event.kind) {
            return Walk::nowhere();
        }
        let walk = walk::walk(course, t, before, interpreter, &event.kind);
        self.change(course, event);
        let thread = &mut self.threads[t.index()];
        thread.line = walk.at;
        thread.rest = walk.rest;
        self.last = Some(t);
        walk
    }

    /// The thread of the last event has gone on since.
    fn settle(&mut self) {
        if let Some(thread) = self.last.take().and_then(|t| self.threads.get_mut(t.index())) {
            thread.line = thread.rest;
        }
    }

    fn change(&mut self, course: &Course, event: &Event) {
        let t = event.thread;
        let interpreter = &mut self.interpreters[course.interpreter(t).index()];
        // Who goes on has unlocked the mutex, unless its event says otherwise.
        if interpreter.mutex == Some(t) {
            interpreter.mutex = None;
        }
        match course.protocol {
            Protocol::Interval(_) => self.change_interval(course, event),
            Protocol::Ticks => self.change_ticks(course, event),
            Protocol::Free => self.change_free(course, event),
        }
    }

    fn change_interval(&mut self, course: &Course, event: &Event) {
        let t = event.thread;
        let interpreter = &mut self.interpreters[course.interpreter(t).index()];
        let thread = &mut self.threads[t.index()];
        match event.kind {
            EventKind::Started | EventKind::StartedUp => thread.caller = Some(LineId::THREAD_TAKE),
            EventKind::Waits { until, .. } => {
                thread.wants_since.get_or_insert(event.at);
                thread.waits_until = Some(until);
                thread.signalled = false;
                interpreter.waiters.push(t);
            }
            EventKind::WaitTimedOut { .. } => {
                thread.waits_until = None;
                interpreter.waiters.retain(|waiter| *waiter != t);
                interpreter.mutex = Some(t);
            }
            EventKind::Missed { .. } => {
                thread.signalled = false;
                interpreter.mutex = Some(t);
            }
            EventKind::MutexBlocked { owner } => {
                if interpreter.holder != Some(t) {
                    thread.wants_since.get_or_insert(event.at);
                }
                interpreter.mutex = Some(owner);
            }
            EventKind::DropRequested { holder } => self.request(course, t, holder),
            EventKind::Takes { switch_number, .. } => {
                self.takes(course, t, switch_number);
            }
            EventKind::Drops { reason, signals } => {
                interpreter.mutex = Some(t);
                self.drops(course, t, reason, signals);
            }
            EventKind::ForcedSwitchWaits => {
                interpreter.drop_request = false;
                thread.drop_request = false;
                interpreter.switch_waiters.push(t);
            }
            EventKind::ForcedSwitchDone => thread.signalled = false,
            _ => {}
        }
    }

    fn request(&mut self, course: &Course, by: ThreadId, holder: ThreadId) {
        let interpreter = &mut self.interpreters[course.interpreter(by).index()];
        interpreter.mutex = Some(by);
        if !course.has_request_bits() {
            interpreter.drop_request = true;
        } else if let Some(holder) = self.threads.get_mut(holder.index()) {
            holder.drop_request = true;
        }
    }

    fn takes(&mut self, course: &Course, t: ThreadId, switch_number: u64) {
        let interpreter = &mut self.interpreters[course.interpreter(t).index()];
        interpreter.holder = Some(t);
        interpreter.last_holder = Some(t);
        interpreter.switch_number = switch_number;
        interpreter.drop_request = false;
        interpreter.waiters.retain(|waiter| *waiter != t);
        let forced = match interpreter.switch_waiters.is_empty() {
            true => None,
            false => Some(interpreter.switch_waiters.remove(0)),
        };
        if let Some(forced) = forced.and_then(|t| self.threads.get_mut(t.index())) {
            forced.signalled = true;
        }
        let thread = &mut self.threads[t.index()];
        thread.drop_request = false;
        thread.wants_since = None;
        thread.waits_until = None;
        thread.signalled = false;
    }

    fn drops(
        &mut self,
        course: &Course,
        t: ThreadId,
        reason: DropReason,
        signals: Option<ThreadId>,
    ) {
        let interpreter = &mut self.interpreters[course.interpreter(t).index()];
        interpreter.holder = None;
        interpreter.last_holder = Some(t);
        if let Some(waiter) = signals {
            interpreter.waiters.retain(|other| *other != waiter);
            if let Some(waiter) = self.threads.get_mut(waiter.index()) {
                waiter.signalled = true;
                waiter.waits_until = None;
            }
        }
        self.let_go(course, t, reason);
    }

    fn let_go(&mut self, course: &Course, t: ThreadId, reason: DropReason) {
        let after = walk::after_drop(course, t, reason);
        let thread = &mut self.threads[t.index()];
        thread.after_drop = Some(after);
        thread.caller = Some(match after {
            LineId::EVAL_TAKE | LineId::OBJECT_PARK => after,
            _ => LineId::CALL_TAKE,
        });
    }

    fn change_ticks(&mut self, course: &Course, event: &Event) {
        let t = event.thread;
        let interpreter = &mut self.interpreters[course.interpreter(t).index()];
        let thread = &mut self.threads[t.index()];
        match event.kind {
            EventKind::Started | EventKind::StartedUp => thread.caller = Some(LineId::THREAD_TAKE),
            EventKind::Blocks { .. } | EventKind::Missed { .. } => {
                thread.wants_since.get_or_insert(event.at);
                thread.signalled = false;
                // It may have been on its way to sleep and come back without an event.
                interpreter.waiters.retain(|waiter| *waiter != t);
                interpreter.waiters.push(t);
            }
            EventKind::Takes { switch_number, .. } => {
                self.takes(course, t, switch_number);
            }
            EventKind::Drops { reason, signals } => self.drops(course, t, reason, signals),
            _ => {}
        }
    }

    fn change_free(&mut self, course: &Course, event: &Event) {
        let t = event.thread;
        let interpreter = &mut self.interpreters[course.interpreter(t).index()];
        let thread = &mut self.threads[t.index()];
        let was_attached = thread.attachment == Attachment::Attached;
        match event.kind {
            EventKind::Started | EventKind::StartedUp => thread.caller = Some(LineId::THREAD_TAKE),
            EventKind::Attaches { .. } => thread.attachment = Attachment::Attached,
            EventKind::Stops => {
                thread.attachment = Attachment::Suspended;
                thread.caller = None;
                self.stops(course, t, was_attached);
            }
            EventKind::Detaches { reason } => {
                thread.attachment = Attachment::Detached;
                self.let_go(course, t, reason);
                self.stops(course, t, was_attached);
            }
            EventKind::StopRequested { running } => {
                interpreter.stopper = Some(t);
                interpreter.to_stop = running;
            }
            EventKind::StartsWorld => {
                interpreter.stopper = None;
                interpreter.to_stop = 0;
            }
            _ => {}
        }
    }

    /// One attached thread less; when it was the last one, the world stands still.
    fn stops(&mut self, course: &Course, t: ThreadId, was_attached: bool) {
        let interpreter = &mut self.interpreters[course.interpreter(t).index()];
        let Some(stopper) = interpreter.stopper.filter(|stopper| *stopper != t && was_attached)
        else {
            return;
        };
        interpreter.to_stop = interpreter.to_stop.saturating_sub(1);
        let all_stopped = interpreter.to_stop == 0;
        if let Some(stopper) = self.threads.get_mut(stopper.index()).filter(|_| all_stopped) {
            stopper.rest = Some(LineId::STOP_COLLECT);
            stopper.line = stopper.rest;
        }
    }
}
