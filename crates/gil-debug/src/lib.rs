//! A debugger for the GIL: the protocol of each Python as a listing of pseudo-code, and for every
//! event of a finished run where each thread is in it and what the shared variables hold.
//!
//! Nothing is simulated here. A [`Debugger`] folds the events of a trace, and keeps what it has at
//! every few hundred of them, so that any event can be shown at once.
//!
//! ```
//! use gil_debug::{Debugger, LineId};
//! use gil_sim::{Dist, EventId, Group, Nanos, Scenario, Spec, Step, ThreadId, run};
//!
//! let work = Dist::Fixed(Nanos::from_millis(20));
//! let group = Group { count: 2, ..Group::new("cpu", vec![Step::Python { work, check: None }]) };
//! let scenario = Scenario::new(Spec { groups: vec![group], ..Spec::default() }).unwrap();
//! let trace = run(&scenario);
//! let debugger = Debugger::new(&scenario, &trace);
//! let waits = debugger.next_event_of(&trace, ThreadId(1), Some(EventId(3)), gil_debug::Way::Forward);
//! let snapshot = debugger.at(&trace, waits);
//! assert_eq!(snapshot.state.threads[1].line, Some(LineId::TAKE_WAIT));
//! assert_eq!(snapshot.state.interpreters[0].holder, Some(ThreadId(0)));
//! ```

mod breakpoint;
mod condition;
mod course;
mod debugger;
mod line;
mod listing;
mod own;
mod source;
mod state;
mod variable;

pub use breakpoint::{Breakpoint, Stop, Way};
pub use condition::{Condition, EXAMPLES, Fault};
pub use debugger::{Debugger, Snapshot};
pub use line::LineId;
pub use listing::{Function, Line, Listing};
pub use own::OwnVariable;
pub use source::{Source, rule};
pub use state::{Attachment, Interpreter, State, ThreadAt};
pub use variable::{Value, Variable};
