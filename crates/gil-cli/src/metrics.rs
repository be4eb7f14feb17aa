//! `gil metrics`: what a claim or a column can be about.

use std::process::ExitCode;

use gil_claims::METRICS;
use serde_json::{Value, json};

use crate::arguments::Metrics;
use crate::error::Failure;
use crate::output::{aligned, print, table};

/// Lists all metrics.
pub fn metrics(arguments: &Metrics) -> Result<ExitCode, Failure> {
    match arguments.json {
        true => print(&format!("{:#}\n", as_json()))?,
        false => print(&listed())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json() -> Value {
    let metrics = METRICS
        .iter()
        .map(|metric| json!({ "name": metric.name, "takes": metric.takes(), "what": metric.what }));
    metrics.collect()
}

fn listed() -> String {
    let mut shown = table(&[]);
    for metric in METRICS {
        shown.add_row([format!("{}({})", metric.name, metric.takes()), metric.what.to_owned()]);
    }
    let end = "Each takes settings besides: p99(io, si=1ms), speedup(cpu, threads=8), \
               wall(strategy=fork).";
    format!("{}\n\n{end}\n", aligned(&shown))
}
