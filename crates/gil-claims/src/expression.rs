//! What a claim says, as a tree.

use std::ops::Range;

use crate::error::{Error, Fault};
use crate::lab::Lab;
use crate::metric::Asked;
use crate::parser::parse;
use crate::quantity::Quantity;
use gil_sim::Scenario;
use gil_sim::metric::Unit;

/// `<`, `<=`, `>`, `>=` or `==`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `==`
    Equal,
}

impl Comparison {
    /// Whether it holds between two values.
    pub fn holds(self, left: f64, right: f64) -> bool {
        match self {
            Comparison::Less => left < right,
            Comparison::AtMost => left <= right,
            Comparison::More => left > right,
            Comparison::AtLeast => left >= right,
            Comparison::Equal => left == right,
        }
    }
}

/// What has a value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expression {
    pub(crate) node: Node,
    pub(crate) span: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Value(Quantity),
    Metric(Asked),
    Pair(Box<Expression>, Operator, Box<Expression>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
}

/// The value of an expression that stands by itself, as one side of a claim: `wakeup_p99(io) * 2`.
///
/// # Errors
/// The first thing that is wrong with the text, where a group or a setting does not fit the
/// scenario, or the run has no such figure.
pub fn evaluate(text: &str, scenario: &Scenario, lab: &mut Lab) -> Result<Quantity, Error> {
    let expression = parse(text, |parser| parser.expression());
    let value = expression.and_then(|expression| expression.value(scenario, lab));
    value.map_err(|fault| fault.within(text))
}

impl Expression {
    /// Whether anything in it is read off a run.
    pub(crate) fn has_metric(&self) -> bool {
        match &self.node {
            Node::Value(_) => false,
            Node::Metric(_) => true,
            Node::Pair(left, _, right) => left.has_metric() || right.has_metric(),
        }
    }

    /// All metrics in it, from left to right.
    pub(crate) fn metrics(&self) -> Vec<&Asked> {
        match &self.node {
            Node::Value(_) => Vec::new(),
            Node::Metric(asked) => vec![asked],
            Node::Pair(left, _, right) => [left.metrics(), right.metrics()].concat(),
        }
    }

    pub(crate) fn value(&self, scenario: &Scenario, lab: &mut Lab) -> Result<Quantity, Fault> {
        match &self.node {
            Node::Value(value) => Ok(*value),
            Node::Metric(asked) => asked.of(scenario, &self.span, lab),
            Node::Pair(left, operator, right) => {
                let (left, right) = (left.value(scenario, lab)?, right.value(scenario, lab)?);
                combine(left, *operator, right, &self.span)
            }
        }
    }
}

/// Nanoseconds of a second.
const SECOND: f64 = 1e9;

/// Whether two values measure the same.
pub(crate) fn is_same(a: Unit, b: Unit) -> bool {
    a == b || (a.is_plain() && b.is_plain())
}

fn combine(
    left: Quantity,
    operator: Operator,
    right: Quantity,
    span: &Range<usize>,
) -> Result<Quantity, Fault> {
    let of = |value, unit| Ok(Quantity { value, unit });
    if operator == Operator::Over && right.value == 0.0 {
        return Err(Fault::new("this is a division by zero", span.clone()));
    }
    let plain = |unit: Unit| unit.is_plain();
    match (operator, left.unit, right.unit) {
        (Operator::Plus, a, b) if is_same(a, b) => of(left.value + right.value, a),
        (Operator::Minus, a, b) if is_same(a, b) => of(left.value - right.value, a),
        (Operator::Over, a, b) if is_same(a, b) => of(left.value / right.value, Unit::Factor),
        (Operator::Over, a, b) if plain(b) => of(left.value / right.value, a),
        (Operator::Times, a, b) if plain(b) || b == Unit::Share => of(left.value * right.value, a),
        (Operator::Times, a, b) if plain(a) || a == Unit::Share => of(left.value * right.value, b),
        (Operator::Times, Unit::Rate, Unit::Time) | (Operator::Times, Unit::Time, Unit::Rate) => {
            of(left.value * right.value / SECOND, Unit::Number)
        }
        (Operator::Over, a, Unit::Time) if plain(a) => {
            of(left.value * SECOND / right.value, Unit::Rate)
        }
        _ => {
            let message = format!(
                "{} and {} cannot be put together like this",
                left.unit.name(),
                right.unit.name()
            );
            Err(Fault::new(message, span.clone()))
        }
    }
}
