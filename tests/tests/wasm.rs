//! The same trace on native and in the browser, for every preset: both are held against the
//! hashes in `presets.txt`. `UPDATE_GOLDEN=1 cargo test -p gil-tests --test wasm` writes them
//! anew, after a change that is meant to change traces.

use std::fmt::Write as _;

use gil_notation::{PRESETS, parse_scenario};
use gil_sim::Scenario;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// Presets as they were before their text was changed: a link that somebody has shared goes on
/// giving the same trace.
const BEFORE: [(&str, &str); 2] = [
    ("holding", "v1/json:3:py-200us+hold-20ms:x6/tick:py-50us+sleep-10ms:x20"),
    ("overload", "v1/web:4:py-5ms+io-5ms:arrive-exp4ms@400ms"),
];

const KNOWN: &str = include_str!("presets.txt");

/// A line for every preset: its key, the hash of its trace, the number of its events.
fn computed() -> String {
    let mut lines = String::new();
    let mut line = |name: &str, scenario: &Scenario| {
        let trace = gil_sim::run(scenario);
        let (hash, events) = (trace.hash(), trace.events.len());
        writeln!(lines, "{name} {hash:016x} {events}").expect("a string grows");
    };
    for preset in PRESETS {
        line(preset.key, &preset.scenario());
    }
    for (key, notation) in BEFORE {
        line(&format!("{key}-before"), &parse_scenario(notation).expect("an old link opens"));
    }
    lines
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_preset_has_the_same_trace_everywhere() {
    let computed = computed();
    #[cfg(not(target_arch = "wasm32"))]
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/presets.txt");
        std::fs::write(file, &computed).expect("write presets.txt");
        return;
    }
    assert_eq!(computed, KNOWN);
}
