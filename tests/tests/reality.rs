//! The reality check: every figure is within its tolerance, or a miss that is known as one.

use gil_reality::{Row, Table, cases, rows};

/// `cargo test --test reality -- --nocapture` shows the table.
#[test]
fn the_simulation_does_what_cpython_was_measured_to_do() {
    let rows: Vec<Row> = rows(cases()).collect();
    println!("{}", Table(&rows));
    let unexpected: Vec<&Row> = rows.iter().filter(|row| !row.verdict.is_expected()).collect();
    let list: String = unexpected.iter().map(|row| format!("{row}\n")).collect();
    assert!(unexpected.is_empty(), "{} figures are not what the cases say:\n{list}", list.len());
}
