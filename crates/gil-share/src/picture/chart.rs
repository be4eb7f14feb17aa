//! How the work of a scenario scales with its threads.

use gil_view::chart::Table;
use gil_view::chart::picture::Picture as Chart;
use gil_view::display::Ink;
use gil_view::scaling::{Kind, Swept, Target, picture, title};
use gil_view::words::{count, scenario};

use super::Drawn;
use super::frame::Frame;

/// Room left of the chart's numbers.
const INSET: f32 = 8.0;

/// Draws what is known so far.
pub fn draw(kind: Kind, swept: &Swept, width: f32) -> Drawn {
    let title = sentence(title(kind, swept));
    let sub = scenario::line(&swept.question.scenario);
    let mut frame = Frame::new(width, &title, &sub);
    let chart = picture(kind, swept, None, frame.room(INSET));
    frame.put(chart.layout(None), INSET);
    let note = note(swept, &chart);
    if !note.is_empty() {
        frame.gap(6.0);
        frame.text(&note, Ink::Muted);
    }
    let description = format!(
        "A chart: {} over the number of threads, for {sub}. {note} {}",
        kind.name().to_lowercase(),
        numbers(&chart.chart.table())
    );
    Drawn { frame, title, description }
}

/// A finding with its full stop.
fn sentence(finding: String) -> String {
    if finding.ends_with('.') { finding } else { finding + "." }
}

/// What is varied and what the marks mean.
fn note(swept: &Swept, chart: &Chart<Target>) -> String {
    let mut notes = Vec::new();
    if swept.question.scenario.spec().groups.len() > 1 {
        notes.push(format!("Varied are the threads of {}.", swept.question.group_name()));
    }
    if chart.current.is_some() {
        notes.push("The ringed point is the scenario as it is.".to_owned());
    }
    if !chart.cut.is_empty() {
        notes.push(
            "Hollow points did not end by themselves: they were cut or are stuck.".to_owned(),
        );
    }
    if let missing @ 1.. = swept.without_point() {
        let runs = count(missing, "run");
        let before = "cut before anybody had completed a pass";
        notes.push(format!("No point for {runs}: {before}."));
    }
    notes.join(" ")
}

/// All numbers, line by line: `ideal: 1× at 1, 2× at 2.`
fn numbers(table: &Table) -> String {
    let line = |(column, name): (usize, &String)| {
        let cell = |row: &Vec<String>| {
            let (at, value) = (row.first()?, row.get(column)?);
            (!value.is_empty()).then(|| format!("{value} at {at}"))
        };
        let cells: Vec<String> = table.rows.iter().filter_map(cell).collect();
        format!("{name}: {}.", cells.join(", "))
    };
    let lines: Vec<String> = table.columns.iter().enumerate().skip(1).map(line).collect();
    lines.join(" ")
}
