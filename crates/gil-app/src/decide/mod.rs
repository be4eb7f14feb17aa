//! The guide from constraints to a decision, and the files that come out of it.

use yew::prelude::*;

/// The Decide tab.
#[component]
pub fn Decide() -> Html {
    html! { <div class="decide"><h2>{ "Decide" }</h2></div> }
}
