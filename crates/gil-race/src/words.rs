//! What is said of a step: state, trigger, consequence.

use crate::run::{Refusal, State, Verdict};
use crate::{Does, Found, Race, ways};

/// A step in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// What held before.
    pub state: String,
    /// What was done.
    pub trigger: String,
    /// What follows.
    pub consequence: String,
}

/// The name of a thread: `T1`.
pub(crate) fn name(thread: usize) -> String {
    format!("T{}", thread + 1)
}

impl Race {
    /// A thread's next step from `before` in words; nothing where it cannot do it.
    pub fn moment(&self, before: &State, thread: usize) -> Option<Moment> {
        let after = self.step(before, thread)?;
        let step = self.next_step(before, thread)?;
        let me = name(thread);
        let state = match before.own[thread] {
            Some(own) => {
                let own = format!("{own} {}", self.info.own());
                format!("{} is {}; {me} has {own}.", self.info.shared, before.shared)
            }
            None => format!("{} is {}.", self.info.shared, before.shared),
        };
        let trigger = format!("{me} does {} ({}).", step.text, step.of);
        let consequence = self.consequence(before, &after, thread);
        Some(Moment { state, trigger, consequence })
    }

    fn consequence(&self, before: &State, after: &State, thread: usize) -> String {
        let (me, shared) = (name(thread), self.info.shared);
        let Some(step) = self.next_step(before, thread) else { return String::new() };
        let effect = match step.does {
            Does::Nothing => format!("{shared} stays {}.", after.shared),
            Does::Load => {
                format!("{me} has a copy now. Whatever others write from here on, it does not see.")
            }
            Does::Add(_) => format!(
                "The sum is {me}'s own; {shared} is still {}.",
                after.shared
            ),
            Does::Store | Does::AddStore(_) => self.stored(before, after, thread),
            Does::Atomic(_) => format!("{shared} is {} now; nobody could come between.", after.shared),
            Does::FreeAtZero(_) if after.freed && !before.freed => "The count is 0: the object is freed, \
                 and its memory is given to whoever asks next. The module still has a reference to it."
                .to_owned(),
            Does::FreeAtZero(_) => "The count is not 0, so the object stays.".to_owned(),
            Does::SkipIfSet(_) if before.shared != 0 => "The key is there: nothing to make.".to_owned(),
            Does::SkipIfSet(_) => {
                format!("The key is not there, so {me} is going to make it.")
            }
            Does::Acquire => format!("{me} has the lock: whoever wants it now waits."),
            Does::Release => "The lock is free again.".to_owned(),
        };
        let touched = match after.touched_freed && !before.touched_freed {
            true => {
                " The object was freed: this reads and writes memory that is no longer its own."
            }
            false => "",
        };
        format!("{effect}{touched}{}", self.may_switch(step.looks))
    }

    fn may_switch(&self, looks: bool) -> &'static str {
        match (self.gil, looks) {
            (true, true) => " The eval breaker is looked at here: another thread can get the GIL.",
            (true, false) => "",
            (false, _) => "",
        }
    }

    fn stored(&self, before: &State, after: &State, thread: usize) -> String {
        let shared = self.info.shared;
        let own = before.own[thread].unwrap_or(before.shared);
        // A store overwrites what came in after the load it goes back to.
        let read = match self.next_step(before, thread).map(|step| step.does) {
            Some(Does::Store) => own - 1,
            _ => own,
        };
        if read == before.shared {
            return format!("{shared} is {} now.", after.shared);
        }
        format!(
            "{shared} becomes {}, worked out from {read}, which {} had read before it changed: the \
             other thread's update is lost.",
            after.shared,
            name(thread)
        )
    }

    /// What has come of it.
    pub fn ending(&self, state: &State) -> Option<String> {
        let shared = self.info.shared;
        Some(match self.verdict(state)? {
            Verdict::Right if self.info.is_count => {
                format!("Right: {shared} is {}, one for the module's reference.", state.shared)
            }
            Verdict::Right => format!("Right: {shared} is {}.", state.shared),
            Verdict::Lost => {
                format!("An update is lost: {shared} is {} and should be {}.", state.shared, self.right)
            }
            Verdict::TooHigh if self.info.is_count => format!(
                "A leak: {shared} is {} for one reference. The object will never be freed.",
                state.shared
            ),
            Verdict::TooHigh => format!("{shared} is {}: it was done twice.", state.shared),
            Verdict::Freed => "The object was freed while the module still refers to it. The next use \
                               reads memory that belongs to something else: a crash, or worse, none."
                .to_owned(),
        })
    }

    /// How many ways to interleave there are, and how many go wrong.
    pub fn summary(&self, found: &[Found]) -> String {
        let all = ways(found);
        let of =
            |verdict| found.iter().find(|found| found.verdict == verdict).map_or(0, |f| f.ways);
        let wrong = [
            (Verdict::Lost, "lose an update"),
            (Verdict::TooHigh, if self.info.is_count { "leak the object" } else { "do it twice" }),
            (Verdict::Freed, "free the object too early"),
        ];
        let parts: Vec<String> = wrong
            .into_iter()
            .filter(|(verdict, _)| of(*verdict) > 0)
            .map(|(verdict, what)| format!("{} {what}", of(verdict)))
            .collect();
        match parts.as_slice() {
            [] => format!("Of {all} ways to interleave, all are right."),
            parts => format!("Of {all} ways to interleave, {}.", parts.join(" and ")),
        }
    }
}

impl Refusal {
    /// Why a thread cannot go on, as a sentence.
    pub fn words(self, thread: usize) -> String {
        let (me, other) = (name(thread), name(1 - thread.min(1)));
        match self {
            Refusal::Done => format!("{me} is done."),
            Refusal::OtherHasGil => {
                format!("{other} has the GIL and has not looked at the eval breaker yet.")
            }
            Refusal::OtherHasLock => format!("{other} has the lock."),
        }
    }
}
