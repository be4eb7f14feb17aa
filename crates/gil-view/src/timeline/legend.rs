//! The key to the timeline: what each state and each mark looks like.

use gil_sim::{InterpreterId, State, Trace};

use super::draw::{Mark, Size, rect};
use super::look::{Occupant, look, state_words};
use super::rows::{Lane, Row, name_size};
use crate::display::{Anchor, Ink, List, Shape, Stroke};
use crate::text;

/// One entry: a sample and its name.
#[derive(Clone, Copy)]
enum Entry {
    State(State),
    Mark(Mark),
}

const ENTRIES: [Entry; 20] = [
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
    Entry::State(State::OffCpu),
    Entry::State(State::HoldsOffCpu),
    Entry::State(State::Unseen),
    Entry::Mark(Mark::Missed),
    Entry::Mark(Mark::Request),
    Entry::Mark(Mark::Completion),
];

impl Entry {
    fn occurs(self, trace: &Trace) -> bool {
        match self {
            Entry::State(state) => {
                let mut spans = trace.threads.iter().flat_map(|thread| &thread.spans);
                spans.any(|span| span.state == state)
            }
            Entry::Mark(mark) => {
                trace.events.iter().any(|event| Mark::of(&event.kind) == Some(mark))
            }
        }
    }

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

/// The entries that a key has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entries {
    /// What occurs, and what occurs in most runs: the key stays as it is while a run is edited.
    Usual,
    /// What occurs: for a picture of one run, where room is dear.
    Occurring,
}

impl Entries {
    fn has(self, entry: Entry, traces: &[&Trace]) -> bool {
        let has_gil = traces.iter().any(|trace| !trace.gils.is_empty());
        let is_usual = match entry {
            Entry::State(State::HasGil | State::WaitingGil | State::ForcedSwitch) => has_gil,
            Entry::Mark(Mark::Missed | Mark::Request) => has_gil,
            Entry::Mark(Mark::Completion) => true,
            Entry::State(
                State::Native
                | State::Ready
                | State::BlockedIo
                | State::Asleep
                | State::WaitingLock,
            ) => true,
            Entry::State(_) => false,
        };
        (self == Entries::Usual && is_usual) || traces.iter().any(|trace| entry.occurs(trace))
    }

    fn of(self, traces: &[&Trace]) -> impl Iterator<Item = Entry> {
        ENTRIES.into_iter().filter(move |entry| self.has(*entry, traces))
    }
}

/// The key to the states and marks of some runs, `width` logical pixels wide, in as many lines as
/// it needs.
pub fn legend(traces: &[&Trace], entries: Entries, width: f32) -> List {
    let size = name_size(width);
    let mut list = List { width, height: LINE, shapes: Vec::new() };
    let mut x = 8.0;
    for entry in entries.of(traces) {
        let wide = SAMPLE + 6.0 + text::width(entry.name(), size, false) + 16.0;
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
pub fn legend_words(traces: &[&Trace], entries: Entries) -> String {
    let words = entries.of(traces).map(|entry| match entry {
        Entry::State(state) => format!("{}: {}", state.name(), state_words(state)),
        Entry::Mark(_) => format!("{}: a mark", entry.name()),
    });
    format!("The lanes show {}.", words.collect::<Vec<_>>().join("; "))
}

fn draw(list: &mut List, entry: Entry, x: f32, size: f32) {
    let y = list.height - LINE;
    let row = Row {
        lane: Lane::Gil(InterpreterId::MAIN),
        y: y + 1.0,
        height: LINE,
        bar_y: y + 5.0,
        bar_height: BAR,
    };
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
