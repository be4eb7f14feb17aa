//! What is found: in recordings of CPython 3.15.2, and in small files that show one cause each.

mod support;

use gil_record::findings::{Cause, Shape, Standing, Verdict};
use gil_record::{Findings, Recording, read};
use gil_sim::{Nanos, State, ThreadId};
use serde_json::{Value, json};

use support::recording;

fn id(recording: &Recording, name: &str) -> ThreadId {
    let at = recording.threads.iter().position(|thread| thread.name == name);
    ThreadId(at.unwrap_or_else(|| panic!("there is no {name}")) as u16)
}

fn standing(findings: &Findings, cause: Cause) -> Standing {
    let found = findings.alternatives.iter().find(|one| one.cause == cause);
    found.unwrap_or_else(|| panic!("{cause:?}")).standing
}

#[test]
fn in_the_convoy_report_holds_the_gil_while_the_clients_wait() {
    let convoy = recording("convoy");
    let findings = Findings::of(&convoy);
    assert_eq!(findings.verdict, Verdict::Yes);
    assert_eq!(
        findings.headline(&convoy),
        "It's the GIL. client-1 and client-2 waited for it 81 % of the time, and report had it for \
         99 % of that. It was most often in report.<locals>.<genexpr>, convoy.py:17."
    );
    let clients = findings.groups.iter().find(|group| group.name == "client").expect("clients");
    assert_eq!(clients.threads.len(), 2);
    let waited = findings.group_share(clients, |thread| thread.waits.total);
    // 1,256.8 + 1,202.7 ms of 1,518.9 + 1,508.3 ms: sums of the markers in the file.
    assert!((waited - 0.8125).abs() < 0.001, "{waited}");
    for (name, waits) in [("client-1", 198), ("client-2", 222)] {
        let client = id(&convoy, name);
        let found = &findings.threads[client.index()];
        assert_eq!(found.waits.count(), waits);
        assert_eq!(found.waits.shape(), Shape::Many);
        let held = findings.while_waiting.time(client, id(&convoy, "report"));
        assert!(held.0 as f64 > 0.98 * found.waits.total.0 as f64);
        // The switch interval is 5 ms.
        let median = found.waits.median.expect("it waited");
        assert!(median > Nanos::from_millis(5) && median < Nanos::from_micros(5_300), "{median}");
    }
    let convoys = &findings.convoys;
    assert_eq!((convoys.len(), convoys[0].holder), (1, id(&convoy, "report")));
    assert_eq!(convoys[0].waits, 420);
    assert_eq!(standing(&findings, Cause::Cores), Standing::RuledOut);
    assert_eq!(standing(&findings, Cause::Collector), Standing::RuledOut);
}

#[test]
fn short_turns_are_said_to_be_unseen() {
    let convoy = recording("convoy");
    let findings = Findings::of(&convoy);
    let client = id(&convoy, "client-1");
    let found = &findings.threads[client.index()];
    assert_eq!((found.seen_turns, found.turns), (1, 197));
    assert_eq!(
        findings.unseen_words(&convoy, client).expect("they are unseen"),
        "client-1 got the GIL about 197 times and was seen with it once: its turns are mostly \
         shorter than 249 us."
    );
    assert_eq!(findings.unseen_words(&convoy, id(&convoy, "report")), None);
}

#[test]
fn counting_threads_take_turns_and_are_no_convoy() {
    let count = recording("count");
    let findings = Findings::of(&count);
    assert_eq!((findings.verdict, findings.convoys.len()), (Verdict::Yes, 0));
    assert!(findings.gil_held.expect("it has GIL data") > 0.95);
    for (name, turns) in [("count-1", 20), ("count-2", 16), ("count-3", 19), ("count-4", 20)] {
        assert_eq!(findings.threads[id(&count, name).index()].seen_turns, turns);
    }
    let waiter = id(&count, "count-1");
    let by: Nanos = findings.while_waiting.of(waiter).iter().map(|(_, time)| *time).sum();
    assert!(by <= findings.threads[waiter.index()].waits.total);
    // The main thread waited once, while it started the others.
    assert_eq!(findings.threads[id(&count, "main").index()].waits.shape(), Shape::OneLong);
    assert_ne!(standing(&findings, Cause::Lock), Standing::PointsThere);
}

#[test]
fn zlib_is_not_the_gil_but_the_cores() {
    let zip = recording("zip");
    let findings = Findings::of(&zip);
    assert_eq!(findings.verdict, Verdict::No);
    for (cause, expected) in [
        (Cause::Lock, Standing::RuledOut),
        (Cause::Io, Standing::RuledOut),
        (Cause::Cores, Standing::PointsThere),
        (Cause::Collector, Standing::RuledOut),
        (Cause::Sleep, Standing::RuledOut),
    ] {
        assert_eq!(standing(&findings, cause), expected, "{cause:?}");
    }
}

#[test]
fn histograms_have_every_wait_once() {
    for name in ["convoy", "count", "zip"] {
        let recording = recording(name);
        for thread in Findings::of(&recording).threads {
            let buckets = &thread.waits.histogram;
            let count: u64 = buckets.iter().map(|bucket| bucket.count).sum();
            let time: Nanos = buckets.iter().map(|bucket| bucket.time).sum();
            assert_eq!((count as usize, time), (thread.waits.count(), thread.waits.total));
            assert!(buckets.windows(2).all(|two| two[0].to == two[1].from));
            let fits = |b: &gil_record::findings::Bucket| {
                b.count == 0 || (b.from * b.count <= b.time && b.time <= b.to * b.count)
            };
            assert!(buckets.iter().all(fits));
        }
    }
}

/// A marker: its kind, its start and its end in ms.
type Marker = (&'static str, f64, f64);

/// A recording of threads of 1 s: of each the name and its markers.
fn made(cores: u32, threads: &[(&str, Vec<Marker>)]) -> Recording {
    let kinds = ["Has GIL", "Waiting for GIL", "On CPU", "Off CPU", "GC Collecting"];
    let thread = |(name, markers): &(&str, Vec<Marker>)| {
        let kind = |of: &str| kinds.iter().position(|kind| *kind == of).expect("a kind");
        json!({
            "name": name,
            "markers": {
                "name": markers.iter().map(|marker| kind(marker.0)).collect::<Value>(),
                "startTime": markers.iter().map(|marker| marker.1).collect::<Value>(),
                "endTime": markers.iter().map(|marker| marker.2).collect::<Value>(),
                "phase": vec![1; markers.len()],
            },
        })
    };
    let file = json!({
        "meta": {"preprocessedProfileVersion": 57, "interval": 0.1, "logicalCPUs": cores},
        "shared": {"stringArray": kinds},
        "threads": threads.iter().map(thread).collect::<Value>(),
    });
    read(&file.to_string()).expect("it can be read")
}

/// Every `period` ms, `length` ms of a kind from `first` on, until 1 s; the rest is off the CPU.
fn every(kind: &'static str, first: f64, period: f64, length: f64) -> Vec<Marker> {
    let mut markers = Vec::new();
    let mut at = 0.0;
    let mut next = first;
    while next + length <= 1_000.0 {
        markers.extend([("Off CPU", at, next), (kind, next, next + length)]);
        at = next + length;
        next += period;
    }
    markers.push(("Off CPU", at, 1_000.0));
    markers
}

#[test]
fn threads_that_take_turns_at_a_lock_are_found() {
    // Three threads, each at work for a third of the time and never two at once; none waits for
    // the GIL.
    let threads = [0.0, 10.0, 20.0].map(|first| ("worker", every("On CPU", first, 30.0, 9.9)));
    let recording = made(8, &threads);
    let findings = Findings::of(&recording);
    assert_eq!(standing(&findings, Cause::Lock), Standing::PointsThere);
    // The same at random times is no lock.
    let mut seed = 7u32;
    let mut drawn = || {
        let mut markers = Vec::new();
        for at in 0..33 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let from = f64::from(at) * 30.0 + f64::from(seed >> 8) / f64::from(1 << 24) * 20.0;
            let before = markers.last().map_or(0.0, |marker: &Marker| marker.2);
            markers.extend([("Off CPU", before, from), ("On CPU", from, from + 9.9)]);
        }
        markers
    };
    let recording = made(8, &[("worker", drawn()), ("worker", drawn()), ("worker", drawn())]);
    assert_ne!(standing(&Findings::of(&recording), Cause::Lock), Standing::PointsThere);
}

#[test]
fn a_thread_that_sleeps_is_found() {
    let alike = every("Has GIL", 0.0, 20.0, 2.0);
    let recording = made(8, &[("ticker", alike)]);
    let findings = Findings::of(&recording);
    assert_eq!(findings.verdict, Verdict::No);
    assert_eq!(standing(&findings, Cause::Sleep), Standing::PointsThere);
    assert_eq!(
        findings.headline(&recording),
        "It isn't the GIL: no thread was seen waiting for it. Look at a thread that sleeps first. \
         ticker is off the CPU for about 18 ms at a time, 50 times: a sleep, a poll, or an answer \
         that always takes as long."
    );
    let keeps =
        vec![("Has GIL", 0.0, 1_000.0), ("On CPU", 0.0, 500.0), ("Off CPU", 500.0, 1_000.0)];
    let waits = vec![("Off CPU", 0.0, 400.0), ("Waiting for GIL", 400.0, 1_000.0)];
    let recording = made(8, &[("keeper", keeps), ("other", waits)]);
    let findings = Findings::of(&recording);
    assert_eq!(findings.verdict, Verdict::Yes);
    let sleep = findings.alternatives.iter().find(|one| one.cause == Cause::Sleep);
    assert_eq!(
        sleep.expect("it is told").evidence,
        "keeper has the GIL and is off the CPU for 500 ms, 50 % of the time: it blocks in a call \
         that doesn't let go of it."
    );
    assert_eq!(findings.threads[0].time(State::HoldsOffCpu), Nanos::from_millis(500));
}

#[test]
fn the_collector_is_found() {
    let markers =
        vec![("Has GIL", 0.0, 1_000.0), ("On CPU", 0.0, 1_000.0), ("GC Collecting", 100.0, 400.0)];
    let recording = made(8, &[("hog", markers)]);
    let findings = Findings::of(&recording);
    assert_eq!(standing(&findings, Cause::Collector), Standing::PointsThere);
    assert_eq!(findings.threads[0].collecting, Nanos::from_millis(300));
    assert!(findings.headline(&recording).contains("hog had it 100 % of the time"));
}

#[test]
fn off_the_cpu_is_no_proof_of_disk_or_network() {
    let at = [0.0, 70.0, 90.0, 200.0, 230.0, 500.0, 520.0, 800.0, 900.0];
    let mut markers = Vec::new();
    for two in at.windows(2) {
        markers.extend([("Has GIL", two[0], two[0] + 4.0), ("Off CPU", two[0] + 4.0, two[1])]);
    }
    let recording = made(8, &[("a", markers.clone()), ("b", markers)]);
    let findings = Findings::of(&recording);
    assert_eq!(standing(&findings, Cause::Cores), Standing::RuledOut);
    // Both have the GIL at once, so this is a free-threaded build.
    assert_eq!(findings.verdict, Verdict::NoGil);
    assert_eq!(standing(&findings, Cause::Io), Standing::CannotTell);
    let headline = findings.headline(&recording);
    assert!(headline.ends_with("of their time: in a lock, in I/O or asleep."), "{headline}");
}

#[test]
fn a_short_turn_inside_a_long_marker_ends_only_itself() {
    let long = vec![("Has GIL", 0.0, 1_000.0), ("On CPU", 0.0, 1_000.0)];
    let short =
        vec![("Has GIL", 400.0, 401.0), ("Off CPU", 0.0, 400.0), ("Off CPU", 401.0, 1_000.0)];
    let recording = made(8, &[("long", long), ("short", short)]);
    let findings = Findings::of(&recording);
    assert_eq!(findings.threads[0].held(), Nanos::from_millis(999));
    assert_eq!(findings.threads[1].held(), Nanos::from_millis(1));
    assert_eq!(recording.holders.len(), 3);
    assert!(recording.notes[0].0.contains("In 1 place two threads are marked as having the GIL"));
}
