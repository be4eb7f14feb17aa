//! What a program of `gil script` measured, beside the simulation and as a recording.

use gil_record::findings::Verdict;
use gil_record::measured::calibrate::{Calibration, Dial, Trial};
use gil_record::measured::{Agreement, Figure, Measured, Point, read};
use gil_record::{Findings, Source};
use gil_sim::{GroupId, Nanos, Scenario, State};
use serde_json::{Value, json};

/// The convoy, run by CPython 3.11.7 on 2 cores with `--record`.
fn text() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/recordings/convoy.measured.json");
    std::fs::read_to_string(path).expect("the file is there")
}

fn convoy() -> Measured {
    read(&text()).unwrap_or_else(|error| panic!("{error}"))
}

/// The file with another value at a path.
fn changed(path: &str, value: Value) -> String {
    let mut file: Value = serde_json::from_str(&text()).expect("it's JSON");
    *file.pointer_mut(path).unwrap_or_else(|| panic!("there is no {path}")) = value;
    file.to_string()
}

#[test]
fn a_measured_convoy_stands_beside_its_simulation() {
    let measured = convoy();
    assert_eq!((measured.python.version.as_str(), measured.python.cores), ("3.11.7", 2));
    let agreement = Agreement::of(&measured);
    assert_eq!(agreement.scenario.spec().machine.cores, 2);
    let error = |group: &str, figure: Figure| {
        let is = |row: &&gil_record::measured::Row| {
            row.group.as_deref() == Some(group) && row.figure == figure
        };
        agreement.rows.iter().find(is).and_then(|row| row.error()).expect("both have it")
    };
    assert!(error("io", Figure::PassMedian).abs() < 0.1);
    assert!(error("io", Figure::Throughput).abs() < 0.15);
    // The machine was busy with something else now and then, which kept hog from its core.
    assert!(error("hog", Figure::PassP99) < -0.5);
    assert!(agreement.verdict().starts_with("The simulation disagrees in "));
    let none = agreement.rows.iter().filter(|row| row.figure == Figure::ResponseMedian);
    assert_eq!(none.count(), 0);
}

#[test]
fn what_agrees_is_said_to_agree() {
    // What the simulation says, as if it had been measured.
    let mut measured = convoy();
    let simulated = Agreement::of(&measured);
    let value = |group: Option<&str>, figure| {
        let row = simulated.rows.iter().find(|r| r.group.as_deref() == group && r.figure == figure);
        Nanos(row.and_then(|row| row.simulated).expect("it's there") as u64)
    };
    measured.wall = value(None, Figure::Wall);
    for group in &mut measured.groups {
        let name = group.name.as_str();
        let pass = group.pass.as_mut().expect("it has passes");
        (pass.p50, pass.p99) =
            (value(Some(name), Figure::PassMedian), value(Some(name), Figure::PassP99));
        let rate = simulated
            .rows
            .iter()
            .find(|row| row.group.as_deref() == Some(name) && row.figure == Figure::Throughput);
        let rate = rate.and_then(|row| row.simulated).expect("it's there");
        group.passes = (rate * measured.wall.as_secs_f64()).round() as u64;
        for thread in measured.threads.iter_mut().filter(|thread| thread.group == name) {
            thread.turns.as_mut().expect("turns").p50 = value(Some(name), Figure::Turn);
        }
    }
    let verdict = Agreement::of(&measured).verdict();
    assert!(
        verdict.starts_with("The simulation agrees: all 9 figures are within 10 %."),
        "{verdict}"
    );
}

#[test]
fn scale_and_python_are_those_of_the_measurement() {
    let scaled = read(&changed("/scale", json!(0.5))).expect("it can be read");
    let agreement = Agreement::of(&scaled);
    assert!(gil_notation::print_scenario(&agreement.scenario).contains(":x15"));
    let newer = read(&changed("/python/version", json!("3.99.1"))).expect("it can be read");
    let notes = Agreement::of(&newer).notes;
    assert!(notes[0].starts_with("Python 3.99.1 isn't simulated"), "{notes:?}");
}

#[test]
fn spans_become_a_recording_whose_limits_are_said() {
    let recording = convoy().recording().expect("it was recorded");
    assert_eq!((recording.source, recording.period), (Source::Measured, None));
    for thread in &recording.threads {
        let mut at = Nanos::ZERO;
        for span in &thread.spans {
            assert_eq!(span.start, at);
            at = span.end;
        }
        assert_eq!(at, recording.end);
    }
    assert!(recording.holders.windows(2).all(|two| two[0].end <= two[1].start));
    // The clients' waits are at the end of their I/O, so this recording doesn't have them.
    let findings = Findings::of(&recording);
    assert_eq!(findings.verdict, Verdict::CannotTell);
    assert!(findings.headline(&recording).starts_with("This recording can't tell"));
    let io = recording.threads.iter().position(|thread| thread.name == "io-1").expect("io-1");
    let found = &findings.threads[io];
    assert!(found.share(found.time(State::BlockedIo)) > 0.9);
    let error = gil_record::read(&changed("/threads/0/spans", Value::Null));
    assert!(error.is_ok(), "the other threads have spans");
}

#[test]
fn gaps_are_waits_for_the_gil_while_another_thread_has_it() {
    let mut file: Value = serde_json::from_str(&text()).expect("it's JSON");
    let thread = file["threads"][0].clone();
    let with = |name: &str, spans: Value| {
        let mut thread = thread.clone();
        (thread["name"], thread["spans"]) = (json!(name), spans);
        thread
    };
    file["threads"] = json!([
        with("a", json!([[0, 1_000_000, "python"], [9_000_000, 10_000_000, "python"]])),
        with("b", json!([[2_000_000, 8_000_000, "holding"], [8_000_000, 10_000_000, "later"]])),
    ]);
    let recording = gil_record::read(&file.to_string()).expect("it can be read");
    let states = |at: usize| {
        let spans = recording.threads[at].spans.iter();
        spans.map(|span| (span.state, span.end.0 / 1_000_000)).collect::<Vec<_>>()
    };
    let a = [
        (State::HasGil, 1),
        (State::Ready, 2),
        (State::WaitingGil, 8),
        (State::Ready, 9),
        (State::HasGil, 10),
    ];
    assert_eq!(states(0), a);
    assert_eq!(states(1), [(State::NotStarted, 2), (State::HasGil, 8), (State::Unseen, 10)]);
}

#[test]
fn errors_name_the_place() {
    for (file, said) in [
        (
            changed("/format", json!("gil-measured/2")),
            "format: the format is \"gil-measured/2\", and gil-measured/1 is what is read here",
        ),
        (changed("/scenario", json!("v1/io:x")), "scenario: "),
        (changed("/scale", json!(-1)), "scale: -1 is no factor"),
        (changed("/wall_ns", json!(-1)), "wall_ns: -1e0 ns is not between 0 and a day"),
        (changed("/python/cores", json!(0)), "python.cores: 0 is no number of cores"),
        (changed("/groups/0/pass_ns/p50", json!(1e300)), "groups[0].pass_ns.p50: 1e300 ns is not"),
        (changed("/threads/1/spans/1", json!([5, 4, "io"])), "threads[1] ("),
        (changed("/threads/1/spans/1", json!([5])), "threads[1] ("),
        (text()[..2_000].to_owned(), "line 1, column "),
    ] {
        let error = read(&file).expect_err(said).to_string();
        assert!(error.starts_with(said), "{error}");
    }
}

#[test]
fn a_machine_is_fitted_to_what_was_measured() {
    // Two threads of quick I/O alone, on a machine that wakes them four times as late as usual.
    let mut measured = convoy();
    let scenario = gil_notation::parse_scenario("v1/io:2:py-100us+io-1ms:x200").expect("valid");
    measured.scenario = scenario;
    measured.scale = 1.0;
    measured.groups.retain(|group| group.name == "io");
    measured.threads.clear();
    let mut spec = Agreement::of(&measured).scenario.into_spec();
    let slower = |dist: &mut gil_sim::Dist| {
        if let gil_sim::Dist::LogNormal(median, p95) = dist {
            (*median, *p95) = (Nanos(median.0 * 4), Nanos(p95.0 * 4));
        }
    };
    let machine = &mut spec.machine;
    [&mut machine.wake_deep, &mut machine.wake_shallow].into_iter().for_each(slower);
    let real = gil_sim::Run::of(gil_sim::Scenario::new(spec).expect("valid"));
    measured.wall = real.trace.end;
    let pass = real.stats.groups[0].pass.as_ref().expect("it has passes");
    let group = &mut measured.groups[0];
    group.passes = real.stats.groups[0].passes;
    let spread = group.pass.as_mut().expect("it has passes");
    (spread.p50, spread.p99) = (pass.p50.expect("many"), pass.p99.expect("many"));

    let trials: Vec<Trial> = Calibration::new(measured).expect("figures").collect();
    let last = trials.last().expect("trials");
    assert_eq!((last.done, trials.len()), (last.total, Calibration::TOTAL));
    assert!(last.before > 0.02, "{} is off to begin with", last.before);
    assert!(last.after < last.before / 2.0, "{} before, {} after", last.before, last.after);
    assert!(trials.is_sorted_by(|a, b| b.after <= a.after), "no trial makes it worse");
    // What was found is in the scenario's text, and so in its link.
    let text = gil_notation::print_scenario(&last.best.scenario);
    assert!(text.contains("wake"), "{text}");
    assert_eq!(gil_notation::parse_scenario(&text).as_ref(), Ok(&last.best.scenario));
}

#[test]
fn a_measurement_is_a_point_on_the_curve_of_its_own_scenario_alone() {
    let measured = convoy();
    let scenario = measured.scenario.clone();
    let group = scenario.spec().numbered_groups().find(|(_, group)| group.repeat.ends());
    let (id, group) = group.expect("one ends");
    let point = Point::of(&measured, &scenario, id).expect("it's of this scenario");
    let found = measured.groups.iter().find(|one| one.name == group.name).expect("it ran");
    assert_eq!(point.members, group.count);
    assert_eq!(point.throughput, found.passes as f64 / measured.wall.as_secs_f64());
    // The number of threads, the machine and the Python may be others.
    let mut more = scenario.spec().clone();
    more.group_mut(id).expect("it's there").count = 7;
    more.python = gil_sim::Python::newest();
    let more = Scenario::new(more).expect("a scenario");
    assert_eq!(Point::of(&measured, &more, id), Ok(point));
    let other = gil_notation::parse_scenario("v1/hog:py-1ms:daemon/io:py-1ms:x3").expect("another");
    let why = Point::of(&measured, &other, GroupId(1)).expect_err("it's another");
    assert!(why.starts_with("It's of another scenario: "), "{why}");
}

#[test]
fn a_machine_that_works_slower_is_found_and_named() {
    // Four threads of 20 ms, on a machine where work takes 1.15 times as long as it was calibrated.
    let mut measured = convoy();
    measured.scenario =
        gil_notation::parse_scenario("v1/cores=2/zip:4:native-20ms:x5").expect("valid");
    let slow = gil_notation::parse_scenario("v1/cores=2/zip:4:native-23ms:x5").expect("valid");
    let real = gil_sim::Run::of(slow);
    let pass = real.stats.groups[0].pass.expect("it has passes");
    let mut group = measured.groups[0].clone();
    (group.name, group.members, group.passes) = ("zip".to_owned(), 4, 20);
    let spread = group.pass.as_mut().expect("it has passes");
    (spread.p50, spread.p99) = (pass.p50.expect("many"), pass.p99.expect("many"));
    (measured.wall, measured.groups, measured.threads) = (real.trace.end, vec![group], Vec::new());
    let last = Calibration::new(measured).expect("figures").last().expect("trials");
    assert!(last.before > 0.1, "{} is off to begin with", last.before);
    // Two neighbouring steps of the dial are 5 % apart: half of that can be left.
    assert!(last.after < 0.025, "{} before, {} after", last.before, last.after);
    let [(Dial::Work, factor), ..] = last.turned[..] else { panic!("{}", last.turned_words()) };
    assert!((factor / 1.15 - 1.0).abs() < 0.025, "{}", last.turned_words());
}
