//! Workflow commands of GitHub Actions: an annotation at each claim that does not hold or
//! cannot be checked.

use super::{Checked, Report, Verdict};
use crate::error::{Failure, line_of};

/// A line for each claim that does not hold or cannot be checked, at its line of the file.
pub fn annotations(report: &Report) -> String {
    let failed = report.checked.iter().filter(|one| one.verdict() != Verdict::Holds);
    failed.map(|one| annotation(report, one)).collect()
}

/// The one of a file that cannot be checked at all.
pub fn of_wrong_file(file: &str, failure: &Failure) -> String {
    error(file, failure.line().unwrap_or(1), "gil check", failure.message())
}

fn annotation(report: &Report, one: &Checked) -> String {
    let mut message = one.trouble();
    for (what, said) in one.details() {
        message += &format!("\n{what}: {said}");
    }
    let line = line_of(report.text, one.claim.place.start);
    error(&report.file, line, &one.claim.name, &message)
}

fn error(file: &str, line: usize, title: &str, message: &str) -> String {
    let (file, title) = (property(file), property(title));
    format!("::error file={file},line={line},title={title}::{}\n", data(message))
}

/// Escapes what stands behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property, where colon and comma mean something, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
