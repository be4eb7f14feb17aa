//! The debugger's breakpoints as the reader set them, and what they are for a run.

use gil_debug::{Breakpoint, Condition, Fault, LineId, Listing};
use gil_sim::ThreadId;

use crate::model::Run;

/// A breakpoint as the reader set it: it outlives a change of the scenario, where names may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// At a line, for a thread by its name or for any.
    Line(LineId, Option<String>),
    /// On a condition, as it was written.
    Condition(String),
}

/// All breakpoints, for a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stops {
    /// As they were set.
    pub list: Vec<Stop>,
    /// Why one cannot stop this run; parallel to `list`.
    pub faults: Vec<Option<String>>,
    breakpoints: Vec<Breakpoint>,
    /// For each of `breakpoints` its place in `list`.
    origin: Vec<usize>,
}

impl Stops {
    /// What breakpoints are for a run.
    pub fn of(list: Vec<Stop>, run: &Run) -> Stops {
        let mut points = Stops::default();
        for (n, point) in list.iter().enumerate() {
            let read = read(point, run);
            points.faults.push(read.as_ref().err().cloned());
            if let Ok(breakpoint) = read {
                points.breakpoints.push(breakpoint);
                points.origin.push(n);
            }
        }
        points.list = list;
        points
    }

    /// Those that can stop the run.
    pub fn breakpoints(&self) -> &[Breakpoint] {
        &self.breakpoints
    }

    /// The place in `list` of one of [`Stops::breakpoints`].
    pub fn origin(&self, breakpoint: usize) -> Option<usize> {
        self.origin.get(breakpoint).copied()
    }

    /// Whether a breakpoint is set at a line, for any thread or one.
    pub fn has_line(&self, line: LineId) -> bool {
        self.list.iter().any(|point| matches!(point, Stop::Line(l, _) if *l == line))
    }
}

fn read(point: &Stop, run: &Run) -> Result<Breakpoint, String> {
    match point {
        Stop::Line(line, thread) => {
            let spec = run.scenario().spec();
            if Listing::of(spec).line(*line).is_none() {
                return Err(format!("Python {} has no such line here", spec.python));
            }
            let thread = match thread {
                None => None,
                Some(name) => Some(named(name, run).ok_or(format!("there is no thread {name}"))?),
            };
            Ok(Breakpoint::Line { line: *line, thread })
        }
        Stop::Condition(text) => Condition::parse(text, &run.trace)
            .map(Breakpoint::Condition)
            .map_err(|fault: Fault| fault.to_string()),
    }
}

/// The thread of this name.
pub fn named(name: &str, run: &Run) -> Option<ThreadId> {
    let found = run.trace.threads.iter().position(|thread| thread.name == name);
    found.map(|n| ThreadId(n as u16))
}
