//! A race in the middle, one step at a time.

use crate::races::THREADS;
use crate::{Does, Race, Step};

/// How far the threads are, and what they have made of the memory.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// Each thread's next step.
    pub next: [usize; THREADS],
    /// Each thread's own number, once it has one.
    pub own: [Option<i64>; THREADS],
    /// The shared number.
    pub shared: i64,
    /// Whether the object has been freed.
    pub freed: bool,
    /// Whether somebody has touched it after that.
    pub touched_freed: bool,
    /// Who has the lock.
    pub lock: Option<usize>,
    /// Who did the last step.
    pub last: Option<usize>,
}

/// Why a thread cannot do its next step now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It has done all of them.
    Done,
    /// The other thread has the GIL, and has not looked at the eval breaker since it has it.
    OtherHasGil,
    /// The other thread has the lock.
    OtherHasLock,
}

/// What has come of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The shared number is what it has to be.
    Right,
    /// Some of what was added is not in it.
    Lost,
    /// It is too high. Of a count of references: the object is never freed.
    TooHigh,
    /// The object was freed while there was a reference to it.
    Freed,
}

impl Race {
    /// Before the first step.
    pub fn start(&self) -> State {
        State {
            next: [0; THREADS],
            own: [None; THREADS],
            shared: self.before,
            freed: false,
            touched_freed: false,
            lock: None,
            last: None,
        }
    }

    /// A thread's next step.
    pub fn next_step(&self, state: &State, thread: usize) -> Option<&Step> {
        self.steps.get(*state.next.get(thread)?)
    }

    /// Why a thread cannot go on now; nothing where it can.
    pub fn refusal(&self, state: &State, thread: usize) -> Option<Refusal> {
        let Some(step) = self.next_step(state, thread) else { return Some(Refusal::Done) };
        if step.does == Does::Acquire && state.lock.is_some_and(|owner| owner != thread) {
            return Some(Refusal::OtherHasLock);
        }
        let other = state.last.filter(|last| *last != thread);
        other.filter(|other| self.keeps_gil(state, *other)).map(|_| Refusal::OtherHasGil)
    }

    /// Whether the thread that did the last step still has the GIL and has not been asked since.
    fn keeps_gil(&self, state: &State, thread: usize) -> bool {
        let next = state.next[thread];
        let looked =
            next.checked_sub(1).and_then(|last| self.steps.get(last)).map(|step| step.looks);
        let waits = self.steps.get(next).is_none_or(|step| {
            step.does == Does::Acquire && state.lock.is_some_and(|owner| owner != thread)
        });
        self.gil && !waits && looked == Some(false)
    }

    /// The state after a thread's next step; nothing where it cannot do it.
    pub fn step(&self, state: &State, thread: usize) -> Option<State> {
        if thread >= THREADS || self.refusal(state, thread).is_some() {
            return None;
        }
        let step = self.next_step(state, thread)?;
        let mut after = State { last: Some(thread), ..state.clone() };
        after.next[thread] += 1;
        if state.freed && self.touches(step) {
            after.touched_freed = true;
        }
        match step.does {
            Does::Nothing => {}
            Does::Load => after.own[thread] = Some(state.shared),
            Does::Add(n) => after.own[thread] = state.own[thread].map(|own| own + n),
            Does::Store => after.shared = state.own[thread].unwrap_or(state.shared),
            Does::AddStore(n) => after.shared = state.own[thread].unwrap_or(state.shared) + n,
            Does::Atomic(n) => {
                after.shared += n;
                after.own[thread] = Some(after.shared);
            }
            Does::FreeAtZero(n) => after.freed |= state.own[thread] == Some(-n),
            Does::SkipIfSet(steps) if state.shared != 0 => after.next[thread] += steps,
            Does::SkipIfSet(_) => {}
            Does::Acquire => after.lock = Some(thread),
            Does::Release => after.lock = None,
        }
        Some(after)
    }

    fn touches(&self, step: &Step) -> bool {
        let touch = matches!(step.does, Does::Load | Does::AddStore(_) | Does::Atomic(_));
        self.info.is_count && touch
    }

    /// Does all steps of a schedule, the threads in the order in which they go on.
    pub fn replay(&self, schedule: &[usize]) -> Option<State> {
        schedule.iter().try_fold(self.start(), |state, thread| self.step(&state, *thread))
    }

    /// What has come of it; nothing while a thread has steps to do.
    pub fn verdict(&self, state: &State) -> Option<Verdict> {
        if state.next.iter().any(|next| *next < self.steps.len()) {
            return None;
        }
        Some(match state.shared {
            _ if state.freed => Verdict::Freed,
            shared if shared == self.right => Verdict::Right,
            shared if shared < self.right => Verdict::Lost,
            _ => Verdict::TooHigh,
        })
    }
}
