//! A place for a file: it is dropped there, chosen or pasted.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, File, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::dom::use_id;

/// The place and what it hears.
#[derive(Properties, PartialEq)]
pub struct DropZoneProps {
    /// What belongs here.
    pub label: AttrValue,
    /// Endings and media types that the browser offers first.
    pub accept: &'static str,
    /// Called with what was given; a pasted text is a file, too.
    pub ongiven: Callback<File>,
}

/// A place for a file.
#[component]
pub fn DropZone(props: &DropZoneProps) -> Html {
    let id = use_id();
    let over = use_state_eq(|| false);
    let input = use_node_ref();
    let ondragover = {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(true);
        })
    };
    let ondragleave = {
        let over = over.clone();
        Callback::from(move |_: DragEvent| over.set(false))
    };
    let ondrop = {
        let (over, ongiven) = (over.clone(), props.ongiven.clone());
        Callback::from(move |event: DragEvent| {
            // Otherwise the browser leaves the page for the file.
            event.prevent_default();
            over.set(false);
            given(event.data_transfer(), &ongiven);
        })
    };
    let onpaste = {
        let ongiven = props.ongiven.clone();
        Callback::from(move |event: Event| {
            let event: ClipboardEvent = event.unchecked_into();
            if given(event.clipboard_data(), &ongiven) {
                event.prevent_default();
            }
        })
    };
    let onchange = {
        let ongiven = props.ongiven.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                ongiven.emit(file);
            }
            // The same file can be chosen again after it was changed.
            input.set_value("");
        })
    };
    let onclick = {
        let input = input.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = input.cast::<HtmlElement>() {
                input.click();
            }
        })
    };
    html! {
        <div class={classes!("drop-zone", over.then_some("over"))} tabindex="0" role="group"
            aria-labelledby={(*id).clone()} {ondragover} {ondragleave} {ondrop} {onpaste}>
            <p id={(*id).clone()}>{ &props.label }</p>
            <p class="muted">{ "Drop it here, paste it, or " }
                <button type="button" class="button" {onclick}>{ "choose a file" }</button>
            </p>
            <input type="file" ref={input} accept={props.accept} {onchange} hidden={true} />
        </div>
    }
}

/// Passes on the file, or else the text, that was dropped or pasted; `false` where there is neither.
fn given(transfer: Option<DataTransfer>, ongiven: &Callback<File>) -> bool {
    let Some(transfer) = transfer else { return false };
    let file = transfer.files().and_then(|files| files.get(0));
    let text = || transfer.get_data("text").ok().filter(|text| !text.trim().is_empty());
    let pasted = |text: String| {
        let parts = Array::of1(&JsValue::from(text));
        File::new_with_str_sequence(&parts, "pasted text").ok()
    };
    let found = file.or_else(|| text().and_then(pasted));
    if let Some(file) = &found {
        ongiven.emit(file.clone());
    }
    found.is_some()
}
