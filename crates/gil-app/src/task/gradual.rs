//! Work on the page whose results are shown as they come: what lessons simulate.

use std::rc::Rc;

use yew::prelude::*;

use super::portions::{Pace, Portions, Told};

/// What has been worked out so far.
#[derive(Debug)]
pub struct Gradual<T> {
    /// In the order of the work.
    pub found: Rc<Vec<T>>,
    /// Whether that is all.
    pub done: bool,
}

impl<T> Clone for Gradual<T> {
    fn clone(&self) -> Gradual<T> {
        Gradual { found: self.found.clone(), done: self.done }
    }
}

impl<T> Default for Gradual<T> {
    fn default() -> Gradual<T> {
        Gradual { found: Rc::default(), done: false }
    }
}

/// What is still to do.
pub type Work<T> = Box<dyn Iterator<Item = T>>;

/// Time for the page to be seen before work begins, then short turns between its frames.
const PACE: Pace = Pace { first_ms: 40, turn_ms: 12.0, pause_ms: 0 };

/// Works through what `make` gives, anew whenever `key` changes; nothing to do where it is `None`.
#[hook]
pub fn use_gradually<K, T>(key: K, make: impl FnOnce(&K) -> Option<Work<T>> + 'static) -> Gradual<T>
where
    K: PartialEq + 'static,
    T: Clone + 'static,
{
    let state = use_state(Gradual::default);
    let set = state.setter();
    use_effect_with(key, move |key| {
        set.set(Gradual::default());
        let portions = make(key).map(|work| {
            let mut all = Vec::new();
            Portions::start(PACE, work, move |told| match told {
                Told::Piece(piece) => all.push(piece),
                Told::Turn { done } => set.set(Gradual { found: Rc::new(all.clone()), done }),
            })
        });
        move || drop(portions)
    });
    (*state).clone()
}
