//! What can be set of a group.

use gil_notation::{STRATEGIES, parse_dist, parse_duration, step_words};
use gil_sim::{Dist, Group, GroupId, Nanos, Repeat, Spec, Step, StepKind, program};

/// A field of a group in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldWords {
    /// Its name: `count`.
    pub name: &'static str,
    /// What it is, without a full stop.
    pub meaning: &'static str,
    /// A value.
    pub example: &'static str,
}

const fn words(name: &'static str, meaning: &'static str, example: &'static str) -> FieldWords {
    FieldWords { name, meaning, example }
}

/// The fields that groups have. Besides, the duration of each step is one: by its word where only
/// one step has it (`web.io`), or by its number as in `controls=time:web.1`, counted from 0.
pub const FIELDS: [FieldWords; 9] = [
    words("count", "threads, tasks or processes; also threads", "16"),
    words("strategy", "what runs them", "fork"),
    words("start", "when they start", "100ms"),
    words("rate", "requests or messages per second; the kind of their gap stays", "200"),
    words("arrive", "gap between two requests, and for how long they arrive", "exp5ms@10s"),
    words("during", "for how long requests arrive", "10s"),
    words("jobs", "jobs in a queue that is there from the start", "100"),
    words("passes", "passes of each", "50"),
    words("for", "for how long each repeats its steps", "1s"),
];

/// The name of a field that has another one besides.
pub fn plain(name: &str) -> &str {
    if name == "threads" { "count" } else { name }
}

/// The fields that can be named without a group.
pub fn general() -> impl Iterator<Item = &'static str> {
    ["threads"].into_iter().chain(FIELDS.iter().map(|field| field.name))
}

pub fn is_general(name: &str) -> bool {
    general().any(|field| field == name)
}

/// All names that a field of a group can have, without the numbers of steps.
pub fn names() -> impl Iterator<Item = &'static str> {
    general().chain(step_words())
}

pub fn is_known(name: &str) -> bool {
    names().any(|field| field == name) || name.parse::<usize>().is_ok()
}

/// The fields that this group has.
pub fn of(group: &Group) -> Vec<String> {
    let has = |field: &&FieldWords| match field.name {
        "rate" => gap(&mut group.clone()).is_some(),
        "arrive" | "during" => matches!(group.repeat, Repeat::Arrivals { .. }),
        "jobs" => matches!(group.repeat, Repeat::Jobs(_)),
        "passes" => matches!(group.repeat, Repeat::Times(_)),
        "for" => matches!(group.repeat, Repeat::For(_)),
        _ => true,
    };
    let fields = FIELDS.iter().filter(has).map(|field| field.name.to_owned());
    let timed = program::walk(&group.steps).filter(|step| step.time().is_some());
    let all: Vec<&str> = timed.map(|step| step.kind().word()).collect();
    let alone = |word: &&&str| all.iter().filter(|other| other == word).count() == 1;
    fields.chain(all.iter().filter(alone).map(|word| (*word).to_owned())).collect()
}

/// Sets a field of a group.
///
/// # Errors
/// A sentence without its full stop.
pub fn set(spec: &mut Spec, group: GroupId, field: &str, value: &str) -> Result<(), String> {
    if field == "count" {
        spec.interventions.clear();
    }
    let Some(group) = spec.group_mut(group) else { return Ok(()) };
    match field {
        "count" => group.count = number(value, "threads")?,
        "strategy" => group.strategy = strategy(value)?,
        "start" => group.start = time(value)?,
        "rate" => set_rate(group, value)?,
        "arrive" => set_arrivals(group, value)?,
        "during" => set_during(group, value)?,
        "jobs" => group.repeat = Repeat::Jobs(number(value, "jobs")?),
        "passes" => group.repeat = Repeat::Times(number(value, "passes")?),
        "for" => group.repeat = Repeat::For(time(value)?),
        _ => *step(group, field)? = dist(value)?,
    }
    Ok(())
}

fn number<T: std::str::FromStr>(value: &str, what: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("expected a number of {what}"))
}

fn time(value: &str) -> Result<Nanos, String> {
    parse_duration(value).map_err(|error| error.message)
}

fn dist(value: &str) -> Result<Dist, String> {
    parse_dist(value).map_err(|error| error.message)
}

fn strategy(name: &str) -> Result<gil_sim::Strategy, String> {
    let named = STRATEGIES.iter().find(|(word, _)| *word == name);
    named.map(|(_, strategy)| *strategy).ok_or_else(|| {
        let words = STRATEGIES.map(|(word, _)| word).join(", ");
        format!("there is no strategy {name:?}; a strategy is one of {words}")
    })
}

/// The gap between two requests or messages of a group.
fn gap(group: &mut Group) -> Option<&mut Dist> {
    if let Repeat::Arrivals { every, .. } = &mut group.repeat {
        return Some(every);
    }
    let recv = StepKind::Receive.word();
    durations(&mut group.steps).into_iter().find(|(word, _)| *word == recv).map(|(_, every)| every)
}

fn set_rate(group: &mut Group, value: &str) -> Result<(), String> {
    let text = value.strip_suffix("/s").unwrap_or(value);
    let rate = text.parse::<f64>().ok().filter(|rate| rate.is_finite() && *rate > 0.0);
    let rate = rate.ok_or("expected a rate per second, as 200 or 200/s")?;
    let name = group.name.clone();
    let every = gap(group).ok_or_else(|| {
        format!("nothing arrives at {name}: it has neither arrive- nor a recv- step")
    })?;
    *every = with_mean(*every, 1e9 / rate);
    Ok(())
}

/// A duration of the same kind with another mean, in nanoseconds.
fn with_mean(dist: Dist, mean: f64) -> Dist {
    let factor = mean / (dist.mean().0 as f64).max(1.0);
    let scaled = |time: Nanos| Nanos((time.0 as f64 * factor).round() as u64);
    let exact = Nanos(mean.round() as u64);
    match dist {
        Dist::Fixed(_) => Dist::Fixed(exact),
        Dist::Exponential(_) => Dist::Exponential(exact),
        Dist::Uniform(low, high) => Dist::Uniform(scaled(low), scaled(high)),
        Dist::LogNormal(median, p95) => Dist::LogNormal(scaled(median), scaled(p95)),
    }
}

fn set_arrivals(group: &mut Group, value: &str) -> Result<(), String> {
    let (every, during) = match value.split_once('@') {
        Some((every, during)) => (dist(every)?, Some(time(during)?)),
        None => (dist(value)?, None),
    };
    let now = match group.repeat {
        Repeat::Arrivals { during, .. } => Some(during),
        _ => None,
    };
    let during = during.or(now).ok_or_else(|| {
        format!("no requests arrive at {}; say for how long, as in {value}@1s", group.name)
    })?;
    group.repeat = Repeat::Arrivals { every, during };
    Ok(())
}

fn set_during(group: &mut Group, value: &str) -> Result<(), String> {
    let time = time(value)?;
    match &mut group.repeat {
        Repeat::Arrivals { during, .. } => *during = time,
        _ => return Err(format!("no requests arrive at {}", group.name)),
    }
    Ok(())
}

/// The duration of a step, by its word or by its number.
fn step<'a>(group: &'a mut Group, field: &str) -> Result<&'a mut Dist, String> {
    let name = group.name.clone();
    if let Ok(index) = field.parse::<usize>() {
        let count = group.steps.len();
        let step = group.steps.get_mut(index).ok_or_else(|| {
            format!("{name} has {count} steps, counted from 0: there is no step {index}")
        })?;
        return step
            .time_mut()
            .ok_or_else(|| format!("step {index} of {name} has no duration of its own"));
    }
    let mut mine = durations(&mut group.steps).into_iter().filter(|(word, _)| *word == field);
    match (mine.next(), mine.next()) {
        (Some((_, dist)), None) => Ok(dist),
        (None, _) => Err(format!("{name} has no step {field}- with a duration")),
        (Some(_), Some(_)) => Err(format!(
            "{name} has several steps {field}-; name one by its number, counted from 0, as {name}.1"
        )),
    }
}

/// All steps with a duration, those within locks included, by their words.
fn durations(steps: &mut [Step]) -> Vec<(&'static str, &mut Dist)> {
    let parts = program::parts_mut(steps).into_iter();
    parts.filter_map(|step| Some((step.kind().word(), step.time_mut()?))).collect()
}

/// Requests or messages that arrive at a group per second; `None` where nothing arrives.
pub fn rate(group: &Group) -> Option<f64> {
    let mean = gap(&mut group.clone())?.mean();
    (!mean.is_zero()).then(|| 1e9 / mean.0 as f64)
}
