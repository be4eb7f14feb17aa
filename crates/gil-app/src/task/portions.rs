//! Work in small portions, so that whoever does it has time for other things in between.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;

/// How long a portion is, and how far apart portions are.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Time before the first portion, in ms.
    pub first_ms: u32,
    /// For how long a portion works, in ms: it ends with the piece of work that exceeds this.
    pub turn_ms: f64,
    /// Time between two portions, in ms.
    pub pause_ms: u32,
}

/// Work that is under way. Dropping it stops the work after the portion that runs now.
#[derive(Default)]
pub struct Portions {
    next: Rc<RefCell<Option<Timeout>>>,
}

/// What the listener to some work is told.
pub enum Told<T> {
    /// A piece of the work is done.
    Piece(T),
    /// A portion is over.
    Turn {
        /// Whether that was all of the work.
        done: bool,
    },
}

/// The work itself, and its listener.
struct Work<I, F> {
    pieces: I,
    tell: F,
    pace: Pace,
}

impl Portions {
    /// Works through `pieces` and tells of each at once.
    pub fn start<I: Iterator + 'static>(
        pace: Pace,
        pieces: I,
        tell: impl FnMut(Told<I::Item>) + 'static,
    ) -> Portions {
        let portions = Portions::default();
        schedule(pace.first_ms, Work { pieces, tell, pace }, portions.next.clone());
        portions
    }
}

impl Drop for Portions {
    fn drop(&mut self) {
        self.next.borrow_mut().take();
    }
}

fn schedule<I, F>(millis: u32, work: Work<I, F>, next: Rc<RefCell<Option<Timeout>>>)
where
    I: Iterator + 'static,
    F: FnMut(Told<I::Item>) + 'static,
{
    let after = Rc::downgrade(&next);
    let timeout = Timeout::new(millis, move || {
        let pause = work.pace.pause_ms;
        // Without an owner of the work nobody wants more of it.
        if let (Some(work), Some(next)) = (portion(work), after.upgrade()) {
            schedule(pause, work, next);
        }
    });
    *next.borrow_mut() = Some(timeout);
}

/// Works for a while, on one piece at least; the work, where there is more of it.
fn portion<I, F>(mut work: Work<I, F>) -> Option<Work<I, F>>
where
    I: Iterator,
    F: FnMut(Told<I::Item>),
{
    let until = js_sys::Date::now() + work.pace.turn_ms;
    let done = loop {
        match work.pieces.next() {
            Some(piece) => (work.tell)(Told::Piece(piece)),
            None => break true,
        }
        if js_sys::Date::now() >= until {
            break false;
        }
    };
    (work.tell)(Told::Turn { done });
    (!done).then_some(work)
}
