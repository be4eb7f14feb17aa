//! From what a format says of threads to one state for each of them at a time.
//!
//! Formats have *layers*: intervals of several kinds that lie over each other, as "Waiting for
//! GIL" over "Off CPU". Here they're put in order, cut to when the thread was seen, and folded.

use std::collections::BTreeSet;

use gil_sim::{GilSpan, Nanos, State, StateSpan, ThreadId};

use crate::place::Called;
use crate::recording::{GilSeen, Note};

/// A kind of interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layer {
    /// It has the GIL.
    Has,
    /// It wants the GIL.
    Waiting,
    /// It doesn't have the GIL.
    Without,
    /// On a CPU, or ready for one.
    On,
    /// Neither.
    Off,
    /// On a CPU without the GIL.
    Native,
    /// It collects garbage.
    Collecting,
    /// What is said of it contradicts what is said of another thread.
    Unsure,
    /// It's there; nothing more is said.
    There,
}

const LAYERS: usize = 9;

/// An interval in nanoseconds.
pub(crate) type Interval = (u64, u64);

/// A thread while a file is read.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    /// The file's name for it, harmless already.
    pub name: String,
    /// The function that it runs.
    pub function: Option<String>,
    /// When it was sampled, and in which of `places` it was then; in order of time.
    pub samples: Vec<(u64, u32)>,
    /// Places in the program.
    pub places: Vec<Called>,
    /// The operating system's number for it.
    pub id: Option<u64>,
    /// Whether it's the main thread.
    pub is_main: bool,
    /// When it was seen last, where the file says: intervals that are open then go on to the end
    /// of the file, although the thread may be gone.
    pub seen_until: Option<u64>,
    pub layers: [Vec<Interval>; LAYERS],
}

impl Draft {
    /// Adds an interval; it isn't backwards.
    pub fn add(&mut self, layer: Layer, start: u64, end: u64) {
        if start < end {
            self.layers[layer as usize].push((start, end));
        }
    }

    pub fn layer(&self, layer: Layer) -> &[Interval] {
        &self.layers[layer as usize]
    }

    /// When it was first seen.
    pub fn start(&self) -> Option<u64> {
        self.layers.iter().flatten().map(|interval| interval.0).min()
    }

    fn end(&self) -> Option<u64> {
        self.layers.iter().flatten().map(|interval| interval.1).max()
    }

    /// Sorts each layer and joins what overlaps; how many overlapped.
    fn put_in_order(&mut self) -> usize {
        self.layers.iter_mut().map(join).sum()
    }

    /// Cuts everything to when it was seen; how much was cut from the longest.
    fn cut(&mut self) -> u64 {
        let (Some(until), Some(end)) = (self.seen_until, self.end()) else { return 0 };
        for layer in &mut self.layers {
            layer.retain(|interval| interval.0 < until);
            if let Some(last) = layer.last_mut() {
                last.1 = last.1.min(until);
            }
        }
        end.saturating_sub(until)
    }

    fn shift(&mut self, by: u64) {
        for interval in self.layers.iter_mut().flatten() {
            *interval = (interval.0 - by, interval.1 - by);
        }
        self.samples.retain(|(time, _)| *time >= by);
        self.samples.iter_mut().for_each(|(time, _)| *time -= by);
    }
}

/// Sorts intervals and joins those that overlap; those that touch stay apart.
fn join(intervals: &mut Vec<Interval>) -> usize {
    if !intervals.is_sorted() {
        intervals.sort_unstable();
    }
    let before = intervals.len();
    intervals.dedup_by(|next, last| {
        let overlaps = next.0 < last.1;
        if overlaps {
            last.1 = last.1.max(next.1);
        }
        overlaps
    });
    before - intervals.len()
}

/// Threads whose layers are in order.
pub(crate) struct Lanes {
    /// Those that were seen, by when they were seen first.
    pub drafts: Vec<Draft>,
    /// The length of the recording.
    pub end: Nanos,
    pub gil: GilSeen,
    pub holders: Vec<GilSpan>,
    pub notes: Vec<Note>,
}

/// Above this share of the time with the GIL, two threads that have it at once are no mistake of
/// the sampler: the program has no GIL.
const AT_ONCE: f64 = 0.1;

impl Lanes {
    /// Puts threads in order. `allowance` is what a cut may take away without a word.
    pub fn new(mut drafts: Vec<Draft>, allowance: Nanos) -> Lanes {
        let mut notes = Vec::new();
        let joined: usize = drafts.iter_mut().map(Draft::put_in_order).sum();
        if joined > 0 {
            let markers = counted(joined, "overlap");
            notes.push(Note(format!(
                "{markers} of markers of one kind in one thread: they're joined."
            )));
        }
        let cut: Vec<(String, u64)> =
            drafts.iter_mut().map(|draft| (draft.name.clone(), draft.cut())).collect();
        notes.extend(cut_note(&cut, allowance));
        drafts.retain(|draft| draft.start().is_some());
        drafts.sort_by_key(|draft| (draft.start(), draft.id));
        let first = drafts.iter().filter_map(Draft::start).min().unwrap_or(0);
        drafts.iter_mut().for_each(|draft| draft.shift(first));
        let end = drafts.iter().filter_map(Draft::end).max().unwrap_or(0);
        let mut lanes =
            Lanes { drafts, end: Nanos(end), gil: GilSeen::No, holders: Vec::new(), notes };
        lanes.find_holders();
        lanes
    }

    /// Who had the GIL when: one thread at a time.
    fn find_holders(&mut self) {
        let says = |layer| {
            self.drafts.iter().any(|draft: &Draft| !draft.layers[layer as usize].is_empty())
        };
        if ![Layer::Has, Layer::Waiting, Layer::Without].into_iter().any(says) {
            return;
        }
        let mut holds: Vec<(Interval, usize)> = Vec::new();
        for (at, draft) in self.drafts.iter().enumerate() {
            holds.extend(draft.layer(Layer::Has).iter().map(|interval| (*interval, at)));
        }
        holds.sort_unstable();
        let (held, at_once) = overlap(&holds);
        if at_once as f64 > AT_ONCE * held as f64 {
            self.gil = GilSeen::FreeThreaded;
            return;
        }
        self.gil = GilSeen::Yes;
        self.trim(&holds, at_once);
    }

    /// Of two holders at once, the one that got it last has it for as long as it's marked so: a
    /// sampler that missed a short turn goes on with the marker of the longer one.
    fn trim(&mut self, holds: &[(Interval, usize)], at_once: u64) {
        for draft in &mut self.drafts {
            draft.layers[Layer::Has as usize].clear();
        }
        // By when they began: the last one has it.
        let mut having: BTreeSet<(Interval, usize)> = BTreeSet::new();
        let (mut at, mut places, mut next) = (0, 0, 0);
        while next < holds.len() || !having.is_empty() {
            let ends = having.iter().map(|(interval, _)| interval.1).min();
            let begins = holds.get(next).map(|(interval, _)| interval.0);
            let now = ends.into_iter().chain(begins).min().unwrap_or(at);
            self.hold(&having, at, now);
            having.retain(|(interval, _)| interval.1 > now);
            while let Some(begun) = holds.get(next).filter(|hold| hold.0.0 <= now) {
                places += usize::from(!having.is_empty());
                having.insert(*begun);
                next += 1;
            }
            at = now;
        }
        if places > 0 {
            self.notes.push(Note(format!(
                "In {} two threads are marked as having the GIL at once, {} altogether. The one \
                 that got it last is taken to have it.",
                counted(places, "place"),
                Nanos(at_once)
            )));
        }
        for draft in &mut self.drafts {
            join(&mut draft.layers[Layer::Unsure as usize]);
        }
    }

    /// The last of those that are marked as having the GIL has it; of the others it isn't known
    /// what they do.
    fn hold(&mut self, having: &BTreeSet<(Interval, usize)>, start: u64, end: u64) {
        let Some((last, thread)) = having.last().filter(|_| start < end) else { return };
        for (other, unsure) in having {
            if (other, unsure) != (last, thread) && unsure != thread {
                self.drafts[*unsure].add(Layer::Unsure, start, end);
            }
        }
        let own = &mut self.drafts[*thread].layers[Layer::Has as usize];
        let span =
            GilSpan { start: Nanos(start), end: Nanos(end), thread: ThreadId(*thread as u16) };
        match (own.last_mut(), self.holders.last_mut()) {
            (Some(before), Some(holder)) if before.1 == start && holder.thread == span.thread => {
                (before.1, holder.end) = (end, span.end);
            }
            _ => {
                own.push((start, end));
                self.holders.push(span);
            }
        }
    }

    /// The states of a thread, without gaps from 0 to the end.
    pub fn states(&self, draft: &Draft) -> Vec<StateSpan> {
        let mut bounds: Vec<(u64, bool, u16)> = Vec::new();
        for (layer, intervals) in draft.layers.iter().enumerate() {
            for (start, end) in intervals {
                bounds.push((*start, true, layer as u16));
                bounds.push((*end, false, layer as u16));
            }
        }
        // Ends before beginnings, as `false` is before `true`.
        bounds.sort_unstable();
        let (first, last) = (draft.start().unwrap_or(0), draft.end().unwrap_or(0));
        let mut spans = Vec::new();
        push(&mut spans, 0, first, State::NotStarted);
        let (mut active, mut at) = (0u16, first);
        for (time, begins, layer) in bounds {
            push(&mut spans, at, time, self.state(active));
            at = time;
            active = if begins { active | 1 << layer } else { active & !(1 << layer) };
        }
        push(&mut spans, last, self.end.0, State::Finished);
        spans
    }

    fn state(&self, active: u16) -> State {
        let is = |layer: Layer| active & (1 << layer as u16) != 0;
        let has_gil = self.gil != GilSeen::FreeThreaded;
        match () {
            () if is(Layer::Unsure) => State::Unseen,
            () if is(Layer::Has) && !has_gil => State::Attached,
            () if is(Layer::Has) && is(Layer::Off) && !is(Layer::On) => State::HoldsOffCpu,
            () if is(Layer::Has) => State::HasGil,
            () if is(Layer::Waiting) && has_gil => State::WaitingGil,
            () if is(Layer::Off) && !is(Layer::On) => State::OffCpu,
            () if is(Layer::Native) || is(Layer::On) => State::Native,
            () => State::Unseen,
        }
    }
}

/// The time in which somebody has the GIL, and that in which two have it, counted for each pair of
/// neighbours.
fn overlap(holds: &[(Interval, usize)]) -> (u64, u64) {
    let (mut held, mut at_once, mut until) = (0, 0, 0);
    for ((start, end), _) in holds {
        at_once += until.min(*end).saturating_sub(*start);
        held += end.saturating_sub(until.max(*start));
        until = until.max(*end);
    }
    (held, at_once)
}

fn push(spans: &mut Vec<StateSpan>, start: u64, end: u64, state: State) {
    if start >= end {
        return;
    }
    match spans.last_mut() {
        Some(last) if last.state == state => last.end = Nanos(end),
        _ => spans.push(StateSpan { start: Nanos(start), end: Nanos(end), state }),
    }
}

fn cut_note(cut: &[(String, u64)], allowance: Nanos) -> Option<Note> {
    let long: Vec<&(String, u64)> = cut.iter().filter(|(_, by)| *by > allowance.0).collect();
    let (name, by) = long.iter().max_by_key(|(_, by)| *by)?;
    Some(Note(format!(
        "The last markers of {} go on to the end of the file, after the last sample of the thread: \
         in {name} for {}. They're cut at that sample.",
        counted(long.len(), "thread"),
        Nanos(*by)
    )))
}

/// `1 place`, `3 places`.
pub(crate) fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}
