//! Who does the same work best, as a question.

use std::collections::BTreeSet;

use gil_sim::compare::{Comparison, Contender, Point, Setting};
use gil_sim::{Python, Strategy};

use crate::task::messages::{Found, Work};
use crate::task::results::{Results, Task};

/// The comparison that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The work and what is varied.
    pub setting: Setting,
    /// The contenders that do the work.
    pub contenders: Vec<Contender>,
    /// Of whom one worker is what speed-ups are against.
    pub baseline: Contender,
}

impl Question {
    /// A comparison against one thread of the default build of the first contender's version.
    pub fn new(setting: Setting, contenders: Vec<Contender>) -> Question {
        let nobody = Contender { python: Python::default(), strategy: Strategy::Threads };
        let baseline = contenders.first().unwrap_or(&nobody).baseline();
        Question { setting, contenders, baseline }
    }

    /// What speed-ups are against: `one thread of 3.11`.
    pub fn against(&self) -> String {
        format!("one thread of {}", self.baseline.python)
    }
}

impl Task for Question {
    type Point = Point;
    type Key = (Contender, u64);
    type Runs = Comparison;

    fn runs(&self) -> Comparison {
        Comparison::new(self.setting.clone(), &self.contenders, self.baseline)
    }

    fn points(&self) -> usize {
        self.runs().points()
    }

    fn work(&self) -> Work {
        Work::Compare {
            setting: Box::new(self.setting.clone()),
            contenders: self.contenders.clone(),
            baseline: self.baseline,
        }
    }

    fn point(found: Found) -> Option<Point> {
        match found {
            Found::Compare(point) => Some(point),
            _ => None,
        }
    }

    fn key(point: &Point) -> (Contender, u64) {
        (point.contender, point.at)
    }

    /// A contender's runs do not depend on who else is compared.
    fn known(&self, earlier: &Results<Question>) -> Vec<Point> {
        let same =
            earlier.question.setting == self.setting && earlier.question.baseline == self.baseline;
        let mine = self.contenders.iter().filter(|_| same);
        let points = mine.flat_map(|contender| earlier.curve(*contender));
        // A point that lacks seeds is run again from the first one on.
        points.filter(|point| point.runs() == self.setting.seeds()).cloned().collect()
    }

    fn rest(&self, have: &Results<Question>) -> Question {
        let missing: BTreeSet<Contender> = self
            .runs()
            .left()
            .filter(|key| have.get(*key).is_none())
            .map(|(contender, _)| contender)
            .collect();
        let contenders = self.contenders.iter().copied().filter(|c| missing.contains(c));
        Question { contenders: contenders.collect(), ..self.clone() }
    }
}

impl Results<Question> {
    /// Points of a contender along the axis.
    pub fn curve(&self, contender: Contender) -> impl DoubleEndedIterator<Item = &Point> {
        self.range((contender, 0)..=(contender, u64::MAX))
    }
}

#[cfg(test)]
pub mod tests {
    use gil_sim::compare::Axis;
    use gil_sim::sweep::Work;

    use super::*;

    /// The usual contenders on a preset's machine.
    pub fn usual(work: Work, axis: Axis) -> Question {
        let scenario = gil_notation::Preset::find("mixed").expect("a preset").scenario();
        let contenders = Contender::usual(&scenario);
        Question::new(Setting::new(&scenario, work, gil_sim::GroupId(0), axis), contenders)
    }

    #[test]
    fn what_is_known_is_not_computed_again() {
        let question = usual(Work::Io, Axis::Cores);
        let results = Results::computed(question.clone());
        let fewer = Question::new(question.setting.clone(), question.contenders[..2].to_vec());
        assert_eq!(fewer.known(&results).len(), 2 * Axis::Cores.values().len());
        let half = Results::computed(fewer);
        let rest = question.rest(&half);
        assert_eq!(rest.contenders, question.contenders[2..]);
        assert_eq!(rest.baseline, question.baseline);
        let other = usual(Work::Io, Axis::Workers);
        assert!(other.known(&results).is_empty());
    }
}
