//! What is printed of claims.

use std::fmt::Write;

use clap::builder::styling::{AnsiColor, Style};
use serde_json::{Value, json};

use super::{Report, Verdict, WARNING};
use crate::json as dialect;
use crate::output::one_line;
use crate::seeds;

/// A line for each claim, more for those that fail; with `verbose` for all.
pub fn text(report: &Report, verbose: bool, colour: bool) -> String {
    let mut text = String::new();
    // Writing into a string cannot fail.
    for one in &report.checked {
        let (verdict, claim) = (word(one.verdict(), colour), one.claim);
        let [name, says] = [&claim.name, &claim.text].map(|text| one_line(text));
        let _ = writeln!(text, "{verdict}  {name}: {says} ({})", one_line(&one.figures()));
        let is_brief = one.verdict() == Verdict::Holds && !verbose;
        for (what, said) in one.details().filter(|(what, _)| !is_brief || *what == WARNING) {
            let _ = writeln!(text, "       {what}: {}", one_line(said));
        }
    }
    let _ = write!(text, "{} hold", report.count(Verdict::Holds));
    let _ = write!(text, ", {} fail", report.count(Verdict::Fails));
    match report.count(Verdict::Unclear) {
        0 => {}
        unclear => _ = write!(text, ", {unclear} cannot be checked"),
    }
    text + "\n"
}

fn word(verdict: Verdict, colour: bool) -> String {
    let (word, style) = match verdict {
        Verdict::Holds => ("holds", AnsiColor::Green.on_default()),
        Verdict::Fails => ("FAILS", AnsiColor::Red.on_default().bold()),
        Verdict::Unclear => ("ERROR", AnsiColor::Red.on_default().bold()),
    };
    let style = if colour { style } else { Style::new() };
    format!("{style}{word}{style:#}")
}

/// All claims for programs; what cannot be checked has an `error` and no figures.
pub fn json(report: &Report) -> Value {
    let claims = report.checked.iter().map(|one| {
        let found = one.found.as_ref();
        json!({
            "name": one.claim.name,
            "claim": one.claim.text,
            "scenario": one.scenario,
            "link": one.link,
            "holds": found.ok().map(|found| found.holds),
            "value": found.ok().map(|found| found.value),
            "bound": found.ok().map(|found| found.bound),
            "value_range": found.ok().map(|found| seeds::spread(&found.value_range)),
            "bound_range": found.ok().map(|found| seeds::spread(&found.bound_range)),
            "fails_in_seeds": found.ok().map(|found| &found.fails_in),
            "cut": found.ok().and_then(|found| found.cut.as_ref()).map(dialect::kind),
            "warnings": one.warnings,
            "error": found.err().map(|error| &error.message),
            "reason": one.claim.reason,
            "record": one.claim.record,
            "measured": one.claim.measured,
        })
    });
    dialect::document(json!({ "file": report.file, "claims": claims.collect::<Value>() }))
}
