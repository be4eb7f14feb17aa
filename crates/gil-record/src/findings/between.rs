//! Times that lie in each other: waits and holders, threads that run at once.

use std::collections::BTreeMap;

use gil_sim::{GilSpan, Nanos, State, ThreadId};

use crate::recording::Recorded;

/// Who held the GIL during some waits, the longest first. Both are in order of time.
pub(super) fn holders(waits: &[(Nanos, Nanos)], holders: &[GilSpan]) -> Vec<(ThreadId, Nanos)> {
    let mut by_holder: BTreeMap<ThreadId, Nanos> = BTreeMap::new();
    for (start, end) in waits {
        let first = holders.partition_point(|span| span.end <= *start);
        for span in holders[first..].iter().take_while(|span| span.start < *end) {
            let both = span.end.min(*end) - span.start.max(*start);
            *by_holder.entry(span.thread).or_default() += both;
        }
    }
    let mut all: Vec<(ThreadId, Nanos)> = by_holder.into_iter().collect();
    all.sort_by_key(|(thread, time)| (std::cmp::Reverse(*time), *thread));
    all
}

/// For how long how many threads were in one of some states at once: by their number.
pub(super) fn at_once<'a>(
    threads: impl Iterator<Item = &'a Recorded>,
    wanted: fn(State) -> bool,
    end: Nanos,
) -> Vec<Nanos> {
    let mut bounds: Vec<(Nanos, bool)> = Vec::new();
    for span in threads.flat_map(|thread| &thread.spans).filter(|span| wanted(span.state)) {
        bounds.push((span.start, true));
        bounds.push((span.end, false));
    }
    bounds.sort_unstable();
    let (mut count, mut at) = (0usize, Nanos::ZERO);
    let mut times = vec![Nanos::ZERO];
    for (time, begins) in bounds {
        times[count] += time - at;
        at = time;
        count = if begins { count + 1 } else { count.saturating_sub(1) };
        if times.len() <= count {
            times.push(Nanos::ZERO);
        }
    }
    times[count] += end - at;
    times
}
