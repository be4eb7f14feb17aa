//! What leaves the page by the reader's will: to the clipboard, to a file.

use gloo::timers::callback::Timeout;
use gloo::utils::{document, window};
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, Clipboard, HtmlDocument, HtmlElement, HtmlTextAreaElement, Url,
};
use yew::prelude::*;

/// For how long it is said that something is done, in milliseconds.
const SAID_MS: u32 = 4_000;

/// What is said beside a button, for a while.
pub type Said = UseStateHandle<Option<&'static str>>;

/// Says something for a while.
pub fn say(said: &Said, text: &'static str) {
    said.set(Some(text));
    let said = said.clone();
    Timeout::new(SAID_MS, move || said.set(None)).forget();
}

/// Puts a text on the clipboard and says so, or what to do where the browser refuses.
pub fn copy(text: &str, said: Said) {
    copy_saying(text, said, "Copied", "The browser refuses: select the text instead");
}

/// As [`copy`], with words of one's own.
pub fn copy_saying(text: &str, said: Said, done: &'static str, refused: &'static str) {
    let say_whether = move |is_done| say(&said, if is_done { done } else { refused });
    let Some(clipboard) = clipboard() else {
        return say_whether(copy_from_page(text).unwrap_or(false));
    };
    let written = clipboard.write_text(text);
    let text = text.to_owned();
    yew::platform::spawn_local(async move {
        let is_done = JsFuture::from(written).await.is_ok();
        say_whether(is_done || copy_from_page(&text).unwrap_or(false));
    });
}

/// The clipboard; a page that was loaded without encryption has none.
fn clipboard() -> Option<Clipboard> {
    let value = Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
    value.dyn_into().ok()
}

/// The old way, which works in such a page: select a text and copy the selection.
fn copy_from_page(text: &str) -> Option<bool> {
    let document: HtmlDocument = document().dyn_into().ok()?;
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    let focused = document.active_element();
    area.set_value(text);
    area.set_class_name("visually-hidden");
    // Within a modal dialog nothing outside of it can be selected.
    let dialog = document.query_selector("dialog[open]").ok().flatten();
    let place = dialog.or_else(|| document.body().map(Into::into))?;
    place.append_child(&area).ok()?;
    area.select();
    let done = document.exec_command("copy").ok();
    area.remove();
    if let Some(element) = focused.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // Without the focus the next Tab goes on from the top: nothing is lost.
        let _ = element.focus();
    }
    done
}

/// Has the browser save a text under a name.
///
/// # Errors
/// What the browser says where it refuses.
pub fn download_text(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&JsValue::from(text));
    download(name, &Blob::new_with_str_sequence_and_options(&parts, &options)?)
}

/// Has the browser save data under a name.
///
/// # Errors
/// What the browser says where it refuses.
pub fn download(name: &str, data: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(data)?;
    let anchor = document().create_element("a")?;
    anchor.set_attribute("href", &address)?;
    anchor.set_attribute("download", name)?;
    anchor.unchecked_into::<HtmlElement>().click();
    // The browser has begun to read by then.
    Timeout::new(SAID_MS, move || {
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}
