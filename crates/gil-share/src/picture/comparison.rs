//! Two runs one above the other over the same axis of time, and what differs.

use gil_notation::View;
use gil_sim::Trace;
use gil_view::display::Ink;
use gil_view::timeline::{Entries, Timeline, legend, legend_words};
use gil_words::difference::{Change, Side, input_changes, summary};
use gil_words::{headline, scenario};

use super::frame::Frame;
use super::timeline::{INSET, seen, window_words};
use super::{Drawn, Shown};

/// Draws both in the window that a view has, with the playhead where it has one.
pub fn draw(a: Shown, b: Shown, view: &View, width: f32) -> Drawn {
    let title = summary(a.run, b.run);
    let changes = changes(a, b);
    let mut frame = Frame::new(width, &title, &changes);
    side(&mut frame, Side::A, a, b.trace(), view);
    frame.gap(14.0);
    side(&mut frame, Side::B, b, a.trace(), view);
    frame.gap(6.0);
    let (traces, room) = ([a.trace(), b.trace()], frame.room(INSET));
    frame.put(legend(&traces, Entries::Occurring, room), INSET);
    let scale = seen(a.trace(), a.trace().end.max(b.trace().end), view, room).scale;
    let told = |side: Side, run: Shown| format!("{}: {}", side.name(), words(run));
    let description = format!(
        "{changes} {} {} {} {}",
        told(Side::A, a),
        told(Side::B, b),
        window_words(&scale, view.at),
        legend_words(&traces, Entries::Occurring)
    );
    Drawn { frame, title, description }
}

/// One of the two: its name, its finding, its lanes.
fn side(frame: &mut Frame, side: Side, run: Shown, other: &Trace, view: &View) {
    let trace = run.trace();
    frame.rule();
    frame.gap(8.0);
    frame.heading(side.name());
    frame.text(&scenario::line(run.scenario()), Ink::Muted);
    frame.text(&headline(run.run), Ink::Text);
    frame.gap(4.0);
    let seen = seen(trace, trace.end.max(other.end), view, frame.room(INSET));
    let timeline = Timeline::new(trace).beside(other);
    let drawn = match view.at {
        Some(_) => timeline.layout(trace, &seen),
        None => timeline.base(trace, &seen),
    };
    frame.put(drawn, INSET);
}

fn words(run: Shown) -> String {
    format!("{}. {}", scenario::line(run.scenario()), headline(run.run))
}

/// Changes that are told one by one.
const MOST_CHANGES: usize = 6;

/// What is changed from A to B, in a sentence.
fn changes(a: Shown, b: Shown) -> String {
    let changes = input_changes(a.scenario(), b.scenario());
    let mut words: Vec<String> = changes.iter().take(MOST_CHANGES).map(Change::to_string).collect();
    match changes.len().saturating_sub(MOST_CHANGES) {
        0 if words.is_empty() => return "Nothing is changed from A to B.".to_owned(),
        0 => {}
        more => words.push(format!("and {more} more")),
    }
    format!("Changed from A to B: {}.", words.join("; "))
}
