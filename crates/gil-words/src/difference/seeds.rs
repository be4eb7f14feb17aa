//! Two scenarios in several seeds: medians, ranges, and what is level.

use gil_sim::metric::Of;
use gil_sim::spread::{Samples, Spread};

use super::rows::Compared;
use crate::quantity;

/// The metrics of two scenarios in the same seeds. With none of either, two runs are all that is
/// known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seeds {
    /// Those of A.
    pub a: Samples,
    /// Those of B.
    pub b: Samples,
}

/// A figure in both, with how far it reaches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pair {
    pub a: Spread,
    pub b: Spread,
}

impl Seeds {
    /// Whether there is more than one run of either.
    pub fn are_several(&self) -> bool {
        self.runs() > 1
    }

    /// The runs of the one that has more: one where nothing is drawn in either.
    pub fn runs(&self) -> usize {
        self.a.len().max(self.b.len())
    }

    /// A metric in both; `None` where only one run of each is known.
    pub(super) fn pair(&self, figure: &Compared) -> Option<Pair> {
        if !self.are_several() {
            return None;
        }
        let (in_a, in_b) = match figure.groups {
            Some((i, j)) => (Of::Group(i), Of::Group(j)),
            None => (Of::Run, Of::Run),
        };
        let a = self.a.spread(figure.metric, in_a)?;
        let b = self.b.spread(figure.metric, in_b)?;
        Some(Pair { a, b })
    }

    /// The figure with medians in place of single runs; `None` where the two are level.
    pub(super) fn settled(&self, figure: Compared) -> Option<Compared> {
        match self.pair(&figure) {
            None => Some(figure),
            Some(pair) if pair.is_level() => None,
            Some(pair) => Some(figure.with_values(pair.a.median, pair.b.median)),
        }
    }
}

impl Pair {
    /// Whether the difference is within the spread.
    pub fn is_level(&self) -> bool {
        self.a.is_level(&self.b)
    }

    /// Both as medians with their ranges.
    pub fn written(&self, figure: &Compared) -> (String, String) {
        let write =
            |spread| crate::short_spread(&spread, |value| quantity(figure.metric.unit, value));
        (write(self.a), write(self.b))
    }
}
