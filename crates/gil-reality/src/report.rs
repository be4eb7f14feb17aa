//! What the program `conformance` prints, as text and as JSON.

use std::fmt;

use gil_notation::print_scenario;
use serde_json::{Value, json};

use crate::{Dataset, Measured, Order, Row, Verdict, median_error, orders, rows};

/// A data set and what the simulation says of it.
pub struct Section {
    /// The data set.
    pub dataset: &'static Dataset,
    /// Its cases.
    pub rows: Vec<Row>,
    /// Its comparisons.
    pub orders: Vec<Order>,
}

impl Section {
    /// Simulates all cases of a data set.
    pub fn of(dataset: &'static Dataset) -> Section {
        let rows: Vec<Row> = rows(dataset.cases()).collect();
        Section { dataset, orders: orders(&rows), rows }
    }
}

/// Several data sets.
pub struct Report(pub Vec<Section>);

impl Report {
    /// Whether every case says what is so.
    pub fn is_expected(&self) -> bool {
        self.0.iter().flat_map(|section| &section.rows).all(|row| row.verdict.is_expected())
    }

    /// The rows, and figures of each data set.
    pub fn to_json(&self) -> Value {
        let row = |section: &Section, row: &Row| {
            let mut value = row_to_json(row);
            value["data_set"] = json!(section.dataset.key);
            value["tolerance"] = json!(row.case.tolerance.factor);
            value["verdict"] = json!(row.verdict.name());
            value["reason"] = json!(row.case.reason);
            value
        };
        let rows = |section| Section::rows(section).map(move |found| row(section, found));
        json!({
            "rows": self.0.iter().flat_map(rows).collect::<Vec<Value>>(),
            "data_sets": self.0.iter().map(Section::to_json).collect::<Vec<Value>>(),
        })
    }
}

impl Section {
    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    fn to_json(&self) -> Value {
        let counts = Counts::of([self]);
        json!({
            "key": self.dataset.key,
            "title": self.dataset.title,
            "cases": counts.cases,
            "within": counts.within,
            "median_error": counts.median_error,
            "comparisons": counts.orders,
            "comparisons_that_hold": counts.hold,
            "not_simulated_yet": self.dataset.not_simulated_yet,
        })
    }
}

fn row_to_json(row: &Row) -> Value {
    let case = &row.case;
    json!({
        "key": case.key,
        "title": case.title,
        "scenario": print_scenario(&case.scenario),
        "unit": case.unit,
        "measured": case.measured,
        "fitted": case.fitted,
        "simulated": row.simulated,
        "error": row.error(),
    })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for section in &self.0 {
            writeln!(f, "{section}")?;
        }
        if self.0.len() > 1 {
            writeln!(f, "All data sets: {}", Counts::of(&self.0))?;
        }
        Ok(())
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "== {} ==\n{}", self.dataset.title, self.dataset.source)?;
        if !self.rows.is_empty() {
            write_rows(f, &self.rows, Row::to_string)?;
            writeln!(f, "\n{}: {}", self.dataset.title, Counts::of([self]))?;
            write_orders(f, &self.orders)?;
            write_reasons(f, &self.rows)?;
        }
        writeln!(f, "not simulated yet: {}", self.dataset.not_simulated_yet.join(", "))
    }
}

/// The rows, each scenario above those that are read off it.
fn write_rows(
    f: &mut fmt::Formatter<'_>,
    rows: &[Row],
    line: impl Fn(&Row) -> String,
) -> fmt::Result {
    writeln!(f, "\n{}", Row::head())?;
    for rows in rows.chunk_by(|a, b| a.case.scenario == b.case.scenario) {
        writeln!(f, "  {}", print_scenario(&rows[0].case.scenario))?;
        rows.iter().try_for_each(|row| writeln!(f, "{}", line(row)))?;
    }
    Ok(())
}

fn write_orders(f: &mut fmt::Formatter<'_>, orders: &[Order]) -> fmt::Result {
    let mut broken = orders.iter().filter(|order| !order.holds);
    broken.try_for_each(|order| {
        writeln!(f, "does not hold: {}: {} < {}", order.claim, order.less, order.more)
    })
}

/// Each reason with the keys that it is for.
fn write_reasons(f: &mut fmt::Formatter<'_>, rows: &[Row]) -> fmt::Result {
    let mut given: Vec<&str> = Vec::new();
    for reason in rows.iter().filter_map(|row| row.case.reason) {
        if given.contains(&reason) {
            continue;
        }
        given.push(reason);
        let of = rows.iter().filter(|row| row.case.reason == Some(reason));
        let keys: Vec<&str> = of.map(|row| row.case.key.as_str()).collect();
        writeln!(f, "off: {}\n     {reason}", keys.join(", "))?;
    }
    Ok(())
}

/// Figures of figures.
struct Counts {
    cases: usize,
    within: usize,
    median_error: f64,
    orders: usize,
    hold: usize,
}

impl Counts {
    fn of<'a>(sections: impl IntoIterator<Item = &'a Section>) -> Counts {
        let sections: Vec<&Section> = sections.into_iter().collect();
        let rows: Vec<&Row> = sections.iter().flat_map(|section| &section.rows).collect();
        let orders: Vec<&Order> = sections.iter().flat_map(|section| &section.orders).collect();
        Counts {
            cases: rows.len(),
            within: rows.iter().filter(|row| row.verdict == Verdict::Within).count(),
            median_error: median_error(rows),
            orders: orders.len(),
            hold: orders.iter().filter(|order| order.holds).count(),
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts { cases, within, median_error, orders, hold } = self;
        let percent = median_error * 100.0;
        write!(
            f,
            "{within} of {cases} figures within tolerance, median error {percent:.1} %, {hold} of \
             {orders} comparisons hold (* = used to fit the machine)"
        )
    }
}

/// Somebody's own measurements beside the simulation. No verdicts: how far their figures scatter
/// is not known.
pub struct Beside {
    python: String,
    cores: u16,
    failures: Vec<String>,
    rows: Vec<Row>,
}

impl Beside {
    /// Simulates what a measured file has figures for.
    ///
    /// # Errors
    /// As [`crate::cases_of`].
    pub fn of(file: Measured) -> Result<Beside, crate::DataError> {
        let failures = file.failures().iter().map(|(name, why)| format!("{name}: {why}")).collect();
        let (python, cores) = (file.python.clone(), file.cores);
        Ok(Beside { python, cores, failures, rows: rows(crate::cases_of(file)?).collect() })
    }

    /// The rows.
    pub fn to_json(&self) -> Value {
        json!({
            "python": self.python,
            "cores": self.cores,
            "median_error": median_error(&self.rows),
            "rows": self.rows.iter().map(row_to_json).collect::<Vec<Value>>(),
        })
    }
}

impl fmt::Display for Beside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "== CPython {} on {} cores, as measured by you ==", self.python, self.cores)?;
        for failure in &self.failures {
            writeln!(f, "left out, as the measuring program failed: {failure}")?;
        }
        if self.rows.is_empty() {
            return writeln!(f, "The file has none of the figures that are simulated.");
        }
        write_rows(f, &self.rows, Row::figures)?;
        writeln!(
            f,
            "\n{} figures, median error {:.1} %. The simulated machine's latencies are fitted to \
             another one than yours.",
            self.rows.len(),
            median_error(&self.rows) * 100.0
        )
    }
}
