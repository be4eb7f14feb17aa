//! Chrome's trace events: of VizTracer, of tracers in the kernel, and of this project.

use gil_record::findings::Verdict;
use gil_record::{CannotKnow, Findings, GilSeen, Recording, Source, limits, read};
use gil_sim::{Nanos, State};
use serde_json::{Value, json};

fn recorded(events: Value) -> Recording {
    read(&events.to_string()).unwrap_or_else(|error| panic!("{error}"))
}

fn states(recording: &Recording, name: &str) -> Vec<(State, u64)> {
    let thread = recording.threads.iter().find(|thread| thread.name == name);
    let spans = thread.unwrap_or_else(|| panic!("there is no {name}")).spans.iter();
    spans.map(|span| (span.state, (span.end - span.start).0 / 1_000)).collect()
}

#[test]
fn viztracer_has_no_gil_data_and_that_is_said() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/recordings/two.viztracer.json");
    let text = std::fs::read_to_string(path).expect("the file is there");
    let recording = read(&text).expect("VizTracer 1.1.1 wrote it");
    assert_eq!((recording.source, recording.gil), (Source::TraceEvents, GilSeen::No));
    assert_eq!(recording.made_by, "VizTracer");
    let names: Vec<&str> = recording.threads.iter().map(|thread| thread.name.as_str()).collect();
    assert_eq!(names, ["MainThread", "work-1", "work-2"]);
    assert_eq!(recording.cannot_know[0], CannotKnow::Gil);
    let findings = Findings::of(&recording);
    assert_eq!((findings.verdict, findings.gil_held), (Verdict::CannotTell, None));
    assert_eq!(
        findings.headline(&recording),
        "It has no GIL data, so nothing here says who held the GIL or waited for it."
    );
    assert!(recording.trace().gils.is_empty());
    let error = gil_record::scenario::make(&recording, &findings).expect_err("there is no GIL");
    assert!(error.starts_with("the recording has no GIL data"), "{error}");
}

/// Two threads as a tracer in the kernel sees them; times in us.
fn kernel() -> Value {
    let event = |name: &str, ph: &str, tid: u32, ts: f64| json!({"name": name, "ph": ph, "pid": 1, "tid": tid, "ts": ts});
    json!([
        {"name": "thread_name", "ph": "M", "pid": 1, "tid": 7, "args": {"name": "hog"}},
        event("take_gil", "B", 7, 1_000.0),
        event("take_gil", "E", 7, 1_010.0),
        event("uprobe:libpython:take_gil", "B", 8, 2_000.0),
        event("drop_gil", "i", 7, 7_000.0),
        event("uprobe:libpython:take_gil", "E", 8, 7_050.0),
        {"name": "take_gil", "ph": "X", "pid": 1, "tid": 7, "ts": 7_010.0, "dur": 990.0},
        {"name": "drop_gil (libpython3.12.so)", "ph": "X", "pid": 1, "tid": 8, "ts": 7_900.0, "dur": 5.0},
        event("drop_gil", "i", 7, 9_000.0),
        {"name": "counter", "ph": "C", "pid": 1, "tid": 7, "ts": 9_500.0, "args": [1, {"a": null}]},
    ])
}

#[test]
fn take_gil_is_waiting_and_the_time_up_to_drop_gil_holding() {
    let recording = recorded(kernel());
    assert_eq!(recording.gil, GilSeen::Yes);
    let hog = [
        (State::WaitingGil, 10),
        (State::HasGil, 5_990),
        (State::Unseen, 10),
        (State::WaitingGil, 990),
        (State::HasGil, 1_000),
    ];
    assert_eq!(states(&recording, "hog"), hog);
    let other = [
        (State::NotStarted, 1_000),
        (State::WaitingGil, 5_050),
        (State::HasGil, 850),
        (State::Unseen, 5),
        (State::Finished, 1_095),
    ];
    assert_eq!(states(&recording, "Thread-8"), other);
    let findings = Findings::of(&recording);
    let (waiter, holder) = (gil_sim::ThreadId(1), gil_sim::ThreadId(0));
    assert_eq!(findings.while_waiting.time(waiter, holder), Nanos::from_micros(5_000));
}

#[test]
fn arrays_and_objects_are_the_same_and_the_last_bracket_may_be_missing() {
    let array = recorded(kernel());
    assert_eq!(recorded(json!({"traceEvents": kernel(), "displayTimeUnit": "ms"})), array);
    let text = kernel().to_string();
    let cut = text.trim_end_matches(']');
    assert_eq!(read(cut), Ok(array.clone()));
    assert_eq!(read(&format!("{cut},\n")), Ok(array));
}

#[test]
fn events_without_an_end_go_on_and_that_is_noted() {
    let mut events = kernel();
    events.as_array_mut().expect("an array").remove(5);
    let recording = recorded(events);
    assert_eq!(recording.notes[0].0, "1 event without their end go on to the end of the file.");
    assert_eq!(states(&recording, "Thread-8")[1], (State::WaitingGil, 7_000));
}

#[test]
fn errors_name_the_event() {
    for (events, said) in [
        (json!([]), "the file has no event with a duration (phases X, B and E)"),
        (json!([{"ph": "X", "name": "a"}]), "event 0: it has no time (ts)"),
        (json!([{"ph": "X", "ts": 1}]), "event 0: it's complete (X) and has no dur"),
        (
            json!([{"ph": "X", "ts": 1, "dur": -5}]),
            "event 0: it lasts -5e0 us, not between 0 and a day",
        ),
        (
            json!([{"ph": "i", "ts": 1}, {"ph": "B", "ts": 1e15}]),
            "event 1: its time is 1e15 us, more than a day after the first",
        ),
        (
            json!({"traceEvents": 5}),
            "line 1, column 16: invalid type: integer `5`, expected an array",
        ),
        (json!([5]), "line 1, column 2: invalid type: integer `5`, expected struct Fields"),
        (
            json!({"a": 1}),
            "this is JSON, but no recording: it has neither meta (Firefox Profiler), \
                           nor traceEvents, nor a format (gil script)",
        ),
    ] {
        assert_eq!(read(&events.to_string()).expect_err(said).to_string(), said);
    }
    let many: Vec<Value> = (0..=limits::THREADS)
        .map(|tid| json!({"ph": "X", "ts": 1, "dur": 1, "tid": tid}))
        .collect();
    let error = read(&json!(many).to_string()).expect_err("too many threads");
    assert_eq!(error.to_string(), "the file has more than 1000 threads");
}

#[test]
fn every_beginning_of_an_object_is_an_error_and_no_panic() {
    let whole = json!({"traceEvents": kernel()}).to_string();
    assert!((0..whole.len()).all(|end| read(&whole[..end]).is_err()));
    let array = kernel().to_string();
    for end in 0..array.len() {
        // Some are whole events without the last bracket, which is fine.
        let _ = read(&array[..end]);
    }
}

#[test]
fn hostile_values_are_harmless() {
    let recording = recorded(json!([
        {"name": ["x"], "ph": "X", "ts": 0, "dur": 1, "pid": "a", "tid": {"b": 1}, "args": "</script>"},
        {"name": "thread_name", "ph": "M", "pid": 0, "tid": 3, "args": {"name": "\u{1b}]0;x\u{7}"}},
        {"name": "Has GIL", "ph": "X", "ts": 0, "dur": 2, "pid": null, "tid": "3", "args": 5},
        {"name": "thread_name", "ph": "M", "pid": 0, "tid": 4, "args": {"name": 7}},
        {"name": "Off CPU", "ph": "X", "ts": 0, "dur": 2, "pid": null, "tid": -4, "args": [[]]},
    ]));
    let names: Vec<&str> = recording.threads.iter().map(|thread| thread.name.as_str()).collect();
    assert!(names.contains(&"\u{fffd}]0;x\u{fffd}"), "{names:?}");
    assert!(recording.threads.iter().all(|thread| !thread.name.contains('\u{1b}')));
}
