//! `gil presets`: scenarios that show something.

use std::process::ExitCode;

use gil_notation::{PRESETS, Preset, nearest};
use serde_json::{Value, json};

use crate::arguments::Presets;
use crate::error::Failure;
use crate::json;
use crate::output::{aligned, print, table};

/// Lists all presets, or prints the scenario of one.
pub fn presets(arguments: &Presets) -> Result<ExitCode, Failure> {
    let asked = arguments.key.as_deref().map(find).transpose()?;
    match (asked, arguments.json) {
        (Some(preset), true) => {
            print(&format!("{:#}\n", json::document(as_json(preset))))?;
        }
        (Some(preset), false) => print(&format!("{}\n", preset.notation))?,
        (None, true) => {
            let all: Value = PRESETS.iter().map(as_json).collect();
            print(&format!("{:#}\n", json::document(json!({ "presets": all }))))?;
        }
        (None, false) => print(&listed())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn find(key: &str) -> Result<&'static Preset, Failure> {
    let names: Vec<&str> = PRESETS.iter().map(|preset| preset.key).collect();
    Preset::find(key).ok_or_else(|| {
        let failure = Failure::new(format!("there is no preset {key:?}"));
        match nearest(key, &names) {
            Some(name) => failure.help(format!("did you mean {name}?")),
            None => failure.help(format!("presets are {}", names.join(", "))),
        }
    })
}

fn as_json(preset: &Preset) -> Value {
    json!({
        "key": preset.key,
        "title": preset.title,
        "summary": preset.summary,
        "scenario": preset.notation,
    })
}

fn listed() -> String {
    let mut shown = table(&["preset", "title", "what it shows"]);
    for preset in PRESETS {
        shown.add_row([preset.key, preset.title, preset.summary]);
    }
    let end = "gil run PRESET simulates one, gil presets PRESET prints its scenario, and \
               PRESET/si=1ms is one with a change.";
    format!("{}\n\n{end}\n", aligned(&shown))
}
