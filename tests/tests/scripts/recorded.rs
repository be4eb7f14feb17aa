//! The way of the owner of a slow service: a recording of it, whether it's the GIL, a scenario, what
//! would help, and a test that fails when the change is taken back.

use gil_decide::{Answer, Change, Constraints, Question, Search};
use gil_notation::print_scenario;
use gil_record::{Findings, read, scenario};
use gil_script::guard;
use gil_sim::{Nanos, Repeat, Scenario, StartMethod, Strategy};

use super::guards::{assert_fails, passes, write};
use super::{folder, link, pythons};

/// A recording that CPython 3.15.2's profiler made.
const RECORDING: &str = include_str!("../../recordings/service.gecko.json");

/// The scenario that is made of the recording.
fn recorded() -> Scenario {
    let recording = read(RECORDING).expect("a recording");
    let findings = Findings::of(&recording);
    let headline = findings.headline(&recording);
    assert!(headline.starts_with("It's the GIL. io_1 and io_2 waited for it"), "{headline}");
    assert!(headline.contains("and report had it for"), "{headline}");
    scenario::make(&recording, &findings).expect("a scenario").scenario
}

/// The same for a shorter time, and without the main thread, which only waits.
fn short(scenario: &Scenario) -> Scenario {
    let mut spec = scenario.spec().clone();
    spec.groups.retain(|group| group.name != "main");
    for group in &mut spec.groups {
        (group.start, group.repeat) = (Nanos::ZERO, Repeat::For(Nanos::from_millis(300)));
    }
    Scenario::new(spec).expect("a scenario")
}

/// The same with the report in a process of its own.
fn moved(scenario: &Scenario) -> Scenario {
    let mut spec = scenario.spec().clone();
    let report = spec.group_named("report").expect("it was recorded");
    let report = spec.group_mut(report).expect("it's there");
    report.strategy = Strategy::Processes(StartMethod::Fork);
    Scenario::new(spec).expect("a scenario")
}

#[test]
fn decide_has_the_recorded_report_leave_the_process() {
    let scenario = recorded();
    let group = scenario.spec().group_named("io_1").expect("it was recorded");
    let question =
        Question { scenario, group, constraints: Constraints::read("costs=latency;py=3.14") };
    let answer = Answer::new(&question, Search::new(question.clone()));
    let best = |wanted: fn(Change) -> bool| {
        let entries = answer.ranked.iter().filter(|entry| wanted(entry.candidate.change));
        let rates = entries.filter_map(|entry| Some(entry.figures.throughput?.median));
        rates.max_by(f64::total_cmp).expect("it was run")
    };
    let today = best(|change| change == Change::Nothing);
    let apart = best(|change| matches!(change, Change::Apart(Strategy::Processes(_))));
    let interval = best(|change| matches!(change, Change::Interval(_)));
    assert!(apart > 1.5 * today, "{apart} against {today}");
    assert!(apart >= interval, "{apart} against {interval}");
}

#[test]
fn a_guard_fails_when_the_recorded_report_goes_back_into_the_process() {
    let folder = folder("recorded");
    let (before, after) = (short(&recorded()), moved(&short(&recorded())));
    let of = |scenario: &Scenario| guard(&link(&print_scenario(scenario))).expect("three groups");
    let (whole, back) = (of(&after), of(&before));
    // What the team relies on stays; what runs is the service as it was recorded.
    let relied = |guard: &str| -> Vec<String> {
        let lines = guard.lines().filter(|line| line.contains("    assert_slowdown("));
        lines.map(str::to_owned).collect()
    };
    let broken = relied(&back)
        .iter()
        .zip(relied(&whole))
        .fold(back.clone(), |text, (line, other)| text.replace(line, &other));
    assert_ne!(broken, back);
    let whole = write(&folder, "test_whole.py", &whole);
    let broken = write(&folder, "test_broken.py", &broken);
    for interpreter in pythons() {
        let (passed, said) = passes(&interpreter, &whole);
        assert!(passed, "{}: {said}", interpreter.display());
        assert_fails(&interpreter, &broken, "beside others a pass takes");
    }
}
