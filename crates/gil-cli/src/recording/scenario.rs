//! `gil recording --scenario`: a scenario made from a recording, and how well it agrees.

use std::process::ExitCode;

use gil_record::scenario::{Agreement, Figure, Made, Row, make};
use gil_record::{Findings, Recording};
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
        let value = |value: Option<f64>| value.map_or("-".to_owned(), |v| row.figure.words(v));
        let group = made.scenario.spec().groups[row.group].name.clone();
        let error = row.error_words().unwrap_or("-".to_owned());
        let name = row.figure.name().to_owned();
        shown.add_row([group, name, value(row.recorded), value(row.simulated), error]);
    }
    let next = "gil run, gil sweep and gil compare take the scenario as it stands above.";
    let notes = made.notes.join("\n");
    format!("{}\n\n{}\n\n{notes}\n{next}\n", made.notation, aligned(&shown))
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
