//! Work in small portions, so that the page stays alive.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

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

/// For how long it works before the page has its turn, in ms.
const TURN_MS: f64 = 12.0;

/// Time for the page to be seen before work begins, in ms.
const FIRST_MS: u32 = 40;

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
        let waiting: Waiting = Rc::default();
        if let Some(work) = make(key) {
            schedule(FIRST_MS, work, Vec::new(), set, waiting.clone());
        }
        move || drop(waiting.borrow_mut().take())
    });
    (*state).clone()
}

type Waiting = Rc<RefCell<Option<Timeout>>>;

fn schedule<T: Clone + 'static>(
    millis: u32,
    work: Work<T>,
    found: Vec<T>,
    set: UseStateSetter<Gradual<T>>,
    waiting: Waiting,
) {
    let next = waiting.clone();
    let timeout = Timeout::new(millis, move || turn(work, found, set, next));
    *waiting.borrow_mut() = Some(timeout);
}

/// Works for a while; one piece of work at least.
fn turn<T: Clone + 'static>(
    mut work: Work<T>,
    mut found: Vec<T>,
    set: UseStateSetter<Gradual<T>>,
    waiting: Waiting,
) {
    let until = js_sys::Date::now() + TURN_MS;
    let done = loop {
        match work.next() {
            Some(piece) => found.push(piece),
            None => break true,
        }
        if js_sys::Date::now() >= until {
            break false;
        }
    };
    set.set(Gradual { found: Rc::new(found.clone()), done });
    if !done {
        schedule(0, work, found, set, waiting);
    }
}
