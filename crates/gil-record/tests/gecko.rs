//! The Firefox Profiler's format: files that CPython 3.15.2's profiler wrote, and broken ones.

mod support;

use gil_record::{GilSeen, Recorded, Recording, Source, limits, read};
use gil_sim::{Nanos, State};
use serde_json::{Value, json};

use support::{file, recording};

/// A thread by its name.
fn thread<'a>(recording: &'a Recording, name: &str) -> &'a Recorded {
    let found = recording.threads.iter().find(|thread| thread.name == name);
    found.unwrap_or_else(|| panic!("there is no {name}"))
}

/// The time of a thread in a state.
fn time(recording: &Recording, name: &str, state: State) -> Nanos {
    let spans = thread(recording, name).spans.iter().filter(|span| span.state == state);
    spans.map(|span| span.end - span.start).sum()
}

#[test]
fn a_convoy_has_one_holder_and_two_that_wait() {
    let convoy = recording("convoy");
    assert_eq!(convoy.source, Source::Gecko { version: 57 });
    assert_eq!(convoy.made_by, "Tachyon Sampling Profiler");
    assert_eq!((convoy.gil, convoy.cores), (GilSeen::Yes, Some(2)));
    assert_eq!(convoy.period, Some(Nanos(249_478)));
    let names: Vec<&str> = convoy.threads.iter().map(|thread| thread.name.as_str()).collect();
    assert_eq!(names, ["main", "report", "client-1", "client-2"]);
    // Sums of the markers in the file.
    let ms = |name, state| time(&convoy, name, state).as_secs_f64() * 1e3;
    assert!((ms("report", State::HasGil) - 1515.3).abs() < 0.1);
    assert!((ms("client-1", State::WaitingGil) - 1256.8).abs() < 0.1);
    assert!((ms("client-2", State::WaitingGil) - 1202.7).abs() < 0.1);
    assert_eq!(thread(&convoy, "report").id, Some(5702));
}

#[test]
fn threads_end_with_their_last_sample_not_with_the_file() {
    // All four leave "Has GIL" open when they end; the file closes it at 496 ms for all of them.
    let count = recording("count");
    let held: Nanos = (1..=4).map(|n| time(&count, &format!("count-{n}"), State::HasGil)).sum();
    assert!(held < count.end, "{held} of {}", count.end);
    assert!(count.end < Nanos::from_millis(485));
    let second = thread(&count, "count-2").spans.last().expect("it has spans");
    assert_eq!(second.state, State::Finished);
    assert!((second.start.as_secs_f64() - 0.4413).abs() < 0.0005);
    assert!(count.notes.iter().any(|note| note.0.contains("after the last sample")));
}

#[test]
fn zlib_runs_without_the_gil() {
    let zip = recording("zip");
    for name in ["squeeze-1", "squeeze-2"] {
        assert!(time(&zip, name, State::Native) > time(&zip, name, State::HasGil) * 10);
        assert!(time(&zip, name, State::WaitingGil).is_zero());
    }
}

#[test]
fn a_trace_has_every_nanosecond_and_one_holder_at_most() {
    for name in ["convoy", "count", "zip"] {
        let recording = recording(name);
        let trace = recording.trace();
        for thread in &trace.threads {
            let mut at = Nanos::ZERO;
            for span in &thread.spans {
                assert_eq!(span.start, at, "{name} {}", thread.name);
                assert!(span.end > at);
                at = span.end;
            }
            assert_eq!(at, trace.end);
        }
        let holders = &trace.gils[0].spans;
        assert!(holders.windows(2).all(|two| two[0].end <= two[1].start), "{name}");
        for span in holders {
            let state = trace.state_at(span.thread, span.start);
            assert!(matches!(state, State::HasGil | State::HoldsOffCpu), "{name} {span:?}");
        }
    }
}

#[test]
fn a_newer_version_is_read_and_an_older_one_is_refused() {
    let mut newer: Value = serde_json::from_str(&file("zip")).expect("it is JSON");
    newer["meta"]["preprocessedProfileVersion"] = json!(75);
    newer["threads"][0]["markers"]["somethingNew"] = json!([[1], {"a": null}]);
    let same = Recording { source: Source::Gecko { version: 75 }, ..recording("zip") };
    assert_eq!(read(&newer.to_string()), Ok(same));
    newer["meta"]["preprocessedProfileVersion"] = json!(54);
    let error = read(&newer.to_string()).expect_err("it is too old");
    assert_eq!(
        error.to_string(),
        "meta.preprocessedProfileVersion: version 54 is older than 55, the oldest that is read"
    );
}

#[test]
fn tables_may_have_moved_out_of_the_threads() {
    let mut moved: Value = serde_json::from_str(&small()).expect("it is JSON");
    for table in ["stackTable", "frameTable", "funcTable"] {
        moved["shared"][table] = moved["threads"][0][table].take();
        moved["threads"][0].as_object_mut().expect("a thread").remove(table);
    }
    let read = read(&moved.to_string()).expect("it can be read");
    assert_eq!(read.threads[0].name, "work");
}

/// One thread of 10 ms that has the GIL, waits for it and is off the CPU.
fn small() -> String {
    json!({
        "meta": {"preprocessedProfileVersion": 57, "interval": 0.1},
        "shared": {"stringArray": [
            "Has GIL", "Waiting for GIL", "Off CPU", "Thread._bootstrap", "work", "Made up"
        ]},
        "threads": [{
            "name": "Thread-7", "tid": 7,
            "markers": {
                "name": [0, 1, 2, 5], "startTime": [0, 4, 6, 0], "endTime": [4, 6, 10, 10],
                "phase": [1, 1, 1, 1],
            },
            "stackTable": {"frame": [0, 1], "prefix": [null, 0]},
            "frameTable": {"func": [0, 1]},
            "funcTable": {"name": [3, 4]},
        }],
    })
    .to_string()
}

/// The same with something else at a path in the first thread.
fn changed(path: &str, value: Value) -> String {
    let mut file: Value = serde_json::from_str(&small()).expect("it is JSON");
    *file["threads"][0].pointer_mut(path).expect("the path is there") = value;
    file.to_string()
}

fn states(recording: &Recording) -> Vec<(State, u64)> {
    let spans = recording.threads[0].spans.iter();
    spans.map(|span| (span.state, (span.end - span.start).0 / 1_000_000)).collect()
}

#[test]
fn markers_are_read_by_name_and_others_are_left_alone() {
    let small = read(&small()).expect("it can be read");
    let expected = [(State::HasGil, 4), (State::WaitingGil, 2), (State::OffCpu, 4)];
    assert_eq!(states(&small), expected);
    assert_eq!(small.threads[0].name, "work");
}

#[test]
fn a_holder_off_the_cpu_is_seen_as_one() {
    let file = changed("/markers/startTime", json!([0, 4, 3, 0]));
    let states = states(&read(&file).expect("it can be read"));
    assert_eq!(states[..2], [(State::HasGil, 3), (State::HoldsOffCpu, 1)]);
}

#[test]
fn gaps_are_said_to_be_gaps() {
    let file = changed("/markers/startTime", json!([0, 4, 8, 9]));
    let states = states(&read(&file).expect("it can be read"));
    assert_eq!(states[2..], [(State::Unseen, 2), (State::OffCpu, 2)]);
}

#[test]
fn overlapping_and_backwards_markers_are_mended_with_a_note() {
    let overlapping = changed("/markers/name", json!([0, 0, 2, 5]));
    let overlapping = overlapping.replace("[0,4,6,0]", "[0,3,6,0]");
    let read_again = read(&overlapping).expect("it can be read");
    assert_eq!(states(&read_again)[0], (State::HasGil, 6));
    assert_eq!(
        read_again.notes[0].0,
        "1 overlap of markers of one kind in one thread: they're joined."
    );
    let backwards = changed("/markers/endTime", json!([4, 3, 10, 10]));
    let mended = read(&backwards).expect("it can be read");
    assert_eq!(
        mended.notes[0].0,
        "threads[0] (Thread-7): 1 markers end before they begin and are left out, the first of \
         them is number 1."
    );
}

#[test]
fn markers_that_begin_and_end_apart_are_put_together() {
    let file = changed("/markers/phase", json!([2, 3, 1, 0]));
    let file = file.replace("\"name\":[0,1,2,5]", "\"name\":[0,0,2,5]");
    assert_eq!(states(&read(&file).expect("it can be read"))[0], (State::HasGil, 6));
}

#[test]
fn a_free_threaded_build_has_no_gil() {
    let mut file: Value = serde_json::from_str(&small()).expect("it is JSON");
    let mut other = file["threads"][0].clone();
    other["tid"] = json!(8);
    file["threads"].as_array_mut().expect("threads").push(other);
    let both = read(&file.to_string()).expect("it can be read");
    assert_eq!(both.gil, GilSeen::FreeThreaded);
    assert!(both.trace().gils.is_empty());
    assert_eq!(states(&both)[0], (State::Attached, 4));
}

#[test]
fn errors_name_the_place() {
    let deep = "[".repeat(limits::DEPTH + 1);
    let threads = |count: usize| {
        let threads = vec!["{}"; count].join(",");
        format!(r#"{{"meta":{{"preprocessedProfileVersion":57}},"threads":[{threads}]}}"#)
    };
    for (file, said) in [
        (String::new(), "the file is empty"),
        ("samples".to_owned(), "this isn't JSON"),
        (deep, "line 1, byte 64: more than 64 brackets are inside each other"),
        ("{\"meta\":{}".to_owned(), "line 1, column 10: EOF while parsing an object"),
        ("{\"meta\":{},\"threads\":[]}".to_owned(), "meta: preprocessedProfileVersion is missing"),
        (threads(1_001), "the file has 1001 threads, and 1000 is the most that is read"),
        (threads(2), "no thread has a marker such as \"Has GIL\" or \"Waiting for GIL\""),
        (
            changed("/markers/startTime", json!([0, null, 6, 0])),
            "threads[0] (Thread-7), marker 1: it has no startTime",
        ),
        (
            changed("/markers/endTime", json!([4, 1e300, 10, 10])),
            "threads[0] (Thread-7), marker 1: its endTime is 1e300 ms, not between 0 and a day",
        ),
        (
            changed("/markers/endTime", json!([4, 6])),
            "threads[0] (Thread-7), markers: endTime has 2 entries, but name has 4",
        ),
        (
            changed("/markers/name", json!([0, 99, 2, 5])),
            "threads[0] (Thread-7), marker 1: its name is number 99 of 6 strings",
        ),
        (
            changed("/markers/phase", json!([1, -1, 1, 1])),
            "threads[0] (Thread-7), marker 1: its phase is no number",
        ),
    ] {
        let error = read(&file).expect_err(said);
        assert_eq!(error.to_string(), said);
    }
}

#[test]
fn every_beginning_of_a_file_is_an_error_and_no_panic() {
    let whole = small();
    for end in 0..whole.len() {
        assert!(read(&whole[..end]).is_err(), "{}", &whole[..end]);
    }
}

#[test]
fn names_do_nothing_in_a_terminal_and_are_cut() {
    for (name, shown) in [
        ("\u{1b}[31mred\r\n", "\u{fffd}[31mred"),
        ("\u{202e}gnp.exe", "\u{fffd}gnp.exe"),
        ("a\u{200b}b\u{0}c", "a\u{fffd}b\u{fffd}c"),
        ("  ", "(no name)"),
        ("<script>\"'{}", "<script>\"'{}"),
    ] {
        let read = read(&changed("/name", json!(name))).expect("it can be read");
        assert_eq!(read.threads[0].name, shown);
    }
    let long = read(&changed("/name", json!("ü".repeat(5_000)))).expect("it can be read");
    assert_eq!(long.threads[0].name.chars().count(), limits::NAME);
}

#[test]
fn a_million_markers_can_be_read() {
    let count = 1_000_000;
    let numbers = |from: usize| {
        let all: Vec<String> = (from..from + count).map(|i| format!("{}.5", i / 2)).collect();
        all.join(",")
    };
    let names: Vec<&str> = (0..count).map(|i| ["0", "1"][i / 2 % 2]).collect();
    let file = format!(
        r#"{{"meta":{{"preprocessedProfileVersion":57}},"shared":{{"stringArray":["Has GIL","Off CPU"]}},
        "threads":[{{"markers":{{"name":[{}],"startTime":[{}],"endTime":[{}],"phase":[{}]}}}}]}}"#,
        names.join(","),
        numbers(0),
        numbers(2),
        vec!["1"; count].join(",")
    );
    let read = read(&file).expect("it can be read");
    assert_eq!(read.threads[0].spans.len(), count / 2);
}
