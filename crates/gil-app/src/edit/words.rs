//! What is said of a text that does not suit.

/// Says that a field has lost what it belongs to; nothing that a person can bring about.
pub(super) fn gone() -> String {
    "This is not there any more.".to_owned()
}

/// A sentence out of one without capital and full stop.
pub fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).chain(Some('.')).collect()
}
