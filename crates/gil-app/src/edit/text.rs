//! Fields as text, whatever they hold.

use gil_notation::parse_dist;
use gil_sim::Spec;

use super::choice::{choice, choose};
use super::dist::{dist, dist_mut};
use super::place::{Facet, Owner, Place, Setting};
use super::value::{self, Value, plain, read, set};
use super::words::gone;

/// What the field shows; empty where there is no such field.
pub fn text(spec: &Spec, place: &Place) -> String {
    if let Some(chosen) = choice(spec, place) {
        return chosen;
    }
    value::value(spec, place).map_or_else(String::new, |value| value.show())
}

/// Puts what a field's text says into the spec.
///
/// # Errors
/// What is wrong with the text, as a sentence.
pub fn write(spec: &mut Spec, place: &Place, text: &str) -> Result<(), String> {
    let text = text.trim();
    if choose(spec, place, text)? {
        return Ok(());
    }
    match (&place.owner, place.facet) {
        (Owner::Setting(Setting::Cores), _) => {
            let Some(Value::Number(n)) = read(spec, place, text)? else { return Err(gone()) };
            spec.machine = spec.machine.resized(n as u16);
        }
        (owner, Facet::Value) if dist(spec, owner).is_some() => write_dist(spec, place, text)?,
        _ => {
            let value = read(spec, place, text)?.ok_or_else(gone)?;
            set(spec, place, value);
        }
    }
    Ok(())
}

/// The first duration; the whole notation (`1ms..3ms`) may be written there too.
fn write_dist(spec: &mut Spec, place: &Place, text: &str) -> Result<(), String> {
    match read(spec, place, text) {
        Ok(Some(value)) => set(spec, place, value),
        Ok(None) => return Err(gone()),
        Err(message) => {
            let whole = parse_dist(&plain(text)).map_err(|_| message)?;
            *dist_mut(spec, &place.owner).ok_or_else(gone)? = whole;
        }
    }
    Ok(())
}
