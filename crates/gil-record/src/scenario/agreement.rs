//! A recording and the simulation of the scenario made from it, figure by figure.

use gil_sim::{Nanos, ThreadId};
use gil_words::{number, percent, rate, time};

use super::Made;
use crate::findings::{ThreadFindings, rank};
use crate::group::Group;
use crate::{Findings, Recording};

/// Percentiles of fewer waits say nothing.
const WAITS: usize = 5;

/// A figure that both have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The share of the threads' time in which they had the GIL.
    Held,
    /// The share of their time in which they waited for it.
    Waited,
    /// The median of their waits.
    MedianWait,
    /// The 90th percentile.
    P90Wait,
    /// The longest.
    LongestWait,
    /// How often a thread got the GIL, per second.
    Turns,
}

impl Figure {
    /// All of them.
    pub const ALL: [Figure; 6] = [
        Figure::Held,
        Figure::Waited,
        Figure::MedianWait,
        Figure::P90Wait,
        Figure::LongestWait,
        Figure::Turns,
    ];

    /// What it's called.
    pub fn name(self) -> &'static str {
        match self {
            Figure::Held => "GIL held",
            Figure::Waited => "GIL waited",
            Figure::MedianWait => "median wait",
            Figure::P90Wait => "p90 wait",
            Figure::LongestWait => "longest wait",
            Figure::Turns => "turns per second",
        }
    }

    /// Whether its error is a difference of shares; otherwise it's a ratio.
    pub fn is_share(self) -> bool {
        matches!(self, Figure::Held | Figure::Waited)
    }

    /// A value of it, in words.
    pub fn words(self, value: f64) -> String {
        match self {
            Figure::Held | Figure::Waited => percent(value),
            Figure::MedianWait | Figure::P90Wait | Figure::LongestWait => time(value),
            Figure::Turns => rate(value),
        }
    }

    /// Of some threads: a share of 1, nanoseconds, or per second. `None` where there's nothing to
    /// tell, as of waits where nobody waits, or only a few times.
    fn of(self, threads: &[&ThreadFindings]) -> Option<f64> {
        let sum = |time: fn(&ThreadFindings) -> Nanos| {
            threads.iter().map(|found| time(found).as_secs_f64()).sum::<f64>()
        };
        let there = Some(sum(|found| found.there)).filter(|there| *there > 0.0)?;
        let wait = |permille| {
            let waits = waits(threads);
            Some(rank(&waits, permille)?.0 as f64).filter(|_| waits.len() >= WAITS)
        };
        match self {
            Figure::Held => Some(sum(ThreadFindings::held) / there),
            Figure::Waited => Some(sum(|found| found.waits.total) / there),
            Figure::MedianWait => wait(500),
            Figure::P90Wait => wait(900),
            Figure::LongestWait => wait(1_000),
            Figure::Turns => {
                let turns: u64 = threads.iter().map(|found| found.turns).sum();
                Some(turns as f64 / there)
            }
        }
    }
}

/// A figure of a group, recorded and simulated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// The group's index in the scenario.
    pub group: usize,
    /// The figure.
    pub figure: Figure,
    /// What was recorded: a share of 1, nanoseconds, or per second.
    pub recorded: Option<f64>,
    /// What the simulation says, looked at as often as the profiler looked.
    pub simulated: Option<f64>,
}

impl Row {
    /// How far off the simulation is: for a share the difference of the two, for anything else
    /// their ratio less 1. `None` where one of them is missing.
    pub fn error(&self) -> Option<f64> {
        let (recorded, simulated) = (self.recorded?, self.simulated?);
        match self.figure.is_share() {
            true => Some(simulated - recorded),
            false => (recorded > 0.0).then(|| simulated / recorded - 1.0),
        }
    }
}

impl Row {
    /// The error in words: points of a share, percent of anything else, with its sign.
    pub fn error_words(&self) -> Option<String> {
        let rounded = (self.error()? * 1_000.0).round() / 10.0;
        let sign = if rounded > 0.0 { "+" } else { "" };
        let unit = if self.figure.is_share() { "points" } else { "%" };
        Some(format!("{sign}{} {unit}", number(rounded)))
    }
}

/// A recording and its simulation.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// By group, then by figure.
    pub rows: Vec<Row>,
}

impl Agreement {
    /// Runs the scenario and holds it against the recording that it was made from.
    pub fn of(made: &Made, recording: &Recording, findings: &Findings) -> Agreement {
        let trace = gil_sim::run(&made.scenario);
        let simulated = Recording::sampled(&trace, recording.period.unwrap_or(Nanos::ZERO));
        let found = Findings::of(&simulated);
        let rows = made.groups.iter().enumerate().flat_map(|(at, group)| {
            let recorded = of_group(findings, &findings.groups[*group]);
            let members = trace.threads.iter().enumerate();
            let members = members.filter(|(_, thread)| thread.group.index() == at);
            let threads = members.map(|(id, _)| ThreadId(id as u16)).collect();
            let simulated = of_group(&found, &Group { name: String::new(), threads });
            Figure::ALL.map(|figure| Row {
                group: at,
                figure,
                recorded: figure.of(&recorded),
                simulated: figure.of(&simulated),
            })
        });
        Agreement { rows: rows.collect() }
    }

    /// The largest error of a share: a difference, of 1.
    pub fn worst_share(&self) -> f64 {
        let shares = self.rows.iter().filter(|row| row.figure.is_share());
        shares.filter_map(Row::error).map(f64::abs).fold(0.0, f64::max)
    }
}

fn of_group<'a>(findings: &'a Findings, group: &Group) -> Vec<&'a ThreadFindings> {
    group.threads.iter().map(|id| &findings.threads[id.index()]).collect()
}

/// All waits of some threads, sorted by length.
fn waits(threads: &[&ThreadFindings]) -> Vec<Nanos> {
    let spans = threads.iter().flat_map(|found| &found.waits.spans);
    let mut lengths: Vec<Nanos> = spans.map(|(start, end)| *end - *start).collect();
    lengths.sort_unstable();
    lengths
}
