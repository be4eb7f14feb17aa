//! What a tick-based GIL guarantees.

use gil_sim::{EventKind, Protocol};

use super::Teller;

impl Teller<'_> {
    /// What a tick-based GIL guarantees after a take, a release and a futile wake-up.
    pub(super) fn tick_consequence(&self) -> Option<String> {
        if self.protocol() != Protocol::Ticks {
            return None;
        }
        let me = self.me();
        Some(match self.event.kind {
            EventKind::Takes { switched: false, .. } => {
                format!("{me} was faster than whoever was woken: it goes on for a check interval.")
            }
            EventKind::Takes { .. } => format!("{me} runs Python now, and nobody else does."),
            EventKind::Drops { signals: Some(waiter), .. } => format!(
                "The GIL is free for whoever takes it first. {} is woken, which takes longer than \
                 taking the GIL back.",
                self.name(waiter)
            ),
            EventKind::Drops { .. } => {
                "The GIL is free for a moment; who waits is awake already or on its way.".into()
            }
            EventKind::Missed { .. } => {
                format!("A futile wake-up: {me} goes back to sleep until the next release.")
            }
            _ => return None,
        })
    }
}
