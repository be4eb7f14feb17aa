//! What is wrong with a text, where, and what would be right.

use std::fmt;
use std::ops::Range;

/// One thing that is wrong in a text, with the place it is at.
///
/// [`Display`](fmt::Display) gives up to four lines: the message, the text around the place where
/// there is any, the underline and, where there is one, the help. [`Error::one_line`] is the short
/// form. Quoted text is safe to show: control and formatting characters are replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What is wrong, as a sentence without its full stop.
    pub message: String,
    /// Where: bytes of the text as it was given, on character boundaries. May be empty, where
    /// something is missing.
    pub span: Range<usize>,
    /// What to write instead, as a sentence without its full stop.
    pub help: Option<String>,
    /// Boxed, so that a result with an error in it stays small.
    quote: Box<Quote>,
}

impl Error {
    pub(crate) fn new(input: &str, fault: Fault) -> Error {
        let quote = Quote::around(input, &fault.span);
        Error { message: fault.message, span: fault.span, help: fault.help, quote: Box::new(quote) }
    }

    /// The message and the place in one line: `unknown step "oi" (character 6)`; of a text with
    /// several lines `(line 2, character 6)`.
    pub fn one_line(&self) -> String {
        let Quote { character, .. } = *self.quote;
        match self.quote.number {
            None => format!("{} (character {character})", self.message),
            Some(line) => format!("{} (line {line}, character {character})", self.message),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Quote { line, indent, width, number, .. } = &*self.quote;
        write!(f, "{}", self.message)?;
        if let Some(number) = number {
            write!(f, " (line {number})")?;
        }
        if !line.is_empty() {
            write!(f, "\n  {line}\n  {:indent$}{:^<width$}", "", "")?;
        }
        match &self.help {
            Some(help) => write!(f, "\nhelp: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

/// The text around a place, short enough for a line.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Quote {
    line: String,
    /// Characters of `line` before the place, and in it.
    indent: usize,
    width: usize,
    /// The line that the place is in, counted from 1, where the text has several.
    number: Option<usize>,
    /// The place's first character, counted from 1 in its line.
    character: usize,
}

impl Quote {
    /// Longest line, and how much of it comes before the place where the text is longer.
    const WIDTH: usize = 72;
    const LEAD: usize = 32;
    const CUT: &str = "...";

    /// The line of a text that a place is in.
    fn around(text: &str, span: &Range<usize>) -> Quote {
        let is_break = |c| matches!(c, '\n' | '\r');
        let start = text[..span.start].rfind(is_break).map_or(0, |end| end + 1);
        let rest = &text[start..];
        let line = &rest[..rest.find(is_break).unwrap_or(rest.len())];
        let number = 1 + text[..start].matches('\n').count();
        let span = span.start - start..(span.end - start).min(line.len());
        let number = text.trim().contains('\n').then_some(number);
        Quote { number, ..Quote::of_line(line, &span) }
    }

    fn of_line(input: &str, span: &Range<usize>) -> Quote {
        let (before, after) = input.split_at(span.start);
        let lead = if input.len() <= Quote::WIDTH { Quote::WIDTH } else { Quote::LEAD };
        let from = before.char_indices().rev().take(lead).last().map_or(span.start, |(at, _)| at);
        let mut line = String::from(if from > 0 { Quote::CUT } else { "" });
        line.extend(input[from..span.start].chars().map(shown));
        let indent = line.chars().count();
        let room = Quote::WIDTH - indent;
        line.extend(after.chars().take(room).map(shown));
        if after.chars().nth(room).is_some() {
            line.push_str(Quote::CUT);
        }
        let width = input[span.clone()].chars().take(room).count().max(1);
        Quote { line, indent, width, number: None, character: before.chars().count() + 1 }
    }
}

/// The character, or a stand-in for one that could move, hide or break the line it is shown in.
pub(crate) fn shown(c: char) -> char {
    let safe = c.is_ascii_graphic() || " …".contains(c) || c.is_alphanumeric();
    if safe { c } else { char::REPLACEMENT_CHARACTER }
}

/// An error before it is known which text it is in: the span counts the decoded text's bytes.
#[derive(Debug)]
pub(crate) struct Fault {
    pub message: String,
    pub span: Range<usize>,
    pub help: Option<String>,
}

impl Fault {
    pub fn help(self, help: impl Into<String>) -> Fault {
        Fault { help: Some(help.into()), ..self }
    }
}

/// The name that was probably meant, for "did you mean": one slip away in a short word, two in a
/// longer one.
pub fn nearest<'n>(word: &str, names: &[&'n str]) -> Option<&'n str> {
    // Anything longer is no slip of a name of ours, and would only cost time.
    if word.len() > 16 {
        return None;
    }
    let word = word.to_ascii_lowercase();
    let slips = if word.len() <= 3 { 1 } else { 2 };
    let measured = names.iter().map(|name| (strsim::osa_distance(&word, name), *name));
    // Words without a letter in common are not meant, however short they are.
    let near =
        |distance: usize, name: &str| distance <= slips && distance < word.len().max(name.len());
    measured.filter(|(distance, name)| near(*distance, name)).min().map(|(_, name)| name)
}
