//! Level of detail: which columns of pixels show single spans, and which show shares.
//!
//! A span of at least two pixels is drawn as itself. A column that is touched by anything narrower
//! shows the shares of all that lies in it: each occupant's height is its own height times its
//! share of the time, stacked. So a state covers the same area at every zoom, nothing depends on
//! which span happens to meet a pixel, and work stays bounded by the width of the picture.

use std::ops::Range;

use gil_sim::Nanos;

use super::track::{Key, Track};
use crate::axis::TimeScale;

/// Spans narrower than this many pixels are only shown as shares: below it a pattern cannot be
/// told from another anyway.
const NARROW: f32 = 2.0;

/// The columns of a plot and the times between them; the same for all lanes.
pub(super) struct Grid {
    pub scale: TimeScale,
    /// Width of a column in pixels.
    column: f32,
    times: Vec<Nanos>,
}

/// Neighbouring columns of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// These pieces are drawn as they are, as far as they lie in these columns.
    Plain { columns: Range<usize>, pieces: Range<usize> },
    /// These columns show shares.
    Dense { columns: Range<usize> },
}

impl Grid {
    /// A grid of columns that are this many pixels wide, one or more.
    pub fn new(scale: TimeScale, column: f32) -> Grid {
        let column = column.max(1.0);
        let columns = (scale.width() / column).ceil() as usize;
        let mut times: Vec<_> =
            (0..columns).map(|c| scale.time_at(scale.left() + c as f32 * column)).collect();
        times.push(scale.to());
        Grid { scale, column, times }
    }

    pub fn len(&self) -> usize {
        self.times.len() - 1
    }

    /// Left edge of a column in pixels; of the column after the last: the plot's right edge.
    pub fn x(&self, column: usize) -> f32 {
        (self.scale.left() + column as f32 * self.column).min(self.scale.right())
    }

    pub fn column_at(&self, x: f32) -> usize {
        (((x - self.scale.left()).max(0.0) / self.column) as usize).min(self.len() - 1)
    }

    /// The time that a column stands for; empty where a nanosecond is wider than a pixel.
    pub fn stretch(&self, column: usize) -> (Nanos, Nanos) {
        (self.times[column], self.times[column + 1])
    }

    /// First and last piece in a column, searched from the piece `hint` on.
    fn pieces(&self, track: &Track, column: usize, hint: usize) -> (usize, usize) {
        let (from, to) = self.stretch(column);
        let first = track.at_or_after(hint, from);
        (first, track.at_or_after(first, from.max(to - Nanos(1))))
    }

    /// Whether a column holds anything that is too narrow to be drawn as itself.
    fn is_dense(&self, track: &Track, first: usize, last: usize) -> bool {
        let narrow = |i: usize| self.scale.pixels(track.piece(i).length()) < NARROW;
        last - first > 1 || narrow(first) || narrow(last)
    }

    /// Whether the column at a pixel shows shares.
    pub fn shows_shares(&self, track: &Track, column: usize) -> bool {
        let (first, last) = self.pieces(track, column, 0);
        self.is_dense(track, first, last)
    }

    /// All columns of a lane, cut where the kind changes.
    pub fn runs(&self, track: &Track) -> Vec<Stretch> {
        let mut runs: Vec<Stretch> = Vec::new();
        let mut hint = 0;
        for column in 0..self.len() {
            let (first, last) = self.pieces(track, column, hint);
            hint = last;
            match (self.is_dense(track, first, last), runs.last_mut()) {
                (true, Some(Stretch::Dense { columns })) => columns.end = column + 1,
                (true, _) => runs.push(Stretch::Dense { columns: column..column + 1 }),
                (false, Some(Stretch::Plain { columns, pieces })) => {
                    columns.end = column + 1;
                    pieces.end = last + 1;
                }
                (false, _) => runs
                    .push(Stretch::Plain { columns: column..column + 1, pieces: first..last + 1 }),
            }
        }
        joined(runs)
    }
}

/// Fewer columns than this between dense ones are shown as shares too: one outline instead of
/// many slivers.
const SLIVER: usize = 6;

fn joined(runs: Vec<Stretch>) -> Vec<Stretch> {
    if runs.len() < 3 {
        return runs;
    }
    let mut joined: Vec<Stretch> = Vec::new();
    for run in runs {
        let columns = match run {
            Stretch::Plain { columns, .. } if columns.len() < SLIVER => columns,
            Stretch::Dense { columns } => columns,
            plain => {
                joined.push(plain);
                continue;
            }
        };
        match joined.last_mut() {
            Some(Stretch::Dense { columns: before }) => before.end = columns.end,
            _ => joined.push(Stretch::Dense { columns }),
        }
    }
    joined
}

/// Nothing that happened is lower than this many pixels, however short it was.
const LEAST: f32 = 0.5;

/// Heights of what shares a column, in the order given: `(full height, share of the time)`.
/// Together never above `bar`.
pub(super) fn heights(shares: &[(f32, f64)], bar: f32) -> Vec<f32> {
    let fair = |(full, share): &(f32, f64)| *full * *share as f32;
    let mut heights: Vec<f32> =
        shares.iter().map(|share| fair(share).max(LEAST.min(share.0))).collect();
    let excess = heights.iter().sum::<f32>() - bar;
    let Some(largest) = heights.iter_mut().max_by(|a, b| a.total_cmp(b)) else { return heights };
    if excess <= 0.0 {
        return heights;
    }
    if *largest - excess >= LEAST {
        *largest -= excess;
        return heights;
    }
    // More occupants than pixels: then honest is all it can be.
    shares.iter().map(fair).collect()
}

/// The stacks of neighbouring columns: for each key, in order from the base line up, its lower
/// and upper edge in each column, as pixels above the base line.
pub(super) struct Stacks {
    pub keys: Vec<Key>,
    /// By key, then by column.
    pub edges: Vec<Vec<(f32, f32)>>,
}

/// Edges are rounded to this many parts of a pixel, so that equal columns merge into one shape.
const PARTS: f32 = 4.0;

impl Stacks {
    /// `full` gives an occupant's full height in pixels, or `None` where it draws nothing; `keys`
    /// are those that draw something, from the base line up.
    pub fn new(
        track: &Track,
        grid: &Grid,
        columns: Range<usize>,
        keys: Vec<(Key, f32)>,
        bar: f32,
    ) -> Stacks {
        let mut edges = vec![vec![(0.0, 0.0); columns.len()]; keys.len()];
        let mut shares = Vec::new();
        for (i, column) in columns.enumerate() {
            let (from, to) = grid.stretch(column);
            track.shares(from, to, &mut shares);
            let all = (to - from).0 as f64;
            let present: Vec<(usize, (f32, f64))> = keys
                .iter()
                .enumerate()
                .filter_map(|(k, (key, full))| {
                    let at = shares.binary_search_by_key(key, |(key, _)| *key).ok()?;
                    Some((k, (*full, shares[at].1.0 as f64 / all)))
                })
                .collect();
            let parts: Vec<_> = present.iter().map(|(_, part)| *part).collect();
            let mut top = 0.0;
            for ((k, _), height) in present.iter().zip(heights(&parts, bar)) {
                let bottom = top;
                top += height;
                edges[*k][i] = (round(bottom), round(top));
            }
        }
        Stacks { keys: keys.into_iter().map(|(key, _)| key).collect(), edges }
    }
}

fn round(height: f32) -> f32 {
    (height * PARTS).round() / PARTS
}
