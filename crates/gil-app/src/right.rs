//! How right is it? What the model leaves out, and how close it is to real CPython.
use yew::prelude::*;
/// The tab.
#[component]
pub fn Right() -> Html {
    html! { <p>{ "soon" }</p> }
}
