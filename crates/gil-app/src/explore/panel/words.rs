//! Groups and strategies in words.

use gil_sim::{Dist, Group, Nanos, Repeat, StartMethod, Step, Strategy};

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

/// `4 threads: 2 ms Python, then 8 ms I/O, 20 times`.
pub fn group(group: &Group) -> String {
    let start = match group.start {
        Nanos::ZERO => String::new(),
        start => format!(" from {start} on"),
    };
    format!("{}{start}: {}, {}", who(group), steps(&group.steps), repeat(group.repeat))
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

fn steps(all: &[Step]) -> String {
    all.iter().map(step).collect::<Vec<_>>().join(", then ")
}

fn step(step: &Step) -> String {
    match step {
        Step::Python { work, .. } => format!("{} Python", length(*work)),
        Step::NativeHolding { work } => format!("{} C with the GIL", length(*work)),
        Step::NativeReleasing { work } => format!("{} C without the GIL", length(*work)),
        Step::Io { wait } => format!("{} I/O", length(*wait)),
        Step::Receive { every } => format!("a message every {}", length(*every)),
        Step::Syscall { work } => format!("{} system call", length(*work)),
        Step::Sleep { wait } => format!("{} sleep", length(*wait)),
        Step::Block { wait } => format!("{} blocking call", length(*wait)),
        Step::Share { object, work } => format!("{} Python on {object}", length(*work)),
        Step::Mutate { object, work } => format!("{} change of {object}", length(*work)),
        Step::Call { group, .. } => format!("a job for {group}"),
        Step::Locked { lock, body } => format!("with {lock}: ({})", steps(body)),
    }
}

fn length(dist: Dist) -> String {
    match dist {
        Dist::Fixed(time) => time.to_string(),
        Dist::Uniform(low, high) => format!("{low} to {high}"),
        Dist::Exponential(time) | Dist::LogNormal(time, _) => format!("about {time}"),
    }
}

fn repeat(repeat: Repeat) -> String {
    match repeat {
        Repeat::Times(1) => "once".to_owned(),
        Repeat::Times(2) => "twice".to_owned(),
        Repeat::Times(n) => format!("{} times", gil_view::words::number(n.into())),
        Repeat::For(time) => format!("for {time}"),
        Repeat::Daemon => "until the others end".to_owned(),
        Repeat::Jobs(n) => format!("{} jobs from a queue", gil_view::words::number(n.into())),
        Repeat::Arrivals { every, during } => {
            format!("a request every {} for {during}", length(every))
        }
        Repeat::Serve => "what others ask".to_owned(),
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
}
