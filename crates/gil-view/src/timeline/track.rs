//! Who or what occupied a lane when, with running totals: any stretch of time can be asked for
//! its shares in logarithmic time, however many spans lie in it.

use std::collections::BTreeMap;

use gil_sim::Nanos;

/// What occupies a lane: a state or a thread, by its number.
pub(super) type Key = u16;

/// No thread. States cover all of a run, so it stands in lanes of threads only.
pub(super) const NOBODY: Key = Key::MAX;

/// A stretch of a lane with one occupant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub start: Nanos,
    pub end: Nanos,
    pub key: Key,
}

impl Piece {
    pub fn length(&self) -> Nanos {
        self.end - self.start
    }
}

/// A lane without gaps from 0 to the end of the run.
pub(super) struct Track {
    starts: Vec<u64>,
    keys: Vec<Key>,
    end: u64,
    totals: BTreeMap<Key, Totals>,
}

/// Where the pieces of one key begin, and its total before each of them and after the last.
#[derive(Default)]
struct Totals {
    starts: Vec<u64>,
    before: Vec<u64>,
}

/// Up to so many pieces, adding them up beats looking up the totals of all keys.
const FEW: usize = 12;

impl Track {
    /// Spans in order of time. Gaps become [`NOBODY`]; empty spans and overlaps are dropped.
    pub fn new(spans: impl Iterator<Item = Piece>, end: Nanos) -> Track {
        let end = end.0.max(1);
        let mut track = Track { starts: vec![], keys: vec![], end, totals: BTreeMap::new() };
        let mut at = 0;
        for span in spans {
            let (start, stop) = (span.start.0.max(at), span.end.0.min(end));
            if start < stop {
                track.push(at, start, NOBODY);
                track.push(start, stop, span.key);
                at = stop;
            }
        }
        track.push(at, end, NOBODY);
        track
    }

    fn push(&mut self, start: u64, end: u64, key: Key) {
        if start == end {
            return;
        }
        self.starts.push(start);
        self.keys.push(key);
        let totals = self.totals.entry(key).or_default();
        if totals.before.is_empty() {
            totals.before.push(0);
        }
        totals.starts.push(start);
        totals.before.push(totals.before[totals.before.len() - 1] + (end - start));
    }

    pub fn piece(&self, index: usize) -> Piece {
        let end = self.starts.get(index + 1).copied().unwrap_or(self.end);
        Piece { start: Nanos(self.starts[index]), end: Nanos(end), key: self.keys[index] }
    }

    /// The piece at a time; at the end of the run the last one.
    pub fn at(&self, at: Nanos) -> usize {
        self.starts.partition_point(|start| *start <= at.0) - 1
    }

    /// The same for a time that is not before the piece `hint`: faster the nearer it is.
    pub fn at_or_after(&self, hint: usize, at: Nanos) -> usize {
        hint + count_until(&self.starts[hint..], at.0) - 1
    }

    /// Fills `shares` with the time of each key in a stretch, by key, without those that have none.
    pub fn shares(&self, from: Nanos, to: Nanos, shares: &mut Vec<(Key, Nanos)>) {
        shares.clear();
        let to = to.min(Nanos(self.end));
        if from >= to {
            return;
        }
        let first = self.at(from);
        let last = self.at_or_after(first, to - Nanos(1));
        if last - first < FEW {
            self.add_up(first..=last, from, to, shares);
        } else {
            shares.extend(self.totals.keys().map(|key| (*key, self.time_of(*key, from, to))));
            shares.retain(|(_, time)| !time.is_zero());
        }
    }

    fn add_up(
        &self,
        pieces: std::ops::RangeInclusive<usize>,
        from: Nanos,
        to: Nanos,
        shares: &mut Vec<(Key, Nanos)>,
    ) {
        for piece in pieces.map(|i| self.piece(i)) {
            let time = piece.end.min(to) - piece.start.max(from);
            match shares.iter_mut().find(|(key, _)| *key == piece.key) {
                Some((_, sum)) => *sum += time,
                None => shares.push((piece.key, time)),
            }
        }
        shares.sort_unstable_by_key(|(key, _)| *key);
    }

    /// The time of one key in a stretch.
    pub fn time_of(&self, key: Key, from: Nanos, to: Nanos) -> Nanos {
        let Some(totals) = self.totals.get(&key) else { return Nanos::ZERO };
        Nanos(totals.until(to.0) - totals.until(from.0.min(to.0)))
    }

    /// The keys that occur at all.
    pub fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        self.totals.keys().copied()
    }
}

impl Totals {
    fn until(&self, at: u64) -> u64 {
        let begun = self.starts.partition_point(|start| *start < at);
        let Some(last) = begun.checked_sub(1) else { return 0 };
        let length = self.before[begun] - self.before[last];
        self.before[last] + (at - self.starts[last]).min(length)
    }
}

/// Number of values up to `at` in an ordered slice, by doubling steps and then halving them.
pub(super) fn count_until(sorted: &[u64], at: u64) -> usize {
    let mut step = 1;
    while step < sorted.len() && sorted[step] <= at {
        step *= 2;
    }
    let low = step / 2;
    let high = (step + 1).min(sorted.len());
    low + sorted[low..high].partition_point(|value| *value <= at)
}
