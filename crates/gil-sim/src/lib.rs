//! A discrete-event simulation of CPython threads on a multi-core machine.
//!
//! A [`Scenario`] goes in, a [`Trace`] comes out: pure, deterministic for a seed, in integer
//! nanoseconds, the same on every platform. No clock, no files, no web, no text formats.

mod draw;
mod scenario;
mod time;
mod trace;

pub use draw::Dist;
pub use scenario::{
    Costs, DEFAULT_SWITCH_INTERVAL, Group, Invalid, Limits, Machine, Python, Repeat, Scenario,
    Spec, Step, bounds,
};
pub use time::Nanos;
pub use trace::{
    CoreSpan, DropReason, Event, EventId, EventKind, GilSpan, IoCompletion, Outcome, State,
    StateSpan, TakeHow, Thread, ThreadId, Trace,
};
