//! Files of simulated runs, as they're written for profilers, read again.

use gil_export::Format;
use gil_record::{Findings, read};
use gil_sim::{Nanos, Run, State, ThreadId};

const SCENARIOS: [&str; 4] = [
    "v1/cores=2/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30",
    "v1/count:4:py-20ms",
    "v1/cores=4/zip:2:py-100us+native-5ms:x20/late:1@10ms:hold-3ms:x5",
    "v1/cores=1/lock:3:lock-m+py-1ms+unlock-m+sleep-2ms:x10",
];

#[test]
fn what_is_written_for_profilers_is_read_as_it_was() {
    for text in SCENARIOS {
        let run = Run::of(gil_notation::parse_scenario(text).expect("it's valid"));
        for format in Format::ALL {
            let recording = read(&format.text(&run, text)).expect("it can be read");
            let findings = Findings::of(&recording);
            for thread in &run.trace.threads {
                let place = format!("{text} {format:?} {}", thread.name);
                let is = |other: &gil_record::Recorded| other.name == thread.name;
                let at = recording.threads.iter().position(is);
                let at = ThreadId(at.unwrap_or_else(|| panic!("{place}")) as u16);
                let name = run.trace.threads.iter().position(|other| other.name == thread.name);
                let name = name.expect("it has itself");
                let spans = run.trace.gils[0].spans.iter();
                let held = spans.filter(|span| span.thread.index() == name);
                let held: Nanos = held.map(|span| span.end - span.start).sum();
                let found = &findings.threads[at.index()];
                assert!(near(found.held(), held), "{place}: {} of {held}", found.held());
                let waiting = thread.spans.iter().filter(|span| span.state == State::WaitingGil);
                let waited: Nanos = waiting.map(|span| span.end - span.start).sum();
                assert!(
                    near(found.waits.total, waited),
                    "{place}: {} of {waited}",
                    found.waits.total
                );
            }
        }
    }
}

/// Whether two sums of times are the same but for rounding in the file, and for what a thread in
/// `drop_gil` has and waits for at once.
fn near(a: Nanos, b: Nanos) -> bool {
    let (small, large) = (a.min(b), a.max(b));
    large - small <= Nanos::from_micros(20) + large / 100
}
