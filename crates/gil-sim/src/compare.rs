//! The same work done by different strategies on different Pythons: the points behind the charts
//! that compare them.
//!
//! A [`Comparison`] is an iterator as [`Sweep`](crate::sweep::Sweep) is one: whoever asks decides
//! when the next run is computed.

use std::collections::BTreeMap;
use std::fmt;
use std::vec::IntoIter;

use serde::{Deserialize, Serialize};

use crate::draw::Dist;
use crate::id::GroupId;
use crate::reach::{Merged, Reach};
use crate::run::Run;
use crate::scenario::{
    DEFAULT_SWITCH_INTERVAL, Group, Invalid, Limits, Python, Repeat, Scenario, Spec, Step,
    Strategy, bounds, program,
};
use crate::spread::{SEEDS, Spread, has_random_work, with_seed};
use crate::stats::{GroupStats, Percentiles};
use crate::sweep::{MOST_EVENTS, THREADS, Work};
use crate::time::Nanos;
use crate::trace::Outcome;

/// Workers of the reference work where their number is not what is varied.
pub const WORKERS: u16 = 8;

/// Passes of each worker through the reference work. With passes of 10 ms that is a second, long
/// enough that starting a process does not hide everything.
const PASSES: u32 = 100;

/// How long a pass of the reference work takes a worker that nobody disturbs.
const PASS: Nanos = Nanos::from_millis(10);

/// A Python and what runs the workers on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Contender {
    /// The version and build.
    pub python: Python,
    /// What runs the workers.
    pub strategy: Strategy,
}

impl Contender {
    /// The contenders unless somebody says otherwise: threads before, now and without a GIL, and
    /// the alternatives of the newest, processes with the start method that is its default here.
    pub fn usual(scenario: &Scenario) -> Vec<Contender> {
        let newest = Python::newest();
        let processes = newest.start_method(scenario.spec().machine.os);
        let of = |python, strategy| Contender { python, strategy };
        vec![
            of(Python::default(), Strategy::Threads),
            of(newest, Strategy::Threads),
            of(Python::newest_free_threaded(), Strategy::Threads),
            of(newest, Strategy::Processes(processes)),
            of(newest, Strategy::Interpreters),
            of(newest, Strategy::Asyncio),
        ]
    }

    /// Threads of the default build of the same version: what the others are held against.
    pub fn baseline(self) -> Contender {
        let python = self.python.with_gil();
        Contender { python, strategy: Strategy::Threads }
    }
}

impl fmt::Display for Contender {
    /// `3.14 processes (fork)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.python, self.strategy.name())
    }
}

/// What is varied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Axis {
    /// Workers: 1 to 64.
    Workers,
    /// The switch interval: 50 us to 100 ms, in nanoseconds. Only a GIL from 3.2 on has one.
    Interval,
    /// Cores: 1 to 16.
    Cores,
    /// The part of a pass of 10 ms that is computing, in percent; the rest is I/O.
    CpuShare,
    /// Bytes that a job's arguments have, and its result: 0 to 16 MiB. The workers are a pool
    /// then, and as many plain threads of the main process hand jobs to it.
    Data,
}

impl Axis {
    /// All of them.
    pub const ALL: [Axis; 5] =
        [Axis::Workers, Axis::Interval, Axis::Cores, Axis::CpuShare, Axis::Data];

    /// The values in the order in which they are run: ends and middle show the shape of a curve.
    pub fn values(self) -> Vec<u64> {
        let micros = |times: &[u64]| times.iter().map(|us| us * 1_000).collect();
        match self {
            Axis::Workers => THREADS.map(u64::from).to_vec(),
            Axis::Interval => {
                micros(&[5_000, 50, 100_000, 500, 20_000, 1_000, 200, 2_000, 10_000, 50_000, 100])
            }
            Axis::Cores => vec![4, 1, 16, 8, 2, 12, 3, 6],
            Axis::CpuShare => vec![0, 100, 50, 10, 75, 25, 90, 5],
            Axis::Data => {
                let kib = [1, 16_384, 1_024, 64, 256, 4_096, 16, 4];
                std::iter::once(0).chain(kib.map(|kib| kib << 10)).collect()
            }
        }
    }

    /// Whether this can be varied for a kind of work: the part that is computing is a reference
    /// of its own, and no group's.
    pub fn suits(self, work: Work) -> bool {
        self != Axis::CpuShare || work != Work::Own
    }
}

/// What is compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    /// The scenario whose machine and settings are used.
    pub scenario: Scenario,
    /// What the workers do.
    pub work: Work,
    /// Where the work is [`Work::Own`]: the index of the group that the workers are.
    pub group: GroupId,
    /// What is varied.
    pub axis: Axis,
}

impl Setting {
    /// What a comparison depends on, and nothing else: what each point sets itself is as usual,
    /// and for a reference the scenario's groups are left out. So the comparison stays the same
    /// when one of its points becomes the scenario.
    pub fn new(scenario: &Scenario, work: Work, group: GroupId, axis: Axis) -> Setting {
        let own = Setting { scenario: scenario.clone(), work, group, axis };
        own.bare().unwrap_or(own)
    }

    fn bare(&self) -> Option<Setting> {
        let mut spec = self.scenario.spec().clone();
        spec.interventions.clear();
        let mut group = GroupId::FIRST;
        match self.reference(0) {
            Some(reference) => {
                (spec.groups, spec.python) = (vec![reference], Python::default());
                spec.limits = Limits::default();
            }
            None => {
                // The other groups may need a newer Python than the default.
                (group, spec.python) = (self.group, Python::newest());
                let own = spec.group_mut(group)?;
                own.strategy = Strategy::Threads;
                own.count = if self.axis == Axis::Workers { 1 } else { own.count };
            }
        }
        match self.axis {
            Axis::Interval => spec.switch_interval = DEFAULT_SWITCH_INTERVAL,
            Axis::Cores => spec.machine = spec.machine.resized(*bounds::CORES.start()),
            Axis::Workers | Axis::CpuShare | Axis::Data => {}
        }
        Some(Setting { scenario: Scenario::new(spec).ok()?, group, ..*self })
    }

    /// The scenario of a point.
    ///
    /// # Errors
    /// Why there can be none: this Python lacks what the strategy needs, or there would be too
    /// many threads.
    pub fn scenario_of(&self, contender: Contender, at: u64) -> Result<Scenario, Vec<Invalid>> {
        let mut spec = self.scenario.spec().clone();
        // They are about the scenario's own Python and threads.
        spec.interventions.clear();
        spec.python = contender.python;
        let index = if self.work == Work::Own { self.group } else { GroupId::FIRST };
        if let Some(reference) = self.reference(at) {
            spec.groups = vec![reference];
            // Many workers with a GIL take longer than a scenario may by default.
            spec.limits = Limits { time: *bounds::LIMIT_TIME.end(), ..Limits::default() };
        }
        if let Some(group) = spec.group_mut(index) {
            group.strategy = contender.strategy;
        }
        self.vary(&mut spec, index, at);
        Scenario::new(spec)
    }

    /// The seeds that each point is run with: several where the work is drawn.
    pub fn seeds(&self) -> u32 {
        let own = self.work == Work::Own && has_random_work(&self.scenario);
        if own { SEEDS } else { 1 }
    }

    /// Why a contender has no points at all, as a sentence without its full stop.
    pub fn refusal(&self, contender: Contender) -> Option<String> {
        let mut why = None;
        for at in self.axis.values() {
            match self.scenario_of(contender, at) {
                Ok(_) => return None,
                Err(found) => why = why.or_else(|| Some(found.first()?.message.clone())),
            }
        }
        why
    }

    /// Workers where their number is not varied.
    pub fn workers(&self) -> u16 {
        let own = self.scenario.spec().group(self.group).map(|group| group.count);
        own.filter(|_| self.work == Work::Own).unwrap_or(WORKERS)
    }

    fn reference(&self, at: u64) -> Option<Group> {
        let compute = |work| Step::Python { work: Dist::Fixed(work), check: None };
        let wait = |wait| Step::Io { wait: Dist::Fixed(wait) };
        let group = |name: &str, steps| Group {
            count: WORKERS,
            repeat: Repeat::Times(PASSES),
            ..Group::new(name, steps)
        };
        match (self.work, self.axis) {
            (Work::Own, _) => None,
            (_, Axis::CpuShare) => {
                let cpu = Nanos(PASS.0 * at.min(100) / 100);
                let steps = [(cpu, compute(cpu)), (PASS - cpu, wait(PASS - cpu))];
                let steps = steps.into_iter().filter(|(time, _)| !time.is_zero());
                Some(group("mixed", steps.map(|(_, step)| step).collect()))
            }
            (Work::Cpu, _) => Some(group("cpu", vec![compute(PASS)])),
            (Work::Io, _) => Some(group("io", vec![compute(Nanos::from_micros(100)), wait(PASS)])),
        }
    }

    fn vary(&self, spec: &mut Spec, index: GroupId, at: u64) {
        match self.axis {
            Axis::Workers => {
                if let Some(group) = spec.group_mut(index) {
                    group.count = at.try_into().unwrap_or(u16::MAX);
                }
            }
            Axis::Interval => spec.switch_interval = Nanos(at),
            Axis::Cores => spec.machine = spec.machine.resized(at.try_into().unwrap_or(u16::MAX)),
            Axis::CpuShare => {}
            Axis::Data => hand_over(spec, index, at),
        }
    }
}

/// Makes a group a pool that as many threads hand jobs of this size to. A group that is a pool
/// already gets its jobs in this size.
fn hand_over(spec: &mut Spec, index: GroupId, bytes: u64) {
    let Some(pool) = spec.group_mut(index) else { return };
    let name = pool.name.clone();
    if pool.repeat == Repeat::Serve {
        spec.groups.iter_mut().for_each(|group| set_bytes(&mut group.steps, &name, bytes));
        return;
    }
    let mut submit = Group::new("", vec![Step::Call { group: name, bytes }]);
    submit.count = pool.count;
    submit.start = pool.start;
    submit.repeat = std::mem::replace(&mut pool.repeat, Repeat::Serve);
    submit.name = spec.free_name("submit");
    spec.groups.push(submit);
}

fn set_bytes(steps: &mut [Step], pool: &str, size: u64) {
    for step in program::parts_mut(steps) {
        match step {
            Step::Call { group, bytes } if group == pool => *bytes = size,
            _ => {}
        }
    }
}

/// One run of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// The contender that did the work.
    pub contender: Contender,
    /// Where on the axis, in its unit.
    pub at: u64,
    /// Passes per second of the workers, from their group's start on: starting up counts. In a run
    /// that was cut, what was begun counts in part.
    pub throughput: f64,
    /// The throughput over that of a single worker of the baseline, with the same machine and
    /// settings. `None` where that gets nothing done.
    pub speed_up: Option<f64>,
    /// From the completion of I/O until the thread has the GIL, for all I/O of the run; `None`
    /// where none completed.
    pub wakeup: Option<Percentiles>,
    /// From the start until the last worker was ready; `None` where one of them was not when the
    /// run was cut.
    pub start_up: Option<Nanos>,
    /// Memory of the whole run in bytes: an estimate.
    pub memory: u64,
    /// Times per second that a GIL went to another thread.
    pub handoffs: f64,
    /// How the run ended. The figures of a run that was cut are not those of the whole.
    pub outcome: Outcome,
    /// Where the work is drawn and several seeds have been run: how far they reach, and the
    /// speed-ups. The figures above are medians then.
    pub reach: Option<(Reach, Option<Spread>)>,
}

impl Point {
    /// Whether the run ended by itself.
    pub fn is_whole(&self) -> bool {
        self.outcome == Outcome::Completed
    }

    /// The seeds that have been run for it.
    pub fn runs(&self) -> u32 {
        self.reach.map_or(1, |(reach, _)| reach.throughput.runs())
    }

    /// The medians of several runs; start-up, memory and handoffs are those of the first. Of runs
    /// of which one was cut, the point is one that was cut.
    fn merged(runs: &[Point]) -> Option<Point> {
        let first = runs.first()?.clone();
        let all = runs.iter().map(|run| (run.throughput, run.wakeup, &run.outcome));
        let Some(Merged { throughput, wakeup, outcome, reach }) = Merged::of(all) else {
            return Some(first);
        };
        let speed_ups = Spread::of(runs.iter().map(|run| run.speed_up));
        Some(Point {
            throughput,
            speed_up: speed_ups.map(|spread| spread.median),
            wakeup,
            outcome,
            reach: Some((reach, speed_ups)),
            ..first
        })
    }

    /// The value of a metric by its key, in the base of its unit; `None` where the run has none
    /// above zero, which no scale of ratios could show, and for metrics that no point keeps.
    pub fn value(&self, key: &str) -> Option<f64> {
        let value = match key {
            "speedup" => self.speed_up?,
            "throughput" => self.throughput,
            "wakeup_p99" => self.wakeup?.p99?.0.max(1) as f64,
            "memory" => self.memory as f64,
            "startup" => self.start_up?.0 as f64,
            _ => return None,
        };
        (value > 0.0).then_some(value)
    }

    /// How far the seeds behind a value reach, where several were run.
    pub fn spread(&self, key: &str) -> Option<Spread> {
        let (reach, speed_ups) = self.reach?;
        match key {
            "speedup" => speed_ups,
            "throughput" => Some(reach.throughput),
            "wakeup_p99" => reach.wakeup[2],
            _ => None,
        }
    }
}

/// Runs every contender at every value of the axis, one run for each call of `next`, and now and
/// then one more for what they are held against. Where the work is drawn, every point comes again
/// with each further seed, as the medians of what has been run by then.
#[derive(Clone, Debug)]
pub struct Comparison {
    setting: Setting,
    baseline: Contender,
    /// Passes per second of the baseline by the value of the axis and the number of the seed.
    rates: BTreeMap<(u64, u32), f64>,
    todo: IntoIter<(Contender, u64, u32)>,
    points: usize,
    known: BTreeMap<(Contender, u64), Vec<Point>>,
}

impl Comparison {
    /// A comparison of contenders. Their speed-ups are against a single worker of `baseline`,
    /// which usually is that of the first contender.
    pub fn new(setting: Setting, contenders: &[Contender], baseline: Contender) -> Comparison {
        let fits = |contender: &Contender, at| setting.scenario_of(*contender, at).is_ok();
        let of = |at: u64| contenders.iter().map(move |contender| (*contender, at));
        let all = setting.axis.values().into_iter().flat_map(of);
        let once: Vec<_> = match setting.axis.suits(setting.work) {
            true => all.filter(|(contender, at)| fits(contender, *at)).collect(),
            false => Vec::new(),
        };
        let again = |seed| once.iter().map(move |(contender, at)| (*contender, *at, seed));
        let todo: Vec<_> = (0..setting.seeds()).flat_map(again).collect();
        let (todo, points) = (todo.into_iter(), once.len());
        let (rates, known) = (BTreeMap::new(), BTreeMap::new());
        Comparison { setting, baseline, rates, todo, points, known }
    }

    /// What is still to be run: who, and where on the axis.
    pub fn left(&self) -> impl Iterator<Item = (Contender, u64)> + use<> {
        self.todo.clone().map(|(contender, at, _)| (contender, at))
    }

    /// The number of different points: each is run at least once.
    pub fn points(&self) -> usize {
        self.points
    }

    /// Passes per second of a single worker of the baseline.
    fn rate_of_one(&mut self, at: u64, seed: u32) -> f64 {
        // One worker is one worker, wherever on an axis of their numbers.
        let at = if self.setting.axis == Axis::Workers { 1 } else { at };
        if let Some(rate) = self.rates.get(&(at, seed)) {
            return *rate;
        }
        let rate = self.run_one(at, seed).unwrap_or_default();
        self.rates.insert((at, seed), rate);
        rate
    }

    fn run_one(&self, at: u64, seed: u32) -> Option<f64> {
        let index = self.index();
        let one = with_seed(&self.setting.scenario_of(self.baseline, at).ok()?, seed);
        let mut spec = one.into_spec();
        let group = spec.group_mut(index)?;
        group.count = 1;
        let pool = group.name.clone();
        // Where the worker is a pool, one thread is enough to keep it busy.
        let calls = |step: &Step| matches!(step, Step::Call { group, .. } if *group == pool);
        if self.setting.axis == Axis::Data {
            let callers =
                spec.groups.iter_mut().filter(|group| program::walk(&group.steps).any(calls));
            callers.for_each(|group| group.count = 1);
        }
        let run = Run::of(bounded(spec)?);
        run.stats.group(index).map(GroupStats::throughput)
    }

    fn run(&self, contender: Contender, at: u64, seed: u32) -> Option<Run> {
        let scenario = with_seed(&self.setting.scenario_of(contender, at).ok()?, seed);
        Some(Run::of(bounded(scenario.into_spec())?))
    }

    fn index(&self) -> GroupId {
        if self.setting.work == Work::Own { self.setting.group } else { GroupId::FIRST }
    }
}

fn bounded(mut spec: Spec) -> Option<Scenario> {
    spec.limits.events = spec.limits.events.min(MOST_EVENTS);
    Scenario::new(spec).ok()
}

impl Iterator for Comparison {
    type Item = Point;

    fn next(&mut self) -> Option<Point> {
        let (contender, at, seed) = self.todo.next()?;
        // Whatever is to do has been checked.
        let Run { stats, trace, .. } = self.run(contender, at, seed)?;
        let workers = stats.group(self.index())?;
        let throughput = workers.throughput();
        let one = self.rate_of_one(at, seed);
        let runs = self.known.entry((contender, at)).or_default();
        runs.push(Point {
            contender,
            at,
            throughput,
            speed_up: (one > 0.0).then(|| throughput / one),
            wakeup: stats.wakeup,
            start_up: workers.start_up,
            memory: stats.memory.total(),
            handoffs: stats.handoffs_per_second(),
            outcome: trace.outcome,
            reach: None,
        });
        Point::merged(runs)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.todo.size_hint()
    }
}

impl ExactSizeIterator for Comparison {}

/// All strategies that a Python has.
pub fn strategies_of(python: Python) -> impl Iterator<Item = Strategy> {
    Strategy::ALL.into_iter().filter(move |strategy| match strategy {
        Strategy::Interpreters => python.has_own_gil_interpreters(),
        Strategy::Asyncio => python.has_asyncio(),
        Strategy::Processes(method) => python.has_start_method(*method),
        Strategy::Threads | Strategy::Sequential => true,
    })
}

#[cfg(test)]
mod tests;
