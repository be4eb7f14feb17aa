//! A step of a thread's program in words.

use gil_sim::{Dist, Spec, Step};

/// The step that an unfolded program has at `index`; `with lock:` takes one place before and one
/// after its body.
pub(super) fn step_words(spec: &Spec, group: usize, index: u16) -> Option<String> {
    let mut left = index;
    find(&spec.groups.get(group)?.steps, &mut left)
}

fn find(steps: &[Step], left: &mut u16) -> Option<String> {
    for step in steps {
        if let Some(words) = here(left, words(step)) {
            return Some(words);
        }
        if let Step::Locked { lock, body } = step {
            let inside = find(body, left);
            if let Some(words) = inside.or_else(|| here(left, format!("release of lock {lock}"))) {
                return Some(words);
            }
        }
    }
    None
}

fn here(left: &mut u16, words: String) -> Option<String> {
    match left.checked_sub(1) {
        Some(rest) => {
            *left = rest;
            None
        }
        None => Some(words),
    }
}

fn words(step: &Step) -> String {
    match step {
        Step::Python { work, .. } => format!("{} of Python", length(*work)),
        Step::NativeHolding { work } => format!("a C call of {} that keeps the GIL", length(*work)),
        Step::NativeReleasing { work } => {
            format!("a C call of {} that lets go of the GIL", length(*work))
        }
        Step::Io { wait } => format!("I/O of {}", length(*wait)),
        Step::Receive { every } => format!("a receive; messages come every {}", length(*every)),
        Step::Syscall { work } => format!("a system call of {}", length(*work)),
        Step::Sleep { wait } => format!("a sleep of {}", length(*wait)),
        Step::Block { wait } => format!("a blocking call of {}", length(*wait)),
        Step::Share { object, work } => format!("{} of Python on {object}", length(*work)),
        Step::Mutate { object, work } => format!("a change of {object}, {}", length(*work)),
        Step::Call { group, .. } => format!("a job for {group}"),
        Step::Locked { lock, .. } => format!("acquisition of lock {lock}"),
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
        let all: Vec<_> = (0..8).map_while(|i| step_words(&spec, 0, i)).collect();
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
