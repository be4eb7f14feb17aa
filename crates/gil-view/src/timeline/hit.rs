//! What lies under a point of the picture.

use gil_sim::{EventId, Nanos, Trace};

use super::columns::Grid;
use super::draw::MARKS;
use super::look::{Occupant, occupant};
use super::rows::{Lane, Rows};
use super::{Timeline, View};
use crate::axis::TimeScale;

/// How near an event has to be, in pixels.
const NEAR: f32 = 6.0;

/// What lies under a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The lane.
    pub lane: Lane,
    /// The time at the point.
    pub at: Nanos,
    /// Begin of the span that contains this time.
    pub start: Nanos,
    /// End of that span.
    pub end: Nanos,
    /// What occupies the lane in that span.
    pub occupant: Occupant,
    /// Set where the column of pixels at the point shows shares rather than this one span.
    pub column: Option<Column>,
    /// The nearest event of the lane within a few pixels; those that are marked come first.
    pub event: Option<EventId>,
}

impl Hit {
    /// The stretch of time that the picture shows at the point as one thing.
    pub fn extent(&self) -> (Nanos, Nanos) {
        match &self.column {
            Some(column) => (column.from, column.to),
            None => (self.start, self.end),
        }
    }
}

/// A column of pixels in which several spans share the time.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// First nanosecond.
    pub from: Nanos,
    /// First nanosecond after it.
    pub to: Nanos,
    /// The occupants and the part that each has, the largest first. Together they are all of the column.
    pub shares: Vec<(Occupant, Nanos)>,
}

pub(super) fn hit(timeline: &Timeline, trace: &Trace, x: f32, y: f32, view: &View) -> Option<Hit> {
    let scale = timeline.scale(trace, view);
    if !(scale.left()..=scale.right()).contains(&x) {
        return None;
    }
    let lane = Rows::new(trace, view.width, view.cores).at(y)?.lane;
    let track = timeline.track(lane);
    let at = scale.time_at(x);
    // The axis can go on behind the end of the run, for another one.
    if at > trace.end {
        return None;
    }
    let piece = track.piece(track.at(at));
    Some(Hit {
        lane,
        at,
        start: piece.start,
        end: piece.end,
        occupant: occupant(lane, piece.key),
        column: column(timeline, lane, x, Grid::new(scale, view.column)),
        event: nearest_of(timeline, trace, lane, x, &scale),
    })
}

fn column(timeline: &Timeline, lane: Lane, x: f32, grid: Grid) -> Option<Column> {
    let track = timeline.track(lane);
    let column = grid.column_at(x);
    if !grid.shows_shares(track, column) {
        return None;
    }
    let (from, to) = grid.stretch(column);
    let mut shares = Vec::new();
    track.shares(from, to, &mut shares);
    shares.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
    let shares = shares.into_iter().map(|(key, time)| (occupant(lane, key), time)).collect();
    Some(Column { from, to, shares })
}

fn nearest_of(
    timeline: &Timeline,
    trace: &Trace,
    lane: Lane,
    x: f32,
    scale: &TimeScale,
) -> Option<EventId> {
    let near = |ids: &[EventId]| nearest(trace, ids, x, scale);
    match lane {
        Lane::Thread(thread) => MARKS
            .iter()
            .rev()
            .find_map(|mark| near(timeline.marked(thread, *mark)))
            .or_else(|| near(timeline.events_of(thread))),
        Lane::Gil(_) => near(timeline.handoffs()),
        Lane::Core(_) => None,
    }
}

/// The nearest of events in order of time, if it is near.
fn nearest(trace: &Trace, ids: &[EventId], x: f32, scale: &TimeScale) -> Option<EventId> {
    let place = |id: &EventId| scale.x_of(trace.events[id.index()].at);
    let after = ids.partition_point(|id| place(id) < x);
    let candidates = [after.checked_sub(1).and_then(|i| ids.get(i)), ids.get(after)];
    let distance = |id: &EventId| (place(id) - x).abs();
    candidates
        .into_iter()
        .flatten()
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))
        .filter(|id| distance(id) <= NEAR)
        .copied()
}
