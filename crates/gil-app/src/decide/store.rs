//! What a reader has said, remembered in the browser; the scenario is in the address.

use std::rc::Rc;

use gil_decide::Constraints;
use gil_sim::Python;
use yew::prelude::*;

use crate::store;

const KEY: &str = "gil-playground-decide";

/// What was said, and the way to say something else.
#[hook]
pub fn use_constraints() -> (Rc<Constraints>, Callback<Constraints>) {
    let constraints = use_state_eq(|| Rc::new(load()));
    let change = {
        let constraints = constraints.clone();
        Callback::from(move |new: Constraints| {
            store::set(KEY, &new.to_string());
            constraints.set(Rc::new(new));
        })
    };
    ((*constraints).clone(), change)
}

fn load() -> Constraints {
    match store::get::<String>(KEY) {
        Some(text) => Constraints::read(&text),
        // The newest Python is what most people could go to.
        None => Constraints {
            reach: Python::find("3.14").into_iter().collect(),
            ..Constraints::default()
        },
    }
}
