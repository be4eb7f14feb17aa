//! The link that is shared.

use gil_notation::{Link, MAX_CHARS, print};
use gil_words::count;
use yew::prelude::*;

/// What is shared.
#[derive(Properties, PartialEq)]
pub struct SharedProps {
    /// What was shown when the dialog was opened.
    pub link: Link,
}

/// `Link: 312 of at most 2000 characters`.
pub fn length(link: &Link) -> String {
    format!("Link: {} of at most {}", print(link).len(), count(MAX_CHARS, "character"))
}
