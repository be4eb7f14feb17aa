//! What a shell is offered behind an option: presets, and what can be set and varied.

use std::ffi::OsStr;

use clap_complete::CompletionCandidate;
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter};
use gil_claims::vary::{FIELDS, keys};
use gil_notation::{PRESETS, parse, setting_keys};
use gil_sim::{Python, Scenario};

/// The presets, each with what it shows.
pub fn presets() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let all = PRESETS.iter();
        all.map(|preset| CompletionCandidate::new(preset.key).help(Some(preset.summary.into())))
            .collect()
    })
}

/// What `--over` can name.
pub fn over() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| beginning(current, names(), ""))
}

/// What `--set` can name, with the "=" behind it; of some settings also the values.
pub fn set() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let text = current.to_string_lossy();
        match text.split_once('=') {
            Some(("py" | "python", _)) => {
                let all = Python::ALL.iter().map(|python| format!("py={python}"));
                beginning(current, all.collect(), "")
            }
            Some(_) => Vec::new(),
            None => beginning(current, names(), "="),
        }
    })
}

fn beginning(current: &OsStr, names: Vec<String>, end: &str) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    let mine = names.into_iter().filter(|name| name.starts_with(&*current));
    mine.map(|name| CompletionCandidate::new(format!("{name}{end}"))).collect()
}

/// What the scenario on the command line has; without one, what any scenario may have.
fn names() -> Vec<String> {
    match scenario() {
        Some(scenario) => {
            ["threads", "strategy"].map(str::to_owned).into_iter().chain(keys(&scenario)).collect()
        }
        None => {
            let fields = FIELDS.iter().map(|field| field.name);
            ["threads"].into_iter().chain(fields).chain(setting_keys()).map(str::to_owned).collect()
        }
    }
}

/// The scenario among the words of the command line that is being completed.
fn scenario() -> Option<Scenario> {
    let words = std::env::args().skip_while(|word| word != "--").skip(1);
    words.filter_map(|word| parse(&word).ok()).map(|link| link.scenario).next()
}
