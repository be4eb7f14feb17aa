//! `gil metrics`: what a claim or a column can be about.

use std::process::ExitCode;

use gil_claims::{METRICS, takes};
use gil_sim::metric::ALIASES;
use serde_json::{Value, json};

use crate::arguments::Metrics;
use crate::error::Failure;
use crate::json;
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
    let metrics = METRICS.iter().map(|metric| {
        let is_it = |(_, new): &&(&str, &str)| *new == metric.key;
        let aliases = ALIASES.iter().filter(is_it).map(|(old, _)| *old);
        json!({
            "key": metric.key,
            "field": metric.field(),
            "title": metric.title,
            "takes": takes(metric),
            "meaning": metric.meaning,
            "unit": metric.unit,
            "better": metric.better,
            "earlier_names": aliases.collect::<Vec<_>>(),
        })
    });
    json::document(json!({ "metrics": metrics.collect::<Value>() }))
}

fn listed() -> String {
    let mut shown = table(&[]);
    for metric in METRICS {
        shown.add_row([format!("{}({})", metric.key, takes(metric)), metric.meaning.to_owned()]);
    }
    let end = "Each takes settings besides: response_p99(web, si=1ms), speedup(cpu, threads=8), \
               wall(strategy=fork).";
    format!("{}\n\n{end}\n", aligned(&shown))
}
