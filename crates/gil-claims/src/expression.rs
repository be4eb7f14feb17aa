//! What a claim says, as a tree.

use std::ops::Range;

use crate::error::{Error, Fault};
use crate::lab::Lab;
use crate::metric::{Arguments, Metric};
use crate::parser::parse;
use crate::quantity::{Quantity, Unit};
use gil_sim::Scenario;

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
    Metric(&'static Metric, Arguments),
    Pair(Box<Expression>, Operator, Box<Expression>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
}

/// The value of an expression that stands by itself, as one side of a claim: `p99(io) * 2`.
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
            Node::Metric(..) => true,
            Node::Pair(left, _, right) => left.has_metric() || right.has_metric(),
        }
    }

    pub(crate) fn value(&self, scenario: &Scenario, lab: &mut Lab) -> Result<Quantity, Fault> {
        match &self.node {
            Node::Value(value) => Ok(*value),
            Node::Metric(metric, arguments) => metric.of(scenario, arguments, &self.span, lab),
            Node::Pair(left, operator, right) => {
                let (left, right) = (left.value(scenario, lab)?, right.value(scenario, lab)?);
                combine(left, *operator, right, &self.span)
            }
        }
    }
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
    match (operator, left.unit, right.unit) {
        (Operator::Plus, a, b) if a == b => of(left.value + right.value, a),
        (Operator::Minus, a, b) if a == b => of(left.value - right.value, a),
        (Operator::Over, a, b) if a == b => of(left.value / right.value, Unit::One),
        (Operator::Over, a, Unit::One) => of(left.value / right.value, a),
        (Operator::Times, a, Unit::One | Unit::Share) => of(left.value * right.value, a),
        (Operator::Times, Unit::One | Unit::Share, b) => of(left.value * right.value, b),
        (Operator::Times, Unit::Rate, Unit::Time) | (Operator::Times, Unit::Time, Unit::Rate) => {
            of(left.value * right.value, Unit::One)
        }
        (Operator::Over, Unit::One, Unit::Time) => of(left.value / right.value, Unit::Rate),
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
