//! The variable that each thread has of its own, which depends on the protocol.

use gil_sim::{Protocol, RequestScope, Spec};

use crate::state::{Attachment, ThreadAt};

/// A variable that each thread has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnVariable {
    /// `eval_breaker` of a thread state, as far as it is about the GIL: 3.13 and later.
    EvalBreaker,
    /// `state` of a thread state, without a GIL.
    State,
}

impl OwnVariable {
    /// The variable that the threads of a scenario have, if any.
    pub fn of(spec: &Spec) -> Option<OwnVariable> {
        match spec.protocol() {
            Protocol::Interval(RequestScope::Thread) => Some(OwnVariable::EvalBreaker),
            Protocol::Free => Some(OwnVariable::State),
            Protocol::Interval(_) | Protocol::Ticks => None,
        }
    }

    /// Its name, as the heading of a column.
    pub fn name(self) -> &'static str {
        match self {
            OwnVariable::EvalBreaker => "eval_breaker",
            OwnVariable::State => "State",
        }
    }

    /// What it holds for a thread.
    pub fn value(self, thread: &ThreadAt) -> &'static str {
        match (self, thread.attachment) {
            (OwnVariable::State, Attachment::Attached) => "attached",
            (OwnVariable::State, Attachment::Detached) => "detached",
            (OwnVariable::State, Attachment::Suspended) => "suspended",
            (OwnVariable::EvalBreaker, _) if thread.drop_request => "DROP_REQUEST",
            (OwnVariable::EvalBreaker, _) => "0",
        }
    }
}
