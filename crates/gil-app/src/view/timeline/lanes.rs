//! What a timeline shows: the lanes of a run, simulated or recorded.

use std::rc::Rc;

use gil_sim::Trace;
use gil_view::axis::TimeScale;
use gil_view::timeline::{Hit, Timeline, View};

use crate::model::Run;

/// A run whose trace is ready for a timeline.
pub trait Traced {
    /// What happened.
    fn trace(&self) -> &Trace;
    /// The same, made ready to be drawn.
    fn timeline(&self) -> &Timeline;
}

impl Traced for Run {
    fn trace(&self) -> &Trace {
        &self.trace
    }

    fn timeline(&self) -> &Timeline {
        &self.timeline
    }
}

/// The lanes of a run. Cheap to clone, and compared by the run's identity.
#[derive(Clone)]
pub struct Lanes(Rc<dyn Traced>);

impl Lanes {
    /// Those of a run.
    pub fn of<T: Traced + 'static>(run: &Rc<T>) -> Lanes {
        Lanes(run.clone())
    }

    /// What happened.
    pub fn trace(&self) -> &Trace {
        self.0.trace()
    }

    /// The same, made ready to be drawn.
    pub fn timeline(&self) -> &Timeline {
        self.0.timeline()
    }

    /// The view's window on the pixels of the plot.
    pub fn scale(&self, view: &View) -> TimeScale {
        self.timeline().scale(self.trace(), view)
    }

    /// What lies under a point of the picture, in logical pixels.
    pub fn hit(&self, x: f32, y: f32, view: &View) -> Option<Hit> {
        self.timeline().hit(self.trace(), x, y, view)
    }
}

impl PartialEq for Lanes {
    fn eq(&self, other: &Lanes) -> bool {
        std::ptr::addr_eq(Rc::as_ptr(&self.0), Rc::as_ptr(&other.0))
    }
}
