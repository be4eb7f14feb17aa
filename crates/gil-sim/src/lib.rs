//! A discrete-event simulation of CPython threads on a multi-core machine.
//!
//! A [`Scenario`] goes in, a [`Trace`] comes out: pure, deterministic for a seed, in integer
//! nanoseconds, the same on every platform. No clock, no files, no web, no text formats.
//!
//! ```
//! use gil_sim::{Dist, Group, Nanos, Repeat, Scenario, Spec, Step, Strategy, run};
//!
//! let count = Group {
//!     name: "count".into(),
//!     count: 2,
//!     start: Nanos::ZERO,
//!     steps: vec![Step::Python { work: Dist::Fixed(Nanos::from_millis(20)), check: None }],
//!     repeat: Repeat::Times(1),
//!     strategy: Strategy::Threads,
//! };
//! let scenario = Scenario::new(Spec { groups: vec![count], ..Spec::default() }).unwrap();
//! let trace = run(&scenario);
//! // Two threads of 20 ms each take 40 ms on four cores: the GIL lets one run at a time.
//! assert!(trace.end > Nanos::from_millis(40));
//! ```

pub mod compare;
mod draw;
mod engine;
mod id;
pub mod lockstep;
pub mod metric;
pub mod reach;
mod run;
mod scenario;
pub mod spread;
pub mod stats;
pub mod sweep;
mod time;
mod trace;

pub use draw::Dist;
pub use engine::run;
pub use id::{CoreId, EventId, GroupId, InterpreterId, LockId, ObjectId, StepId, TaskId, ThreadId};
pub use run::{Origin, Run};
pub use scenario::{
    Collector, Costs, DEFAULT_CHECK_INTERVAL, DEFAULT_SWITCH_INTERVAL, EvalCheck, Gc, Group,
    Intervene, Intervention, Invalid, Limits, Machine, Month, Named, Os, Overheads, Protocol,
    Python, Regulation, Repeat, RequestScope, Scenario, Spec, Spends, StartMethod, Step, StepKind,
    Strategy, bounds, program, setting,
};
pub use time::Nanos;
pub use trace::{
    CoreSpan, DropReason, Event, EventKind, GilSpan, GilTrace, IoCompletion, JobSpan, ObjectHow,
    Outcome, QueueTrace, State, StateSpan, TakeHow, Thread, Trace,
};
