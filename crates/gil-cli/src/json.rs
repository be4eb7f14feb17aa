//! What programs read: one dialect for all commands, described in docs/json.md.

use gil_sim::metric::{METRICS, Metric, Of, Scope};
use gil_sim::{DropReason, Group, GroupId, Nanos, Origin, Outcome, Run, State, Strategy};
use serde_json::{Map, Value, json};

/// The version of the dialect, the first field of every document.
pub const FORMAT: &str = "gil/1";

/// A document of a command: the version, then what the command has to say.
pub fn document(content: Value) -> Value {
    let mut document = Map::from_iter([("format".to_owned(), FORMAT.into())]);
    if let Value::Object(content) = content {
        document.extend(content);
    }
    Value::Object(document)
}

/// A run with all its figures. What it does not have is null.
pub fn run(run: &Run) -> Value {
    let Origin::Simulated(scenario) = &run.origin;
    let reasons = DropReason::ALL.map(|one| (key(one.name()), json!(run.stats.handoffs.by(one))));
    let groups =
        scenario.spec().groups.iter().enumerate().map(|(index, one)| group(run, index, one));
    json!({
        "scenario": gil_notation::print_scenario(scenario),
        "outcome": outcome(&run.trace.outcome, run.trace.end),
        "trace_hash": format!("{:016x}", run.trace.hash()),
        "figures": figures(run, Of::Run),
        "groups": groups.collect::<Value>(),
        "handoffs_by_reason": Map::from_iter(reasons),
        "threads": threads(run),
    })
}

/// How a run ended, and when.
pub fn outcome(outcome: &Outcome, at: Nanos) -> Value {
    let kind = kind(outcome);
    let threads = match outcome {
        Outcome::Deadlock(threads) => json!(threads),
        _ => Value::Null,
    };
    json!({ "kind": kind, "at_ns": at, "deadlocked_threads": threads })
}

/// How a run ended, in a word.
pub fn kind(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "completed",
        Outcome::TimeLimit => "time_limit",
        Outcome::EventLimit => "event_limit",
        Outcome::Deadlock(_) => "deadlock",
    }
}

/// All metrics of the run or of a group, by name with unit.
pub fn figures(run: &Run, of: Of) -> Value {
    let wanted = |metric: &&Metric| match of {
        Of::Group(_) => matches!(metric.scope(), Scope::Group | Scope::Either),
        _ => metric.scope() != Scope::Group,
    };
    let all = METRICS.iter().filter(wanted);
    all.map(|metric| (metric.field(), number(metric.read(run, of)))).collect()
}

/// A value in the base of its unit: whole where it is whole, null where there is none.
pub fn number(value: Option<f64>) -> Value {
    match value {
        Some(value) if value.fract() == 0.0 && value.abs() < 9e15 => json!(value as i64),
        Some(value) => json!(value),
        None => Value::Null,
    }
}

fn group(run: &Run, index: usize, group: &Group) -> Value {
    let strategy = match group.strategy {
        Strategy::Threads => "threads",
        other => {
            let known = gil_notation::STRATEGIES.iter().find(|(_, strategy)| *strategy == other);
            known.map_or("threads", |(word, _)| *word)
        }
    };
    json!({
        "name": group.name,
        "count": group.count,
        "strategy": strategy,
        "figures": figures(run, Of::Group(GroupId::of(index))),
    })
}

fn threads(run: &Run) -> Value {
    let threads = run.stats.threads.iter().zip(&run.trace.threads).map(|(figures, thread)| {
        let simulated = State::ALL.into_iter().filter(|state| !state.is_recorded_only());
        let states =
            simulated.map(|one| (format!("{}_ns", key(one.name())), json!(figures.time(one))));
        json!({
            "name": thread.name,
            "group": run.stats.groups.get(thread.group.index()).map(|group| &group.name),
            "gil_held_ns": figures.gil_held,
            "longest_wait_ns": figures.longest_wait,
            "by_state": Map::from_iter(states),
        })
    });
    threads.collect()
}

/// A name as a key, and as a claim has it: `drop_request`.
fn key(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_").to_lowercase()
}
