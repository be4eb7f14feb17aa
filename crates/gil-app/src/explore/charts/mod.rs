//! Charts that take many runs, computed in a worker: how the work scales with the number of
//! threads ([`scaling`]), and which Python and strategy does it best ([`compare`]).
//!
//! Each is a [`Task`](crate::task::results::Task). Both share what shows it: [`plot`] draws a picture
//! of `gil-view` and listens, [`selected`] says what the selected point is, [`numbers`] is the same
//! as a table.

mod compare;
mod numbers;
mod plot;
mod scaling;
mod selected;

pub use compare::Compare;
pub use scaling::Charts;
