//! Errors, with the place underlined.

use std::ops::Range;
use std::path::Path;

use ariadne::{Config, IndexType, Label, Report, ReportKind, Source};

/// Why there is no answer.
#[derive(Debug)]
pub struct Failure {
    message: String,
    help: Option<String>,
    place: Option<Place>,
}

/// Where in a text something is wrong.
#[derive(Debug)]
struct Place {
    /// The file, or what stands for it.
    name: String,
    text: String,
    span: Range<usize>,
}

/// Characters of a line that is quoted, at most.
const QUOTED: usize = 300;

impl Place {
    /// The line that it begins in, and its column there, counted in characters from 1.
    fn line(&self) -> (&str, usize) {
        let at = self.text.floor_char_boundary(self.span.start);
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = self.text[start..].lines().next().unwrap_or_default();
        (line, self.text[start..at].chars().count() + 1)
    }

    /// Whether its line can be shown.
    fn is_short(&self) -> bool {
        self.line().0.chars().count() <= QUOTED
    }

    /// As editors open it.
    fn words(&self) -> String {
        let line = line_of(&self.text, self.span.start);
        format!(" (in {}:{line}:{})", self.name, self.line().1)
    }
}

impl Failure {
    /// Something that is wrong without a place in a text.
    pub fn new(message: impl Into<String>) -> Failure {
        Failure { message: message.into(), help: None, place: None }
    }

    /// The same with what to do about it, as a sentence without its full stop.
    pub fn help(self, help: impl Into<String>) -> Failure {
        Failure { help: Some(help.into()), ..self }
    }

    /// A file that cannot be read or written.
    pub fn file(what: &str, path: &Path, error: &std::io::Error) -> Failure {
        Failure::new(format!("cannot {what} {}: {error}", path.display()))
    }

    /// A scenario that cannot be read.
    pub fn notation(name: &str, text: &str, error: gil_notation::Error) -> Failure {
        let place = Place { name: name.to_owned(), text: text.to_owned(), span: error.span };
        Failure { message: error.message, help: error.help, place: Some(place) }
    }

    /// A claim or a sheet that cannot be read.
    pub fn claim(name: &str, error: gil_claims::Error) -> Failure {
        let place = Place { name: name.to_owned(), text: error.text, span: error.span };
        Failure { message: error.message, help: error.help, place: Some(place) }
    }

    /// What is wrong, as a sentence without its full stop.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The line of the text that it is in, counted from 1, where it has a place.
    pub fn line(&self) -> Option<usize> {
        let place = self.place.as_ref()?;
        Some(line_of(&place.text, place.span.start))
    }

    /// As it is printed.
    pub fn shown(&self, colour: bool) -> String {
        let place = self.place.as_ref().filter(|place| place.is_short());
        place.and_then(|place| self.report(place, colour)).unwrap_or_else(|| self.in_a_line())
    }

    /// Without the text that it is in.
    fn in_a_line(&self) -> String {
        let place = self.place.as_ref().map(Place::words).unwrap_or_default();
        let help = self.help.as_ref().map(|help| format!("help: {help}\n")).unwrap_or_default();
        format!("error: {}{place}\n{help}", self.message)
    }

    fn report(&self, place: &Place, colour: bool) -> Option<String> {
        let config = Config::default().with_color(colour).with_index_type(IndexType::Byte);
        let at = (place.name.as_str(), place.span.clone());
        let mut report = Report::build(ReportKind::Error, at.clone())
            .with_config(config)
            .with_message(&self.message)
            .with_label(Label::new(at).with_message("here"));
        if let Some(help) = &self.help {
            report = report.with_help(help);
        }
        let mut out = Vec::new();
        let source = (place.name.as_str(), Source::from(&place.text));
        report.finish().write(source, &mut out).ok()?;
        // As errors without a place begin; a kind of our own would be coloured in any case.
        let text = String::from_utf8(out).ok()?.replacen("Error:", "error:", 1);
        Some(text.lines().map(|line| format!("{}\n", line.trim_end())).collect())
    }
}

/// The line that a byte of a text is in, counted from 1.
pub fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or(text).matches('\n').count() + 1
}
