//! Texts within a width, as far as it can be known before anybody knows the font.

use crate::display::text_width;

/// How much wider bold text is.
pub const BOLD: f32 = 1.14;

/// Width of a text, with some air: the widest fallback fonts exceed the estimate.
pub fn width(text: &str, size: f32) -> f32 {
    text_width(text, size, false) * 1.06
}

/// Breaks a text at its blanks into lines of at most `width` pixels, at most `most` of them; what does not fit
/// ends in an ellipsis.
pub fn wrap(text: &str, size: f32, width: f32, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_ascii_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match longer {
            Some(longer) if self::width(&longer, size) <= width => {
                lines.pop();
                lines.push(longer);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let cut = lines.len() > most;
    lines.truncate(most);
    let last = lines.len();
    for (i, line) in lines.iter_mut().enumerate() {
        shorten(line, size, width, cut && i + 1 == last);
    }
    lines
}

fn shorten(line: &mut String, size: f32, width: f32, cut: bool) {
    if !cut && self::width(line, size) <= width {
        return;
    }
    while line.chars().count() > 1 && self::width(&format!("{line}…"), size) > width {
        line.pop();
    }
    *line = format!("{}…", line.trim_end());
}

/// A text cut to a width, with an ellipsis where something is missing.
pub fn ellipsised(text: &str, size: f32, width: f32, mono: bool) -> String {
    if text_width(text, size, mono) <= width {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    loop {
        kept.pop();
        let short: String = kept.iter().chain(['…'].iter()).collect();
        if kept.is_empty() || text_width(&short, size, mono) <= width {
            return short;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_broken_and_cut() {
        for (text, width, most, want) in [
            ("ideal", 100.0, 2, &["ideal"][..]),
            ("CPython 3.11, measured", 80.0, 2, &["CPython", "3.11,…"]),
            ("CPython 3.11, measured", 100.0, 2, &["CPython 3.11,", "measured"]),
            ("incomprehensible", 50.0, 2, &["incom…"]),
            ("", 50.0, 2, &[]),
        ] {
            assert_eq!(wrap(text, 12.0, width, most), want, "{text}");
        }
    }

    #[test]
    fn a_cut_text_says_so() {
        for (text, width, mono, want) in [
            ("v1/count:4:py-50ms", 200.0, true, "v1/count:4:py-50ms"),
            ("v1/count:4:py-50ms", 62.0, true, "v1/count:…"),
            ("worker-1", 30.0, false, "wor…"),
            ("worker-1", 0.0, false, "…"),
        ] {
            assert_eq!(ellipsised(text, 10.0, width, mono), want, "{text}");
        }
    }
}
