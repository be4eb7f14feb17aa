//! Work that takes many runs: how it is asked for, who computes it, how far it is.
//!
//! A [`results::Task`] is a question that many runs answer: a chart, a comparison, a decision, the
//! reality check, scenarios in several [`seeds`]. [`runs`] has it computed in the [`worker`] or on
//! the page and keeps the [`results`], [`progress`] tells how far it is. Whoever computes does so
//! in [`portions`], the page also for what lessons simulate as they are read ([`gradual`]).
//! [`reading`] has a file read that the reader has brought. [`reality`] is the reality check in the parts in which it becomes known.
//!
//! A new kind of work is a `Task`, a variant of [`messages::Work`] and one of [`messages::Found`].

pub mod file;
pub mod gradual;
pub mod messages;
pub mod portions;
pub mod progress;
pub mod reading;
pub mod reality;
pub mod results;
pub mod runs;
pub mod seeds;
pub mod worker;
