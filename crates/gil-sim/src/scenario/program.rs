//! A program as a whole: walks through its steps, with those inside locks, and what they add up to.

use super::kind::Spends;
use super::step::Step;
use crate::time::Nanos;

/// A place of an unfolded program, which is what a thread goes through one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfolded<'s> {
    /// A step; of a lock, its acquisition.
    Step(&'s Step),
    /// The release of this lock, after the steps inside it.
    Release(&'s str),
}

/// The program as a thread goes through it: places by [`StepId`](crate::StepId). `with lock:` takes one place before its
/// body and one after it.
pub fn unfold(steps: &[Step]) -> Vec<Unfolded<'_>> {
    let mut all = Vec::with_capacity(steps.len());
    unfold_into(steps, &mut all);
    all
}

fn unfold_into<'s>(steps: &'s [Step], into: &mut Vec<Unfolded<'s>>) {
    for step in steps {
        into.push(Unfolded::Step(step));
        if let Step::Locked { lock, body } = step {
            unfold_into(body, into);
            into.push(Unfolded::Release(lock));
        }
    }
}

/// All steps, each lock before those inside it.
pub fn walk(steps: &[Step]) -> impl Iterator<Item = &Step> {
    unfold(steps).into_iter().filter_map(|place| match place {
        Unfolded::Step(step) => Some(step),
        Unfolded::Release(_) => None,
    })
}

/// All steps but the locks, those inside locks included, to be changed.
pub fn parts_mut(steps: &mut [Step]) -> Vec<&mut Step> {
    let mut all = Vec::with_capacity(steps.len());
    parts_into(steps, &mut all);
    all
}

fn parts_into<'s>(steps: &'s mut [Step], into: &mut Vec<&'s mut Step>) {
    for step in steps {
        match step {
            Step::Locked { body, .. } => parts_into(body, into),
            _ => into.push(step),
        }
    }
}

/// What a pass through a program takes on average, in nanoseconds, by what it goes into.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shares {
    /// CPU time with the GIL.
    pub gil: f64,
    /// CPU time without it.
    pub native: f64,
    /// Waiting that the program asks for: I/O, sleep, calls that block.
    pub waits: f64,
    /// Gaps between messages; how much of them is waited for, only a run can tell.
    pub messages: f64,
    /// Jobs that others do; how long they take is theirs.
    pub jobs: u32,
}

impl Shares {
    /// CPU time and waiting: what a pass takes if nothing comes in between.
    pub fn own(&self) -> f64 {
        self.gil + self.native + self.waits
    }
}

/// What a pass through a program goes into.
pub fn shares(steps: &[Step]) -> Shares {
    let mut shares = Shares::default();
    for step in walk(steps) {
        let mean = step.time().map_or(0.0, |time| time.mean().0 as f64);
        match step.kind().spends() {
            Spends::Gil => shares.gil += mean,
            Spends::Native => shares.native += mean,
            Spends::Wait => shares.waits += mean,
            Spends::Messages => shares.messages += mean,
            Spends::Result => shares.jobs += 1,
            Spends::Inside => {}
        }
    }
    shares
}

/// The mean length of the longest C call that keeps the GIL.
pub fn longest_call(steps: &[Step]) -> Option<Nanos> {
    let call = |step: &Step| match step {
        Step::NativeHolding { work } => Some(work.mean()),
        _ => None,
    };
    walk(steps).filter_map(call).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Dist;

    fn ms(n: u64) -> Dist {
        Dist::Fixed(Nanos::from_millis(n))
    }

    /// `lock-a+hold-1ms+lock-b+io-2ms+unlock-b+unlock-a+recv-3ms+call-pool`.
    fn program() -> Vec<Step> {
        let locked = |lock: &str, body| Step::Locked { lock: lock.into(), body };
        let inner = locked("b", vec![Step::Io { wait: ms(2) }]);
        vec![
            locked("a", vec![Step::NativeHolding { work: ms(1) }, inner]),
            Step::Receive { every: ms(3) },
            Step::Call { group: "pool".into(), bytes: 0 },
        ]
    }

    #[test]
    fn a_lock_takes_a_place_before_and_one_after_its_body() {
        let steps = program();
        let places = unfold(&steps);
        let words = places.iter().map(|place| match place {
            Unfolded::Step(step) => step.kind().word(),
            Unfolded::Release(lock) => lock,
        });
        assert_eq!(
            words.collect::<Vec<_>>(),
            ["lock", "hold", "lock", "io", "b", "a", "recv", "call"]
        );
        assert_eq!(walk(&steps).count(), 6);
    }

    #[test]
    fn steps_inside_locks_count_and_can_be_changed() {
        let mut steps = program();
        let (gil, waits, messages) = (1e6, 2e6, 3e6);
        assert_eq!(shares(&steps), Shares { gil, native: 0.0, waits, messages, jobs: 1 });
        assert_eq!(shares(&steps).own(), 3e6);
        assert_eq!(longest_call(&steps), Some(Nanos::from_millis(1)));
        parts_mut(&mut steps).into_iter().filter_map(Step::time_mut).for_each(|time| *time = ms(5));
        let (gil, waits, messages) = (5e6, 5e6, 5e6);
        assert_eq!(shares(&steps), Shares { gil, native: 0.0, waits, messages, jobs: 1 });
    }
}
