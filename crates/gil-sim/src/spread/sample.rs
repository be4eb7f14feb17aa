//! All metrics of a run, kept when the run itself is gone: a few hundred numbers instead of a
//! trace, so that many seeds can be held and sent around.

use serde::{Deserialize, Serialize};

use super::{Seeds, Spread};
use crate::id::GroupId;
use crate::metric::{METRICS, Metric, Of};
use crate::run::Run;
use crate::scenario::Scenario;

/// The metrics of one run, in the order of [`METRICS`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// Whether the run ended by itself.
    pub is_whole: bool,
    /// Whether anything was drawn: otherwise every seed gives the same.
    pub is_drawn: bool,
    names: Vec<String>,
    run: Vec<Option<f64>>,
    groups: Vec<Vec<Option<f64>>>,
}

impl Sample {
    /// Reads all metrics of the run and of its groups. Speed-ups cost a run of each group alone.
    pub fn of(run: &Run) -> Sample {
        let read = |of: Of| METRICS.iter().map(|metric| metric.read(run, of)).collect();
        let groups =
            (0..run.stats.groups.len()).map(|group| read(Of::Group(GroupId::of(group)))).collect();
        Sample {
            is_whole: run.is_whole(),
            is_drawn: run.trace.is_drawn,
            names: run.stats.groups.iter().map(|group| group.name.clone()).collect(),
            run: read(Of::Run),
            groups,
        }
    }

    /// A metric of the run or of a group; `None` where the run does not have it.
    pub fn get(&self, metric: &Metric, of: Of) -> Option<f64> {
        let values = match of {
            Of::Run => &self.run,
            Of::Group(group) => self.groups.get(group.index())?,
            // Handoffs by reason are looked at in one run.
            Of::Reason(_) => return None,
        };
        let place = METRICS.iter().position(|known| known == metric)?;
        values.get(place).copied().flatten()
    }
}

/// The metrics of runs that differ in their seed alone, the scenario's own seed first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samples(pub Vec<Sample>);

impl Samples {
    /// Runs a scenario with several seeds.
    pub fn of(scenario: &Scenario, seeds: u32) -> Samples {
        Samples(Seeds::new(scenario, seeds).map(|run| Sample::of(&run)).collect())
    }

    /// The number of runs.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no run.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether several runs would all be the same: nothing is drawn.
    pub fn is_certain(&self) -> bool {
        self.0.first().is_some_and(|sample| !sample.is_drawn)
    }

    /// The names of the scenario's groups.
    pub fn groups(&self) -> &[String] {
        self.0.first().map_or(&[], |sample| sample.names.as_slice())
    }

    /// Median and range of a metric; `None` where no run has it.
    pub fn spread(&self, metric: &Metric, of: Of) -> Option<Spread> {
        Spread::of(self.0.iter().map(|sample| sample.get(metric, of)))
    }
}
