//! The reality check as a task, and what it has found so far.

use std::iter::Enumerate;
use std::rc::Rc;

use crate::task::messages::{Found, Work};
use crate::task::reality::{Checked, Dataset, Orders, Part, Parts};
use crate::task::results::{Results, Task};

/// A data set and what is known of it.
#[derive(Clone, PartialEq)]
pub struct Shown {
    /// The data set itself.
    pub set: Dataset,
    /// Its figures, those of a kind together.
    pub families: Vec<Rc<Vec<Checked>>>,
    /// Its comparisons, when all figures are there.
    pub orders: Option<Orders>,
}

impl Shown {
    /// All figures of the data set.
    pub fn figures(&self) -> impl Iterator<Item = &Checked> {
        self.families.iter().flat_map(|family| family.iter())
    }
}

/// The check as a question: there is only one.
#[derive(Clone, Debug, PartialEq)]
pub struct RealityCheck;

impl Task for RealityCheck {
    type Point = (usize, Part);
    type Key = usize;
    type Runs = Enumerate<Parts>;

    fn runs(&self) -> Enumerate<Parts> {
        Parts::new().enumerate()
    }

    fn work(&self) -> Work {
        Work::Reality
    }

    fn point(found: Found) -> Option<(usize, Part)> {
        match found {
            Found::Reality(number, part) => Some((number, part)),
            _ => None,
        }
    }

    fn key((number, _): &(usize, Part)) -> usize {
        *number
    }
}

/// What is known of all data sets.
#[derive(Clone, Default, PartialEq)]
pub struct Check {
    /// The data sets, as far as they are known.
    pub datasets: Vec<Rc<Shown>>,
}

impl Check {
    /// What the parts so far say.
    pub fn of(results: &Results<RealityCheck>) -> Check {
        let mut check = Check::default();
        results.range(..).for_each(|(_, part)| check.add(part.clone()));
        check
    }

    fn add(&mut self, part: Part) {
        if let Part::Dataset(set) = part {
            self.datasets.push(Rc::new(Shown { set, families: Vec::new(), orders: None }));
            return;
        }
        let Some(last) = self.datasets.last_mut() else { return };
        let last = Rc::make_mut(last);
        match part {
            Part::Figures(figures) if !figures.is_empty() => last.families.push(Rc::new(figures)),
            Part::Orders(orders) => last.orders = Some(orders),
            Part::Figures(_) | Part::Dataset(_) => {}
        }
    }
}
