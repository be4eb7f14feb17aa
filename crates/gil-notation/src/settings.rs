//! The settings of a scenario: `py=3.11`, `cores=4`, `si=5ms`.

use gil_sim::{Dist, Machine, Nanos, Python, Spec};

use crate::duration::{print_dist, print_duration, read_dist, read_duration};
use crate::error::Fault;
use crate::lex::Part;
use crate::places::Places;

/// A key and the field it stands for.
struct Setting {
    key: &'static str,
    /// The field's name in [`gil_sim::Invalid::place`].
    place: &'static str,
    field: fn(&mut Spec) -> &mut dyn Value,
}

const fn setting(
    key: &'static str,
    place: &'static str,
    field: fn(&mut Spec) -> &mut dyn Value,
) -> Setting {
    Setting { key, place, field }
}

/// All settings, in the order in which they are printed.
const SETTINGS: [Setting; 18] = [
    setting("py", "python", |s| &mut s.python),
    setting("cores", "machine.cores", |s| &mut s.machine.cores),
    setting("si", "switch_interval", |s| &mut s.switch_interval),
    setting("slice", "machine.time_slice", |s| &mut s.machine.time_slice),
    setting("wake", "machine.wake_deep", |s| &mut s.machine.wake_deep),
    setting("wakehot", "machine.wake_shallow", |s| &mut s.machine.wake_shallow),
    setting("deepens", "machine.idle_deepens", |s| &mut s.machine.idle_deepens),
    setting("slack", "machine.timer_slack", |s| &mut s.machine.timer_slack),
    setting("ctx", "machine.context_switch", |s| &mut s.machine.context_switch),
    setting("uncontended", "machine.costs.uncontended", |s| &mut s.machine.costs.uncontended),
    setting("fwake", "machine.costs.futex_wake", |s| &mut s.machine.costs.futex_wake),
    setting("fwait", "machine.costs.futex_wait", |s| &mut s.machine.costs.futex_wait),
    setting("syscall", "machine.costs.syscall", |s| &mut s.machine.costs.syscall),
    setting("tstart", "machine.costs.thread_start", |s| &mut s.machine.costs.thread_start),
    setting("rewait", "machine.costs.rewait", |s| &mut s.machine.costs.rewait),
    setting("seed", "seed", |s| &mut s.seed),
    setting("limit", "limits.time", |s| &mut s.limits.time),
    setting("events", "limits.events", |s| &mut s.limits.events),
];

/// The keys, for suggestions.
pub(crate) fn keys() -> impl Iterator<Item = &'static str> {
    SETTINGS.iter().map(|setting| setting.key)
}

/// Reads `value` into the field of `key`; `false` where there is no such setting.
pub(crate) fn read_setting(
    key: &str,
    value: Part,
    spec: &mut Spec,
    places: &mut Places,
) -> Result<bool, Fault> {
    let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key) else {
        return Ok(false);
    };
    places.note(setting.place.to_owned(), value);
    (setting.field)(spec).read(value)?;
    Ok(true)
}

/// Every setting that differs from its default, as `key=value`.
pub(crate) fn print_settings(spec: &Spec) -> Vec<String> {
    let mut spec = Spec { groups: Vec::new(), ..spec.clone() };
    let mut usual = Spec::default();
    usual.machine.time_slice = Machine::base_slice(spec.machine.cores);
    let mut segments = Vec::new();
    for Setting { key, field, .. } in &SETTINGS {
        let value = field(&mut spec).print();
        if value != field(&mut usual).print() {
            segments.push(format!("{key}={value}"));
        }
    }
    segments
}

/// What a setting's field holds.
trait Value {
    fn read(&mut self, part: Part) -> Result<(), Fault>;
    fn print(&self) -> String;
}

impl Value for Nanos {
    fn read(&mut self, part: Part) -> Result<(), Fault> {
        *self = read_duration(part)?;
        Ok(())
    }
    fn print(&self) -> String {
        print_duration(*self)
    }
}

impl Value for Dist {
    fn read(&mut self, part: Part) -> Result<(), Fault> {
        *self = read_dist(part)?;
        Ok(())
    }
    fn print(&self) -> String {
        print_dist(*self)
    }
}

impl Value for Python {
    fn read(&mut self, part: Part) -> Result<(), Fault> {
        let minor = part.strip("3.").and_then(|minor| minor.number().ok());
        *self = minor.and_then(Python::new).ok_or_else(|| {
            let [oldest, .., newest] = Python::ALL;
            let fault = part.fault(format!("no model of Python {}", part.quoted()));
            fault.help(format!("the versions are {oldest} to {newest}"))
        })?;
        Ok(())
    }
    fn print(&self) -> String {
        self.to_string()
    }
}

macro_rules! whole_numbers {
    ($($number:ty),*) => { $(
        impl Value for $number {
            fn read(&mut self, part: Part) -> Result<(), Fault> {
                *self = part.number()?;
                Ok(())
            }
            fn print(&self) -> String {
                self.to_string()
            }
        }
    )* };
}
whole_numbers!(u16, u32, u64);
