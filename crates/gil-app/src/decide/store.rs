//! What a reader has said, remembered in the browser; the scenario is in the address.

use std::rc::Rc;

use gil_decide::Constraints;
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

/// Nothing is ticked before a reader has ticked it, and no Python is in reach but the one in use.
fn load() -> Constraints {
    store::get::<String>(KEY).map_or_else(Constraints::default, |text| Constraints::read(&text))
}
