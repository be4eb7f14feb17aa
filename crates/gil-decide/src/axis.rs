//! What is varied to see when the answer changes.

use gil_sim::program::{parts_mut, walk};
use gil_sim::{Repeat, Scenario, Step, bounds};
use gil_words::{count, number};
use serde::{Deserialize, Serialize};

use crate::build::compute;
use crate::candidate::workers;
use crate::question::Question;
use crate::steps::{calls, holds_gil, scaled};
use crate::words::{bytes, rounded};

/// What is varied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Axis {
    /// How often requests arrive, in percent of what it is.
    Load,
    /// Cores.
    Cores,
    /// Members of the group.
    Workers,
    /// CPU time of a pass with the GIL, in percent of what it is.
    Computing,
    /// Bytes of a job's arguments and of its result.
    Data,
    /// Jobs, or passes of each member, in percent of what they are.
    Amount,
}

impl Axis {
    /// All of them.
    pub const ALL: [Axis; 6] =
        [Axis::Load, Axis::Cores, Axis::Workers, Axis::Computing, Axis::Data, Axis::Amount];

    /// Where it stands in the question; `None` where it has no such thing.
    pub(crate) fn now(self, question: &Question) -> Option<u64> {
        let group = question.group();
        let percent = |has: bool| has.then_some(100);
        match self {
            Axis::Load => percent(matches!(group.repeat, Repeat::Arrivals { .. })),
            Axis::Cores => Some(u64::from(question.scenario.spec().machine.cores)),
            Axis::Workers => Some(u64::from(group.count)),
            Axis::Computing => percent(holds_gil(&group.steps) > 0.0),
            Axis::Data => job_size(question),
            Axis::Amount => percent(matches!(group.repeat, Repeat::Times(_) | Repeat::Jobs(_))),
        }
    }

    /// The ends that are tried, the nearer first.
    pub(crate) fn ends(self) -> [u64; 2] {
        match self {
            Axis::Load => [400, 10],
            Axis::Cores => [1, 32],
            Axis::Workers => [1, 64],
            Axis::Computing => [10, 1_000],
            Axis::Data => [1 << 10, 16 << 20],
            Axis::Amount => [10, 2_000],
        }
    }

    /// The question with another value.
    pub(crate) fn apply(self, question: &Question, value: u64) -> Option<Question> {
        let mut spec = question.scenario.spec().clone();
        let mine = question.group;
        match self {
            Axis::Load => {
                let Repeat::Arrivals { every, .. } = &mut spec.group_mut(mine)?.repeat else {
                    return None;
                };
                *every = scaled(*every, 10_000 / value.max(1));
            }
            Axis::Cores => {
                let cores = u16::try_from(value).ok()?;
                spec.machine = spec.machine.resized(cores);
            }
            Axis::Workers => spec.group_mut(mine)?.count = u16::try_from(value).ok()?,
            Axis::Computing => compute(&mut spec.group_mut(mine)?.steps, value),
            Axis::Data => {
                spec.groups.iter_mut().for_each(|group| resize(&mut group.steps, value));
            }
            Axis::Amount => amount(&mut spec.group_mut(mine)?.repeat, value),
        }
        let scenario = Scenario::new(spec).ok()?;
        Some(Question { scenario, ..question.clone() })
    }

    /// A value in words, after "with".
    pub(crate) fn words(self, question: &Question, value: u64) -> String {
        let group = question.group();
        let name = &group.name;
        let times = times(value);
        match self {
            Axis::Load => format!("{times} times today's requests for {name}"),
            Axis::Cores => count(value as usize, "core"),
            Axis::Workers => format!("{} of {name}", workers(group.strategy, value as u16)),
            Axis::Computing => format!("{times} times the computing in a pass of {name}"),
            Axis::Data => format!("{} for each job", bytes(value)),
            Axis::Amount => format!("{times} times the work of {name}"),
        }
    }

    /// A value in words where it has been said what it is of.
    pub(crate) fn short(self, question: &Question, value: u64) -> String {
        match self {
            Axis::Load | Axis::Computing | Axis::Amount => format!("{} times", times(value)),
            Axis::Workers => value.to_string(),
            Axis::Cores | Axis::Data => self.words(question, value),
        }
    }

    /// That it stays on this side of a value, as a sentence that can be ticked.
    pub(crate) fn within(self, question: &Question, value: u64, is_most: bool) -> String {
        let group = question.group();
        let name = &group.name;
        let few = if is_most { "fewer" } else { "more" };
        let less = if is_most { "less" } else { "more" };
        let times = times(value);
        match self {
            Axis::Load => {
                format!("Requests for {name} arrive {less} than {times} times as often as today")
            }
            Axis::Cores => format!("The machine has {few} than {}", count(value as usize, "core")),
            Axis::Workers => {
                format!("{name} has {few} than {}", workers(group.strategy, value as u16))
            }
            Axis::Computing => {
                format!("A pass of {name} computes {less} than {times} times as long as today")
            }
            Axis::Data => format!("A job carries {less} than {}", bytes(value)),
            Axis::Amount => format!("{name} has {less} than {times} times today's work"),
        }
    }
}

/// Percent as a factor, rounded to what a search by halves supports.
fn times(percent: u64) -> String {
    number(rounded(percent as f64 / 100.0, 2))
}

fn amount(repeat: &mut Repeat, percent: u64) {
    let most = u64::from(*bounds::TIMES.end());
    if let Repeat::Times(n) | Repeat::Jobs(n) = repeat {
        *n = (u64::from(*n) * percent / 100).clamp(1, most) as u32;
    }
}

/// Bytes of the largest job that is handed over to or by the group.
fn job_size(question: &Question) -> Option<u64> {
    let groups = &question.scenario.spec().groups;
    let involved = calls(&question.group().steps) || question.group().repeat == Repeat::Serve;
    let sizes = groups.iter().flat_map(|group| walk(&group.steps)).filter_map(|step| match step {
        Step::Call { bytes, .. } => Some(*bytes),
        _ => None,
    });
    sizes.max().filter(|_| involved)
}

fn resize(steps: &mut [Step], size: u64) {
    for step in parts_mut(steps) {
        if let Step::Call { bytes, .. } = step {
            *bytes = size;
        }
    }
}
