//! What is outside the groups: values by their setting, and what goes with them.

use gil_sim::{Dist, Gc, Machine, Nanos, Os};

/// What the garbage collector does where it is switched on: an example, not a measurement.
pub(super) const USUAL_GC: Gc =
    Gc { every: Nanos::from_millis(50), pause: Dist::Fixed(Nanos::from_millis(2)) };

/// Another number of cores, with what goes with it.
pub(super) fn set_cores(machine: &mut Machine, cores: u16) {
    follow_profile(machine, machine.os, cores);
}

/// Another operating system, with what goes with it.
pub(super) fn set_os(machine: &mut Machine, os: Os) {
    follow_profile(machine, os, machine.cores);
}

/// System and cores, and each figure that goes with them unless it is one's own.
fn follow_profile(machine: &mut Machine, os: Os, cores: u16) {
    let (old, new) = (Machine::of(machine.os, machine.cores), Machine::of(os, cores));
    let follow = |field: &mut Nanos, old: Nanos, new: Nanos| {
        if *field == old {
            *field = new;
        }
    };
    follow(&mut machine.time_slice, old.time_slice, new.time_slice);
    follow(&mut machine.timer_slack, old.timer_slack, new.timer_slack);
    follow(&mut machine.timer_tick, old.timer_tick, new.timer_tick);
    follow(&mut machine.wait_unit, old.wait_unit, new.wait_unit);
    (machine.os, machine.cores) = (os, cores);
}
