//! The same work with 1 to 64 threads: the points behind the charts of how work scales.
//!
//! A [`Sweep`] is an iterator, so that whoever asks decides when the next run is computed and
//! when it is enough.

use std::collections::BTreeMap;
use std::vec::IntoIter;

use serde::{Deserialize, Serialize};

use crate::draw::Dist;
use crate::id::GroupId;
use crate::reach::{Merged, Reach};
use crate::run::Run;
use crate::scenario::{Group, Invalid, Limits, Repeat, Scenario, Spec, Step, Strategy};
use crate::spread::{SEEDS, has_random_work, with_seed};
use crate::stats::{GroupStats, Percentiles};
use crate::time::Nanos;
use crate::trace::Outcome;

/// Numbers of threads, in the order in which they are run: the ends and the middle show the shape
/// of a curve, the others fill it in.
pub const THREADS: [u16; 12] = [1, 64, 8, 2, 16, 4, 32, 3, 6, 12, 24, 48];

/// Events after which a run of a sweep is cut, so that none of them takes long.
pub const MOST_EVENTS: u32 = 150_000;

/// The work whose threads are counted up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Work {
    /// Reference: every thread computes 50 ms in Python.
    Cpu,
    /// Reference: every thread ten times computes 0.1 ms and waits 10 ms for I/O.
    Io,
    /// A group of the scenario, the others as they are.
    Own,
}

impl Work {
    /// All of them, the scenario's own last.
    pub const ALL: [Work; 3] = [Work::Cpu, Work::Io, Work::Own];
}

/// One run of a sweep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Threads of the group that is varied.
    pub threads: u16,
    /// Passes per second of that group. In a run that was cut, what was begun counts in part.
    pub throughput: f64,
    /// From the completion of I/O until the thread has the GIL, for all I/O of the run; `None`
    /// where none completed.
    pub wakeup: Option<Percentiles>,
    /// Times per second that the GIL went to another thread.
    pub handoffs: f64,
    /// Failed acquisitions.
    pub missed: u64,
    /// How the run ended. The figures of a run that was cut are not those of the whole.
    pub outcome: Outcome,
    /// Where the work is drawn and several seeds have been run: how far they reach. The figures
    /// above are medians then.
    pub reach: Option<Reach>,
}

impl Point {
    /// Whether the run ended by itself.
    pub fn is_whole(&self) -> bool {
        self.outcome == Outcome::Completed
    }

    fn of(scenario: &Scenario, group: GroupId) -> Point {
        let Run { stats, trace, .. } = Run::of(scenario.clone());
        Point {
            threads: scenario.spec().group(group).map_or(0, |group| group.count),
            throughput: stats.group(group).map_or(0.0, GroupStats::throughput),
            wakeup: stats.wakeup,
            handoffs: stats.handoffs_per_second(),
            missed: stats.missed,
            outcome: trace.outcome,
            reach: None,
        }
    }

    /// The medians of several runs; handoffs and failed acquisitions are those of the first. Of
    /// runs of which one was cut, the point is one that was cut.
    fn merged(runs: &[Point]) -> Option<Point> {
        let first = runs.first()?.clone();
        let all = runs.iter().map(|run| (run.throughput, run.wakeup, &run.outcome));
        let Some(Merged { throughput, wakeup, outcome, reach }) = Merged::of(all) else {
            return Some(first);
        };
        Some(Point { throughput, wakeup, outcome, reach: Some(reach), ..first })
    }
}

/// The group whose threads a sweep varies unless somebody says otherwise: of those that end by
/// themselves the one with most threads, the first of several.
pub fn usual_group(scenario: &Scenario) -> GroupId {
    let ends = |group: &Group| group.repeat.ends();
    let groups = scenario.spec().numbered_groups();
    let most = groups.rev().max_by_key(|(_, group)| (ends(group), group.count));
    most.map_or(GroupId::FIRST, |(id, _)| id)
}

/// The scenario with another number of threads in one group, and without its interventions, which
/// are about these threads and no others.
///
/// # Errors
/// What [`Scenario::new`] finds wrong with it; a group that does not exist changes nothing.
pub fn with_threads(
    scenario: &Scenario,
    group: GroupId,
    threads: u16,
) -> Result<Scenario, Vec<Invalid>> {
    let mut spec = scenario.spec().clone();
    if let Some(group) = spec.group_mut(group) {
        group.count = threads;
    }
    spec.interventions.clear();
    Scenario::new(spec)
}

/// The scenario of one point: the reference work on this scenario's Python and machine, or the
/// scenario itself with another number of threads in `group`. `None` where there can be no such
/// scenario, as with too many threads in all.
pub fn scenario_of(
    scenario: &Scenario,
    group: GroupId,
    work: Work,
    threads: u16,
) -> Option<Scenario> {
    match reference(work) {
        None => {
            scenario.spec().group(group)?;
            with_threads(scenario, group, threads).ok()
        }
        Some(reference) => {
            let groups = vec![Group { count: threads, ..reference }];
            let limits = Limits::default();
            // Interventions are about the scenario's own threads.
            let interventions = Vec::new();
            let spec = scenario.spec().clone();
            Scenario::new(Spec { groups, limits, interventions, ..spec }).ok()
        }
    }
}

/// The reference work that a scenario consists of, if it is nothing else: its own curve is that of
/// the reference then.
pub fn same_as_reference(scenario: &Scenario) -> Option<Work> {
    let [own] = scenario.spec().groups.as_slice() else { return None };
    Work::ALL.into_iter().find(|work| {
        reference(*work).is_some_and(|reference| {
            own.steps == reference.steps
                && own.repeat == reference.repeat
                && own.start == reference.start
        })
    })
}

fn reference(work: Work) -> Option<Group> {
    let python = |work| Step::Python { work: Dist::Fixed(work), check: None };
    let group = |name: &str, steps, times| Group {
        name: name.to_owned(),
        count: 1,
        start: Nanos::ZERO,
        steps,
        repeat: Repeat::Times(times),
        strategy: Strategy::Threads,
    };
    match work {
        Work::Cpu => Some(group("cpu", vec![python(Nanos::from_millis(50))], 1)),
        Work::Io => {
            let wait = Dist::Fixed(Nanos::from_millis(10));
            let steps = vec![python(Nanos::from_micros(100)), Step::Io { wait }];
            Some(group("io", steps, 10))
        }
        Work::Own => None,
    }
}

/// Runs every kind of work with every number of threads, one run for each call of `next`. Where
/// the scenario's own work is drawn, its points come again with each further seed, as the medians
/// of what has been run by then.
#[derive(Clone, Debug)]
pub struct Sweep {
    todo: IntoIter<(Work, GroupId, Scenario)>,
    points: usize,
    known: BTreeMap<(Work, u16), Vec<Point>>,
}

impl Sweep {
    /// A sweep over the threads of a group. The scenario's own number of threads is one of them.
    pub fn new(scenario: &Scenario, group: GroupId) -> Sweep {
        let now = scenario.spec().group(group).map(|group| group.count);
        let extra = now.filter(|now| !THREADS.contains(now));
        let of = |work, threads| {
            let scenario = bounded(scenario_of(scenario, group, work, threads)?)?;
            Some((work, if work == Work::Own { group } else { GroupId::FIRST }, scenario))
        };
        let mut todo: Vec<_> = THREADS
            .into_iter()
            .flat_map(|threads| Work::ALL.map(|work| (work, threads)))
            .filter_map(|(work, threads)| of(work, threads))
            .collect();
        todo.extend(extra.and_then(|threads| of(Work::Own, threads)));
        let points = todo.len();
        if has_random_work(scenario) {
            let own: Vec<_> = todo.iter().filter(|run| run.0 == Work::Own).cloned().collect();
            let again = |seed| {
                own.iter().map(move |(work, group, one)| (*work, *group, with_seed(one, seed)))
            };
            todo.extend((1..SEEDS).flat_map(again).collect::<Vec<_>>());
        }
        Sweep { todo: todo.into_iter(), points, known: BTreeMap::new() }
    }

    /// The number of different points: each is run at least once.
    pub fn points(&self) -> usize {
        self.points
    }
}

fn bounded(scenario: Scenario) -> Option<Scenario> {
    let mut spec = scenario.into_spec();
    spec.limits = Limits { events: spec.limits.events.min(MOST_EVENTS), ..spec.limits };
    Scenario::new(spec).ok()
}

impl Iterator for Sweep {
    type Item = (Work, Point);

    fn next(&mut self) -> Option<(Work, Point)> {
        let (work, group, scenario) = self.todo.next()?;
        let point = Point::of(&scenario, group);
        let runs = self.known.entry((work, point.threads)).or_default();
        runs.push(point);
        Some((work, Point::merged(runs)?))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.todo.size_hint()
    }
}

impl ExactSizeIterator for Sweep {}

#[cfg(test)]
mod tests {
    use super::*;

    fn scenario(groups: Vec<Group>) -> Scenario {
        Scenario::new(Spec { groups, ..Spec::default() }).unwrap()
    }

    fn group(name: &str, count: u16, repeat: Repeat) -> Group {
        let work = Dist::Fixed(Nanos::from_millis(2));
        let steps = vec![Step::Python { work, check: None }];
        Group { count, repeat, ..Group::new(name, steps) }
    }

    fn mixed() -> Scenario {
        scenario(vec![group("hog", 9, Repeat::Daemon), group("work", 5, Repeat::Times(4))])
    }

    fn rate(points: &[(Work, Point)], work: Work, threads: u16) -> f64 {
        let found = points.iter().find(|(w, point)| (*w, point.threads) == (work, threads));
        found.unwrap().1.throughput
    }

    #[test]
    fn cpu_bound_work_is_flat_and_io_bound_work_rises() {
        let points: Vec<_> = Sweep::new(&mixed(), GroupId(1)).collect();
        let speed_up = |work, threads| rate(&points, work, threads) / rate(&points, work, 1);
        assert!(speed_up(Work::Cpu, 8) < 1.1, "{}", speed_up(Work::Cpu, 8));
        assert!(speed_up(Work::Cpu, 64) < 1.1, "{}", speed_up(Work::Cpu, 64));
        assert!(speed_up(Work::Io, 8) > 7.0, "{}", speed_up(Work::Io, 8));
    }

    #[test]
    fn a_sweep_is_deterministic() {
        let sweep = || Sweep::new(&mixed(), GroupId(1)).take(9).collect::<Vec<_>>();
        assert_eq!(sweep(), sweep());
    }

    #[test]
    fn random_work_is_run_with_several_seeds() {
        let work = Dist::Exponential(Nanos::from_millis(2));
        let steps = vec![Step::Python { work, check: None }, Step::Io { wait: work }];
        let random = Group { repeat: Repeat::Times(20), ..Group::new("web", steps) };
        let sweep = Sweep::new(&scenario(vec![random]), GroupId(0));
        let (runs, points) = (sweep.len(), sweep.points());
        assert_eq!((points, runs), (3 * THREADS.len(), (3 + 4) * THREADS.len()));
        let all: Vec<_> = sweep.collect();
        // The chart is there with one seed, and then refined.
        assert!(all[..points].iter().all(|(_, point)| point.reach.is_none()));
        for (work, point) in &all[runs - THREADS.len()..] {
            let reach = point.reach.unwrap();
            assert_eq!((*work, reach.throughput.runs()), (Work::Own, SEEDS));
            assert!(reach.throughput.low < reach.throughput.high);
            assert_eq!(point.throughput, reach.throughput.median);
            let p99 = point.wakeup.unwrap().p99.unwrap();
            assert!(reach.wakeup[2].unwrap().contains(p99.0 as f64));
        }
        assert!(Sweep::new(&mixed(), GroupId(1)).all(|(_, point)| point.reach.is_none()));
    }

    #[test]
    fn a_sweep_takes_in_the_scenario_as_it_is() {
        let sweep = Sweep::new(&mixed(), GroupId(1));
        assert_eq!(sweep.len(), 3 * THREADS.len() + 1);
        let own = sweep.filter(|(work, _)| *work == Work::Own).map(|(_, point)| point.threads);
        assert!(own.collect::<Vec<_>>().contains(&5));
    }

    #[test]
    fn numbers_that_make_no_scenario_are_left_out() {
        let full =
            scenario(vec![group("many", 230, Repeat::Times(1)), group("few", 2, Repeat::Times(1))]);
        let own = Sweep::new(&full, GroupId(1)).todo.filter(|(work, ..)| *work == Work::Own);
        let most = own.map(|(.., scenario)| scenario.spec().groups[1].count).max();
        assert_eq!(most, Some(24));
        assert_eq!(scenario_of(&full, GroupId(7), Work::Own, 1), None);
    }

    #[test]
    fn long_runs_are_cut() {
        let long = scenario(vec![group("long", 64, Repeat::For(Nanos::from_secs(60)))]);
        let cut =
            Sweep::new(&long, GroupId(0)).filter(|(_, point)| point.outcome == Outcome::EventLimit);
        assert_ne!(cut.count(), 0);
    }

    #[test]
    fn the_largest_group_that_ends_is_varied() {
        assert_eq!(usual_group(&mixed()), GroupId(1));
        let equal = [group("a", 2, Repeat::Times(1)), group("b", 2, Repeat::Times(1))];
        assert_eq!(usual_group(&scenario(equal.to_vec())), GroupId(0));
    }

    #[test]
    fn a_scenario_can_be_the_reference() {
        let cpu = scenario_of(&mixed(), GroupId(1), Work::Cpu, 7).unwrap();
        assert_eq!(same_as_reference(&cpu), Some(Work::Cpu));
        assert_eq!(same_as_reference(&mixed()), None);
    }
}
