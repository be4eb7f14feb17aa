//! The whole scenario as text.

use yew::prelude::*;

use super::editor::use_editor;
use crate::model::Action;
use crate::view::{Notation, ScenarioText};

/// The notation of the panel's scenario.
#[component]
pub fn AsText() -> Html {
    let editor = use_editor();
    let onedit = {
        let editor = editor.clone();
        Callback::from(move |scenario| editor.show(scenario, Some("text".to_owned())))
    };
    let ondone = {
        let editor = editor.clone();
        Callback::from(move |()| editor.model.dispatch(Action::EditDone))
    };
    html! {
        <details class="part fold">
            <summary>{ "As text" }</summary>
            <ScenarioText id="scenario-text" rows="4"
                label="The whole scenario, as in the link. What is left out has its default."
                current={editor.model.run.scenario().clone()} {onedit} {ondone} />
            <Notation />
        </details>
    }
}
