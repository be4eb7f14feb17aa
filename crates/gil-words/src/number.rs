//! Numbers as people read them: three significant digits, thousands separated.

/// A number with three significant digits: `0.97`, `5.14`, `195`, `57,600`.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "unknown".to_owned();
    }
    let size = value.abs();
    if size < 0.000_5 {
        return "0".to_owned();
    }
    // Rounded first, so that 9.996 counts as a number with two digits before the point.
    let rounded = round_to_three(size);
    let decimals = (2 - rounded.log10().floor() as i32).max(0) as usize;
    let text = format!("{rounded:.decimals$}");
    let text = match text.split_once('.') {
        Some((whole, rest)) => {
            let rest = rest.trim_end_matches('0');
            let point = if rest.is_empty() { "" } else { "." };
            format!("{}{point}{rest}", thousands(whole))
        }
        None => thousands(&text),
    };
    if value < 0.0 { format!("-{text}") } else { text }
}

fn round_to_three(value: f64) -> f64 {
    let step = 10f64.powi(value.log10().floor() as i32 - 2);
    (value / step).round() * step
}

fn thousands(digits: &str) -> String {
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A share of 1 as whole percent, `97 %`; with a decimal below 10 %.
pub fn percent(share: f64) -> String {
    let value = share * 100.0;
    if value < 10.0 {
        format!("{} %", number((value * 10.0).round() / 10.0))
    } else {
        format!("{} %", number(value.round()))
    }
}

/// How many of something, with the word in the right number: `1 thread`, `4 threads`.
pub fn count(n: usize, one: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {one}{s}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (0.973_4, "0.973"),
            (0.97, "0.97"),
            (1.0, "1"),
            (9.996, "10"),
            (5.144, "5.14"),
            (195.4, "195"),
            (999.6, "1,000"),
            (57_563.0, "57,600"),
            (1_234_567.0, "1,230,000"),
            (0.001_234, "0.00123"),
            (-2.5, "-2.5"),
            (f64::NAN, "unknown"),
        ] {
            assert_eq!(number(value), text, "{value}");
        }
    }

    #[test]
    fn shares() {
        for (share, text) in [(0.0, "0 %"), (0.004, "0.4 %"), (0.973, "97 %"), (1.0, "100 %")] {
            assert_eq!(percent(share), text);
        }
    }
}
