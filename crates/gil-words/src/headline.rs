//! The one sentence on top, made from the result, and what a change did to it.

mod other;

use gil_sim::metric::{METRICS, Metric, Of};
use gil_sim::program::{Shares, longest_call, shares};
use gil_sim::{Group, GroupId, Nanos, Outcome, Run, Scenario, State, Strategy, ThreadId, Trace};

use super::number::{count, number, percent};
use super::quantity::quantity;
use super::seen::Seen;
use super::what_if::switch_interval;
use super::{capitalized, difference};

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

/// What a job that others do counts for beside the rest of a pass, in nanoseconds: its real length
/// is that of the pool's own program and of the queue before it.
const JOB: f64 = 1e6;

fn work(group: &Group) -> Work {
    let Shares { gil, native, waits, messages, jobs } = shares(&group.steps);
    let away = waits + messages + f64::from(jobs) * JOB;
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
pub(super) fn main_group(scenario: &Scenario) -> GroupId {
    let rank = |(_, group): &(GroupId, &Group)| {
        (group.repeat.ends(), work(group) != Work::Cpu, group.count)
    };
    let groups = scenario.spec().numbered_groups();
    // Of equals the first: `max_by_key` would take the last.
    groups.rev().max_by_key(rank).map_or(GroupId::FIRST, |(i, _)| i)
}

/// What is seen, in one or two sentences. A run that was cut says so first.
pub fn headline(run: &Run) -> String {
    let run = Seen::of(run);
    let mut text = match (&run.trace.outcome, run.cut()) {
        (Outcome::Deadlock(threads), _) => deadlock(run.trace, threads),
        (_, Some(limit)) => {
            format!("The run was cut by {limit}; this is how far it got. {}", finding(run))
        }
        _ => finding(run),
    };
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

fn finding(run: Seen) -> String {
    let main = main_group(run.scenario);
    let (group, stats) = (run.group(main), run.group_stats(main));
    if run.trace.outcome.is_cut() && stats.work() == 0.0 {
        let has = if stats.threads == 1 { "has" } else { "have" };
        return format!("{} {has} not got anything done yet.", subject(run, main));
    }
    let groups = run.scenario.spec().numbered_groups();
    let mut others = groups.filter(|(i, _)| *i != main);
    let others_compute = others.any(|(_, other)| matches!(work(other), Work::Cpu | Work::Mixed));
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
        Work::Io | Work::Mixed if others_compute && stats.wakeup.is_some() => convoy(run, main),
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
fn long_call(scenario: &Scenario) -> Option<(GroupId, Nanos)> {
    let groups = scenario.spec().numbered_groups();
    let calls = groups.filter_map(|(i, group)| Some((i, longest_call(&group.steps)?)));
    let (group, call) = calls.max_by_key(|(_, call)| *call)?;
    let felt = scenario.threads() > 1 && call > scenario.spec().switch_interval;
    felt.then_some((group, call))
}

fn holding(run: Seen, holder: GroupId, call: Nanos) -> String {
    let keeps = if run.group_stats(holder).threads == 1 { "keeps" } else { "keep" };
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
fn locked(run: Seen, group: GroupId) -> f64 {
    let of_group = |(i, _): &(usize, _)| run.trace.threads[*i].group == group;
    let threads = run.stats.threads.iter().enumerate().filter(of_group);
    let time = threads.map(|(_, thread)| thread.time(State::WaitingLock)).sum();
    let threads = u64::from(run.group_stats(group).threads);
    share(time, run.group_stats(group).active * threads)
}

fn locks(run: Seen, main: GroupId) -> String {
    let wait = percent(locked(run, main));
    let speed = match speed(run, main, "one thread alone") {
        Some(speed) => format!("{}: {wait}", they(run, main, &speed)),
        None => format!("{}: {wait}", capitalized(&pass(run, main))),
    };
    format!(
        "{speed} of their time goes into waiting for a lock, which has nothing to do with the GIL."
    )
}

/// How fast a group is in comparison with one of it, to stand behind "they are"; `None` where
/// there is no such comparison.
pub(super) fn speed(run: Seen, main: GroupId, one: &str) -> Option<String> {
    Some(match run.speed_up(main)? {
        factor if factor < 0.95 => format!("only {} times as fast as {one}", number(round(factor))),
        factor if factor < 1.05 => format!("no faster than {one}"),
        factor => format!("{} times as fast as {one}", number(round(factor))),
    })
}

/// A group as subject of what it is.
fn they(run: Seen, main: GroupId, what: &str) -> String {
    let is = if run.group_stats(main).threads == 1 { "is" } else { "are" };
    format!("{} {is} {what}", subject(run, main))
}

/// How long a pass takes, where nothing can be said of the speed: `a pass takes 5 ms (median; p99
/// 9 ms)`.
pub(super) fn pass(run: Seen, main: GroupId) -> String {
    let stats = run.group_stats(main);
    let what = if stats.response.is_some() { "a request" } else { "a pass" };
    match stats.awaited().map(|times| (times.p50, times.p99)) {
        Some((Some(p50), Some(p99))) => format!("{what} takes {p50} (median; p99 {p99})"),
        Some((Some(p50), None)) => format!("{what} takes {p50} (median)"),
        _ => format!("{what} takes longer than the run"),
    }
}

/// A thread that sleeps or does what has no latency, beside threads that compute.
fn late(run: Seen, main: GroupId) -> String {
    let of_group = |(i, _): &(usize, _)| run.trace.threads[*i].group == main;
    let threads = run.stats.threads.iter().enumerate().filter(of_group);
    let longest = threads.map(|(_, thread)| thread.longest_wait).max().unwrap_or_default();
    let several = run.group_stats(main).threads > 1;
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
fn subject(run: Seen, group_number: GroupId) -> String {
    let group = &run.group_stats(group_number);
    match group.threads {
        1 => group.name.clone(),
        n => format!("The {n} {} {}", group.name, members(run, group_number)),
    }
}

/// What the members of a group are called.
fn members(run: Seen, group: GroupId) -> &'static str {
    match run.group(group).strategy {
        Strategy::Threads | Strategy::Sequential => "threads",
        Strategy::Processes(_) => "processes",
        Strategy::Interpreters => "subinterpreters",
        Strategy::Asyncio => "tasks",
    }
}

/// For how much of the run the GIL is held.
fn held(run: Seen) -> String {
    percent(run.stats.gil_load.map_or(0.0, |load| load.mean))
}

fn alone(run: Seen) -> String {
    let held = held(run);
    format!("One thread has the GIL to itself: it holds it {held} of the time, and nobody waits.")
}

fn cpu(run: Seen, main: GroupId) -> String {
    let threads = count(run.scenario.threads(), "thread");
    let speed = match speed(run, main, "one") {
        Some(speed) => format!("together they are {speed}"),
        None => pass(run, main),
    };
    let handoffs = number(run.stats.handoffs_per_second().round());
    format!("{threads} share one GIL: {speed}, with {handoffs} handoffs a second.")
}

fn native(run: Seen, main: GroupId) -> String {
    let group = run.group_stats(main);
    let threads = count(usize::from(group.threads), "thread");
    let lets = if group.threads == 1 { "lets" } else { "let" };
    let cores = count(usize::from(run.scenario.spec().machine.cores), "core");
    match speed(run, main, "one") {
        Some(speed) if group.threads > 1 => {
            format!("{threads} {lets} go of the GIL in native code: on {cores} they are {speed}.")
        }
        _ => format!("{threads} {lets} go of the GIL in native code: {}.", pass(run, main)),
    }
}

fn io(run: Seen, main: GroupId) -> String {
    let held = held(run);
    let threads = run.group_stats(main).threads;
    match speed(run, main, "one") {
        Some(speed) if threads > 1 => format!(
            "{} wait at the same time: together they are {speed}, and the GIL is held only {held} \
             of the time.",
            count(usize::from(threads), "thread")
        ),
        _ => {
            let wait = if threads == 1 { "waits" } else { "wait" };
            let (who, pass) = (subject(run, main), pass(run, main));
            format!(
                "{who} {wait} for most of the time: {pass}, and the GIL is held only {held} of it."
            )
        }
    }
}

fn mixed(run: Seen, main: GroupId) -> String {
    let (held, threads) = (held(run), run.group_stats(main).threads);
    match speed(run, main, "one") {
        Some(speed) if threads > 1 => format!(
            "{} compute and wait by turns: together they are {speed}, and the GIL is held {held} \
             of the time.",
            count(usize::from(threads), "thread")
        ),
        _ => {
            let does = if threads == 1 { "computes and waits" } else { "compute and wait" };
            let (who, pass) = (subject(run, main), pass(run, main));
            format!("{who} {does} by turns: {pass}, and the GIL is held {held} of the time.")
        }
    }
}

fn convoy(run: Seen, main: GroupId) -> String {
    let group = run.group_stats(main);
    let interval = switch_interval(run.scenario.spec());
    let who = match group.threads {
        1 => format!("{} waits", group.name),
        n => format!("the {n} {} threads wait", group.name),
    };
    let times = group.wakeup.map(|wakeup| (wakeup.p50, wakeup.p95));
    let how = match times {
        Some((Some(p50), Some(p95))) => format!("{p50} for the GIL (median; p95 {p95})"),
        Some((Some(p50), None)) => format!("{p50} for the GIL (median)"),
        _ => "for the GIL longer than the run".to_owned(),
    };
    format!(
        "After each answer {who} {how}, because other threads compute: the switch interval is \
         {interval}."
    )
}

/// Two decimals are enough for a factor that is compared with a whole number.
fn round(factor: f64) -> f64 {
    (factor * 100.0).round() / 100.0
}

fn share(part: Nanos, whole: Nanos) -> f64 {
    if whole.is_zero() { 0.0 } else { part.0 as f64 / whole.0 as f64 }
}

/// A metric before and after.
struct Shift {
    name: String,
    metric: &'static Metric,
    before: f64,
    after: f64,
}

impl Shift {
    /// By how much it changed, up or down alike: 1 is not at all.
    fn factor(&self) -> f64 {
        let (low, high) = (self.before.min(self.after), self.before.max(self.after));
        if high <= 0.0 { 1.0 } else { high / low.max(high / 1e9) }
    }

    fn words(&self) -> String {
        let verb = if self.after > self.before { "rose" } else { "fell" };
        let [before, after] =
            [self.before, self.after].map(|value| quantity(self.metric.unit, value));
        format!("{} {verb} from {before} to {after}", self.name)
    }
}

/// What a change of the scenario did, in one sentence. Runs that were cut are not compared.
pub fn change(before: &Run, after: &Run) -> Option<String> {
    if let Some(text) = difference::not_compared(before, after) {
        return Some(text);
    }
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

/// What is told of a change, in order of what a reader asks first.
const SHIFTS: [&str; 8] = [
    "response_p50",
    "response_p99",
    "handoff_rate",
    "speedup",
    "wakeup_p50",
    "wakeup_p95",
    "wall",
    "gil_wait",
];

fn shifts(before: &Run, after: &Run) -> Vec<Shift> {
    let main = |run| main_group(Seen::of(run).scenario);
    let (old, new) = (main(before), main(after));
    let name = &Seen::of(after).group(new).name;
    let metrics = SHIFTS.iter().filter_map(|key| METRICS.iter().find(|metric| metric.key == *key));
    metrics
        .filter_map(|metric| {
            let is_of_group = matches!(metric.scope(), gil_sim::metric::Scope::Group);
            let of = |group| if is_of_group { Of::Group(group) } else { Of::Run };
            let (before, after) = (metric.read(before, of(old))?, metric.read(after, of(new))?);
            let name = match is_of_group {
                true => format!("{name}'s {}", metric.title),
                false => format!("the {}", metric.title),
            };
            Some(Shift { name, metric, before, after })
        })
        .collect()
}

#[cfg(test)]
mod tests;
