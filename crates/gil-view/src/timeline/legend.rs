//! The key to the timeline: what each state and each mark looks like.

use gil_sim::{State, Trace};

use super::draw::{Mark, Size, rect};
use super::look::{Occupant, look, state_words};
use super::rows::{Lane, Row, name_size};
use crate::display::{Anchor, Ink, List, Shape, Stroke, text_width};

/// One entry: a sample and its name.
#[derive(Clone, Copy)]
enum Entry {
    State(State),
    Mark(Mark),
}

const ENTRIES: [Entry; 17] = [
    Entry::State(State::HasGil),
    Entry::State(State::Native),
    Entry::State(State::WaitingGil),
    Entry::State(State::ForcedSwitch),
    Entry::State(State::Ready),
    Entry::State(State::BlockedIo),
    Entry::State(State::Asleep),
    Entry::State(State::WaitingLock),
    Entry::State(State::Attached),
    Entry::State(State::WaitingObject),
    Entry::State(State::WorldStopped),
    Entry::State(State::StartingUp),
    Entry::State(State::Idle),
    Entry::State(State::WaitingResult),
    Entry::Mark(Mark::Missed),
    Entry::Mark(Mark::Request),
    Entry::Mark(Mark::Completion),
];

impl Entry {
    fn name(self) -> &'static str {
        match self {
            Entry::State(state) => state.name(),
            Entry::Mark(Mark::Missed) => "failed acquisition",
            Entry::Mark(Mark::Request) => "drop request",
            Entry::Mark(Mark::Completion) => "I/O complete",
        }
    }
}

const SAMPLE: f32 = 22.0;
const BAR: f32 = 16.0;
const LINE: f32 = 26.0;

/// Whether an entry is of use for some runs: what they have in them, and what most runs have.
fn belongs(entry: Entry, traces: &[&Trace]) -> bool {
    let occurs = |state: State| {
        let mut threads = traces.iter().flat_map(|trace| &trace.threads);
        threads.any(|thread| thread.spans.iter().any(|span| span.state == state))
    };
    let has_gil = traces.iter().any(|trace| !trace.gils.is_empty());
    match entry {
        Entry::State(State::HasGil | State::WaitingGil | State::ForcedSwitch) => has_gil,
        Entry::Mark(Mark::Missed | Mark::Request) => has_gil,
        Entry::Mark(Mark::Completion) => true,
        Entry::State(
            State::Native | State::Ready | State::BlockedIo | State::Asleep | State::WaitingLock,
        ) => true,
        Entry::State(state) => occurs(state),
    }
}

/// The key to the states and marks of a run, `width` logical pixels wide, in as many lines as it
/// needs.
pub fn legend(trace: &Trace, width: f32) -> List {
    shared_legend(&[trace], width)
}

/// The key to several runs.
pub fn shared_legend(traces: &[&Trace], width: f32) -> List {
    let size = name_size(width);
    let mut list = List { width, height: LINE, shapes: Vec::new() };
    let mut x = 8.0;
    for entry in ENTRIES.into_iter().filter(|entry| belongs(*entry, traces)) {
        let wide = SAMPLE + 6.0 + text_width(entry.name(), size, false) + 16.0;
        if x + wide > width && x > 8.0 {
            x = 8.0;
            list.height += LINE;
        }
        draw(&mut list, entry, x, size);
        x += wide;
    }
    list
}

/// [`legend`] in words.
pub fn legend_words(trace: &Trace) -> String {
    shared_legend_words(&[trace])
}

/// [`shared_legend`] in words.
pub fn shared_legend_words(traces: &[&Trace]) -> String {
    let words =
        ENTRIES.into_iter().filter(|entry| belongs(*entry, traces)).map(|entry| match entry {
            Entry::State(state) => format!("{}: {}", state.name(), state_words(state)),
            Entry::Mark(_) => format!("{}: a mark", entry.name()),
        });
    format!("The lanes show {}.", words.collect::<Vec<_>>().join("; "))
}

fn draw(list: &mut List, entry: Entry, x: f32, size: f32) {
    let y = list.height - LINE;
    let row = Row { lane: Lane::Gil(0), y: y + 1.0, height: LINE, bar_y: y + 5.0, bar_height: BAR };
    match entry {
        Entry::State(state) => sample(list, state, x, &row),
        Entry::Mark(mark) => {
            // A dot lies on its base line, which is the middle of the text here.
            let rise = if mark == Mark::Completion { BAR / 2.0 - 1.0 } else { 0.0 };
            let row = Row { bar_y: row.bar_y - rise, ..row };
            mark.draw(x + SAMPLE / 2.0, &row, Size::Full, false, &mut list.shapes)
        }
    }
    list.shapes.push(Shape::Text {
        x: x + SAMPLE + 6.0,
        y: row.bar_y + BAR / 2.0 + size * 0.36,
        text: entry.name().to_owned(),
        size,
        ink: Ink::Muted,
        anchor: Anchor::Start,
        bold: false,
        mono: false,
    });
}

fn sample(list: &mut List, state: State, x: f32, row: &Row) {
    let Some(look) = look(Occupant::State(state), row.bar_height) else { return };
    let y = row.base() - look.height;
    if look.dashed {
        let stroke = Stroke { ink: look.fill.ink(), width: look.height, dashed: true };
        let points = vec![(x, y), (x + SAMPLE, y)];
        list.shapes.push(Shape::Path { points, fill: None, stroke: Some(stroke) });
    } else {
        list.shapes.push(rect(x, y, SAMPLE, look.height, look.fill));
    }
}
