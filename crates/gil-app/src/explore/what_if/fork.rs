//! The fork of a scenario at a moment, or why there is none. Pure functions.

use gil_sim::{
    EventKind, Group, GroupId, Intervene, Intervention, Nanos, Regulation, Repeat, Scenario, Spec,
    Strategy, TaskId, Trace, bounds,
};

use crate::edit::sentence;

/// What could be otherwise from a moment on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Another switch interval.
    SwitchInterval(Nanos),
    /// Another check interval, in ticks.
    CheckInterval(u32),
    /// One more thread like those of this group.
    Thread(GroupId),
    /// The I/O of a member of a group completes.
    Io(Blocked),
}

/// A thread or task that is blocked in I/O: a group and a member of it, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Blocked {
    pub group: GroupId,
    pub member: u16,
}

/// The scenario that is the same up to `at`, and then otherwise.
///
/// # Errors
/// Why this cannot be, as a sentence.
pub fn fork(scenario: &Scenario, at: Nanos, choice: Choice) -> Result<Scenario, String> {
    let mut spec = scenario.spec().clone();
    let what = match choice {
        Choice::Thread(group) => {
            add_thread(&mut spec, group, at)?;
            None
        }
        Choice::SwitchInterval(interval) => Some(Intervene::SwitchInterval(interval)),
        Choice::CheckInterval(ticks) => Some(Intervene::CheckInterval(ticks)),
        Choice::Io(Blocked { group, member }) => Some(Intervene::CompleteIo { group, member }),
    };
    spec.interventions.extend(what.map(|what| Intervention { at, what }));
    Scenario::new(spec)
        .map_err(|found| found.first().map_or_else(String::new, |first| sentence(&first.message)))
}

/// A group of one at the end: what came before it stays as it was.
fn add_thread(spec: &mut Spec, group: GroupId, at: Nanos) -> Result<(), String> {
    let like = spec.group(group).ok_or("There is no such group.")?;
    if let Some(why) = no_more_of(like) {
        return Err(why);
    }
    let name = spec.free_name(&like.name);
    let more = Group { name, count: 1, start: at, ..like.clone() };
    spec.groups.push(more);
    Ok(())
}

/// Why no thread can be added to a group while it runs, as a sentence.
pub fn no_more_of(group: &Group) -> Option<String> {
    let name = &group.name;
    if group.repeat.has_queue() {
        let queue = match group.repeat {
            Repeat::Serve => "others hand jobs to",
            _ => "has one queue for all its members",
        };
        return Some(match group.repeat {
            Repeat::Serve => format!("{name} is a pool that {queue}: its size is fixed."),
            _ => format!("{name} {queue}: one more would have a queue of its own."),
        });
    }
    match group.strategy {
        Strategy::Asyncio => {
            Some(format!("{name} runs on one event loop: one more would have a loop of its own."))
        }
        Strategy::Sequential => {
            Some(format!("{name} is one thread that does one thing after the other."))
        }
        _ => None,
    }
}

/// Why the interval cannot be changed at a moment, as a sentence.
pub fn no_interval(scenario: &Scenario, trace: &Trace, at: Nanos) -> Option<String> {
    match scenario.spec().regulation() {
        Regulation::NoGil => Some("Without a GIL there is no switch interval.".to_owned()),
        _ => over(trace, at).or_else(|| full(scenario.spec())),
    }
}

/// Why no thread can be started at a moment, as a sentence.
pub fn no_thread(scenario: &Scenario) -> Option<String> {
    let groups = &scenario.spec().groups;
    let most = bounds::GROUPS.end();
    if groups.len() >= *most {
        return Some(format!("A scenario has at most {most} groups, and this one has them."));
    }
    // With several groups the first reason has to do.
    let reasons: Option<Vec<String>> = groups.iter().map(no_more_of).collect();
    reasons.and_then(|reasons| reasons.into_iter().next())
}

/// Why no I/O can complete early at a moment, as a sentence.
pub fn no_io(scenario: &Scenario, trace: &Trace, at: Nanos, blocked: &[Blocked]) -> Option<String> {
    let none = || blocked.is_empty().then_some("Nobody waits for I/O now.");
    over(trace, at).or_else(|| full(scenario.spec())).or_else(|| none().map(str::to_owned))
}

fn over(trace: &Trace, at: Nanos) -> Option<String> {
    (at >= trace.end).then(|| "The run is over.".to_owned())
}

fn full(spec: &Spec) -> Option<String> {
    let most = bounds::INTERVENTIONS.end();
    let is_full = spec.interventions.len() >= *most;
    is_full.then(|| format!("A run can be changed {most} times, and this one is."))
}

/// The threads and tasks that are blocked in I/O once everything that happens at `at` has happened.
pub fn blocked(scenario: &Scenario, trace: &Trace, at: Nanos) -> Vec<Blocked> {
    let groups = &scenario.spec().groups;
    // A thread's I/O, or that of each of its tasks: when it will complete.
    let mut waits: Vec<Vec<Option<Nanos>>> = trace.threads.iter().map(|_| vec![None]).collect();
    let mut running = vec![0; trace.threads.len()];
    for event in &trace.events[..trace.events_until(at)] {
        let thread = event.thread.index();
        let tasks = &mut waits[thread];
        match event.kind {
            EventKind::TaskRuns(task) => running[thread] = task.index(),
            EventKind::IoBlocks { until } => {
                let task = running[thread];
                if tasks.len() <= task {
                    tasks.resize(task + 1, None);
                }
                tasks[task] = Some(until);
            }
            EventKind::IoBroughtForward { task, .. } => {
                if let Some(wait) = tasks.get_mut(task.map_or(0, TaskId::index)) {
                    // The completion that follows is this one's.
                    *wait = Some(event.at);
                }
            }
            EventKind::IoCompletes => {
                if let Some(wait) = tasks.iter_mut().find(|wait| **wait == Some(event.at)) {
                    *wait = None;
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for (thread, tasks) in waits.iter().enumerate() {
        let group = trace.threads[thread].group;
        let first = trace.threads.iter().position(|t| t.group == group);
        let before = thread - first.unwrap_or(thread);
        let tasks = tasks.iter().enumerate().filter(|(_, wait)| wait.is_some());
        found.extend(
            tasks.map(|(task, _)| Blocked { group, member: (before + task) as u16 }).filter(
                |blocked| {
                    groups.get(group.index()).is_some_and(|group| blocked.member < group.members())
                },
            ),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use gil_notation::{PRESETS, parse_scenario, print_scenario};
    use gil_sim::run;

    use super::*;

    const MS: Nanos = Nanos::from_millis(1);

    fn scenario(text: &str) -> Scenario {
        parse_scenario(text).unwrap()
    }

    #[track_caller]
    fn check(before: &str, choice: Choice, after: &str) {
        let fork = fork(&scenario(before), MS * 3, choice).unwrap();
        assert_eq!(print_scenario(&fork), after);
    }

    #[test]
    fn forks_are_scenarios() {
        let two = "v1/io:2:io-5ms/hog:py-9ms:daemon";
        check(two, Choice::SwitchInterval(MS), &format!("{two}/then=si-1ms@3ms"));
        let second = Blocked { group: gil_sim::GroupId(0), member: 1 };
        check(two, Choice::Io(second), &format!("{two}/then=io-io.2@3ms"));
        check(two, Choice::Thread(GroupId(1)), &format!("{two}/hog2:1@3ms:py-9ms:daemon"));
        let ticks = "v1/py=2.7/a:2:py-9ms";
        check(ticks, Choice::CheckInterval(10), &format!("{ticks}/then=ci-10@3ms"));
        // A fork of a fork keeps what was changed before.
        check(
            "v1/a:2:py-9ms/then=si-1ms@1ms",
            Choice::SwitchInterval(MS * 2),
            "v1/a:2:py-9ms/then=si-1ms@1ms+si-2ms@3ms",
        );
    }

    #[track_caller]
    fn refused(text: &str, choice: Choice, why: &str) {
        assert_eq!(fork(&scenario(text), MS, choice), Err(why.to_owned()));
    }

    #[test]
    fn what_cannot_be_is_refused_in_words() {
        let interval = |time| Choice::SwitchInterval(Nanos(time));
        refused("v1/a:py-9ms", interval(1), "1 ns is not between 1 us and 10 s.");
        refused(
            "v1/py=3.14t/a:py-9ms",
            interval(5_000),
            "Python 3.14t has no switch interval; without a GIL there is none to change.",
        );
        refused(
            "v1/a:4:io-1ms:x50:async",
            Choice::Thread(GroupId(0)),
            "a runs on one event loop: one more would have a loop of its own.",
        );
        refused(
            "v1/a:4:io-1ms:jobs-50",
            Choice::Thread(GroupId(0)),
            "a has one queue for all its members: one more would have a queue of its own.",
        );
        refused(
            "v1/a:256:py-1ms",
            Choice::Thread(GroupId(0)),
            "257 threads in all; at most 256 are simulated.",
        );
        refused("v1/a:py-1ms", Choice::Thread(GroupId(7)), "There is no such group.");
    }

    #[test]
    fn reasons_are_given_for_what_is_not_possible_at_a_moment() {
        let at = |text: &str, at| {
            let scenario = scenario(text);
            let trace = run(&scenario);
            let blocked = blocked(&scenario, &trace, at);
            let no_io = no_io(&scenario, &trace, at, &blocked);
            [no_interval(&scenario, &trace, at), no_thread(&scenario), no_io]
        };
        let said = |why: &str| Some(why.to_owned());
        assert_eq!(at("v1/a:2:io-5ms", MS), [None, None, None]);
        assert_eq!(at("v1/a:2:py-5ms", MS), [None, None, said("Nobody waits for I/O now.")]);
        let over = || said("The run is over.");
        assert_eq!(at("v1/a:2:io-5ms", MS * 900), [over(), None, over()]);
        let free = said("Without a GIL there is no switch interval.");
        assert_eq!(at("v1/py=3.14t/a:2:io-5ms", MS), [free, None, None]);
    }

    /// Whose I/O is offered is whose I/O the engine can complete: no more, no less.
    #[test]
    fn all_who_are_blocked_are_found_and_nobody_else() {
        let own = [
            "v1/a:3:io-5ms+py-100us:x4:async",
            "v1/a:3:recv-exp2ms+py-300us+block-1ms:x9:async/b:2:io-exp1ms+py-1ms:x5",
            "v1/a:3:recv-exp2ms+py-300us:x9:seq/b:2:io-3ms+py-1ms:x5:fork",
            "v1/a:3:io-5ms+py-100us:x4:async/then=io-a.2@1ms+io-a.3@2ms",
        ];
        let presets = PRESETS.iter().map(|preset| preset.scenario());
        let mut offered = 0;
        for scenario in presets.chain(own.map(scenario)) {
            let trace = run(&scenario);
            for part in 1..4 {
                let at = Nanos(trace.end.0.min(MS.0 * 40) * part / 4);
                let found = blocked(&scenario, &trace, at);
                offered += found.len();
                for (group, g) in scenario.spec().numbered_groups() {
                    for member in (0..g.members()).take(3) {
                        let who = Blocked { group, member };
                        let fork = run(&fork(&scenario, at, Choice::Io(who)).unwrap());
                        let same = trace.events_until(at);
                        let done = fork
                            .events
                            .get(same)
                            .is_some_and(|event| event.at == at && event.kind.is_intervention());
                        let text = print_scenario(&scenario);
                        assert_eq!(found.contains(&who), done, "{who:?} at {at} of {text}");
                    }
                }
            }
        }
        assert!(offered > 50, "{offered}");
    }
}
