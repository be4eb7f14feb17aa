//! The reality check: every figure of every data set is within its tolerance, or a miss that is
//! known as one.

use std::collections::BTreeSet;

use gil_reality::{Dataset, Measured, Row, Table, cases_of, orders, rows};

/// `cargo test --test reality -- --nocapture` shows the tables.
#[test]
fn the_simulation_does_what_cpython_was_measured_to_do() {
    let mut unexpected = String::new();
    for set in Dataset::ALL {
        let rows: Vec<Row> = rows(set.cases()).collect();
        println!("{}\n{}", set.title, Table(&rows));
        let off = rows.iter().filter(|row| !row.verdict.is_expected());
        unexpected.extend(off.map(|row| format!("{}: {row}\n", set.key)));
        let orders = orders(&rows);
        let broken = orders.iter().filter(|order| !order.holds);
        broken.for_each(|order| println!("{}: {} < {} does not hold", order.claim, order.less, order.more));
    }
    assert!(unexpected.is_empty(), "these figures are not what the cases say:\n{unexpected}");
}
