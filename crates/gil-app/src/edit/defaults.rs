//! Settings by default.

use gil_sim::{Dist, Machine, Spec};

use super::dist::dist;
use super::place::{Owner, Place, Setting};
use super::settings::USUAL_GC;
use super::text::text;

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
    setting.value(spec) == setting.value(&usual(spec))
}

/// Gives a setting its default.
pub fn reset(spec: &mut Spec, setting: Setting) {
    if let Some(default) = setting.value(&usual(spec)) {
        setting.set(spec, default);
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
