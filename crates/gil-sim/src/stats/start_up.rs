//! How long it takes until threads and processes are ready to run their programs.

use crate::time::Nanos;
use crate::trace::{EventKind, Trace};

/// When each thread had the GIL for the first time, or without a GIL was attached: from then on it
/// can run Python. `None` for one that the run did not get to.
pub(super) fn ready(trace: &Trace) -> Vec<Option<Nanos>> {
    let mut ready = vec![None; trace.threads.len()];
    for event in &trace.events {
        if let EventKind::Takes { .. } | EventKind::Attaches { .. } = event.kind {
            ready[event.thread.index()].get_or_insert(event.at);
        }
    }
    ready
}
