//! `gil check`: whether what a team has written down still holds.

use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use gil_claims::{Claim, Found, Lab, Sheet};
use serde_json::json;

use crate::DOES_NOT_HOLD;
use crate::arguments::Check;
use crate::error::Failure;
use crate::output::print;

/// A claim and what was found.
struct Checked<'a> {
    claim: &'a Claim,
    found: Found,
    /// The scenario, as a link has it.
    link: String,
}

/// Checks all claims of a file.
pub fn check(arguments: &Check, _colour: crate::arguments::Colour) -> Result<ExitCode, Failure> {
    let path = arguments.file.as_path();
    let text =
        std::fs::read_to_string(path).map_err(|error| Failure::file("read", path, &error))?;
    let name = path.display().to_string();
    let sheet = Sheet::parse(&text).map_err(|error| Failure::claim(&name, error))?;
    let mut lab = Lab::default();
    let checked: Vec<Checked> = sheet
        .claims
        .iter()
        .map(|claim| check_one(claim, &sheet, &mut lab))
        .collect::<Result<_, _>>()?;
    if let Some(file) = &arguments.junit {
        std::fs::write(file, junit(&name, &checked))
            .map_err(|error| Failure::file("write", file, &error))?;
    }
    match arguments.json {
        true => print(&format!("{:#}\n", as_json(&checked))),
        false => print(&shown(&checked)),
    }
    if arguments.github {
        print(&annotations(path, &text, &checked));
    }
    let all_hold = checked.iter().all(|one| one.found.holds);
    Ok(if all_hold { ExitCode::SUCCESS } else { ExitCode::from(DOES_NOT_HOLD) })
}

fn check_one<'a>(claim: &'a Claim, sheet: &Sheet, lab: &mut Lab) -> Result<Checked<'a>, Failure> {
    // A sheet with a claim about a scenario that is not there is not read.
    let scenario = sheet
        .scenarios
        .get(&claim.scenario)
        .ok_or_else(|| Failure::new(format!("there is no scenario {:?}", claim.scenario)))?;
    let found = claim
        .check(scenario, lab)
        .map_err(|error| Failure::claim(&format!("claim {}", claim.name), error))?;
    Ok(Checked { claim, found, link: gil_notation::print_scenario(scenario) })
}

fn shown(checked: &[Checked]) -> String {
    let mut text = String::new();
    // Writing into a string cannot fail.
    for one in checked {
        let verdict = if one.found.holds { "holds" } else { "FAILS" };
        let _ = writeln!(
            text,
            "{verdict}  {}: {} (it is {})",
            one.claim.name, one.claim.text, one.found.value
        );
        if one.found.holds {
            continue;
        }
        let _ = writeln!(text, "       scenario: {}", one.link);
        for (what, said) in [("reason", &one.claim.reason), ("record", &one.claim.record)] {
            if let Some(said) = said {
                let _ = writeln!(text, "       {what}: {said}");
            }
        }
    }
    let failed = checked.iter().filter(|one| !one.found.holds).count();
    let _ = writeln!(text, "{} hold, {failed} fail", checked.len() - failed);
    text
}

fn as_json(checked: &[Checked]) -> serde_json::Value {
    let claims = checked.iter().map(|one| {
        json!({
            "name": one.claim.name,
            "claim": one.claim.text,
            "scenario": one.link,
            "holds": one.found.holds,
            "value": one.found.value,
            "bound": one.found.bound,
            "reason": one.claim.reason,
            "record": one.claim.record,
        })
    });
    serde_json::Value::Array(claims.collect())
}

/// Escapes text for XML.
fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn junit(name: &str, checked: &[Checked]) -> String {
    let failed = checked.iter().filter(|one| !one.found.holds).count();
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuite name=\"{}\" tests=\"{}\" failures=\"{failed}\">\n",
        xml(name),
        checked.len()
    );
    for one in checked {
        let (name, claim) = (xml(&one.claim.name), xml(&one.claim.text));
        let _ = match one.found.holds {
            true => writeln!(text, "  <testcase name=\"{name}\"/>"),
            false => writeln!(
                text,
                "  <testcase name=\"{name}\"><failure message=\"{claim} does not hold: it is {}\">\
                 {}</failure></testcase>",
                xml(&one.found.value.to_string()),
                xml(&one.link)
            ),
        };
    }
    text + "</testsuite>\n"
}

/// Workflow commands of GitHub Actions, at the line of each claim that does not hold.
fn annotations(path: &Path, file: &str, checked: &[Checked]) -> String {
    let failed = checked.iter().filter(|one| !one.found.holds);
    let lines = failed.map(|one| {
        let at = file.find(&one.claim.text).unwrap_or(0);
        let line = file.get(..at).unwrap_or_default().matches('\n').count() + 1;
        format!(
            "::error file={},line={line},title={}::{} does not hold: it is {}\n",
            path.display(),
            one.claim.name,
            one.claim.text,
            one.found.value
        )
    });
    lines.collect()
}
