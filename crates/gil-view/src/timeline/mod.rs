//! The timeline: a lane for each thread, for each core and for the GIL, over an axis of time.
//!
//! [`Timeline::new`] prepares a trace once; then [`base`](Timeline::base) lays out the lanes of
//! any window in time proportional to lanes and pixels, and [`overlay`](Timeline::overlay) what
//! changes from frame to frame. [`hit`](Timeline::hit) tells what lies under the pointer, and
//! [`range`](Timeline::range) adds up a selection.
//!
//! A bar's height times its length is the same at every zoom: see `columns.rs`.

mod columns;
mod draw;
mod hit;
mod legend;
mod look;
mod overlay;
mod range;
mod rows;
mod track;

use gil_sim::{EventId, EventKind, Nanos, ThreadId, Trace};

pub use hit::{Column, Hit};
pub use legend::{Entries, legend, legend_words};
pub use look::Occupant;
pub use range::{RangeStats, ThreadStats};
pub use rows::{Lane, PHONE, Row};

use crate::axis::TimeScale;
use crate::display::List;
use draw::Mark;
use look::state_key;
use rows::Rows;
use track::{Piece, Track};

/// What of a run is shown, and what lies over it. The scale may end later than the run, where
/// another one beside it does.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The window. Its place in pixels is ignored: see [`Timeline::scale`].
    pub scale: TimeScale,
    /// Width of the whole picture in logical pixels.
    pub width: f32,
    /// Width of a column that shows shares, in logical pixels, 1 or more: a picture that is kept
    /// has wider ones than the screen, and is so much smaller.
    pub column: f32,
    /// How far apart samples are, in a recording that was sampled: a change from one state to another
    /// is somewhere in such a stretch. `None` where every change is known.
    pub period: Option<Nanos>,
    /// Whether the lanes of the cores are shown.
    pub cores: bool,
    /// The time that playback has reached.
    pub playhead: Nanos,
    /// Where the pointer is, in logical pixels.
    pub hover: Option<(f32, f32)>,
    /// A time that is pointed at elsewhere: in the timeline of another run beside this one.
    pub pointed: Option<Nanos>,
    /// A stretch of time that is selected, in either order.
    pub selection: Option<(Nanos, Nanos)>,
    /// An event that is looked at; it is ringed and tied to its cause.
    pub event: Option<EventId>,
}

impl View {
    /// All of a run, with its cores, and nothing over it but the playhead at the beginning.
    pub fn new(trace: &Trace, width: f32) -> View {
        View {
            scale: TimeScale::new(trace.end),
            width,
            column: 1.0,
            period: None,
            cores: true,
            playhead: Nanos::ZERO,
            hover: None,
            pointed: None,
            selection: None,
            event: None,
        }
    }
}

/// A trace made ready to be drawn at any zoom. All methods take the trace that it is made from.
pub struct Timeline {
    gils: Vec<Track>,
    threads: Vec<ThreadLane>,
    cores: Vec<Track>,
    handoffs: Vec<EventId>,
    /// Width of the widest name of the timeline beside this one, in font sizes.
    beside: f32,
}

struct ThreadLane {
    track: Track,
    events: Vec<EventId>,
    missed: Vec<EventId>,
    requests: Vec<EventId>,
    completions: Vec<EventId>,
}

impl Timeline {
    /// Prepares a trace: one pass over its spans and its events.
    pub fn new(trace: &Trace) -> Timeline {
        let of_threads = |spans: &[gil_sim::CoreSpan]| {
            let pieces =
                spans.iter().map(|s| Piece { start: s.start, end: s.end, key: s.thread.0 });
            Track::new(pieces, trace.end)
        };
        let mut timeline = Timeline {
            gils: trace.gils.iter().map(|gil| of_threads(&gil.spans)).collect(),
            threads: trace
                .threads
                .iter()
                .map(|thread| ThreadLane::new(thread, trace.end))
                .collect(),
            cores: trace.cores.iter().map(|spans| of_threads(spans)).collect(),
            handoffs: Vec::new(),
            beside: 0.0,
        };
        timeline.sort_events(trace);
        timeline
    }

    /// The same with as much room for names as that of `other` needs: with each `beside` the
    /// other's trace, their plots lie one above the other.
    pub fn beside(self, other: &Trace) -> Timeline {
        Timeline { beside: rows::widest_name(other), ..self }
    }

    fn sort_events(&mut self, trace: &Trace) {
        for (i, event) in trace.events.iter().enumerate() {
            let id = EventId(i as u32);
            let lane = &mut self.threads[event.thread.index()];
            lane.events.push(id);
            if let Some(mark) = Mark::of(&event.kind) {
                lane.marked(mark).push(id);
            }
            if matches!(event.kind, EventKind::Takes { switched: true, .. }) {
                self.handoffs.push(id);
            }
        }
    }

    /// The view's window on the pixels of the plot, right of the names: to zoom and pan, and to
    /// turn pixels into times. The result can go back into [`View::scale`].
    pub fn scale(&self, trace: &Trace, view: &View) -> TimeScale {
        let gutter = rows::gutter(trace, self.beside, view.width);
        // The last pixels stay free, so that the end of a run can be told from the picture's.
        view.scale.placed(gutter, (view.width - gutter - 8.0).floor())
    }

    /// Height of the picture in logical pixels.
    pub fn height(&self, trace: &Trace, view: &View) -> f32 {
        Rows::new(trace, view.width, view.cores).height
    }

    /// Where the lanes lie, from top to bottom.
    pub fn rows(&self, trace: &Trace, view: &View) -> Vec<Row> {
        Rows::new(trace, view.width, view.cores).rows
    }

    /// Height of the axis at the top of the picture, in logical pixels: a drag there is about
    /// time, not about a lane.
    pub fn axis_height(&self, view: &View) -> f32 {
        rows::axis_height(view.width)
    }

    /// The picture: [`base`](Self::base) with [`overlay`](Self::overlay) on it.
    pub fn layout(&self, trace: &Trace, view: &View) -> List {
        let mut list = self.base(trace, view);
        list.shapes.append(&mut self.overlay(trace, view).shapes);
        list
    }

    /// Axis, names and lanes: depends on window, width and [`View::cores`] alone, so that a page
    /// can keep its pixels while playhead and pointer move.
    pub fn base(&self, trace: &Trace, view: &View) -> List {
        draw::base(self, trace, view)
    }

    /// Playhead, selection, pointer and event.
    pub fn overlay(&self, trace: &Trace, view: &View) -> List {
        overlay::overlay(self, trace, view)
    }

    /// What lies under a point of the picture, in logical pixels; `None` on the names, on the
    /// axis and between lanes.
    pub fn hit(&self, trace: &Trace, x: f32, y: f32, view: &View) -> Option<Hit> {
        hit::hit(self, trace, x, y, view)
    }

    /// The lane at a height, also left of the plot: whose name is it.
    pub fn lane_at(&self, trace: &Trace, y: f32, view: &View) -> Option<Lane> {
        Rows::new(trace, view.width, view.cores).at(y).map(|row| row.lane)
    }

    /// Adds up a stretch of time, for a selection.
    pub fn range(&self, trace: &Trace, from: Nanos, to: Nanos) -> RangeStats {
        range::range(self, trace, from, to)
    }

    fn track(&self, lane: Lane) -> &Track {
        match lane {
            Lane::Gil(gil) => &self.gils[gil.index()],
            Lane::Thread(thread) => &self.threads[thread.index()].track,
            Lane::Core(core) => &self.cores[core.index()],
        }
    }

    fn events_of(&self, thread: ThreadId) -> &[EventId] {
        &self.threads[thread.index()].events
    }

    fn marked(&self, thread: ThreadId, mark: Mark) -> &[EventId] {
        let lane = &self.threads[thread.index()];
        match mark {
            Mark::Missed => &lane.missed,
            Mark::Request => &lane.requests,
            Mark::Completion => &lane.completions,
        }
    }

    /// How many marks of a kind the thread has that has most of them.
    fn most_marked(&self, mark: Mark) -> usize {
        (0..self.threads.len() as u16)
            .map(|i| self.marked(ThreadId(i), mark).len())
            .max()
            .unwrap_or(0)
    }

    fn handoffs(&self) -> &[EventId] {
        &self.handoffs
    }
}

impl ThreadLane {
    fn new(thread: &gil_sim::Thread, end: Nanos) -> ThreadLane {
        let pieces = thread.spans.iter().map(|span| Piece {
            start: span.start,
            end: span.end,
            key: state_key(span.state),
        });
        ThreadLane {
            track: Track::new(pieces, end),
            events: Vec::new(),
            missed: Vec::new(),
            requests: Vec::new(),
            completions: Vec::new(),
        }
    }

    fn marked(&mut self, mark: Mark) -> &mut Vec<EventId> {
        match mark {
            Mark::Missed => &mut self.missed,
            Mark::Request => &mut self.requests,
            Mark::Completion => &mut self.completions,
        }
    }
}
