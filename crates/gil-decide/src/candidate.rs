//! What a team could do: a Python, and one change to how the work runs.

use gil_sim::{Nanos, Protocol, Python, Spec, Strategy};
use serde::{Deserialize, Serialize};

use crate::build::{computes_beside, has_block, holds_gil};
use crate::question::Question;

/// One change to how the work runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Change {
    /// None.
    Nothing,
    /// Another switch interval (`sys.setswitchinterval`).
    Interval(Nanos),
    /// Another number of members for the same work.
    Members(u16),
    /// Calls that block an event loop go to threads (`asyncio.to_thread`).
    Offload,
    /// The group runs by another strategy.
    Strategy(Strategy),
    /// Other groups that compute run by another strategy, apart from this one.
    Apart(Strategy),
    /// Most of the bytecode becomes native code that lets go of the GIL.
    Native,
}

/// A Python and a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Candidate {
    /// The Python.
    pub python: Python,
    /// The change.
    pub change: Change,
}

impl Candidate {
    /// Everything that could be done, feasible or not, the least change first: of what is equally
    /// good, the earlier one is taken.
    pub fn all(question: &Question) -> Vec<Candidate> {
        let of = |python: Python| {
            let changes = changes(question, python);
            changes.into_iter().map(move |change| Candidate { python, change })
        };
        question.pythons().into_iter().flat_map(of).collect()
    }

    /// What runs now.
    pub fn now(question: &Question) -> Candidate {
        Candidate { python: question.now(), change: Change::Nothing }
    }

    /// What it is called: `3.14 processes (fork)`.
    pub fn title(&self, question: &Question) -> String {
        let python = self.python;
        let group = &question.group().name;
        match self.change {
            Change::Nothing if python == question.now() => "Leave it as it is".to_owned(),
            Change::Nothing => {
                format!("Python {python}, {} as now", question.group().strategy.name())
            }
            Change::Interval(interval) => {
                format!("Python {python}, a switch interval of {interval}")
            }
            Change::Members(members) => {
                format!("Python {python}, {members} in place of {}", { question.group().count })
            }
            Change::Offload => format!("Python {python}, blocking calls in threads"),
            Change::Strategy(strategy) => format!("Python {python}, {}", strategy.name()),
            Change::Apart(strategy) => {
                let others = names(&computing(question));
                format!("Python {python}, {others} in {}, apart from {group}", strategy.name())
            }
            Change::Native => format!("Python {python}, the computing in native code"),
        }
    }
}

impl Candidate {
    /// Why it can be better, in one sentence; nothing where nothing changes.
    pub fn mechanism(&self, question: &Question) -> String {
        let group = &question.group().name;
        let text = match self.change {
            Change::Nothing if self.python.is_free_threaded() => "There is no GIL to wait for.",
            Change::Nothing => "",
            Change::Interval(interval) => {
                let now = question.scenario.spec().switch_interval;
                return format!("A waiter asks for the GIL after {interval} instead of {now}.");
            }
            Change::Members(_) => "Fewer threads hand the GIL round less often.",
            Change::Offload => "The event loop goes on while a thread blocks.",
            Change::Native => "The computing lets go of the GIL.",
            Change::Strategy(Strategy::Sequential) => "Side by side it is no better.",
            Change::Strategy(Strategy::Threads) => "Each waits in a thread of its own.",
            Change::Strategy(Strategy::Asyncio) => "Tasks wait without a thread each.",
            Change::Strategy(_) => "Each worker has a GIL of its own.",
            Change::Apart(_) => {
                let others = names(&computing(question));
                return format!("Apart, {others} no longer takes the GIL from {group}.");
            }
        };
        text.to_owned()
    }
}

/// The names of the other groups that compute.
pub(crate) fn computing(question: &Question) -> Vec<String> {
    let groups = question.scenario.spec().groups.iter().enumerate();
    let others = groups.filter(|(index, group)| computes_beside(question, *index, group));
    others.map(|(_, group)| group.name.clone()).collect()
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn names(all: &[String]) -> String {
    match all {
        [] => "nobody".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn changes(question: &Question, python: Python) -> Vec<Change> {
    let spec = Spec { python, ..question.scenario.spec().clone() };
    let group = question.group();
    let mut all = vec![Change::Nothing];
    if matches!(spec.protocol(), Protocol::Interval(_)) && question.scenario.threads() > 1 {
        let shorter = [Nanos::from_millis(1), Nanos::from_micros(200)].into_iter();
        all.extend(shorter.filter(|to| *to < spec.switch_interval).map(Change::Interval));
    }
    let cores = spec.machine.cores;
    if group.count > cores && !group.repeat.has_queue() && holds_gil(&group.steps) > 0.5 {
        all.push(Change::Members(cores));
    }
    if group.strategy == Strategy::Asyncio && has_block(&group.steps) {
        all.push(Change::Offload);
    }
    let mut strategies = vec![Strategy::Sequential, Strategy::Threads, Strategy::Asyncio];
    let apart = apart(&spec);
    strategies.extend(apart.iter().copied());
    strategies.retain(|strategy| *strategy != group.strategy);
    if group.count == 1 && !group.repeat.has_queue() {
        // One member alone: nothing to run side by side with itself.
        strategies.retain(|strategy| strategy.is_apart());
    }
    all.extend(strategies.into_iter().map(Change::Strategy));
    if !computing(question).is_empty() {
        all.extend(apart.into_iter().map(Change::Apart));
    }
    if holds_gil(&group.steps) > 0.0 || !computing(question).is_empty() {
        all.push(Change::Native);
    }
    all
}

/// Ways to have an own GIL: interpreters, and processes with the start method that is usual there
/// and with the one that forks nothing.
fn apart(spec: &Spec) -> Vec<Strategy> {
    let usual = spec.usual_start_method();
    let mut all = vec![Strategy::Interpreters, Strategy::Processes(usual)];
    let spawn = Strategy::Processes(gil_sim::StartMethod::Spawn);
    if !all.contains(&spawn) {
        all.push(spawn);
    }
    all
}
