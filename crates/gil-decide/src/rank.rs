//! Which candidate is better: the most expensive failure first.
//!
//! The order is lexicographic with bands. Of the candidates that are left, those whose figure of
//! the first cost is level with the best one's stay; among these the next cost decides in the same
//! way, and so on. Of those that are left then, the one that changes least is the best; with it
//! taken out, the rest is ranked by the same rule.
//!
//! A figure is level with the best where its median still lies within what the best one's seeds
//! have shown, or within a tenth of its median, because the simulation is no more exact than that.
//! It isn't level any more beyond half as much again: one seed far out would make everything level.
//! The other half of [`Spread::is_level`], a wide range that holds the best one's median, doesn't
//! count here: what is sometimes as good isn't as good.
//! Memory is level below a part of the machine's ([`Constraints::memory_threshold`]), and wherever
//! it isn't measured.
//!
//! Three things come before all costs: what takes more memory than there may be, what does less
//! than half of today's work, and what misses the latency budget come after everything that
//! doesn't.

use gil_sim::spread::Spread;
use serde::{Deserialize, Serialize};

use crate::answer::Entry;
use crate::cost::Cost;
use crate::question::Constraints;

/// Figures that differ by less than this part of the better one count as level: the simulation
/// itself is right to about a tenth (see the reality check).
pub const BAND: f64 = 0.10;

/// The part of its median beyond which nothing is level with the best, however far one of its seeds
/// was out.
const WIDEST: f64 = 0.5;

/// Latencies that differ by less than this, in seconds, are level: the noise of wake-ups.
const LATENCY_NOISE: f64 = 200e-6;

/// What a candidate does before costs are looked at: the less the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// It does today's work within the latency budget, if there is one.
    Keeps,
    /// It misses the latency budget.
    MissesBudget,
    /// It does less than half of today's work.
    FallsBehind,
    /// It takes more memory than there may be, as only what runs today can: others are refused.
    TooLarge,
    /// Nobody can ever go on.
    Stuck,
    /// Its run didn't come to an end: it isn't ranked.
    Unfinished,
}

/// Where an entry stands when `now` passes per second are done today.
pub fn standing(entry: &Entry, now: Option<f64>, constraints: &Constraints) -> Standing {
    let figures = &entry.figures;
    let rate = figures.throughput.map_or(0.0, |rate| rate.median);
    let late = constraints
        .latency_budget
        .is_some_and(|budget| figures.wait.is_none_or(|wait| wait.median > budget.as_secs_f64()));
    let large = constraints.memory_limit.is_some_and(|limit| figures.memory > limit);
    if figures.unfinished {
        Standing::Unfinished
    } else if figures.stuck {
        Standing::Stuck
    } else if large {
        Standing::TooLarge
    } else if now.is_some_and(|now| rate < now / 2.0) {
        Standing::FallsBehind
    } else if late {
        Standing::MissesBudget
    } else {
        Standing::Keeps
    }
}

/// What a cost is compared by: less is better.
pub fn value(entry: &Entry, cost: Cost) -> f64 {
    spread(entry, cost).median
}

fn spread(entry: &Entry, cost: Cost) -> Spread {
    let figures = &entry.figures;
    let points = |points: u32| Spread::one(f64::from(points));
    let none = Spread::one(f64::MAX);
    match cost {
        Cost::LatencySpikes => figures.wait.unwrap_or(none),
        // Seconds for a pass.
        Cost::TooSlow => figures.throughput.map_or(none, inverse),
        Cost::MemoryGrowth => Spread::one(figures.memory as f64),
        Cost::BrokenCompatibility => points(entry.compatibility.sum),
        Cost::LargeChange => points(entry.effort.sum),
        Cost::DeveloperConfusion => points(entry.complexity.sum),
    }
}

fn inverse(rate: Spread) -> Spread {
    let seconds = |rate: f64| if rate > 0.0 { 1.0 / rate } else { f64::MAX };
    let (low, high) = (seconds(rate.high), seconds(rate.low));
    Spread { median: seconds(rate.median), low, high, ..rate }
}

/// The largest value of a cost that is level with the best entry's.
pub fn limit(cost: Cost, best: &Entry, constraints: &Constraints) -> f64 {
    let of_best = spread(best, cost);
    let seen = of_best.high.min(of_best.median * (1.0 + WIDEST));
    let measured = seen.max(of_best.median * (1.0 + BAND));
    match cost {
        Cost::LatencySpikes => measured.max(of_best.median * (1.0 + BAND) + LATENCY_NOISE),
        Cost::TooSlow => measured,
        Cost::MemoryGrowth if !best.figures.memory_is_measured => f64::MAX,
        Cost::MemoryGrowth => of_best.median + constraints.memory_threshold() as f64,
        Cost::BrokenCompatibility | Cost::LargeChange | Cost::DeveloperConfusion => of_best.median,
    }
}

/// Those of some entries that stand highest.
fn highest<'a>(
    entries: &[&'a Entry],
    now: Option<f64>,
    constraints: &Constraints,
) -> Vec<&'a Entry> {
    let stand = |entry: &Entry| standing(entry, now, constraints);
    let first = entries.iter().map(|entry| stand(entry)).min();
    entries.iter().copied().filter(|entry| Some(stand(entry)) == first).collect()
}

/// Takes out everything that a cost leaves out, and says who was best by it.
fn leave_out<'a>(
    left: &mut Vec<&'a Entry>,
    cost: Cost,
    constraints: &Constraints,
) -> Option<&'a Entry> {
    let best = *left.iter().min_by(|a, b| value(a, cost).total_cmp(&value(b, cost)))?;
    let limit = limit(cost, best, constraints);
    left.retain(|entry| value(entry, cost) <= limit);
    Some(best)
}

/// All entries whose runs came to an end, the best first.
pub fn rank(entries: &[Entry], now: Option<f64>, constraints: &Constraints) -> Vec<Entry> {
    let order = constraints.order();
    let mut all: Vec<&Entry> = entries.iter().filter(|entry| !entry.figures.unfinished).collect();
    let mut ranked = Vec::new();
    while !all.is_empty() {
        let mut left = highest(&all, now, constraints);
        for cost in &order {
            leave_out(&mut left, *cost, constraints);
        }
        let Some(next) = left.first().copied() else { break };
        all.retain(|entry| entry.candidate != next.candidate);
        ranked.push(next.clone());
    }
    ranked
}

/// Why an entry is not the best: the cost that left it out, and who was best by that cost among
/// those that were left. `None` where it was never left out, or stands too low for costs to decide.
pub fn left_out<'a>(
    ranked: &'a [Entry],
    entry: &Entry,
    now: Option<f64>,
    constraints: &Constraints,
) -> Option<(Cost, &'a Entry)> {
    let all: Vec<&Entry> = ranked.iter().collect();
    let mut left = highest(&all, now, constraints);
    for cost in constraints.order() {
        let best = leave_out(&mut left, cost, constraints)?;
        if value(entry, cost) > limit(cost, best, constraints) {
            return Some((cost, best));
        }
    }
    None
}
