//! The lanes of a recording of a real program. There is no scenario, so there is no link either.

use gil_sim::Trace;
use gil_view::timeline::{Entries, Timeline, View, legend, legend_words};

use super::frame::Frame;
use super::timeline::{COLUMN, INSET, window_words};
use super::{Picture, Subject, check};

/// A recording, and what is said of it. Texts are escaped when the picture is written.
#[derive(Clone, Copy)]
pub struct Recorded<'a> {
    /// The recording as a trace.
    pub trace: &'a Trace,
    /// What was found, in a sentence.
    pub title: &'a str,
    /// How it was recorded, in a sentence: how exact its times are belongs here.
    pub sub: &'a str,
    /// Where it comes from, for the foot: the file's name.
    pub origin: &'a str,
}

/// Draws all of a recording, `width` logical pixels wide.
///
/// # Errors
/// A sentence, where the width isn't one of [`WIDTHS`](super::WIDTHS).
pub fn draw_recorded(recorded: Recorded, width: f32) -> Result<Picture, String> {
    let width = check(width)?;
    let Recorded { trace, title, sub, origin } = recorded;
    let mut frame = Frame::new(width, title, sub);
    let view = View { column: COLUMN, ..View::new(trace, frame.room(INSET)) };
    let timeline = Timeline::new(trace);
    frame.put(timeline.base(trace, &view), INSET);
    frame.gap(6.0);
    frame.put(legend(&[trace], Entries::Occurring, frame.room(INSET)), INSET);
    let description = format!(
        "{} {sub} {} Recorded: {origin}",
        window_words(&view.scale, None),
        legend_words(&[trace], Entries::Occurring)
    );
    Ok(Picture {
        kind: Subject::Timeline,
        list: frame.finish(origin),
        title: title.to_owned(),
        description,
        address: None,
    })
}
