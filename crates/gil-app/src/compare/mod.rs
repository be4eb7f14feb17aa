//! Two scenarios side by side, with one playhead.

use yew::prelude::*;

/// The Compare tab.
#[component]
pub fn Compare() -> Html {
    html! { <div class="compare"><h2>{ "Compare" }</h2></div> }
}
