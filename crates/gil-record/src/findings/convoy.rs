//! Convoys: threads with short work that wait behind one that computes, again and again.

use gil_sim::{Nanos, State, ThreadId};

use super::thread::rank;
use super::{ThreadFindings, WhileWaiting, share};
use crate::group::Group;

/// A suspicion, and what it rests on. On CPython with a switch interval of 5 ms a wait in a convoy
/// lasts about 5 ms or a multiple: the waiter has to ask, and others wait, too.
#[derive(Clone, Debug, PartialEq)]
pub struct Convoy {
    /// Those that wait: an index into [`Findings::groups`](super::Findings::groups).
    pub group: usize,
    /// The one that has the GIL meanwhile.
    pub holder: ThreadId,
    /// Waits for the GIL.
    pub waits: usize,
    /// Their median.
    pub median: Nanos,
    /// The share of the group's time in which it waits.
    pub waited: f64,
    /// The share of these waits in which the holder was seen with the GIL.
    pub held_by: f64,
    /// The mean time that a member has the GIL for once it got it, as far as was seen.
    pub turn: Nanos,
    /// The share of the group's time in which it's off the CPU: the work that's held up.
    pub off_cpu: f64,
}

/// Fewer waits are no pattern.
const WAITS: usize = 10;
/// Less waiting than this share isn't worth a word.
const WAITED: f64 = 0.2;
/// The holder has the GIL for at least this share of the waits.
const HELD_BY: f64 = 0.5;
/// A wait is at least so many times as long as what the thread does with the GIL afterwards.
const TIMES: u64 = 5;

pub(super) fn convoys(
    groups: &[Group],
    threads: &[ThreadFindings],
    while_waiting: &WhileWaiting,
) -> Vec<Convoy> {
    let of = |(at, group)| convoy(at, group, threads, while_waiting);
    groups.iter().enumerate().filter_map(of).collect()
}

fn convoy(
    at: usize,
    group: &Group,
    threads: &[ThreadFindings],
    while_waiting: &WhileWaiting,
) -> Option<Convoy> {
    let of = || group.threads.iter().map(|thread| &threads[thread.index()]);
    let sum = |time: fn(&ThreadFindings) -> Nanos| of().map(time).sum::<Nanos>();
    let (there, waited) = (sum(|t| t.there), sum(|t| t.waits.total));
    let mut lengths: Vec<Nanos> =
        of().flat_map(|t| t.waits.spans.iter().map(|(start, end)| *end - *start)).collect();
    lengths.sort_unstable();
    let median = rank(&lengths, 500)?;
    let turns: u64 = of().map(|t| t.turns).sum();
    let turn = sum(ThreadFindings::held) / turns.max(1);
    let (holder, held) = main_holder(group, threads.len(), while_waiting)?;
    let convoy = Convoy {
        group: at,
        holder,
        waits: lengths.len(),
        median,
        waited: share(waited, there),
        held_by: share(held, waited),
        turn,
        off_cpu: share(sum(|t| t.time(State::OffCpu)), there),
    };
    let is_one = convoy.waits >= WAITS
        && convoy.waited >= WAITED
        && convoy.held_by >= HELD_BY
        && turn * TIMES <= median;
    is_one.then_some(convoy)
}

/// Who had the GIL longest while the group waited, members left out.
fn main_holder(
    group: &Group,
    threads: usize,
    while_waiting: &WhileWaiting,
) -> Option<(ThreadId, Nanos)> {
    let mut held = vec![Nanos::ZERO; threads];
    for waiter in &group.threads {
        for (holder, time) in while_waiting.of(*waiter) {
            held[holder.index()] += *time;
        }
    }
    let others = held.into_iter().enumerate().map(|(at, time)| (ThreadId(at as u16), time));
    let others = others.filter(|(thread, _)| !group.threads.contains(thread));
    others.max_by_key(|(_, time)| *time).filter(|(_, time)| !time.is_zero())
}
