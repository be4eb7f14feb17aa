//! `gil measured`: what a program measured, beside the simulation of its scenario.

use std::process::ExitCode;

use gil_record::measured::{Agreement, Measured, Row, read};
use serde_json::{Value, json};

use crate::arguments;
use crate::error::Failure;
use crate::output::{aligned, print, table};
use crate::recording::{file_name, unreadable};
use crate::{input, json};

/// Reads a file and holds it against the simulation.
pub fn measured(arguments: &arguments::Measured) -> Result<ExitCode, Failure> {
    let name = file_name(&arguments.file);
    let text = input::read_file(&arguments.file)?;
    let measured = read(&text).map_err(|error| unreadable(&name, error))?;
    let agreement = Agreement::of(&measured);
    match arguments.json {
        true => print(&format!("{:#}\n", json::document(as_json(&measured, &agreement))))?,
        false => print(&shown(&measured, &agreement))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn shown(measured: &Measured, agreement: &Agreement) -> String {
    let mut figures = table(&["group", "figure", "measured", "simulated", "error"]);
    for row in &agreement.rows {
        let group = row.group.as_deref().unwrap_or("(all)").to_owned();
        let simulated = row.simulated.map_or("-".to_owned(), |value| row.figure.words(value));
        let error = row.error_words().unwrap_or("-".to_owned());
        let name = row.figure.name().to_owned();
        figures.add_row([group, name, row.figure.words(row.measured), simulated, error]);
    }
    let python = &measured.python;
    let gil = if python.has_gil { "" } else { " without a GIL" };
    let ran = format!(
        "Measured on {} {}{gil} ({}, {}).",
        python.implementation,
        python.version,
        python.platform,
        gil_words::count(usize::from(python.cores), "core")
    );
    let notes = [ran].into_iter().chain(agreement.notes.iter().cloned());
    let notes = notes.collect::<Vec<_>>().join("\n");
    format!("{}\n\n{}\n\n{notes}\n", agreement.verdict(), aligned(&figures))
}

fn as_json(measured: &Measured, agreement: &Agreement) -> Value {
    let row = |row: &Row| {
        json!({
            "group": row.group,
            "figure": row.figure.name(),
            "unit": if row.figure.is_time() { "ns" } else { "per_s" },
            "measured": row.measured,
            "simulated": row.simulated,
            "error": row.error(),
        })
    };
    json!({
        "finding": agreement.verdict(),
        "scenario": gil_notation::print_scenario(&measured.scenario),
        "simulated": gil_notation::print_scenario(&agreement.scenario),
        "rows": agreement.rows.iter().map(row).collect::<Value>(),
        "notes": agreement.notes,
    })
}
