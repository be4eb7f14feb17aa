//! The scenario's controls.
//!
//! Every input edits a [`Place`](crate::edit::place::Place) of the scenario's [`Spec`] as text. What makes a valid
//! scenario is dispatched at once; what does not stays on the [`PanelState`], with the reason
//! next to the field, while the last valid scenario goes on.

mod basics;
mod editor;
pub mod field;
mod groups;
mod interventions;
mod item;
mod machine;
mod presets;
mod state;
mod steps;
mod text;

use gil_sim::Scenario;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::controls::IconButton;
use crate::dom::focus_first;
use crate::model::Action;
use crate::page::use_page;
use basics::{Basics, Seed};
use editor::{Editor, use_editor};
use groups::Groups;
use interventions::Interventions;
use machine::{Collections, MachineSettings};
use presets::Presets;
use state::PanelState;
use text::AsText;

/// The scenario's controls. On phones all but the presets is a sheet from below.
#[component]
pub fn Panel() -> Html {
    let model = use_page().model;
    let state = use_state_eq(PanelState::default);
    let sent = use_mut_ref(|| None::<Scenario>);
    let editor = Editor { model: model.clone(), state: state.clone(), sent };
    {
        let editor = editor.clone();
        use_effect_with(model.run.clone(), move |run| {
            if editor.sent.borrow().as_ref() != Some(run.scenario()) {
                editor.with_state(PanelState::clear);
            }
        });
    }
    use_effect_with(state.focus.clone(), |(_, ids)| focus_first(ids));
    let onkeydown = {
        let editor = editor.clone();
        Callback::from(move |event: KeyboardEvent| panel_key(&editor, &event))
    };
    let sheet = if state.sheet { "controls up" } else { "controls" };
    html! {
        <ContextProvider<Editor> context={editor}>
            <section class="panel" aria-label="Scenario" {onkeydown}>
                <Top />
                <div class={sheet} id="scenario-controls">
                    <SheetTop />
                    <Basics />
                    <Groups />
                    <Interventions />
                    <Seed />
                    <Collections />
                    <MachineSettings />
                    <AsText />
                </div>
            </section>
        </ContextProvider<Editor>>
    }
}

/// Keys that no field wanted: Escape puts the sheet away, and a list that has the focus does not
/// swallow undo.
fn panel_key(editor: &Editor, event: &KeyboardEvent) {
    if event.key() == "Escape" && editor.state.sheet {
        set_sheet(editor, false);
        event.prevent_default();
        return;
    }
    let on_select = event
        .target_dyn_into::<web_sys::HtmlSelectElement>()
        .is_some_and(|_| event.ctrl_key() || event.meta_key());
    if on_select && event.key().eq_ignore_ascii_case("z") {
        let action = if event.shift_key() { Action::Redo } else { Action::Undo };
        editor.model.dispatch(action);
        event.prevent_default();
    }
}

fn set_sheet(editor: &Editor, up: bool) {
    // The sheet covers the lower part of the screen: undo and what a change does stay above it.
    let top = gloo::utils::document().query_selector(".panel-top").ok().flatten();
    if let (true, Some(top)) = (up, top) {
        top.scroll_into_view();
    }
    editor.with_state(|state| {
        state.sheet = up;
        let id = if up { "sheet-done" } else { "sheet-edit" };
        state.focus_on(vec![id.to_owned()]);
    });
}

/// Presets, undo and redo.
#[component]
fn Top() -> Html {
    let editor = use_editor();
    let model = &editor.model;
    let (undo, redo) = (model.clone(), model.clone());
    let edit = {
        let editor = editor.clone();
        Callback::from(move |_| set_sheet(&editor, !editor.state.sheet))
    };
    html! {
        <div class="panel-top">
            <h2>{ "Scenario" }</h2>
            <div class="undo" role="group" aria-label="History">
                <IconButton label="Undo (Ctrl+Z)" path="M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3"
                    disabled={!model.can_undo()}
                    onclick={move |_| undo.dispatch(Action::Undo)} />
                <IconButton label="Redo (Ctrl+Shift+Z)" path="m15 14 5-5-5-5M20 9H10a6 6 0 0 0 0 12h3"
                    disabled={!model.can_redo()}
                    onclick={move |_| redo.dispatch(Action::Redo)} />
            </div>
            <button type="button" id="sheet-edit" class="button sheet-only"
                aria-expanded={editor.state.sheet.to_string()} aria-controls="scenario-controls"
                onclick={edit}>{ "Edit" }</button>
            <Presets />
        </div>
    }
}

/// The sheet's own top, on phones.
#[component]
fn SheetTop() -> Html {
    let editor = use_editor();
    let onclick = Callback::from(move |_| set_sheet(&editor, false));
    html! {
        <div class="sheet-top sheet-only">
            <h2>{ "Edit the scenario" }</h2>
            <button type="button" id="sheet-done" class="button" {onclick}>{ "Done" }</button>
        </div>
    }
}
