//! Which candidate is better: the expensive failure first.
//!
//! The order is lexicographic with bands. Of the candidates that are left, those whose figure of
//! the first cost is within a band of the best one stay; among these the next cost decides in the
//! same way, and so on. Who is left then, the least change first, is the best; with it taken out,
//! the rest is ranked by the same rule. Bands are relative to the best figure, because what differs
//! by less than a tenth differs no more than two runs do.
//!
//! Three things come before all costs: what takes more memory than there may be is no answer, what
//! does less than half of today's work is none to this question, and what misses the latency budget
//! is none as long as others keep it.

use serde::{Deserialize, Serialize};

use crate::answer::Entry;
use crate::question::{Constraints, Cost};

/// Measured figures that differ by less than this part of the best count as equal.
pub const BAND: f64 = 0.10;

/// Latencies that differ by less than this, in seconds, count as equal: the noise of wake-ups.
const LATENCY_NOISE: f64 = 200e-6;

/// Bytes that nobody decides by: a bare process more or less (15 to 16 MiB were measured), which is
/// no reason to move to another Python.
const MEMORY_NOISE: f64 = 16.0 * 1024.0 * 1024.0;

/// What a candidate does before costs are looked at: the less the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// It does today's work within the latency budget, if there is one.
    Keeps,
    /// Its p99 is beyond the latency budget.
    MissesBudget,
    /// It does less than half of today's work.
    FallsBehind,
    /// It takes more memory than there may be, as only what runs now can: others are refused.
    TooLarge,
    /// Nobody can ever go on.
    Stuck,
}

/// Where an entry stands when `now` passes per second are done today.
pub fn standing(entry: &Entry, now: f64, constraints: &Constraints) -> Standing {
    let figures = &entry.figures;
    let late = constraints.latency_budget.is_some_and(|budget| figures.latency.p99 > budget);
    let large = constraints.memory_limit.is_some_and(|limit| figures.memory > limit);
    if figures.stuck {
        Standing::Stuck
    } else if large {
        Standing::TooLarge
    } else if figures.throughput < now / 2.0 {
        Standing::FallsBehind
    } else if late {
        Standing::MissesBudget
    } else {
        Standing::Keeps
    }
}

/// What a cost is compared by: less is better.
pub fn value(entry: &Entry, cost: Cost) -> f64 {
    let figures = &entry.figures;
    match cost {
        Cost::LatencySpikes => figures.latency.p99.as_secs_f64(),
        // Seconds for a pass.
        Cost::TooSlow if figures.throughput > 0.0 => 1.0 / figures.throughput,
        Cost::TooSlow => f64::MAX,
        Cost::MemoryGrowth => figures.memory as f64,
        Cost::BrokenCompatibility => f64::from(entry.compatibility.sum),
        Cost::DeveloperConfusion => f64::from(entry.complexity.sum),
    }
}

/// The largest value that counts as equal to the best.
pub fn band(cost: Cost, best: f64) -> f64 {
    match cost {
        Cost::LatencySpikes => best * (1.0 + BAND) + LATENCY_NOISE,
        Cost::MemoryGrowth => best * (1.0 + BAND) + MEMORY_NOISE,
        Cost::TooSlow => best * (1.0 + BAND),
        Cost::BrokenCompatibility | Cost::DeveloperConfusion => best,
    }
}

/// The best of some entries, and the cost that decided: the last one that left somebody out.
fn best(entries: &[&Entry], order: &[Cost], now: f64, constraints: &Constraints) -> Option<usize> {
    let stand = |entry: &Entry| standing(entry, now, constraints);
    let first = entries.iter().map(|entry| stand(entry)).min()?;
    let mut left: Vec<usize> = (0..entries.len()).filter(|n| stand(entries[*n]) == first).collect();
    for cost in order {
        let values = left.iter().map(|n| value(entries[*n], *cost));
        let limit = band(*cost, values.fold(f64::MAX, f64::min));
        left.retain(|n| value(entries[*n], *cost) <= limit);
    }
    left.first().copied()
}

/// All entries, the best first.
pub fn rank(entries: &[Entry], now: f64, constraints: &Constraints) -> Vec<Entry> {
    let order = constraints.order();
    let mut left: Vec<&Entry> = entries.iter().collect();
    let mut ranked = Vec::new();
    while let Some(next) = best(&left, &order, now, constraints) {
        ranked.push(left.remove(next).clone());
    }
    ranked
}

/// Why an entry is not the best: the cost that left it out, and who was best by that cost among
/// those that were left. `None` where it was never left out, or stands too low for costs to decide.
pub fn left_out<'a>(
    ranked: &'a [Entry],
    entry: &Entry,
    now: f64,
    constraints: &Constraints,
) -> Option<(Cost, &'a Entry)> {
    let stand = |entry: &Entry| standing(entry, now, constraints);
    let first = ranked.iter().map(stand).min()?;
    let mut left: Vec<&Entry> = ranked.iter().filter(|entry| stand(entry) == first).collect();
    for cost in constraints.order() {
        let best = *left.iter().min_by(|a, b| value(a, cost).total_cmp(&value(b, cost)))?;
        let limit = band(cost, value(best, cost));
        if value(entry, cost) > limit {
            return Some((cost, best));
        }
        left.retain(|entry| value(entry, cost) <= limit);
    }
    None
}
