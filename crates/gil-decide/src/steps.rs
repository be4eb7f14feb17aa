//! What the steps of a program are, as far as candidates depend on it.

use gil_sim::program::{shares, walk};
use gil_sim::{Dist, Group, GroupId, Nanos, Step, StepKind, Strategy, bounds};

use crate::question::Question;

/// `loop.slow_callback_duration`: what asyncio's debug mode calls slow (Lib/asyncio/base_events.py,
/// 3.11).
const SLOW_CALLBACK: Nanos = Nanos::from_millis(100);

/// Whether another group computes enough with the GIL to be in the way of the one asked about, and
/// could run elsewhere.
pub fn computes_beside(question: &Question, id: GroupId, group: &Group) -> bool {
    id != question.group
        && !group.strategy.is_apart()
        && !calls(&group.steps)
        && holds_gil(&group.steps) > 0.5
        && walk(&group.steps).any(is_long)
}

/// The names of the other groups that compute.
pub fn computing(question: &Question) -> Vec<String> {
    let groups = question.scenario.spec().numbered_groups();
    let others = groups.filter(|(id, group)| computes_beside(question, *id, group));
    others.map(|(_, group)| group.name.clone()).collect()
}

/// Whether a step keeps the GIL for long enough that others notice.
fn is_long(step: &Step) -> bool {
    step.with_gil().is_some_and(|work| work.mean() >= Nanos::from_micros(500))
}

/// The part of a pass that is spent with the GIL, 0 to 1.
pub fn holds_gil(steps: &[Step]) -> f64 {
    let shares = shares(steps);
    let all = shares.own() + shares.messages;
    if all > 0.0 { shares.gil / all } else { 0.0 }
}

/// Whether any step, or any step under a lock, is of a kind.
pub fn any(steps: &[Step], wanted: StepKind) -> bool {
    walk(steps).any(|step| step.kind() == wanted)
}

/// Whether a program hands jobs to a pool.
pub fn calls(steps: &[Step]) -> bool {
    any(steps, StepKind::Call)
}

/// Whether the group asked about waits for others.
pub fn waits(question: &Question) -> bool {
    use StepKind::{Block, Io, Receive};
    [Io, Receive, Block].into_iter().any(|kind| any(&question.group().steps, kind))
}

/// For how long a step would stop an event loop whose task it is.
pub fn stops_loop(step: &Step) -> Option<Nanos> {
    match step {
        Step::Block { wait } => Some(wait.mean()),
        Step::NativeReleasing { work } => Some(work.mean()),
        _ => step.with_gil().map(Dist::mean),
    }
}

/// Whether a step of an event loop's task is one that a thread should do: a blocking call, or C
/// code that lets go of the GIL for a millisecond and more. Bytecode and C code that keep the GIL
/// hold up the loop from a thread, too.
pub fn goes_to_thread(step: &Step) -> bool {
    match step {
        Step::Block { .. } => true,
        Step::NativeReleasing { work } => work.mean() >= Nanos::from_millis(1),
        _ => false,
    }
}

/// Why the steps can't become tasks of an event loop, a sentence without its full stop.
pub fn stops_any_loop(group: &Group) -> Option<String> {
    let name = &group.name;
    if any(&group.steps, StepKind::Block) {
        return Some(format!("{name} makes a blocking call, which would stop the event loop"));
    }
    let longest = walk(&group.steps).filter_map(stops_loop).max()?;
    (longest > SLOW_CALLBACK).then(|| {
        format!("{name} computes for {longest} at a time: the event loop would stop for it")
    })
}

/// Another start method, strategy or number than the one that a group has.
pub fn runs_threads(group: &Group) -> bool {
    matches!(group.strategy, Strategy::Threads | Strategy::Sequential)
}

/// A duration times a number of percent, at least a nanosecond.
pub fn scaled(dist: Dist, percent: u64) -> Dist {
    let scale = |time: Nanos| {
        let time = u128::from(time.0) * u128::from(percent) / 100;
        let most = u128::from(bounds::DURATION.end().0);
        Nanos(time.clamp(1, most) as u64)
    };
    match dist {
        Dist::Fixed(a) => Dist::Fixed(scale(a)),
        Dist::Uniform(a, b) => Dist::Uniform(scale(a), scale(b)),
        Dist::Exponential(a) => Dist::Exponential(scale(a)),
        Dist::LogNormal(a, b) => Dist::LogNormal(scale(a), scale(b)),
    }
}
