//! Charts that take many runs, computed in a worker: how the work scales with the number of
//! threads ([`scaling`]), and which Python and strategy does it best ([`compare`]).
//!
//! Both share how they get there: [`job`] has the runs of a [`results::Task`] computed and keeps
//! the [`results`], [`progress`] tells how far it is, [`plot`] draws a picture of `gil-view` and listens, [`shown`] says what the selected point is,
//! [`numbers`] is the same as a table.

mod compare;
mod numbers;
mod plot;
mod scaling;
mod selected;

pub use compare::Compare;
pub use scaling::Charts;
