//! What is printed of claims.

use std::fmt::Write;

use clap::builder::styling::{AnsiColor, Style};
use serde_json::{Value, json};

use super::{Checked, Report};

/// A line for each claim, more for those that fail; with `verbose` for all.
pub fn text(report: &Report, verbose: bool, colour: bool) -> String {
    let mut text = String::new();
    // Writing into a string cannot fail.
    for one in &report.checked {
        let (verdict, claim) = (verdict(one, colour), one.claim);
        let _ = writeln!(text, "{verdict}  {}: {} ({})", claim.name, claim.text, one.figures());
        if one.found.holds && !verbose {
            continue;
        }
        for (what, said) in one.details() {
            let _ = writeln!(text, "       {what}: {said}");
        }
    }
    let failed = report.failed();
    let _ = writeln!(text, "{} hold, {failed} fail", report.checked.len() - failed);
    text
}

fn verdict(one: &Checked, colour: bool) -> String {
    let (word, style) = match one.found.holds {
        true => ("holds", AnsiColor::Green.on_default()),
        false => ("FAILS", AnsiColor::Red.on_default().bold()),
    };
    let style = if colour { style } else { Style::new() };
    format!("{style}{word}{style:#}")
}

/// All claims for programs.
pub fn json(report: &Report) -> Value {
    let claims = report.checked.iter().map(|one| {
        json!({
            "name": one.claim.name,
            "claim": one.claim.text,
            "scenario": one.scenario,
            "link": one.link,
            "holds": one.found.holds,
            "value": one.found.value,
            "bound": one.found.bound,
            "reason": one.claim.reason,
            "record": one.claim.record,
            "measured": one.claim.measured,
        })
    });
    claims.collect()
}
