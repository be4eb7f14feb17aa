//! Interventions: the moment from which a run differs from the one without.

use gil_sim::EventKind;

use super::super::number::count;
use super::Teller;

/// Whose I/O it is: `web-2`, or `task 2 of web`.
fn task_or_thread(thread: &str, task: Option<u16>) -> String {
    match task {
        Some(n) => format!("task {} of {thread}", u32::from(n) + 1),
        None => thread.to_owned(),
    }
}

impl Teller<'_> {
    pub(super) fn what_if_trigger(&self) -> String {
        match self.event.kind {
            EventKind::SwitchIntervalSet(interval) => format!(
                "What if: the switch interval becomes {interval}, as by sys.setswitchinterval."
            ),
            EventKind::CheckIntervalSet(ticks) => format!(
                "What if: the check interval becomes {}, as by sys.setcheckinterval.",
                count(ticks as usize, "tick")
            ),
            EventKind::IoBroughtForward { from, task } => format!(
                "What if: the I/O of {} completes now, {} before its time.",
                task_or_thread(self.me(), task),
                from - self.event.at
            ),
            _ => String::new(),
        }
    }

    pub(super) fn what_if_consequence(&self) -> String {
        match self.event.kind {
            EventKind::SwitchIntervalSet(interval) => format!(
                "A wait for the GIL that begins from now on lasts {interval}. One that is under way \
                 keeps its time-out."
            ),
            EventKind::CheckIntervalSet(ticks) => format!(
                "The check interval that is under way ends as it began. The next one is {}.",
                count(ticks as usize, "tick")
            ),
            EventKind::IoBroughtForward { .. } => {
                "From here on the run differs from the one without. Later messages keep their \
                 times."
                    .to_owned()
            }
            _ => String::new(),
        }
    }
}
