//! The lanes of a run, with what their patterns mean.

use gil_notation::View;
use gil_sim::{Nanos, Trace};
use gil_view::axis::TimeScale;
use gil_view::timeline::{self, Entries, legend, legend_words};
use gil_words::{headline, scenario};

use super::frame::Frame;
use super::{Drawn, Shown};

/// Room left of the lanes' names.
pub const INSET: f32 = 8.0;

/// Width of a column of shares in pixels: a long run has them in every lane, and three times as many
/// would not say more.
pub const COLUMN: f32 = 3.0;

/// Draws the window that a view has, with the playhead where it has one.
pub fn draw(run: Shown, view: &View, width: f32) -> Drawn {
    let (trace, title) = (run.trace(), headline(run.run));
    let sub = scenario::line(run.scenario());
    let mut frame = Frame::new(width, &title, &sub);
    let seen = seen(trace, trace.end, view, frame.room(INSET));
    let drawn = match view.at {
        Some(_) => run.timeline.layout(trace, &seen),
        None => run.timeline.base(trace, &seen),
    };
    frame.put(drawn, INSET);
    frame.gap(6.0);
    frame.put(legend(&[trace], Entries::Occurring, frame.room(INSET)), INSET);
    let description = format!(
        "{} {sub}. {}",
        window_words(&seen.scale, view.at),
        legend_words(&[trace], Entries::Occurring)
    );
    Drawn { frame, title, description }
}

/// A view of the page as one of the timeline; `end` is that of the longer run.
pub fn seen(trace: &Trace, end: Nanos, view: &View, width: f32) -> timeline::View {
    let whole = TimeScale::new(end);
    timeline::View {
        scale: view.window.map_or(whole, |(from, to)| whole.window(from, to)),
        playhead: view.at.unwrap_or_default().min(end),
        column: COLUMN,
        ..timeline::View::new(trace, width)
    }
}

/// The stretch of time that is shown, and the playhead, in a sentence.
pub fn window_words(scale: &TimeScale, at: Option<Nanos>) -> String {
    let stretch = match (scale.from(), scale.to()) {
        (Nanos::ZERO, to) if to == scale.end() => format!("all {to}"),
        (from, to) => format!("{from} to {to} of {}", scale.end()),
    };
    let playhead = match at {
        Some(at) => format!(", with the playhead at {}", at.min(scale.end())),
        None => String::new(),
    };
    format!("A timeline of {stretch}{playhead}.")
}
