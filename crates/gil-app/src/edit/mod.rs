//! What the panel does to a [`Spec`]: fields are read and written as text, lists change.
//!
//! Pure functions. A text that cannot be read leaves the spec alone; whether what was read suits
//! is for [`Scenario::new`](gil_sim::Scenario::new) to say.
//!
//! `choice` has the fields that are chosen from a list, `value` those that are typed, `dist` the
//! durations that are drawn, `settings` what is outside the groups, `tree` the lists and
//! `interventions` what becomes of those.

mod choice;
mod dist;
mod interventions;
mod kind;
pub mod place;
mod settings;
#[cfg(test)]
mod tests;
mod tree;
mod value;

use gil_notation::parse_dist;
use gil_sim::Spec;

use choice::{choice, choose};
use dist::dist_mut;
use place::{Facet, Owner, Place, Setting};
use settings::set_cores;
use value::{Value, plain, read, set};

pub use dist::{Spread, dist, step_dist};
pub use interventions::drop_impossible;
pub use kind::{Kind, RepeatKind};
pub use settings::{
    default_text, default_words, is_default, machine_is_usual, reset, reset_machine,
};
pub use tree::{Act, act, callees, follow_names, free_name, group, names, step, steps};
pub use value::{is_number, nudged, range_words, show_duration, times};

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
            set_cores(&mut spec.machine, n as u16);
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

/// Says that a field has lost what it belongs to; nothing that a person can bring about.
fn gone() -> String {
    "This is not there any more.".to_owned()
}

/// A sentence out of one without capital and full stop.
pub fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).chain(Some('.')).collect()
}
