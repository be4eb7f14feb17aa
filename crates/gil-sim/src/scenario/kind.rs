//! The kinds of work, a row each.
//!
//! Check, notation, the page's step editor and whoever adds up a program are loops over
//! [`StepKind::ALL`] and over the steps of a [`program`](super::program): a new kind of work is a
//! variant of [`Step`] and of [`StepKind`], a row here, its use in the engine, and its sentences in
//! `gil-words`.

use super::step::Step;
use crate::draw::Dist;
use crate::time::Nanos;

/// A kind of work: what a [`Step`] is without its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepKind {
    /// [`Step::Python`]
    Python,
    /// [`Step::NativeHolding`]
    NativeHolding,
    /// [`Step::NativeReleasing`]
    NativeReleasing,
    /// [`Step::Io`]
    Io,
    /// [`Step::Receive`]
    Receive,
    /// [`Step::Syscall`]
    Syscall,
    /// [`Step::Sleep`]
    Sleep,
    /// [`Step::Block`]
    Block,
    /// [`Step::Share`]
    Share,
    /// [`Step::Mutate`]
    Mutate,
    /// [`Step::Call`]
    Call,
    /// [`Step::Locked`]
    Locked,
}

/// What a thread's time goes into during a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spends {
    /// CPU time with the GIL, for as long as the step says.
    Gil,
    /// CPU time without the GIL, for as long as the step says.
    Native,
    /// Waiting without a core, for as long as the step says.
    Wait,
    /// Waiting for messages, which come when they come.
    Messages,
    /// Waiting for the result of a job that others do.
    Result,
    /// The steps inside a lock, and waiting for the lock.
    Inside,
}

/// The field of a step that names something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The field's name, as in [`Invalid::place`](crate::Invalid::place): `lock`.
    pub field: &'static str,
    /// The name that a new step on the page begins with; empty where it has to be chosen.
    pub usual: &'static str,
}

/// What is known of a kind of work.
struct Row {
    word: &'static str,
    label: &'static str,
    help: &'static str,
    /// The field of its duration, what the duration is called beside a knob, and a usual one.
    time: Option<(&'static str, &'static str, Nanos)>,
    named: Option<Named>,
    spends: Spends,
    /// Whether its duration is never twice the same in reality.
    varies: bool,
    make: fn(String, Dist) -> Step,
}

const OBJECT: Option<Named> = Some(Named { field: "object", usual: "cache" });

impl StepKind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [StepKind; 12] = [
        StepKind::Python,
        StepKind::NativeHolding,
        StepKind::NativeReleasing,
        StepKind::Io,
        StepKind::Receive,
        StepKind::Syscall,
        StepKind::Sleep,
        StepKind::Block,
        StepKind::Share,
        StepKind::Mutate,
        StepKind::Call,
        StepKind::Locked,
    ];

    fn row(self) -> Row {
        match self {
            StepKind::Python => Row {
                word: "py",
                label: "Python code",
                help: "Bytecode: holds the GIL and looks for a drop request now and then.",
                time: Some(("work", "Python", Nanos::from_millis(1))),
                named: None,
                spends: Spends::Gil,
                varies: true,
                make: |_, work| Step::Python { work, check: None },
            },
            StepKind::NativeHolding => Row {
                word: "hold",
                label: "C call, keeps the GIL",
                help: "Keeps the GIL until it returns: re, json, sorted, sum(range(n)).",
                time: Some(("work", "C with the GIL", Nanos::from_millis(10))),
                named: None,
                spends: Spends::Gil,
                varies: true,
                make: |_, work| Step::NativeHolding { work },
            },
            StepKind::NativeReleasing => Row {
                word: "native",
                label: "C call, releases the GIL",
                help: "Lets go of the GIL while it computes: zlib, hashlib, NumPy loops.",
                time: Some(("work", "C without the GIL", Nanos::from_millis(10))),
                named: None,
                spends: Spends::Native,
                varies: true,
                make: |_, work| Step::NativeReleasing { work },
            },
            StepKind::Io => Row {
                word: "io",
                label: "I/O",
                help: "Asks, lets go of the GIL, and waits this long for the answer.",
                time: Some(("wait", "I/O", Nanos::from_millis(10))),
                named: None,
                spends: Spends::Wait,
                varies: true,
                make: |_, wait| Step::Io { wait },
            },
            StepKind::Receive => Row {
                word: "recv",
                label: "Receive messages",
                help: "Waits for messages that arrive on their own schedule, this far apart.",
                time: Some(("every", "Gap between messages", Nanos::from_millis(10))),
                named: None,
                spends: Spends::Messages,
                varies: false,
                make: |_, every| Step::Receive { every },
            },
            StepKind::Syscall => Row {
                word: "sys",
                label: "Short system call",
                help: "Never blocks but lets go of the GIL all the same, as os.write does.",
                time: Some(("work", "System call", Nanos::from_micros(2))),
                named: None,
                spends: Spends::Native,
                varies: true,
                make: |_, work| Step::Syscall { work },
            },
            StepKind::Sleep => Row {
                word: "sleep",
                label: "Sleep",
                help: "time.sleep: lets go of the GIL and comes back when the time is over.",
                time: Some(("wait", "Sleep", Nanos::from_millis(10))),
                named: None,
                spends: Spends::Wait,
                varies: false,
                make: |_, wait| Step::Sleep { wait },
            },
            StepKind::Block => Row {
                word: "block",
                label: "Blocking call",
                help: "A call that blocks its thread, and in asyncio the event loop with it.",
                time: Some(("wait", "Blocking call", Nanos::from_millis(10))),
                named: None,
                spends: Spends::Wait,
                varies: true,
                make: |_, wait| Step::Block { wait },
            },
            StepKind::Share => Row {
                word: "share",
                label: "Use a shared object",
                help: "Bytecode that touches an object others touch too: costly without a GIL.",
                time: Some(("work", "Work on the object", Nanos::from_millis(10))),
                named: OBJECT,
                spends: Spends::Gil,
                varies: true,
                make: |object, work| Step::Share { object, work },
            },
            StepKind::Mutate => Row {
                word: "mutate",
                label: "Change shared object",
                help: "Changes a shared list or dict; without a GIL under the object's lock.",
                time: Some(("work", "Work on the object", Nanos::from_millis(10))),
                named: OBJECT,
                spends: Spends::Gil,
                varies: true,
                make: |object, work| Step::Mutate { object, work },
            },
            StepKind::Call => Row {
                word: "call",
                label: "Job for another group",
                help: "Hands a job to a group that serves, and waits for its result.",
                time: None,
                named: Some(Named { field: "group", usual: "" }),
                spends: Spends::Result,
                varies: false,
                make: |group, _| Step::Call { group, bytes: 0 },
            },
            StepKind::Locked => Row {
                word: "lock",
                label: "with lock:",
                help: "Takes a threading.Lock around other steps. The same name is the same lock.",
                time: None,
                named: Some(Named { field: "lock", usual: "lock" }),
                spends: Spends::Inside,
                varies: false,
                make: |lock, work| Step::Locked {
                    lock,
                    body: vec![Step::Python { work, check: None }],
                },
            },
        }
    }

    /// The word that it begins with in the notation: `py`.
    pub fn word(self) -> &'static str {
        self.row().word
    }

    /// The kind of a word.
    pub fn find(word: &str) -> Option<StepKind> {
        StepKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What it is called in a list of all kinds.
    pub fn label(self) -> &'static str {
        self.row().label
    }

    /// What it does, in a sentence.
    pub fn help(self) -> &'static str {
        self.row().help
    }

    /// The field that holds its duration, as in [`Invalid::place`](crate::Invalid::place): `work`.
    /// `None` where it has no duration of its own.
    pub fn time_field(self) -> Option<&'static str> {
        self.row().time.map(|(field, ..)| field)
    }

    /// What its duration is called where it stands alone: `C with the GIL`.
    pub fn time_label(self) -> Option<&'static str> {
        self.row().time.map(|(_, label, _)| label)
    }

    /// How long a new step of this kind takes; of a lock, the step inside it.
    pub fn usual_time(self) -> Nanos {
        self.row().time.map_or(Nanos::from_millis(1), |(_, _, usual)| usual)
    }

    /// The field that names something: a lock, an object, a group.
    pub fn named(self) -> Option<Named> {
        self.row().named
    }

    /// What a thread's time goes into during such a step.
    pub fn spends(self) -> Spends {
        self.row().spends
    }

    /// Whether it holds the GIL for as long as it takes.
    pub fn holds_gil(self) -> bool {
        self.spends() == Spends::Gil
    }

    /// Whether its duration is never twice the same in reality, as that of `time.sleep` is and
    /// the gap of a load generator.
    pub fn varies(self) -> bool {
        self.row().varies
    }

    /// A step of this kind with a name and a duration, where it has them. A lock has a step of
    /// bytecode inside that takes as long.
    pub fn step(self, name: &str, time: Dist) -> Step {
        (self.row().make)(name.to_owned(), time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_makes_steps_of_its_own_kind_with_the_fields_of_its_row() {
        let time = Dist::Fixed(Nanos(7));
        for kind in StepKind::ALL {
            let mut step = kind.step("a_name", time);
            assert_eq!(step.kind(), kind);
            assert_eq!(StepKind::find(kind.word()), Some(kind));
            assert_eq!(step.time(), kind.time_field().map(|_| time), "{kind:?}");
            assert_eq!(step.name(), kind.named().map(|_| "a_name"), "{kind:?}");
            assert_eq!(step.time(), step.time_mut().copied());
            assert_eq!(step.body().is_some(), kind.spends() == Spends::Inside);
        }
    }

    #[test]
    fn fields_are_called_as_they_are_serialized() {
        for kind in StepKind::ALL {
            let step = serde_json::to_value(kind.step("a_name", Dist::Fixed(Nanos(7)))).unwrap();
            let (variant, fields) = step.as_object().unwrap().iter().next().unwrap();
            assert_eq!(*variant, format!("{kind:?}"));
            for field in kind.time_field().into_iter().chain(kind.named().map(|name| name.field)) {
                assert!(fields.get(field).is_some(), "{kind:?} has no {field}");
            }
        }
    }
}
