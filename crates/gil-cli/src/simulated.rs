//! A scenario with its run and its figures.

use gil_sim::stats::{SpeedUp, Stats};
use gil_sim::{DropReason, Repeat, Scenario, State, Trace};
use gil_words::Figures;
use serde_json::{Map, Value, json};

/// A scenario that was run.
pub struct Simulated {
    pub scenario: Scenario,
    pub trace: Trace,
    pub stats: Stats,
    pub speed_up: SpeedUp,
}

impl Simulated {
    /// Runs a scenario.
    pub fn new(scenario: Scenario) -> Simulated {
        let trace = gil_sim::run(&scenario);
        let stats = Stats::of(&scenario, &trace);
        let speed_up = SpeedUp::of(&scenario, &trace, &stats);
        Simulated { scenario, trace, stats, speed_up }
    }

    /// What the words are made of.
    pub fn figures(&self) -> Figures<'_> {
        let Simulated { scenario, trace, stats, speed_up } = self;
        Figures { scenario, trace, stats, speed_up }
    }

    /// How much faster a group is than one thread of it alone; `None` where nobody can do its work
    /// alone, as that of a pool that is asked or of those who ask one.
    pub fn speed_up_of(&self, group: usize) -> Option<f64> {
        self.speed_up.of_groups.get(group).copied().filter(|factor| *factor > 0.0)
    }

    /// How much faster the run is than one thread after the other; `None` where there is no such
    /// sequence: where a group's work cannot be done alone, or comes when it comes.
    pub fn over_sequence(&self) -> Option<f64> {
        let arrives = |repeat| matches!(repeat, Repeat::Arrivals { .. } | Repeat::Serve);
        let mut groups = self.scenario.spec().groups.iter();
        let is_sequence = groups.all(|group| !arrives(group.repeat))
            && (0..self.stats.groups.len()).all(|index| {
                self.stats.groups[index].passes == 0 || self.speed_up_of(index).is_some()
            });
        is_sequence.then_some(self.speed_up.over_sequence).filter(|factor| *factor > 0.0)
    }

    /// Figures for programs; what does not apply is null.
    pub fn json(&self) -> Value {
        let of_groups: Vec<_> =
            (0..self.stats.groups.len()).map(|group| self.speed_up_of(group)).collect();
        json!({
            "scenario": gil_notation::print_scenario(&self.scenario),
            "outcome": self.trace.outcome,
            "trace_hash": format!("{:016x}", self.trace.hash()),
            "speed_up": { "of_groups": of_groups, "over_sequence": self.over_sequence() },
            "stats": self.stats_json(),
        })
    }

    /// The figures of the run, times in nanoseconds; what is counted by kind has the kind's name.
    fn stats_json(&self) -> Value {
        let Simulated { stats, trace, .. } = self;
        let reasons = DropReason::ALL.map(|one| (key(one.name()), json!(stats.handoffs.by(one))));
        let threads = stats.threads.iter().zip(&trace.threads).map(|(figures, thread)| {
            let states = State::ALL.map(|one| (key(one.name()), json!(figures.time(one))));
            json!({
                "name": thread.name,
                "gil_held": figures.gil_held,
                "longest_wait": figures.longest_wait,
                "by_state": Map::from_iter(states),
            })
        });
        let mut json = json!(stats);
        json["threads"] = threads.collect();
        json["handoffs"] = json!({
            "total": stats.handoffs.total(),
            "by_reason": Map::from_iter(reasons),
        });
        without_percentiles_of_nothing(&mut json);
        json
    }
}

/// Percentiles of nothing are null: as zeros they would be the best there are.
fn without_percentiles_of_nothing(json: &mut Value) {
    match json {
        Value::Array(all) => all.iter_mut().for_each(without_percentiles_of_nothing),
        Value::Object(map) => {
            if map.contains_key("p50") && map.get("count").is_some_and(|count| *count == 0) {
                for key in ["p50", "p95", "p99", "max"] {
                    map.insert(key.to_owned(), Value::Null);
                }
            }
            map.values_mut().for_each(without_percentiles_of_nothing);
        }
        _ => {}
    }
}

/// A name as a key, and as a claim has it: `drop_request`.
fn key(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_").to_lowercase()
}
