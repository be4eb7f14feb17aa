//! What the inputs of the panel work with.

use std::cell::RefCell;
use std::rc::Rc;

use gil_sim::{Scenario, Spec};
use yew::prelude::*;

use super::state::PanelState;
use crate::edit::place::Place;
use crate::edit::{self, Act};
use crate::model::{Action, Model};

/// What the inputs work with.
#[derive(Clone)]
pub struct Editor {
    /// The page's model.
    pub model: UseReducerHandle<Model>,
    /// What the panel keeps to itself.
    pub state: UseStateHandle<PanelState>,
    /// The scenario that the panel itself made last: any other one came from elsewhere.
    pub sent: Rc<RefCell<Option<Scenario>>>,
}

impl PartialEq for Editor {
    fn eq(&self, other: &Editor) -> bool {
        self.model == other.model && self.state == other.state
    }
}

impl Editor {
    /// The scenario as it is.
    pub fn spec(&self) -> &Spec {
        self.model.run.scenario().spec()
    }

    /// Changes what the panel keeps to itself.
    pub fn with_state<T>(&self, change: impl FnOnce(&mut PanelState) -> T) -> T {
        let mut state = (*self.state).clone();
        let result = change(&mut state);
        self.state.set(state);
        result
    }

    /// Takes a field's text.
    pub fn enter(&self, place: &Place, text: &str) {
        let scenario = self.with_state(|state| state.enter(self.spec(), place, text));
        self.send(scenario, Some(place.id()));
    }

    /// Ends the edit of a field.
    pub fn leave(&self, place: &Place) {
        self.with_state(|state| state.leave(place));
        self.model.dispatch(Action::EditDone);
    }

    /// Drops what was typed; whether there was anything.
    pub fn forget(&self, place: &Place) -> bool {
        let before = (*self.state).clone();
        self.with_state(|state| state.forget(place));
        before != *self.state
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
        let scenario = self.with_state(|state| state.act(self.spec(), act));
        self.send(scenario, None);
    }

    /// Makes a change that is no field's, and drops what was typed.
    pub fn change(&self, change: impl FnOnce(&mut Spec)) {
        let mut spec = self.spec().clone();
        change(&mut spec);
        self.with_state(PanelState::clear);
        self.send(Scenario::new(spec).ok(), None);
    }

    /// Shows a whole scenario.
    pub fn show(&self, scenario: Scenario, control: Option<String>) {
        self.with_state(PanelState::clear);
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
