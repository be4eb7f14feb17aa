//! A scenario with one thing changed.

use gil_notation::{STRATEGIES, parse_scenario, print_scenario};
use gil_sim::{Invalid, Scenario};

/// The scenario with one thing changed: `threads` and `strategy` are those of the group with this
/// index, any other key is a setting of the notation, as `si` or `py`. Another number of threads
/// leaves interventions out, which are about these threads and no others.
///
/// # Errors
/// A sentence without its full stop: no such key, or a value that it cannot have here.
pub fn vary(scenario: &Scenario, group: usize, key: &str, value: &str) -> Result<Scenario, String> {
    match key {
        "threads" => {
            let threads = value.parse::<u16>();
            let threads = threads.map_err(|_| "expected a number of threads".to_owned())?;
            gil_sim::stats::with_threads(scenario, group, threads).map_err(first_message)
        }
        "strategy" => with_strategy(scenario, group, value),
        _ => with_setting(scenario, key, value),
    }
}

fn first_message(found: Vec<Invalid>) -> String {
    found.into_iter().next().map_or_else(String::new, |invalid| invalid.message)
}

fn with_strategy(scenario: &Scenario, group: usize, name: &str) -> Result<Scenario, String> {
    let named = STRATEGIES.iter().find(|(word, _)| *word == name);
    let (_, strategy) = named.ok_or_else(|| {
        let words = STRATEGIES.map(|(word, _)| word).join(", ");
        format!("there is no strategy {name:?}; a strategy is one of {words}")
    })?;
    let mut spec = scenario.spec().clone();
    if let Some(group) = spec.groups.get_mut(group) {
        group.strategy = *strategy;
    }
    Scenario::new(spec).map_err(first_message)
}

/// The scenario with one setting of the notation replaced.
fn with_setting(scenario: &Scenario, key: &str, value: &str) -> Result<Scenario, String> {
    // It would be the next setting or group.
    if key.contains('/') || value.contains('/') {
        return Err("neither a setting nor its value has a \"/\"".to_owned());
    }
    let text = print_scenario(scenario);
    let is_it = |segment: &str| segment.split_once('=').is_some_and(|(name, _)| name == key);
    let mut segments: Vec<&str> = text.split('/').filter(|segment| !is_it(segment)).collect();
    let setting = format!("{key}={value}");
    segments.insert(1.min(segments.len()), &setting);
    parse_scenario(&segments.join("/")).map_err(|error| error.message)
}
