//! What if: changes that come from outside in the middle of a run.

use serde::{Deserialize, Serialize};

use super::{Group, Spec, Strategy};
use crate::id::GroupId;
use crate::time::Nanos;

/// Something that is done to a run at a moment, so that it can be compared with the run without.
///
/// It happens after everything else that is due at that time: up to and including the moment both
/// runs are the same, event by event. What comes after the end of the run never happens. One more
/// thread needs no intervention: it is a group at the end that starts at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Intervention {
    /// When, since the start of the run; within [`bounds::MOMENT`](super::bounds::MOMENT).
    pub at: Nanos,
    /// What.
    pub what: Intervene,
}

/// What an [`Intervention`] does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Intervene {
    /// `sys.setswitchinterval` in every interpreter (`_PyEval_SetSwitchInterval`,
    /// Python/ceval_gil.h, 3.11; called by `sys_setswitchinterval_impl`, Python/sysmodule.c). It
    /// stores the number and no more: a wait for the GIL that is under way keeps its time-out,
    /// which `COND_TIMED_WAIT` was given when it began. For Pythons with a switch interval.
    SwitchInterval(Nanos),
    /// `sys.setcheckinterval`, in ticks (`sys_setcheckinterval`, Python/sysmodule.c, 2.7). It
    /// stores the number and no more: `_Py_Ticker` counts down to zero from the old one first. For
    /// Pythons with ticks.
    CheckInterval(u32),
    /// The I/O that a thread or an asyncio task is blocked in completes now, as when a message
    /// arrives early; later messages keep their times. Where it is not blocked in I/O at that
    /// time nothing happens, and no event is written.
    CompleteIo {
        /// The group's index.
        group: GroupId,
        /// Which of its [`Group::members`], counted from 0: `web-1` is 0.
        member: u16,
    },
}

impl Group {
    /// Members that can wait for I/O side by side: threads, processes or asyncio tasks, but one
    /// thread where they follow each other.
    pub fn members(&self) -> u16 {
        match self.strategy {
            Strategy::Sequential => 1,
            _ => self.count,
        }
    }
}

impl Spec {
    /// The switch interval that waits which begin at this time have.
    pub fn switch_interval_at(&self, at: Nanos) -> Nanos {
        let set = |done: &Intervention| match done.what {
            Intervene::SwitchInterval(interval) if done.at < at => Some((done.at, interval)),
            _ => None,
        };
        // Of several at the same time the last one counts.
        let last = self.interventions.iter().filter_map(set).max_by_key(|(at, _)| *at);
        last.map_or(self.switch_interval, |(_, interval)| interval)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::sweep::with_threads;
    use crate::{Dist, Step};

    const MS: Nanos = Nanos::from_millis(1);

    fn spec(interventions: &[(Nanos, Intervene)]) -> Spec {
        let wait = Dist::Fixed(MS);
        let io = Group { count: 4, ..Group::new("io", vec![Step::Io { wait }]) };
        let made = interventions.iter().map(|(at, what)| Intervention { at: *at, what: *what });
        Spec { groups: vec![io], interventions: made.collect(), ..Spec::default() }
    }

    #[test]
    fn waits_have_the_interval_that_was_set_last() {
        let set = |at: u64, n: u64| (MS * at, Intervene::SwitchInterval(MS * n));
        let spec = spec(&[set(9, 4), set(2, 1), set(9, 3)]);
        let intervals = [0, 2, 3, 9, 10].map(|at| spec.switch_interval_at(MS * at));
        assert_eq!(intervals, [MS * 5, MS * 5, MS, MS, MS * 3]);
    }

    #[test]
    fn fewer_threads_do_not_make_an_intervention_impossible() {
        let last = Intervene::CompleteIo { group: GroupId(0), member: 3 };
        let scenario = Scenario::new(spec(&[(MS, last)])).expect("the member exists");
        let alone = with_threads(&scenario, GroupId(0), 1).expect("the intervention is left out");
        assert_eq!(alone.spec().interventions, []);
        let beyond = Intervene::CompleteIo { group: GroupId(0), member: 4 };
        let found = Scenario::new(spec(&[(MS, beyond)])).expect_err("there are four");
        assert_eq!(found[0].place, "interventions[0].member");
    }
}
