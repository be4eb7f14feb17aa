//! The table of all cases.

use std::fmt;

use crate::figure::Samples;
use crate::{Case, Verdict};

/// A case and what the simulation says.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The case.
    pub case: Case,
    /// The simulated figure.
    pub simulated: f64,
    /// Whether the two agree.
    pub verdict: Verdict,
}

impl Row {
    /// How far the simulated figure is from the nearest measured one, as a fraction of that one;
    /// 0 between two measured ones.
    pub fn error(&self) -> f64 {
        let errors = self.case.measured.iter().map(|measured| self.simulated / measured - 1.0);
        let low = errors.clone().fold(f64::INFINITY, f64::min);
        let high = errors.fold(f64::NEG_INFINITY, f64::max);
        if low > 0.0 {
            low
        } else if high < 0.0 {
            high
        } else {
            0.0
        }
    }
}

/// Simulates cases one after the other, as the rows are asked for. Neighbours with the same
/// scenario share their simulation.
pub fn rows(cases: Vec<Case>) -> impl Iterator<Item = Row> {
    let mut last = None;
    cases.into_iter().map(move |case| {
        let samples = match last.take() {
            Some((scenario, samples)) if scenario == case.scenario => samples,
            _ => Samples::of(&case.scenario),
        };
        let simulated = case.figure.of(&samples);
        last = Some((case.scenario.clone(), samples));
        Row { verdict: case.verdict(simulated), simulated, case }
    })
}

/// Rows as text, then the reasons of what is missed.
pub struct Table<'a>(pub &'a [Row]);

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<46} {:>8} {:>8} {:>9}    {:>7}  verdict",
            "figure", "measured", "earlier", "simulated", "error"
        )?;
        for row in self.0 {
            writeln!(f, "{row}")?;
        }
        let within = self.0.iter().filter(|row| row.verdict == Verdict::Within).count();
        writeln!(f, "{within} of {} within tolerance (* = used to fit the machine)", self.0.len())?;
        let mut reasons: Vec<&str> = self.0.iter().filter_map(|row| row.case.miss).collect();
        reasons.sort_unstable();
        reasons.dedup();
        reasons.iter().try_for_each(|reason| writeln!(f, "missed: {reason}"))
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Row { case, simulated, verdict } = self;
        let title = if case.fitted { format!("{} *", case.title) } else { case.title.clone() };
        write!(f, "{title:<46}")?;
        for run in 0..2 {
            let text = case.measured.get(run).map_or("-".to_owned(), |value| digits(*value));
            write!(f, " {text:>8}")?;
        }
        let (error, verdict) = (self.error() * 100.0, verdict.name());
        write!(f, " {:>9} {:<2} {error:>+6.1}%  {verdict}", digits(*simulated), case.unit)
    }
}

/// Three or four significant digits.
fn digits(value: f64) -> String {
    match value {
        v if v < 9.995 => format!("{v:.3}"),
        v if v < 99.95 => format!("{v:.2}"),
        v => format!("{v:.1}"),
    }
}
