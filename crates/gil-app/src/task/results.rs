//! Questions that take many runs to answer, and what has been found so far.

use std::collections::BTreeMap;
use std::ops::RangeBounds;

use super::messages::{Found, Work};

/// A question that many runs answer, one after the other.
pub trait Task: Clone + PartialEq + 'static {
    /// What one run gives.
    type Point: Clone + PartialEq + 'static;
    /// What tells points apart, in the order of lines and along them.
    type Key: Copy + Ord + 'static;
    /// The runs, each computed when it is asked for.
    type Runs: ExactSizeIterator<Item = Self::Point> + 'static;

    /// All runs, computed where this is called.
    fn runs(&self) -> Self::Runs;

    /// How many different points they give: fewer than runs where points come again, refined.
    fn points(&self) -> usize {
        self.runs().len()
    }

    /// The same as work for the worker.
    fn work(&self) -> Work;

    /// What the worker has found, where it is an answer to this kind of question.
    fn point(found: Found) -> Option<Self::Point>;

    /// The key of a point.
    fn key(point: &Self::Point) -> Self::Key;

    /// The points of earlier results that answer this question too.
    fn known(&self, earlier: &Results<Self>) -> Vec<Self::Point> {
        let same = earlier.complete && earlier.question == *self;
        if same { earlier.points.values().cloned().collect() } else { Vec::new() }
    }

    /// What is left of the question with these results at hand.
    fn rest(&self, _have: &Results<Self>) -> Self {
        self.clone()
    }
}

/// The points that are there.
#[derive(Clone, Debug, PartialEq)]
pub struct Results<T: Task> {
    /// The question that was asked.
    pub question: T,
    /// Whether all points are there.
    pub complete: bool,
    points: BTreeMap<T::Key, T::Point>,
}

impl<T: Task> Results<T> {
    /// No results yet.
    pub fn new(question: T) -> Results<T> {
        Results { question, complete: false, points: BTreeMap::new() }
    }

    /// Takes in a point.
    pub fn add(&mut self, point: T::Point) {
        self.points.insert(T::key(&point), point);
    }

    /// How many points there are.
    pub fn len(&self) -> usize {
        self.points.len()
    }

    /// The points between two keys.
    pub fn range(
        &self,
        keys: impl RangeBounds<T::Key>,
    ) -> impl DoubleEndedIterator<Item = &T::Point> {
        self.points.range(keys).map(|(_, point)| point)
    }

    /// The point with this key.
    pub fn get(&self, key: T::Key) -> Option<&T::Point> {
        self.points.get(&key)
    }
}

#[cfg(test)]
impl<T: Task> Results<T> {
    /// All points, natively in a moment.
    pub fn computed(question: T) -> Results<T> {
        let mut results = Results::new(question);
        results.question.runs().for_each(|point| results.add(point));
        results.complete = true;
        results
    }
}
