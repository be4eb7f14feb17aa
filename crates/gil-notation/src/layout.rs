//! How a text is laid out: where it begins, its white space, and its comments.

use std::ops::Range;

use crate::error::Fault;

/// A character of a text, decoded.
#[derive(Clone, Copy)]
struct Glyph {
    c: char,
    /// Whether it is written as `%2B`.
    is_encoded: bool,
    /// Bytes that it is written in.
    len: usize,
}

/// What a text is made of.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// A character that counts.
    Char(char),
    /// White space within a line.
    Blank,
    /// The end of a line.
    Break,
    /// The `#` of another link behind the first one.
    Link,
}

/// Cuts a text into tokens with their places in it, comments left out.
pub(crate) struct Scanner<'a> {
    input: &'a str,
    at: usize,
    /// Whether the white space right before is percent-encoded, where there is some.
    space: Option<bool>,
}

impl<'a> Scanner<'a> {
    /// Begins where the text itself does: see [`body`].
    pub fn new(input: &'a str, at: usize) -> Scanner<'a> {
        Scanner { input, at, space: None }
    }

    /// A comment begins with a `#` behind white space. Both are percent-encoded or neither is: a
    /// browser encodes blanks, drops line breaks and keeps every `#`, and such a comment would
    /// have no end.
    fn is_comment(&self, glyph: Glyph) -> bool {
        glyph.c == '#' && self.space == Some(glyph.is_encoded)
    }
}

impl Iterator for Scanner<'_> {
    type Item = (Token, Range<usize>);

    fn next(&mut self) -> Option<(Token, Range<usize>)> {
        let rest = &self.input[self.at..];
        let glyph = first(rest)?;
        let start = self.at;
        if self.is_comment(glyph) {
            if !glyph.is_encoded && begins_link(rest) {
                self.at += glyph.len;
                return Some((Token::Link, start..self.at));
            }
            self.at += line(rest);
            return Some((Token::Blank, start..self.at));
        }
        self.at += glyph.len;
        self.space = glyph.c.is_whitespace().then_some(glyph.is_encoded);
        let token = match glyph.c {
            '\n' | '\r' => Token::Break,
            c if c.is_whitespace() => Token::Blank,
            c => Token::Char(c),
        };
        Some((token, start..self.at))
    }
}

/// Where the text itself begins: behind white space, lines that are comments, the address of a
/// page and its `#`.
///
/// # Errors
/// An address with no `#`.
pub(crate) fn body(input: &str) -> Result<usize, Fault> {
    let at = meaningful(input);
    let rest = &input[at..];
    if rest.starts_with('#') {
        return Ok(at + 1);
    }
    let word = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
    if !word.contains("://") {
        return Ok(at);
    }
    let hash = word.find('#').ok_or_else(|| {
        let message = "this address has no scenario: nothing stands behind a \"#\"".to_owned();
        Fault { message, span: at..at + word.len(), help: None }
    })?;
    Ok(at + hash + 1)
}

/// Where the first thing is that is neither white space nor a comment.
fn meaningful(input: &str) -> usize {
    let one_line = !input.trim().contains('\n') && !input.contains("%0A");
    let mut at = 0;
    while let Some(glyph) = first(&input[at..]) {
        let rest = &input[at..];
        match glyph.c {
            c if c.is_whitespace() => at += glyph.len,
            // A line that is all there is, is a link rather than a comment on nothing.
            '#' if !(begins_link(rest) || one_line && begins_word(&rest[glyph.len..])) => {
                at += line(rest);
            }
            _ => break,
        }
    }
    at
}

fn begins_word(text: &str) -> bool {
    first(text).is_some_and(|glyph| !glyph.c.is_whitespace())
}

/// Whether a text begins as `#v1/` does.
fn begins_link(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("#v") else { return false };
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    behind.len() < rest.len() && (behind.is_empty() || behind.starts_with(['/', '%', '\n', '\r']))
}

/// Bytes of a text up to the end of its first line.
fn line(text: &str) -> usize {
    let ends = ["\n", "\r", "%0A", "%0a", "%0D", "%0d"];
    ends.iter().filter_map(|end| text.find(end)).min().unwrap_or(text.len())
}

/// The first character of a text.
fn first(text: &str) -> Option<Glyph> {
    let mut bytes = [0; 4];
    for (n, byte) in encoded_bytes(text).take(bytes.len()).enumerate() {
        bytes[n] = byte;
        let decoded = str::from_utf8(&bytes[..=n]).ok().and_then(|s| s.chars().next());
        if let Some(c) = decoded {
            return Some(Glyph { c, is_encoded: true, len: 3 * (n + 1) });
        }
    }
    text.chars().next().map(|c| Glyph { c, is_encoded: false, len: c.len_utf8() })
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
