//! What can be read off a run.

use std::fmt;
use std::ops::Range;

use gil_sim::stats::{GroupStats, Latency, Stats};
use gil_sim::sweep::usual_group;
use gil_sim::{DropReason, Nanos, Outcome, Scenario, Trace};
use gil_words::ended;

use crate::error::Fault;
use crate::lab::{Lab, Measured};
use crate::quantity::{Quantity, Unit};
use crate::seeds;
use crate::vary::vary;

/// A figure of a run.
pub struct Metric {
    /// Its name in a claim.
    pub name: &'static str,
    /// What it is, as a sentence without its full stop.
    pub what: &'static str,
    kind: Kind,
}

impl PartialEq for Metric {
    fn eq(&self, other: &Metric) -> bool {
        self.name == other.name
    }
}

impl fmt::Debug for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// What a metric is about, and how it is read off.
enum Kind {
    /// The whole run.
    Run(fn(&Measured) -> Option<Quantity>),
    /// A group.
    Group(fn(&Measured, usize) -> Option<Quantity>),
    /// A group where one is named, otherwise the whole run.
    Either(fn(&Measured, Option<usize>) -> Option<Quantity>),
    /// The whole run, or one reason for letting go of the GIL.
    Reason(fn(&Measured, Option<DropReason>) -> Quantity),
}

const fn run(
    name: &'static str,
    what: &'static str,
    read: fn(&Measured) -> Option<Quantity>,
) -> Metric {
    Metric { name, what, kind: Kind::Run(read) }
}

const fn group(
    name: &'static str,
    what: &'static str,
    read: fn(&Measured, usize) -> Option<Quantity>,
) -> Metric {
    Metric { name, what, kind: Kind::Group(read) }
}

const fn either(
    name: &'static str,
    what: &'static str,
    read: fn(&Measured, Option<usize>) -> Option<Quantity>,
) -> Metric {
    Metric { name, what, kind: Kind::Either(read) }
}

/// All metrics.
pub const METRICS: &[Metric] = &[
    group(
        "speedup",
        "throughput of a group over that of one thread of it alone on the same machine",
        |m, g| done(m, g).and_then(|_| Some(Quantity::one(*m.speed_up().of_groups.get(g)?))),
    ),
    run(
        "speedup_over_sequence",
        "time that all the work would take one after the other, over the time it took",
        |m| {
            (0..m.stats.groups.len())
                .find_map(|g| done(m, g))
                .map(|_| Quantity::one(m.speed_up().over_sequence))
        },
    ),
    group("throughput", "passes of a group per second", |m, g| rate(done(m, g)?.throughput())),
    group("passes", "passes of a group", |m, g| {
        Some(Quantity::one(m.stats.groups.get(g)?.passes as f64))
    }),
    run("wall", "time from the start of the run to its end", |m| {
        (m.trace.outcome == Outcome::Completed).then(|| Quantity::time(m.stats.wall))
    }),
    either("p50", "median time from an I/O completion until its thread goes on", |m, g| {
        io(m, g, |io| io.p50)
    }),
    either("p95", "95th percentile of that time", |m, g| io(m, g, |io| io.p95)),
    either("p99", "99th percentile of that time", |m, g| io(m, g, |io| io.p99)),
    either("worst", "the longest of these times", |m, g| io(m, g, |io| io.max)),
    group("response_p50", "median time from a job's arrival until it is done", |m, g| {
        response(m, g, |jobs| jobs.p50)
    }),
    group("response_p99", "99th percentile of that time", |m, g| response(m, g, |jobs| jobs.p99)),
    group("longest_queue", "jobs of a group that waited at once, at most", |m, g| {
        let queue = m.stats.groups.get(g)?.queue.as_ref()?;
        Some(Quantity::one(f64::from(queue.longest)))
    }),
    Metric {
        name: "handoffs",
        what: "times that the GIL went to another thread, all or for one reason, as drop_request",
        kind: Kind::Reason(|m, reason| {
            let handoffs = &m.stats.handoffs;
            let count = reason.map_or(handoffs.total(), |reason| handoffs.by(reason));
            Quantity::one(count as f64)
        }),
    },
    run("handoff_rate", "handoffs per second", |m| rate(m.stats.handoffs_per_second())),
    run("missed", "woken waiters that found the GIL taken again", |m| {
        Some(Quantity::one(m.stats.missed as f64))
    }),
    run("requests", "drop requests", |m| Some(Quantity::one(m.stats.requests as f64))),
    group("turn", "median time for which a thread of a group keeps the GIL", |m, g| {
        turn(&m.trace, g).map(Quantity::time)
    }),
    run("gil_load", "share of the run in which the GIL is held; several GILs add up", |m| {
        Some(share(m.stats.gil_held, m.stats.wall))
    }),
    either("gil_wait", "share of their time for which threads wait for the GIL", |m, g| match g {
        Some(g) => {
            let group = m.stats.groups.get(g)?;
            Some(share(group.gil_wait, m.stats.wall * threads(&m.trace, g)))
        }
        None => Some(share(m.stats.gil_wait, m.stats.wall * m.trace.threads.len() as u64)),
    }),
    group("longest_wait", "longest time that a thread of a group waits for the GIL", |m, g| {
        let mine = members(&m.trace, g).map(|t| m.stats.threads[t].longest_wait);
        mine.max().map(Quantity::time)
    }),
    run("cores", "cores that are busy, on average", |m| Some(Quantity::one(m.stats.cores_in_use))),
    run("starved", "threads that get the GIL no more", |m| {
        Some(Quantity::one(m.stats.starved.len() as f64))
    }),
    run("memory", "estimate of the memory of all processes, interpreters and threads", |m| {
        Some(Quantity { value: m.stats.memory.total() as f64, unit: Unit::Memory })
    }),
    group("startup", "time until the last thread of a group runs its program", |m, g| {
        Some(Quantity::time(m.stats.groups.get(g)?.start_up))
    }),
];

/// A group that has got something done. Of one that was cut before its first pass nothing is known,
/// and a rate of zero would sound like something.
fn done(m: &Measured, group: usize) -> Option<&GroupStats> {
    let group = m.stats.groups.get(group)?;
    (group.passes > 0 || m.trace.outcome == Outcome::Completed).then_some(group)
}

fn rate(value: f64) -> Option<Quantity> {
    Some(Quantity { value, unit: Unit::Rate })
}

fn share(part: Nanos, whole: Nanos) -> Quantity {
    let value = if whole.is_zero() { 0.0 } else { part.as_secs_f64() / whole.as_secs_f64() };
    Quantity { value, unit: Unit::Share }
}

/// Percentiles of nothing would be zeros, which sounds like the best latency there is.
fn of_some(latency: &Latency, read: fn(&Latency) -> Nanos) -> Option<Quantity> {
    (latency.count > 0).then(|| Quantity::time(read(latency)))
}

fn io(m: &Measured, group: Option<usize>, read: fn(&Latency) -> Nanos) -> Option<Quantity> {
    match group {
        Some(group) => of_some(&m.stats.groups.get(group)?.io, read),
        None => of_some(&m.stats.io, read),
    }
}

fn response(m: &Measured, group: usize, read: fn(&Latency) -> Nanos) -> Option<Quantity> {
    let Stats { groups, .. } = &m.stats;
    of_some(&groups.get(group)?.queue.as_ref()?.response, read)
}

fn members(trace: &Trace, group: usize) -> impl Iterator<Item = usize> + '_ {
    let mine = move |t: &usize| usize::from(trace.threads[*t].group) == group;
    (0..trace.threads.len()).filter(mine)
}

fn threads(trace: &Trace, group: usize) -> u64 {
    members(trace, group).count() as u64
}

fn turn(trace: &Trace, group: usize) -> Option<Nanos> {
    let spans = trace.gils.iter().flat_map(|gil| &gil.spans);
    let mine = spans.filter(|s| usize::from(trace.threads[s.thread.index()].group) == group);
    let lengths: Vec<Nanos> = mine.map(|span| span.end - span.start).collect();
    (!lengths.is_empty()).then(|| Latency::of(lengths).p50)
}

/// What a metric is asked with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Arguments(pub Vec<Argument>);

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Argument {
    pub key: Option<String>,
    pub value: String,
    pub span: Range<usize>,
}

impl Metric {
    /// What it can be asked with besides settings: `GROUP`, `[GROUP]`, `[REASON]` or nothing. A
    /// group that is left out is the one that a sweep would vary; in brackets it is all of them.
    pub fn takes(&self) -> &'static str {
        match self.kind {
            Kind::Run(_) => "",
            Kind::Group(_) => "GROUP",
            Kind::Either(_) => "[GROUP]",
            Kind::Reason(_) => "[REASON]",
        }
    }

    /// The figure of a run, or the median of several where the arguments ask for seeds.
    pub(crate) fn of(
        &self,
        scenario: &Scenario,
        arguments: &Arguments,
        span: &Range<usize>,
        lab: &mut Lab,
    ) -> Result<Quantity, Fault> {
        match seeds::asked(arguments)? {
            None => self.of_one(scenario, arguments, span, lab),
            Some(number) => seeds::median(scenario, number, lab, |scenario, lab| {
                self.of_one(scenario, arguments, span, lab)
            }),
        }
    }

    fn of_one(
        &self,
        scenario: &Scenario,
        arguments: &Arguments,
        span: &Range<usize>,
        lab: &mut Lab,
    ) -> Result<Quantity, Fault> {
        let words: Vec<&Argument> = arguments.0.iter().filter(|a| a.key.is_none()).collect();
        if let Some(second) = words.get(1) {
            return Err(Fault::new("one group or reason is enough", second.span.clone()));
        }
        let word = words.first().copied();
        let reason = self.reason(word)?;
        let named = match self.kind {
            Kind::Reason(_) => None,
            _ => word.map(|word| find_group(scenario, word)).transpose()?,
        };
        if let (Kind::Run(_), Some(word)) = (&self.kind, word) {
            let message = format!("{} is a figure of the whole run, not of a group", self.name);
            return Err(Fault::new(message, word.span.clone()));
        }
        let group = named.unwrap_or_else(|| usual_group(scenario));
        let scenario = changed(scenario, group, arguments)?;
        let measured = lab.measure(&scenario);
        let found = match self.kind {
            Kind::Run(read) => read(&measured),
            Kind::Group(read) => read(&measured, group),
            Kind::Either(read) => read(&measured, named),
            Kind::Reason(read) => Some(read(&measured, reason)),
        };
        found.filter(|found| found.value.is_finite()).ok_or_else(|| {
            let group = &scenario.spec().groups[group].name;
            let why = match &measured.trace.outcome {
                Outcome::Completed if named.is_some() || matches!(self.kind, Kind::Group(_)) => {
                    format!("{group} has none of it")
                }
                Outcome::Completed => "nobody has any of it".to_owned(),
                outcome => format!("it {} after {}", ended(outcome), measured.trace.end),
            };
            Fault::new(format!("the run has no {}: {why}", self.name), span.clone())
        })
    }

    fn reason(&self, word: Option<&Argument>) -> Result<Option<DropReason>, Fault> {
        let (Kind::Reason(_), Some(word)) = (&self.kind, word) else { return Ok(None) };
        let name = |reason: &DropReason| reason.name().replace([' ', '/'], "_").to_lowercase();
        let names: Vec<String> = DropReason::ALL.iter().map(name).collect();
        match names.iter().position(|name| *name == word.value) {
            Some(found) => Ok(DropReason::ALL.get(found).copied()),
            None => {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                Err(Fault::unknown("reason", &word.value, &names, word.span.clone()))
            }
        }
    }
}

fn find_group(scenario: &Scenario, word: &Argument) -> Result<usize, Fault> {
    let groups = &scenario.spec().groups;
    groups.iter().position(|group| group.name == word.value).ok_or_else(|| {
        let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
        Fault::unknown("group", &word.value, &names, word.span.clone())
    })
}

/// The scenario with what the arguments change.
fn changed(scenario: &Scenario, group: usize, arguments: &Arguments) -> Result<Scenario, Fault> {
    let mut scenario = scenario.clone();
    for (index, argument) in arguments.0.iter().enumerate() {
        let Some(key) = argument.key.as_ref().filter(|key| *key != seeds::SEEDS) else { continue };
        if arguments.0[..index].iter().any(|before| before.key == argument.key) {
            return Err(Fault::new(format!("{key} is given twice"), argument.span.clone()));
        }
        scenario = vary(&scenario, group, key, &argument.value)
            .map_err(|message| Fault::new(message, argument.span.clone()))?;
    }
    Ok(scenario)
}
