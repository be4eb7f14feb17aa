//! Which part of the text a part of the scenario came from.

use std::collections::HashMap;
use std::ops::Range;

use gil_sim::Invalid;

use crate::error::Fault;
use crate::lex::Part;

/// Spans by the names that [`Invalid::place`] uses: `groups[1].steps[0].work`.
#[derive(Default)]
pub(crate) struct Places(HashMap<String, Range<usize>>);

impl Places {
    /// Remembers where a place was read; the last word counts.
    pub fn note(&mut self, place: String, part: Part) {
        self.0.insert(place, part.span());
    }

    /// Lets a place reach to the end of `part`, from where it began if it was read before.
    pub fn widen(&mut self, place: &str, part: Part) {
        let span = self.0.entry(place.to_owned()).or_insert(part.span());
        span.end = part.span().end;
    }

    /// What is wrong, with the span of its place, or of the nearest one around it that was read.
    pub fn fault(&self, invalid: &Invalid, all: Part) -> Fault {
        let mut place = invalid.place.as_str();
        let span = loop {
            if let Some(span) = self.0.get(place) {
                break span.clone();
            }
            match place.rfind(['.', '[']) {
                Some(end) => place = &place[..end],
                None => break all.span(),
            }
        };
        Fault { message: invalid.message.clone(), span, help: None }
    }
}
