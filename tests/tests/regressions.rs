//! Faults that the engine once had, each with the smallest scenario that showed it.

use gil_sim::{Limits, Machine, Nanos, Outcome, State, ThreadId, Trace, run};
use gil_tests::{Threads, locked, ms, on, python, releasing, sleep, thread, with};

fn run_on(cores: u16, threads: impl IntoIterator<Item = Threads>) -> Trace {
    let scenario = on(Machine::default().with_cores(cores), threads);
    let limits = Limits { time: Nanos::from_secs(5), ..Limits::default() };
    run(&with(scenario, |spec| spec.limits = limits))
}

/// The time of `drop_gil` and `take_gil` was taken off the bytecode that they interrupt.
#[test]
fn a_forced_switch_costs_no_bytecode() {
    let trace = run_on(2, [thread("cpu", [python(ms(50))]).threads(2)]);
    for thread in &trace.threads {
        let spans = thread.spans.iter().filter(|span| span.state == State::HasGil);
        let has_gil: Nanos = spans.map(|span| span.end - span.start).sum();
        assert!(has_gil >= ms(50), "{} has computed {} ns", thread.name, has_gil.0);
    }
}

/// Where the last thread that could go on was one that finished, a daemon hid the deadlock.
#[test]
fn a_deadlock_is_found_when_the_others_have_finished() {
    let nested = |outer, inner| [locked(outer, [sleep(ms(1)), locked(inner, [python(ms(1))])])];
    let threads = [
        thread("ab", nested("a", "b")),
        thread("ba", nested("b", "a")),
        thread("other", [sleep(ms(20))]),
        thread("daemon", [sleep(ms(1))]).daemon(),
    ];
    let trace = run_on(4, threads);
    assert_eq!(trace.outcome, Outcome::Deadlock(vec![ThreadId(0), ThreadId(1)]));
}

/// A thread whose slice was over while nobody was ready kept its core from whoever came next, if
/// that one had computed more so far.
#[test]
fn a_thread_that_has_run_for_long_gets_a_core_back() {
    let old = [releasing(ms(100)), sleep(ms(50)), releasing(ms(100))];
    let new = thread("new", [releasing(ms(1_000))]).at(ms(110));
    let trace = run_on(1, [thread("old", old), new]);
    let ready = trace.threads[0].spans.iter().filter(|span| span.state == State::Ready);
    let longest = ready.map(|span| span.end - span.start).max().unwrap_or_default();
    assert!(longest < ms(10), "it is ready for {longest} without a core");
}

/// The drop request of 3.13 is a bit of the holder's own eval breaker. Who asks, whom, and when is
/// the same as in 3.12: only where the flag is kept has changed.
#[test]
fn a_request_bit_of_the_holder_asks_the_same_as_a_flag_for_all() {
    use gil_sim::{Python, Scenario, Spec};
    for preset in gil_notation::PRESETS {
        let with = |minor| {
            let python = Python::new(minor).expect("a version of the time-based GIL");
            let spec = Spec { python, ..preset.scenario().into_spec() };
            run(&Scenario::new(spec).expect("valid"))
        };
        assert_eq!(with(12), with(13), "{}", preset.key);
    }
}
