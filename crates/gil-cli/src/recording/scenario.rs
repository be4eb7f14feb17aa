//! `gil recording --scenario`: a scenario made from a recording, and how well it agrees.

use std::process::ExitCode;

use gil_record::scenario::{Agreement, Figure, Made, Row, make};
use gil_record::{Findings, Recording};
use gil_words::{number, percent, rate, time};
use serde_json::{Value, json};

use crate::error::Failure;
use crate::json;
use crate::output::{aligned, print, table};

/// Makes the scenario and prints it.
pub fn scenario(
    recording: &Recording,
    findings: &Findings,
    as_json: bool,
) -> Result<ExitCode, Failure> {
    let made = make(recording, findings)
        .map_err(|why| Failure::new(format!("no scenario can be made of this: {why}")))?;
    let agreement = Agreement::of(&made, recording, findings);
    match as_json {
        true => print(&format!("{:#}\n", json::document(document(&made, &agreement))))?,
        false => print(&text(&made, &agreement))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn text(made: &Made, agreement: &Agreement) -> String {
    let mut shown = table(&["group", "figure", "recorded", "simulated", "error"]);
    for row in agreement.rows.iter().filter(|row| row.recorded.is_some()) {
        let value = |value: Option<f64>| value.map_or("-".to_owned(), |v| quantity(row.figure, v));
        let group = made.scenario.spec().groups[row.group].name.clone();
        let error = error(row).unwrap_or("-".to_owned());
        let name = row.figure.name().to_owned();
        shown.add_row([group, name, value(row.recorded), value(row.simulated), error]);
    }
    let next = "gil run, gil sweep and gil compare take the scenario as it stands above.";
    let notes = made.notes.join("\n");
    format!("{}\n\n{}\n\n{notes}\n{next}\n", made.notation, aligned(&shown))
}

fn quantity(figure: Figure, value: f64) -> String {
    match figure {
        Figure::Held | Figure::Waited => percent(value),
        Figure::MedianWait | Figure::P90Wait | Figure::LongestWait => time(value),
        Figure::Turns => rate(value),
    }
}

/// Percentage points of a share, percent of anything else, with its sign.
fn error(row: &Row) -> Option<String> {
    let error = row.error()? * 100.0;
    let rounded = (error * 10.0).round() / 10.0;
    let sign = if rounded > 0.0 { "+" } else { "" };
    let unit = if row.figure.is_share() { "points" } else { "%" };
    Some(format!("{sign}{} {unit}", number(rounded)))
}

fn unit(figure: Figure) -> &'static str {
    match figure {
        Figure::Held | Figure::Waited => "share",
        Figure::MedianWait | Figure::P90Wait | Figure::LongestWait => "ns",
        Figure::Turns => "per_s",
    }
}

fn document(made: &Made, agreement: &Agreement) -> Value {
    let row = |row: &Row| {
        json!({
            "group": made.scenario.spec().groups[row.group].name,
            "figure": row.figure.name(),
            "unit": unit(row.figure),
            "recorded": row.recorded,
            "simulated": row.simulated,
            "error": row.error(),
        })
    };
    json!({
        "scenario": made.notation,
        "notes": made.notes,
        "agreement": agreement.rows.iter().map(row).collect::<Value>(),
    })
}
