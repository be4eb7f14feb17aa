//! Texts within a width, as far as it can be known before anybody knows the font.

/// How much wider bold text is.
pub const BOLD: f32 = 1.14;

/// Width of a text in logical pixels, estimated from the classes of its characters: a picture is
/// laid out before anybody knows the font. Errs on the wide side of common system fonts; [`room`] is
/// for those that are wider.
pub fn width(text: &str, size: f32, mono: bool) -> f32 {
    let em = |c: char| match c {
        _ if mono => 0.61,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.30,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' => 0.38,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.90,
        'A'..='Z' => 0.70,
        _ => 0.58,
    };
    text.chars().map(em).sum::<f32>() * size
}

/// How much wider than the estimate the widest fallback fonts are.
const AIR: f32 = 1.06;

/// The room that a text needs where nothing may be cut off or run into what stands beside it.
pub fn room(text: &str, size: f32) -> f32 {
    width(text, size, false) * AIR
}

/// Breaks a text at its blanks into lines of at most `width` pixels, at most `most` of them; what does not fit
/// ends in an ellipsis.
pub fn wrap(text: &str, size: f32, width: f32, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_ascii_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match longer {
            Some(longer) if room(&longer, size) <= width => {
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
    if !cut && room(line, size) <= width {
        return;
    }
    while line.chars().count() > 1 && room(&format!("{line}…"), size) > width {
        line.pop();
    }
    *line = format!("{}…", line.trim_end());
}

/// A text cut to a width, with an ellipsis where something is missing.
pub fn ellipsised(text: &str, size: f32, width: f32, mono: bool) -> String {
    if self::width(text, size, mono) <= width {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    loop {
        kept.pop();
        let short: String = kept.iter().chain(['…'].iter()).collect();
        if kept.is_empty() || self::width(&short, size, mono) <= width {
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
