//! The cases: which program was measured, what simulates it, and how far the two may be apart.

mod alternatives;
mod echo;
mod free_threading;
mod latency;
mod reasons;
pub(crate) mod services;
mod speed_up;
mod ticks;
mod tiny_calls;
mod turns;

use gil_sim::{Dist, Group, Limits, Machine, Nanos, Python, Repeat, Scenario, Spec, Step};

use crate::Case;
use crate::data::Runs;
use crate::spread::Spread;

/// What the programs of a data set are simulated on, and how they are judged.
pub(crate) struct Lab {
    pub python: Python,
    pub machine: Machine,
    pub spread: &'static Spread,
}

/// All cases of the measuring program whose figures are there, those with the same scenario next
/// to each other.
pub(crate) fn measured(lab: &Lab, runs: &Runs, dataset: &str) -> Vec<Case> {
    let cases =
        [turns::cases, latency::cases, tiny_calls::cases, speed_up::cases, alternatives::cases];
    let cases = cases.into_iter().flat_map(|cases| cases(lab, runs));
    cases
        .filter(|case| !case.measured.is_empty())
        .map(|case| Case { reason: reasons::find(dataset, &case.key), ..case })
        .collect()
}

/// Cases of figures that others have published.
pub(crate) fn published() -> Vec<Case> {
    [echo::cases, ticks::cases, free_threading::cases]
        .into_iter()
        .flat_map(|cases| cases())
        .collect()
}

impl Lab {
    fn scenario(&self, switch_interval: Nanos, groups: Vec<Group>) -> Scenario {
        self.limited(switch_interval, groups, Limits::default())
    }

    fn limited(&self, switch_interval: Nanos, groups: Vec<Group>, limits: Limits) -> Scenario {
        let groups = groups.into_iter().map(|group| self.as_measured(group)).collect();
        let (python, machine) = (self.python, self.machine);
        let spec = Spec { python, switch_interval, machine, groups, limits, ..Spec::default() };
        Scenario::new(spec).expect("the cases are valid")
    }

    /// Whether what happens beside two threads was fitted on this Python.
    fn races_are_fitted(&self) -> bool {
        self.is_fitted() || Python::find("3.13t") == Some(self.python)
    }

    /// Whether so many threads have to take turns, for the GIL or for the cores.
    fn takes_turns(&self, threads: u16) -> bool {
        !self.python.is_free_threaded() || threads > self.machine.cores
    }

    /// The programs' work is what it took on the Python that was measured, whose bytecode the
    /// engine makes slower than a default build's where it is.
    fn as_measured(&self, mut group: Group) -> Group {
        let overhead = self.python.bytecode_overhead_percent();
        for step in &mut group.steps {
            if let Step::Python { work: Dist::Fixed(work), .. } = step {
                *work = Nanos((work.0 * 100).div_ceil(100 + overhead));
            }
        }
        group
    }

    /// Whether the machine's parameters were fitted on this Python.
    fn is_fitted(&self) -> bool {
        self.python == Python::default()
    }
}

/// Enough for a run of very many events.
fn long() -> Limits {
    Limits { events: 2_000_000, ..Limits::default() }
}

const MS: Nanos = Nanos::from_millis(1);

/// Switch intervals by the name they have in the measured files.
fn interval(name: &str) -> Nanos {
    let millis = name.trim_end_matches("ms").parse::<f64>().expect("an interval in ms");
    Nanos::from_secs_f64(millis / 1e3)
}

fn group(name: &str, count: u16, steps: Vec<Step>, repeat: Repeat) -> Group {
    Group { count, repeat, ..Group::new(name, steps) }
}

fn python(work: Nanos) -> Step {
    Step::Python { work: Dist::Fixed(work), check: None }
}

/// `while not stop: count(0, 20000)`: 20,000 passes of 36 ns.
fn counting(threads: u16) -> Option<Group> {
    let count = python(Nanos::from_micros(720));
    (threads > 0).then(|| group("cpu", threads, vec![count], Repeat::Daemon))
}

/// One of the counts that the measured files have as a key.
fn key(threads: u16) -> String {
    threads.to_string()
}

fn counted(threads: u16) -> String {
    format!("{threads} thread{}", if threads == 1 { "" } else { "s" })
}

/// A count in a plot's margin.
fn thr(threads: u16) -> String {
    format!("{threads} thr")
}
