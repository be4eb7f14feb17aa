//! A step of a thread's program in words: each kind of work has its sentences here.

use gil_sim::program::{Unfolded, unfold};
use gil_sim::{Dist, GroupId, Spec, Step, StepId, StepKind};

/// What a step is called, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// In a list of steps: `2 ms Python`.
    Listed,
    /// As the subject of a sentence: `2 ms of Python`.
    Named,
    /// As what a thread does: `computes 2 ms in Python`.
    Done,
}

/// What each kind of work is called in a list, as a subject and as what a thread does. `{time}` and
/// `{name}` stand for the step's own.
fn sentences(kind: StepKind) -> [&'static str; 3] {
    match kind {
        StepKind::Python => ["{time} Python", "{time} of Python", "computes {time} in Python"],
        StepKind::NativeHolding => [
            "{time} C with the GIL",
            "a C call of {time} that keeps the GIL",
            "spends {time} in C with the GIL",
        ],
        StepKind::NativeReleasing => [
            "{time} C without the GIL",
            "a C call of {time} that lets go of the GIL",
            "spends {time} in C without the GIL",
        ],
        StepKind::Io => ["{time} I/O", "I/O of {time}", "waits {time} for I/O"],
        StepKind::Receive => [
            "a message every {time}",
            "a receive; messages come every {time}",
            "gets a message about every {time}",
        ],
        StepKind::Syscall => {
            ["{time} system call", "a system call of {time}", "makes a system call of {time}"]
        }
        StepKind::Sleep => ["{time} sleep", "a sleep of {time}", "sleeps {time}"],
        StepKind::Block => {
            ["{time} blocking call", "a blocking call of {time}", "blocks for {time}"]
        }
        StepKind::Share => {
            ["{time} Python on {name}", "{time} of Python on {name}", "reads {name} for {time}"]
        }
        StepKind::Mutate => {
            ["{time} change of {name}", "a change of {name}, {time}", "changes {name} for {time}"]
        }
        StepKind::Call => ["a job for {name}", "a job for {name}", "has {name} do a job"],
        StepKind::Locked => ["with {name}", "acquisition of lock {name}", "takes the lock {name}"],
    }
}

/// A step in words, without the steps inside a lock and the data of a job.
pub fn step_said(step: &Step, said: Said, length: impl Fn(Dist) -> String) -> String {
    let [listed, named, done] = sentences(step.kind());
    let sentence = match said {
        Said::Listed => listed,
        Said::Named => named,
        Said::Done => done,
    };
    let time = step.time().map(length).unwrap_or_default();
    sentence.replace("{time}", &time).replace("{name}", step.name().unwrap_or_default())
}

/// The step that an unfolded program has there.
pub(super) fn step_words(spec: &Spec, group: GroupId, step: StepId) -> Option<String> {
    match unfold(&spec.group(group)?.steps).get(step.index())? {
        Unfolded::Step(step) => Some(step_said(step, Said::Named, length)),
        Unfolded::Release(lock) => Some(format!("release of lock {lock}")),
    }
}

fn length(dist: Dist) -> String {
    match dist {
        Dist::Fixed(length) => length.to_string(),
        Dist::Uniform(low, high) => format!("{low} to {high}"),
        Dist::Exponential(mean) => format!("{mean} on average"),
        Dist::LogNormal(median, _) => format!("about {median}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gil_sim::{Group, Nanos};

    #[test]
    fn steps_are_found_where_the_engine_unfolds_them() {
        let python = |n| Step::Python { work: Dist::Fixed(Nanos::from_millis(n)), check: None };
        let sleep = Step::Sleep { wait: Dist::Exponential(Nanos::from_millis(2)) };
        let locked = |lock: &str, body| Step::Locked { lock: lock.into(), body };
        let steps = vec![locked("a", vec![python(1), locked("b", vec![python(2)])]), sleep];
        let group = Group::new("t", steps);
        let spec = Spec { groups: vec![group], ..Spec::default() };
        let all: Vec<_> =
            (0..8).map_while(|i| step_words(&spec, GroupId::FIRST, StepId(i))).collect();
        assert_eq!(
            all,
            [
                "acquisition of lock a",
                "1 ms of Python",
                "acquisition of lock b",
                "2 ms of Python",
                "release of lock b",
                "release of lock a",
                "a sleep of 2 ms on average",
            ]
        );
    }
}
