//! How a group's work scales with its threads, as a task of the worker.

use gil_sim::sweep::{Point, Sweep, Work};
use gil_view::scaling::{Question, Swept};

use crate::task::messages::{self, Found};
use crate::task::results::{Results, Task};

impl Task for Question {
    type Point = (Work, Point);
    type Key = (Work, u16);
    type Runs = Sweep;

    fn runs(&self) -> Sweep {
        self.runs()
    }

    fn points(&self) -> usize {
        self.runs().points()
    }

    fn work(&self) -> messages::Work {
        messages::Work::Sweep { scenario: Box::new(self.scenario.clone()), group: self.group }
    }

    fn point(found: Found) -> Option<(Work, Point)> {
        match found {
            Found::Sweep(work, point) => Some((work, point)),
            _ => None,
        }
    }

    fn key((work, point): &(Work, Point)) -> (Work, u16) {
        (*work, point.threads)
    }
}

impl Results<Question> {
    /// The same for the chart.
    pub fn swept(&self) -> Swept<'_> {
        Swept::new(&self.question, self.range(..))
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// All points of a preset.
    pub fn computed(key: &str) -> Results<Question> {
        let scenario = gil_notation::Preset::find(key).expect("a preset").scenario();
        Results::computed(Question::usual(&scenario))
    }

    #[test]
    fn the_chart_has_all_points() {
        let results = computed("cpu");
        let swept = results.swept();
        assert_eq!(results.len(), 36);
        assert_eq!(Work::ALL.map(|work| swept.curve(work).count()), [12, 12, 12]);
    }
}
