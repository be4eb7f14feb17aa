//! Scenarios that are valid and mean no good: they end at a limit, soon, and keep the laws.

use gil_sim::{Dist, Limits, Machine, Nanos, Outcome, Step, run};
use gil_tests::{
    Threads, free_machine, holding, io, locked, ms, on, python, receive, releasing, sleep, syscall,
    thread, us, with,
};

use crate::laws;

const NANO: Nanos = Nanos(1);
const SECOND: Nanos = Nanos::from_secs(1);
const LIMITS: Limits = Limits { time: ms(100), events: 20_000 };

fn endless(name: &str, steps: impl IntoIterator<Item = Step>) -> Threads {
    thread(name, steps).times(1_000_000)
}

/// Machines: the usual one, and one on which nothing takes any time, with one core and with many.
fn machines() -> [Machine; 4] {
    let (usual, free) = (Machine::default(), free_machine());
    [usual.with_cores(1), usual.with_cores(64), free.with_cores(1), free.with_cores(64)]
}

fn programs() -> Vec<(&'static str, Vec<Threads>)> {
    let all = [
        python(NANO),
        holding(NANO),
        releasing(NANO),
        io(NANO),
        receive(NANO),
        syscall(NANO),
        sleep(NANO),
        locked("a", [io(NANO)]),
    ];
    let zero = Dist::Exponential(NANO);
    let zeros = [Step::Python { work: zero, check: None }, Step::Io { wait: zero }];
    vec![
        ("bytecode", vec![endless("cpu", [python(SECOND)]).threads(256)]),
        ("tiny system calls", vec![endless("sys", [syscall(NANO)]).threads(256)]),
        ("everything", vec![endless("all", all).threads(256)]),
        ("one lock", vec![endless("lock", [locked("a", [python(NANO)])]).threads(256)]),
        (
            "a flood of messages, and somebody who keeps the GIL",
            vec![endless("flood", [receive(NANO)]), endless("keep", [holding(SECOND)])],
        ),
        (
            "messages that have piled up for long",
            vec![endless("late", [sleep(ms(50)), receive(NANO)])],
        ),
        (
            "a lock taken twice",
            vec![endless("twice", [locked("a", [locked("a", [python(NANO)])])]).threads(3)],
        ),
        ("draws that are mostly zero", vec![endless("zero", zeros).threads(8)]),
    ]
}

#[test]
fn hostile_scenarios_end_at_a_limit_and_keep_the_laws() {
    for interval in [us(1), SECOND * 10] {
        for machine in machines() {
            for (name, threads) in programs() {
                let scenario = with(on(machine, threads), |spec| {
                    spec.switch_interval = interval;
                    spec.limits = LIMITS;
                });
                if let Err(what) = laws::check(&scenario) {
                    panic!("{name}, {} cores, interval {interval}: {what}", machine.cores);
                }
            }
        }
    }
}

#[test]
fn the_least_limits_end_a_run_at_once() {
    let limited = |limits| {
        let endless = endless("cpu", [python(NANO)]).threads(2);
        run(&with(on(Machine::default(), [endless]), |spec| spec.limits = limits)).outcome
    };
    assert_eq!(limited(Limits { time: ms(1), events: 1 }), Outcome::EventLimit);
    assert_eq!(limited(Limits { time: us(1), events: 100_000 }), Outcome::TimeLimit);
}
