//! What is done to the run while it goes on: the scenario is a fork of another one.

use yew::prelude::*;

use super::editor::use_editor;
use crate::controls::IconButton;

/// A line for each intervention; nothing where there is none.
#[component]
pub fn Interventions() -> Html {
    let editor = use_editor();
    let spec = editor.spec();
    if spec.interventions.is_empty() {
        return html! {};
    }
    let line = |(n, one)| {
        let words = gil_words::intervention(spec, one);
        let label = format!("Remove: {words}");
        let editor = editor.clone();
        let onclick = Callback::from(move |_| {
            editor.change(|spec| {
                if n < spec.interventions.len() {
                    spec.interventions.remove(n);
                }
            });
        });
        html! {
            <li>
                <span>{ words }</span>
                <IconButton {label} path="M6 6l12 12M18 6 6 18" {onclick} />
            </li>
        }
    };
    html! {
        <section class="part interventions" aria-label="What if">
            <h3>{ "What if" }</h3>
            <p class="note">{ "Changed from outside while the run goes on:" }</p>
            <ul>{ for spec.interventions.iter().enumerate().map(line) }</ul>
        </section>
    }
}
