//! The one live sentence on top, made from the result, and what the last change did to it.

use yew::prelude::*;

use crate::page::use_page;

/// What is seen, in a sentence.
#[component]
pub fn Headline() -> Html {
    let page = use_page();
    let run = &page.model.run;
    let sentence = gil_words::headline(run);
    let change = page.model.before.as_ref().and_then(|before| gil_words::change(before, run));
    html! {
        <div class="headline" aria-live="polite">
            <p class="finding">{ sentence }</p>
            <p class="change">{ change.unwrap_or_default() }</p>
        </div>
    }
}
