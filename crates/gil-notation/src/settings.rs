//! The settings of a scenario: `py=3.11`, `cores=4`, `si=5ms`.

use gil_sim::setting::{Field, Setting, Value};
use gil_sim::{Gc, Machine, Os, Python, Spec};

use crate::duration::{print_dist, print_duration, print_whole, read_dist, read_duration};
use crate::error::Fault;
use crate::lex::Part;
use crate::places::Places;

/// The keys of all settings, in the order in which they are printed: `py`, `os`, `cores`.
pub fn keys() -> impl Iterator<Item = &'static str> {
    Setting::ALL.iter().filter_map(|setting| setting.key())
}

/// Reads `value` into the field of `key`; `false` where there is no such setting.
pub(crate) fn read_setting(
    key: &str,
    value: Part,
    spec: &mut Spec,
    places: &mut Places,
) -> Result<bool, Fault> {
    let Some(setting) = Setting::find(key) else { return Ok(false) };
    places.note(setting.path().to_owned(), value);
    match setting.field(spec) {
        Some(field) => read(field, value)?,
        None => return Ok(false),
    }
    Ok(true)
}

/// Every setting that differs from its default, as `key=value`.
pub(crate) fn print_settings(spec: &Spec) -> Vec<String> {
    let machine = Machine::of(spec.machine.os, spec.machine.cores);
    let mut usual = Spec { machine, ..Spec::default() };
    // The profile's own name and size are said where they differ from the usual machine's.
    usual.machine.os = Machine::default().os;
    usual.machine.cores = Machine::default().cores;
    let differing = Setting::ALL.iter().filter_map(|setting| {
        let (key, value) = (setting.key()?, setting.value(spec)?);
        (Some(value) != setting.value(&usual)).then(|| format!("{key}={}", print(value)))
    });
    differing.collect()
}

fn read(field: Field<'_>, part: Part) -> Result<(), Fault> {
    match field {
        Field::Python(python) => *python = read_python(part)?,
        Field::Os(os) => *os = read_os(part)?,
        Field::Extension(imported) => *imported = read_extension(part)?,
        Field::Gc(gc) => *gc = read_gc(part)?,
        Field::Short(n) => *n = part.number()?,
        Field::Whole(n) => *n = part.number()?,
        Field::Long(n) => *n = part.number()?,
        Field::Time(time) => *time = read_duration(part)?,
        Field::Dist(dist) => *dist = read_dist(part)?,
    }
    Ok(())
}

fn print(value: Value) -> String {
    match value {
        Value::Python(python) => python.to_string(),
        Value::Os(os) => os_name(os).to_owned(),
        Value::Extension(imported) => EXTENSION[usize::from(imported)].to_owned(),
        Value::Gc(None) => "off".to_owned(),
        Value::Gc(Some(gc)) => format!("{}@{}", print_dist(gc.pause), print_whole(gc.every)),
        Value::Number(n) => n.to_string(),
        Value::Time(time) => print_duration(time),
        Value::Dist(dist) => print_dist(dist),
    }
}

fn read_python(part: Part) -> Result<Python, Fault> {
    Python::find(part.text).ok_or_else(|| {
        let names: Vec<&str> = Python::ALL.iter().map(|python| python.name()).collect();
        let fault = part.fault(format!("no model of Python {}", part.quoted()));
        fault.help(format!("the versions are {}", names.join(", ")))
    })
}

fn read_os(part: Part) -> Result<Os, Fault> {
    let names = Os::ALL.map(os_name);
    let found = Os::ALL.into_iter().find(|os| os_name(*os) == part.text);
    found.ok_or_else(|| part.unknown("operating system", &names))
}

/// How an extension module is marked: as safe without a GIL, or not.
const EXTENSION: [&str; 2] = ["marked", "unmarked"];

fn read_extension(part: Part) -> Result<bool, Fault> {
    match EXTENSION.iter().position(|word| *word == part.text) {
        Some(at) => Ok(at == 1),
        None => Err(part.unknown("kind of extension", &EXTENSION)),
    }
}

fn read_gc(part: Part) -> Result<Option<Gc>, Fault> {
    if part.text == "off" {
        return Ok(None);
    }
    let (pause, every) = part.cut("@").ok_or_else(|| {
        let fault = part.fault("collections need a pause and how often they come");
        fault.help("write it as in gc=2ms@50ms: 2 ms after every 50 ms of Python")
    })?;
    Ok(Some(Gc { every: read_duration(every)?, pause: read_dist(pause)? }))
}

fn os_name(os: Os) -> &'static str {
    match os {
        Os::Linux => "linux",
        Os::MacOs => "macos",
        Os::Windows => "windows",
    }
}
