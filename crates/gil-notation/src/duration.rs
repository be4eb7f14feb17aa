//! Durations (`2.5ms`) and how they are drawn (`1ms..3ms`, `exp2ms`, `ln2ms..6ms`).

use gil_sim::{Dist, Nanos};

use crate::error::Fault;
use crate::lex::Part;

/// Units with their decimal digits in nanoseconds, largest first.
const UNITS: [(&str, usize); 4] = [("s", 9), ("ms", 6), ("us", 3), ("ns", 0)];

pub(crate) fn read_duration(part: Part) -> Result<Nanos, Fault> {
    let behind = part.text.find(|c: char| !c.is_ascii_digit() && c != '.');
    let (number, unit) = part.split_at(behind.unwrap_or(part.text.len()));
    let (whole, fraction) = number.cut(".").unwrap_or((number, number.end()));
    let digits = |p: Part| !p.text.is_empty() && p.text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || (number.text.contains('.') && !digits(fraction)) {
        let message = format!("expected a duration such as 2.5ms, found {}", part.found());
        return Err(part.fault(message));
    }
    let places = read_unit(number, unit)?;
    let fraction = fraction.text.trim_end_matches('0');
    if fraction.len() > places {
        let message = format!("{} is more precise than a nanosecond", part.quoted());
        return Err(part.fault(message));
    }
    let nanos = format!("{}{fraction:0<places$}", whole.text).parse();
    nanos.map(Nanos).map_err(|_| part.fault(format!("{} is too long", part.quoted())))
}

fn read_unit(number: Part, unit: Part) -> Result<usize, Fault> {
    if unit.text.is_empty() {
        let fault = number.fault(format!("{} has no unit", number.quoted()));
        return Err(fault.help("the units are ns, us, ms and s, as in 2.5ms"));
    }
    let known = UNITS.iter().find(|(name, _)| *name == unit.text);
    known.map(|(_, places)| *places).ok_or_else(|| {
        let fault = unit.fault(format!("unknown unit {}", unit.quoted()));
        fault.help("the units are ns, us, ms and s, as in 2.5ms")
    })
}

/// The shortest exact text; of two as short, the one in the larger unit: `100us`, `2.5ms`, `1s`.
/// Nothing begins with `0.`.
pub fn print_duration(time: Nanos) -> String {
    let fitting = UNITS.iter().filter(|(_, places)| time.0 >= size(*places));
    let texts = fitting.map(|(unit, places)| decimal(time, *places) + unit);
    texts.min_by_key(String::len).unwrap_or_else(|| "0s".to_owned())
}

fn size(places: usize) -> u64 {
    (0..places).fold(1, |size, _| size * 10)
}

fn decimal(time: Nanos, places: usize) -> String {
    let (whole, rest) = (time.0 / size(places), time.0 % size(places));
    match rest {
        0 => whole.to_string(),
        _ => format!("{whole}.{rest:0places$}").trim_end_matches('0').to_owned(),
    }
}

/// As a whole number in the largest unit, for behind an `@`: blogs and mail archives hide
/// whatever looks like `name@host.end` as an e-mail address, and `2ms@2.5us` does.
pub(crate) fn print_whole(time: Nanos) -> String {
    let whole = UNITS.iter().find(|(_, places)| time.0.is_multiple_of(size(*places)));
    let (unit, places) = whole.unwrap_or(&UNITS[3]);
    format!("{}{unit}", time.0 / size(*places))
}

const DRAWN: &str = "a drawn duration is written as in 1ms..3ms, exp2ms or ln2ms..6ms";

pub(crate) fn read_dist(part: Part) -> Result<Dist, Fault> {
    if let Some(mean) = part.strip("exp") {
        return read_duration(mean).map(Dist::Exponential);
    }
    if let Some(rest) = part.strip("ln") {
        let (median, p95) = rest.cut("..").ok_or_else(|| {
            let fault = part.fault("a lognormal duration needs a median and a 95th percentile");
            fault.help("write it as in ln2ms..6ms")
        })?;
        return Ok(Dist::LogNormal(read_duration(median)?, read_duration(p95)?));
    }
    match part.cut("..") {
        Some((low, high)) => Ok(Dist::Uniform(read_duration(low)?, read_duration(high)?)),
        None => read_duration(part).map(Dist::Fixed).map_err(|fault| {
            let word = part.text.starts_with(|c: char| c.is_ascii_alphabetic());
            if word { fault.help(DRAWN) } else { fault }
        }),
    }
}

/// `2ms`, `1ms..3ms` (uniform), `exp2ms` (exponential), `ln2ms..6ms` (lognormal: median and 95th
/// percentile), each duration as [`print_duration`] gives it.
pub fn print_dist(dist: Dist) -> String {
    let print = print_duration;
    match dist {
        Dist::Fixed(time) => print(time),
        Dist::Uniform(low, high) => format!("{}..{}", print(low), print(high)),
        Dist::Exponential(mean) => format!("exp{}", print(mean)),
        Dist::LogNormal(median, p95) => format!("ln{}..{}", print(median), print(p95)),
    }
}
