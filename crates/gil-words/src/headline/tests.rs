//! Headlines of scenarios that have one bottleneck each.

use super::*;
use gil_sim::{Dist, Limits, Repeat, Spec, StartMethod, Step};

fn python(millis: u64) -> Step {
    Step::Python { work: Dist::Fixed(Nanos::from_millis(millis)), check: None }
}

fn io(millis: u64) -> Step {
    Step::Io { wait: Dist::Fixed(Nanos::from_millis(millis)) }
}

fn group(name: &str, count: u16, steps: Vec<Step>, repeat: Repeat) -> Group {
    Group { count, repeat, ..Group::new(name, steps) }
}

fn ran(spec: Spec) -> Run {
    Run::of(Scenario::new(spec).expect("valid"))
}

fn check(groups: Vec<Group>, expected: &[&str]) {
    let text = headline(&ran(Spec { groups, ..Spec::default() }));
    for part in expected {
        assert!(text.contains(part), "{part:?} is not in {text:?}");
    }
}

#[test]
fn the_headline_says_what_is_seen() {
    let times = Repeat::Times(10);
    check(vec![group("a", 4, vec![python(10)], times)], &["4 threads share one GIL"]);
    check(vec![group("a", 1, vec![python(10)], times)], &["One thread has the GIL to itself"]);
    check(vec![group("a", 8, vec![python(1), io(20)], times)], &["8 threads wait at the same"]);
    check(vec![group("a", 4, vec![python(2), io(8)], times)], &["compute and wait by turns"]);
    let hog = group("hog", 1, vec![python(5)], Repeat::Daemon);
    let quick = group("quick", 2, vec![io(1)], times);
    check(vec![hog, quick], &["the 2 quick threads wait 5.", "switch interval is 5 ms"]);
    let native = Step::NativeReleasing { work: Dist::Fixed(Nanos::from_millis(5)) };
    check(vec![group("a", 4, vec![native], times)], &["let go of the GIL in native code"]);
    let holding = Step::NativeHolding { work: Dist::Fixed(Nanos::from_millis(20)) };
    let sleep = Step::Sleep { wait: Dist::Fixed(Nanos::from_millis(10)) };
    let tick = group("tick", 1, vec![sleep], times);
    check(
        vec![group("json", 3, vec![holding], times), tick.clone()],
        &["The 3 json threads keep the GIL during C calls of 20 ms", "the longest wait for it was"],
    );
    let hog = group("hog", 1, vec![python(5)], Repeat::Daemon);
    check(vec![hog, tick.clone()], &["tick waits up to 5.", "interval is 5 ms"]);
    let apart = Group {
        strategy: Strategy::Processes(StartMethod::Fork),
        ..group("hog", 1, vec![python(5)], Repeat::Daemon)
    };
    check(vec![apart, tick.clone()], &["tick never waits for the GIL."]);
    check(
        vec![tick.clone(), Group { name: "tock".into(), ..tick }],
        &["tick waits for most of the time"],
    );
    let body = vec![io(5)];
    let locked = Step::Locked { lock: "m".into(), body };
    check(vec![group("a", 4, vec![locked], times)], &["goes into waiting for a lock"]);
}

#[test]
fn a_deadlock_is_said_plainly() {
    let lock = |name: &str, body| Step::Locked { lock: name.into(), body };
    let both = |a, b| vec![lock(a, vec![python(8), lock(b, vec![python(1)])])];
    let groups = vec![
        group("left", 1, both("m", "n"), Repeat::Times(1)),
        group("right", 1, both("n", "m"), Repeat::Times(1)),
    ];
    check(groups, &["Deadlock after", "left, right wait for locks"]);
}

#[test]
fn a_longer_interval_is_told_as_fewer_handoffs_and_more_latency() {
    let at = |millis| {
        let hog = group("hog", 1, vec![python(5)], Repeat::Daemon);
        let quick = group("quick", 1, vec![io(1)], Repeat::Times(20));
        let switch_interval = Nanos::from_millis(millis);
        ran(Spec { groups: vec![hog, quick], switch_interval, ..Spec::default() })
    };
    let (before, after) = (at(5), at(50));
    let text = change(&before, &after).expect("comparable");
    assert!(text.to_lowercase().contains("the handoff rate fell"), "{text}");
    assert!(text.to_lowercase().contains("rose from 5."), "{text}");
    let same = change(&before, &before).expect("comparable");
    assert!(same.contains("no figure"), "{same}");
}

#[test]
fn a_cut_run_says_so_first() {
    let groups = vec![group("a", 4, vec![python(10_000)], Repeat::Times(1_000))];
    let text = headline(&ran(Spec { groups, ..Spec::default() }));
    assert!(text.starts_with("The run was cut by the time limit of 60 s"), "{text}");
    assert!(text.contains("no faster than one"), "{text}");
}

#[test]
fn a_cut_run_is_not_compared() {
    let at = |limit| {
        let limits = Limits { time: Nanos::from_millis(limit), ..Limits::default() };
        let groups = vec![group("a", 4, vec![python(100)], Repeat::Times(10))];
        ran(Spec { groups, limits, ..Spec::default() })
    };
    let text = change(&at(60_000), &at(1_000)).expect("a sentence");
    assert!(text.contains("are not compared"), "{text}");
}

#[test]
fn callers_of_a_pool_are_told_by_what_they_wait_for() {
    let call = vec![python(1), Step::Call { group: "pool".into(), bytes: 0 }];
    let pool = group("pool", 2, vec![python(1), io(3)], Repeat::Serve);
    for count in [1, 4] {
        let ask = group("ask", count, call.clone(), Repeat::Times(10));
        let groups = vec![ask, pool.clone()];
        let text = headline(&ran(Spec { groups, ..Spec::default() }));
        assert!(!text.contains("0 times"), "{text}");
        assert!(text.contains("a pass takes") || text.contains("wait"), "{text}");
    }
}
