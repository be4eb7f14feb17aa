//! The one place that touches history and location.
//!
//! The address is the shared state: scenario and view. Edits in quick succession replace the
//! entry that the first of them made, so that "back" leads to what a person remembers.

use gil_notation::{Link, parse, print};
use gloo::utils::window;
use wasm_bindgen::JsValue;

use crate::model::Problem;

/// What the address says: a link, a problem, or nothing.
pub fn read() -> Option<Result<Link, Problem>> {
    let hash = window().location().hash().ok().filter(|hash| hash.len() > 1)?;
    Some(parse(&hash).map_err(|error| {
        let text = error.to_string();
        let (message, quote) = text.split_once('\n').unwrap_or((&text, ""));
        Problem { message: message.to_owned(), quote: quote.to_owned() }
    }))
}

/// Whether the address is that of a figure in another page, also where it cannot be read.
pub fn is_embed() -> bool {
    let hash = window().location().hash().unwrap_or_default();
    hash.split('/').any(|part| part.starts_with("embed="))
}

/// Writes a link into the address, as a new entry of the history or in place of the current one.
pub fn write(link: &Link, new_entry: bool) {
    let fragment = format!("#{}", print(link));
    let location = window().location();
    if location.hash().ok().as_deref() == Some(&fragment) {
        return;
    }
    let Ok(history) = window().history() else { return };
    // A browser that refuses (too many changes in a short time) loses the address, not the state.
    let _ = if new_entry {
        history.push_state_with_url(&JsValue::NULL, "", Some(&fragment))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&fragment))
    };
}

/// The whole address of a link, to be shared.
pub fn address(link: &Link) -> String {
    format!("{}#{}", page(), print(link))
}

/// The address of the playground.
pub fn page() -> String {
    let href = window().location().href().unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// The folder of the playground, or its file where that is one that has everything in it.
pub fn folder() -> String {
    let page = page();
    page.strip_suffix("index.html").map_or(page.clone(), str::to_owned)
}
