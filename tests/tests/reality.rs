//! The reality check: every figure is within its tolerance, or a miss that is known as one.

use std::collections::BTreeSet;

use gil_reality::{Row, Table, cases, rows};

/// `cargo test --test reality -- --nocapture` shows the table.
#[test]
fn the_simulation_does_what_cpython_was_measured_to_do() {
    let rows: Vec<Row> = rows(cases()).collect();
    println!("{}", Table(&rows));
    let unexpected: Vec<&Row> = rows.iter().filter(|row| !row.verdict.is_expected()).collect();
    let list: String = unexpected.iter().map(|row| format!("{row}\n")).collect();
    assert!(
        unexpected.is_empty(),
        "{} figures are not what the cases say:\n{list}",
        unexpected.len()
    );
}

#[test]
fn cases_are_told_apart_by_their_keys_and_say_what_they_are() {
    let cases = cases();
    let keys: BTreeSet<&str> = cases.iter().map(|case| case.key.as_str()).collect();
    assert_eq!(keys.len(), cases.len());
    for case in &cases {
        assert!(case.tolerance.factor > 1.0 && !case.tolerance.reason.is_empty(), "{}", case.key);
        assert!(!case.measured.is_empty() && case.what.ends_with('.'), "{}", case.key);
    }
}

#[test]
fn a_case_alone_says_the_same_as_in_the_table() {
    let case = cases().swap_remove(0);
    let simulated = case.simulate();
    let row = rows(vec![case]).next().expect("a row for the case");
    assert_eq!(row.simulated, simulated);
}
