//! Charts: of many runs, each a point.

use gil_view::chart::Table;
use gil_view::chart::picture::{Picture, PointKey};
use gil_view::display::{Ink, List};
use gil_view::scaling::{Swept, Topic, picture};
use gil_words::scenario;

use super::Drawn;
use super::frame::Frame;

/// Room left of the chart's numbers.
const INSET: f32 = 8.0;

/// A chart that is to become a picture.
pub struct Charted<'a> {
    about: String,
    sub: String,
    notes: Vec<String>,
    lay: Box<dyn Fn(f32) -> Laid + 'a>,
}

/// A chart, laid out.
struct Laid {
    finding: String,
    list: List,
    numbers: Table,
    has_ring: bool,
    has_hollow: bool,
}

impl<'a> Charted<'a> {
    /// A chart of `about`, within a sentence, that is made for any width in logical pixels. `sub`
    /// stands below its finding, the `notes` below the chart.
    pub fn new<R: PointKey>(
        about: impl Into<String>,
        sub: impl Into<String>,
        notes: Vec<String>,
        chart: impl Fn(f32) -> Picture<R> + 'a,
    ) -> Charted<'a> {
        let lay = move |width| {
            let picture = chart(width);
            Laid {
                list: picture.layout(None),
                numbers: picture.chart.table(),
                has_ring: picture.current.is_some(),
                has_hollow: !picture.cut.is_empty(),
                finding: picture.finding,
            }
        };
        Charted { about: about.into(), sub: sub.into(), notes, lay: Box::new(lay) }
    }

    /// How the work of a scenario scales with its threads.
    pub fn of_sweep(topic: Topic, swept: Swept<'a>) -> Charted<'a> {
        let mut notes = Vec::new();
        if swept.question.scenario.spec().groups.len() > 1 {
            notes.push(format!("Varied are the threads of {}.", swept.question.group_name()));
        }
        let about = format!("{} over the number of threads", topic.name().to_lowercase());
        let sub = scenario::line(&swept.question.scenario);
        Charted::new(about, sub, notes, move |width| picture(topic, &swept, None, width))
    }
}

/// Draws a chart.
pub fn draw(charted: &Charted, width: f32) -> Drawn {
    // The finding is the same at every width.
    let title = sentence((charted.lay)(width).finding);
    let mut frame = Frame::new(width, &title, &charted.sub);
    let laid = (charted.lay)(frame.room(INSET));
    let note = note(charted, &laid);
    frame.put(laid.list, INSET);
    if !note.is_empty() {
        frame.gap(6.0);
        frame.text(&note, Ink::Muted);
    }
    let description = format!(
        "A chart: {}, for {}. {note} {}",
        charted.about,
        charted.sub,
        numbers(&laid.numbers)
    );
    Drawn { frame, title, description }
}

/// A finding with its full stop.
fn sentence(finding: String) -> String {
    if finding.ends_with('.') { finding } else { finding + "." }
}

/// The chart's own notes, and what its marks mean.
fn note(charted: &Charted, laid: &Laid) -> String {
    let mut notes: Vec<&str> = charted.notes.iter().map(String::as_str).collect();
    if laid.has_ring {
        notes.push("The ringed point is the scenario as it is.");
    }
    if laid.has_hollow {
        notes.push("Hollow points did not end by themselves: they were cut or are stuck.");
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
