//! Fixed durations march in step: workers that all compute 50 ms and wait 50 ms meet again and
//! again at the same moments, and whether they collide is an accident of their number.
//!
//! Four such workers on two cores get 26.9 jobs a second done and five 37.5; with 45 to 55 ms four
//! get 34.7. Real programs never take the same time twice, so a figure that depends on it is a
//! figure of the simulation alone.

use serde::{Deserialize, Serialize};

use crate::draw::Dist;
use crate::id::GroupId;
use crate::run::Run;
use crate::scenario::{Scenario, Spec, Step, bounds, program};
use crate::spread::{SEEDS, Spread, with_seed};
use crate::stats::{GroupStats, Stats};
use crate::time::Nanos;

/// Fixed durations are varied by this part of them in either direction: one tenth, so that the
/// longest is a fifth longer than the shortest and the mean stays what it was.
pub const PART: u64 = 10;

/// The scenario with its fixed durations varied a little: `py-50ms` becomes `py-45ms..55ms`, all
/// lengths in between equally likely. `None` where nothing is fixed that could be varied.
///
/// What a program computes and what its I/O waits for is varied. What is fixed in reality, too,
/// stays: the length of `time.sleep`, the gaps of a load generator and of messages. Durations that
/// are drawn already stay as they are.
pub fn varied(scenario: &Scenario) -> Option<Scenario> {
    let spec = scenario.spec();
    let groups = spec.groups.iter().map(|group| {
        let mut group = group.clone();
        let parts = program::parts_mut(&mut group.steps).into_iter();
        parts.filter(|step| step.kind().varies()).filter_map(Step::time_mut).for_each(vary);
        group
    });
    let groups: Vec<_> = groups.collect();
    if groups == spec.groups {
        return None;
    }
    Scenario::new(Spec { groups, ..spec.clone() }).ok()
}

/// Makes a fixed length a uniform one around it. One that is too short to be divided stays, and no
/// length goes beyond what a scenario may hold.
fn vary(dist: &mut Dist) {
    let Dist::Fixed(length) = *dist else { return };
    let room = bounds::DURATION.end().0.saturating_sub(length.0);
    let width = Nanos((length.0 / PART).min(room));
    if !width.is_zero() {
        *dist = Dist::Uniform(length - width, length + width);
    }
}

/// What lockstep can decide of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decided {
    /// Passes per second.
    Throughput,
    /// The median of what somebody waits for: a response, otherwise a pass. In nanoseconds.
    Median,
    /// The 99th percentile of the same.
    P99,
}

impl Decided {
    /// All of them.
    pub const ALL: [Decided; 3] = [Decided::Throughput, Decided::Median, Decided::P99];

    /// The figure of a group, where it has one.
    fn of(self, group: &GroupStats) -> Option<f64> {
        let nanos = |time: Nanos| time.0 as f64;
        match self {
            Decided::Throughput => Some(group.throughput()),
            Decided::Median => group.awaited()?.p50.map(nanos),
            Decided::P99 => group.awaited()?.p99.map(nanos),
        }
    }

    /// What durations that vary by [`PART`] change on their own, as a factor. The mean stays, and
    /// so does a throughput, to within a tenth for the last ones to finish; a pass is up to a tenth
    /// longer or shorter, and twice that is left for those that wait for it.
    fn usual(self) -> f64 {
        match self {
            Decided::Throughput => 1.1,
            Decided::Median | Decided::P99 => 1.2,
        }
    }
}

/// A figure that depends on durations being the same to the nanosecond.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lockstep {
    /// The group.
    pub group: GroupId,
    /// The figure that is decided.
    pub decided: Decided,
    /// The figure as the scenario is, in the seeds of [`SEEDS`].
    pub fixed: Spread,
    /// The figure with durations that vary a little.
    pub varied: Spread,
}

impl Lockstep {
    /// How many times the one is the other, the larger over the smaller.
    fn factor(&self) -> f64 {
        let (a, b) = (self.fixed.median, self.varied.median);
        if a.min(b) > 0.0 { a.max(b) / a.min(b) } else { f64::INFINITY }
    }
}

/// Says which figure of a run changes most when its durations are varied a little, a throughput
/// before times: by more than the seeds differ, and by more than the variation does on its own.
/// `None` where nothing is fixed or lockstep decides nothing, and of a run that was cut.
pub fn find(run: &Run) -> Option<Lockstep> {
    Search::new(run.scenario()?, &run.stats, run.is_whole())?.last().flatten()
}

/// The same run by run, a run for each call of `next`: whoever asks decides when the next one is
/// computed. The last answer counts. One more run is enough for most scenarios; several seeds are
/// run only where that looks different.
#[derive(Clone, Debug)]
pub struct Search {
    scenario: Scenario,
    varied: Scenario,
    as_is: Vec<Figures>,
    changed: Vec<Figures>,
    is_over: bool,
}

/// The figures of a run: for each group those of [`Decided::ALL`].
type Figures = Vec<[Option<f64>; 3]>;

fn figures(stats: &Stats) -> Figures {
    stats.groups.iter().map(|group| Decided::ALL.map(|decided| decided.of(group))).collect()
}

impl Search {
    /// A search that has the run as it is; `None` where there is nothing to look for.
    pub fn new(scenario: &Scenario, stats: &Stats, is_whole: bool) -> Option<Search> {
        let varied = varied(scenario).filter(|_| is_whole && scenario.threads() > 1)?;
        let as_is = vec![figures(stats)];
        Some(Search { scenario: scenario.clone(), varied, as_is, changed: vec![], is_over: false })
    }

    /// The figures that differ by more than the variation changes on its own.
    fn differences(&self) -> impl Iterator<Item = Lockstep> {
        let groups = self.scenario.spec().numbered_groups().map(|(id, _)| id);
        let all = groups.flat_map(|group| Decided::ALL.map(|decided| (group, decided)));
        let spread = |runs: &[Figures], group: GroupId, decided: Decided| {
            Spread::of(runs.iter().map(|run| run.get(group.index())?[decided as usize]))
        };
        all.filter_map(move |(group, decided)| {
            let fixed = spread(&self.as_is, group, decided)?;
            let varied = spread(&self.changed, group, decided)?;
            let found = Lockstep { group, decided, fixed, varied };
            (found.factor() > decided.usual()).then_some(found)
        })
    }

    /// Runs the next seed of the two; `None` where all are there.
    fn step(&mut self) -> Option<()> {
        let is_behind = self.changed.len() < self.as_is.len();
        let (scenario, runs) = match is_behind {
            true => (&self.varied, &mut self.changed),
            false => (&self.scenario, &mut self.as_is),
        };
        let number = runs.len() as u32;
        if number == SEEDS {
            return None;
        }
        let run = Run::of(with_seed(scenario, number));
        // Of a run that was cut there is nothing to compare.
        self.is_over = !run.is_whole();
        runs.push(figures(&run.stats));
        // One run of each says for most scenarios that there is nothing.
        self.is_over |= self.changed.len() == 1 && self.differences().next().is_none();
        Some(())
    }
}

impl Iterator for Search {
    type Item = Option<Lockstep>;

    fn next(&mut self) -> Option<Option<Lockstep>> {
        if self.is_over {
            return None;
        }
        if self.step().is_some() {
            return Some(None);
        }
        self.is_over = true;
        let apart = self.differences().filter(|found| !found.fixed.is_level(&found.varied));
        let rank = |found: &Lockstep| found.decided == Decided::Throughput;
        let by_size = |x: &Lockstep, y: &Lockstep| x.factor().total_cmp(&y.factor());
        Some(apart.max_by(|x, y| rank(x).cmp(&rank(y)).then(by_size(x, y))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Group, Machine, Os, Repeat, StartMethod, Strategy};

    fn scenario(steps: Vec<Step>) -> Scenario {
        let spec = Spec { groups: vec![Group::new("w", steps)], ..Spec::default() };
        Scenario::new(spec).unwrap()
    }

    fn steps(scenario: &Scenario) -> &[Step] {
        &scenario.spec().groups[0].steps
    }

    #[test]
    fn work_and_waits_are_varied_around_their_mean() {
        let ms = Nanos::from_millis;
        let python = |work| Step::Python { work, check: None };
        let body = vec![Step::Io { wait: Dist::Fixed(ms(30)) }];
        let locked = |body| Step::Locked { lock: "m".into(), body };
        let fixed = scenario(vec![python(Dist::Fixed(ms(50))), locked(body)]);
        let body = vec![Step::Io { wait: Dist::Uniform(ms(27), ms(33)) }];
        let want = [python(Dist::Uniform(ms(45), ms(55))), locked(body)];
        let found = varied(&fixed).unwrap();
        assert_eq!(steps(&found), want);
        // Nothing is left to be varied a second time.
        assert_eq!(varied(&found), None);
    }

    #[test]
    fn what_is_fixed_in_reality_stays() {
        let wait = Dist::Fixed(Nanos::from_millis(10));
        let fixed = scenario(vec![Step::Receive { every: wait }, Step::Sleep { wait }]);
        assert_eq!(varied(&fixed), None);
    }

    /// Prefork workers on two cores, 50 ms of Python and 50 ms of I/O each.
    fn prefork(workers: u16) -> Scenario {
        let wait = Dist::Fixed(Nanos::from_millis(50));
        let steps = vec![Step::Python { work: wait, check: None }, Step::Io { wait }];
        let group = Group {
            count: workers,
            repeat: Repeat::Times(100),
            strategy: Strategy::Processes(StartMethod::Fork),
            ..Group::new("w", steps)
        };
        let machine = Machine::of(Os::Linux, 2);
        Scenario::new(Spec { groups: vec![group], machine, ..Spec::default() }).unwrap()
    }

    #[test]
    fn four_workers_of_one_length_meet_and_five_do_not() {
        let found = find(&Run::of(prefork(4))).unwrap();
        assert_eq!((found.group.0, found.fixed.is_level(&found.varied)), (0, false));
        let rate = Decided::Throughput;
        let of = |scenario: &Scenario| rate.of(&Run::of(scenario.clone()).stats.groups[0]).unwrap();
        // Measured on 2 cores with real workers: 37.7 a second.
        assert!((26.0..28.0).contains(&of(&prefork(4))));
        assert!((34.0..37.0).contains(&of(&varied(&prefork(4)).unwrap())));
        // Two have a core each, and with eight there is always one that is ready.
        assert_eq!(find(&Run::of(prefork(2))), None);
        assert_eq!(find(&Run::of(prefork(8))), None);
    }

    #[test]
    fn the_longest_and_the_shortest_durations_make_a_scenario() {
        let long = scenario(vec![Step::Io { wait: Dist::Fixed(*bounds::DURATION.end()) }]);
        assert_eq!(varied(&long), None);
        let short = scenario(vec![Step::Io { wait: Dist::Fixed(Nanos(9)) }]);
        assert_eq!(varied(&short), None);
    }
}
