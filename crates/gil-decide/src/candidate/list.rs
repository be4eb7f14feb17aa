//! The candidates of a question.

use gil_sim::{Group, Nanos, Os, Python, Regulation, Repeat, Spec, StartMethod, Strategy, bounds};

use super::{Candidate, Change};
use crate::question::Question;
use crate::steps::{computing, goes_to_thread, holds_gil, runs_threads};

/// The candidates on one Python. Other numbers of members are tried on the one in use only: they
/// have nothing to do with an upgrade.
pub fn of(question: &Question, python: Python) -> Vec<Candidate> {
    let spec = Spec { python, ..question.scenario.spec().clone() };
    let mut all: Vec<Candidate> =
        changes(question, &spec).into_iter().map(|change| Candidate::new(python, change)).collect();
    if python == question.now() {
        let sized = |(change, members)| Candidate { python, change, members: Some(members) };
        // After what is left as it is, before everything that changes more.
        let sizes = sizes(question).into_iter();
        all.splice(1..1, sizes.map(|members| sized((Change::Nothing, members))));
        all.extend(both(question, &spec).into_iter().map(sized));
    }
    all
}

fn changes(question: &Question, spec: &Spec) -> Vec<Change> {
    let group = question.group();
    let mut all = vec![Change::Nothing];
    if spec.regulation() == Regulation::SwitchInterval && question.scenario.threads() > 1 {
        let shorter = [Nanos::from_millis(1), Nanos::from_micros(200)].into_iter();
        all.extend(shorter.filter(|to| *to < spec.switch_interval).map(Change::Interval));
    }
    if group.strategy == Strategy::Asyncio && group.steps.iter().any(goes_to_thread) {
        all.push(Change::Offload);
    }
    let apart = apart(spec);
    let mut strategies = vec![Strategy::Sequential, Strategy::Threads, Strategy::Asyncio];
    strategies.extend(apart.iter().copied());
    strategies.retain(|strategy| *strategy != group.strategy);
    if group.count == 1 && !group.repeat.has_queue() {
        // One member alone: nothing to run side by side with itself.
        strategies.retain(|strategy| strategy.is_apart());
    }
    all.extend(strategies.into_iter().map(Change::Strategy));
    let others = !computing(question).is_empty();
    if others {
        all.extend(apart.into_iter().map(Change::Apart));
    }
    if holds_gil(&group.steps) > 0.0 || others {
        all.push(Change::Native);
    }
    all
}

/// Ways to a GIL of one's own: interpreters, and processes by every start method that the
/// operating system has, the usual one first.
fn apart(spec: &Spec) -> Vec<Strategy> {
    let usual = spec.usual_start_method();
    let mut all = vec![Strategy::Interpreters, Strategy::Processes(usual)];
    let others = match spec.machine.os {
        Os::Linux => &[StartMethod::Forkserver, StartMethod::Spawn][..],
        Os::MacOs | Os::Windows => &[],
    };
    all.extend(others.iter().filter(|method| **method != usual).copied().map(Strategy::Processes));
    all
}

/// Whether another number of members can do exactly the same work: jobs of a queue go to anybody,
/// counted passes where they can be dealt out evenly. Members that work for a time or receive
/// messages each bring their own work.
fn can_share(group: &Group, members: u16) -> bool {
    match group.repeat {
        Repeat::Times(_) if group.begins_with_message() => false,
        Repeat::Times(times) => {
            let all = u64::from(times) * u64::from(group.count);
            group.count > 1 && all.is_multiple_of(u64::from(members.max(1)))
        }
        repeat => repeat.has_queue(),
    }
}

/// Half, twice and four times the members; as many as there are cores where they compute.
fn sizes(question: &Question) -> Vec<u16> {
    let (group, spec) = (question.group(), question.scenario.spec());
    let now = group.count;
    if group.strategy == Strategy::Sequential {
        return Vec::new();
    }
    let others: u16 = spec.groups.iter().map(|group| group.count).sum::<u16>() - now;
    let most = bounds::THREADS.end() - others;
    let cores = (holds_gil(&group.steps) > 0.5).then_some(spec.machine.cores);
    let mut all = vec![now / 2, now.saturating_mul(2), now.saturating_mul(4)];
    all.extend(cores.filter(|cores| *cores < now));
    all.retain(|size| (1..=most).contains(size) && *size != now && can_share(group, *size));
    let mut seen = Vec::new();
    all.retain(|size| !seen.contains(size) && (seen.push(*size), true).1);
    all
}

/// Another strategy and another number of members at once: a process for each core and two for
/// each, and a larger pool beside what has moved out of its way.
fn both(question: &Question, spec: &Spec) -> Vec<(Change, u16)> {
    let group = question.group();
    let usual = Strategy::Processes(spec.usual_start_method());
    let mut all = Vec::new();
    if !group.strategy.is_apart() {
        let cores = spec.machine.cores;
        let numbers = [cores, cores.saturating_mul(2)];
        let other = numbers.into_iter();
        let other = other.filter(|number| *number != group.count && can_share(group, *number));
        all.extend(other.map(|number| (Change::Strategy(usual), number)));
    }
    if !computing(question).is_empty() && group.repeat.has_queue() {
        // A process that is started from a process with threads isn't forked.
        let threads = runs_threads(group);
        let method = match spec.usual_start_method() {
            StartMethod::Fork if threads => StartMethod::Forkserver,
            method => method,
        };
        let larger = group.count.saturating_mul(2);
        let fits = sizes(question).contains(&larger);
        all.extend(fits.then_some((Change::Apart(Strategy::Processes(method)), larger)));
    }
    all
}
