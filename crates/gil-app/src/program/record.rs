//! The record that the path ends with: one Markdown file with what was measured beside what was
//! simulated, what is changed, and what guards it.

use std::rc::Rc;

use gil_record::findings::ThreadFindings;
use gil_words::{count, headline, percent};

use super::change::words;
use crate::evidence::{Brought, Measurement};
use crate::model::Run;

/// What the record is made from.
pub struct Parts<'a> {
    /// The day, as `2026-11-27`.
    pub date: &'a str,
    /// The scenario that stands for the program.
    pub run: &'a Run,
    /// Its address.
    pub address: &'a str,
    /// The scenario after the change, and the address of the comparison.
    pub change: Option<(&'a Run, &'a str)>,
    /// The recording.
    pub recording: Option<&'a Brought>,
    /// Measurements.
    pub measurements: &'a [Rc<Measurement>],
    /// What the test asserts, a sentence each.
    pub asserts: &'a [String],
    /// What the reader noted.
    pub notes: &'a str,
    /// The file that guards it.
    pub guard: &'a str,
}

/// The record as Markdown.
pub fn text(parts: &Parts) -> String {
    let names: Vec<&str> =
        parts.run.scenario().spec().groups.iter().map(|group| group.name.as_str()).collect();
    format!(
        "# What {} may rely on\n\n\
         - Date: {}\n\
         - Status: proposed\n\n\
         ## Reproduce\n\n\
         [The scenario](<{}>) stands for the program. `reproduce.py` does the same for real: run it on \
         the Python and the machine that count, and keep what it prints beside this file.\n\n\
         ## Measured\n\n{}\n\
         ## Simulated\n\n{}\n\n\
         ## Change\n\n{}\n\
         ## Guard\n\n\
         `{}` fails when the property goes. It compares two runs on the same machine, never a time \
         with a clock on the wall. Run it in CI with `pytest {}`.\n{}\n\
         ## Notes\n\n{}\n",
        names.join(" and "),
        parts.date,
        parts.address,
        measured(parts),
        headline(parts.run),
        change(parts),
        parts.guard,
        parts.guard,
        parts.asserts.iter().map(|one| format!("\n- {one}")).collect::<String>(),
        if parts.notes.trim().is_empty() { "(None yet.)" } else { parts.notes.trim() },
    )
}

fn measured(parts: &Parts) -> String {
    let recorded = parts.recording.map(recorded);
    let all: Vec<String> =
        recorded.into_iter().chain(parts.measurements.iter().map(|one| beside(one))).collect();
    match all.is_empty() {
        true => "(Nothing was measured yet: attach a recording, or the output of reproduce.py.)\n"
            .to_owned(),
        false => all.join("\n"),
    }
}

/// Measured figures, the simulation of the same scenario beside them.
fn beside(measurement: &Measurement) -> String {
    let Measurement { name, measured, agreement } = measurement;
    let python = &measured.python;
    let mut text = format!(
        "{} (`{}`: {} {}, {}, {})\n\n\
         | figure | measured | simulated | error |\n| --- | --- | --- | --- |\n",
        agreement.verdict(),
        code(name),
        cell(&python.implementation),
        cell(&python.version),
        cell(&python.platform),
        count(python.cores.into(), "core"),
    );
    for row in agreement.rows.iter().take(MOST) {
        let of = row.group.as_ref().map_or_else(String::new, |group| format!("{}: ", cell(group)));
        let words = |value: f64| row.figure.words(value);
        text += &format!(
            "| {of}{} | {} | {} | {} |\n",
            row.figure.name(),
            words(row.measured),
            row.simulated.map_or_else(|| "–".to_owned(), words),
            row.error_words().unwrap_or_else(|| "–".to_owned()),
        );
    }
    for note in &agreement.notes {
        text += &format!("\n{note}\n");
    }
    text
}

fn recorded(brought: &Brought) -> String {
    let (recording, findings) = (&brought.recording, &brought.findings);
    let mut text = format!("{} (`{}`)\n\n", findings.headline(recording), code(&brought.name));
    for convoy in &findings.convoys {
        text += &format!("{}\n\n", findings.convoy_words(recording, convoy));
    }
    for keeps in &findings.keeps {
        text += &format!("{}\n\n", findings.keeps_words(recording, keeps));
    }
    text += "| thread | had the GIL | waited for it | waits | longest |\n\
             | --- | --- | --- | --- | --- |\n";
    let rows = recording.threads.iter().zip(&findings.threads).take(MOST);
    text.extend(rows.map(|(thread, found)| row(&thread.name, found)));
    text
}

/// Threads in the table.
const MOST: usize = 20;

fn row(name: &str, found: &ThreadFindings) -> String {
    format!(
        "| {} | {} | {} | {} | {} |\n",
        cell(name),
        percent(found.held_share()),
        percent(found.waited_share()),
        found.waits.count(),
        found.waits.longest.map_or_else(|| "–".to_owned(), |time| time.to_string()),
    )
}

fn change(parts: &Parts) -> String {
    let Some((other, address)) = parts.change else {
        return "(None yet.)\n".to_owned();
    };
    let changes = gil_words::difference::input_changes(parts.run.scenario(), other.scenario());
    let lines: String = changes.iter().map(|one| format!("- {}\n", words(one))).collect();
    format!(
        "{lines}\nIn the simulation: {} [Both side by side](<{address}>)\n",
        summary(parts, other)
    )
}

fn summary(parts: &Parts, other: &Run) -> String {
    gil_words::difference::summary(parts.run, other)
}

/// A name from a file, in a cell of a table: nothing in it is Markdown.
fn cell(name: &str) -> String {
    let escape = |c: char| {
        let special = "\\`*_{}[]<>()#+-.!|&~".contains(c);
        if special { format!("\\{c}") } else { c.to_string() }
    };
    name.chars().map(escape).collect()
}

/// A name from a file, between backticks.
fn code(name: &str) -> String {
    name.replace('`', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDING: &str = include_str!("../../../../tests/recordings/convoy.gecko.json");

    const MEASURED: &str = include_str!("../../../../tests/recordings/convoy.measured.json");

    fn run(notation: &str) -> std::rc::Rc<Run> {
        Run::of(gil_notation::parse_scenario(notation).expect("a scenario"))
    }

    #[test]
    fn a_record_has_what_was_measured_beside_what_is_simulated() {
        let recording = gil_record::read(RECORDING).expect("a recording");
        let measured = gil_record::measured::read(MEASURED).expect("a measurement");
        let brought = Brought::new("slow `x`.json".to_owned(), recording);
        let today = run("v1/report:py-5ms:daemon/client:2:py-100us+io-1ms:x30");
        let after = run("v1/report:py-5ms:daemon:fork/client:2:py-100us+io-1ms:x30");
        let parts = Parts {
            date: "2026-11-27",
            run: &today,
            address: "https://example.org/#a",
            change: Some((&after, "https://example.org/#b")),
            recording: Some(&brought),
            measurements: &[Measurement::new("out.json".to_owned(), measured)],
            asserts: &["Passes of client don't take much longer.".to_owned()],
            notes: "The report ran in the web process.",
            guard: "test_gil.py",
        };
        let text = text(&parts);
        for part in [
            "# What report and client may rely on",
            "It's the GIL. client-1 and client-2 waited for it 81 % of the time",
            "(`slow 'x'.json`)",
            "| client\\-1 | 0 % | 83 % | 198 | 45.8 ms |",
            "[Both side by side](<https://example.org/#b>)",
            "pytest test_gil.py",
            "(`out.json`: CPython 3\\.11\\.7, linux, 2 cores)",
            "| wall time | ",
            "- Passes of client don't take much longer.",
            "## Notes\n\nThe report ran in the web process.",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }

    #[test]
    fn what_is_missing_is_said() {
        let today = run("v1/a:py-1ms");
        let parts = Parts {
            date: "2026-11-27",
            run: &today,
            address: "#a",
            change: None,
            recording: None,
            measurements: &[],
            asserts: &[],
            notes: " ",
            guard: "test_gil.py",
        };
        let text = text(&parts);
        assert!(
            text.contains("(Nothing was measured yet") && text.contains("(None yet.)"),
            "{text}"
        );
    }

    #[test]
    fn names_of_threads_are_no_markdown() {
        assert_eq!(cell("<b>|x"), "\\<b\\>\\|x");
    }
}
