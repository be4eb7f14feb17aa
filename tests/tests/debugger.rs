//! The debugger on scenarios whose traces are known step by step, and on every Python.
#![cfg(not(target_arch = "wasm32"))]

use gil_debug::{Breakpoint, Condition, Debugger, LineId, Listing, Snapshot, Stop, Value, Way};
use gil_sim::{
    Dist, EventId, EventKind, Gc, Machine, Nanos, Python, Repeat, Scenario, StartMethod, Step,
    Strategy, ThreadId, Trace, run,
};
use gil_tests::{
    holding, io, locked, ms, on, python, python_checked, releasing, round_machine, sleep, syscall,
    thread, us, with,
};

struct Session {
    trace: Trace,
    debugger: Debugger,
}

impl Session {
    fn of(scenario: &Scenario) -> Session {
        let trace = run(scenario);
        let debugger = Debugger::new(scenario, &trace);
        Session { trace, debugger }
    }

    fn at(&self, event: EventId) -> Snapshot {
        self.debugger.at(&self.trace, Some(event))
    }

    fn first(&self, wanted: impl Fn(&EventKind) -> bool) -> EventId {
        let found = self.trace.events.iter().position(|event| wanted(&event.kind));
        EventId(found.expect("it happens") as u32)
    }

    fn run_to(&self, text: &str) -> Option<Stop> {
        self.next(text, None, Way::Forward)
    }

    fn next(&self, text: &str, from: Option<EventId>, way: Way) -> Option<Stop> {
        let condition = Condition::parse(text, &self.trace).expect("it can be read");
        let breakpoints = [Breakpoint::Condition(condition)];
        self.debugger.next_stop(&self.trace, from, way, &breakpoints)
    }

    fn time(&self, stop: Option<Stop>) -> Option<Nanos> {
        stop.map(|stop| self.trace.events[stop.event.index()].at)
    }
}

/// As in the golden trace of the same name.
fn two_cpu_threads() -> Scenario {
    on(round_machine(), [thread("cpu", [python(ms(8))]).threads(2)])
}

fn value(snapshot: &Snapshot, name: &str) -> (Value, bool) {
    let mut variables = snapshot.variables.iter().flatten();
    let variable = variables.find(|variable| variable.name == name).expect(name);
    (variable.value.clone(), variable.changed)
}

fn lines(snapshot: &Snapshot) -> Vec<Option<&'static str>> {
    snapshot.state.threads.iter().map(|thread| thread.line.map(|line| line.0)).collect()
}

#[test]
fn a_forced_switch_goes_through_the_listing() {
    let session = Session::of(&two_cpu_threads());
    let [cpu1, cpu2] = [ThreadId(0), ThreadId(1)];

    let waits = session.at(session.first(|kind| matches!(kind, EventKind::Waits { .. })));
    assert_eq!(lines(&waits), [Some("eval.run"), Some("take.wait")]);
    assert_eq!(value(&waits, "waiters on cond"), (Value::Threads(vec![cpu2]), true));
    assert_eq!(value(&waits, "locked"), (Value::Locked(Some(cpu1)), false));

    let requests = session.first(|kind| matches!(kind, EventKind::DropRequested { .. }));
    let requested = session.at(requests);
    assert_eq!(lines(&requested), [Some("eval.run"), Some("take.request")]);
    assert_eq!(value(&requested, "gil_drop_request"), (Value::Flag(true), true));
    assert_eq!(value(&requested, "mutex"), (Value::Thread(Some(cpu2)), false));
    // The holder sees the request; the other one is on its way back into its wait.
    let seen = session.at(EventId(requests.0 + 1));
    assert_eq!(lines(&seen), [Some("eval.drop"), Some("take.while")]);

    let forced = session.at(session.first(|kind| matches!(kind, EventKind::ForcedSwitchWaits)));
    assert_eq!(lines(&forced), [Some("drop.wait"), Some("take.wait")]);
    assert_eq!(value(&forced, "gil_drop_request"), (Value::Flag(false), true));
    assert_eq!(value(&forced, "waiters on switch_cond"), (Value::Threads(vec![cpu1]), true));
    assert!(forced.state.threads[cpu2.index()].signalled);

    let taken = session.at(EventId(forced.event.expect("an event").0 + 1));
    assert_eq!(lines(&taken), [Some("drop.wait"), Some("take.locked")]);
    assert_eq!(value(&taken, "switch_number"), (Value::Number(2), true));
    assert_eq!(value(&taken, "last_holder"), (Value::Thread(Some(cpu2)), true));
}

#[test]
fn before_the_first_event_and_behind_the_last_there_is_a_snapshot() {
    let session = Session::of(&two_cpu_threads());
    let start = session.debugger.at(&session.trace, None);
    assert_eq!((start.event, lines(&start)), (None, vec![None, None]));
    let last = EventId(session.trace.events.len() as u32 - 1);
    assert_eq!(session.at(EventId(u32::MAX)).event, Some(last));
    assert_eq!(lines(&session.at(last)), [None, None]);
}

#[test]
fn breakpoints_stop_at_their_lines_for_their_thread() {
    let session = Session::of(&two_cpu_threads());
    let at = |thread| [Breakpoint::Line { line: LineId::TAKE_REQUEST, thread }];
    let next = |from, way, thread: Option<ThreadId>| {
        let stop = session.debugger.next_stop(&session.trace, from, way, &at(thread));
        session.time(stop)
    };
    assert_eq!(next(None, Way::Forward, None), Some(us(5010)));
    assert_eq!(next(None, Way::Forward, Some(ThreadId(0))), Some(Nanos(10_022_012)));
    let last = Some(EventId(session.trace.events.len() as u32 - 1));
    assert_eq!(next(last, Way::Back, None), Some(Nanos(10_022_012)));
    assert_eq!(next(last, Way::Back, Some(ThreadId(1))), Some(us(5010)));
    assert_eq!(next(last, Way::Forward, None), None);
}

#[test]
fn conditions_stop_where_they_begin_to_hold() {
    let session = Session::of(&two_cpu_threads());
    assert_eq!(session.time(session.run_to("holder == cpu-2")), Some(us(5012)));
    assert_eq!(session.time(session.run_to("switch_number == 3")), Some(Nanos(10_024_012)));
    assert_eq!(session.time(session.run_to("wait(cpu-2) > 5ms")), Some(us(5010)));
    assert_eq!(session.time(session.run_to("waiters >= 1")), Some(Nanos::ZERO));
    assert_eq!(session.run_to("waiters >= 2"), None);
    // It goes on holding, and stops again only where it begins anew: at the same place from behind.
    let first = session.run_to("holder == cpu-2").expect("it holds");
    let second = session.next("holder == cpu-2", Some(first.event), Way::Forward);
    assert_eq!(session.time(second), Some(us(13_024)));
    let back = session.next("holder == cpu-2", second.map(|stop| stop.event), Way::Back);
    assert_eq!(back, Some(first));
}

#[test]
fn an_io_thread_beside_a_computing_one_has_its_latency() {
    let groups = [thread("hog", [python(ms(30))]), thread("io", [io(ms(1)), python(us(10))])];
    let session = Session::of(&on(round_machine(), groups));
    let stop = session.run_to("latency > 5ms").expect("it waits for an interval");
    let event = session.trace.events[stop.event.index()];
    assert_eq!(session.trace.name(event.thread), "io");
    let completion = session.trace.io.iter().find(|io| io.latency() > ms(5)).expect("the same");
    assert_eq!(event.at, completion.resumed);
    assert_eq!(session.run_to("latency(hog) > 0ms"), None);
}

#[test]
fn ticks_and_free_threads_have_variables_of_their_own() {
    let old = with(two_cpu_threads(), |spec| {
        spec.python = Python::find("2.7").expect("a version that is modelled");
    });
    let session = Session::of(&old);
    let blocks = session.at(session.first(|kind| matches!(kind, EventKind::Blocks { .. })));
    assert_eq!(value(&blocks, "interpreter_lock").0, Value::Locked(Some(ThreadId(0))));
    assert_eq!(value(&blocks, "sleepers"), (Value::Threads(vec![ThreadId(1)]), true));
    assert_eq!(value(&blocks, "_Py_Ticker").0, Value::NotShown);

    let free = with(two_cpu_threads(), |spec| {
        spec.python = Python::find("3.14t").expect("a version that is modelled");
        spec.gc = Some(Gc { every: ms(3), pause: Dist::Fixed(ms(1)) });
    });
    let session = Session::of(&free);
    let asked = session.first(|kind| matches!(kind, EventKind::StopRequested { running: 1 }));
    let stopper = session.trace.events[asked.index()].thread;
    let asked = session.at(asked);
    assert_eq!(value(&asked, "stop the world"), (Value::Thread(Some(stopper)), true));
    assert_eq!(value(&asked, "still to stop"), (Value::Number(1), true));
    let stopped = session.at(session.first(|kind| matches!(kind, EventKind::Stops)));
    assert_eq!(value(&stopped, "still to stop"), (Value::Number(0), true));
    assert_eq!(stopped.state.threads[stopper.index()].line, Some(LineId::STOP_COLLECT));
}

/// Something of everything.
fn busy(python_version: Python) -> Scenario {
    let change = Step::Mutate { object: "shared".into(), work: Dist::Fixed(us(300)) };
    let groups = [
        thread("cpu", [python(ms(12)), holding(ms(1))]).threads(2).times(2),
        thread("io", [io(ms(1)), python(us(100)), syscall(us(5))]).times(9),
        thread("zip", [python_checked(ms(1), ms(5)), releasing(ms(2)), sleep(ms(1))]).times(9),
        thread("lock", [locked("m", [python(us(200)), io(ms(1))])]).threads(2).times(4),
        thread("change", [change]).threads(3).times(20),
        thread("queue", [python(us(10))]).times(3),
        thread("pool", [python(us(50))]),
        thread("async", [io(ms(1)), sleep(ms(1))]).threads(2).times(2),
        thread("apart", [python(us(50))]),
    ];
    with(on(Machine::default(), groups), |spec| {
        spec.python = python_version;
        spec.gc = Some(Gc { every: ms(3), pause: Dist::Fixed(us(200)) });
        spec.groups[5].steps.push(Step::Call { group: "pool".into(), bytes: 10 });
        spec.groups[6].repeat = Repeat::Serve;
        if python_version.has_asyncio() {
            spec.groups[7].strategy = Strategy::Asyncio;
        }
        spec.groups[8].strategy = Strategy::Processes(StartMethod::Fork);
    })
}

#[test]
fn every_line_of_every_listing_is_reached() {
    for python in Python::ALL {
        let scenario = busy(python);
        let session = Session::of(&scenario);
        let listing = Listing::of(scenario.spec());
        let never = |line: &LineId| {
            let breakpoints = [Breakpoint::Line { line: *line, thread: None }];
            session.debugger.next_stop(&session.trace, None, Way::Forward, &breakpoints).is_none()
        };
        let never: Vec<_> = listing.lines().map(|line| line.id).filter(never).collect();
        assert!(never.is_empty(), "{python}: {never:?} are never reached");
    }
}
