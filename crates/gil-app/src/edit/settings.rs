//! What is outside the groups: values by their setting, and their defaults.

use gil_sim::{Dist, Gc, Machine, Nanos, Os, Spec};

use super::dist::{dist, dist_mut};
use super::text;
use super::value::{set, value};
use crate::edit::place::{Owner, Place, Setting};

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

/// The default of a setting as its field shows it.
pub fn default_text(setting: Setting) -> String {
    text(&Spec::default(), &Place::setting(setting))
}

/// Everything by default, with the figures of this operating system and number of cores.
fn usual(spec: &Spec) -> Spec {
    let machine = Machine::of(spec.machine.os, spec.machine.cores);
    let gc = spec.gc.map(|_| USUAL_GC);
    Spec { machine, gc, ..Spec::default() }
}

/// The default of a setting in words.
pub fn default_words(spec: &Spec, setting: Setting) -> String {
    let usual = usual(spec);
    let owner = Owner::Setting(setting);
    match dist(&usual, &owner) {
        Some(Dist::Uniform(low, high)) => format!("between {low} and {high}"),
        Some(Dist::LogNormal(median, p95)) => format!("median {median}, 95 % under {p95}"),
        Some(Dist::Exponential(mean)) => format!("{mean} on average"),
        Some(Dist::Fixed(time)) => time.to_string(),
        None => text(&usual, &Place::setting(setting)),
    }
}

/// Whether a setting has its default.
pub fn is_default(spec: &Spec, setting: Setting) -> bool {
    let usual = usual(spec);
    let owner = Owner::Setting(setting);
    let place = Place::setting(setting);
    dist(spec, &owner) == dist(&usual, &owner) && text(spec, &place) == text(&usual, &place)
}

/// Gives a setting its default.
pub fn reset(spec: &mut Spec, setting: Setting) {
    let usual = usual(spec);
    let owner = Owner::Setting(setting);
    if let (Some(old), Some(new)) = (dist_mut(spec, &owner), dist(&usual, &owner)) {
        *old = new;
    } else if let Some(value) = value(&usual, &Place::setting(setting)) {
        set(spec, &Place::setting(setting), value);
    }
}

/// Machine and limits as they are by default on this operating system; cores, Python, interval
/// and seed stay.
pub fn reset_machine(spec: &mut Spec) {
    Spec { machine: spec.machine, limits: spec.limits, .. } = usual(spec);
}

/// Whether machine and limits are as they are by default.
pub fn machine_is_usual(spec: &Spec) -> bool {
    let usual = usual(spec);
    spec.machine == usual.machine && spec.limits == usual.limits
}
