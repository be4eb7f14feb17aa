//! Python's own notation: strings, numbers, times.

use gil_sim::{Dist, Nanos};

/// A string literal for any text. Nothing in the text can end it: all that is not a plain
/// character is escaped.
pub fn string(text: &str) -> String {
    let mut literal = String::from("\"");
    for character in text.chars() {
        match character {
            ' ' | '!' | '#'..='[' | ']'..='~' => literal.push(character),
            _ => literal.push_str(&escaped(character)),
        }
    }
    literal.push('"');
    literal
}

fn escaped(character: char) -> String {
    match u32::from(character) {
        code @ 0..=0xff => format!("\\x{code:02x}"),
        code @ 0x100..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}

/// A time in seconds, in the unit that it is usually told in: `5 * MS`.
pub fn seconds(time: Nanos) -> String {
    let Nanos(nanos) = time;
    match nanos {
        0 => "0".to_owned(),
        1_000_000_000.. => decimal(nanos, 9),
        1_000_000.. => format!("{} * MS", decimal(nanos, 6)),
        1_000.. => format!("{} * US", decimal(nanos, 3)),
        _ => format!("{nanos}e-9"),
    }
}

/// A number of nanoseconds with the point moved to the left by some places.
fn decimal(nanos: u64, places: u32) -> String {
    let unit = 10_u64.pow(places);
    let (whole, rest) = (nanos / unit, nanos % unit);
    match rest {
        0 => whole.to_string(),
        _ => {
            let digits = format!("{rest:0width$}", width = places as usize);
            format!("{whole}.{}", digits.trim_end_matches('0'))
        }
    }
}

/// A length of time that may be drawn, by the generator that `random` stands for.
pub fn drawn(dist: Dist, random: &str) -> String {
    match dist {
        Dist::Fixed(time) => seconds(time),
        Dist::Uniform(low, high) => {
            format!("{random}.uniform({}, {})", seconds(low), seconds(high))
        }
        Dist::Exponential(mean) => format!("{random}.exponential({})", seconds(mean)),
        Dist::LogNormal(median, p95) => {
            format!("{random}.lognormal({}, {})", seconds(median), seconds(p95))
        }
    }
}
