//! What the memory figures say, held against what was measured on three versions of CPython.
#![cfg(not(target_arch = "wasm32"))]

use gil_notation::parse_scenario;
use gil_sim::stats::Memory;
use serde_json::Value;

/// PSS in KiB by kind and number of workers; files that `tests/cpython/memory.py` has printed.
const MEASURED: [&str; 3] = [
    include_str!("../cpython/memory/py3.11.json"),
    include_str!("../cpython/memory/py3.12.json"),
    include_str!("../cpython/memory/py3.13.json"),
];

/// One set of figures stands for three versions, which differ from each other by up to a third:
/// eight forked workers take 36.8 MiB on 3.13 and 48.9 MiB on 3.12, everything else is within a
/// tenth of the mean.
const FACTOR: f64 = 1.25;

fn kib(text: &str) -> f64 {
    let scenario = parse_scenario(text).expect("the notation is valid");
    let memory = Memory::of(&scenario);
    assert!(memory.is_measured(), "{text}");
    memory.total() as f64 / 1024.0
}

#[test]
fn memory_is_what_was_measured() {
    for file in MEASURED {
        let file: Value = serde_json::from_str(file).expect("a measured file");
        let version = file["python"].as_str().and_then(|python| python.rsplit_once('.'));
        let version = version.expect("a version of three numbers").0;
        let kinds = file["pss_kib"].as_object().expect("figures by kind");
        for (kind, by_count) in kinds.iter().filter(|(kind, _)| *kind != "plain") {
            for (count, figures) in by_count.as_object().expect("figures by count") {
                let strategy = match kind.as_str() {
                    "threads" => String::new(),
                    "interpreters" => ":interp".to_owned(),
                    method => format!(":{method}"),
                };
                // 3.11 makes subinterpreters too, but theirs share its GIL.
                let python = if kind == "interpreters" { "3.12" } else { version };
                let simulated = kib(&format!("v1/py={python}/work:{count}:py-1ms{strategy}"));
                let measured = figures["median"].as_f64().expect("a median");
                let error = (simulated / measured).max(measured / simulated);
                assert!(error < FACTOR, "{version}, {kind}, {count}: {simulated}, not {measured}");
            }
        }
    }
}

#[test]
fn forked_workers_share_pages_and_take_less_than_half_of_others() {
    let of = |method: &str| kib(&format!("v1/work:4:py-1ms:{method}"));
    assert!(2.0 * of("fork") < of("forkserver") && 2.0 * of("fork") < of("spawn"));
}

#[test]
fn where_nothing_was_measured_memory_is_a_guess() {
    for text in [
        "v1/os=macos/work:4:py-1ms:spawn",
        "v1/os=windows/work:4:py-1ms",
        "v1/py=3.14t/work:4:py-1ms",
    ] {
        let scenario = parse_scenario(text).expect("the notation is valid");
        assert!(!Memory::of(&scenario).is_measured(), "{text}");
    }
}
