//! Claims about scenarios that the simulation checks: `speedup(cpu, threads=4) < 1.2`.
//!
//! A [`Sheet`] is a file with scenarios and claims, as a team keeps one in its repository; a lesson
//! has one in its front matter. A [`Claim`] is checked by simulating what it speaks of.
//!
//! ```
//! use gil_claims::{Lab, Sheet};
//!
//! let sheet = Sheet::parse(
//!     r#"
//! [scenarios]
//! count = "v1/count:4:py-20ms"
//!
//! [[claims]]
//! name = "four"
//! scenario = "count"
//! holds = "speedup(count) < 1.1"
//! reason = "one GIL, one thread at a time"
//! "#,
//! )?;
//! let mut lab = Lab::default();
//! let found = sheet.claims[0].check(&sheet.scenarios["count"], &mut lab)?;
//! assert!(found.holds);
//! # Ok::<(), gil_claims::Error>(())
//! ```
//!
//! # Grammar
//!
//! ```text
//! claim    = sum ( "<" | "<=" | ">" | ">=" | "==" ) sum ;
//! sum      = product { ( "+" | "-" ) product } ;
//! product  = atom { ( "*" | "/" ) atom } ;
//! atom     = number [ unit ] | metric | "(" sum ")" ;
//! metric   = name "(" [ argument { "," argument } ] ")" ;
//! argument = name | key "=" value ;
//! unit     = "ns" | "us" | "ms" | "s" | "%" | "/s" | "b" | "kib" | "mib" ;
//! ```
//!
//! The names of the metrics are those of [`METRICS`], which are `gil-sim`'s. An argument without a key names a group, or the
//! reason of a handoff; one with a key changes the scenario for this metric: `threads=8` the
//! threads of the group, `strategy=fork` what runs it, `web.rate=200` or `web.io=30ms` a field of
//! any group ([`vary::FIELDS`]), and every setting of the notation, as `si=1ms` or `py=3.14t`. Where no group is named, one that a sweep would vary is taken.
//!
//! # Several seeds
//!
//! A percentile of one run is one draw. With `seeds = 5` beside `holds`, or for all claims under
//! `[settings]`, a claim is checked in five runs whose seeds are the scenario's own and the four
//! that follow, and holds only where it holds in every one: that is what a promise means.
//! `seeds=5` as an argument, as in `response_p99(web, seeds=5)`, makes that one figure the median
//! of five runs: for what is typical rather than promised.

mod error;
mod expression;
mod lab;
mod metric;
mod parser;
mod quantity;
mod seeds;
mod sheet;
pub mod vary;

pub use error::Error;
pub use expression::{Comparison, evaluate};
pub use gil_sim::metric::{METRICS, Metric, Unit};
pub use lab::Lab;
pub use metric::takes;
pub use quantity::Quantity;
pub use seeds::{Ranged, evaluate_all_in, evaluate_in};
pub use sheet::{Claim, Found, Sheet, holds};
pub use vary::{Target, vary};
