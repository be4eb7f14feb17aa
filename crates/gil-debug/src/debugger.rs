//! Any event of a run at once: the fold of all events up to it, from the nearest checkpoint.

use gil_sim::{EventId, InterpreterId, Scenario, ThreadId, Trace};

use crate::course::Course;
use crate::state::{State, Walk};
use crate::variable::{Variable, variables};

/// Fewest events between two checkpoints.
const SPACING: usize = 256;

/// A finished run as a debugger shows it. Holds no copy of the trace: every question is asked with
/// the trace that it was made for.
pub struct Debugger {
    pub(crate) course: Course,
    /// The state before every `spacing`th event.
    checkpoints: Vec<State>,
    pub(crate) spacing: usize,
}

/// The moment after an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The event; `None` before the first one.
    pub event: Option<EventId>,
    /// Where the threads are, and what the variables hold.
    pub state: State,
    /// The variables of each interpreter, for a table.
    pub variables: Vec<Vec<Variable>>,
    /// For each thread whether something of its own differs from before the event: its line, its
    /// request bit or its attachment.
    pub changed: Vec<bool>,
}

impl Debugger {
    /// Makes a run ready. Takes one pass over the events, and keeps a few words for each.
    pub fn new(scenario: &Scenario, trace: &Trace) -> Debugger {
        let course = Course::new(scenario, trace);
        // A checkpoint holds every thread: with many of them it is worth more events.
        let spacing = SPACING.max(4 * trace.threads.len());
        let mut state = State::new(&course, trace.threads.len());
        let mut checkpoints = vec![state.clone()];
        for (n, event) in trace.events.iter().enumerate() {
            state.apply(&course, event);
            if (n + 1) % spacing == 0 {
                checkpoints.push(state.clone());
            }
        }
        Debugger { course, checkpoints, spacing }
    }

    /// The state before an event, counted from 0.
    pub(crate) fn before(&self, trace: &Trace, event: usize) -> State {
        let event = event.min(trace.events.len());
        let nearest = (event / self.spacing).min(self.checkpoints.len() - 1);
        let mut state = self.checkpoints[nearest].clone();
        for passed in &trace.events[nearest * self.spacing..event] {
            state.apply(&self.course, passed);
        }
        state
    }

    /// The moment after an event, or before the first one. An event that does not exist is the
    /// last one.
    pub fn at(&self, trace: &Trace, event: Option<EventId>) -> Snapshot {
        let last = trace.events.len().checked_sub(1);
        let at = event.and_then(|event| Some(event.index().min(last?)));
        let before = self.before(trace, at.unwrap_or(0));
        let mut state = before.clone();
        if let Some(at) = at {
            state.apply(&self.course, &trace.events[at]);
        }
        let variables = variables(&self.course, &before, &state);
        let changed = before.threads.iter().zip(&state.threads).map(|(before, after)| {
            (before.line, before.drop_request, before.attachment)
                != (after.line, after.drop_request, after.attachment)
        });
        let changed = changed.collect();
        Snapshot { event: at.map(|at| EventId(at as u32)), state, variables, changed }
    }

    /// The lines that an event performs, by their ids, in order.
    pub fn lines_of(&self, trace: &Trace, event: EventId) -> Vec<crate::LineId> {
        let mut state = self.before(trace, event.index());
        let event = trace.events.get(event.index());
        event.map_or_else(Walk::nowhere, |event| state.apply(&self.course, event)).lines
    }

    /// A thread's interpreter: an index into [`State::interpreters`].
    pub fn interpreter_of(&self, thread: ThreadId) -> InterpreterId {
        self.course.interpreter(thread)
    }
}
