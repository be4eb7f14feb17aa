//! A published table: snippets that scale without a GIL, and snippets that share a hot object.

use gil_sim::{DEFAULT_SWITCH_INTERVAL, Dist, Python, Repeat, Scenario, Step};
use serde_json::Value;

use super::{Lab, MS, group, python, reasons};
use crate::{Case, Family, Reading, machine, spread};

const WHAT: &str = "The same snippet in about 10 threads at once, over one after the other, on a free-threaded build.";

/// Threads and cores: the source says about 10.
const THREADS: u16 = 10;

/// Below this a snippet shares a hot object: in the table there is nothing between 1.1 and 8.8.
const SHARED: f64 = 2.0;

pub(super) fn cases() -> Vec<Case> {
    let text = include_str!("../../../../tests/cpython/published/free_threading.json");
    let table: Value = serde_json::from_str(text).expect("the published tables are JSON");
    let versions = [("3.13t", "3.13t"), ("3.14t, October 2024", "3.14t")];
    versions
        .into_iter()
        .flat_map(|(column, version)| {
            let figures = table["speed_up"][column].as_object().cloned().unwrap_or_default();
            let figures: Vec<f64> = figures.values().filter_map(Value::as_f64).collect();
            [true, false].map(|shared| case(version, shared, &figures))
        })
        .collect()
}

/// All snippets of a kind are one case: the table does not say what each of them touches.
fn case(version: &str, shared: bool, figures: &[f64]) -> Case {
    let of_kind = figures.iter().copied().filter(|figure| (*figure < SHARED) == shared);
    let kind = if shared { "one hot shared object" } else { "private data" };
    let key = format!("free/{version}/{}", if shared { "shared" } else { "private" });
    Case {
        title: format!("{kind}, {THREADS} threads on {version}"),
        label: format!("{version}, {}", if shared { "shared" } else { "private" }),
        family: Family::SpeedUps,
        what: WHAT,
        scenario: scenario(version, shared, THREADS),
        figure: Reading::SpeedUp {
            alone: Box::new(scenario(version, shared, 1)),
            threads: THREADS,
        },
        unit: "x",
        measured: of_kind.collect(),
        fitted: shared && version == "3.13t",
        tolerance: spread::FREE,
        reason: reasons::find("published", &key),
        key,
    }
}

fn scenario(version: &str, shared: bool, threads: u16) -> Scenario {
    let python_of = Python::find(version).expect("a Python that the engine models");
    let machine = machine().with_cores(THREADS);
    let lab = Lab { python: python_of, machine, spread: &spread::OF_3_11 };
    let work = MS * 20;
    let step = match shared {
        true => Step::Share { object: "hot".to_owned(), work: Dist::Fixed(work) },
        false => python(work),
    };
    let group = group("snippet", threads, vec![step], Repeat::Times(1));
    lab.scenario(DEFAULT_SWITCH_INTERVAL, vec![group])
}
