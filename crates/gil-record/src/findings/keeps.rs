//! Threads that keep the GIL although others ask for it: C code that doesn't let go.

use gil_sim::{Nanos, ThreadId};

use super::{ThreadFindings, share};
use crate::recording::Recording;

/// A thread that kept the GIL for longer than Python code does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeps {
    /// The thread.
    pub thread: ThreadId,
    /// For how long it kept the GIL at a time while somebody waited: half of all time that somebody
    /// waited behind it lies in stretches that are at least as long.
    pub stretch: Nanos,
    /// The longest.
    pub longest: Nanos,
    /// Stretches of at least [`LONG`].
    pub count: usize,
}

/// Four times the default switch interval (`DEFAULT_INTERVAL` in Python/ceval_gil.h, 3.2 to 3.15).
/// A thread that runs bytecode lets go one interval after somebody asked. On a busy machine, whose
/// waiter needs a core as well, stretches of 12 ms were recorded of pure bytecode.
pub const LONG: Nanos = Nanos::from_millis(20);

/// Less than this share of the recording in such stretches isn't worth a word.
const WORTH: f64 = 0.05;

/// Who keeps the GIL, those with the longest stretches first.
pub(super) fn keeps(recording: &Recording, threads: &[ThreadFindings]) -> Vec<Keeps> {
    let ends = ends(threads);
    let begins = begins(threads);
    let mut stretches: Vec<Vec<Nanos>> = vec![Vec::new(); threads.len()];
    for span in &recording.holders {
        // Wherever a wait ended, the GIL was somebody else's for a moment, seen or not.
        let inside = ends.partition_point(|end| *end <= span.start);
        let cuts = ends[inside..].iter().take_while(|end| **end < span.end);
        let mut from = span.start;
        for until in cuts.copied().chain([span.end]) {
            stretches[span.thread.index()].extend(waited(&begins, &ends, from, until));
            from = until;
        }
    }
    let of = |(at, lengths)| kept(ThreadId(at as u16), lengths, recording.end);
    let mut all: Vec<Keeps> = stretches.into_iter().enumerate().filter_map(of).collect();
    all.sort_by_key(|one| (std::cmp::Reverse(one.stretch), one.thread));
    all
}

/// For how long somebody waits within a stretch: from the first that does so to its end.
fn waited(begins: &[Nanos], ends: &[Nanos], from: Nanos, until: Nanos) -> Option<Nanos> {
    let begun = begins.partition_point(|begin| *begin <= from);
    let over = ends.partition_point(|end| *end <= from);
    let since = match begun > over {
        true => from,
        false => *begins.get(begun).filter(|begin| **begin < until)?,
    };
    Some(until - since)
}

fn kept(thread: ThreadId, mut lengths: Vec<Nanos>, end: Nanos) -> Option<Keeps> {
    lengths.sort_unstable();
    let all: Nanos = lengths.iter().copied().sum();
    let mut so_far = Nanos::ZERO;
    let half = lengths.iter().find(|length| {
        so_far += **length;
        so_far * 2 >= all
    });
    let long = lengths.partition_point(|length| *length < LONG);
    let in_long: Nanos = lengths[long..].iter().copied().sum();
    let found =
        Keeps { thread, stretch: *half?, longest: *lengths.last()?, count: lengths.len() - long };
    (found.stretch >= LONG && share(in_long, end) >= WORTH).then_some(found)
}

fn begins(threads: &[ThreadFindings]) -> Vec<Nanos> {
    sorted(threads.iter().flat_map(|found| found.waits.spans.iter().map(|wait| wait.0)))
}

fn ends(threads: &[ThreadFindings]) -> Vec<Nanos> {
    sorted(threads.iter().flat_map(|found| found.waits.spans.iter().map(|wait| wait.1)))
}

fn sorted(times: impl Iterator<Item = Nanos>) -> Vec<Nanos> {
    let mut times: Vec<Nanos> = times.collect();
    times.sort_unstable();
    times
}
