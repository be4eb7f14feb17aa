//! What is said and shown of runs without a GIL, with another one, or of something beside threads.

use gil_sim::{
    Dist, EventId, Gc, Group, Nanos, Python, Repeat, Run, Scenario, Spec, StartMethod, Step,
    Strategy, Trace, run,
};
use gil_view::stage::Stage;
use gil_words::{event_line, headline, moment};

fn ms(n: u64) -> Dist {
    Dist::Fixed(Nanos::from_millis(n))
}

fn python(n: u64) -> Step {
    Step::Python { work: ms(n), check: None }
}

fn scenario(python: &str, groups: Vec<Group>) -> Scenario {
    let python = Python::find(python).expect("a version that is modelled");
    Scenario::new(Spec { python, groups, ..Spec::default() }).expect("valid")
}

fn group(count: u16, strategy: Strategy, steps: Vec<Step>) -> Group {
    Group { count, strategy, ..Group::new("work", steps) }
}

fn said(scenario: &Scenario) -> String {
    headline(&Run::of(scenario.clone()))
}

/// Runs that have every kind of event between them.
fn all() -> Vec<Scenario> {
    let object = |work| Step::Mutate { object: "cache".into(), work };
    let touch = Step::Share { object: "cache".into(), work: ms(1) };
    let collecting = |version| {
        let scenario = scenario(version, vec![group(3, Strategy::Threads, vec![python(8)])]);
        let gc = Some(Gc { every: Nanos::from_millis(3), pause: ms(1) });
        Scenario::new(Spec { gc, ..scenario.into_spec() }).expect("valid")
    };
    let pool = Group { repeat: Repeat::Serve, ..Group::new("pool", vec![python(2)]) };
    let calls = vec![Step::Call { group: "pool".into(), bytes: 1 << 16 }, Step::Io { wait: ms(1) }];
    let block = vec![python(1), Step::Io { wait: ms(2) }, Step::Block { wait: ms(3) }];
    let every = Dist::Fixed(Nanos::from_micros(700));
    let arrivals = Repeat::Arrivals { every, during: Nanos::from_millis(20) };
    vec![
        scenario("2.7", vec![group(2, Strategy::Threads, vec![python(1)])]),
        scenario("3.14t", vec![group(4, Strategy::Threads, vec![python(5), object(ms(2)), touch])]),
        collecting("3.13"),
        collecting("3.13t"),
        scenario("3.14", vec![group(3, Strategy::Interpreters, vec![python(5)])]),
        scenario("3.14", vec![group(3, Strategy::Processes(StartMethod::Fork), vec![python(5)])]),
        scenario("3.14", vec![group(5, Strategy::Asyncio, block)]),
        scenario("3.14", vec![group(3, Strategy::Sequential, vec![python(1)])]),
        scenario("3.14", vec![group(3, Strategy::Threads, calls), pool]),
        scenario("3.14", vec![Group { repeat: arrivals, ..Group::new("web", vec![python(2)]) }]),
    ]
}

#[test]
fn every_event_of_every_runtime_has_words() {
    for scenario in all() {
        let trace = run(&scenario);
        for n in 0..trace.events.len() as u32 {
            let (id, words) = (EventId(n), moment(&scenario, &trace, EventId(n)));
            let line = event_line(&trace, id);
            for text in [&words.state, &words.trigger, &words.consequence] {
                assert!(text.ends_with('.') && text.len() > 4, "{line}: {words:?}");
            }
        }
    }
}

#[test]
fn without_a_gil_nobody_holds_one() {
    for scenario in all().into_iter().filter(|s| s.spec().python.is_free_threaded()) {
        let trace = run(&scenario);
        for n in 0..trace.events.len() as u32 {
            let words = moment(&scenario, &trace, EventId(n));
            assert!(words.state.starts_with("There is no GIL; "), "{words:?}");
            assert!(!words.trigger.contains("GIL"), "{words:?}");
            // What is said of it is that it is not needed.
            let spoken = words.consequence.replace("no GIL", "").replace("Without a GIL", "");
            assert!(!spoken.contains("GIL"), "{words:?}");
        }
        assert!(!said(&scenario).contains("one GIL"));
    }
}

#[test]
fn the_headline_says_what_is_different() {
    let texts: Vec<String> = all().iter().map(said).collect();
    let expected = [
        "is woken for nothing",
        "share cache",
        "share one GIL",
        "run Python at the same time without a GIL",
        "have a GIL each",
        "3 processes have a GIL each",
        "stalls them all",
        "one after the other",
        "",
        "pile up",
    ];
    for (text, expected) in texts.iter().zip(expected) {
        assert!(text.contains(expected), "{text:?} has no {expected:?}");
        assert!(text.ends_with('.') && !text.contains("NaN") && !text.contains("inf"), "{text}");
    }
}

#[test]
fn private_data_scales_without_a_gil_and_a_hot_object_does_not() {
    let factor = |step: fn() -> Step| {
        let scenario = scenario("3.14t", vec![group(4, Strategy::Threads, vec![step()])]);
        Run::of(scenario).speed_up().of_groups[0].expect("it can be alone")
    };
    assert!(factor(|| python(50)) > 3.5);
    assert!(factor(|| Step::Share { object: "hot".into(), work: ms(50) }) < 1.1);
}

fn keys_drawn(trace: &Trace, scenario: &Scenario) -> usize {
    let at = Nanos(trace.end.0 * 3 / 4);
    let scene = Stage::new(scenario, trace).scene(trace, at, 1_000.0, 400.0);
    scene.actors.iter().filter(|actor| actor.holder).count()
}

#[test]
fn each_process_has_a_key_and_free_threads_have_none() {
    let work = || vec![python(40)];
    let processes =
        scenario("3.14", vec![group(3, Strategy::Processes(StartMethod::Fork), work())]);
    assert_eq!(keys_drawn(&run(&processes), &processes), 3);
    let free = scenario("3.14t", vec![group(3, Strategy::Threads, work())]);
    assert_eq!(keys_drawn(&run(&free), &free), 0);
    let threads = scenario("3.14", vec![group(3, Strategy::Threads, work())]);
    assert_eq!(keys_drawn(&run(&threads), &threads), 1);
}

/// What is said of all events of a run.
fn told(scenario: &Scenario) -> Vec<(String, String, String)> {
    let trace = run(scenario);
    let ids = (0..trace.events.len() as u32).map(EventId);
    let tell = |id| {
        let words = moment(scenario, &trace, id);
        (event_line(&trace, id), words.trigger, words.consequence)
    };
    ids.map(tell).collect()
}

#[test]
fn a_task_awaits_and_a_thread_blocks() {
    let wait = |strategy| vec![group(3, strategy, vec![python(1), Step::Io { wait: ms(2) }])];
    let has = |told: &[(String, String, String)], part: &str| {
        told.iter()
            .any(|(_, trigger, consequence)| trigger.contains(part) || consequence.contains(part))
    };
    let tasks = told(&scenario("3.14", wait(Strategy::Asyncio)));
    assert!(has(&tasks, "awaits I/O") && has(&tasks, "ask the selector"));
    assert!(
        !has(&tasks, "made a call that blocks") && !has(&tasks, "before a call that may block")
    );
    let threads = told(&scenario("3.14", wait(Strategy::Threads)));
    assert!(has(&threads, "made a call that blocks") && !has(&threads, "awaits I/O"));
    // A call that blocks the whole loop is told as what it is.
    let steps = vec![python(1), Step::Block { wait: ms(2) }];
    let blocked = told(&scenario("3.14", vec![group(3, Strategy::Asyncio, steps)]));
    assert!(has(&blocked, "made a call that blocks") && !has(&blocked, "awaits I/O"));
}

#[test]
fn a_process_does_not_keep_others_from_running() {
    let processes = |count| {
        let strategy = Strategy::Processes(StartMethod::Fork);
        told(&scenario("3.14", vec![group(count, strategy, vec![python(5)])]))
    };
    let alone = |told: Vec<(String, String, String)>| {
        told.iter().any(|(_, _, consequence)| consequence.contains("nobody else does"))
    };
    assert!(!alone(processes(3)));
}

fn arriving(every: u64, seed: u64) -> Scenario {
    let every = Dist::Exponential(Nanos::from_millis(every));
    let repeat = Repeat::Arrivals { every, during: Nanos::from_millis(400) };
    let web = Group { repeat, count: 2, ..Group::new("web", vec![python(3)]) };
    Scenario::new(Spec { groups: vec![web], seed, ..Spec::default() }).expect("valid")
}

#[test]
fn one_burst_is_no_collapse() {
    assert!(said(&arriving(1, 1)).contains("pile up"));
    // At 3 ms of every 5 the queue is long at times, but it empties again.
    for seed in 0..20 {
        let text = said(&arriving(5, seed));
        assert!(text.contains("keep up"), "{text}");
    }
}
