//! Laws of the simulation, checked on generated scenarios and on hostile ones.
#![cfg(not(target_arch = "wasm32"))]

mod debugger;
mod generate;
mod hostile;
mod laws;

use gil_sim::{Machine, Nanos, Python, Scenario, StartMethod, Strategy, Trace, run};
use gil_tests::{free_machine, ms, on, python as python_step, thread, with};
use proptest::prelude::*;
use proptest::sample::select;

/// `PROPTEST_CASES=100000` tries harder.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    // A failure is a scenario to add to the golden traces, not a seed to keep in a file.
    ProptestConfig { cases: usual.cases.max(1_000), failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn laws_hold(scenario in generate::scenario()) {
        if let Err(what) = laws::check(&scenario) {
            let text = gil_notation::print_scenario(&scenario);
            prop_assert!(false, "{what}\n\n{}\n\n{text}", tail(&run(&scenario)));
        }
    }

    #[test]
    fn the_same_scenario_gives_the_same_trace(scenario in generate::scenario()) {
        let trace = run(&scenario);
        prop_assert_eq!(&trace, &run(&scenario));
        prop_assert_eq!(trace.hash(), run(&scenario).hash());
    }

    /// A fork is what its original is, event by event, up to and including the moment of the first
    /// intervention.
    #[test]
    fn interventions_change_nothing_before_them(scenario in generate::scenario()) {
        let without = with(scenario.clone(), |spec| spec.interventions.clear());
        let original = run(&without);
        let fork = run(&scenario);
        prop_assert_eq!(&original, &run(&without));
        let first = scenario.spec().interventions.iter().map(|what| what.at).min();
        let first = first.unwrap_or(Nanos::MAX);
        let same = original.events_until(first);
        prop_assert_eq!(fork.events.get(..same), original.events.get(..same));
        let then = fork.events.get(same..).unwrap_or_default();
        prop_assert!(then.iter().all(|event| event.at >= first));
        let intervenes = then.first().is_some_and(|event| event.kind.is_intervention());
        prop_assert!(intervenes || then.is_empty() || fork.events[same].at > first);
        if !fork.events.iter().any(|event| event.kind.is_intervention()) {
            prop_assert_eq!(&fork, &original);
        }
    }

    /// One more thread that starts later: a group at the end.
    #[test]
    fn a_group_at_the_end_changes_nothing_before_it_starts(
        scenario in generate::scenario(),
        late in generate::late_group(),
    ) {
        let original = run(&scenario);
        let fork = run(&generate::with_group(&scenario, &late));
        let before = |trace: &Trace| trace.events.partition_point(|event| event.at < late.start);
        let same = before(&original);
        prop_assert_eq!(fork.events.get(..same), original.events.get(..same));
        if original.end >= late.start {
            prop_assert_eq!(before(&fork), same);
        }
    }

    #[test]
    fn scenarios_and_traces_survive_serialization(scenario in generate::scenario()) {
        let text = serde_json::to_string(&scenario).expect("a scenario is plain data");
        let back: Scenario = serde_json::from_str(&text).expect("what was written can be read");
        prop_assert_eq!(&scenario, &back);
        let trace = run(&scenario);
        let text = serde_json::to_string(&trace).expect("a trace is plain data");
        let back: Trace = serde_json::from_str(&text).expect("what was written can be read");
        prop_assert_eq!(&trace, &back);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..config() })]

    #[test]
    fn the_debugger_agrees_with_the_trace(scenario in generate::scenario()) {
        if let Err(what) = debugger::check(&scenario) {
            let text = gil_notation::print_scenario(&scenario);
            prop_assert!(false, "{what}\n\n{}\n\n{text}", tail(&run(&scenario)));
        }
    }

    /// Where nothing is shared, another core can only help; by how much slices cut, it may vary.
    #[test]
    fn more_cores_never_hurt_who_shares_nothing(
        count in 1_u16..=12,
        work in 1_u64..=30,
        cores in 1_u16..=8,
        (python, run_by) in select(vec![
            ("3.14t", Strategy::Threads),
            ("3.14", Strategy::Interpreters),
            ("3.14", Strategy::Processes(StartMethod::Fork)),
        ]),
    ) {
        let end = |cores| {
            let machine = Machine { cores, ..free_machine() };
            let mut scenario = on(machine, [thread("w", [python_step(ms(work))]).threads(count)]);
            scenario = with(scenario, |spec| {
                spec.python = Python::find(python).expect("a version that is modelled");
                spec.groups[0].strategy = run_by;
            });
            run(&scenario).end
        };
        let slice = free_machine().time_slice;
        prop_assert!(end(cores + 1) <= end(cores) + slice);
    }
}

/// The last lines of a trace.
fn tail(trace: &Trace) -> String {
    let text = trace.to_string();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(60)..].join("\n")
}
