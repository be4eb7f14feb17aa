//! Reads claims. By hand rather than by a parser library: five rules, each of which knows its
//! place for the error.

use std::ops::Range;

use crate::error::Fault;
use crate::expression::{Comparison, Expression, Node, Operator};
use crate::metric::{Argument, Arguments, Asked};
use crate::quantity::Quantity;
use gil_sim::metric::{METRICS, Metric, Unit};

/// Parentheses within each other, at most.
const DEEPEST: usize = 32;

/// Bytes of a claim, at most: what is evaluated term by term must end.
const LONGEST: usize = 2_000;

pub(crate) fn parse<T>(
    text: &str,
    rule: impl FnOnce(&mut Parser) -> Result<T, Fault>,
) -> Result<T, Fault> {
    if text.len() > LONGEST {
        let place = text.floor_char_boundary(LONGEST)..text.len();
        return Err(Fault::new(format!("a claim has at most {LONGEST} characters"), place));
    }
    let mut parser = Parser { text, at: 0, depth: 0 };
    let found = rule(&mut parser)?;
    parser.skip_space();
    match parser.rest() {
        "" => Ok(found),
        _ => Err(Fault::new("expected the end of the claim here", parser.next_char())),
    }
}

pub(crate) struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn next_char(&self) -> Range<usize> {
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        self.at..self.at + length
    }

    /// Goes past a symbol if it is next.
    fn eat(&mut self, symbol: &str) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(symbol);
        if found {
            self.at += symbol.len();
        }
        found
    }

    fn expect(&mut self, symbol: &str) -> Result<(), Fault> {
        match self.eat(symbol) {
            true => Ok(()),
            false => Err(Fault::new(format!("expected {symbol:?} here"), self.next_char())),
        }
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> (&'a str, Range<usize>) {
        self.skip_space();
        let start = self.at;
        let length = self.rest().find(|c| !wanted(c)).unwrap_or(self.rest().len());
        self.at += length;
        (&self.text[start..self.at], start..self.at)
    }

    pub fn claim(&mut self) -> Result<(Expression, Comparison, Expression), Fault> {
        let left = self.expression()?;
        let comparison = self.comparison()?;
        Ok((left, comparison, self.expression()?))
    }

    fn comparison(&mut self) -> Result<Comparison, Fault> {
        // The longer ones first.
        let all = [
            ("<=", Comparison::AtMost),
            (">=", Comparison::AtLeast),
            ("==", Comparison::Equal),
            ("<", Comparison::Less),
            (">", Comparison::More),
        ];
        let found = all.into_iter().find(|(symbol, _)| self.eat(symbol));
        found.map(|(_, comparison)| comparison).ok_or_else(|| {
            Fault::new("expected a comparison here", self.next_char())
                .help("a comparison is one of <, <=, >, >=, ==")
        })
    }

    pub fn expression(&mut self) -> Result<Expression, Fault> {
        let operators = [("+", Operator::Plus), ("-", Operator::Minus)];
        self.chain(&operators, Parser::product)
    }

    fn product(&mut self) -> Result<Expression, Fault> {
        self.chain(&[("*", Operator::Times), ("/", Operator::Over)], Parser::atom)
    }

    fn chain(
        &mut self,
        operators: &[(&str, Operator)],
        part: fn(&mut Self) -> Result<Expression, Fault>,
    ) -> Result<Expression, Fault> {
        let mut left = part(self)?;
        while let Some((_, operator)) = operators.iter().find(|(symbol, _)| self.eat(symbol)) {
            let right = part(self)?;
            let span = left.span.start..right.span.end;
            let node = Node::Pair(Box::new(left), *operator, Box::new(right));
            left = Expression { node, span };
        }
        Ok(left)
    }

    fn atom(&mut self) -> Result<Expression, Fault> {
        self.skip_space();
        let start = self.at;
        let node = match self.rest().chars().next() {
            Some('(') => return self.parenthesis(),
            Some(c) if c.is_ascii_digit() => Node::Value(self.number()?),
            Some(c) if c.is_ascii_alphabetic() => self.metric()?,
            found => {
                let fault = Fault::new("expected a number or a metric here", self.next_char());
                return Err(fault.help(match found {
                    Some('-') => "there are no negative numbers: bring it to the other side",
                    _ => "a claim is written as in p99(io) <= 10 ms",
                }));
            }
        };
        Ok(Expression { node, span: start..self.at })
    }

    fn parenthesis(&mut self) -> Result<Expression, Fault> {
        if self.depth == DEEPEST {
            return Err(Fault::new("too many parentheses within each other", self.next_char()));
        }
        self.depth += 1;
        self.expect("(")?;
        let inner = self.expression()?;
        self.expect(")")?;
        self.depth -= 1;
        Ok(inner)
    }

    fn number(&mut self) -> Result<Quantity, Fault> {
        let (digits, span) = self.take_while(|c| c.is_ascii_digit() || c == '.' || c == '_');
        let value = digits.replace('_', "").parse::<f64>();
        let value = value.map_err(|_| Fault::new(format!("{digits:?} is no number"), span))?;
        let (unit, factor) = self.unit()?;
        Ok(Quantity { value: value * factor, unit })
    }

    fn unit(&mut self) -> Result<(Unit, f64), Fault> {
        if self.eat("%") {
            return Ok((Unit::Share, 0.01));
        }
        self.skip_space();
        // Not the division by something that begins with an s.
        let per_second = self.rest().strip_prefix("/s").filter(|rest| !rest.starts_with(is_name));
        if per_second.is_some() {
            self.at += 2;
            return Ok((Unit::Rate, 1.0));
        }
        let (name, span) = self.take_while(|c| c.is_ascii_alphabetic());
        UNITS
            .iter()
            .find(|(unit, ..)| unit.eq_ignore_ascii_case(name))
            .map(|(_, unit, factor)| (*unit, *factor))
            .ok_or_else(|| {
                let names: Vec<&str> = UNITS.iter().map(|(name, ..)| *name).collect();
                Fault::unknown("unit", name, &[&names[..], &["%", "/s"]].concat(), span)
            })
    }

    fn metric(&mut self) -> Result<Node, Fault> {
        let (name, span) = self.take_while(is_name);
        let metric = Metric::find(name).ok_or_else(|| {
            let names: Vec<&str> = METRICS.iter().map(|metric| metric.key).collect();
            Fault::unknown("metric", name, &names, span)
        })?;
        self.expect("(")?;
        let mut arguments = Vec::new();
        while !self.eat(")") {
            if !arguments.is_empty() {
                self.expect(",")?;
            }
            arguments.push(self.argument()?);
        }
        let (name, arguments) = (name.to_owned(), Arguments(arguments));
        Ok(Node::Metric(Asked { metric, name, arguments }))
    }

    fn argument(&mut self) -> Result<Argument, Fault> {
        // A key may be a field of a group: `web.rate=200`.
        let (name, span) = self.take_while(|c| is_name(c) || c == '.');
        if name.is_empty() {
            return Err(Fault::new("expected a group or a setting here", self.next_char()));
        }
        if !self.eat("=") {
            return Ok(Argument { key: None, value: name.to_owned(), span });
        }
        // Whatever the notation may have in a setting's value.
        let (value, behind) = self.take_while(|c| is_name(c) || ".-:+@".contains(c));
        let span = span.start..behind.end;
        Ok(Argument { key: Some(name.to_owned()), value: value.to_owned(), span })
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

const UNITS: [(&str, Unit, f64); 8] = [
    ("", Unit::Number, 1.0),
    ("ns", Unit::Time, 1.0),
    ("us", Unit::Time, 1e3),
    ("ms", Unit::Time, 1e6),
    ("s", Unit::Time, 1e9),
    ("b", Unit::Bytes, 1.0),
    ("kib", Unit::Bytes, 1024.0),
    ("mib", Unit::Bytes, 1024.0 * 1024.0),
];
