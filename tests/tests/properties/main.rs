//! Laws of the simulation, checked on generated scenarios and on hostile ones.
#![cfg(not(target_arch = "wasm32"))]

mod debugger;
mod generate;
mod hostile;
mod laws;

use gil_sim::{Machine, Python, Scenario, StartMethod, Strategy, Trace, run};
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
