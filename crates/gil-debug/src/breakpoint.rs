//! Where to stop: at lines and on conditions, forwards and backwards.

use gil_sim::{EventId, ThreadId, Trace};

use crate::condition::{Condition, Probe};
use crate::debugger::Debugger;
use crate::line::LineId;
use crate::state::State;

/// A reason to stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Breakpoint {
    /// A thread performs a line.
    Line {
        /// The line.
        line: LineId,
        /// The thread; `None` is any.
        thread: Option<ThreadId>,
    },
    /// A condition becomes true.
    Condition(Condition),
}

/// Forward or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Towards the end.
    Forward,
    /// Towards the beginning.
    Back,
}

/// A stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// At which event.
    pub event: EventId,
    /// The first of the breakpoints that it is for.
    pub breakpoint: usize,
}

impl Debugger {
    /// The next event after `from` at which one of the breakpoints is hit, or the last one before
    /// it. `None` for `from` is before the first event.
    pub fn next_stop(
        &self,
        trace: &Trace,
        from: Option<EventId>,
        way: Way,
        breakpoints: &[Breakpoint],
    ) -> Option<Stop> {
        if breakpoints.is_empty() {
            return None;
        }
        let end = trace.events.len();
        match way {
            Way::Forward => {
                let first = from.map_or(0, |event| event.index() + 1);
                self.stops(trace, first, end, breakpoints).next()
            }
            Way::Back => {
                let mut end = from?.index().min(end);
                while end > 0 {
                    let first = (end - 1) / self.spacing * self.spacing;
                    if let Some(stop) = self.stops(trace, first, end, breakpoints).last() {
                        return Some(stop);
                    }
                    end = first;
                }
                None
            }
        }
    }

    /// The first stop after `from`, up to and with `until`: for playback, which passes many events
    /// at once.
    pub fn stop_between(
        &self,
        trace: &Trace,
        from: Option<EventId>,
        until: EventId,
        breakpoints: &[Breakpoint],
    ) -> Option<Stop> {
        if breakpoints.is_empty() {
            return None;
        }
        let first = from.map_or(0, |event| event.index() + 1);
        let end = (until.index() + 1).min(trace.events.len());
        self.stops(trace, first, end, breakpoints).next()
    }

    /// All stops among the events from `first` on and before `end`.
    fn stops<'a>(
        &'a self,
        trace: &'a Trace,
        first: usize,
        end: usize,
        breakpoints: &'a [Breakpoint],
    ) -> impl Iterator<Item = Stop> + 'a {
        let mut state = self.before(trace, first);
        let mut held = self.held(trace, &state, first, breakpoints);
        (first..end.max(first)).filter_map(move |n| {
            let event = trace.events.get(n)?;
            let walk = state.apply(&self.course, event);
            let mut hit = None;
            for (index, (breakpoint, held)) in breakpoints.iter().zip(&mut held).enumerate() {
                let holds = match breakpoint {
                    Breakpoint::Line { line, thread } => {
                        *held = false;
                        thread.is_none_or(|t| t == event.thread) && walk.lines.contains(line)
                    }
                    Breakpoint::Condition(condition) => {
                        condition.holds(&self.probe(trace, &state, n))
                    }
                };
                if holds && !*held && hit.is_none() {
                    hit = Some(index);
                }
                *held = holds && breakpoint.lasts();
            }
            hit.map(|breakpoint| Stop { event: EventId(n as u32), breakpoint })
        })
    }

    /// The conditions that hold already before event `first`: those have to end before they can stop.
    fn held(
        &self,
        trace: &Trace,
        state: &State,
        first: usize,
        breakpoints: &[Breakpoint],
    ) -> Vec<bool> {
        let holds = |breakpoint: &Breakpoint| match (breakpoint, first.checked_sub(1)) {
            (Breakpoint::Condition(condition), Some(n)) if breakpoint.lasts() => {
                condition.holds(&self.probe(trace, state, n))
            }
            _ => false,
        };
        breakpoints.iter().map(holds).collect()
    }

    fn probe<'a>(&'a self, trace: &'a Trace, state: &'a State, event: usize) -> Probe<'a> {
        Probe { debugger: self, trace, state, event }
    }

    /// The next event of a thread after `from`, or the last one before it.
    pub fn next_event_of(
        &self,
        trace: &Trace,
        thread: ThreadId,
        from: Option<EventId>,
        way: Way,
    ) -> Option<EventId> {
        let is_its = |n: &usize| trace.events[*n].thread == thread;
        let found = match way {
            Way::Forward => {
                (from.map_or(0, |event| event.index() + 1)..trace.events.len()).find(is_its)
            }
            Way::Back => (0..from?.index().min(trace.events.len())).rev().find(is_its),
        };
        found.map(|n| EventId(n as u32))
    }
}

impl Breakpoint {
    /// Whether it can hold over several events, and so stops only where it begins to.
    fn lasts(&self) -> bool {
        matches!(self, Breakpoint::Condition(condition) if condition.lasts())
    }
}
