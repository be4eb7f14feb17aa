//! What the browser keeps for the reader. Where it refuses, as in a sandbox, or has no room, the
//! page keeps it as long as it is open.
//!
//! gloo's storage ends the program where the browser does not even hand out its storage.

use std::cell::RefCell;
use std::collections::HashMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

thread_local! {
    static PAGE: RefCell<HashMap<String, String>> = RefCell::default();
}

/// What was kept under a key; nothing where that is not there or of another kind.
pub fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    let here = PAGE.with_borrow(|page| page.get(key).cloned());
    let text = here.or_else(|| browser()?.get_item(key).ok().flatten())?;
    serde_json::from_str(&text).ok()
}

/// Keeps something under a key; whether the browser does, too. One that refuses loses it with the
/// page, which is all that can be done.
pub fn set<T: Serialize>(key: &str, value: &T) -> bool {
    let Ok(text) = serde_json::to_string(value) else { return false };
    let is_kept = browser().is_some_and(|storage| storage.set_item(key, &text).is_ok());
    PAGE.with_borrow_mut(|page| page.insert(key.to_owned(), text));
    is_kept
}

fn browser() -> Option<web_sys::Storage> {
    gloo::utils::window().local_storage().ok().flatten()
}
