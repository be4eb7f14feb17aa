//! A report that CI systems read: JUnit's XML.

use std::fmt::Write;

use super::{Checked, Report, Verdict};
use crate::error::Failure;

/// The report as an XML document.
pub fn of(report: &Report) -> String {
    let (file, tests) = (xml(&report.file), report.checked.len());
    let failed = report.count(Verdict::Fails);
    let errors = report.count(Verdict::Unclear);
    let cases: String = report.checked.iter().map(|one| case(one, &file)).collect();
    document(&file, tests, failed, errors, &cases)
}

/// The report of a file that cannot be checked at all.
pub fn of_wrong_file(file: &str, failure: &Failure) -> String {
    let (file, message) = (xml(file), xml(failure.message()));
    let case = format!(
        "  <testcase classname=\"{file}\" name=\"the file\">\n    <error message=\"{message}\" />\n\
         \x20 </testcase>\n"
    );
    document(&file, 1, 0, 1, &case)
}

fn document(file: &str, tests: usize, failed: usize, errors: usize, cases: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites tests=\"{tests}\" failures=\"{failed}\" errors=\"{errors}\">\n\
         <testsuite name=\"{file}\" tests=\"{tests}\" failures=\"{failed}\" errors=\"{errors}\" \
         skipped=\"0\">\n{cases}</testsuite>\n</testsuites>\n"
    )
}

fn case(one: &Checked, file: &str) -> String {
    let mut text = format!("  <testcase classname=\"{file}\" name=\"{}\">\n", xml(&one.claim.name));
    let details: String =
        one.details().map(|(what, said)| format!("{what}: {}\n", xml(said))).collect();
    let trouble = xml(&one.trouble());
    // Writing into a string cannot fail.
    let _ = match one.verdict() {
        Verdict::Holds => {
            let (claim, figures) = (xml(&one.claim.text), xml(&one.figures()));
            writeln!(text, "    <system-out>{claim} ({figures})\n{details}</system-out>")
        }
        Verdict::Fails => {
            writeln!(text, "    <failure message=\"{trouble}\">{details}</failure>")
        }
        Verdict::Unclear => writeln!(text, "    <error message=\"{trouble}\">{details}</error>"),
    };
    text + "  </testcase>\n"
}

/// Escapes text for XML, in attributes as well; what XML 1.0 does not allow is left out.
fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\n' => escaped += "&#10;",
            '\r' => escaped += "&#13;",
            '\t' => escaped += "&#9;",
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}
