//! Golden traces: what the engine does in small scenarios, to be followed by a reader.
//!
//! Each file in `golden/` says what it shows, then comes the text form of the trace. After a
//! change that is meant, `UPDATE_GOLDEN=1 cargo test --test golden` writes them anew; the
//! differences are to be read like code.
#![cfg(not(target_arch = "wasm32"))]

#[path = "golden/runtimes.rs"]
mod runtimes;
#[path = "golden/what_if.rs"]
mod what_if;

use std::fs;
use std::path::{Path, PathBuf};

use gil_sim::{Limits, Machine, Nanos, Scenario, run};
use gil_tests::{
    holding, io, locked, ms, on, python, python_checked, receive, releasing, round_machine,
    syscall, thread, us, with,
};

/// A scenario and what its trace shows.
struct Golden {
    name: &'static str,
    shows: &'static str,
    scenario: Scenario,
}

fn golden(name: &'static str, shows: &'static str, scenario: Scenario) -> Golden {
    Golden { name, shows, scenario }
}

fn goldens() -> Vec<Golden> {
    [
        protocol(),
        races(),
        calls(),
        locks(),
        system(),
        limits(),
        runtimes::goldens(),
        what_if::goldens(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn round(cores: u16) -> Machine {
    Machine { cores, ..round_machine() }
}

fn protocol() -> Vec<Golden> {
    vec![
        golden(
            "one_thread_alone",
            "One thread, 3 ms of bytecode twice. Nobody wants the GIL, so nobody asks for it: the
             thread drops it once, at its end.",
            on(round(2), [thread("cpu", [python(ms(3))]).times(2)]),
        ),
        golden(
            "two_cpu_threads",
            "Two threads, 8 ms of bytecode each. cpu-2 finds the GIL taken, waits for one interval
             of 5 ms, is awake 10 us later and requests the GIL. cpu-1 sees the request at its next
             look at the eval breaker (a pass of the loop is 36 ns), but has to wait for the mutex,
             which cpu-2 has until it is back in its wait, 1 us later. Then it drops the GIL. The
             signal reaches cpu-2 on its way to sleep, which it gives up: it has the GIL at 5012 us,
             and only now cpu-1 may go on (forced switch). cpu-1 wants the GIL back, and gets it
             in the same way.",
            on(round(2), [thread("cpu", [python(ms(8))]).threads(2)]),
        ),
        golden(
            "blocking_io_nobody_waits",
            "Blocking I/O lets go of the GIL and takes it back. Nobody waits, so nobody is signalled,
             and the GIL does not count as switched: switch_number stays 1.",
            on(round(2), [thread("io", [python(us(100)), io(ms(2))]).times(2)]),
        ),
        golden(
            "forced_switch_before_io",
            "A voluntary drop finds the request set too. The bytecode of 5.1 ms looks at the eval
             breaker every 3 ms, so it does not see the request of 5 ms, and the I/O behind it
             drops the GIL. drop_gil waits for the switch all the same: the system call starts only
             after the other thread has taken the GIL.",
            on(
                round(2),
                [
                    thread("io", [python_checked(us(5_100), ms(3)), io(ms(1))]),
                    thread("cpu", [python(ms(2))]),
                ],
            ),
        ),
    ]
}

fn races() -> Vec<Golden> {
    vec![
        golden(
            "barging",
            "A thread that comes by while the GIL is free takes it, past a waiter that is signalled
             already: writer's system call lasts 2 us, cpu needs 10 us to wake up. switch_number
             stays, since writer is the same thread as before.",
            on(
                round(2),
                [
                    thread("writer", [python(ms(1)), syscall(us(2)), python(ms(1))]),
                    thread("cpu", [python(ms(1))]),
                ],
            ),
        ),
        golden(
            "missed_waiter_waits_anew",
            "A woken waiter that missed starts a full new interval: cpu has waited for 4 ms of 5
             when the system call signals it. It misses, and so its request comes at 4010 + 5000 us
             (and 10 us to wake up), not at 5000.",
            on(
                round(2),
                [
                    thread("writer", [python(ms(4)), syscall(us(2)), python(ms(9))]),
                    thread("cpu", [python(ms(1))]),
                ],
            ),
        ),
        golden(
            "no_request_after_a_switch",
            "late waits from 3 ms to 8 ms. Meanwhile b has requested the GIL and has taken it, so
             late finds switch_number changed when its wait times out: it makes no request, but
             waits for another interval.",
            on(
                round(4),
                [
                    thread("a", [python(ms(6))]),
                    thread("b", [python(ms(4))]),
                    thread("late", [python(ms(1))]).at(ms(3)),
                ],
            ),
        ),
        golden(
            "tiny_system_calls",
            "System calls of 2 us with 2.5 us of bytecode before each, beside a thread that wants
             the GIL. The first call signals cpu, which needs 10 us to come. Until then writer goes
             past it twice; the third time cpu comes while the GIL is free: each call is a race.",
            on(
                round(2),
                [
                    thread("writer", [python(Nanos(2_500)), syscall(us(2))]).times(4),
                    thread("cpu", [python(us(50))]),
                ],
            ),
        ),
    ]
}

fn calls() -> Vec<Golden> {
    vec![
        golden(
            "call_that_keeps_the_gil",
            "A C call of 12 ms that keeps the GIL never looks at the eval breaker. cpu requests the
             GIL every 5 ms, and gets it when the call has returned. By then cpu is asleep: it takes
             10 us to come.",
            on(
                round(2),
                [thread("regex", [holding(ms(12)), python(ms(1))]), thread("cpu", [python(ms(1))])],
            ),
        ),
        golden(
            "calls_in_parallel",
            "Two C calls of 4 ms that let go of the GIL run at the same time, on two cores.",
            on(round(2), [thread("zip", [python(us(10)), releasing(ms(4))]).threads(2)]),
        ),
        golden(
            "message_that_is_there",
            "Messages arrive every 2 ms. The first is waited for; the bytecode of 3 ms behind it is
             longer than the gap, so that the second is there already: the receive returns at once,
             but lets go of the GIL and takes it back all the same.",
            on(round(2), [thread("server", [receive(ms(2)), python(ms(3))]).times(2)]),
        ),
    ]
}

fn locks() -> Vec<Golden> {
    let nested = |outer, inner| [locked(outer, [io(ms(1)), locked(inner, [python(ms(1))])])];
    vec![
        golden(
            "lock_contention",
            "a has the lock while it waits for I/O, without the GIL. b takes the GIL, finds the lock
             taken, lets go of the GIL and sleeps. The release wakes b, which takes the lock, and
             then has to wait for the GIL: a goes on with it.",
            on(
                round(2),
                [
                    thread("a", [locked("box", [io(ms(2))]), python(us(100))]),
                    thread("b", [locked("box", [python(ms(1))])]),
                ],
            ),
        ),
        golden(
            "deadlock",
            "Two locks, taken in opposite orders, with I/O between: each thread waits for the lock
             that the other one has. The run ends there.",
            on(round(2), [thread("ab", nested("a", "b")), thread("ba", nested("b", "a"))]),
        ),
    ]
}

fn system() -> Vec<Golden> {
    vec![golden(
        "preempted_with_the_gil",
        "One core, slices of 1 ms. zip computes without the GIL. cpu has the GIL and loses the core
         to zip: from 2000 to 3000 us nobody runs bytecode, and nobody else could.",
        on(round(1), [thread("zip", [releasing(us(2_500))]), thread("cpu", [python(us(2_500))])]),
    )]
}

fn limits() -> Vec<Golden> {
    let endless = || on(round(2), [thread("io", [io(ms(3))]).times(1_000)]);
    let limited =
        |time: Nanos, events| with(endless(), |spec| spec.limits = Limits { time, events });
    vec![
        golden("time_limit", "A run that is cut after 5 ms.", limited(ms(5), 1_000)),
        golden("event_limit", "A run that is cut after 10 events.", limited(ms(1_000), 10)),
    ]
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

impl Golden {
    fn path(&self) -> PathBuf {
        folder().join(self.name).with_extension("txt")
    }

    fn text(&self) -> String {
        let shows = self.shows.lines().map(|line| format!("# {}\n", line.trim()));
        format!("{}\n{}", shows.collect::<String>(), run(&self.scenario))
    }
}

#[test]
fn traces_are_the_golden_ones() {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        return update();
    }
    for golden in goldens() {
        let expected = fs::read_to_string(golden.path()).unwrap_or_default();
        if let Some(difference) = difference(&expected, &golden.text()) {
            panic!("{}: {difference}\nUPDATE_GOLDEN=1 if this is meant", golden.name);
        }
    }
}

fn update() {
    for golden in goldens() {
        fs::write(golden.path(), golden.text()).expect("the golden files can be written");
    }
}

/// The first line in which two texts differ.
fn difference(expected: &str, got: &str) -> Option<String> {
    let (mut expected, mut got) = (expected.lines(), got.lines());
    (1..).find_map(|number| match (expected.next(), got.next()) {
        (None, None) => Some(None),
        (a, b) if a == b => None,
        (a, b) => {
            let line = |line: Option<&str>| line.unwrap_or("(end)").to_owned();
            Some(Some(format!("line {number}\nexpected {}\n     got {}", line(a), line(b))))
        }
    })?
}

#[test]
fn every_golden_file_belongs_to_a_scenario() {
    let names: Vec<PathBuf> = goldens().iter().map(Golden::path).collect();
    for entry in fs::read_dir(folder()).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            continue;
        }
        assert!(names.contains(&path), "{} is left over", path.display());
    }
}
