//! What can be read off a run: the one list of metrics, [`METRICS`].
//!
//! Claims, columns of tables, comparisons, charts and the page's figures name a metric by its key.
//! Here stands what it means, its unit, which way is better, and how it is read. A metric that a
//! run does not have is `None`.
//!
//! ```
//! use gil_sim::metric::{Metric, Of};
//! use gil_sim::{Dist, Group, GroupId, Nanos, Run, Scenario, Spec, Step};
//!
//! let steps = vec![Step::Python { work: Dist::Fixed(Nanos::from_millis(20)), check: None }];
//! let groups = vec![Group::new("count", steps)];
//! let run = Run::of(Scenario::new(Spec { groups, ..Spec::default() }).unwrap());
//! let pass = Metric::find("pass_p99").unwrap();
//! assert_eq!(pass.read(&run, Of::Group(GroupId(0))), Some(20e6));
//! let response = Metric::find("response_p99").unwrap();
//! assert_eq!(response.read(&run, Of::Group(GroupId(0))), None, "nobody asks this group for anything");
//! ```

mod list;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::run::Run;
use crate::trace::{DropReason, GroupId};

pub use list::METRICS;

/// What a value measures. Times are in nanoseconds, everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// A count, or an average of counts.
    #[serde(rename = "count")]
    Number,
    /// A factor between two values.
    #[serde(rename = "factor")]
    Factor,
    /// A time in nanoseconds.
    #[serde(rename = "ns")]
    Time,
    /// So many per second.
    #[serde(rename = "per_s")]
    Rate,
    /// A share of 1.
    #[serde(rename = "share")]
    Share,
    /// Bytes.
    #[serde(rename = "bytes")]
    Bytes,
}

impl Unit {
    /// What it is called in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Number | Unit::Factor => "a plain number",
            Unit::Time => "a time",
            Unit::Rate => "a rate per second",
            Unit::Share => "a share in percent",
            Unit::Bytes => "an amount of memory",
        }
    }

    /// How a field of this unit ends in machine formats: `ns`, `per_s`, `bytes`, `share`; nothing
    /// for a plain number.
    pub fn suffix(self) -> &'static str {
        match self {
            Unit::Number | Unit::Factor => "",
            Unit::Time => "ns",
            Unit::Rate => "per_s",
            Unit::Share => "share",
            Unit::Bytes => "bytes",
        }
    }

    /// Whether it is a plain number, of things or of times as much.
    pub fn is_plain(self) -> bool {
        matches!(self, Unit::Number | Unit::Factor)
    }
}

/// The direction of a metric that is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// The more the better.
    More,
    /// The less the better.
    Less,
    /// Neither is better in itself.
    Neither,
}

/// What a metric can be asked of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The whole run.
    Run,
    /// A group.
    Group,
    /// The whole run or a group.
    Either,
    /// The whole run, or the part with one reason for letting go of the GIL.
    Reason,
}

/// What a metric is asked of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The whole run.
    Run,
    /// A group.
    Group(GroupId),
    /// The handoffs for this reason.
    Reason(DropReason),
}

/// A metric.
pub struct Metric {
    /// Its name in claims and machine formats: `response_p99`.
    pub key: &'static str,
    /// What people call it, to stand within a sentence: `response p99`.
    pub title: &'static str,
    /// What it is, as a sentence without its full stop.
    pub meaning: &'static str,
    /// What its values measure.
    pub unit: Unit,
    /// The direction that is better.
    pub better: Better,
    read: Read,
}

/// How a metric is read off a run.
enum Read {
    Run(fn(&Run) -> Option<f64>),
    Group(fn(&Run, GroupId) -> Option<f64>),
    Either(fn(&Run, Option<GroupId>) -> Option<f64>),
    Reason(fn(&Run, Option<DropReason>) -> Option<f64>),
}

/// Names that metrics had before, with what they are called now.
pub const ALIASES: [(&str, &str); 5] = [
    ("p50", "wakeup_p50"),
    ("p95", "wakeup_p95"),
    ("p99", "wakeup_p99"),
    ("worst", "wakeup_max"),
    ("requests", "drop_requests"),
];

impl Metric {
    /// The metric of this name, an earlier name included.
    pub fn find(name: &str) -> Option<&'static Metric> {
        let renamed = ALIASES.iter().find(|(old, _)| *old == name);
        let key = renamed.map_or(name, |(_, new)| *new);
        METRICS.iter().find(|metric| metric.key == key)
    }

    /// What it can be asked of.
    pub fn scope(&self) -> Scope {
        match self.read {
            Read::Run(_) => Scope::Run,
            Read::Group(_) => Scope::Group,
            Read::Either(_) => Scope::Either,
            Read::Reason(_) => Scope::Reason,
        }
    }

    /// Its name in machine formats, with the unit: `response_p99_ns`, `throughput_per_s`.
    pub fn field(&self) -> String {
        match self.unit.suffix() {
            "" => self.key.to_owned(),
            suffix => format!("{}_{suffix}", self.key),
        }
    }

    /// The value; `None` where the run does not have it, or it cannot be asked of this.
    pub fn read(&self, run: &Run, of: Of) -> Option<f64> {
        let value = match (&self.read, of) {
            (Read::Run(read), Of::Run) => read(run),
            (Read::Group(read), Of::Group(group)) => read(run, group),
            (Read::Either(read), Of::Run) => read(run, None),
            (Read::Either(read), Of::Group(group)) => read(run, Some(group)),
            (Read::Reason(read), Of::Run) => read(run, None),
            (Read::Reason(read), Of::Reason(reason)) => read(run, Some(reason)),
            _ => None,
        };
        value.filter(|value| value.is_finite())
    }
}

impl PartialEq for Metric {
    fn eq(&self, other: &Metric) -> bool {
        self.key == other.key
    }
}

impl fmt::Debug for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key)
    }
}
