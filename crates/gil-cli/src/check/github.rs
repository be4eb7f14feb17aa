//! Workflow commands of GitHub Actions: an annotation at each claim that does not hold or
//! cannot be checked.

use super::{Checked, Report, Verdict};

/// A line for each claim that does not hold or cannot be checked, at its line of the file.
pub fn annotations(report: &Report) -> String {
    let failed = report.checked.iter().filter(|one| one.verdict() != Verdict::Holds);
    failed.map(|one| annotation(report, one)).collect()
}

fn annotation(report: &Report, one: &Checked) -> String {
    let before = report.text.get(..one.claim.place.start).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let mut message = one.trouble();
    for (what, said) in one.details() {
        message += &format!("\n{what}: {said}");
    }
    let (file, title) = (property(&report.file), property(&one.claim.name));
    format!("::error file={file},line={line},title={title}::{}\n", data(&message))
}

/// Escapes what stands behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property, where colon and comma mean something, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
