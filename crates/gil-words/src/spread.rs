//! A figure of several seeds in words: `79 ms (78 to 158 in 10 seeds)`.

use gil_sim::spread::Spread;

/// The median with its range, each value written by `write`; a single run's figure alone. A range
/// that cannot be told from its median in three digits is none: `79 ms (the same in 10 seeds)`.
pub fn spread(figure: &Spread, write: impl Fn(f64) -> String) -> String {
    let median = write(figure.median);
    if figure.runs() < 2 {
        return median;
    }
    let seeds = seeds(figure);
    match range(figure, &write) {
        Some(range) => format!("{median} ({range} in {seeds})"),
        None => format!("{median} (the same in {seeds})"),
    }
}

/// The median with its range, for a table whose caption says how many seeds there are:
/// `79 ms (78 to 158)`.
pub fn short_spread(figure: &Spread, write: impl Fn(f64) -> String) -> String {
    let median = write(figure.median);
    match (range(figure, &write), figure.missing) {
        (None, 0) => median,
        (Some(range), 0) => format!("{median} ({range})"),
        (None, _) => format!("{median} ({})", seeds(figure)),
        (Some(range), _) => format!("{median} ({range}, {})", seeds(figure)),
    }
}

/// `78 to 158` with the unit where it is not the median's; `None` where both ends read the same.
pub fn range(figure: &Spread, write: impl Fn(f64) -> String) -> Option<String> {
    let [median, low, high] = [figure.median, figure.low, figure.high].map(write);
    if low == high {
        return None;
    }
    let unit = unit_of(&median);
    let is_shared = [&low, &high].iter().all(|end| unit_of(end) == unit);
    let bare = |text: &str| text[..text.len() - unit.len()].trim_end().to_owned();
    match is_shared {
        true => Some(format!("{} to {}", bare(&low), bare(&high))),
        false => Some(format!("{low} to {high}")),
    }
}

/// `10 seeds`, or `8 of 10 seeds` where some runs lack the figure.
fn seeds(figure: &Spread) -> String {
    match figure.missing {
        0 => format!("{} seeds", figure.count),
        _ => format!("{} of {} seeds", figure.count, figure.runs()),
    }
}

/// What stands behind the number: `ms`, `/s`.
fn unit_of(text: &str) -> &str {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-');
    text.trim_start_matches(is_number).trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gil_sim::Nanos;

    fn time(value: f64) -> String {
        Nanos(value as u64).to_string()
    }

    fn of(values: &[f64], missing: usize) -> Spread {
        let known = values.iter().copied().map(Some);
        Spread::of(known.chain(std::iter::repeat_n(None, missing))).unwrap()
    }

    #[test]
    fn a_range_is_in_the_units_of_its_median() {
        let figure = of(&[78e6, 79e6, 158e6], 0);
        assert_eq!(spread(&figure, time), "79 ms (78 to 158 in 3 seeds)");
        assert_eq!(short_spread(&figure, time), "79 ms (78 to 158)");
        let rate = |value: f64| format!("{}/s", crate::number(value));
        assert_eq!(spread(&of(&[1.0, 2.0], 0), rate), "1.5/s (1 to 2 in 2 seeds)");
        let wide = of(&[900e3, 1.1e6, 2e6], 0);
        assert_eq!(spread(&wide, time), "1.1 ms (900 us to 2 ms in 3 seeds)");
    }

    #[test]
    fn runs_without_the_figure_are_told() {
        let figure = of(&[1e6, 3e6], 1);
        assert_eq!(spread(&figure, time), "2 ms (1 to 3 in 2 of 3 seeds)");
        assert_eq!(short_spread(&figure, time), "2 ms (1 to 3, 2 of 3 seeds)");
    }

    #[test]
    fn no_range_is_none() {
        assert_eq!(spread(&of(&[2e6], 0), time), "2 ms");
        assert_eq!(spread(&of(&[2e6, 2e6], 0), time), "2 ms (the same in 2 seeds)");
        assert_eq!(short_spread(&of(&[2e6, 2e6], 0), time), "2 ms");
    }
}
