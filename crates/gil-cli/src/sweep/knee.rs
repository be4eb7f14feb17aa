//! `gil sweep --knee`: the rate of requests at which the response time takes off.
//!
//! The knee is the highest rate at which the 99th percentile of the response is at most twice what
//! it is in calm, where requests hardly meet. Each rate is run with at least 2,000 requests and
//! three seeds, of which the median counts; a run that does not answer enough of its requests to
//! have the percentile, or that is cut, is beyond the knee. It is bisected to within 2 percent.
//!
//! What gives out first is read off still more requests, half as many again each time until
//! something is taken nine tenths of the time: the GIL or the cores, otherwise the members of a
//! group, because whoever waits for the GIL or for a core keeps its place. At the knee itself
//! nothing need be full: the response takes off while requests queue more and more often.

use std::process::ExitCode;

use gil_claims::Target;
use gil_claims::vary::rate;
use gil_sim::spread::with_seed;
use gil_sim::{Group, GroupId, Nanos, Repeat, Run, Scenario, Spec, State, Strategy, bounds};
use gil_words::{number, percent};
use serde_json::{Value, json};

use super::{group, named_group, without_interventions};
use crate::arguments::Sweep;
use crate::error::Failure;
use crate::input;
use crate::json;
use crate::output::{aligned, print, table};

/// How many times the calm response a rate may have.
const FACTOR: f64 = 2.0;
/// Requests of a run, at least.
const REQUESTS: f64 = 2_000.0;
/// Runs of a rate.
const SEEDS: u32 = 3;
/// How close the rates before and behind the knee are.
const CLOSE: f64 = 1.02;
/// A response that falls by less than this at half the rate is calm.
const CALM: f64 = 0.95;
/// Halvings and doublings, at most.
const STEPS: usize = 12;
/// A resource that is taken for this part of the time is full.
const FULL: f64 = 0.9;
/// How much more is tried each time until something is full.
const BEYOND: f64 = 1.5;

/// A rate and what it gives.
#[derive(Clone, Copy)]
struct Load {
    rate: f64,
    /// The 99th percentile of the response; `None` where too many requests were not answered.
    p99: Option<Nanos>,
}

/// What was found.
struct Knee {
    calm: Load,
    /// The last rate within the bound.
    last: Load,
    /// The first one beyond it.
    first: Load,
    used: Used,
}

/// What is taken, each as a part of all there is of it, in an overload.
struct Used {
    rate: f64,
    gil: Option<f64>,
    cores: f64,
    /// The group whose members are taken most, and for what part of the time.
    members: (GroupId, f64),
}

/// Finds the knee of the group that requests arrive at.
pub fn knee(arguments: &Sweep) -> Result<ExitCode, Failure> {
    let scenario = input::scenario(&arguments.scenario, &arguments.set)?;
    let scenario = without_interventions(scenario);
    let at = asked_group(&scenario, arguments)?;
    let search = Search { scenario, group: at };
    let found = search.find()?;
    match arguments.json {
        true => print(&format!("{:#}\n", search.json(&found)))?,
        false => print(&search.text(&found))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn asked_group(scenario: &Scenario, arguments: &Sweep) -> Result<GroupId, Failure> {
    let help = "--knee varies the rate of requests: a group has some with arrive-exp5ms@10s";
    if let Some(over) = arguments.over.iter().find(|over| !over.key().ends_with("rate")) {
        let message = format!("--knee looks for a rate, and --over {} is none", over.key());
        return Err(Failure::new(message).help(help));
    }
    let spec = scenario.spec();
    let repeat = |at: GroupId| spec.group(at).map(|group| group.repeat);
    let arrives = |at: &GroupId| matches!(repeat(*at), Some(Repeat::Arrivals { .. }));
    let named = named_group(&arguments.over, arguments.group.as_deref())?;
    let named = named.map(|name| group(scenario, Some(name))).transpose()?;
    let found =
        named.or_else(|| spec.numbered_groups().map(|(at, _)| at).find(arrives)).filter(arrives);
    found.ok_or_else(|| match named {
        Some(at) => Failure::new(format!("no requests arrive at {}", name(spec, at))).help(help),
        None => Failure::new("no requests arrive at any group of this scenario").help(help),
    })
}

struct Search {
    scenario: Scenario,
    group: GroupId,
}

impl Search {
    fn name(&self) -> &str {
        name(self.scenario.spec(), self.group)
    }

    fn find(&self) -> Result<Knee, Failure> {
        let now = self.scenario.spec().group(self.group).and_then(rate).unwrap_or(1.0);
        let calm = self.calm(now)?;
        let (mut last, mut first) = self.around(calm)?;
        while first.rate / last.rate > CLOSE {
            let middle = self.load((first.rate * last.rate).sqrt())?;
            if within(&calm, &middle) {
                last = middle;
            } else {
                first = middle;
            }
        }
        let used = self.overload(first.rate)?;
        Ok(Knee { calm, last, first, used })
    }

    /// Halves the rate until the response no longer falls.
    fn calm(&self, now: f64) -> Result<Load, Failure> {
        let mut load = self.load(now)?;
        for _ in 0..STEPS {
            let half = self.load(load.rate / 2.0)?;
            let is_calm = match (half.p99, load.p99) {
                (Some(half), Some(load)) => half.0 as f64 > load.0 as f64 * CALM,
                _ => false,
            };
            load = half;
            if is_calm {
                break;
            }
        }
        let too_slow =
            || Failure::new(format!("{} does not keep up at any rate that was tried", self.name()));
        load.p99.map(|_| load).ok_or_else(too_slow)
    }

    /// Doubles the rate until the response is beyond the bound.
    fn around(&self, calm: Load) -> Result<(Load, Load), Failure> {
        let mut last = calm;
        for _ in 0..2 * STEPS {
            let next = self.load(last.rate * 2.0)?;
            if !within(&calm, &next) {
                return Ok((last, next));
            }
            last = next;
        }
        let message = format!(
            "there is no knee: at {} requests per second {} still answers as in calm",
            number(last.rate),
            self.name()
        );
        Err(Failure::new(message))
    }

    /// Runs a rate.
    fn load(&self, rate: f64) -> Result<Load, Failure> {
        let scenario = self.at(rate)?;
        let mut all: Vec<Option<Nanos>> = (0..SEEDS)
            .map(|seed| {
                let run = Run::of(with_seed(&scenario, seed));
                run.stats.group(self.group)?.response.as_ref()?.p99
            })
            .collect();
        // What is not there is later than everything.
        all.sort_by_key(|p99| p99.unwrap_or(Nanos(u64::MAX)));
        Ok(Load { rate, p99: all[all.len() / 2] })
    }

    /// The scenario with this rate, and requests enough.
    fn at(&self, rate: f64) -> Result<Scenario, Failure> {
        let failure = |why: String| {
            Failure::new(format!("{} requests per second cannot be run: {why}", number(rate)))
        };
        let target = Target::Group(None, "rate".to_owned());
        let varied = target.set(&self.scenario, self.group, &rate.to_string()).map_err(failure)?;
        let mut spec: Spec = varied.into_spec();
        let least = Nanos((REQUESTS / rate * 1e9) as u64).min(*bounds::MOMENT.end());
        let repeat = spec.group_mut(self.group).map(|group| &mut group.repeat);
        if let Some(Repeat::Arrivals { during, .. }) = repeat {
            *during = (*during).max(least);
            spec.limits.time = (*during * 2).clamp(spec.limits.time, *bounds::LIMIT_TIME.end());
        }
        spec.limits.events = *bounds::LIMIT_EVENTS.end();
        let first = |found: Vec<gil_sim::Invalid>| {
            failure(found.into_iter().next().map_or_else(String::new, |invalid| invalid.message))
        };
        Scenario::new(spec).map_err(first)
    }

    /// More and more requests, until something is full.
    fn overload(&self, knee: f64) -> Result<Used, Failure> {
        let mut used = self.used(knee * BEYOND)?;
        for _ in 0..STEPS {
            if used.full().is_some() {
                break;
            }
            used = self.used(used.rate * BEYOND)?;
        }
        Ok(used)
    }

    /// What is taken at a rate.
    fn used(&self, rate: f64) -> Result<Used, Failure> {
        let scenario = self.at(rate)?;
        let run = Run::of(scenario.clone());
        let members = scenario.spec().numbered_groups();
        let members = members
            .filter(|(_, group)| group.repeat.has_queue())
            .filter_map(|(id, group)| Some((id, taken(&run, group, id)?)));
        let members = members.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((self.group, 0.0));
        Ok(Used {
            rate,
            gil: run.stats.gil_load.map(|load| load.max),
            cores: run.stats.cores_in_use / f64::from(scenario.spec().machine.cores),
            members,
        })
    }

    fn text(&self, found: &Knee) -> String {
        let Knee { calm, last, first, used } = found;
        let name = self.name();
        let mut shown = table(&["requests per second", "response p99", ""]);
        for (load, words) in [(calm, "in calm"), (last, "at most twice that"), (first, "beyond")] {
            let p99 = load.p99.map_or_else(|| "not answered".to_owned(), |p99| p99.to_string());
            shown.add_row([number(load.rate), p99, words.to_owned()]);
        }
        format!(
            "{name} keeps up with {} requests per second.\n\n{}\n\n{}\n",
            number(last.rate),
            aligned(&shown),
            self.reason(used)
        )
    }

    /// What is full beyond the knee, in a sentence or two.
    fn reason(&self, used: &Used) -> String {
        let (group, taken) = used.members;
        let group = &self.scenario.spec().groups[group.index()];
        let gil = used.gil.map(|gil| format!("the GIL is held {} of the time", percent(gil)));
        let cores = format!("the cores are busy {}", percent(used.cores));
        let members = format!(
            "{} of {} {}",
            members(group.strategy, group.count),
            group.name,
            percent(taken)
        );
        let members = format!("and {members}");
        let why = match used.full() {
            Some(Full::Gil) => "What gives out first is the GIL".to_owned(),
            Some(Full::Cores) => "What gives out first is the cores".to_owned(),
            Some(Full::Members) => format!("What gives out first is the pool {}", group.name),
            None => "Nothing is full".to_owned(),
        };
        let all = gil.into_iter().chain([cores, members]).collect::<Vec<_>>().join(", ");
        format!("{why}: at {} requests per second {all}.", number(used.rate))
    }

    fn json(&self, found: &Knee) -> Value {
        let load = |load: &Load| json!({ "rate_per_s": load.rate, "response_p99_ns": load.p99.map(|p99| p99.0) });
        let used = &found.used;
        json::document(json!({
            "scenario": gil_notation::print_scenario(&self.scenario),
            "group": self.name(),
            "knee": {
                "calm": load(&found.calm),
                "last": load(&found.last),
                "first_beyond": load(&found.first),
                "reason": used.full().map(Full::key),
            },
            "overload": {
                "rate_per_s": used.rate,
                "gil_load_share": used.gil,
                "cores_share": used.cores,
                "members_share": used.members.1,
                "members_of": name(self.scenario.spec(), used.members.0),
            },
        }))
    }
}

/// What there is no more of.
#[derive(Clone, Copy)]
enum Full {
    Gil,
    Cores,
    Members,
}

impl Full {
    fn key(self) -> &'static str {
        match self {
            Full::Gil => "gil",
            Full::Cores => "cores",
            Full::Members => "members",
        }
    }
}

impl Used {
    fn full(&self) -> Option<Full> {
        match self.gil {
            Some(gil) if gil >= FULL => Some(Full::Gil),
            _ if self.cores >= FULL => Some(Full::Cores),
            _ if self.members.1 >= FULL => Some(Full::Members),
            _ => None,
        }
    }
}

fn name(spec: &Spec, group: GroupId) -> &str {
    spec.group(group).map_or("", |group| &group.name)
}

fn within(calm: &Load, load: &Load) -> bool {
    let bound = calm.p99.map(|p99| p99.0 as f64 * FACTOR);
    load.p99.zip(bound).is_some_and(|(p99, bound)| p99.0 as f64 <= bound)
}

/// For what part of the time the members of a group have a job.
fn taken(run: &Run, group: &Group, id: GroupId) -> Option<f64> {
    let wall = run.stats.wall.as_secs_f64().max(f64::MIN_POSITIVE);
    // Tasks are not threads: what they have done is counted instead.
    if group.strategy == Strategy::Asyncio {
        let figures = run.stats.group(id)?;
        let mean = figures.pass.as_ref().and_then(|pass| pass.mean).unwrap_or_default();
        return Some(mean.as_secs_f64() * figures.passes as f64 / (wall * f64::from(group.count)));
    }
    let free = [State::Idle, State::NotStarted, State::StartingUp, State::Finished];
    let mine = run.trace.threads.iter().zip(&run.stats.threads);
    let mine: Vec<f64> = mine
        .filter(|(thread, _)| thread.group == id)
        .map(|(_, stats)| free.iter().map(|state| stats.time(*state).as_secs_f64()).sum())
        .collect();
    let all = wall * mine.len().max(1) as f64;
    Some(1.0 - mine.iter().sum::<f64>() / all)
}

fn members(strategy: Strategy, count: u16) -> String {
    let word = match strategy {
        Strategy::Threads | Strategy::Sequential => "thread",
        Strategy::Processes(_) => "process",
        Strategy::Interpreters => "subinterpreter",
        Strategy::Asyncio => "task",
    };
    let many = if word == "process" { "processes".to_owned() } else { format!("{word}s") };
    format!("the {count} {}", if count == 1 { word } else { &many })
}
