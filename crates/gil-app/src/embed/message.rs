//! What is said between a figure and the page around it, by `postMessage`.
//!
//! The page's end is `embed.js`; both speak version 1. Messages are objects with
//! `gilPlayground: 1` and a `type`:
//!
//! | from | `type` | with | means |
//! | --- | --- | --- | --- |
//! | figure | `starting` | | its page is there and gets the program; sent to any parent |
//! | figure | `failed` | `reason` | its page cannot start; sent to any parent |
//! | figure | `ready` | `title`, `problem` | it runs; sent to any parent, tells nothing that is not in the link; `problem` says why it shows nothing, where its link cannot be read |
//! | page | `theme` | `theme` | light or dark, whatever it was: `"light"`, `"dark"` |
//! | page | `hello` | `room` | the page listens; its origin is the one that is answered; `room`, which may be left out, is the height that it keeps for the figure, in CSS pixels: the figure fills it. Said anew when the room changes |
//! | figure | `height` | `height` | its content is that high, in CSS pixels |
//! | figure | `link` | `link`, `title` | what is shown now, edits included, as the notation and in words |
//! | figure | `problem` | `reason`, `title` | its link cannot be read, and nothing is shown |
//!
//! `starting` and `failed` are sent by `www/boot.js`, which runs before the program is there.
//!
//! Only the parent is heard, and only after its hello it is told more.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{MessageEvent, Window};

/// The version of the messages.
const VERSION: f64 = 1.0;

/// A message that was heard.
pub struct Heard {
    /// Its `type`.
    pub kind: String,
    data: JsValue,
}

impl Heard {
    /// A text that it has.
    pub fn text(&self, key: &str) -> Option<String> {
        Reflect::get(&self.data, &key.into()).ok()?.as_string()
    }

    /// A number that it has.
    pub fn number(&self, key: &str) -> Option<f64> {
        Reflect::get(&self.data, &key.into()).ok()?.as_f64()
    }
}

/// A message of this form from that window; nothing where it is of another one.
pub fn read(event: &MessageEvent, from: &Window) -> Option<Heard> {
    let source = JsValue::from(event.source()?);
    let data = event.data();
    let said = |key: &str| Reflect::get(&data, &key.into()).ok();
    let ours =
        source == JsValue::from(from.clone()) && said("gilPlayground")?.as_f64() == Some(VERSION);
    let kind = said("type")?.as_string()?;
    ours.then_some(Heard { kind, data })
}

/// Says something to a window that has this origin, `"*"` for any.
pub fn post<const N: usize>(to: &Window, origin: &str, kind: &str, values: [(&str, JsValue); N]) {
    let message = Object::new();
    let head = [("gilPlayground", JsValue::from(VERSION)), ("type", JsValue::from(kind))];
    for (key, value) in head.into_iter().chain(values) {
        // A plain object takes any property.
        let _ = Reflect::set(&message, &key.into(), &value);
    }
    // A window that has gone to another origin meanwhile is not told: that is what it is for.
    let _ = to.post_message(&message, origin);
}
