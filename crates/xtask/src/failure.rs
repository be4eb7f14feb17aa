//! Why a step did not work.

use std::fmt;

/// One sentence that says what failed and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(String);

/// What a step hands back.
pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// A failure from its sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

/// Turns any error into a [`Failure`] that begins with what was tried.
pub trait Explain<T> {
    /// `what` completes "could not ...".
    fn explain(self, what: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> Explain<T> for Result<T, E> {
    fn explain(self, what: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Failure::new(format!("could not {what}: {error}")))
    }
}
