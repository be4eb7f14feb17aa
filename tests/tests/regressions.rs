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

/// Beazley's priority inversion: before 3.2 an I/O thread beside one that computes is woken again
/// and again in vain on two cores, where on one the operating system lets it in.
#[test]
fn with_ticks_io_is_woken_in_vain_beside_a_thread_that_computes() {
    let futile_wake_ups = |cores: u16| {
        let text = format!("v1/py=2.7/cores={cores}/hog:py-5ms:daemon/io:py-100us+io-1ms:x30");
        let scenario = gil_notation::parse_scenario(&text).expect("valid");
        let trace = run(&scenario);
        let io = trace.threads.iter().position(|thread| thread.name == "io");
        let missed = trace.events.iter().filter(|event| {
            matches!(event.kind, gil_sim::EventKind::Missed { .. })
                && Some(event.thread.index()) == io
        });
        missed.count()
    };
    let (one, two) = (futile_wake_ups(1), futile_wake_ups(2));
    assert!(two > 30 && two > one, "{one} on one core, {two} on two");
}
