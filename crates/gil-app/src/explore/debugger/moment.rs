//! The event that the debugger shows.

use std::rc::Rc;

use gil_debug::{Listing, Snapshot};
use yew::prelude::*;

use crate::model::Run;

/// What the debugger's parts show: an event of a run.
#[derive(Clone, Properties)]
pub struct Moment {
    /// The run.
    pub run: Rc<Run>,
    /// The protocol of its Python.
    pub listing: Rc<Listing>,
    /// The moment.
    pub snapshot: Rc<Snapshot>,
}

/// Snapshots are compared by identity: a new one is made only for another event.
impl PartialEq for Moment {
    fn eq(&self, other: &Moment) -> bool {
        self.run == other.run && Rc::ptr_eq(&self.snapshot, &other.snapshot)
    }
}
