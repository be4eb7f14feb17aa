//! The text made ready for reading: checked, decoded, and cut into parts that know their place.

use std::ops::Range;
use std::str::FromStr;

use crate::error::{Error, Fault, nearest, shown};
use crate::layout::{self, Scanner, Token};

/// Most characters a text may have, percent-encoded ones counted once.
pub const MAX_CHARS: usize = 2_000;

/// A text whose characters are all allowed, without what its layout adds: white space, comments, an
/// address, percent-encoding.
pub(crate) struct Source<'a> {
    input: &'a str,
    text: String,
    /// Where in `input` each byte of `text` is.
    places: Vec<Range<usize>>,
    /// Where in `input` the text begins.
    begin: usize,
}

/// What stands between two characters.
enum Gap {
    Blank(Range<usize>),
    Break(Range<usize>),
}

impl<'a> Source<'a> {
    /// Decodes and checks `input`. Keeps no more than [`MAX_CHARS`] characters.
    pub fn new(input: &'a str) -> Result<Source<'a>, Error> {
        let fault = |fault| Error::new(input, fault);
        let begin = layout::body(input).map_err(fault)?;
        let mut source = Source { input, text: String::new(), places: Vec::new(), begin };
        let mut gap = None;
        for (token, span) in Scanner::new(input, begin) {
            match (token, &gap) {
                (Token::Char(c), _) if !allowed(c) => return Err(fault(unexpected(c, span))),
                (Token::Char(c), _) => {
                    source.close(gap.take(), c).map_err(fault)?;
                    source.push(c, span).map_err(fault)?;
                }
                (Token::Blank, None) => gap = Some(Gap::Blank(span)),
                (Token::Break, None | Some(Gap::Blank(_))) => gap = Some(Gap::Break(span)),
                (Token::Blank | Token::Break, _) => {}
                (Token::Link, _) => return Err(fault(second_link(span))),
            }
        }
        Ok(source)
    }

    /// Ends a gap before the character `next`. White space may stand beside a separator; a line
    /// break elsewhere separates parts as a `/` does.
    fn close(&mut self, gap: Option<Gap>, next: char) -> Result<(), Fault> {
        let separates = |c: char| "/+:".contains(c);
        if self.text.is_empty() || self.text.ends_with(separates) || separates(next) {
            return Ok(());
        }
        match gap {
            None => Ok(()),
            Some(Gap::Break(span)) => self.push('/', span),
            Some(Gap::Blank(span)) => Err(unexpected(' ', span)),
        }
    }

    /// Adds a character, which is an allowed one.
    fn push(&mut self, c: char, span: Range<usize>) -> Result<(), Fault> {
        if self.text.len() == MAX_CHARS {
            let message = format!("a scenario has at most {MAX_CHARS} characters; this has more");
            return Err(Fault { message, span, help: None });
        }
        self.text.push(c);
        self.places.push(span);
        Ok(())
    }

    /// All of it.
    pub fn part(&self) -> Part<'_> {
        Part { text: &self.text, start: 0 }
    }

    /// The fault with its place in the text as it was given.
    pub fn error(&self, fault: Fault) -> Error {
        let end = |at: usize| at.checked_sub(1).map_or(self.begin, |last| self.places[last].end);
        let Range { start, end: to } = fault.span;
        let span = if start < to { self.places[start].start..end(to) } else { end(to)..end(to) };
        Error::new(self.input, Fault { span, ..fault })
    }
}

fn second_link(span: Range<usize>) -> Fault {
    let message = "a second link begins here, and one is read".to_owned();
    Fault { message, span, help: None }.help("a blank behind the \"#\" makes it a comment")
}

fn allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._:/+=@".contains(c)
}

fn unexpected(c: char, span: Range<usize>) -> Fault {
    let message = match c {
        c if shown(c) == c => format!("unexpected character \"{c}\""),
        c => format!("unexpected character U+{:04X}", u32::from(c)),
    };
    let help = match c {
        ' ' => {
            "blanks stand beside \"/\", \":\" and \"+\" only; write 5ms, and join steps with \"+\""
        }
        '%' => "behind \"%\" there are two digits of an encoded character, as in %2B",
        'µ' | 'μ' => "microseconds are written us",
        '…' => "a range is written with two points, as in 1ms..3ms",
        '#' => "a comment begins with a blank and \"#\", and ends with the line",
        ',' => "the decimal point is \".\", and segments are separated by \"/\"",
        _ => "only letters, digits and - . _ : / + = @ are used",
    };
    Fault { message, span, help: None }.help(help)
}

/// A piece of the text and where it begins.
#[derive(Clone, Copy)]
pub(crate) struct Part<'s> {
    pub text: &'s str,
    start: usize,
}

impl<'s> Part<'s> {
    /// A text that is no part of another one.
    pub fn of(text: &'s str) -> Part<'s> {
        Part { text, start: 0 }
    }

    pub fn span(self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// The empty place right behind it.
    pub fn end(self) -> Part<'s> {
        self.split_at(self.text.len()).1
    }

    pub fn split_at(self, at: usize) -> (Part<'s>, Part<'s>) {
        let (left, right) = self.text.split_at(at);
        let start = self.start + at;
        (Part { text: left, ..self }, Part { text: right, start })
    }

    /// What is before and behind the first `separator`.
    pub fn cut(self, separator: &str) -> Option<(Part<'s>, Part<'s>)> {
        let (left, right) = self.split_at(self.text.find(separator)?);
        Some((left, right.split_at(separator.len()).1))
    }

    pub fn strip(self, prefix: &str) -> Option<Part<'s>> {
        self.text.starts_with(prefix).then(|| self.split_at(prefix.len()).1)
    }

    /// The pieces between the `separator`s: one more than there are of them.
    pub fn split(self, separator: &'s str) -> impl Iterator<Item = Part<'s>> {
        let mut rest = Some(self);
        std::iter::from_fn(move || {
            let whole = rest?;
            let (piece, next) = whole.cut(separator).unzip();
            rest = next;
            Some(piece.unwrap_or(whole))
        })
    }

    /// Its text in quotes, shortened where it is long.
    pub fn quoted(self) -> String {
        match self.text.get(..24) {
            Some(head) if self.text.len() > 24 => format!("\"{head}...\""),
            _ => format!("\"{}\"", self.text),
        }
    }

    /// For "expected this, found that".
    pub fn found(self) -> String {
        if self.text.is_empty() { "nothing".to_owned() } else { self.quoted() }
    }

    pub fn fault(self, message: impl Into<String>) -> Fault {
        Fault { message: message.into(), span: self.span(), help: None }
    }

    /// That it is no name of a `what`, with the one that was probably meant.
    pub fn unknown(self, what: &str, names: &[&str]) -> Fault {
        let hint = nearest(self.text, names);
        let hint = hint.map(|name| format!("; did you mean \"{name}\"?")).unwrap_or_default();
        let fault = self.fault(format!("unknown {what} {}{hint}", self.quoted()));
        let article = if what.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        fault.help(format!("{article} {what} is one of {}", listed(names)))
    }

    /// A whole number in decimal digits.
    pub fn number<T: FromStr>(self) -> Result<T, Fault> {
        let text = self.text;
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(self.fault(format!("expected a whole number, found {}", self.found())));
        }
        text.parse().map_err(|_| self.fault(format!("{} is too large", self.quoted())))
    }
}

/// Longest list of names in a help line, in characters.
const LISTED: usize = 100;

/// The names, or the first of them where they would fill more than a line.
fn listed(names: &[&str]) -> String {
    let mut list = String::new();
    for (n, name) in names.iter().enumerate() {
        if list.len() + name.len() > LISTED {
            return format!("{list} and {} more", names.len() - n);
        }
        if n > 0 {
            list += ", ";
        }
        list += name;
    }
    list
}
