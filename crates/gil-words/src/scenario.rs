//! Scenarios, groups and strategies in words.

use gil_sim::{
    DEFAULT_SWITCH_INTERVAL, Dist, Group, Nanos, Regulation, Repeat, Scenario, StartMethod, Step,
    Strategy,
};

use super::number::{count as counted, number};
use super::step::{Said, step_said};

/// One member of a group that runs so: `thread`, `task`, `process`.
pub fn member(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Threads => "thread",
        Strategy::Sequential => "turn",
        Strategy::Asyncio => "task",
        Strategy::Interpreters => "interpreter",
        Strategy::Processes(_) => "process",
    }
}

/// The same in the plural.
pub fn members(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Threads => "threads",
        Strategy::Sequential => "turns",
        Strategy::Asyncio => "tasks",
        Strategy::Interpreters => "interpreters",
        Strategy::Processes(_) => "processes",
    }
}

/// The same as a label.
pub fn members_title(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Threads => "Threads",
        Strategy::Sequential => "Turns",
        Strategy::Asyncio => "Tasks",
        Strategy::Interpreters => "Interpreters",
        Strategy::Processes(_) => "Processes",
    }
}

/// How many members a group has: `1 process`, `8 tasks`.
pub fn count(group: &Group) -> String {
    format!("{} {}", group.count, one_or_more(group))
}

fn one_or_more(group: &Group) -> &'static str {
    if group.count == 1 { member(group.strategy) } else { members(group.strategy) }
}

/// What runs a group: `threads`, or `thread pool` where its members take from a queue.
pub fn strategy(strategy: Strategy, has_queue: bool) -> &'static str {
    use StartMethod::{Fork, Forkserver, Spawn};
    match (strategy, has_queue) {
        (Strategy::Sequential, _) => "one after the other",
        (Strategy::Threads, false) => "threads",
        (Strategy::Threads, true) => "thread pool",
        (Strategy::Asyncio, false) => "asyncio tasks",
        (Strategy::Asyncio, true) => "asyncio workers",
        (Strategy::Interpreters, false) => "subinterpreters",
        (Strategy::Interpreters, true) => "interpreter pool",
        (Strategy::Processes(Fork), false) => "processes, fork",
        (Strategy::Processes(Fork), true) => "process pool, fork",
        (Strategy::Processes(Forkserver), false) => "processes, forkserver",
        (Strategy::Processes(Forkserver), true) => "process pool, forkserver",
        (Strategy::Processes(Spawn), false) => "processes, spawn",
        (Strategy::Processes(Spawn), true) => "process pool, spawn",
    }
}

/// What it means to be run so, as a sentence.
pub fn strategy_hint(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Threads => {
            "A threading.Thread each: one process, and one GIL where there is one."
        }
        Strategy::Sequential => {
            "One thread does what they all would, one after the other: what the others save or cost."
        }
        Strategy::Asyncio => {
            "A task each on one thread's event loop: they change over where they wait, and only there."
        }
        Strategy::Interpreters => {
            "A thread each with an interpreter, and so a GIL, of its own (PEP 684); data is copied."
        }
        Strategy::Processes(_) => {
            "A process each, with a GIL of its own: it has to be started, and data is pickled."
        }
    }
}

/// Groups that [`line`] tells of; more would be no line.
const MOST_GROUPS: usize = 3;

/// A whole scenario in a line: `Python 3.11, 4 cores. io, 4 threads: 2 ms Python, then 8 ms I/O,
/// 20 times`.
pub fn line(scenario: &Scenario) -> String {
    let spec = scenario.spec();
    let interval = match spec.regulation() {
        Regulation::SwitchInterval if spec.switch_interval != DEFAULT_SWITCH_INTERVAL => {
            format!(", switch interval {}", spec.switch_interval)
        }
        _ => String::new(),
    };
    let cores = counted(spec.machine.cores.into(), "core");
    let named = |one: &Group| format!("{}, {}", one.name, group(one));
    let mut groups: Vec<String> = spec.groups.iter().take(MOST_GROUPS).map(named).collect();
    if spec.groups.len() > MOST_GROUPS {
        groups.push(format!("{} more", counted(spec.groups.len() - MOST_GROUPS, "group")));
    }
    format!("Python {}, {cores}{interval}. {}", spec.python, groups.join("; "))
}

/// `4 threads: 2 ms Python, then 8 ms I/O, 20 times`.
pub fn group(group: &Group) -> String {
    group_in(group, Detail::Short)
}

/// As [`group`], with as much detail as is asked for.
pub fn group_in(group: &Group, detail: Detail) -> String {
    let start = match (group.start, detail) {
        (Nanos::ZERO, _) => String::new(),
        (start, Detail::Short) => format!(" from {start} on"),
        (start, Detail::Exact) => format!(" from {} on", exact(start)),
    };
    let steps = steps(&group.steps, detail);
    format!("{}{start}: {steps}, {}", who(group), repeat(group.repeat, detail))
}

/// How much of a value is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Enough to know what it is about.
    Short,
    /// All of it: two values that differ read differently.
    Exact,
}

/// `4 threads`, `process pool of 2 (spawn)`.
fn who(group: &Group) -> String {
    let has_queue = group.repeat.has_queue();
    let words = strategy(group.strategy, has_queue);
    let (name, method) = match words.split_once(", ") {
        Some((name, method)) => (name, format!(" ({method})")),
        None => (words, String::new()),
    };
    match (group.strategy, has_queue) {
        (Strategy::Threads, false) => count(group),
        (Strategy::Sequential, _) => format!("{}, {name}", count(group)),
        (_, true) => format!("{name} of {}{method}", group.count),
        (Strategy::Asyncio, false) => format!("{} asyncio {}", group.count, one_or_more(group)),
        (_, false) => format!("{}{method}", count(group)),
    }
}

/// A program: `2 ms Python, then 8 ms I/O`.
pub fn steps(all: &[Step], detail: Detail) -> String {
    all.iter().map(|one| step(one, detail)).collect::<Vec<_>>().join(", then ")
}

/// One step: `2 ms Python`.
pub fn step(step: &Step, detail: Detail) -> String {
    let said = step_said(step, Said::Listed, |time| length(time, detail));
    match (step, detail) {
        (Step::Locked { body, .. }, _) => format!("{said}: ({})", steps(body, detail)),
        (Step::Python { check: Some(at), .. }, Detail::Exact) => {
            format!("{said} with a check every {}", exact(*at))
        }
        (Step::Call { group, bytes }, Detail::Exact) => format!("a job of {bytes} B for {group}"),
        _ => said,
    }
}

/// A length that is fixed or drawn: `2 ms`, `1 ms to 3 ms`.
pub fn length(dist: Dist, detail: Detail) -> String {
    let time = |time| if detail == Detail::Short { format!("{time}") } else { exact(time) };
    match (dist, detail) {
        (Dist::Fixed(fixed), _) => time(fixed),
        (Dist::Uniform(low, high), _) => format!("{} to {}", time(low), time(high)),
        (Dist::Exponential(mean) | Dist::LogNormal(mean, _), Detail::Short) => {
            format!("about {}", time(mean))
        }
        (Dist::Exponential(mean), Detail::Exact) => {
            format!("{} on average (exponential)", time(mean))
        }
        (Dist::LogNormal(median, p95), Detail::Exact) => {
            format!("{} (median; p95 {})", time(median), time(p95))
        }
    }
}

/// When a group stops: `20 times`, `for 1 s`.
pub fn repeat(repeat: Repeat, detail: Detail) -> String {
    let times = |n: u32| match detail {
        Detail::Short => number(n.into()),
        Detail::Exact => n.to_string(),
    };
    match repeat {
        Repeat::Times(1) => "once".to_owned(),
        Repeat::Times(2) => "twice".to_owned(),
        Repeat::Times(n) => format!("{} times", times(n)),
        Repeat::For(time) => format!("for {}", length(Dist::Fixed(time), detail)),
        Repeat::Daemon => "until the others end".to_owned(),
        Repeat::Jobs(n) => format!("{} jobs from a queue", times(n)),
        Repeat::Arrivals { every, during } => {
            let during = length(Dist::Fixed(during), detail);
            format!("a request every {} for {during}", length(every, detail))
        }
        Repeat::Serve => "what others ask".to_owned(),
    }
}

/// A time with all its digits: `5 ms`, `62.5 us`, `1.000001 s`.
pub fn exact(time: Nanos) -> String {
    const UNITS: [(u64, usize, &str); 3] =
        [(1_000_000_000, 9, "s"), (1_000_000, 6, "ms"), (1_000, 3, "us")];
    let unit = UNITS.into_iter().find(|(size, ..)| time.0 >= *size);
    let Some((size, digits, name)) = unit else { return format!("{} ns", time.0) };
    let rest = format!("{:0digits$}", time.0 % size);
    match rest.trim_end_matches('0') {
        "" => format!("{} {name}", time.0 / size),
        rest => format!("{}.{rest} {name}", time.0 / size),
    }
}

#[cfg(test)]
mod tests {
    use gil_notation::parse_scenario;

    #[test]
    fn groups_in_words() {
        for (text, words) in [
            ("v1/w:4:py-2ms+io-8ms:x20", "4 threads: 2 ms Python, then 8 ms I/O, 20 times"),
            (
                "v1/w:1@5ms:hold-1ms..2ms",
                "1 thread from 5 ms on: 1 ms to 2 ms C with the GIL, once",
            ),
            ("v1/w:recv-exp9ms:for-1s", "1 thread: a message every about 9 ms, for 1 s"),
            ("v1/w:2:io-1ms:seq", "2 turns, one after the other: 1 ms I/O, once"),
            ("v1/w:io-1ms:fork", "1 process (fork): 1 ms I/O, once"),
            ("v1/w:8:io-1ms:x2:async", "8 asyncio tasks: 1 ms I/O, twice"),
            (
                "v1/w:4:py-1ms:jobs-20:spawn",
                "process pool of 4 (spawn): 1 ms Python, 20 jobs from a queue",
            ),
            (
                "v1/w:2:py-1ms:arrive-exp5ms@1s",
                "thread pool of 2: 1 ms Python, a request every about 5 ms for 1 s",
            ),
            ("v1/w:lock-db+sys-1us+unlock-db:x2", "1 thread: with db: (1 us system call), twice"),
        ] {
            let scenario = parse_scenario(text).unwrap();
            assert_eq!(super::group(&scenario.spec().groups[0]), words);
        }
    }

    #[test]
    fn a_scenario_in_a_line() {
        let line = |text| super::line(&parse_scenario(text).unwrap());
        assert_eq!(
            line("v1/py=3.12/cores=1/si=1ms/w:py-2ms"),
            "Python 3.12, 1 core, switch interval 1 ms. w, 1 thread: 2 ms Python, once"
        );
        let many = line("v1/a:py-1ms/b:py-1ms/c:py-1ms/d:py-1ms/e:py-1ms");
        assert!(many.ends_with("; 2 groups more"), "{many}");
    }

    #[test]
    fn exact_times_keep_every_digit() {
        for (ns, text) in
            [(0, "0 ns"), (850, "850 ns"), (62_500, "62.5 us"), (5_000_001, "5.000001 ms")]
        {
            assert_eq!(super::exact(gil_sim::Nanos(ns)), text);
        }
    }
}
