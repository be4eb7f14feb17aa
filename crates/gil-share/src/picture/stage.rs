//! A moment of a run: who is on a core, who stands in line, who has the key.

use gil_notation::View;
use gil_sim::{Event, EventId, EventKind, Nanos, Outcome, ThreadId, Trace};
use gil_view::display::Ink;
use gil_view::stage::height;
use gil_words::scenario::{self, exact};
use gil_words::{headline, moment, thread_now};

use super::frame::Frame;
use super::{Drawn, Shown};

/// Draws the moment of the playhead, or a telling one where the view has none.
pub fn draw(run: Shown, view: &View, width: f32) -> Drawn {
    let (trace, title) = (run.trace(), headline(run.run));
    let at = view.at.map_or_else(|| telling(trace), |at| at.min(trace.end));
    let mut frame = Frame::new(width, &title, &scenario::line(run.scenario()));
    let when = format!("At {} of {}", exact(at), trace.end);
    frame.heading(&when);
    frame.gap(8.0);
    let room = frame.room(0.0);
    let scene = run.stage.scene(trace, at, room, height(room, trace.threads.len()));
    frame.put(scene.draw(&scene.places(), scene.key), 0.0);
    let words = words(run, at);
    frame.gap(10.0);
    frame.text(&words, Ink::Text);
    let description = format!("{when}: {}. {words}", threads(trace, at));
    Drawn { frame, title, description }
}

/// A moment that shows what it is about: the end where that is a deadlock, the first request to
/// drop the GIL, or else when most are on cores.
fn telling(trace: &Trace) -> Nanos {
    if matches!(trace.outcome, Outcome::Deadlock(_)) {
        return trace.end;
    }
    let is_request = |event: &&Event| matches!(event.kind, EventKind::DropRequested { .. });
    let request = trace.events.iter().find(is_request).map(|event| event.at);
    let on_core = trace.cores.iter().flatten().map(|span| (span.start, span.end));
    request.or_else(|| first_peak(on_core)).unwrap_or_default()
}

/// When most of some spans, given by start and end, overlap for the first time.
fn first_peak(spans: impl Iterator<Item = (Nanos, Nanos)>) -> Option<Nanos> {
    let spans = spans.filter(|(start, end)| start < end);
    // At the same time ends come before starts: a span does not have its end in it.
    let mut edges: Vec<(Nanos, i32)> =
        spans.flat_map(|(start, end)| [(start, 1), (end, -1)]).collect();
    edges.sort_unstable();
    let (mut now, mut most, mut peak) = (0, 0, None);
    for (at, change) in edges {
        now += change;
        if now > most {
            (most, peak) = (now, Some(at));
        }
    }
    peak
}

/// What has just happened.
fn words(run: Shown, at: Nanos) -> String {
    let trace = run.trace();
    let after = trace.events.partition_point(|event| event.at <= at);
    let Some(last) = after.checked_sub(1) else {
        return "Nothing has happened yet.".to_owned();
    };
    let moment = moment(run.scenario(), trace, EventId(last as u32));
    [moment.state, moment.trigger, moment.consequence].join(" ")
}

/// Threads that a description tells of one by one.
const MOST_TOLD: usize = 24;

/// What everybody is doing.
fn threads(trace: &Trace, at: Nanos) -> String {
    let all = trace.threads.len();
    let told = (0..all.min(MOST_TOLD) as u16).map(ThreadId);
    let mut words: Vec<String> = told
        .map(|thread| format!("{} {}", trace.name(thread), thread_now(trace, thread, at)))
        .collect();
    if all > MOST_TOLD {
        words.push(format!("and {} more threads", all - MOST_TOLD));
    }
    words.join("; ")
}
