//! `gil check`: whether what a team has written down still holds.

mod github;
mod junit;
mod report;

use std::io::stdout;
use std::ops::Range;
use std::process::ExitCode;

use gil_claims::{Claim, Found, Lab, Sheet};

use crate::DOES_NOT_HOLD;
use crate::arguments::{Check, Colour};
use crate::error::Failure;
use crate::input::read_file;
use crate::output::{address, print, write_file};

/// A file of claims and what was found.
struct Report<'a> {
    /// The file, as it was named.
    file: String,
    /// Its text.
    text: &'a str,
    checked: Vec<Checked<'a>>,
}

/// A claim and what was found.
struct Checked<'a> {
    claim: &'a Claim,
    found: Found,
    /// The scenario, as a link has it.
    scenario: String,
    /// The same as an address, where that of a playground is known.
    link: String,
}

/// Checks all claims of a file.
pub fn check(arguments: &Check, colour: Colour) -> Result<ExitCode, Failure> {
    let path = arguments.file.as_path();
    let text = read_file(path)?;
    let file = path.display().to_string();
    let sheet = Sheet::parse(&text).map_err(|error| Failure::claim(&file, error))?;
    let mut lab = Lab::default();
    let check = |claim| check_one(claim, &sheet, &mut lab, arguments.base.as_deref());
    let checked = sheet.claims.iter().map(check).collect::<Result<Vec<_>, _>>();
    let checked = checked.map_err(|unclear| unclear.in_file(&file, &text))?;
    let report = Report { file, text: &text, checked };
    if let Some(file) = &arguments.junit {
        write_file(file, junit::of(&report))?;
    }
    match arguments.json {
        true => print(&format!("{:#}\n", report::json(&report))),
        false => print(&report::text(&report, arguments.verbose, colour.on(&stdout()))),
    }
    if arguments.github {
        print(&github::annotations(&report));
    }
    let all_hold = report.checked.iter().all(|one| one.found.holds);
    Ok(if all_hold { ExitCode::SUCCESS } else { ExitCode::from(DOES_NOT_HOLD) })
}

/// A claim that cannot be checked.
struct Unclear<'a> {
    claim: &'a Claim,
    error: gil_claims::Error,
}

impl Unclear<'_> {
    /// A sheet with a claim about a scenario that is not there is not read: this is for the case
    /// that the two libraries come to differ about that.
    fn lost(claim: &Claim) -> Unclear<'_> {
        let message = format!("there is no scenario {:?}", claim.scenario);
        let (text, help) = (claim.text.clone(), None);
        Unclear { claim, error: gil_claims::Error { message, span: 0..text.len(), text, help } }
    }

    /// With its place in the file rather than in the claim.
    fn in_file(self, file: &str, text: &str) -> Failure {
        let span = self.place(text);
        let message = format!("claim {:?}: {}", self.claim.name, self.error.message);
        Failure::claim(
            file,
            gil_claims::Error { message, span, text: text.to_owned(), ..self.error },
        )
    }

    fn place(&self, text: &str) -> Range<usize> {
        let whole = self.claim.place.clone();
        match text.get(whole.clone()) {
            // Written with escapes, no place in the claim is one in the file.
            Some(written) if written == self.claim.text => {
                whole.start + self.error.span.start..whole.start + self.error.span.end
            }
            _ => whole,
        }
    }
}

fn check_one<'a>(
    claim: &'a Claim,
    sheet: &Sheet,
    lab: &mut Lab,
    base: Option<&str>,
) -> Result<Checked<'a>, Unclear<'a>> {
    let scenario = sheet.scenarios.get(&claim.scenario).ok_or_else(|| Unclear::lost(claim))?;
    let found = claim.check(scenario, lab).map_err(|error| Unclear { claim, error })?;
    let notation = gil_notation::print_scenario(scenario);
    Ok(Checked { claim, found, link: address(base, &notation), scenario: notation })
}

impl Report<'_> {
    fn failed(&self) -> usize {
        self.checked.iter().filter(|one| !one.found.holds).count()
    }
}

impl Checked<'_> {
    /// What was found, as the end of a sentence: `it is 11.6 ms`, with the other side where that
    /// is a figure, too.
    fn figures(&self) -> String {
        let Found { value, bound, .. } = self.found;
        let sides = self.claim.text.split(['<', '>', '=']).next_back().unwrap_or_default();
        match sides.contains('(') {
            true => format!("it is {value}, against {bound}"),
            false => format!("it is {value}"),
        }
    }

    /// What stands beside the claim in the file, and where to look at its scenario.
    fn details(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let link = if self.link == self.scenario { "scenario" } else { "link" };
        let Claim { reason, record, measured, .. } = self.claim;
        [
            (link, Some(self.link.as_str())),
            ("reason", reason.as_deref()),
            ("record", record.as_deref()),
            ("measured", measured.as_deref()),
        ]
        .into_iter()
        .filter_map(|(what, said)| Some((what, said?)))
    }
}
