//! What is wrong with a claim or a sheet, where, and what would be right.

use std::fmt;
use std::ops::Range;

/// One thing that is wrong in a text, with its place.
///
/// [`Display`](fmt::Display) gives the message, the line with the place underlined, and the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What is wrong, as a sentence without its full stop.
    pub message: String,
    /// Where: bytes of `text`, on character boundaries.
    pub span: Range<usize>,
    /// The text that was read.
    pub text: String,
    /// What to write instead, as a sentence without its full stop.
    pub help: Option<String>,
}

/// An error before it is known which text it is in.
#[derive(Debug)]
pub(crate) struct Fault {
    pub message: String,
    pub span: Range<usize>,
    pub help: Option<String>,
}

impl Fault {
    pub fn new(message: impl Into<String>, span: Range<usize>) -> Fault {
        Fault { message: message.into(), span, help: None }
    }

    pub fn help(self, help: impl Into<String>) -> Fault {
        Fault { help: Some(help.into()), ..self }
    }

    /// "Unknown `what`" with the name that is nearest to it, or a list of all.
    pub fn unknown(what: &str, name: &str, names: &[&str], span: Range<usize>) -> Fault {
        let fault = Fault::new(format!("there is no {what} {name:?}"), span);
        // The plain number is a unit, too, without a name.
        let names: Vec<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
        match gil_notation::nearest(name, &names) {
            Some(best) => fault.help(format!("did you mean {best:?}?")),
            None => fault.help(format!("a {what} is one of {}", names.join(", "))),
        }
    }

    pub fn within(self, text: &str) -> Error {
        Error { message: self.message, span: self.span, text: text.to_owned(), help: self.help }
    }
}

impl Error {
    /// The line of the text that the place begins in, counted from 1, and the column, counted in
    /// characters from 1.
    pub fn position(&self) -> (usize, usize) {
        let before = self.text.get(..self.span.start).unwrap_or(&self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line, column)
    }
}

/// Characters of a line that is quoted, at most.
const QUOTED: usize = 300;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.position();
        let quoted = self.text.lines().nth(line - 1).unwrap_or_default();
        let inside = self.text.get(self.span.clone()).unwrap_or_default();
        let width = inside.lines().next().unwrap_or_default().chars().count().max(1);
        write!(f, "{}", self.message)?;
        // A line that nobody would read is not quoted.
        if quoted.chars().count() <= QUOTED {
            write!(f, "\n  {quoted}\n  {}{}", " ".repeat(column - 1), "^".repeat(width))?;
        }
        match &self.help {
            Some(help) => write!(f, "\nhelp: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}
