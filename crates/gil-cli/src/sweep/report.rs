//! The table for people and for programs.

use gil_sim::Outcome;
use gil_words::ended;
use serde_json::{Map, Value, json};

use super::Table;
use super::points::{Point, Run};
use crate::error::Failure;
use crate::output::{aligned, table};
use crate::seeds;

/// A line for each value; what could not be run says why.
pub fn text(found: &Table) -> String {
    let question = &found.question;
    let notes: Vec<String> = found.points.iter().map(note).collect();
    let has_notes = notes.iter().any(|note| !note.is_empty());
    let names = question.columns.iter().map(|column| column.name.as_str());
    let mut head: Vec<&str> = std::iter::once(question.over.label()).chain(names).collect();
    head.extend(has_notes.then_some(""));
    let mut shown = table(&head);
    for (point, note) in found.points.iter().zip(notes) {
        let cells = (0..question.columns.len()).map(|column| cell(point, column));
        let cells = std::iter::once(point.value.clone()).chain(cells);
        shown.add_row(cells.chain(has_notes.then_some(note)));
    }
    format!("{}\n", aligned(&shown))
}

/// A figure, with its range where several seeds were run.
fn cell(point: &Point, column: usize) -> String {
    match (point.range(column), point.cell(column)) {
        (Some(range), _) => range.short(),
        (None, Some(quantity)) => quantity.to_string(),
        (None, None) => "-".to_owned(),
    }
}

fn note(point: &Point) -> String {
    match &point.run {
        Err(reason) => format!("cannot be run: {reason}"),
        Ok(Run { outcome: Outcome::Completed, .. }) => String::new(),
        Ok(Run { outcome, .. }) => ended(outcome).to_owned(),
    }
}

/// Plain numbers in the base of their unit: seconds, bytes, parts of 1.
///
/// # Errors
/// Where the table cannot be written as CSV.
pub fn csv(found: &Table) -> Result<String, Failure> {
    let question = &found.question;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let several = question.seeds > 1;
    let keys = question.columns.iter().flat_map(|column| {
        let ends = if several { &["", "_low", "_high"][..] } else { &[""] };
        ends.iter().map(|end| format!("{}{end}", column.key))
    });
    let ends = ["note", "scenario"].map(str::to_owned);
    let mut rows: Vec<Vec<String>> =
        vec![std::iter::once(question.over.key.clone()).chain(keys).chain(ends).collect()];
    rows.extend(found.points.iter().map(|point| {
        let text = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
        let cells = (0..question.columns.len()).flat_map(|column| {
            let figure = text(point.cell(column).map(|quantity| quantity.value));
            let range = point.range(column).map(|range| range.spread);
            let ends = [range.map(|spread| spread.low), range.map(|spread| spread.high)];
            let ends = ends.into_iter().filter(|_| several).map(text);
            std::iter::once(figure).chain(ends).collect::<Vec<_>>()
        });
        let scenario = point.run.as_ref().map_or("", |run| &run.scenario).to_owned();
        let cells = std::iter::once(point.value.clone()).chain(cells);
        cells.chain([note(point), scenario]).collect()
    }));
    let failure = |error: String| Failure::new(format!("cannot write CSV: {error}"));
    for row in rows {
        writer.write_record(row).map_err(|error| failure(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| failure(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| failure(error.to_string()))
}

/// The same with the unit of each column.
pub fn json(found: &Table) -> Value {
    let question = &found.question;
    let columns: Vec<Value> = question
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let unit = found.points.iter().find_map(|point| Some(point.cell(index)?.unit));
            json!({ "key": column.key, "name": column.name, "unit": unit })
        })
        .collect();
    let rows: Vec<Value> = found.points.iter().map(|point| row(found, point)).collect();
    json!({
        "scenario": gil_notation::print_scenario(&question.scenario),
        "over": question.over.key,
        "group": question.group_name(),
        "seeds": question.seeds,
        "columns": columns,
        "rows": rows,
    })
}

fn row(found: &Table, point: &Point) -> Value {
    let run = match &point.run {
        Ok(run) => run,
        Err(reason) => return json!({ "value": point.value, "error": reason }),
    };
    let columns = found.question.columns.iter().enumerate();
    let figures: Map<String, Value> = columns
        .map(|(index, column)| {
            (column.key.clone(), json!(point.cell(index).map(|quantity| quantity.value)))
        })
        .collect();
    let columns = found.question.columns.iter().enumerate();
    let ranges: Map<String, Value> = columns
        .map(|(index, column)| {
            (column.key.clone(), json!(point.range(index).as_ref().map(seeds::spread)))
        })
        .collect();
    json!({
        "value": point.value,
        "scenario": run.scenario,
        "outcome": run.outcome,
        "figures": figures,
        "ranges": ranges,
    })
}
