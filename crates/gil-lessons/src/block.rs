//! A lesson's text as a tree.

use crate::figure::{Chart, Figure, Predict, Race};

/// A piece of a lesson that stands by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading of level 2 or 3, and the name by which it is found.
    Heading(u8, String, Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list, numbered or not.
    List {
        /// Whether its items are counted.
        numbered: bool,
        /// Its items.
        items: Vec<ListItem>,
    },
    /// A remark apart from the text.
    Aside(Vec<Block>),
    /// Code in a language; empty for none.
    Code {
        /// As after the fence: `python`.
        language: String,
        /// The code.
        text: String,
    },
    /// A table.
    Table {
        /// Cells of the head.
        head: Vec<Vec<Inline>>,
        /// Rows of cells.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A simulation.
    Figure(Figure),
    /// A chart of many simulations.
    Chart(Chart),
    /// A question, and what is shown once it is answered.
    Predict(Box<Predict>),
    /// Threads that are interleaved step by step.
    Race(Race),
}

/// An item of a list.
pub type ListItem = Vec<Block>;

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Code.
    Code(String),
    /// Stressed words.
    Emphasis(Vec<Inline>),
    /// Words that stand out.
    Strong(Vec<Inline>),
    /// A link.
    Link(Target, Vec<Inline>),
    /// `{{name}}` or `{{name.part}}`.
    Value {
        /// The claim or fact.
        name: String,
        /// The part of it that is shown.
        part: Part,
    },
}

/// What is shown of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the simulation finds.
    Value,
    /// What it is held against.
    Bound,
    /// What was measured on real CPython.
    Measured,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A lesson.
    Lesson(String),
    /// A scenario of the lesson, opened in the simulator.
    Scenario(String),
    /// A term of the glossary.
    Term(String),
    /// A page elsewhere.
    Web(String),
}
