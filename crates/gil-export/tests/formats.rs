//! What the files say, for every preset: the same as the trace, and what their readers need.

use gil_export::{Format, Interval, Lane, intervals};
use gil_notation::{PRESETS, parse_scenario};
use gil_sim::{Nanos, Run, State, ThreadId};
use serde_json::Value;

fn runs() -> impl Iterator<Item = (&'static str, Run)> {
    PRESETS.iter().map(|preset| (preset.notation, Run::of(preset.scenario())))
}

fn threads(run: &Run) -> impl Iterator<Item = ThreadId> {
    (0..run.trace.threads.len() as u16).map(ThreadId)
}

fn time(intervals: &[Interval], lanes: &[Lane]) -> Nanos {
    let mine = intervals.iter().filter(|one| lanes.contains(&one.lane));
    Nanos(mine.map(|one| (one.end - one.start).0).sum())
}

/// How long a thread was in states.
fn in_states(run: &Run, thread: ThreadId, wanted: impl Fn(State) -> bool) -> Nanos {
    let spans = run.trace.threads[thread.index()].spans.iter();
    Nanos(spans.filter(|span| wanted(span.state)).map(|span| (span.end - span.start).0).sum())
}

#[test]
fn lanes_of_a_thread_add_up_to_its_life() {
    for (notation, run) in runs() {
        for thread in threads(&run) {
            let all = intervals(&run.trace, thread);
            let dead = [State::NotStarted, State::Finished];
            let alive = in_states(&run, thread, |state| !dead.contains(&state));
            assert_eq!(time(&all, &[Lane::OnCpu, Lane::OffCpu]), alive, "{notation} {thread:?}");
            if run.trace.threads[thread.index()].gil.is_some() {
                let gil = [Lane::HasGil, Lane::WaitingForGil, Lane::NoGil];
                assert_eq!(time(&all, &gil), alive, "{notation} {thread:?}");
            }
            let waiting = in_states(&run, thread, |state| state == State::WaitingGil);
            assert!(time(&all, &[Lane::WaitingForGil]) <= waiting, "{notation} {thread:?}");
            for lane in Lane::ALL {
                let mine: Vec<_> = all.iter().filter(|one| one.lane == lane).collect();
                let ordered = mine.windows(2).all(|pair| pair[0].end <= pair[1].start);
                assert!(ordered, "{notation} {thread:?} {lane:?}");
            }
        }
    }
}

fn json(format: Format, run: &Run, notation: &str) -> Value {
    serde_json::from_str(&format.text(run, notation)).expect("JSON")
}

#[test]
fn a_firefox_profile_has_the_markers_of_each_thread() {
    for (notation, run) in runs() {
        let file = json(Format::Firefox, &run, notation);
        let version = file["meta"]["preprocessedProfileVersion"].as_u64();
        assert!(version.is_some_and(|version| version >= 44), "{version:?}");
        let threads_of: Vec<&Value> = file["threads"].as_array().into_iter().flatten().collect();
        assert_eq!(threads_of.len(), run.trace.threads.len());
        for thread in threads(&run) {
            let of = threads_of.iter().find(|of| of["name"] == run.trace.name(thread));
            let of = of.unwrap_or_else(|| panic!("{notation}: no thread {thread:?}"));
            let count = intervals(&run.trace, thread).len() as u64;
            assert_eq!(of["markers"]["length"].as_u64(), Some(count), "{notation}");
        }
    }
}

#[test]
fn trace_events_of_one_track_never_overlap() {
    for (notation, run) in runs() {
        let file = json(Format::Chrome, &run, notation);
        assert_eq!(file["otherData"]["scenario"], notation);
        let mut ends = std::collections::BTreeMap::new();
        for event in file["traceEvents"].as_array().into_iter().flatten() {
            let number = |key: &str| event[key].as_f64();
            let (Some(tid), Some(start)) = (event["tid"].as_u64(), number("ts")) else {
                panic!("{event}")
            };
            if event["ph"] == "X" {
                let end = ends.entry(tid).or_insert(0.0);
                assert!(start + 1e-3 >= *end, "{notation}: {event} begins before {end}");
                *end = start + number("dur").expect("a duration");
            }
        }
        assert!(!ends.is_empty());
    }
}

#[test]
fn a_file_is_the_same_whenever_it_is_written() {
    let notation = "v1/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x3";
    let text = |format: Format| {
        let scenario = parse_scenario(notation).expect("a scenario");
        format.text(&Run::of(scenario), notation)
    };
    for format in Format::ALL {
        assert_eq!(text(format), text(format), "{}", format.name());
    }
}
