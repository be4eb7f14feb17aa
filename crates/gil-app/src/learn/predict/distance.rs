//! How far an answer is from the right one, in words.

use gil_words::{number, percent};

/// Answers within this of the right one are as good as right.
const EXACT: f64 = 0.05;

/// `within 5 %`, `23 % too high`, `4.1 times too high`.
pub fn distance(said: f64, right: f64) -> String {
    if said == right {
        return "exactly right".to_owned();
    }
    // There is no ratio to nothing, nor to something on the other side of it.
    if right == 0.0 || said * right <= 0.0 {
        return if said > right { "too high" } else { "too low" }.to_owned();
    }
    let ratio = said / right;
    if (ratio - 1.0).abs() <= EXACT {
        return format!("within {}", percent(EXACT));
    }
    match ratio {
        ratio if ratio >= 2.0 => format!("{} times too high", number(ratio)),
        ratio if ratio > 1.0 => format!("{} too high", percent(ratio - 1.0)),
        ratio if ratio <= 0.5 => format!("{} times too low", number(1.0 / ratio)),
        ratio => format!("{} too low", percent(1.0 - ratio)),
    }
}

/// How far two values are from each other as a factor, from 1 on.
pub fn factor(said: f64, right: f64) -> f64 {
    let ratio = (said.abs().max(1e-12)) / (right.abs().max(1e-12));
    ratio.max(1.0 / ratio)
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn in_words() {
        for (said, right, words) in [
            (4.0, 0.97, "4.12 times too high"),
            (1.0, 0.97, "within 5 %"),
            (1.2, 1.0, "20 % too high"),
            (0.8, 1.0, "20 % too low"),
            (0.001, 0.005, "5 times too low"),
            (2.0, 0.0, "too high"),
            (0.0, 3.0, "too low"),
            (3.0, 3.0, "exactly right"),
        ] {
            assert_eq!(distance(said, right), words, "{said} for {right}");
        }
    }
}
