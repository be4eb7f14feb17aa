//! The protocol of each Python as short pseudo-code, with the place in CPython's source that each
//! line follows.

mod around;
mod free;
mod interval;
mod ticks;

use gil_sim::{Protocol, Python, Spec};

use crate::line::LineId;
use crate::source::{Place, Source};

/// A line of pseudo-code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: LineId,
    /// How far it is indented, in levels.
    pub indent: usize,
    /// What it says.
    pub text: &'static str,
    /// What it follows in CPython, where it is CPython's.
    pub source: Option<Source>,
}

/// A function of the listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// The protocol of a Python, as far as a scenario can come to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// What this protocol is, in a sentence.
    pub about: &'static str,
    /// Its functions, in the order in which a thread first comes to them.
    pub functions: Vec<Function>,
}

impl Listing {
    /// The listing for a scenario: garbage collection, asyncio and objects' locks are in it only
    /// where the scenario has them.
    pub fn of(spec: &Spec) -> Listing {
        match spec.protocol() {
            Protocol::Ticks => ticks::listing(spec),
            Protocol::Interval(scope) => interval::listing(spec, scope),
            Protocol::Free => free::listing(spec),
        }
    }

    /// All lines, from top to bottom. A line's number is its place here, counted from 1.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.functions.iter().flat_map(|function| &function.lines)
    }

    /// A line.
    pub fn line(&self, id: LineId) -> Option<&Line> {
        self.lines().find(|line| line.id == id)
    }

    /// The number of a line, counted from 1.
    pub fn number(&self, id: LineId) -> Option<usize> {
        self.lines().position(|line| line.id == id).map(|index| index + 1)
    }

    /// The line with a number.
    pub fn numbered(&self, number: usize) -> Option<&Line> {
        self.lines().nth(number.checked_sub(1)?)
    }

    /// The name of the function that a line is in.
    pub fn function_of(&self, id: LineId) -> Option<&'static str> {
        let has = |function: &&Function| function.lines.iter().any(|line| line.id == id);
        self.functions.iter().find(has).map(|function| function.name)
    }
}

/// A function in the making.
struct Lines {
    python: Python,
    name: &'static str,
    lines: Vec<Line>,
}

impl Lines {
    fn new(python: Python, name: &'static str) -> Lines {
        Lines { python, name, lines: Vec::new() }
    }

    fn line(
        self,
        id: LineId,
        indent: usize,
        text: &'static str,
        place: impl Into<Option<Place>>,
    ) -> Lines {
        self.line_if(true, id, indent, text, place)
    }

    fn line_if(
        mut self,
        there: bool,
        id: LineId,
        indent: usize,
        text: &'static str,
        place: impl Into<Option<Place>>,
    ) -> Lines {
        if there {
            let python = self.python;
            let source = place.into().map(|(file, function)| Source { file, function, python });
            self.lines.push(Line { id, indent, text, source });
        }
        self
    }

    fn end(self) -> Function {
        Function { name: self.name, lines: self.lines }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_python_has_a_listing_of_short_lines_with_ids_of_their_own() {
        for python in Python::ALL {
            let listing = Listing::of(&Spec { python, ..Spec::default() });
            let ids: HashSet<_> = listing.lines().map(|line| line.id).collect();
            assert_eq!(ids.len(), listing.lines().count(), "{python}");
            for line in listing.lines() {
                let width = line.text.len() + 4 * line.indent;
                assert!(width <= 64, "{python}: {:?} is {width} wide", line.text);
            }
        }
    }

    #[test]
    fn a_line_is_found_by_its_number() {
        let listing = Listing::of(&Spec::default());
        let number = listing.number(LineId::TAKE_WAIT).expect("3.11 waits");
        assert_eq!(listing.numbered(number).map(|line| line.id), Some(LineId::TAKE_WAIT));
        assert_eq!(listing.function_of(LineId::TAKE_WAIT), Some("take_gil"));
        assert_eq!(listing.numbered(0), None);
    }
}
