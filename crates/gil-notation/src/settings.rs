//! The settings of a scenario: `py=3.11`, `cores=4`, `si=5ms`.

use gil_sim::{Dist, Gc, Machine, Nanos, Os, Python, Spec};

use crate::duration::{print_dist, print_duration, print_whole, read_dist, read_duration};
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
const SETTINGS: [Setting; 34] = [
    setting("py", "python", |s| &mut s.python),
    setting("os", "machine.os", |s| &mut s.machine.os),
    setting("cores", "machine.cores", |s| &mut s.machine.cores),
    setting("si", "switch_interval", |s| &mut s.switch_interval),
    setting("ci", "check_interval", |s| &mut s.check_interval),
    setting("ext", "unmarked_extension", |s| &mut s.unmarked_extension),
    setting("gc", "gc", |s| &mut s.gc),
    setting("slice", "machine.time_slice", |s| &mut s.machine.time_slice),
    setting("wake", "machine.wake_deep", |s| &mut s.machine.wake_deep),
    setting("wakehot", "machine.wake_shallow", |s| &mut s.machine.wake_shallow),
    setting("wakecold", "machine.wake_cold", |s| &mut s.machine.wake_cold),
    setting("deepens", "machine.idle_deepens", |s| &mut s.machine.idle_deepens),
    setting("slack", "machine.timer_slack", |s| &mut s.machine.timer_slack),
    setting("tick", "machine.timer_tick", |s| &mut s.machine.timer_tick),
    setting("unit", "machine.wait_unit", |s| &mut s.machine.wait_unit),
    setting("ctx", "machine.context_switch", |s| &mut s.machine.context_switch),
    setting("uncontended", "machine.costs.uncontended", |s| &mut s.machine.costs.uncontended),
    setting("fwake", "machine.costs.futex_wake", |s| &mut s.machine.costs.futex_wake),
    setting("fwait", "machine.costs.futex_wait", |s| &mut s.machine.costs.futex_wait),
    setting("syscall", "machine.costs.syscall", |s| &mut s.machine.costs.syscall),
    setting("tstart", "machine.costs.thread_start", |s| &mut s.machine.costs.thread_start),
    setting("rewait", "machine.costs.rewait", |s| &mut s.machine.costs.rewait),
    setting("fork", "machine.overheads.fork", |s| &mut s.machine.overheads.fork),
    setting("fserver", "machine.overheads.forkserver", |s| &mut s.machine.overheads.forkserver),
    setting("spawn", "machine.overheads.spawn", |s| &mut s.machine.overheads.spawn),
    setting("interp", "machine.overheads.interpreter", |s| &mut s.machine.overheads.interpreter),
    setting("pickle", "machine.overheads.pickle", |s| &mut s.machine.overheads.pickle),
    setting("unpickle", "machine.overheads.unpickle", |s| &mut s.machine.overheads.unpickle),
    setting("task", "machine.overheads.task_switch", |s| &mut s.machine.overheads.task_switch),
    setting("job", "machine.overheads.job", |s| &mut s.machine.overheads.job),
    setting("line", "machine.overheads.cache_line", |s| &mut s.machine.overheads.cache_line),
    setting("seed", "seed", |s| &mut s.seed),
    setting("limit", "limits.time", |s| &mut s.limits.time),
    setting("events", "limits.events", |s| &mut s.limits.events),
];

/// The keys of all settings, in the order in which they are printed: `py`, `os`, `cores`.
pub fn keys() -> impl Iterator<Item = &'static str> {
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
    let mut spec = Spec { groups: Vec::new(), interventions: Vec::new(), ..spec.clone() };
    let machine = Machine::of(spec.machine.os, spec.machine.cores);
    let mut usual = Spec { machine, ..Spec::default() };
    // The profile's own name and size are said where they differ from the usual machine's.
    usual.machine.os = Machine::default().os;
    usual.machine.cores = Machine::default().cores;
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
        *self = Python::find(part.text).ok_or_else(|| {
            let names: Vec<String> = Python::ALL.iter().map(Python::to_string).collect();
            let fault = part.fault(format!("no model of Python {}", part.quoted()));
            fault.help(format!("the versions are {}", names.join(", ")))
        })?;
        Ok(())
    }
    fn print(&self) -> String {
        self.to_string()
    }
}

impl Value for Os {
    fn read(&mut self, part: Part) -> Result<(), Fault> {
        let names = Os::ALL.map(os_name);
        let found = Os::ALL.into_iter().find(|os| os_name(*os) == part.text);
        *self = found.ok_or_else(|| part.unknown("operating system", &names))?;
        Ok(())
    }
    fn print(&self) -> String {
        os_name(*self).to_owned()
    }
}

fn os_name(os: Os) -> &'static str {
    match os {
        Os::Linux => "linux",
        Os::MacOs => "macos",
        Os::Windows => "windows",
    }
}

/// Whether an extension module is imported that is not marked as safe without a GIL.
impl Value for bool {
    fn read(&mut self, part: Part) -> Result<(), Fault> {
        *self = match part.text {
            "unmarked" => true,
            "marked" => false,
            _ => return Err(part.unknown("kind of extension", &["marked", "unmarked"])),
        };
        Ok(())
    }
    fn print(&self) -> String {
        if *self { "unmarked" } else { "marked" }.to_owned()
    }
}

impl Value for Option<Gc> {
    fn read(&mut self, part: Part) -> Result<(), Fault> {
        if part.text == "off" {
            *self = None;
            return Ok(());
        }
        let (pause, every) = part.cut("@").ok_or_else(|| {
            let fault = part.fault("collections need a pause and how often they come");
            fault.help("write it as in gc=2ms@50ms: 2 ms after every 50 ms of Python")
        })?;
        *self = Some(Gc { every: read_duration(every)?, pause: read_dist(pause)? });
        Ok(())
    }
    fn print(&self) -> String {
        match self {
            None => "off".to_owned(),
            Some(gc) => format!("{}@{}", print_dist(gc.pause), print_whole(gc.every)),
        }
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
