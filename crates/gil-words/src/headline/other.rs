//! The sentence on top where there is no GIL, another one, or something beside threads.

use gil_sim::program::walk;
use gil_sim::{
    EventKind, Group, GroupId, Nanos, Protocol, Repeat, State, Step, StepKind, Strategy,
};

use super::super::capitalized;
use super::super::number::{count, number, percent};
use super::{Seen, Work, pass, round, share, speed, subject, work};

/// The sentence, unless the run is one of threads and the GIL of 3.2 and later.
pub(super) fn finding(run: Seen, main: GroupId) -> Option<String> {
    let group = run.group(main);
    if let Repeat::Arrivals { .. } = group.repeat {
        return Some(arrivals(run, main));
    }
    match (group.strategy, run.scenario.spec().protocol()) {
        (Strategy::Sequential, _) => Some(sequential(run, main)),
        (Strategy::Asyncio, _) => Some(tasks(run, main)),
        (Strategy::Processes(_) | Strategy::Interpreters, _) => Some(apart(run, main)),
        (Strategy::Threads, Protocol::Free) => Some(free(run, main)),
        (Strategy::Threads, Protocol::Ticks) if work(group) == Work::Cpu => {
            (run.scenario.threads() > 1).then(|| ticks(run))
        }
        (Strategy::Threads, _) => None,
    }
}

fn times(factor: f64) -> String {
    number(round(factor))
}

fn sequential(run: Seen, main: GroupId) -> String {
    let group = run.group(main);
    format!(
        "One thread does what {} would, one after the other: it takes {}.",
        count(usize::from(group.count), "thread"),
        run.group_stats(main).active
    )
}

fn has_blocking_call(steps: &[Step]) -> bool {
    walk(steps).any(|step| {
        use StepKind::{Block, NativeHolding, NativeReleasing};
        matches!(step.kind(), Block | NativeHolding | NativeReleasing)
    })
}

fn tasks(run: Seen, main: GroupId) -> String {
    let (group, stats) = (run.group(main), run.group_stats(main));
    let tasks = count(usize::from(group.count), "asyncio task");
    let share = match speed(run, main, "one") {
        _ if group.count == 1 => format!("{tasks} has a thread to itself: {}", pass(run, main)),
        Some(speed) => format!("{tasks} share one thread: together they are {speed}"),
        None => format!("{tasks} share one thread: {}", pass(run, main)),
    };
    let wakeup = stats.wakeup.map(|wakeup| (wakeup.p50, wakeup.p95));
    match (wakeup, work(group)) {
        (Some((Some(p50), Some(p95))), _) if has_blocking_call(&group.steps) => format!(
            "{share}. A call that blocks stalls them all: an answer waits {p50} for its task \
             (median; p95 {p95})."
        ),
        (_, Work::Cpu) => format!("{share}. While one computes, no other runs."),
        (Some((Some(p50), _)), _) => format!(
            "{share}. They wait at the same time, and an answer waits {p50} for its task (median)."
        ),
        _ => format!("{share}. They wait at the same time."),
    }
}

/// Processes and interpreters: how they scale, and what part of the time it took to start them.
fn apart(run: Seen, main: GroupId) -> String {
    let group = run.group(main);
    let members = usize::from(group.count);
    let (what, one) = match group.strategy {
        Strategy::Interpreters => (count(members, "subinterpreter"), "subinterpreter"),
        _ => match members {
            1 => ("1 process".to_owned(), "process"),
            n => (format!("{n} processes"), "process"),
        },
    };
    let each = if members == 1 { "has a GIL of its own" } else { "have a GIL each" };
    let each = match run.scenario.spec().protocol() {
        Protocol::Free => {
            if members == 1 {
                "needs no GIL"
            } else {
                "need no GIL"
            }
        }
        _ => each,
    };
    let active = run.group_stats(main).active;
    let ready = start_up(run, main);
    let started = match share(ready, active) {
        // Not worth a word.
        little if little < 0.01 => String::new(),
        part => format!(" After {ready} all had started, {} of the time.", percent(part)),
    };
    match speed(run, main, &format!("one {one} alone")) {
        Some(speed) if members > 1 => format!("{what} {each}: together they are {speed}.{started}"),
        _ => format!("{what} {each}: {}.{started}", pass(run, main)),
    }
}

/// From the start of a group until its last member has begun its program.
fn start_up(run: Seen, main: GroupId) -> Nanos {
    let start = run.group(main).start;
    let mine = |event: &&gil_sim::Event| {
        matches!(event.kind, EventKind::StartedUp)
            && run.trace.threads[event.thread.index()].group == main
    };
    let last = run.trace.events.iter().filter(mine).map(|event| event.at).max();
    last.unwrap_or(start) - start
}

/// The part of its threads' time that a group spends in a state.
fn part(run: Seen, main: GroupId, state: State) -> f64 {
    let of_group = |(i, _): &(usize, _)| run.trace.threads[*i].group == main;
    let threads = run.stats.threads.iter().enumerate().filter(of_group);
    let time = threads.map(|(_, thread)| thread.time(state)).sum();
    let stats = &run.group_stats(main);
    share(time, stats.active * u64::from(stats.threads))
}

fn shares_object(group: &Group) -> Option<&str> {
    let shared = |step: &&Step| matches!(step.kind(), StepKind::Share | StepKind::Mutate);
    walk(&group.steps).find(shared)?.name()
}

fn free(run: Seen, main: GroupId) -> String {
    let group = run.group(main);
    let threads = count(usize::from(group.count), "thread");
    let how = match speed(run, main, "one") {
        Some(speed) if group.count > 1 => format!("together they are {speed}"),
        _ => pass(run, main),
    };
    if run.scenario.threads() == 1 {
        return "One thread runs Python without a GIL; there is nobody to wait for.".to_owned();
    }
    let waits = part(run, main, State::WaitingObject);
    if let Some(object) = shares_object(group) {
        let why = match waits > 0.05 {
            true => format!("they wait {} of the time for its lock", percent(waits)),
            false => "its reference count goes from core to core".to_owned(),
        };
        return format!("No GIL, but {threads} share {object}: {how}, because {why}.");
    }
    let stopped = part(run, main, State::WorldStopped);
    let stops = match stopped > 0.01 {
        true => format!(" The collector stops them for {} of the time.", percent(stopped)),
        false => String::new(),
    };
    let one = group.count == 1;
    let does = match work(group) {
        Work::Cpu if one => "runs Python next to the others",
        Work::Cpu => "run Python at the same time",
        _ if one => "computes and waits",
        _ => "compute and wait",
    };
    format!("{threads} {does} without a GIL: {how}.{stops}")
}

fn ticks(run: Seen) -> String {
    let drops =
        run.trace.events.iter().filter(|event| matches!(event.kind, EventKind::Drops { .. }));
    let a_second = drops.count() as f64 / run.trace.end.as_secs_f64();
    let whole = match run.run.speed_up().over_sequence {
        Some(factor) => format!(" All take {} times as long as in sequence.", times(1.0 / factor)),
        None => String::new(),
    };
    format!(
        "{} fight for one GIL: it is released {} times a second, and {} a thread is woken for nothing.{whole}",
        count(run.scenario.threads(), "thread"),
        number(a_second.round()),
        count(run.stats.missed as usize, "time"),
    )
}

/// Requests in the queue when the last of them has come: one burst more or less says nothing.
fn left_at_end(run: Seen, main: GroupId) -> u32 {
    let group = run.group(main);
    let Repeat::Arrivals { during, .. } = group.repeat else { return 0 };
    let lengths = run.trace.queues.get(main.index()).map_or(&[][..], |queue| &queue.lengths);
    let until = lengths.partition_point(|(at, _)| *at <= group.start + during);
    until.checked_sub(1).map_or(0, |last| lengths[last].1)
}

/// An open loop: how long a request takes, and whether the queue grows.
fn arrivals(run: Seen, main: GroupId) -> String {
    let lengths = run.trace.queues.get(main.index()).map_or(&[][..], |queue| &queue.lengths);
    let longest = lengths.iter().map(|length| length.1).max().unwrap_or(0);
    let many = 2 * u32::from(run.group_stats(main).threads);
    let workers = subject(run, main).replacen("The ", "the ", 1);
    let keep = if run.group_stats(main).threads == 1 { "keeps" } else { "keep" };
    let grows = match (left_at_end(run, main) > many, longest > many) {
        (true, _) => {
            format!("requests arrive faster than {workers} can answer, and {longest} pile up")
        }
        (false, true) => {
            format!("{workers} {keep} up on the whole, though once {longest} were in the queue")
        }
        (false, false) => format!("{workers} {keep} up, with at most {longest} in the queue"),
    };
    let unanswered = match run.group_stats(main).unanswered() {
        Some(open @ 1..) => format!(" {} had no answer by then.", count(open as usize, "request")),
        _ => String::new(),
    };
    capitalized(&format!("{}: {grows}.{unanswered}", pass(run, main)))
}
