//! The table on README's front page: a service beside a report thread, as it is simulated and as it
//! was measured. `UPDATE_GOLDEN=1 cargo test -p gil-tests --test readme` writes it anew.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

use gil_reality::{Case, Dataset};

const HEAD: &str = "| switch interval, load | p50 simulated | p50 measured | p99 simulated | p99 measured |\n\
                    | --- | --- | --- | --- | --- |\n";

/// The settings in the order of the table: key, and what it is for people.
const SETTINGS: [(&str, &str); 5] = [
    ("report/5ms/50", "5 ms, 50 requests/s"),
    ("report/1ms/50", "1 ms, 50 requests/s"),
    ("report/0.5ms/50", "0.5 ms, 50 requests/s"),
    ("report/5ms/100", "5 ms, 100 requests/s"),
    ("report/1ms/100", "1 ms, 100 requests/s"),
];

fn table() -> String {
    let cases = Dataset::find("services").expect("the data set of services").cases();
    let find = |key: &str| cases.iter().find(|case| case.key == key).expect("a case of services");
    let row = |(key, title): (&str, &str)| {
        let [p50, p99] = ["p50", "p99"].map(|rank| pair(find(&format!("{key}/{rank}"))));
        format!("| {title} | {p50} | {p99} |\n")
    };
    HEAD.to_owned() + &SETTINGS.map(row).concat()
}

/// Simulated, and the range of what was measured, to the millisecond: more is chance.
fn pair(case: &Case) -> String {
    let low = case.measured.iter().copied().fold(f64::INFINITY, f64::min);
    let high = case.measured.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    format!("{:.0} ms | {low:.0} to {high:.0} ms", case.simulate())
}

#[test]
fn the_front_page_says_what_the_simulation_and_the_measured_files_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let text = fs::read_to_string(&path).expect("README.md is there");
    let start = text.find(HEAD).expect("README.md has the head of the table");
    let end = text[start..].find("\n\n").map_or(text.len(), |end| start + end + 1);
    let expected = table();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let text = format!("{}{expected}{}", &text[..start], &text[end..]);
        return fs::write(&path, text).expect("README.md can be written");
    }
    assert_eq!(&text[start..end], expected, "UPDATE_GOLDEN=1 if this is meant");
}
