//! Finds numbers in a lesson that nothing checks.

use crate::block::{Block, Inline};
use crate::figure::Question;

/// Pieces of text that state a quantity without a claim or a fact behind it: a number with a unit,
/// or a number of times. Numbers of threads, versions and the like are none.
pub fn unbound_numbers(blocks: &[Block]) -> Vec<String> {
    let mut found = Vec::new();
    blocks.iter().for_each(|block| in_block(block, &mut found));
    found
}

fn in_block(block: &Block, found: &mut Vec<String>) {
    let mut inner = |blocks: &[Block]| blocks.iter().for_each(|block| in_block(block, found));
    match block {
        Block::Aside(blocks) => inner(blocks),
        Block::List { items, .. } => items.iter().for_each(|item| inner(item)),
        Block::Heading(_, _, inlines) | Block::Paragraph(inlines) => in_inlines(inlines, found),
        Block::Table { head, rows } => {
            head.iter().chain(rows.iter().flatten()).for_each(|cell| in_inlines(cell, found));
        }
        Block::Figure(figure) => in_text(&figure.caption, found),
        Block::Chart(chart) => in_text(&chart.caption, found),
        Block::Race(race) => in_text(&race.caption, found),
        Block::Predict(predict) => {
            inner(&predict.reveal);
            if let Question::Choose(choices) = &predict.question {
                let unchecked = choices.iter().filter(|choice| choice.holds.is_none());
                unchecked.for_each(|choice| in_text(&choice.text, found));
            }
        }
        Block::Code { .. } => {}
    }
}

fn in_inlines(inlines: &[Inline], found: &mut Vec<String>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => in_text(text, found),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => {
                in_inlines(inner, found);
            }
            Inline::Code(_) | Inline::Value { .. } => {}
        }
    }
}

/// Words that make a number before them a quantity.
const UNITS: [&str; 17] = [
    "ns",
    "us",
    "ms",
    "s",
    "seconds",
    "second",
    "milliseconds",
    "microseconds",
    "%",
    "percent",
    "times",
    "MiB",
    "KiB",
    "MB",
    "bytes",
    "requests",
    "handoffs",
];

fn in_text(text: &str, found: &mut Vec<String>) {
    let words: Vec<&str> = text.split_whitespace().collect();
    for pair in words.windows(2) {
        let number = pair[0].trim_start_matches(['(', '"']);
        let unit = pair[1].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '%');
        if number.starts_with(|c: char| c.is_ascii_digit()) && UNITS.contains(&unit) {
            found.push(format!("{} {}", pair[0], pair[1]));
        }
    }
    let glued = words.iter().filter(|word| {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let unit = digits.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '%');
        digits.len() < word.len() && UNITS.contains(&unit)
    });
    found.extend(glued.map(|word| (*word).to_owned()));
}
