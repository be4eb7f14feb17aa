//! How long it takes until threads and processes are ready to run their programs.

use crate::time::Nanos;
use crate::trace::{EventKind, Trace};

/// When each thread was ready to run its program: when it had started, a process or an interpreter
/// when it had started up. `None` for one that the run did not get to. What it then waits for, the
/// GIL or something to do, is no start-up.
pub(super) fn ready(trace: &Trace) -> Vec<Option<Nanos>> {
    let mut started = vec![None; trace.threads.len()];
    let mut ready = vec![None; trace.threads.len()];
    for event in &trace.events {
        let thread = event.thread.index();
        match event.kind {
            EventKind::Started => started[thread] = Some(event.at),
            EventKind::StartedUp => ready[thread] = Some(event.at),
            _ => {}
        }
    }
    // Of a process that was cut while it started up, nothing is known.
    let starts_up = |thread: usize| {
        let spans = &trace.threads[thread].spans;
        spans.iter().any(|span| span.state == crate::trace::State::StartingUp)
    };
    let all = started.into_iter().zip(ready).enumerate();
    all.map(|(thread, (started, ready))| if starts_up(thread) { ready } else { ready.or(started) })
        .collect()
}
