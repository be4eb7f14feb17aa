//! The debugger's variables and program counters against what the trace holds apart from events,
//! and against what the events themselves say.

use gil_debug::{
    Attachment, Breakpoint, Condition, Debugger, Interpreter, LineId, Listing, Snapshot, Way,
};
use gil_sim::{
    Event, EventId, EventKind, InterpreterId, Protocol, RequestScope, Scenario, State, ThreadId,
    Trace, run,
};

use crate::laws::Verdict;

struct Session<'a> {
    scenario: &'a Scenario,
    trace: &'a Trace,
    listing: Listing,
    debugger: Debugger,
}

/// Of a longer run only some events are looked at behind these.
const MOST: usize = 300;

/// Checks the events of a run.
pub fn check(scenario: &Scenario) -> Verdict {
    let trace = run(scenario);
    let listing = Listing::of(scenario.spec());
    let debugger = Debugger::new(scenario, &trace);
    let session = Session { scenario, trace: &trace, listing, debugger };
    for n in (0..trace.events.len()).filter(|n| *n < MOST || n % 17 == 0) {
        let (before, after) = (session.at(n.checked_sub(1)), session.at(Some(n)));
        session.event(n, &before, &after).map_err(|what| session.told(n, &what))?;
    }
    session.steps_back().and_then(|()| session.stops())
}

fn ensure(holds: bool, what: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(what()) }
}

fn id(n: usize) -> EventId {
    EventId(n as u32)
}

impl Session<'_> {
    fn at(&self, n: Option<usize>) -> Snapshot {
        self.debugger.at(self.trace, n.map(id))
    }

    fn told(&self, n: usize, what: &str) -> String {
        format!("the debugger at event {n}: {what}\n{}", self.trace.line(&self.trace.events[n]))
    }

    fn interpreter<'s>(&self, of: ThreadId, snapshot: &'s Snapshot) -> &'s Interpreter {
        &snapshot.state.interpreters[self.debugger.interpreter_of(of).index()]
    }

    fn event(&self, n: usize, before: &Snapshot, after: &Snapshot) -> Verdict {
        let event = &self.trace.events[n];
        self.lines_exist(n, after)?;
        self.payload_agrees(event, before, after)?;
        let last_of_nanosecond = self.trace.events.get(n + 1).is_none_or(|next| next.at > event.at);
        if last_of_nanosecond && event.at < self.trace.end {
            self.holders_agree(event, after)?;
            self.states_agree(event, after)?;
        }
        self.changes_are_marked(before, after)
    }

    /// Every line is in the listing of this Python.
    fn lines_exist(&self, n: usize, after: &Snapshot) -> Verdict {
        let performed = self.debugger.lines_of(self.trace, id(n));
        let counters = after.state.threads.iter().filter_map(|thread| thread.line);
        performed.into_iter().chain(counters).try_for_each(|line| {
            ensure(self.listing.line(line).is_some(), || format!("no line {}", line.0))
        })
    }

    /// What the event says of the variables is what they hold.
    fn payload_agrees(&self, event: &Event, before: &Snapshot, after: &Snapshot) -> Verdict {
        let t = event.thread;
        let (was, is) = (self.interpreter(t, before), self.interpreter(t, after));
        match event.kind {
            EventKind::Takes { switch_number, switched, waited, .. } => {
                let number = was.switch_number + u64::from(switched);
                ensure(switch_number == number, || format!("switch_number was {number}"))?;
                let other = was.last_holder != Some(t);
                let ticks = self.scenario.spec().protocol() == Protocol::Ticks;
                // With ticks a thread's own release is in between.
                ensure(other == switched || ticks, || format!("last: {:?}", was.last_holder))?;
                let since = before.state.threads[t.index()].wants_since;
                ensure(since.is_none_or(|since| event.at - since <= waited), || {
                    format!("it wants it since {since:?}")
                })?;
                ensure(was.holder.is_none() && is.holder == Some(t), || "locked".into())
            }
            EventKind::Waits { holder, saved_switch_number, until } => {
                ensure(is.holder == holder, || format!("holder is {:?}", is.holder))?;
                ensure(is.switch_number == saved_switch_number, || "switch_number".into())?;
                ensure(after.state.threads[t.index()].waits_until == Some(until), || {
                    "until".into()
                })?;
                ensure(is.waiters.last() == Some(&t), || "it is not last in the queue".into())
            }
            EventKind::Missed { holder } | EventKind::Blocks { holder } => {
                ensure(was.holder == holder, || format!("holder is {:?}", was.holder))
            }
            EventKind::DropRequested { holder } => {
                ensure(was.holder == Some(holder), || format!("holder is {:?}", was.holder))?;
                ensure(self.sees_request(holder, after), || "the request is not set".into())
            }
            EventKind::SeesRequest => {
                ensure(self.sees_request(t, before), || "there is no request".into())
            }
            EventKind::MutexBlocked { owner } => {
                ensure(was.mutex == Some(owner), || format!("{:?} has the mutex", was.mutex))
            }
            EventKind::Drops { signals, .. } => self.signals(event, signals, before),
            EventKind::ForcedSwitchWaits => {
                ensure(self.sees_request(t, before) && !self.sees_request(t, after), || {
                    "the request is not cleared".into()
                })?;
                ensure(is.last_holder == Some(t), || "it is not the last holder".into())
            }
            EventKind::ForcedSwitchDone => {
                ensure(!was.switch_waiters.contains(&t), || "it was not signalled".into())
            }
            EventKind::StopRequested { running } => {
                let attached = self.attached_beside(t, before);
                ensure(attached == usize::from(running), || format!("{attached} are attached"))
            }
            EventKind::StartsWorld => {
                let attached = self.attached_beside(t, before);
                ensure(was.to_stop == 0 && attached == 0, || format!("{attached} are attached"))
            }
            _ => Ok(()),
        }
    }

    /// A drop signals a waiter; where it signals nobody, nobody waits whose time is not up.
    fn signals(&self, event: &Event, signals: Option<ThreadId>, before: &Snapshot) -> Verdict {
        let was = self.interpreter(event.thread, before);
        ensure(was.holder == Some(event.thread), || format!("holder was {:?}", was.holder))?;
        if !matches!(self.scenario.spec().protocol(), Protocol::Interval(_)) {
            return Ok(());
        }
        match signals {
            Some(waiter) => {
                ensure(was.waiters.contains(&waiter), || format!("waiters: {:?}", was.waiters))
            }
            None => {
                let up = |t: &ThreadId| {
                    let until = before.state.threads[t.index()].waits_until;
                    until.is_some_and(|until| until <= event.at)
                };
                ensure(was.waiters.iter().all(up), || format!("{:?} wait", was.waiters))
            }
        }
    }

    fn sees_request(&self, t: ThreadId, snapshot: &Snapshot) -> bool {
        match self.scenario.spec().protocol() {
            Protocol::Interval(RequestScope::Thread) => {
                snapshot.state.threads[t.index()].drop_request
            }
            _ => self.interpreter(t, snapshot).drop_request,
        }
    }

    fn attached_beside(&self, t: ThreadId, snapshot: &Snapshot) -> usize {
        let here = self.debugger.interpreter_of(t);
        let threads = snapshot.state.threads.iter().enumerate();
        threads
            .filter(|(n, thread)| {
                let other = ThreadId(*n as u16);
                other != t
                    && self.debugger.interpreter_of(other) == here
                    && thread.attachment == Attachment::Attached
            })
            .count()
    }

    /// `locked` is what the GIL's spans say.
    fn holders_agree(&self, event: &Event, after: &Snapshot) -> Verdict {
        for gil in (0..self.trace.gils.len()).map(InterpreterId::of) {
            let (holder, span) =
                (after.state.interpreters[gil.index()].holder, self.trace.holder_at(gil, event.at));
            ensure(holder == span, || format!("{gil:?}: {holder:?}, by its spans {span:?}"))?;
        }
        Ok(())
    }

    /// Where each thread is fits with its state's span.
    fn states_agree(&self, event: &Event, after: &Snapshot) -> Verdict {
        for (n, thread) in after.state.threads.iter().enumerate() {
            let t = ThreadId(n as u16);
            let state = self.trace.state_at(t, event.at);
            let interpreter = self.interpreter(t, after);
            let (waits, forced) =
                (interpreter.waiters.contains(&t), interpreter.switch_waiters.contains(&t));
            let fits = match state {
                State::NotStarted | State::Finished => thread.line.is_none() && !waits,
                State::HasGil => interpreter.holder == Some(t),
                // Woken when the world goes on, it is on a core before it attaches.
                State::Attached => match thread.attachment {
                    Attachment::Attached => true,
                    Attachment::Suspended => self.was_woken(t, event),
                    Attachment::Detached => false,
                },
                // A thread asleep in its timed wait is in the queue, unless a signal is under way.
                State::WaitingGil => interpreter.holder != Some(t) || thread.line_is_in_drop(),
                State::ForcedSwitch => forced || thread.signalled,
                State::WorldStopped => {
                    thread.attachment != Attachment::Attached || interpreter.stopper == Some(t)
                }
                State::BlockedIo | State::Asleep | State::WaitingLock | State::Idle => {
                    !waits && interpreter.holder != Some(t)
                }
                _ => true,
            };
            let name = self.trace.name(t);
            ensure(fits, || format!("{name} is {}, but {thread:?}", state.name()))?;
            let may_wait = matches!(state, State::WaitingGil | State::Ready);
            ensure(!waits || may_wait, || format!("{name} waits and is {}", state.name()))?;
            let may_be_forced = matches!(state, State::ForcedSwitch | State::Ready);
            ensure(!forced || may_be_forced, || format!("{name} is not {}", state.name()))?;
            self.queue_is_complete(event, t, state, thread)?;
        }
        Ok(())
    }

    /// Who is in `take_gil` and has begun a timed wait is in the queue, has been signalled, or its
    /// wait is over and its next event tells.
    fn queue_is_complete(
        &self,
        event: &Event,
        t: ThreadId,
        state: State,
        thread: &gil_debug::ThreadAt,
    ) -> Verdict {
        if state != State::WaitingGil || thread.line != Some(LineId::TAKE_WAIT) {
            return Ok(());
        }
        let last = self.trace.events[..self.trace.events_until(event.at)]
            .iter()
            .rev()
            .find(|e| e.thread == t && matches!(e.kind, EventKind::Waits { .. }));
        ensure(last.is_some(), || "a wait without an event".into())?;
        let waiting = thread.waits_until.is_some();
        ensure(waiting != thread.signalled, || format!("{} waits or not", self.trace.name(t)))
    }

    /// Whether the world was started since the thread stopped for it.
    fn was_woken(&self, t: ThreadId, event: &Event) -> bool {
        let until_now = &self.trace.events[..self.trace.events_until(event.at)];
        let mut since = until_now
            .iter()
            .rev()
            .take_while(|e| e.thread != t || !matches!(e.kind, EventKind::Stops));
        since.any(|e| matches!(e.kind, EventKind::StartsWorld))
    }

    /// What differs is marked, and nothing else.
    fn changes_are_marked(&self, before: &Snapshot, after: &Snapshot) -> Verdict {
        for (before, after) in before.variables.iter().zip(&after.variables) {
            for (before, after) in before.iter().zip(after) {
                let differs = before.value != after.value;
                ensure(differs == after.changed, || format!("{} is not marked", after.name))?;
            }
        }
        Ok(())
    }

    /// Stepping back gives what stepping forward gave, from any checkpoint.
    fn steps_back(&self) -> Verdict {
        let some = (0..self.trace.events.len()).step_by(97);
        let forward: Vec<_> = some.map(|n| (n, self.at(Some(n)))).collect();
        forward.iter().rev().try_for_each(|(n, snapshot)| {
            let next = self.at(Some(n + 1));
            let back = self
                .debugger
                .at(self.trace, next.event.and_then(|e| e.0.checked_sub(1)).map(EventId));
            let same = self.at(Some(*n)) == *snapshot
                && (*n + 1 >= self.trace.events.len() || back == *snapshot);
            ensure(same, || format!("event {n} changed"))
        })
    }

    /// Running to breakpoints forwards and backwards finds the same stops, and all of them.
    fn stops(&self) -> Verdict {
        let line = |line| Breakpoint::Line { line, thread: None };
        let mut breakpoints = vec![line(LineId::TAKE_REQUEST), line(LineId::CALL_IO)];
        for text in ["waiters >= 2", "missed", "latency > 1ms"] {
            let condition =
                Condition::parse(text, self.trace).map_err(|fault| fault.to_string())?;
            breakpoints.push(Breakpoint::Condition(condition));
        }
        let (mut forward, mut backward) = (Vec::new(), Vec::new());
        let mut from = None;
        while let Some(stop) = self.debugger.next_stop(self.trace, from, Way::Forward, &breakpoints)
        {
            forward.push(stop.event);
            from = Some(stop.event);
        }
        from = Some(id(self.trace.events.len()));
        while let Some(stop) = self.debugger.next_stop(self.trace, from, Way::Back, &breakpoints) {
            backward.push(stop.event);
            from = Some(stop.event);
        }
        backward.reverse();
        ensure(forward == backward, || format!("{forward:?} forward, {backward:?} back"))?;
        let requests = self.trace.events.iter().enumerate().filter(|(_, event)| {
            matches!(event.kind, EventKind::DropRequested { .. } | EventKind::Missed { .. })
        });
        requests.map(|(n, _)| id(n)).try_for_each(|event| {
            ensure(forward.contains(&event), || format!("no stop at {event:?}"))
        })
    }
}

trait InDrop {
    fn line_is_in_drop(&self) -> bool;
}

impl InDrop for gil_debug::ThreadAt {
    /// A holder that wants to let go sleeps for the mutex, which is shown as waiting.
    fn line_is_in_drop(&self) -> bool {
        self.line == Some(LineId::DROP_MUTEX)
    }
}
