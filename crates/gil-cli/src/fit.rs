//! `gil fit`: the share of a job that holds the GIL, from two times of it.

use std::process::ExitCode;

use gil_record::fit::{Fit, TwoTimes, fit as find};
use gil_sim::Nanos;
use gil_words::factor;
use serde_json::{Value, json};

use crate::arguments;
use crate::error::Failure;
use crate::json;
use crate::output::print;

/// Finds the share and prints it with a scenario.
pub fn fit(arguments: &arguments::Fit) -> Result<ExitCode, Failure> {
    let (threads, many) = arguments.many;
    let times = TwoTimes { one: arguments.one, threads, many, cores: arguments.cores };
    let found = find(&times).map_err(Failure::new)?;
    match arguments.json {
        true => print(&format!("{:#}\n", json::document(as_json(&found))))?,
        false => print(&text(&found))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn text(found: &Fit) -> String {
    let (measured, simulated) = found.speed_up;
    format!(
        "{}\n\n{}\n\nSimulated, its threads are {} as fast as one; measured, {}. gil run, gil sweep \
         and gil compare take the scenario as it stands above.\n",
        found.words,
        found.notation,
        factor(simulated),
        factor(measured)
    )
}

fn as_json(found: &Fit) -> Value {
    json!({
        "finding": found.words,
        "gil_share": found.share,
        "gil_share_lowest": found.range.0,
        "gil_share_highest": found.range.1,
        "rest_waits": found.waits,
        "speed_up_measured": found.speed_up.0,
        "speed_up_simulated": found.speed_up.1,
        "scenario": found.notation,
    })
}

/// A time such as 4.0s.
///
/// # Errors
/// A sentence: it's no time.
pub fn time(text: &str) -> Result<Nanos, String> {
    gil_notation::parse_duration(text.trim()).map_err(|error| error.message)
}

/// A number of threads and their time, as in 4=3.9s.
///
/// # Errors
/// A sentence: what is missing.
pub fn many(text: &str) -> Result<(u16, Nanos), String> {
    let (threads, taken) = text.split_once('=').ok_or("write it as THREADS=TIME, as in 4=3.9s")?;
    let threads =
        threads.trim().parse().map_err(|_| format!("{threads:?} is no number of threads"))?;
    Ok((threads, time(taken)?))
}
