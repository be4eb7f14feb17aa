//! What a reader has said, remembered in the browser; the scenario is in the address.

use std::cell::RefCell;
use std::rc::Rc;

use gil_decide::Constraints;
use gil_sim::Python;
use gloo::storage::{LocalStorage, Storage};
use yew::prelude::*;

const KEY: &str = "gil-playground-decide";

thread_local! {
    /// Where the browser does not keep anything, this lasts as long as the page.
    static KEPT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What was said, and the way to say something else.
#[hook]
pub fn use_constraints() -> (Rc<Constraints>, Callback<Constraints>) {
    let constraints = use_state_eq(|| Rc::new(load()));
    let change = {
        let constraints = constraints.clone();
        Callback::from(move |new: Constraints| {
            keep(&new);
            constraints.set(Rc::new(new));
        })
    };
    ((*constraints).clone(), change)
}

fn load() -> Constraints {
    let text = KEPT.with_borrow(Clone::clone).or_else(|| LocalStorage::get(KEY).ok());
    match text {
        Some(text) => Constraints::read(&text),
        // The newest Python is what most people could go to.
        None => Constraints {
            reach: Python::find("3.14").into_iter().collect(),
            ..Constraints::default()
        },
    }
}

fn keep(constraints: &Constraints) {
    let text = constraints.to_string();
    // A browser that refuses keeps nothing; the page does.
    let _ = LocalStorage::set(KEY, &text);
    KEPT.set(Some(text));
}
