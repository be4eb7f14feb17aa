//! The figures that a decision is made by: those of a group, from several seeds.

use gil_sim::spread::{SEEDS, Spread};
use gil_sim::stats::Memory;
use gil_sim::{Nanos, Scenario};
use serde::{Deserialize, Serialize};

use crate::plan::Plan;
use crate::question::Question;
use crate::sample::Sample;

/// Events of a run beyond which fewer seeds have to do.
const MANY_EVENTS: usize = 250_000;

/// Seeds where a run has many events.
const FEW_SEEDS: u32 = 3;

/// What the runs of a candidate say about the group. Times are in seconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// What a person waits for: p99 of a response or pass, or the makespan of a batch. `None` where
    /// no run has it.
    pub wait: Option<Spread>,
    /// Median of a response or pass; `None` for a batch.
    pub typical: Option<Spread>,
    /// Passes per second, from the group's start on: starting up counts.
    pub throughput: Option<Spread>,
    /// The other group that somebody waits longest for, and its p99 or makespan.
    pub worst: Option<(String, Spread)>,
    /// Bytes of the whole run: an estimate (see [`Memory`]).
    pub memory: u64,
    /// Whether the estimate rests on measurements on this operating system. Where it doesn't, it
    /// is a rough guess and decides nothing.
    pub memory_is_measured: bool,
    /// Until the group's last worker was ready to work.
    pub start_up: Option<Nanos>,
    /// Whether nobody can ever go on.
    pub stuck: bool,
    /// Whether a run didn't come to its end: then there's nothing to rank.
    pub unfinished: bool,
    /// What the figures come from.
    pub basis: Basis,
}

/// What figures come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Runs, each with another seed.
    pub runs: u32,
    /// Passes or responses of the group in the first run.
    pub passes: u64,
    /// Simulated time of the first run.
    pub span: Nanos,
    /// Events of the longest run.
    pub events: usize,
    /// The part of the scenario's work that was run, in percent.
    pub percent: u32,
}

impl Figures {
    /// Runs a scenario with several seeds and measures the group that the question is about.
    pub(crate) fn of(question: &Question, scenario: &Scenario, plan: Plan, seeds: u32) -> Figures {
        let mut samples: Vec<Sample> = Vec::new();
        let mut seeds = seeds;
        let mut number = 0;
        while number < seeds {
            let sample = Sample::take(question, gil_sim::spread::with_seed(scenario, number));
            let ends = sample.stuck || sample.unfinished;
            if sample.events > MANY_EVENTS {
                seeds = seeds.min(FEW_SEEDS);
            }
            samples.push(sample);
            // Another seed doesn't mend it.
            if ends {
                break;
            }
            number += 1;
        }
        Figures::summed_up(scenario, &samples, plan)
    }

    fn summed_up(scenario: &Scenario, samples: &[Sample], plan: Plan) -> Figures {
        let spread = |read: fn(&Sample) -> Option<f64>| Spread::of(samples.iter().map(read));
        let seconds = |read: fn(&Sample) -> Option<Nanos>| {
            Spread::of(samples.iter().map(|sample| read(sample).map(Nanos::as_secs_f64)))
        };
        let first = samples.first();
        let unfinished = samples.iter().any(|sample| sample.unfinished);
        // Figures of what there is of a run would be those of the survivors.
        let whole = |spread: Option<Spread>| spread.filter(|_| !unfinished);
        Figures {
            wait: whole(seconds(|sample| sample.wait)),
            typical: whole(seconds(|sample| sample.typical)),
            throughput: whole(spread(|sample| sample.throughput)),
            worst: worst(samples).filter(|_| !unfinished),
            memory: Memory::of(scenario).total(),
            memory_is_measured: Memory::of(scenario).is_measured(),
            start_up: samples.iter().filter_map(|sample| sample.start_up).max(),
            stuck: samples.iter().any(|sample| sample.stuck),
            unfinished,
            basis: Basis {
                runs: samples.len() as u32,
                passes: first.map_or(0, |sample| sample.passes),
                span: first.map_or(Nanos::ZERO, |sample| sample.span),
                events: samples.iter().map(|sample| sample.events).max().unwrap_or_default(),
                percent: plan.percent,
            },
        }
    }

    /// Seeds for a candidate.
    pub(crate) const SEEDS: u32 = SEEDS;
}

/// The other group that somebody waits longest for, by the first run, with its spread.
fn worst(samples: &[Sample]) -> Option<(String, Spread)> {
    let (name, _) = samples.first()?.others.iter().max_by_key(|(_, wait)| *wait)?;
    let of = |sample: &Sample| {
        let mine = sample.others.iter().find(|(other, _)| other == name);
        mine.map(|(_, wait)| wait.as_secs_f64())
    };
    Some((name.clone(), Spread::of(samples.iter().map(of))?))
}
