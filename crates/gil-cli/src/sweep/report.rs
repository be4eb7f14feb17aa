//! The table for people and for programs.

use gil_sim::Outcome;
use gil_words::ended;
use serde_json::{Map, Value, json};

use super::Table;
use super::points::{Point, Run};
use crate::error::Failure;
use crate::output::{aligned, table};

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
        let cells = (0..question.columns.len()).map(|column| match point.cell(column) {
            Some(quantity) => quantity.to_string(),
            None => "-".to_owned(),
        });
        let cells = std::iter::once(point.value.clone()).chain(cells);
        shown.add_row(cells.chain(has_notes.then_some(note)));
    }
    format!("{}\n", aligned(&shown))
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
    let keys = question.columns.iter().map(|column| column.key.as_str());
    let ends = ["note", "scenario"];
    let mut rows = vec![
        std::iter::once(question.over.key.as_str())
            .chain(keys)
            .chain(ends)
            .map(str::to_owned)
            .collect::<Vec<_>>(),
    ];
    rows.extend(found.points.iter().map(|point| {
        let cells = (0..question.columns.len()).map(|column| {
            point.cell(column).map_or_else(String::new, |quantity| quantity.value.to_string())
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
    json!({
        "value": point.value,
        "scenario": run.scenario,
        "outcome": run.outcome,
        "figures": figures,
    })
}
