//! What is outside the groups: values by their setting, and what goes with them.

use gil_sim::{Dist, Gc, Nanos};

/// What the garbage collector does where it is switched on: an example, not a measurement.
pub(super) const USUAL_GC: Gc =
    Gc { every: Nanos::from_millis(50), pause: Dist::Fixed(Nanos::from_millis(2)) };
