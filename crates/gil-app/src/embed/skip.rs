//! The way past a figure with the keyboard: from its beginning to its end.

use web_sys::HtmlElement;
use yew::prelude::*;

/// The id of the figure's end.
const END: &str = "figure-end";

/// The first stop of the Tab key, seen when it has the focus. The next stop after it is what follows
/// the figure in the page around.
#[component]
pub fn SkipFigure() -> Html {
    let onclick = Callback::from(|_: MouseEvent| {
        let end = gloo::utils::document().get_element_by_id(END);
        if let Some(end) =
            end.and_then(|end| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(end).ok())
        {
            // Without focus the next Tab goes on from here: nothing is lost.
            let _ = end.focus();
        }
    });
    html! { <button type="button" class="skip" {onclick}>{ "Skip this figure" }</button> }
}

/// Where [`SkipFigure`] leads.
#[component]
pub fn End() -> Html {
    html! { <span id={END} class="figure-end visually-hidden" tabindex="-1">{ "End of the figure" }</span> }
}
