//! The table of cases.

use std::fmt;

use crate::figure::Samples;
use crate::{Case, Verdict, columns};

/// A case and what the simulation says.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The case.
    pub case: Case,
    /// The simulated figure; not a number where the simulation has none.
    pub simulated: f64,
    /// Whether the two agree.
    pub verdict: Verdict,
}

impl Row {
    /// How far the simulated figure is from the nearest measured one, as a fraction of that one;
    /// 0 between two measured ones.
    pub fn error(&self) -> f64 {
        self.case.error(self.simulated)
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

/// The median of the errors' sizes; 0 without rows.
pub fn median_error<'a>(rows: impl IntoIterator<Item = &'a Row>) -> f64 {
    let mut errors: Vec<f64> = rows.into_iter().map(|row| row.error().abs()).collect();
    errors.sort_by(f64::total_cmp);
    errors.get(errors.len() / 2).copied().unwrap_or(0.0)
}

/// Rows as text, then the reasons of what is missed.
pub struct Table<'a>(pub &'a [Row]);

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", Row::head())?;
        for row in self.0 {
            writeln!(f, "{row}")?;
        }
        let within = self.0.iter().filter(|row| row.verdict == Verdict::Within).count();
        writeln!(f, "{within} of {} within tolerance (* = used to fit the machine)", self.0.len())?;
        let mut reasons: Vec<&str> = self.0.iter().filter_map(|row| row.case.reason).collect();
        reasons.sort_unstable();
        reasons.dedup();
        reasons.iter().try_for_each(|reason| writeln!(f, "missed: {reason}"))
    }
}

impl Row {
    /// What stands above the rows.
    pub(crate) fn head() -> String {
        format!(
            "{:<46} {:>8} {:>16} {:>9}    {:>7}  verdict",
            "figure", "measured", "earlier/range", "simulated", "error"
        )
    }

    /// The row without its verdict.
    pub(crate) fn figures(&self) -> String {
        let Row { case, simulated, .. } = self;
        let title = if case.fitted { format!("{} *", case.title) } else { case.title.clone() };
        let (first, second) = columns(&case.measured, digits);
        let error = self.error() * 100.0;
        format!(
            "{title:<46} {first:>8} {second:>16} {:>9} {:<2} {error:>+6.1}%",
            digits(*simulated),
            case.unit
        )
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}  {}", self.figures(), self.verdict.name())
    }
}

/// Three or four significant digits.
fn digits(value: f64) -> String {
    match value {
        v if v.is_nan() => "-".to_owned(),
        v if v < 9.995 => format!("{v:.3}"),
        v if v < 99.95 => format!("{v:.2}"),
        v if v < 9999.5 => format!("{v:.1}"),
        v => format!("{v:.0}"),
    }
}
