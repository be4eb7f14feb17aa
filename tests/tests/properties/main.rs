//! Laws of the simulation, checked on generated scenarios and on hostile ones.
#![cfg(not(target_arch = "wasm32"))]

mod generate;
mod hostile;
mod laws;

use gil_sim::{Scenario, Trace, run};
use proptest::prelude::*;

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

/// The last lines of a trace.
fn tail(trace: &Trace) -> String {
    let text = trace.to_string();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(60)..].join("\n")
}
