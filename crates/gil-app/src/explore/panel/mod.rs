//! The scenario's controls.
//!
//! Every input edits a [`place::Place`] of the scenario's [`Spec`] as text. What makes a valid
//! scenario is dispatched at once; what does not stays on the [`desk::Desk`], with the reason
//! next to the field, while the last valid scenario goes on.

mod basics;
mod desk;
pub mod edit;
pub mod field;
mod groups;
mod interventions;
mod machine;
pub mod place;
mod presets;
mod steps;
mod text;

use std::cell::RefCell;
use std::rc::Rc;

use gil_sim::{Scenario, Spec};
use gil_words::scenario as words;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::app::use_page;
use crate::model::{Action, Model};
use basics::{Basics, Seed};
use desk::Desk;
use edit::Act;
use field::{IconButton, focus_first};
use groups::Groups;
use interventions::Interventions;
use machine::{Collections, MachineSettings};
use place::Place;
use presets::Presets;
use text::AsText;
pub use text::ScenarioText;

/// What the inputs work with.
#[derive(Clone)]
pub struct Editor {
    model: UseReducerHandle<Model>,
    desk: UseStateHandle<Desk>,
    /// The scenario that the panel itself made last: any other one came from elsewhere.
    sent: Rc<RefCell<Option<Scenario>>>,
}

impl PartialEq for Editor {
    fn eq(&self, other: &Editor) -> bool {
        self.model == other.model && self.desk == other.desk
    }
}

impl Editor {
    /// The scenario as it is.
    pub fn spec(&self) -> &Spec {
        self.model.run.scenario.spec()
    }

    fn with_desk<T>(&self, change: impl FnOnce(&mut Desk) -> T) -> T {
        let mut desk = (*self.desk).clone();
        let result = change(&mut desk);
        self.desk.set(desk);
        result
    }

    /// Takes a field's text.
    pub fn enter(&self, place: &Place, text: &str) {
        let scenario = self.with_desk(|desk| desk.enter(self.spec(), place, text));
        self.send(scenario, Some(place.id()));
    }

    /// Ends the edit of a field.
    pub fn leave(&self, place: &Place) {
        self.with_desk(|desk| desk.leave(place));
        self.model.dispatch(Action::EditDone);
    }

    /// Drops what was typed; whether there was anything.
    pub fn forget(&self, place: &Place) -> bool {
        let before = (*self.desk).clone();
        self.with_desk(|desk| desk.forget(place));
        before != *self.desk
    }

    /// Takes the next value above or below; whether the field has one.
    pub fn nudge(&self, place: &Place, up: bool) -> bool {
        match edit::nudged(self.spec(), place, up) {
            Some(text) => self.enter(place, &text),
            None => return false,
        }
        true
    }

    /// Does something to the lists of groups and steps.
    pub fn act(&self, act: &Act) {
        let scenario = self.with_desk(|desk| desk.act(self.spec(), act));
        self.send(scenario, None);
    }

    /// Makes a change that is no field's, and drops what was typed.
    pub fn change(&self, change: impl FnOnce(&mut Spec)) {
        let mut spec = self.spec().clone();
        change(&mut spec);
        self.with_desk(Desk::clear);
        self.send(Scenario::new(spec).ok(), None);
    }

    /// Shows a whole scenario.
    pub fn show(&self, scenario: Scenario, control: Option<String>) {
        self.with_desk(Desk::clear);
        self.send(Some(scenario), control);
    }

    fn send(&self, scenario: Option<Scenario>, control: Option<String>) {
        if let Some(scenario) = scenario {
            *self.sent.borrow_mut() = Some(scenario.clone());
            self.model.dispatch(Action::Edit { scenario, control });
        }
    }
}

/// What the inputs work with, for any component inside [`Panel`].
#[hook]
pub fn use_editor() -> Editor {
    use_context::<Editor>().expect("inside Panel")
}

/// The scenario's controls. On phones all but the presets is a sheet from below.
#[component]
pub fn Panel() -> Html {
    let model = use_page().model;
    let desk = use_state_eq(Desk::default);
    let sent = use_mut_ref(|| None::<Scenario>);
    let editor = Editor { model: model.clone(), desk: desk.clone(), sent };
    {
        let editor = editor.clone();
        use_effect_with(model.run.clone(), move |run| {
            if editor.sent.borrow().as_ref() != Some(&run.scenario) {
                editor.with_desk(Desk::clear);
            }
        });
    }
    use_effect_with(desk.focus.clone(), |(_, ids)| focus_first(ids));
    let onkeydown = {
        let editor = editor.clone();
        Callback::from(move |event: KeyboardEvent| panel_key(&editor, &event))
    };
    let sheet = if desk.sheet { "controls up" } else { "controls" };
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
    if event.key() == "Escape" && editor.desk.sheet {
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
    editor.with_desk(|desk| {
        desk.sheet = up;
        let id = if up { "sheet-done" } else { "sheet-edit" };
        desk.focus_on(vec![id.to_owned()]);
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
        Callback::from(move |_| set_sheet(&editor, !editor.desk.sheet))
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
                aria-expanded={editor.desk.sheet.to_string()} aria-controls="scenario-controls"
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
