//! `gil check`: whether what a team has written down still holds.

mod github;
mod junit;
mod report;

use std::io::{stderr, stdout};
use std::ops::Range;
use std::path::Path;
use std::process::ExitCode;

use gil_claims::{Claim, Found, Lab, Sheet};
use gil_notation::{Link, Tab, View};
use gil_sim::{Outcome, Scenario};
use gil_words::ended;

use crate::arguments::{Check, Colour};
use crate::error::Failure;
use crate::input::{STDIN, read_file};
use crate::output::{address, print, print_aside, write_file};
use crate::strict;
use crate::{BAD_INPUT, DOES_NOT_HOLD};

/// What stands in front of a warning.
const WARNING: &str = "warning";

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
    /// What was found, or why the claim cannot be checked, with the place in it.
    found: Result<Found, gil_claims::Error>,
    /// What is odd about the claim.
    warnings: Vec<String>,
    /// The scenario that the file names, as a link has it.
    scenario: String,
    /// What was run for the claim, its own settings included; an address, where that of a
    /// playground is known.
    link: String,
}

/// What became of a claim.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Holds,
    Fails,
    /// It cannot be checked.
    Unclear,
}

/// Checks all claims of a file.
pub fn check(arguments: &Check, colour: Colour) -> Result<ExitCode, Failure> {
    let path = arguments.file.as_path();
    let file = if path == Path::new("-") { STDIN.to_owned() } else { path.display().to_string() };
    let read = read_file(path).and_then(|text| {
        let sheet = read_sheet(&file, &text)?;
        Ok((text, sheet))
    });
    match read {
        Ok((text, sheet)) => check_all(arguments, colour, file, &text, &sheet),
        Err(failure) => {
            // A report of an earlier run must not stay as if it were this one's.
            if let Some(junit) = &arguments.junit {
                write_file(junit, junit::of_wrong_file(&file, &failure))?;
            }
            if arguments.github {
                print(&github::of_wrong_file(&file, &failure))?;
            }
            Err(failure)
        }
    }
}

fn read_sheet(file: &str, text: &str) -> Result<Sheet, Failure> {
    let sheet = Sheet::parse(text).map_err(|error| Failure::claim(file, error))?;
    match sheet.claims.is_empty() {
        false => Ok(sheet),
        // To check nothing would pass, whatever becomes of the documentation.
        true => Err(Failure::new(format!("there is no claim in {file}"))
            .help("a claim begins with [[claims]]; see gil check --help")),
    }
}

fn check_all(
    arguments: &Check,
    colour: Colour,
    file: String,
    text: &str,
    sheet: &Sheet,
) -> Result<ExitCode, Failure> {
    let mut lab = Lab::default();
    let check = |claim| check_one(claim, sheet, &mut lab, arguments);
    let checked = sheet.claims.iter().map(check).collect::<Result<Vec<_>, _>>()?;
    let report = Report { file, text, checked };
    match arguments.json {
        true => print(&format!("{:#}\n", report::json(&report)))?,
        false => print(&report::text(&report, arguments.verbose, colour.on(&stdout())))?,
    }
    if arguments.github {
        print(&github::annotations(&report))?;
    }
    if let Some(file) = &arguments.junit {
        write_file(file, junit::of(&report))?;
    }
    for failure in report.checked.iter().filter_map(|one| one.failure(&report)) {
        print_aside(&failure.shown(colour.on(&stderr())));
    }
    Ok(report.exit_code(arguments.strict))
}

fn check_one<'a>(
    claim: &'a Claim,
    sheet: &Sheet,
    lab: &mut Lab,
    arguments: &Check,
) -> Result<Checked<'a>, Failure> {
    // A sheet with a claim about a scenario that is not there is not read.
    let lost = || Failure::new(format!("there is no scenario {:?}", claim.scenario));
    let scenario = sheet.scenarios.get(&claim.scenario).ok_or_else(lost)?;
    let seeds = claim.seeds.max(arguments.seeds.unwrap_or(1));
    let found = claim.check_in(seeds, scenario, lab);
    let notation = gil_notation::print_scenario(scenario);
    let shown = found.as_ref().map_or(notation.clone(), |found| shown(&found.scenarios, &notation));
    let warnings = claim.warnings(scenario);
    let link = address(arguments.base.as_deref(), &shown);
    Ok(Checked { claim, found, warnings, link, scenario: notation })
}

/// What shows the figures of a claim: what was run for it, two runs side by side.
fn shown(scenarios: &[Scenario], otherwise: &str) -> String {
    match scenarios {
        [] => otherwise.to_owned(),
        [one] => gil_notation::print_scenario(one),
        [a, b, ..] => {
            let view = View { tab: Tab::Compare, ..View::default() };
            let (scenario, other) = (a.clone(), Some(b.clone()));
            gil_notation::print(&Link { scenario, other, view })
        }
    }
}

impl Report<'_> {
    fn count(&self, verdict: Verdict) -> usize {
        self.checked.iter().filter(|one| one.verdict() == verdict).count()
    }

    fn exit_code(&self, is_strict: bool) -> ExitCode {
        if self.count(Verdict::Unclear) > 0 {
            ExitCode::from(BAD_INPUT)
        } else if self.count(Verdict::Fails) > 0 {
            ExitCode::from(DOES_NOT_HOLD)
        } else {
            strict::exit_code(is_strict, self.checked.iter().filter_map(Checked::cut))
        }
    }
}

impl Checked<'_> {
    /// The claim's name and how a run of it ended that did not complete.
    fn cut(&self) -> Option<(&str, &Outcome)> {
        let cut = self.found.as_ref().ok()?.cut.as_ref()?;
        Some((self.claim.name.as_str(), cut))
    }

    fn verdict(&self) -> Verdict {
        match &self.found {
            Ok(found) if found.holds => Verdict::Holds,
            Ok(_) => Verdict::Fails,
            Err(_) => Verdict::Unclear,
        }
    }

    /// What was found, as the end of a sentence: `it is 11.6 ms`, with the other side where that
    /// is a figure, too.
    fn figures(&self) -> String {
        let Found { value, bound, value_range, bound_range, cut, .. } = match &self.found {
            Ok(found) => found,
            Err(error) => return format!("it cannot be checked: {}", error.message),
        };
        let (mut is, mut against) = (value_range.to_string(), bound_range.to_string());
        if is == against && value != bound {
            (is, against) = (value.exact(), bound.exact());
        }
        let mut figures = format!("it is {is}");
        if self.claim.compares_figures() {
            figures += &format!(", against {against}");
        }
        figures += &self.failing_seeds();
        if let Some(outcome) = cut {
            figures += &format!(
                "; the run {}, so that this is not the figure of the whole",
                ended(outcome)
            );
        }
        figures
    }

    /// In how many seeds it fails and in which first, where several were run.
    fn failing_seeds(&self) -> String {
        let Ok(Found { fails_in, value_range, .. }) = &self.found else { return String::new() };
        match (fails_in.as_slice(), value_range.spread.runs()) {
            ([], _) | (_, 1) => String::new(),
            ([seed], runs) => format!("; it fails in 1 of {runs} seeds, seed={seed}"),
            ([first, rest @ ..], runs) => {
                format!("; it fails in {} of {runs} seeds, first in seed={first}", rest.len() + 1)
            }
        }
    }

    /// What is wrong with the claim, as one sentence.
    fn trouble(&self) -> String {
        match self.verdict() {
            Verdict::Unclear => format!("{}: {}", self.claim.text, self.figures()),
            _ => format!("{} does not hold: {}", self.claim.text, self.figures()),
        }
    }

    /// Why the claim cannot be checked, with its place in the file rather than in the claim.
    fn failure(&self, report: &Report) -> Option<Failure> {
        let error = self.found.as_ref().err()?.clone();
        let message = format!("claim {:?}: {}", self.claim.name, error.message);
        let span = self.place(report.text, &error.span);
        let text = report.text.to_owned();
        Some(Failure::claim(&report.file, gil_claims::Error { message, span, text, ..error }))
    }

    /// Where in the file is what is at `span` in the claim.
    fn place(&self, text: &str, span: &Range<usize>) -> Range<usize> {
        let whole = self.claim.place.clone();
        match text.get(whole.clone()) {
            // Written with escapes, no place in the claim is one in the file.
            Some(written) if written == self.claim.text => {
                whole.start + span.start..whole.start + span.end
            }
            _ => whole,
        }
    }

    /// What stands beside the claim in the file, and where to look at its scenario.
    fn details(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let link = if self.link.contains('#') { "link" } else { "scenario" };
        let Claim { reason, record, measured, .. } = self.claim;
        [
            (link, Some(self.link.as_str())),
            ("reason", reason.as_deref()),
            ("record", record.as_deref()),
            ("measured", measured.as_deref()),
        ]
        .into_iter()
        .filter_map(|(what, said)| Some((what, said?)))
        .chain(self.warnings.iter().map(|warning| (WARNING, warning.as_str())))
    }
}
