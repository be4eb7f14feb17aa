//! Is it the GIL? Recordings that CPython 3.15.2's own profiler made of programs whose trouble is
//! known: the programs stand beside them in tests/recordings.

mod support;

use gil_record::findings::{Cause, Standing, Verdict};
use gil_record::{Doing, Findings, Recording, scenario};
use gil_sim::ThreadId;

use support::recording;

fn thread(recording: &Recording, name: &str) -> ThreadId {
    let at = recording.threads.iter().position(|thread| thread.name == name);
    ThreadId::of(at.unwrap_or_else(|| panic!("there is no {name}")))
}

fn place(recording: &Recording, name: &str, doing: Doing) -> String {
    let thread = &recording.threads[thread(recording, name).index()];
    let (spent, share) = thread.places.of_doing(doing).next().expect("it was sampled");
    assert!(share > 0.5, "{share}");
    spent.words()
}

fn points_to(findings: &Findings) -> Vec<Cause> {
    let points = findings.alternatives.iter().filter(|one| one.standing == Standing::PointsThere);
    points.map(|one| one.cause).collect()
}

#[test]
fn a_slow_service_is_told_who_has_the_gil_and_where() {
    let service = recording("service");
    let findings = Findings::of(&service);
    assert_eq!(findings.verdict, Verdict::Yes);
    let headline = findings.headline(&service);
    assert!(headline.starts_with("It's the GIL. io_1 and io_2 waited for it 6"), "{headline}");
    assert!(headline.contains("and report had it for 9"), "{headline}");
    assert!(headline.ends_with("It was most often in report, service.py:33."), "{headline}");
    assert_eq!(place(&service, "report", Doing::Python), "report, service.py:33");
    assert_eq!(place(&service, "io_1", Doing::Waiting), "ask, service.py:16");
    // Python code lets go when it's asked to.
    assert_eq!(findings.keeps, []);
    assert_eq!(points_to(&findings), []);
}

#[test]
fn a_lock_is_not_the_gil_and_the_line_that_waits_is_named() {
    let lock = recording("lock");
    let findings = Findings::of(&lock);
    assert_eq!(findings.verdict, Verdict::No);
    let headline = findings.headline(&lock);
    assert!(headline.starts_with("It isn't the GIL: no thread was seen waiting for it."));
    assert!(headline.contains("most often in update, lock.py:10: look at what it waits for"));
    // The recording doesn't say that line 10 is a lock, and nobody guesses.
    assert_eq!(points_to(&findings), []);
}

#[test]
fn c_code_that_keeps_the_gil_is_named() {
    let hold = recording("hold");
    let findings = Findings::of(&hold);
    assert_eq!(findings.verdict, Verdict::Yes);
    let [keeps] = findings.keeps.as_slice() else { panic!("{:?}", findings.keeps) };
    assert_eq!(hold.name(keeps.thread), "export");
    let words = findings.keeps_words(&hold, keeps);
    assert!(words.ends_with("this is C code that doesn't, in export, hold.py:8."), "{words}");
    // sum(range(2_000_000)) took some 50 ms, and a sample was taken about every 570 us.
    assert!((40.0..70.0).contains(&(keeps.stretch.as_secs_f64() * 1e3)), "{}", keeps.stretch);
    let made = scenario::make(&hold, &findings).expect("a scenario");
    assert!(made.notation.contains("export:hold-"), "{}", made.notation);
}

#[test]
fn a_pool_of_processes_is_what_the_main_thread_waits_for() {
    let futures = recording("futures");
    let findings = Findings::of(&futures);
    assert_eq!(findings.verdict, Verdict::No);
    assert_eq!(points_to(&findings), [Cause::Lock]);
    let headline = findings.headline(&futures);
    assert!(headline.contains("main waits for another thread"), "{headline}");
    assert!(headline.contains("called from <module>, futures.py:13"), "{headline}");
}

#[test]
fn a_thread_that_starts_up_and_then_waits_does_not_compute() {
    for name in ["service", "hold", "futures"] {
        let recording = recording(name);
        let made = scenario::make(&recording, &Findings::of(&recording)).expect("a scenario");
        let main = made.scenario.spec().groups.iter().find(|group| group.name == "main");
        let only_computes = main.is_some_and(|main| main.steps.len() == 1);
        assert!(!only_computes, "{}", made.notation);
    }
}
