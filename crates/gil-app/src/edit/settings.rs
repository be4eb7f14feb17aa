//! What is outside the groups: values by their setting, and what goes with them.

use gil_sim::{Dist, Gc, Machine, Nanos, Os, Spec};

use super::place::Setting;

/// What the garbage collector does where it is switched on: an example, not a measurement.
pub(super) const USUAL_GC: Gc =
    Gc { every: Nanos::from_millis(50), pause: Dist::Fixed(Nanos::from_millis(2)) };

/// The duration that a setting is; `None` where it is drawn or none.
pub(super) fn setting_time(spec: &mut Spec, setting: Setting) -> Option<&mut Nanos> {
    let machine = &mut spec.machine;
    let costs = &mut machine.costs;
    let overheads = &mut machine.overheads;
    Some(match setting {
        Setting::SwitchInterval => &mut spec.switch_interval,
        Setting::TimeSlice => &mut machine.time_slice,
        Setting::IdleDeepens => &mut machine.idle_deepens,
        Setting::TimerSlack => &mut machine.timer_slack,
        Setting::TimerTick => &mut machine.timer_tick,
        Setting::WaitUnit => &mut machine.wait_unit,
        Setting::ContextSwitch => &mut machine.context_switch,
        Setting::Uncontended => &mut costs.uncontended,
        Setting::FutexWake => &mut costs.futex_wake,
        Setting::Syscall => &mut costs.syscall,
        Setting::ThreadStart => &mut costs.thread_start,
        Setting::Fork => &mut overheads.fork,
        Setting::Forkserver => &mut overheads.forkserver,
        Setting::Spawn => &mut overheads.spawn,
        Setting::Interpreter => &mut overheads.interpreter,
        Setting::Pickle => &mut overheads.pickle,
        Setting::Unpickle => &mut overheads.unpickle,
        Setting::TaskSwitch => &mut overheads.task_switch,
        Setting::Job => &mut overheads.job,
        Setting::CacheLine => &mut overheads.cache_line,
        Setting::GcEvery => &mut spec.gc.as_mut()?.every,
        Setting::LimitTime => &mut spec.limits.time,
        _ => return None,
    })
}

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
