//! The table for people and for programs.

use gil_claims::Ranged;
use gil_sim::{GroupId, Outcome};
use gil_words::ended;
use serde_json::{Map, Value, json};

use super::Table;
use super::points::{Point, Ran};
use super::shown::{Shown, in_picture};
use crate::error::Failure;
use crate::json;
use crate::output::{aligned, table};
use crate::seeds;

/// For people: a line for each value; with two things varied a grid for each figure.
pub fn text(found: &Table) -> String {
    match &found.question.overs[..] {
        [_] => lines(found),
        _ => {
            let grids =
                in_picture(found).iter().map(|shown| grid(found, shown)).collect::<Vec<_>>();
            format!("{}\n", grids.join("\n\n"))
        }
    }
}

/// A line of the table: the values that it is of, the figures, and what is to be said of the runs.
struct Line {
    values: Vec<String>,
    cells: Vec<String>,
    note: String,
}

/// A line for each value; what could not be run says why. Names that come out the same, as Pythons
/// with one protocol do, share a line.
fn lines(found: &Table) -> String {
    let question = &found.question;
    let mut lines: Vec<Line> = Vec::new();
    for point in &found.points {
        let cells: Vec<String> = found.shown.iter().map(|shown| cell(shown, point)).collect();
        let note = note(point);
        match lines.last_mut() {
            Some(last)
                if last.cells == cells && last.note == note && question.overs[0].has_names() =>
            {
                last.values.push(point.name());
            }
            _ => lines.push(Line { values: vec![point.name()], cells, note }),
        }
    }
    let has_notes = lines.iter().any(|line| !line.note.is_empty());
    let label = question.overs[0].label();
    let names = found.shown.iter().map(|shown| shown.name.as_str());
    let mut head: Vec<&str> = std::iter::once(label.as_str()).chain(names).collect();
    head.extend(has_notes.then_some(""));
    let mut shown = table(&head);
    for Line { values, cells, note } in lines {
        let row = std::iter::once(together(&values)).chain(cells);
        shown.add_row(row.chain(has_notes.then_some(note)));
    }
    format!("{}\n", aligned(&shown))
}

/// `3.11`; `3.11, 3.12`; `3.2 to 3.13`.
fn together(values: &[String]) -> String {
    match values {
        [first, _, .., last] => format!("{first} to {last}"),
        values => values.join(", "),
    }
}

fn cell(shown: &Shown, point: &Point) -> String {
    shown.of(point).map_or_else(|| "-".to_owned(), |figure| figure.short())
}

/// One figure by two things: the first goes down, the second to the right.
fn grid(found: &Table, figure: &Shown) -> String {
    let [down, right] = [&found.question.overs[0], &found.question.overs[1]];
    let columns = &found.question.values[1];
    let corner = down.label();
    let head: Vec<&str> =
        std::iter::once(corner.as_str()).chain(columns.iter().map(String::as_str)).collect();
    let mut shown = table(&head);
    for row in found.points.chunks(columns.len()) {
        let cells = row.iter().map(|point| match note(point).as_str() {
            "" => cell(figure, point),
            _ => format!("{} *", cell(figure, point)),
        });
        let name = row.first().map(|point| point.values[0].clone()).unwrap_or_default();
        shown.add_row(std::iter::once(name).chain(cells));
    }
    let title =
        format!("{}, by {} (down) and {} (right)", figure.name, down.label(), right.label());
    let text = format!("{title}\n\n{}", aligned(&shown));
    let mut noted = found.points.iter().filter(|point| !note(point).is_empty()).peekable();
    match noted.peek() {
        None => text,
        Some(first) => {
            let (name, note) = (first.name(), note(first));
            format!("{text}\n\n* not a whole run; with {name} it {note}")
        }
    }
}

fn note(point: &Point) -> String {
    match &point.run {
        Err(reason) => format!("cannot be run: {reason}"),
        Ok(Ran { outcome: Outcome::Completed, .. }) => String::new(),
        Ok(Ran { outcome, .. }) => ended(outcome).to_owned(),
    }
}

/// A row for each value and group, with the same columns whatever the scenario is.
///
/// # Errors
/// Where the table cannot be written as CSV.
pub fn csv(found: &Table) -> Result<String, Failure> {
    let question = &found.question;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failure = |error: String| Failure::new(format!("cannot write CSV: {error}"));
    let overs = question.overs.iter().map(super::Over::key);
    let keys = question.columns.iter().flat_map(|column| match question.seeds {
        1 => vec![column.key.clone()],
        _ => ["", "_low", "_high"].map(|end| format!("{}{end}", column.key)).to_vec(),
    });
    let ends = ["note", "scenario"].map(str::to_owned);
    let head = overs.chain(["group".to_owned()]).chain(keys).chain(ends);
    let rows = found.points.iter().flat_map(|point| rows(found, point));
    for row in std::iter::once(head.collect()).chain(rows) {
        writer.write_record(row).map_err(|error| failure(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| failure(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| failure(error.to_string()))
}

/// The lines of CSV for one value: one for each group, or one where no column is about groups.
fn rows(found: &Table, point: &Point) -> Vec<Vec<String>> {
    let question = &found.question;
    let of_groups = question.columns.iter().any(super::column::Column::is_of_groups);
    let groups = question.scenario.spec().numbered_groups();
    let mine = groups.filter(|(id, _)| of_groups || *id == question.group);
    let scenario = point.run.as_ref().map_or("", |run| &run.scenario);
    mine.map(|(id, group)| {
        let cells = question.columns.iter().enumerate().flat_map(|(index, column)| {
            let figure = point.cell(index, column.is_of_groups().then_some(id));
            let text = |value: f64| {
                figure.map_or_else(String::new, |_| json::number(Some(value)).to_string())
            };
            let spread = figure.map(|figure| figure.spread);
            let all = spread.map_or([0.0; 3], |spread| [spread.median, spread.low, spread.high]);
            all.into_iter()
                .take(if question.seeds == 1 { 1 } else { 3 })
                .map(text)
                .collect::<Vec<_>>()
        });
        let values = point.values.iter().cloned().chain([group.name.clone()]);
        values.chain(cells).chain([note(point), scenario.to_owned()]).collect()
    })
    .collect()
}

/// The same for programs that read JSON: figures of the run, and of each group by its name.
pub fn json(found: &Table) -> Value {
    let question = &found.question;
    let columns = question.columns.iter().enumerate().map(|(index, column)| {
        let of = if column.is_of_groups() { "group" } else { "run" };
        let unit = found.points.iter().find_map(|point| Some(point.any(index)?.unit));
        json!({ "key": column.key, "title": column.title, "of": of, "unit": unit })
    });
    json::document(json!({
        "scenario": gil_notation::print_scenario(&question.scenario),
        "over": question.overs.iter().map(super::Over::key).collect::<Vec<_>>(),
        "group": question.scenario.spec().group(question.group).map(|group| &group.name),
        "seeds": question.seeds,
        "columns": columns.collect::<Value>(),
        "rows": found.points.iter().map(|point| row(found, point)).collect::<Value>(),
    }))
}

fn row(found: &Table, point: &Point) -> Value {
    let overs = found.question.overs.iter().map(super::Over::key);
    let values: Map<String, Value> =
        overs.zip(point.values.iter().map(|value| json!(value))).collect();
    let run = match &point.run {
        Ok(run) => run,
        Err(reason) => return json!({ "values": values, "error": reason }),
    };
    let groups = found.question.scenario.spec().numbered_groups();
    let of_groups: Map<String, Value> =
        groups.map(|(id, group)| (group.name.clone(), figures(found, point, Some(id)))).collect();
    json!({
        "values": values,
        "scenario": run.scenario,
        "outcome": json::outcome(&run.outcome, run.end),
        "figures": figures(found, point, None),
        "groups": of_groups,
    })
}

/// The figures of a group, or of the whole run: null where there is none, the median with its range
/// where there are several seeds.
fn figures(found: &Table, point: &Point, group: Option<GroupId>) -> Value {
    let columns = found.question.columns.iter().enumerate();
    let mine = columns.filter(|(_, column)| column.is_of_groups() == group.is_some());
    let value = |figure: Ranged| match found.question.seeds {
        1 => json::number(Some(figure.spread.median)),
        _ => seeds::spread(&figure),
    };
    mine.map(|(index, column)| (column.key.clone(), json!(point.cell(index, group).map(value))))
        .collect::<Map<String, Value>>()
        .into()
}
