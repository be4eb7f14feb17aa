//! Kinds of steps and repeats.

use gil_sim::program::walk;
use gil_sim::{Dist, Nanos, Repeat, Step, StepKind};

/// A step of a kind that takes this long, with the name that such a step usually begins with.
pub(super) fn new_step(kind: StepKind, time: Dist) -> Step {
    kind.step(kind.named().map_or("", |named| named.usual), time)
}

/// Makes a step one of another kind. Its duration stays where it makes sense, a step that gets a
/// lock goes inside it, a lock that goes leaves the duration of its first step, and a job goes to
/// the callee.
pub(super) fn set_kind(
    step: &mut Step,
    kind: StepKind,
    callee: Option<String>,
) -> Result<(), String> {
    if step.kind() == kind {
        return Ok(());
    }
    let short = kind == StepKind::Syscall || step.kind() == StepKind::Syscall;
    let time = walk(std::slice::from_ref(step)).find_map(Step::time).filter(|_| !short);
    let mut new = new_step(kind, time.unwrap_or(Dist::Fixed(kind.usual_time())));
    match &mut new {
        Step::Locked { body, .. } => *body = vec![step.clone()],
        Step::Call { group, .. } => *group = callee.ok_or(NONE_SERVES)?,
        _ => {}
    }
    *step = new;
    Ok(())
}

/// Why there cannot be a job for others.
const NONE_SERVES: &str =
    "No other group serves yet: let one do the jobs of others (Repeat, \"serve others\").";

/// In which way a group repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepeatKind {
    /// [`Repeat::Times`]
    Times,
    /// [`Repeat::For`]
    For,
    /// [`Repeat::Daemon`]
    Daemon,
    /// [`Repeat::Jobs`]
    Jobs,
    /// [`Repeat::Arrivals`]
    Arrivals,
    /// [`Repeat::Serve`]
    Serve,
}

impl RepeatKind {
    /// All kinds of repeat.
    pub const ALL: [RepeatKind; 6] = [
        RepeatKind::Times,
        RepeatKind::For,
        RepeatKind::Daemon,
        RepeatKind::Jobs,
        RepeatKind::Arrivals,
        RepeatKind::Serve,
    ];

    /// Its name in the page's elements.
    pub fn key(self) -> &'static str {
        match self {
            RepeatKind::Times => "times",
            RepeatKind::For => "for",
            RepeatKind::Daemon => "daemon",
            RepeatKind::Jobs => "jobs",
            RepeatKind::Arrivals => "arrive",
            RepeatKind::Serve => "serve",
        }
    }

    pub(super) fn find(key: &str) -> Option<RepeatKind> {
        RepeatKind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// In which way this one repeats.
    pub fn of(repeat: Repeat) -> RepeatKind {
        match repeat {
            Repeat::Times(_) => RepeatKind::Times,
            Repeat::For(_) => RepeatKind::For,
            Repeat::Daemon => RepeatKind::Daemon,
            Repeat::Jobs(_) => RepeatKind::Jobs,
            Repeat::Arrivals { .. } => RepeatKind::Arrivals,
            Repeat::Serve => RepeatKind::Serve,
        }
    }

    pub(super) fn usual(self) -> Repeat {
        match self {
            RepeatKind::Times => Repeat::Times(20),
            RepeatKind::For => Repeat::For(Nanos::from_millis(200)),
            RepeatKind::Daemon => Repeat::Daemon,
            RepeatKind::Jobs => Repeat::Jobs(20),
            RepeatKind::Arrivals => Repeat::Arrivals {
                every: Dist::Exponential(Nanos::from_millis(10)),
                during: Nanos::from_secs(1),
            },
            RepeatKind::Serve => Repeat::Serve,
        }
    }
}
