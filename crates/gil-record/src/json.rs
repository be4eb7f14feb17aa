//! A look at a file before it's parsed: its size, and how deep its brackets go.

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

/// Which format a file has, by the keys of its outermost object.
///
/// # Errors
/// It's no JSON, or no format that is known.
pub(crate) fn kind(text: &str) -> Result<Kind, Unreadable> {
    if text.trim_start().starts_with('[') {
        return Ok(Kind::TraceEvents);
    }
    let keys = [
        (r#""traceEvents""#, Kind::TraceEvents),
        (r#""meta""#, Kind::Gecko),
        (r#""format""#, Kind::Measured),
    ];
    let found = outermost(text.as_bytes());
    let known = keys.into_iter().find(|(key, _)| found.contains(&key.as_bytes()));
    if let Some((_, kind)) = known {
        return Ok(kind);
    }
    // What is no JSON at all is said to be that.
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| Unreadable::json(&error))?;
    Err(Unreadable::whole(
        "this is JSON, but no recording: it has neither meta (Firefox Profiler), nor traceEvents, \
         nor a format (gil script)",
    )
    .help(FORMATS))
}

/// More keys than this has no format.
const KEYS: usize = 100;

/// The keys of the outermost object with their quotes. Faster than a parser, which would read the
/// whole file twice.
fn outermost(bytes: &[u8]) -> Vec<&[u8]> {
    let (mut keys, mut depth, mut at) = (Vec::new(), 0usize, 0);
    while at < bytes.len() && keys.len() < KEYS {
        match bytes[at] {
            b'"' => {
                let end = end_of_string(bytes, at);
                let mut behind = bytes.get(end + 1..).unwrap_or_default().iter();
                let next = behind.find(|byte| !byte.is_ascii_whitespace());
                if depth == 1 && next == Some(&b':') {
                    keys.push(&bytes[at..=end]);
                }
                at = end;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    keys
}
