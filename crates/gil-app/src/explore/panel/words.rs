//! A group in words, for its card when it is closed.

use gil_sim::{Dist, Group, Nanos, Repeat, Step};

/// `4 threads: 2 ms Python, then 8 ms I/O, 20 times`.
pub fn group(group: &Group) -> String {
    let threads = gil_view::words::count(group.count.into(), "thread");
    let start = match group.start {
        Nanos::ZERO => String::new(),
        start => format!(" from {start} on"),
    };
    format!("{threads}{start}: {}, {}", steps(&group.steps), repeat(group.repeat))
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
            ("v1/w:lock-db+sys-1us+unlock-db:x2", "1 thread: with db: (1 us system call), twice"),
        ] {
            let scenario = parse_scenario(text).unwrap();
            assert_eq!(super::group(&scenario.spec().groups[0]), words);
        }
    }
}
