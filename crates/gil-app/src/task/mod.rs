//! Work that takes many runs: how it is asked for, who computes it, how far it is.
//!
//! [`worker`] is the web worker and both ends of the line to it, [`runs`] has the runs of a
//! [`results::Task`] computed there or on the page and keeps the [`results`], [`progress`] tells how
//! far they are. [`reality`] is the reality check in parts; [`gradual`] is work in small portions on
//! the page.

pub mod gradual;
pub mod progress;
pub mod reality;
pub mod results;
pub mod runs;
pub mod worker;
