//! The one sentence on top, made from the result, and what a change did to it.

mod other;

use gil_sim::stats::{SpeedUp, Stats};
use gil_sim::{
    Dist, Group, Nanos, Outcome, Protocol, Scenario, State, Step, Strategy, ThreadId, Trace,
};

use super::capitalized;
use super::number::{count, number, percent};
use super::what_if::switch_interval;

/// A run and its figures.
#[derive(Clone, Copy)]
pub struct Figures<'a> {
    /// What was run.
    pub scenario: &'a Scenario,
    /// What happened.
    pub trace: &'a Trace,
    /// Its figures.
    pub stats: &'a Stats,
    /// Against one thread, and against a sequence.
    pub speed_up: &'a SpeedUp,
}

/// What kind of work a group does, by where its time goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    /// Python bytecode, or C calls that keep the GIL.
    Cpu,
    /// Waiting, for nearly all of a pass.
    Io,
    /// Waiting and computing.
    Mixed,
    /// Native code without the GIL.
    Native,
}

/// Mean time of a pass with the GIL, in native code and waiting.
#[derive(Default)]
struct Shares {
    gil: f64,
    native: f64,
    away: f64,
}

fn shares(steps: &[Step]) -> Shares {
    let mut shares = Shares::default();
    let mean = |dist: Dist| dist.mean().0 as f64;
    for step in steps {
        match step {
            Step::Python { work, .. }
            | Step::NativeHolding { work }
            | Step::Share { work, .. }
            | Step::Mutate { work, .. } => shares.gil += mean(*work),
            Step::NativeReleasing { work } | Step::Syscall { work } => shares.native += mean(*work),
            Step::Io { wait } | Step::Sleep { wait } | Step::Block { wait } => {
                shares.away += mean(*wait)
            }
            Step::Call { .. } => shares.away += 1e6,
            Step::Receive { every } => shares.away += mean(*every),
            Step::Locked { body, .. } => {
                let inner = self::shares(body);
                shares.gil += inner.gil;
                shares.native += inner.native;
                shares.away += inner.away;
            }
        }
    }
    shares
}

fn work(group: &Group) -> Work {
    let Shares { gil, native, away } = shares(&group.steps);
    let all = gil + native + away;
    if native > all / 2.0 {
        Work::Native
    } else if away > 0.9 * all {
        Work::Io
    } else if away + native > 0.1 * all {
        Work::Mixed
    } else {
        Work::Cpu
    }
}

/// The group that a sentence is about: one that ends by itself and does I/O if there is one, and
/// of those the largest.
pub(super) fn main_group(scenario: &Scenario) -> usize {
    let rank =
        |(_, group): &(usize, &Group)| (group.repeat.ends(), work(group) != Work::Cpu, group.count);
    let groups = scenario.spec().groups.iter().enumerate();
    // Of equals the first: `max_by_key` would take the last.
    groups.rev().max_by_key(rank).map_or(0, |(i, _)| i)
}

/// What is seen, in one or two sentences.
pub fn headline(run: Figures) -> String {
    let mut text = match &run.trace.outcome {
        Outcome::Deadlock(threads) => deadlock(run.trace, threads),
        _ => finding(run),
    };
    match run.trace.outcome {
        Outcome::TimeLimit => {
            text += &format!(" The run was cut at the time limit of {}.", run.trace.end);
        }
        Outcome::EventLimit => {
            let events = number(run.trace.events.len() as f64);
            text += &format!(" The run was cut at {}, after {events} events.", run.trace.end);
        }
        _ => {}
    }
    let spec = run.scenario.spec();
    if spec.unmarked_extension && spec.python.is_free_threaded() {
        text += " The GIL is on because an extension is not marked as safe without it.";
    }
    if let Some(thread) = run.stats.starved.first() {
        text += &format!(" {} starves: it no longer gets the GIL.", run.trace.name(*thread));
    }
    text
}

fn deadlock(trace: &Trace, threads: &[ThreadId]) -> String {
    let mut names: Vec<String> =
        threads.iter().take(4).map(|t| trace.name(*t).to_owned()).collect();
    if threads.len() > names.len() {
        names.push(format!("{} more", threads.len() - names.len()));
    }
    let wait = match threads {
        [_] => "waits for a lock",
        _ => "wait for locks",
    };
    let names = names.join(", ");
    format!("Deadlock after {}: {names} {wait} that nobody will ever release.", trace.end)
}

fn finding(run: Figures) -> String {
    let main = main_group(run.scenario);
    let group = &run.scenario.spec().groups[main];
    let stats = &run.stats.groups[main];
    let is_cut = matches!(run.trace.outcome, Outcome::TimeLimit | Outcome::EventLimit);
    if is_cut && stats.passes == 0 && run.scenario.spec().protocol() != Protocol::Ticks {
        let has = if stats.threads == 1 { "has" } else { "have" };
        return format!(
            "{} {has} not completed a pass yet: how fast they are is not known.",
            subject(run, main)
        );
    }
    let others_compute = run
        .scenario
        .spec()
        .groups
        .iter()
        .enumerate()
        .any(|(i, other)| i != main && matches!(work(other), Work::Cpu | Work::Mixed));
    if let Some(text) = other::finding(run, main) {
        return text;
    }
    if let Some((holder, call)) = long_call(run.scenario) {
        return holding(run, holder, call);
    }
    if locked(run, main) > 0.2 {
        return locks(run, main);
    }
    match work(group) {
        Work::Io | Work::Mixed if others_compute && stats.io.count > 0 => convoy(run, main),
        Work::Io if others_compute => late(run, main),
        _ if run.scenario.threads() == 1 => alone(run),
        Work::Cpu => cpu(run, main),
        Work::Native => native(run, main),
        Work::Io => io(run, main),
        Work::Mixed => mixed(run, main),
    }
}

/// The group with the longest call that keeps the GIL for more than an interval while other
/// threads want it, and the call's mean length.
fn long_call(scenario: &Scenario) -> Option<(usize, Nanos)> {
    let groups = scenario.spec().groups.iter().enumerate();
    let calls = groups.filter_map(|(i, group)| Some((i, longest_call(&group.steps)?)));
    let (group, call) = calls.max_by_key(|(_, call)| *call)?;
    let felt = scenario.threads() > 1 && call > scenario.spec().switch_interval;
    felt.then_some((group, call))
}

fn longest_call(steps: &[Step]) -> Option<Nanos> {
    let call = |step: &Step| match step {
        Step::NativeHolding { work } => Some(work.mean()),
        Step::Locked { body, .. } => longest_call(body),
        _ => None,
    };
    steps.iter().filter_map(call).max()
}

fn holding(run: Figures, holder: usize, call: Nanos) -> String {
    let keeps = if run.stats.groups[holder].threads == 1 { "keeps" } else { "keep" };
    let longest = run.stats.threads.iter().map(|thread| thread.longest_wait).max();
    format!(
        "{} {keeps} the GIL during C calls of {call}, whatever the switch interval ({}): the \
         longest wait for it was {}.",
        subject(run, holder),
        switch_interval(run.scenario.spec()),
        longest.unwrap_or_default()
    )
}

/// The part of its threads' time that a group waits for locks.
fn locked(run: Figures, group: usize) -> f64 {
    let of_group = |(i, _): &(usize, _)| usize::from(run.trace.threads[*i].group) == group;
    let threads = run.stats.threads.iter().enumerate().filter(of_group);
    let time = threads.map(|(_, thread)| thread.time(State::WaitingLock)).sum();
    let threads = u64::from(run.stats.groups[group].threads);
    share(time, run.stats.groups[group].active * threads)
}

fn locks(run: Figures, main: usize) -> String {
    let wait = percent(locked(run, main));
    let get = if run.stats.groups[main].threads == 1 { "gets" } else { "get" };
    let factor = number(round(run.speed_up.of_groups[main]));
    format!(
        "{} {get} {factor} times as much done as one thread alone: {wait} of their time goes into \
         waiting for a lock, which is no matter of the GIL.",
        subject(run, main)
    )
}

/// A thread that sleeps or does what has no latency, beside threads that compute.
fn late(run: Figures, main: usize) -> String {
    let of_group = |(i, _): &(usize, _)| usize::from(run.trace.threads[*i].group) == main;
    let threads = run.stats.threads.iter().enumerate().filter(of_group);
    let longest = threads.map(|(_, thread)| thread.longest_wait).max().unwrap_or_default();
    let several = run.stats.groups[main].threads > 1;
    if longest.is_zero() {
        let never = if several { "never wait" } else { "never waits" };
        return format!("{} {never} for the GIL.", subject(run, main));
    }
    let wait = if several { "wait" } else { "waits" };
    format!(
        "{} {wait} up to {longest} for the GIL, because other threads compute: the switch interval \
         is {}.",
        subject(run, main),
        switch_interval(run.scenario.spec())
    )
}

/// A group as the beginning of a sentence.
fn subject(run: Figures, group_number: usize) -> String {
    let group = &run.stats.groups[group_number];
    match group.threads {
        1 => group.name.clone(),
        n => format!("The {n} {} {}", group.name, members(run, group_number)),
    }
}

/// What the members of a group are called.
fn members(run: Figures, group: usize) -> &'static str {
    match run.scenario.spec().groups[group].strategy {
        Strategy::Threads | Strategy::Sequential => "threads",
        Strategy::Processes(_) => "processes",
        Strategy::Interpreters => "subinterpreters",
        Strategy::Asyncio => "tasks",
    }
}

fn alone(run: Figures) -> String {
    let held = percent(share(run.stats.gil_held, run.trace.end));
    format!("One thread has the GIL to itself: it holds it {held} of the time, and nobody waits.")
}

fn cpu(run: Figures, main: usize) -> String {
    let threads = count(run.scenario.threads(), "thread");
    let factor = run.speed_up.of_groups[main];
    let times = number(factor);
    let speed = match factor {
        f if f < 1.1 => format!("together they are no faster than one ({times} times as fast)"),
        _ => format!("together they are {times} times as fast as one"),
    };
    let handoffs = number(run.stats.handoffs_per_second().round());
    format!("{threads} share one GIL: {speed}, with {handoffs} handoffs a second.")
}

fn native(run: Figures, main: usize) -> String {
    let group = &run.stats.groups[main];
    let threads = count(usize::from(group.threads), "thread");
    let factor = number(round(run.speed_up.of_groups[main]));
    let cores = count(usize::from(run.scenario.spec().machine.cores), "core");
    format!(
        "{threads} let go of the GIL in native code: on {cores} they get {factor} times as much \
         done as one."
    )
}

fn io(run: Figures, main: usize) -> String {
    let held = percent(share(run.stats.gil_held, run.trace.end));
    if run.stats.groups[main].threads == 1 {
        return format!(
            "{} waits for most of its time: the GIL is held only {held} of the time.",
            subject(run, main)
        );
    }
    let threads = count(usize::from(run.stats.groups[main].threads), "thread");
    let factor = number(round(run.speed_up.of_groups[main]));
    format!(
        "{threads} wait at the same time and get {factor} times as much done as one: the GIL is \
         held only {held} of the time."
    )
}

fn mixed(run: Figures, main: usize) -> String {
    let threads = count(usize::from(run.stats.groups[main].threads), "thread");
    let factor = number(round(run.speed_up.of_groups[main]));
    let held = percent(share(run.stats.gil_held, run.trace.end));
    format!(
        "{threads} compute and wait by turns: they get {factor} times as much done as one, and \
         the GIL is held {held} of the time."
    )
}

fn convoy(run: Figures, main: usize) -> String {
    let group = &run.stats.groups[main];
    let interval = switch_interval(run.scenario.spec());
    let (p50, p95) = (group.io.p50, group.io.p95);
    let who = match group.threads {
        1 => format!("{} waits", group.name),
        n => format!("the {n} {} threads wait", group.name),
    };
    format!(
        "After each answer {who} {p50} for the GIL (median; p95 {p95}), because other threads \
         compute: the switch interval is {interval}."
    )
}

/// Two decimals are enough for a factor that is compared with a whole number.
fn round(factor: f64) -> f64 {
    (factor * 100.0).round() / 100.0
}

fn share(part: Nanos, whole: Nanos) -> f64 {
    if whole.is_zero() { 0.0 } else { part.0 as f64 / whole.0 as f64 }
}

/// A figure before and after.
struct Shift {
    name: &'static str,
    before: f64,
    after: f64,
    write: fn(f64) -> String,
}

impl Shift {
    /// By how much it changed, up or down alike: 1 is not at all.
    fn factor(&self) -> f64 {
        let (low, high) = (self.before.min(self.after), self.before.max(self.after));
        if high <= 0.0 { 1.0 } else { high / low.max(high / 1e9) }
    }

    fn words(&self) -> String {
        let verb = if self.after > self.before { "rose" } else { "fell" };
        let (before, after) = ((self.write)(self.before), (self.write)(self.after));
        format!("{} {verb} from {before} to {after}", self.name)
    }
}

/// What a change of the scenario did, in one sentence; `None` where nothing can be compared.
pub fn change(before: Figures, after: Figures) -> Option<String> {
    let mut shifts = shifts(before, after);
    shifts.retain(|shift| shift.factor() > 1.05);
    let words: Vec<String> = shifts.iter().take(3).map(Shift::words).collect();
    if words.is_empty() {
        return Some("The last change moved no figure by more than 5 %.".to_owned());
    }
    let mut text = words.join("; ");
    text.push('.');
    Some(capitalized(&text))
}

fn shifts(before: Figures, after: Figures) -> Vec<Shift> {
    let time: fn(f64) -> String = |ns| Nanos(ns as u64).to_string();
    let shift = |name, write, figure: fn(Figures) -> f64| Shift {
        name,
        before: figure(before),
        after: figure(after),
        write,
    };
    let factor: fn(f64) -> String = |factor| format!("{} times", number(round(factor)));
    // In order of what a reader asks first.
    let mut shifts = vec![
        shift("handoffs a second", |n| number(n.round()), |run| run.stats.handoffs_per_second()),
        shift("the speed-up", factor, |run| run.speed_up.of_groups[main_group(run.scenario)]),
    ];
    if before.stats.io.count > 0 && after.stats.io.count > 0 {
        let p50: fn(Figures) -> f64 = |run| run.stats.io.p50.0 as f64;
        shifts.push(shift("the median I/O latency", time, p50));
        shifts.push(shift("its p95", time, |run| run.stats.io.p95.0 as f64));
    }
    shifts.push(shift("the wall time", time, |run| run.trace.end.0 as f64));
    shifts.push(shift("the GIL wait of all threads", time, |run| run.stats.gil_wait.0 as f64));
    shifts
}

#[cfg(test)]
mod tests;
