//! Fields whose text is typed: durations, whole numbers, amounts of data and names.

use gil_notation::{parse_bytes, parse_duration, print_bytes, print_duration};
use gil_sim::setting::{Bounds, Value as Held};
use gil_sim::{Dist, Nanos, Repeat, Spec, Step, bounds};

use super::dist::{dist, dist_mut, first, first_mut};
use super::find::{group, group_mut, step, step_mut};
use super::words::sentence;
use crate::edit::place::{Facet, Owner, Place};

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Time(Nanos),
    Number(u64),
    Bytes(u64),
    Name(String),
}

impl Value {
    /// As its field shows it.
    pub fn show(self) -> String {
        match self {
            Value::Time(time) => show_duration(time),
            Value::Number(n) => n.to_string(),
            Value::Bytes(bytes) => show_bytes(bytes),
            Value::Name(name) => name,
        }
    }
}

/// A duration as the fields show it, exactly: `2.5 ms`.
pub fn show_duration(time: Nanos) -> String {
    let text = print_duration(time);
    let unit = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    format!("{} {}", &text[..unit], &text[unit..])
}

/// An amount of data as the fields show it, exactly: `64 KiB`.
fn show_bytes(bytes: u64) -> String {
    if bytes == 0 {
        return "0".to_owned();
    }
    let text = print_bytes(bytes);
    let unit = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let name = match &text[unit..] {
        "gib" => "GiB",
        "mib" => "MiB",
        "kib" => "KiB",
        _ => "B",
    };
    format!("{} {name}", &text[..unit])
}

/// What people write in place of the notation's plain form: spaces, and a mu.
pub(super) fn plain(text: &str) -> String {
    let text = text.chars().filter(|c| !c.is_whitespace());
    text.map(|c| if "\u{b5}\u{3bc}".contains(c) { 'u' } else { c }).collect()
}

/// Reads a text as the kind of value that the field holds now.
pub(super) fn read(spec: &Spec, place: &Place, text: &str) -> Result<Option<Value>, String> {
    Ok(match value(spec, place) {
        None => None,
        Some(Value::Name(_)) => Some(Value::Name(text.to_owned())),
        Some(Value::Number(_)) => Some(Value::Number(read_number(place, text)?)),
        Some(Value::Time(_)) => Some(Value::Time(read_duration(text)?)),
        Some(Value::Bytes(_)) => Some(Value::Bytes(read_bytes(text)?)),
    })
}

fn read_bytes(text: &str) -> Result<u64, String> {
    let asked = "an amount of data such as 0, 100 B, 64 KiB or 1 MiB";
    match plain(text).to_ascii_lowercase().as_str() {
        "" => Err(format!("Write {asked}.")),
        "0" => Ok(0),
        plain => parse_bytes(plain).map_err(|_| format!("\"{text}\" is not {asked}.")),
    }
}

fn read_duration(text: &str) -> Result<Nanos, String> {
    if text.is_empty() {
        return Err("Write a duration such as 2.5 ms.".to_owned());
    }
    parse_duration(&plain(text)).map_err(|error| match error.help {
        Some(help) => sentence(&format!("{}; {help}", error.message)),
        None => sentence(&error.message),
    })
}

fn read_number(place: &Place, text: &str) -> Result<u64, String> {
    let (low, high) = numbers(place).unwrap_or((0, u64::MAX));
    let asked = if high == u64::MAX {
        "a whole number".to_owned()
    } else {
        format!("a whole number from {low} to {high}")
    };
    if text.is_empty() {
        return Err(format!("Write {asked}."));
    }
    let number = text.parse().map_err(|_| format!("\"{text}\" is not {asked}."))?;
    // Narrower types follow: what does not fit must not be cut.
    if number > high {
        return Err(format!("{number} is not between {low} and {high}."));
    }
    Ok(number)
}

/// Bounds of a field that holds a whole number.
pub fn numbers(place: &Place) -> Option<(u64, u64)> {
    let threads = (u64::from(*bounds::THREADS.start()), u64::from(*bounds::THREADS.end()));
    let times = (u64::from(*bounds::TIMES.start()), u64::from(*bounds::TIMES.end()));
    match (&place.owner, place.facet) {
        (Owner::Setting(setting), _) => match setting.bounds() {
            Bounds::Number(range) => Some(range.into_inner()),
            Bounds::Any | Bounds::Time(_) => None,
        },
        (_, Facet::Count) => Some(threads),
        (_, Facet::Repeat) => Some(times),
        _ => None,
    }
}

/// Bounds of a field that holds a duration.
pub fn times(place: &Place) -> (Nanos, Nanos) {
    let range = match (&place.owner, place.facet) {
        (Owner::Setting(setting), _) => match setting.bounds() {
            Bounds::Time(range) => range,
            Bounds::Any | Bounds::Number(_) => bounds::DURATION,
        },
        (_, Facet::Start) => bounds::MOMENT,
        (_, Facet::Repeat) => Nanos(1)..=*bounds::MOMENT.end(),
        (_, Facet::Check) => bounds::CHECK,
        _ => bounds::DURATION,
    };
    range.into_inner()
}

/// Range and unit of a field in words: `1 us to 10 s`, `1 to 64`.
pub fn range_words(spec: &Spec, place: &Place) -> String {
    match value(spec, place) {
        None => String::new(),
        Some(Value::Name(_)) => {
            "1 to 16 letters, digits and underscores, a letter first".to_owned()
        }
        Some(Value::Bytes(_)) => {
            format!("0 to {}, in B, KiB or MiB", show_bytes(*bounds::BYTES.end()))
        }
        Some(Value::Number(_)) => match numbers(place) {
            Some((low, high)) if high < u64::MAX => format!("{low} to {}", thousands(high)),
            _ => "Any whole number".to_owned(),
        },
        Some(Value::Time(_)) => {
            let (low, high) = times(place);
            format!("{low} to {high}, in ns, us, ms or s")
        }
    }
}

/// Whether a field holds a whole number.
pub fn is_number(spec: &Spec, place: &Place) -> bool {
    matches!(value(spec, place), Some(Value::Number(_)))
}

fn thousands(n: u64) -> String {
    gil_words::number(n as f64)
}

/// The next value above or below: whole numbers by one, durations along 1, 2, 5, 10.
pub fn nudged(spec: &Spec, place: &Place, up: bool) -> Option<String> {
    match value(spec, place)? {
        Value::Name(_) => None,
        Value::Bytes(bytes) => Some(show_bytes(power_step(bytes, up))),
        Value::Number(n) => {
            let (low, high) = numbers(place)?;
            let next = if up { n.saturating_add(1) } else { n.saturating_sub(1) };
            Some(next.clamp(low, high).to_string())
        }
        Value::Time(time) => {
            let (low, high) = times(place);
            Some(show_duration(round_step(time, up).clamp(low, high)))
        }
    }
}

/// From KiB on by a factor of four.
fn power_step(bytes: u64, up: bool) -> u64 {
    let most = *bounds::BYTES.end();
    let mut steps = std::iter::once(0).chain((10..=30).step_by(2).map(|n| 1 << n));
    let next = if up {
        steps.find(|step| *step > bytes)
    } else {
        steps.take_while(|step| *step < bytes).last()
    };
    next.unwrap_or(if up { most } else { 0 }).min(most)
}

pub(super) fn round_step(time: Nanos, up: bool) -> Nanos {
    let steps = (0..12).flat_map(|n| [1, 2, 5].map(|digit| Nanos(digit * 10u64.pow(n))));
    let next = if up {
        steps.clone().find(|step| *step > time)
    } else {
        steps.clone().rev().find(|step| *step < time)
    };
    next.unwrap_or(if up { time } else { Nanos::ZERO })
}

/// What a field holds; `None` where there is no such field, or where it is a choice.
pub(super) fn value(spec: &Spec, place: &Place) -> Option<Value> {
    let time = |time: Nanos| Some(Value::Time(time));
    let number = |n: u64| Some(Value::Number(n));
    match (&place.owner, place.facet) {
        (owner, Facet::Second) => match dist(spec, owner)? {
            Dist::Uniform(_, second) | Dist::LogNormal(_, second) => time(second),
            Dist::Fixed(_) | Dist::Exponential(_) => None,
        },
        (Owner::Setting(setting), _) => match setting.value(spec)? {
            Held::Number(n) => number(n),
            Held::Time(held) => time(held),
            Held::Dist(drawn) => time(first(drawn)),
            Held::Python(_) | Held::Os(_) | Held::Extension(_) | Held::Gc(_) => None,
        },
        (Owner::Item(item), Facet::Name) => Some(Value::Name(group(spec, item)?.name.clone())),
        (Owner::Item(item), Facet::Count) => number(group(spec, item)?.count.into()),
        (Owner::Item(item), Facet::Start) => time(group(spec, item)?.start),
        (Owner::Item(item), Facet::Repeat) => match group(spec, item)?.repeat {
            Repeat::Times(n) => number(n.into()),
            Repeat::For(length) => time(length),
            Repeat::Jobs(n) => number(n.into()),
            Repeat::Arrivals { during, .. } => time(during),
            Repeat::Daemon | Repeat::Serve => None,
        },
        (Owner::Item(item), Facet::Check) => match step(spec, item)? {
            Step::Python { check, .. } => time(check.unwrap_or(spec.python.check_distance())),
            _ => None,
        },
        (Owner::Item(item), Facet::Lock | Facet::Object) => {
            let step = step(spec, item).filter(|step| place.facet.names(step))?;
            step.name().map(|name| Value::Name(name.to_owned()))
        }
        (Owner::Item(item), Facet::Bytes) => match step(spec, item)? {
            Step::Call { bytes, .. } => Some(Value::Bytes(*bytes)),
            _ => None,
        },
        (owner, Facet::Value) => time(first(dist(spec, owner)?)),
        (_, Facet::Spread | Facet::Kind | Facet::RepeatKind | Facet::Strategy | Facet::Callee) => {
            None
        }
    }
}

/// Puts a value of the kind that the field holds into the spec.
pub(super) fn set(spec: &mut Spec, place: &Place, value: Value) {
    let usual_check = spec.python.check_distance();
    match (&place.owner, place.facet, value) {
        (owner, Facet::Second, Value::Time(new)) => {
            if let Some(Dist::Uniform(_, second) | Dist::LogNormal(_, second)) =
                dist_mut(spec, owner)
            {
                *second = new;
            }
        }
        (Owner::Setting(setting), _, Value::Number(n)) => {
            setting.set(spec, Held::Number(n));
        }
        (owner @ Owner::Setting(setting), _, Value::Time(new)) => match dist_mut(spec, owner) {
            Some(dist) => *first_mut(dist) = new,
            None => {
                setting.set(spec, Held::Time(new));
            }
        },
        (owner @ Owner::Item(item), Facet::Value, Value::Time(new)) if item.len() == 1 => {
            if let Some(gap) = dist_mut(spec, owner) {
                *first_mut(gap) = new;
            }
        }
        (Owner::Item(item), facet, value) if item.len() == 1 => {
            let Some(group) = group_mut(spec, item) else { return };
            match (facet, value, &mut group.repeat) {
                (Facet::Name, Value::Name(name), _) => group.name = name,
                (Facet::Count, Value::Number(n), _) => group.count = n as u16,
                (Facet::Start, Value::Time(start), _) => group.start = start,
                (Facet::Repeat, Value::Number(n), Repeat::Times(times)) => *times = n as u32,
                (Facet::Repeat, Value::Time(new), Repeat::For(length)) => *length = new,
                (Facet::Repeat, Value::Number(n), Repeat::Jobs(jobs)) => *jobs = n as u32,
                (Facet::Repeat, Value::Time(new), Repeat::Arrivals { during, .. }) => *during = new,
                _ => {}
            }
        }
        (owner @ Owner::Item(item), facet, value) => match (facet, value, step_mut(spec, item)) {
            (Facet::Check, Value::Time(new), Some(Step::Python { check, .. })) => {
                *check = (new != usual_check).then_some(new);
            }
            (Facet::Lock | Facet::Object, Value::Name(new), Some(step)) if facet.names(step) => {
                step.name_mut().into_iter().for_each(|name| *name = new.clone());
            }
            (Facet::Bytes, Value::Bytes(new), Some(Step::Call { bytes, .. })) => *bytes = new,
            (Facet::Value, Value::Time(new), _) => {
                if let Some(dist) = dist_mut(spec, owner) {
                    *first_mut(dist) = new;
                }
            }
            _ => {}
        },
        _ => {}
    }
}
