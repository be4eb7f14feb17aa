//! A look at a file before it's parsed: its size, and how deep its brackets go.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::error::Unreadable;
use crate::limits;

/// Checks what the parser doesn't: one pass over the bytes.
///
/// # Errors
/// A file that is too large, or nested too deep, with the bound.
pub(crate) fn check(text: &str) -> Result<(), Unreadable> {
    if text.len() > limits::BYTES {
        let (size, most) = (text.len() >> 20, limits::BYTES >> 20);
        let what = format!("the file has {size} MiB, and {most} MiB is the most that is read");
        return Err(Unreadable::whole(what).help("record a shorter time, or at a lower rate"));
    }
    match text.trim_start().bytes().next() {
        None => return Err(Unreadable::whole("the file is empty").help(FORMATS)),
        Some(b'{' | b'[') => {}
        Some(_) => return Err(Unreadable::whole("this isn't JSON").help(FORMATS)),
    }
    match too_deep(text.as_bytes()) {
        None => Ok(()),
        Some(at) => {
            let line = text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            let what = format!("more than {} brackets are inside each other", limits::DEPTH);
            Err(Unreadable::new(format!("line {line}, byte {at}"), what))
        }
    }
}

/// What can be read, for errors.
pub(crate) const FORMATS: &str = "record one with CPython 3.15: \
                                  python -m profiling.sampling run -a --gecko -o run.json PROGRAM";

/// The byte at which brackets go too deep.
fn too_deep(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut at) = (0usize, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = end_of_string(bytes, at),
            b'{' | b'[' => {
                depth += 1;
                if depth > limits::DEPTH {
                    return Some(at);
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The closing quote of a string that opens at `at`.
fn end_of_string(bytes: &[u8], at: usize) -> usize {
    let mut at = at + 1;
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at
}

/// The formats that can be told from each other by what is at the top of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The Firefox Profiler's.
    Gecko,
    /// Chrome's trace events.
    TraceEvents,
    /// What a program of `gil script` notes.
    Measured,
}

#[derive(Deserialize)]
struct Top {
    #[serde(rename = "traceEvents")]
    events: Option<IgnoredAny>,
    meta: Option<IgnoredAny>,
    format: Option<IgnoredAny>,
}

/// Which format a file has.
///
/// # Errors
/// It's no JSON, or no format that is known.
pub(crate) fn kind(text: &str) -> Result<Kind, Unreadable> {
    if text.trim_start().starts_with('[') {
        return Ok(Kind::TraceEvents);
    }
    let top: Top = serde_json::from_str(text).map_err(|error| Unreadable::json(&error))?;
    match top {
        Top { events: Some(_), .. } => Ok(Kind::TraceEvents),
        Top { meta: Some(_), .. } => Ok(Kind::Gecko),
        Top { format: Some(_), .. } => Ok(Kind::Measured),
        _ => Err(Unreadable::whole(
            "this is JSON, but no recording: it has neither meta (Firefox Profiler), nor \
             traceEvents, nor a format (gil script)",
        )
        .help(FORMATS)),
    }
}
