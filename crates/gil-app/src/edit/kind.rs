//! Kinds of steps and repeats.

use gil_sim::{Dist, Nanos, Repeat, Step};

use super::dist::step_dist;

/// What a step does, named as the variants of [`Step`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Python,
    Holding,
    Releasing,
    Io,
    Receive,
    Syscall,
    Sleep,
    Block,
    Share,
    Mutate,
    Call,
    Locked,
}

impl Kind {
    /// All of them, in the order of the page.
    pub const ALL: [Kind; 12] = [
        Kind::Python,
        Kind::Holding,
        Kind::Releasing,
        Kind::Io,
        Kind::Receive,
        Kind::Syscall,
        Kind::Sleep,
        Kind::Block,
        Kind::Share,
        Kind::Mutate,
        Kind::Call,
        Kind::Locked,
    ];

    /// Its name in the notation and in the page's elements.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Python => "py",
            Kind::Holding => "hold",
            Kind::Releasing => "native",
            Kind::Io => "io",
            Kind::Receive => "recv",
            Kind::Syscall => "sys",
            Kind::Sleep => "sleep",
            Kind::Block => "block",
            Kind::Share => "share",
            Kind::Mutate => "mutate",
            Kind::Call => "call",
            Kind::Locked => "lock",
        }
    }

    pub(super) fn find(key: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// What this step does.
    pub fn of(step: &Step) -> Kind {
        match step {
            Step::Python { .. } => Kind::Python,
            Step::NativeHolding { .. } => Kind::Holding,
            Step::NativeReleasing { .. } => Kind::Releasing,
            Step::Io { .. } => Kind::Io,
            Step::Receive { .. } => Kind::Receive,
            Step::Syscall { .. } => Kind::Syscall,
            Step::Sleep { .. } => Kind::Sleep,
            Step::Block { .. } => Kind::Block,
            Step::Share { .. } => Kind::Share,
            Step::Mutate { .. } => Kind::Mutate,
            Step::Call { .. } => Kind::Call,
            Step::Locked { .. } => Kind::Locked,
        }
    }

    /// A step of this kind that takes this long.
    pub(super) fn step(self, time: Dist) -> Step {
        match self {
            Kind::Python => Step::Python { work: time, check: None },
            Kind::Holding => Step::NativeHolding { work: time },
            Kind::Releasing => Step::NativeReleasing { work: time },
            Kind::Io => Step::Io { wait: time },
            Kind::Receive => Step::Receive { every: time },
            Kind::Syscall => Step::Syscall { work: time },
            Kind::Sleep => Step::Sleep { wait: time },
            Kind::Block => Step::Block { wait: time },
            Kind::Share => Step::Share { object: "cache".to_owned(), work: time },
            Kind::Mutate => Step::Mutate { object: "cache".to_owned(), work: time },
            // Who does it is for the caller to say, see `set_kind`.
            Kind::Call => Step::Call { group: String::new(), bytes: 0 },
            Kind::Locked => Step::Locked {
                lock: "lock".to_owned(),
                body: vec![Step::Python { work: time, check: None }],
            },
        }
    }

    /// How long such a step usually takes.
    pub(super) fn usual(self) -> Dist {
        Dist::Fixed(match self {
            Kind::Syscall => Nanos::from_micros(2),
            Kind::Python | Kind::Locked => Nanos::from_millis(1),
            _ => Nanos::from_millis(10),
        })
    }
}

/// Makes a step one of another kind. Its duration stays where it makes sense, a step that gets a
/// lock goes inside it, a lock that goes leaves the duration of its first step, and a job goes to
/// the callee.
pub(super) fn set_kind(step: &mut Step, kind: Kind, callee: Option<String>) -> Result<(), String> {
    if Kind::of(step) == kind {
        return Ok(());
    }
    *step = match kind {
        Kind::Locked => Step::Locked { lock: "lock".to_owned(), body: vec![step.clone()] },
        Kind::Call => Step::Call { group: callee.ok_or(NONE_SERVES)?, bytes: 0 },
        _ => {
            let short = kind == Kind::Syscall || Kind::of(step) == Kind::Syscall;
            let time = if short { None } else { first_time(step) };
            kind.step(time.unwrap_or(kind.usual()))
        }
    };
    Ok(())
}

/// Why there cannot be a job for others.
const NONE_SERVES: &str =
    "No other group serves yet: let one do the jobs of others (Repeat, \"serve others\").";

fn first_time(step: &Step) -> Option<Dist> {
    match step {
        Step::Locked { body, .. } => body.first().and_then(first_time),
        _ => step_dist(step),
    }
}

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
