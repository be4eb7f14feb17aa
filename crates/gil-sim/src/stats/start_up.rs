//! How long it takes until threads and processes run.

use crate::time::Nanos;
use crate::trace::{EventKind, Trace};

/// When each thread began its first step. One that got nothing to do was there when it had
/// started; `None` for one that the run did not get to.
pub(super) fn first_steps(trace: &Trace) -> Vec<Option<Nanos>> {
    let mut there = vec![None; trace.threads.len()];
    let mut begun = there.clone();
    for event in &trace.events {
        let thread = event.thread.index();
        match event.kind {
            EventKind::Started | EventKind::StartedUp => there[thread] = Some(event.at),
            EventKind::StepBegins(_) => {
                begun[thread].get_or_insert(event.at);
            }
            _ => {}
        }
    }
    begun.into_iter().zip(there).map(|(begun, there)| begun.or(there)).collect()
}
