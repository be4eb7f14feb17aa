//! What is said of the difference between two scenarios and their runs.

use gil_notation::parse_scenario;
use gil_sim::spread::{SEEDS, Samples};
use gil_sim::{Dist, Gc, Limits, Machine, Nanos, Os, Python, Repeat, Run, Scenario, Spec};
use gil_words::difference::{
    Seeds, Side, first_difference, first_words, input_changes, outcome_changes, outcome_changes_in,
    same_until, summary, summary_in,
};

const CONVOY: &str = "v1/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30";

fn ran(text: &str) -> Run {
    Run::of(parse_scenario(text).expect(text))
}

fn inputs(a: &str, b: &str) -> Vec<String> {
    let [a, b] = [a, b].map(|text| parse_scenario(text).expect(text));
    input_changes(&a, &b).iter().map(ToString::to_string).collect()
}

fn said(a: &str, b: &str) -> String {
    let (a, b) = (ran(a), ran(b));
    summary(&a, &b)
}

#[test]
fn settings_are_said_with_the_old_and_the_new_value() {
    assert!(inputs(CONVOY, CONVOY).is_empty());
    assert_eq!(
        inputs("v1/a:py-1ms", "v1/py=3.14t/os=macos/cores=8/si=1ms/seed=7/a:py-1ms"),
        [
            "Python: 3.11 → 3.14t",
            "Operating system: Linux → macOS",
            "Cores: 4 → 8",
            "Switch interval: 5 ms → 1 ms",
            "Time slice: 4 ms → 10 ms",
            "Seed: 1 → 7",
        ]
    );
    // Three digits would be the same.
    assert_eq!(
        inputs("v1/si=5ms/a:py-1ms", "v1/si=5.000001ms/a:py-1ms"),
        ["Switch interval: 5 ms → 5.000001 ms"]
    );
}

#[test]
fn groups_are_matched_by_name_then_by_place() {
    assert_eq!(
        inputs("v1/io:4:py-1ms/hog:py-9ms:daemon", "v1/io:8:py-1ms"),
        ["io: 4 → 8 threads", "hog is gone (1 thread: 9 ms Python, until the others end)"]
    );
    assert_eq!(inputs("v1/io:py-1ms", "v1/net:py-1ms"), ["Name of a group: io → net"]);
    assert_eq!(
        inputs("v1/count:4:py-50ms", "v1/count:4:py-50ms/io:2:io-1ms:x30"),
        ["io is new (2 threads: 1 ms I/O, 30 times)"]
    );
    assert_eq!(
        inputs("v1/count:py-50ms", "v1/io:io-1ms"),
        ["count is gone (1 thread: 50 ms Python, once)", "io is new (1 thread: 1 ms I/O, once)"]
    );
    assert_eq!(
        inputs("v1/a:py-1ms/b:io-1ms", "v1/b:io-1ms/a:py-1ms"),
        ["Order in which the groups start: a, b → b, a"]
    );
}

#[test]
fn what_a_group_does_is_said_step_by_step() {
    assert_eq!(
        inputs("v1/a:4:py-1ms+io-8ms:x20", "v1/a:4@5ms:py-1ms+io-exp8ms:for-1s:async"),
        [
            "a, run as: threads → asyncio",
            "a, start: 0 ns → 5 ms",
            "a, step 2: 8 ms I/O → 8 ms on average (exponential) I/O",
            "a, repeated: 20 times → for 1 s",
        ]
    );
    assert_eq!(
        inputs("v1/a:py-1ms", "v1/a:py-1ms+lock-m+io-2ms+unlock-m"),
        ["a, steps: 1 ms Python → 1 ms Python, then with m: (2 ms I/O)"]
    );
    assert_eq!(
        inputs("v1/a:py-1ms", "v1/a:py-1ms@1us"),
        ["a, each pass: 1 ms Python → 1 ms Python with a check every 1 us"]
    );
}

/// A change of a [`Spec`].
type Edit = fn(&mut Spec);

/// One for every field, as deep as there are any.
const EDITS: &[Edit] = &[
    |s| s.python = Python::find("2.7").expect("there is 2.7"),
    |s| s.switch_interval = Nanos(5_000_001),
    |s| s.check_interval += 1,
    |s| s.unmarked_extension = true,
    |s| s.gc = Some(Gc { every: Nanos(1_000_000), pause: Dist::Fixed(Nanos(1_000)) }),
    |s| s.seed += 1,
    |s| s.limits = Limits { events: s.limits.events - 1, ..s.limits },
    |s| s.limits.time = Nanos(1_000_000_000),
    |s| s.groups[0].name = "other".into(),
    |s| s.groups[0].count += 1,
    |s| s.groups[0].start = Nanos(1),
    |s| s.groups[0].repeat = Repeat::Times(31),
    |s| s.groups[0].strategy = gil_sim::Strategy::Sequential,
    |s| s.machine.os = Os::Windows,
    |s| s.machine = Machine { cores: 5, ..s.machine },
    |s| s.machine.time_slice = Nanos(1_234_567),
    |s| s.machine.wake_deep = Dist::LogNormal(Nanos(80_000), Nanos(130_001)),
    |s| s.machine.wake_shallow = Dist::Exponential(Nanos(8_000)),
    |s| s.machine.wake_cold = Dist::Uniform(Nanos(1), Nanos(2)),
    |s| s.machine.idle_deepens = Nanos(1),
    |s| s.machine.timer_slack = Nanos(1),
    |s| s.machine.timer_tick = Nanos(1_000),
    |s| s.machine.wait_unit = Nanos(1_000),
    |s| s.machine.context_switch = Nanos(1_001),
    |s| s.machine.costs.uncontended = Nanos(26),
    |s| s.machine.costs.futex_wake = Nanos(26),
    |s| s.machine.costs.futex_wait = Dist::Fixed(Nanos(26)),
    |s| s.machine.costs.syscall = Nanos(26),
    |s| s.machine.costs.thread_start = Nanos(26),
    |s| s.machine.costs.rewait = Dist::Fixed(Nanos(26)),
    |s| s.machine.overheads.fork = Nanos(26),
    |s| s.machine.overheads.forkserver = Nanos(26),
    |s| s.machine.overheads.spawn = Nanos(26),
    |s| s.machine.overheads.interpreter = Nanos(26),
    |s| s.machine.overheads.pickle = Nanos(26),
    |s| s.machine.overheads.unpickle = Nanos(26),
    |s| s.machine.overheads.task_switch = Nanos(26),
    |s| s.machine.overheads.job = Nanos(26),
    |s| s.machine.overheads.cache_line = Nanos(26),
];

#[test]
fn no_field_is_forgotten() {
    let a = parse_scenario("v1/io:2:py-100us+io-1ms:x30").expect("valid");
    for (n, edit) in EDITS.iter().enumerate() {
        let mut spec = a.spec().clone();
        edit(&mut spec);
        let b = Scenario::new(spec).unwrap_or_else(|found| panic!("edit {n}: {found:?}"));
        let changes = input_changes(&a, &b);
        assert_eq!(changes.len(), 1, "edit {n}: {changes:?}");
        let (from, to) = changes[0].values.clone().expect("a value");
        assert_ne!(from, to, "edit {n}");
    }
}

#[test]
fn what_intervenes_is_said() {
    let forked = format!("{CONVOY}/then=si-1ms@12500us");
    let words = "at 12.5 ms the switch interval becomes 1 ms";
    assert_eq!(inputs(CONVOY, &forked), [format!("Only in B: {words}")]);
    assert_eq!(inputs(&forked, CONVOY), [format!("Only in A: {words}")]);
    assert!(inputs(&forked, &forked).is_empty());
}

#[test]
fn the_sentence_is_about_what_the_groups_are_for() {
    let text = said("v1/count:4:py-50ms", "v1/py=3.14t/count:4:py-50ms");
    assert!(text.starts_with("B is 3.") && text.contains("times as fast"), "{text}");
    assert!(text.contains("The price: memory is 23.8 MiB instead of 20.3 MiB."), "{text}");
    let text = said(CONVOY, "v1/si=1ms/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30");
    assert!(text.contains("io's wake-up p50 is 1.") && text.contains("instead of 5."), "{text}");
}

#[test]
fn groups_that_have_nothing_in_common_are_not_the_same() {
    let text = said("v1/count:4:py-50ms", "v1/fetch:8:py-200us+io-10ms:x20");
    assert!(text.starts_with("No group of A is in B, so nobody's work can be compared. The GIL"));
}

#[test]
fn sameness_is_said_plainly() {
    assert!(said(CONVOY, CONVOY).starts_with("Both scenarios are the same."));
    // One thread waits for nobody, whatever the interval.
    let text = said("v1/a:py-20ms", "v1/si=50ms/a:py-20ms");
    assert!(text.contains("makes no difference here"), "{text}");
}

#[test]
fn a_deadlock_and_a_starving_thread_come_first() {
    let deadlock = "v1/left:lock-a+py-8ms+lock-b+py-1ms+unlock-b+unlock-a\
                    /right:lock-b+py-8ms+lock-a+py-1ms+unlock-a+unlock-b";
    let ordered = "v1/left:lock-a+py-8ms+lock-b+py-1ms+unlock-b+unlock-a\
                   /right:lock-a+py-8ms+lock-b+py-1ms+unlock-b+unlock-a";
    let text = said(deadlock, ordered);
    assert!(text.starts_with("A ends in a deadlock after"), "{text}");
    assert!(text.contains("; B completes after"), "{text}");
    let (a, b) = (ran(deadlock), ran(ordered));
    let effects = outcome_changes(&a, &b);
    assert_eq!(effects.rows[0].name, "How it ends");
    assert_eq!(effects.rows[0].better, Some(Side::B));
}

#[test]
fn the_table_has_what_differs_and_a_line_for_the_rest() {
    let (a, b) = (ran("v1/count:4:py-50ms"), ran("v1/si=1ms/count:4:py-50ms"));
    let effects = outcome_changes(&a, &b);
    let handoffs = effects.rows.iter().find(|row| row.name == "Handoff rate").expect("they differ");
    assert!(handoffs.difference.contains("times as high"), "{handoffs:?}");
    assert_eq!(handoffs.better, None);
    assert!(effects.same.iter().any(|same| same.starts_with("Memory (20.3 MiB")), "{effects:?}");
    assert!(effects.same.contains(&"How it ends (completes)".to_owned()), "{effects:?}");
    let nothing = outcome_changes(&a, &a);
    assert!(nothing.rows.is_empty(), "{nothing:?}");
}

#[test]
fn a_daemon_group_has_no_part_in_the_same_work() {
    let (a, b) = (ran(CONVOY), ran("v1/io:2:py-100us+io-1ms:x30"));
    let effects = outcome_changes(&a, &b);
    let wall = effects.rows.iter().find(|row| row.name == "Wall time").expect("it differs");
    assert!(wall.difference.contains("times as fast"), "{wall:?}");
    assert_eq!(wall.better, Some(Side::B));
    assert!(effects.rows.iter().all(|row| !row.name.starts_with("hog")), "{effects:?}");
}

#[test]
fn more_work_is_no_slower_program() {
    let (a, b) = (ran("v1/a:py-20ms"), ran("v1/a:py-40ms"));
    let effects = outcome_changes(&a, &b);
    let wall = effects.rows.iter().find(|row| row.name == "Wall time").expect("it differs");
    assert_eq!((wall.difference.as_str(), wall.better), ("2 times as long", None));
}

#[test]
fn runs_part_where_the_first_event_differs() {
    let (a, b) = (ran("v1/count:2:py-50ms"), ran("v1/si=20ms/count:2:py-50ms"));
    assert_eq!(first_difference(&a.trace, &a.trace), None);
    let (in_a, in_b) = first_difference(&a.trace, &b.trace).expect("they part");
    assert_eq!(in_a, in_b);
    assert_eq!(a.trace.events[..in_a.index()], b.trace.events[..in_b.index()]);
    assert_ne!(a.trace.events[in_a.index()], b.trace.events[in_b.index()]);
    assert_eq!(same_until(&a.trace, &b.trace), Some(a.trace.events[in_a.index()].at));
    let (in_a, in_b) = first_words(&a.trace, &b.trace).expect("they part");
    assert_ne!(in_a, in_b);
    assert!(in_a.contains("waits for the GIL of"), "{in_a}");
    assert!(in_a.contains("until 5.") && in_b.contains("until 20."), "{in_a} {in_b}");
}

#[test]
fn requests_are_compared_by_their_response() {
    let service = |threads: u16| format!("v1/web:{threads}:py-2ms+io-30ms:arrive-exp3ms@5s");
    let text = said(&service(8), &service(16));
    assert!(text.starts_with("In B web's ") && text.contains("response"), "{text}");
    assert!(!text.contains("wake-up"), "{text}");
}

#[test]
fn a_cut_run_is_not_compared() {
    let (whole, cut) = (ran("v1/a:4:py-100ms:x10"), ran("v1/limit=1s/a:4:py-100ms:x10"));
    for (a, b) in [(&whole, &cut), (&cut, &whole)] {
        assert!(summary(a, b).contains("is not compared"), "{}", summary(a, b));
        let effects = outcome_changes(a, b);
        let figures = effects.rows.iter().filter(|row| row.name != "How it ends");
        assert!(figures.clone().count() > 3, "{effects:?}");
        assert!(figures.clone().all(|row| row.better.is_none()), "{effects:?}");
    }
}

/// A pool that is nearly full, and the same with one that draws anew.
const BUSY: &str = "v1/web:8:py-2ms+io-30ms:arrive-exp4500us@2s";

fn in_seeds(a: &Run, b: &Run) -> Seeds {
    let of = |run: &Run| Samples::of(run.scenario().expect("it was simulated"), SEEDS);
    Seeds { a: of(a), b: of(b) }
}

#[test]
fn a_difference_within_the_spread_is_level() {
    let (a, b) = (ran(BUSY), ran(&BUSY.replace("v1/", "v1/seed=9/")));
    // One run of each looks like a difference.
    assert!(summary(&a, &b).starts_with("In B web's response"), "{}", summary(&a, &b));
    let seeds = in_seeds(&a, &b);
    let effects = outcome_changes_in(&a, &b, &seeds);
    let p99 = effects.rows.iter().find(|row| row.name == "web's response p99").expect("a row");
    assert_eq!((p99.difference.as_str(), p99.better), ("level: within the spread", None));
    assert!(p99.a.contains(" ms (") && p99.a.contains(" to "), "{}", p99.a);
    let sentence = summary_in(&a, &b, &seeds);
    assert!(!sentence.contains("response"), "{sentence}");
    assert!(sentence.to_lowercase().contains("level"), "{sentence}");
}

#[test]
fn a_difference_beyond_the_spread_is_one_of_medians() {
    let (a, b) = (ran(BUSY), ran(&BUSY.replace(":8:", ":32:")));
    let seeds = in_seeds(&a, &b);
    let effects = outcome_changes_in(&a, &b, &seeds);
    let p99 = effects.rows.iter().find(|row| row.name == "web's response p99").expect("a row");
    assert_eq!(p99.better, Some(Side::B), "{p99:?}");
    assert!(summary_in(&a, &b, &seeds).starts_with("In B web's response p"));
}
