//! Step 4: the change that is tried, as the second of two scenarios.

use gil_notation::{Link, Tab};
use gil_words::difference::{Change, input_changes, summary};
use yew::prelude::*;

use crate::controls::TextFile;
use crate::model::Action;
use crate::page::use_page;

/// What changes, and what that does in the simulation.
#[component]
pub fn ChangeView() -> Html {
    let page = use_page();
    let model = page.model.clone();
    let open = |tab: Tab, text: &'static str| {
        let model = model.clone();
        let onclick = Callback::from(move |_: MouseEvent| model.dispatch(Action::Tab(tab)));
        html! { <button class="button" {onclick}>{ text }</button> }
    };
    let Some(other) = model.other.clone() else {
        return html! {
            <>
            <p>{ "Nothing is tried yet. Choose \"Compare\" beside a strategy in Decide, or change the scenario in Compare: what you put beside it stands here." }</p>
            <div class="file-row">
                { open(Tab::Decide, "Choose in Decide") }
                { open(Tab::Compare, "Change it in Compare") }
            </div>
            </>
        };
    };
    let keep = {
        let (model, scenario) = (model.clone(), other.scenario().clone());
        Callback::from(move |_: MouseEvent| {
            model.dispatch(Action::Edit { scenario: scenario.clone(), control: None });
        })
    };
    let after = gil_script::program(&Link::from(other.scenario().clone()));
    let changes = input_changes(model.run.scenario(), other.scenario());
    html! {
        <>
        <p class="verdict">{ summary(&model.run, &other) }</p>
        <ul class="bullets">{ for changes.iter().map(|one| html! { <li>{ words(one) }</li> }) }</ul>
        <div class="file-row">
            { open(Tab::Compare, "See both side by side") }
            <button class="button" onclick={keep}>{ "Go on with the change" }</button>
        </div>
        <p>{ "The same for real, after the change: run it beside reproduce.py, on the same machine." }</p>
        <TextFile name="reproduce_after.py" kind="text/x-python" text={after} folded=true />
        </>
    }
}

/// A change of the scenario in a line.
pub fn words(change: &Change) -> String {
    match &change.values {
        Some((before, after)) => {
            format!("{}: {before} today, {after} after the change", change.what)
        }
        None => change.what.clone(),
    }
}
