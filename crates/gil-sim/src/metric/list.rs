//! The list.

use super::{Better, Metric, Read, Unit};
use crate::run::Run;
use crate::stats::{GroupStats, Percentiles};
use crate::time::Nanos;
use crate::trace::{DropReason, GroupId};

use Better::{Less, More, Neither};
use Unit::{Bytes, Factor, Number, Rate, Share, Time};

/// All metrics, what people ask for first in front.
pub const METRICS: &[Metric] = &[
    Metric {
        key: "response_p50",
        title: "response p50",
        meaning: "median time that somebody waits for an answer: from a request's arrival until it is done",
        unit: Time,
        better: Less,
        read: Read::Group(|run, group| nanos(run.stats.group(group)?.response?.p50)),
    },
    Metric {
        key: "response_p95",
        title: "response p95",
        meaning: "the 95th percentile of that time",
        unit: Time,
        better: Less,
        read: Read::Group(|run, group| nanos(run.stats.group(group)?.response?.p95)),
    },
    Metric {
        key: "response_p99",
        title: "response p99",
        meaning: "the 99th percentile of that time",
        unit: Time,
        better: Less,
        read: Read::Group(|run, group| nanos(run.stats.group(group)?.response?.p99)),
    },
    Metric {
        key: "response_p999",
        title: "response p99.9",
        meaning: "the 99.9th percentile of, from 1,000 of them on, that time",
        unit: Time,
        better: Less,
        read: Read::Group(|run, group| nanos(run.stats.group(group)?.response?.p999)),
    },
    Metric {
        key: "response_mean",
        title: "mean response",
        meaning: "the mean of that time",
        unit: Time,
        better: Less,
        read: Read::Group(|run, group| nanos(run.stats.group(group)?.response?.mean)),
    },
    Metric {
        key: "response_max",
        title: "longest response",
        meaning: "the longest of that time",
        unit: Time,
        better: Less,
        read: Read::Group(|run, group| nanos(run.stats.group(group)?.response?.max)),
    },
    Metric {
        key: "unanswered",
        title: "unanswered requests",
        meaning: "requests that had come and were not answered when the run was cut",
        unit: Number,
        better: Less,
        read: Read::Group(|run, group| {
            run.stats.group(group)?.unanswered().map(|count| count as f64)
        }),
    },
    Metric {
        key: "throughput",
        title: "throughput",
        meaning: "passes of a group per second; in a run that was cut, those begun count in part",
        unit: Rate,
        better: More,
        read: Read::Group(|run, group| done(run, group).map(GroupStats::throughput)),
    },
    Metric {
        key: "speedup",
        title: "speed-up",
        meaning: "throughput of a group over that of one thread of it alone on the same machine",
        unit: Factor,
        better: More,
        read: Read::Group(|run, group| *run.speed_up().of_groups.get(group.index())?),
    },
    Metric {
        key: "speedup_over_sequence",
        title: "speed-up over a sequence",
        meaning: "time that all the work would take in sequence, one thread after the other, over the time it took",
        unit: Factor,
        better: More,
        read: Read::Run(|run| run.speed_up().over_sequence),
    },
    Metric {
        key: "wall",
        title: "wall time",
        meaning: "time from the start of the run to its end; a run that was cut has none",
        unit: Time,
        better: Less,
        read: Read::Run(|run| run.is_whole().then_some(run.stats.wall.0 as f64)),
    },
    Metric {
        key: "makespan",
        title: "makespan",
        meaning: "for a fixed amount of work, time from the start of a group to the end of its last pass",
        unit: Time,
        better: Less,
        read: Read::Group(|run, group| nanos(run.stats.group(group)?.makespan)),
    },
    Metric {
        key: "passes",
        title: "passes",
        meaning: "passes that a group has completed",
        unit: Number,
        better: More,
        read: Read::Group(|run, group| Some(run.stats.group(group)?.passes as f64)),
    },
    Metric {
        key: "pass_p50",
        title: "pass p50",
        meaning: "median time that a pass takes, from the end of the one before; with a queue from the moment its job is taken, with messages from the moment the thread goes on with one",
        unit: Time,
        better: Less,
        read: Read::Group(|run, group| nanos(run.stats.group(group)?.pass?.p50)),
    },
    Metric {
        key: "pass_p95",
        title: "pass p95",
        meaning: "the 95th percentile of that time",
        unit: Time,
        better: Less,
        read: Read::Group(|run, group| nanos(run.stats.group(group)?.pass?.p95)),
    },
    Metric {
        key: "pass_p99",
        title: "pass p99",
        meaning: "the 99th percentile of that time",
        unit: Time,
        better: Less,
        read: Read::Group(|run, group| nanos(run.stats.group(group)?.pass?.p99)),
    },
    Metric {
        key: "pass_p999",
        title: "pass p99.9",
        meaning: "the 99.9th percentile of, from 1,000 of them on, that time",
        unit: Time,
        better: Less,
        read: Read::Group(|run, group| nanos(run.stats.group(group)?.pass?.p999)),
    },
    Metric {
        key: "pass_mean",
        title: "mean pass",
        meaning: "the mean of that time",
        unit: Time,
        better: Less,
        read: Read::Group(|run, group| nanos(run.stats.group(group)?.pass?.mean)),
    },
    Metric {
        key: "pass_max",
        title: "longest pass",
        meaning: "the longest of that time",
        unit: Time,
        better: Less,
        read: Read::Group(|run, group| nanos(run.stats.group(group)?.pass?.max)),
    },
    Metric {
        key: "wakeup_p50",
        title: "wake-up p50",
        meaning: "median time from the completion of I/O until its thread has the GIL",
        unit: Time,
        better: Less,
        read: Read::Either(|run, group| nanos(wakeup(run, group)?.p50)),
    },
    Metric {
        key: "wakeup_p95",
        title: "wake-up p95",
        meaning: "the 95th percentile of that time",
        unit: Time,
        better: Less,
        read: Read::Either(|run, group| nanos(wakeup(run, group)?.p95)),
    },
    Metric {
        key: "wakeup_p99",
        title: "wake-up p99",
        meaning: "the 99th percentile of that time",
        unit: Time,
        better: Less,
        read: Read::Either(|run, group| nanos(wakeup(run, group)?.p99)),
    },
    Metric {
        key: "wakeup_mean",
        title: "mean wake-up",
        meaning: "the mean of that time",
        unit: Time,
        better: Less,
        read: Read::Either(|run, group| nanos(wakeup(run, group)?.mean)),
    },
    Metric {
        key: "wakeup_max",
        title: "longest wake-up",
        meaning: "the longest of that time",
        unit: Time,
        better: Less,
        read: Read::Either(|run, group| nanos(wakeup(run, group)?.max)),
    },
    Metric {
        key: "longest_queue",
        title: "longest queue",
        meaning: "jobs of a group that waited at once, at most",
        unit: Number,
        better: Less,
        read: Read::Group(|run, group| {
            Some(f64::from(run.stats.group(group)?.queue.as_ref()?.longest))
        }),
    },
    Metric {
        key: "mean_queue",
        title: "mean queue",
        meaning: "jobs of a group that waited, on average of time",
        unit: Number,
        better: Less,
        read: Read::Group(|run, group| Some(run.stats.group(group)?.queue.as_ref()?.mean)),
    },
    Metric {
        key: "gil_load",
        title: "GIL held",
        meaning: "share of the run for which the GIL is held; where several interpreters have one each, the mean of them",
        unit: Share,
        better: Neither,
        read: Read::Run(|run| Some(run.stats.gil_load?.mean)),
    },
    Metric {
        key: "gil_load_max",
        title: "GIL held most",
        meaning: "share of the run for which that GIL is held that is held most",
        unit: Share,
        better: Neither,
        read: Read::Run(|run| Some(run.stats.gil_load?.max)),
    },
    Metric {
        key: "gil_wait",
        title: "GIL wait",
        meaning: "share of their time for which threads wait for the GIL",
        unit: Share,
        better: Less,
        read: Read::Either(gil_wait),
    },
    Metric {
        key: "longest_wait",
        title: "longest GIL wait",
        meaning: "longest time that a thread waits for the GIL",
        unit: Time,
        better: Less,
        read: Read::Either(longest_wait),
    },
    Metric {
        key: "turn",
        title: "turn",
        meaning: "median time for which a thread of a group keeps the GIL",
        unit: Time,
        better: Neither,
        read: Read::Group(|run, group| nanos(turn(run, group))),
    },
    Metric {
        key: "handoffs",
        title: "handoffs",
        meaning: "times that the GIL went to another thread, all or for one reason, as drop_request",
        unit: Number,
        better: Neither,
        read: Read::Reason(|run, reason| Some(handoffs(run, reason) as f64)),
    },
    Metric {
        key: "handoff_rate",
        title: "handoff rate",
        meaning: "handoffs per second",
        unit: Rate,
        better: Neither,
        read: Read::Run(|run| Some(run.stats.handoffs_per_second())),
    },
    Metric {
        key: "missed",
        title: "failed acquisitions",
        meaning: "woken waiters that found the GIL taken again",
        unit: Number,
        better: Less,
        read: Read::Run(|run| Some(run.stats.missed as f64)),
    },
    Metric {
        key: "drop_requests",
        title: "drop requests",
        meaning: "times that a waiter asked the holder to let go of the GIL",
        unit: Number,
        better: Neither,
        read: Read::Run(|run| Some(run.stats.requests as f64)),
    },
    Metric {
        key: "cores",
        title: "cores in use",
        meaning: "cores that are busy, on average",
        unit: Number,
        better: Neither,
        read: Read::Run(|run| Some(run.stats.cores_in_use)),
    },
    Metric {
        key: "starved",
        title: "starved threads",
        meaning: "threads that no longer get the GIL",
        unit: Number,
        better: Less,
        read: Read::Run(|run| Some(run.stats.starved.len() as f64)),
    },
    Metric {
        key: "startup",
        title: "start-up",
        meaning: "time until the last thread or process of a group, or of the run, is ready to run Python",
        unit: Time,
        better: Less,
        read: Read::Either(|run, group| nanos(start_up(run, group))),
    },
    Metric {
        key: "memory",
        title: "memory",
        meaning: "estimate of the memory of all processes, interpreters and threads",
        unit: Bytes,
        better: Less,
        read: Read::Run(|run| Some(run.stats.memory.total() as f64)),
    },
];

fn nanos(time: Option<Nanos>) -> Option<f64> {
    time.map(|time| time.0 as f64)
}

/// A group that has got something done. Of one that was cut before it had, nothing is known, and a
/// rate of zero would sound like something.
fn done(run: &Run, group: GroupId) -> Option<&GroupStats> {
    let stats = run.stats.group(group)?;
    (stats.work() > 0.0 || run.is_whole()).then_some(stats)
}

fn wakeup(run: &Run, group: Option<GroupId>) -> Option<Percentiles> {
    match group {
        Some(group) => run.stats.group(group)?.wakeup,
        None => run.stats.wakeup,
    }
}

fn start_up(run: &Run, group: Option<GroupId>) -> Option<Nanos> {
    match group {
        Some(group) => run.stats.group(group)?.start_up,
        None => run.stats.start_up,
    }
}

fn gil_wait(run: &Run, group: Option<GroupId>) -> Option<f64> {
    if run.trace.gils.is_empty() {
        return None;
    }
    let waited = match group {
        Some(group) => run.stats.group(group)?.gil_wait,
        None => run.stats.gil_wait,
    };
    let threads = members(run, group).count() as u64;
    let time = run.stats.wall * threads;
    (!time.is_zero()).then(|| waited.as_secs_f64() / time.as_secs_f64())
}

fn longest_wait(run: &Run, group: Option<GroupId>) -> Option<f64> {
    if run.trace.gils.is_empty() {
        return None;
    }
    nanos(members(run, group).map(|thread| run.stats.threads[thread].longest_wait).max())
}

/// The threads of a group, or all.
fn members(run: &Run, group: Option<GroupId>) -> impl Iterator<Item = usize> + '_ {
    let mine =
        move |thread: &usize| group.is_none_or(|group| run.trace.threads[*thread].group == group);
    (0..run.trace.threads.len()).filter(mine)
}

fn turn(run: &Run, group: GroupId) -> Option<Nanos> {
    let spans = run.trace.gils.iter().flat_map(|gil| &gil.spans);
    let mine = spans.filter(|s| run.trace.threads[s.thread.index()].group == group);
    Percentiles::of(mine.map(|span| span.end - span.start).collect())?.p50
}

fn handoffs(run: &Run, reason: Option<DropReason>) -> u64 {
    let handoffs = &run.stats.handoffs;
    reason.map_or(handoffs.total(), |reason| handoffs.by(reason))
}
