//! The text made ready for reading: checked, decoded, and cut into parts that know their place.

use std::ops::Range;
use std::str::FromStr;

use crate::error::{Error, Fault, nearest, shown};

/// Most characters a text may have, percent-encoded ones counted once.
pub const MAX_CHARS: usize = 2_000;

/// A text whose characters are all allowed, without surrounding white space, a leading `#` and
/// percent-encoding.
pub(crate) struct Source<'a> {
    input: &'a str,
    text: String,
    /// Where in `input` each byte of `text` begins, and where the last one ends.
    starts: Vec<usize>,
}

impl<'a> Source<'a> {
    /// Decodes and checks `input`. Looks at no more than [`MAX_CHARS`] characters.
    pub fn new(input: &'a str) -> Result<Source<'a>, Error> {
        let body = input.trim_ascii();
        let body = body.strip_prefix('#').unwrap_or(body);
        let mut at = body.as_ptr() as usize - input.as_ptr() as usize;
        let end = at + body.len();
        let mut source = Source { input, text: String::new(), starts: Vec::new() };
        while at < end {
            let (c, len) = decoded(&input[at..end]);
            source.push(c, at..at + len).map_err(|fault| Error::new(input, fault))?;
            at += len;
        }
        source.starts.push(end);
        Ok(source)
    }

    fn push(&mut self, c: char, span: Range<usize>) -> Result<(), Fault> {
        if !allowed(c) {
            return Err(unexpected(c, span));
        }
        if self.text.len() == MAX_CHARS {
            let message = format!("a scenario has at most {MAX_CHARS} characters; this has more");
            return Err(Fault { message, span, help: None });
        }
        self.text.push(c);
        self.starts.push(span.start);
        Ok(())
    }

    /// All of it.
    pub fn part(&self) -> Part<'_> {
        Part { text: &self.text, start: 0 }
    }

    /// The fault with its place in the text as it was given.
    pub fn error(&self, fault: Fault) -> Error {
        let span = self.starts[fault.span.start]..self.starts[fault.span.end];
        Error::new(self.input, Fault { span, ..fault })
    }
}

fn allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._:/+=@".contains(c)
}

/// The first character of `text`, which is not empty, and how many bytes it is written in.
fn decoded(text: &str) -> (char, usize) {
    let mut bytes = [0; 4];
    for (n, byte) in encoded_bytes(text).take(bytes.len()).enumerate() {
        bytes[n] = byte;
        let decoded = str::from_utf8(&bytes[..=n]).ok().and_then(|s| s.chars().next());
        if let Some(c) = decoded {
            return (c, 3 * (n + 1));
        }
    }
    text.chars().next().map_or((' ', 1), |c| (c, c.len_utf8()))
}

/// The bytes that `text` begins with as `%2B%C2`.
fn encoded_bytes(text: &str) -> impl Iterator<Item = u8> {
    text.as_bytes().chunks_exact(3).map_while(|chunk| match chunk {
        [b'%', high, low] => Some(16 * hex_digit(*high)? + hex_digit(*low)?),
        _ => None,
    })
}

fn hex_digit(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

fn unexpected(c: char, span: Range<usize>) -> Fault {
    let message = match c {
        '\n' | '\r' => "unexpected line break".to_owned(),
        c if shown(c) == c => format!("unexpected character \"{c}\""),
        c => format!("unexpected character U+{:04X}", u32::from(c)),
    };
    let help = match c {
        ' ' => "there are no spaces; write 5ms, and join steps with \"+\"",
        '%' => "behind \"%\" there are two digits of an encoded character, as in %2B",
        'µ' | 'μ' => "microseconds are written us",
        '…' => "a range is written with two points, as in 1ms..3ms",
        '\n' | '\r' => "a scenario is one line",
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
