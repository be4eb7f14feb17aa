//! The way past a figure with the keyboard: from its beginning to its end.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The id of the figure's end.
const END: &str = "figure-end";

/// The first stop of the Tab key, seen when it has the focus. The next stop after it is what follows
/// the figure in the page around.
#[component]
pub fn SkipFigure() -> Html {
    let onclick = Callback::from(|_: MouseEvent| {
        if let Some(end) = end() {
            end.set_tab_index(0);
            // Without focus the next Tab goes on from here: nothing is lost.
            let _ = end.focus();
        }
    });
    html! { <button type="button" class="skip" {onclick}>{ "Skip this figure" }</button> }
}

/// Where [`SkipFigure`] leads. It is a stop of the Tab key only while it has the focus: from an element
/// that never is one, Chromium goes on at the beginning of the frame.
#[component]
pub fn End() -> Html {
    let onblur = Callback::from(|_: FocusEvent| {
        if let Some(end) = end() {
            end.set_tab_index(-1);
        }
    });
    html! {
        <span id={END} class="figure-end visually-hidden" tabindex="-1" {onblur}>
            { "End of the figure" }
        </span>
    }
}

/// The figure's end in the page.
fn end() -> Option<HtmlElement> {
    gloo::utils::document().get_element_by_id(END)?.dyn_into().ok()
}
