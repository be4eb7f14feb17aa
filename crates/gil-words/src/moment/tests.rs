//! What is told of single events.

use super::*;
use gil_sim::{Costs, Dist, Group, Intervene, Intervention, Machine, Repeat, Spec, Step, run};
use gil_sim::{StepId, TakeHow};

const EXACT: Dist = Dist::Fixed(Nanos::from_micros(10));

/// A machine whose protocol steps take no time or always the same.
fn scenario(groups: Vec<Group>, cores: u16) -> Scenario {
    let costs = Costs { futex_wait: EXACT, rewait: EXACT, ..Costs::default() };
    let machine = Machine {
        wake_deep: EXACT,
        wake_shallow: EXACT,
        timer_slack: Nanos::ZERO,
        costs,
        ..Machine::default()
    };
    let machine = machine.with_cores(cores);
    Scenario::new(Spec { machine, groups, ..Spec::default() }).expect("valid")
}

fn group(name: &str, count: u16, steps: Vec<Step>) -> Group {
    Group { count, repeat: Repeat::Times(3), ..Group::new(name, steps) }
}

fn millis(n: u64) -> Dist {
    Dist::Fixed(Nanos::from_millis(n))
}

fn python(n: u64) -> Step {
    Step::Python { work: millis(n), check: None }
}

/// The first moment of a kind.
fn first(scenario: &Scenario, wanted: fn(&EventKind) -> bool) -> Moment {
    let trace = run(scenario);
    let index = trace.events.iter().position(|event| wanted(&event.kind)).expect("it happens");
    moment(scenario, &trace, EventId(index as u32))
}

fn two_counters() -> Scenario {
    scenario(vec![group("count", 2, vec![python(20)])], 4)
}

#[test]
fn the_protocol_is_told_as_state_trigger_consequence() {
    let counters = two_counters();
    let check = |wanted: fn(&EventKind) -> bool, [state, trigger, consequence]: [&str; 3]| {
        let moment = first(&counters, wanted);
        for (text, part) in
            [(moment.state, state), (moment.trigger, trigger), (moment.consequence, consequence)]
        {
            assert!(text.contains(part), "{part:?} is not in {text:?}");
        }
    };
    check(
        |kind| matches!(kind, EventKind::Takes { .. }),
        [
            "Nobody has had the GIL yet; count-1",
            "count-1 wants the GIL and finds it free.",
            "count-1 runs Python now, and nobody else does. switch_number is now 1.",
        ],
    );
    check(
        |kind| matches!(kind, EventKind::Waits { .. }),
        ["switch_number is 1.", "count-2 wants the GIL and finds it locked.", "(5 ms), until 5.0"],
    );
    check(
        |kind| matches!(kind, EventKind::DropRequested { .. }),
        [
            "count-2 has waited for the GIL for 5.01 ms. It has waited one whole switch interval \
             (5 ms), and switch_number is still 1.",
            "The timed wait of count-2 ran out.",
            "count-2 sets gil_drop_request and the eval breaker. count-1 sees it at its next \
             check; until then nothing else changes.",
        ],
    );
    check(
        |kind| matches!(kind, EventKind::SeesRequest),
        [
            "count-1 has held the GIL for 5.",
            "the request that count-2 made ",
            "between two bytecodes",
        ],
    );
    check(
        |kind| matches!(kind, EventKind::Drops { .. }),
        [
            "1 other thread waits for it.",
            "at the request that count-2 made ",
            "one waiter, count-2.",
        ],
    );
    check(
        |kind| matches!(kind, EventKind::ForcedSwitchWaits),
        [
            "The GIL has been free for",
            "nobody has taken the GIL since",
            "Forced switching: count-1",
        ],
    );
    check(
        |kind| matches!(kind, EventKind::Takes { how: TakeHow::Signalled, .. }),
        [
            "count-2 has waited for the GIL",
            "The signal that count-1 sent ",
            "switch_number is now 2",
        ],
    );
    check(
        |kind| matches!(kind, EventKind::ForcedSwitchDone),
        ["count-1 has waited in the forced switch", "count-2 took the GIL ", "may go on"],
    );
}

#[test]
fn steps_outside_of_the_protocol_are_told_too() {
    let sleep = Step::Sleep { wait: millis(2) };
    let io = Step::Io { wait: millis(1) };
    let locked = Step::Locked { lock: "m".into(), body: vec![python(1), io] };
    let busy = scenario(vec![group("a", 2, vec![locked, sleep])], 1);
    for (wanted, part) in [
        (
            (|kind| matches!(kind, EventKind::IoCompletes)) as fn(&EventKind) -> bool,
            "The I/O of a-1 is complete, 1 ms after the call.",
        ),
        (|kind| matches!(kind, EventKind::SleepEnds), "The timer of a-1 fired."),
        (
            |kind| matches!(kind, EventKind::LockWaits { .. }),
            "a-2 wants the lock m, but a-1 has it.",
        ),
        (|kind| matches!(kind, EventKind::LockReleased { .. }), "a-1 releases the lock m."),
        (
            |kind| matches!(kind, EventKind::StepBegins(StepId(1))),
            "a-1 begins step 2: 1 ms of Python.",
        ),
    ] {
        let trigger = first(&busy, wanted).trigger;
        assert!(trigger.contains(part), "{part:?} is not in {trigger:?}");
    }
}

#[test]
fn every_event_has_all_three_parts_and_full_stops() {
    let groups = vec![
        group("hog", 2, vec![python(7), Step::NativeHolding { work: millis(6) }]),
        group("io", 3, vec![Step::Io { wait: millis(1) }, python(1)]),
        group("zip", 2, vec![Step::NativeReleasing { work: millis(1) }]),
    ];
    let scenario = scenario(groups, 2);
    let trace = run(&scenario);
    for n in 0..trace.events.len() as u32 {
        let Moment { state, trigger, consequence, .. } = moment(&scenario, &trace, EventId(n));
        for text in [&state, &trigger, &consequence] {
            assert!(text.ends_with('.') && !text.contains(".."), "{n}: {text:?}");
            assert!(!text.contains("  ") && !text.contains("another thread had"), "{n}: {text:?}");
        }
    }
}

#[test]
fn interventions_are_told() {
    let io = group("io", 2, vec![Step::Io { wait: millis(10) }, python(20)]);
    let mut spec = scenario(vec![io], 2).into_spec();
    let at = Nanos::from_millis;
    spec.interventions = vec![
        Intervention {
            at: at(2),
            what: Intervene::CompleteIo { group: gil_sim::GroupId(0), member: 1 },
        },
        Intervention { at: at(3), what: Intervene::SwitchInterval(at(1)) },
    ];
    let forked = Scenario::new(spec).expect("valid");
    let early = first(&forked, |kind| matches!(kind, EventKind::IoBroughtForward { .. }));
    assert_eq!(early.trigger, "What if: the I/O of io-2 completes now, 8.05 ms before its time.");
    let done = first(&forked, |kind| matches!(kind, EventKind::IoCompletes));
    assert_eq!(done.trigger, "The I/O of io-2 is complete, before its time.");
    let set = first(&forked, |kind| matches!(kind, EventKind::SwitchIntervalSet(_)));
    assert!(set.trigger.contains("the switch interval becomes 1 ms"), "{}", set.trigger);
    assert!(set.consequence.contains("lasts 1 ms"), "{}", set.consequence);
    let rule = set.rule.map(|rule| rule.to_string());
    assert_eq!(
        rule.as_deref(),
        Some("_PyEval_SetSwitchInterval, Python/ceval_gil.h (CPython 3.11)")
    );
    let waits = first(&forked, |kind| matches!(kind, EventKind::Waits { .. }));
    assert!(waits.consequence.contains("one whole switch interval (1 ms)"), "{waits:?}");
}

#[test]
fn the_rule_of_a_step_of_the_protocol_is_named() {
    let counters = two_counters();
    let rule = |wanted| first(&counters, wanted).rule.map(|rule| rule.to_string());
    let drops = rule(|kind| matches!(kind, EventKind::Drops { .. }));
    assert_eq!(drops.as_deref(), Some("drop_gil, Python/ceval_gil.h (CPython 3.11)"));
    assert_eq!(rule(|kind| matches!(kind, EventKind::Started)), None);
}

#[test]
fn an_event_that_does_not_exist_has_no_words() {
    let counters = two_counters();
    let nothing = moment(&counters, &run(&counters), EventId(u32::MAX));
    assert_eq!(nothing.state, "");
}
