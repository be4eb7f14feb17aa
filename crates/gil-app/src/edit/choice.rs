//! Fields whose text is one of a list's.

use gil_sim::{Gc, Os, Python, Spec, Step, StepKind, Strategy};

use super::dist::{Spread, dist, dist_mut};
use super::find::{group, group_mut, step, step_mut};
use super::kind::{RepeatKind, set_kind};
use super::settings::USUAL_GC;
use super::tree::callees;
use super::words::gone;
use crate::edit::place::{Facet, Owner, Place, Setting};

/// What a check box's text is where it is checked, and where it is not.
const BOX: [&str; 2] = ["on", "off"];

/// What is chosen; `None` where the field is no choice.
pub(super) fn choice(spec: &Spec, place: &Place) -> Option<String> {
    let checked = |on: bool| BOX[usize::from(!on)].to_owned();
    let words = |key: Option<&str>| key.unwrap_or_default().to_owned();
    Some(match (&place.owner, place.facet) {
        (Owner::Setting(Setting::Python), _) => spec.python.to_string(),
        (Owner::Setting(Setting::Os), _) => spec.machine.os.name().to_owned(),
        (Owner::Setting(Setting::Extension), _) => checked(spec.unmarked_extension),
        (Owner::Setting(Setting::Gc), _) => checked(spec.gc.is_some()),
        (owner, Facet::Spread) => words(dist(spec, owner).map(|dist| Spread::of(dist).key())),
        (Owner::Item(item), Facet::Kind) => words(step(spec, item).map(|step| step.kind().word())),
        (Owner::Item(item), Facet::RepeatKind) => {
            words(group(spec, item).map(|group| RepeatKind::of(group.repeat).key()))
        }
        (Owner::Item(item), Facet::Strategy) => {
            words(group(spec, item).map(|group| group.strategy.name()))
        }
        (Owner::Item(item), Facet::Callee) => match step(spec, item)? {
            Step::Call { group, .. } => group.clone(),
            _ => return None,
        },
        _ => return None,
    })
}

/// Puts a choice into the spec; `false` where the field is none.
pub(super) fn choose(spec: &mut Spec, place: &Place, text: &str) -> Result<bool, String> {
    match (&place.owner, place.facet) {
        (Owner::Setting(Setting::Python), _) => {
            spec.python = Python::find(text).ok_or("Choose a version from the list.")?;
        }
        (Owner::Setting(Setting::Os), _) => {
            let os = Os::ALL.into_iter().find(|os| os.name() == text).ok_or_else(gone)?;
            spec.machine = spec.machine.with_os(os);
        }
        (Owner::Setting(Setting::Extension), _) => spec.unmarked_extension = checked(text)?,
        (Owner::Setting(Setting::Gc), _) => spec.gc = collector(spec.gc, checked(text)?),
        (owner, Facet::Spread) => {
            let spread = Spread::find(text).ok_or_else(gone)?;
            let dist = dist_mut(spec, owner).ok_or_else(gone)?;
            *dist = spread.redraw(*dist);
        }
        (Owner::Item(item), Facet::Kind) => {
            let kind = StepKind::find(text).ok_or_else(gone)?;
            let callee = callees(spec, item).first().map(|name| (*name).to_owned());
            set_kind(step_mut(spec, item).ok_or_else(gone)?, kind, callee)?;
        }
        (Owner::Item(item), Facet::RepeatKind) => {
            let kind = RepeatKind::find(text).ok_or_else(gone)?;
            let group = group_mut(spec, item).ok_or_else(gone)?;
            if RepeatKind::of(group.repeat) != kind {
                group.repeat = kind.usual();
            }
        }
        (Owner::Item(item), Facet::Strategy) => {
            let strategy = Strategy::ALL.into_iter().find(|one| one.name() == text);
            group_mut(spec, item).ok_or_else(gone)?.strategy = strategy.ok_or_else(gone)?;
        }
        (Owner::Item(item), Facet::Callee) => match step_mut(spec, item).ok_or_else(gone)? {
            Step::Call { group, .. } => *group = text.to_owned(),
            _ => return Err(gone()),
        },
        _ => return Ok(false),
    }
    Ok(true)
}

fn checked(text: &str) -> Result<bool, String> {
    BOX.iter().position(|word| *word == text).map(|at| at == 0).ok_or_else(gone)
}

fn collector(now: Option<Gc>, on: bool) -> Option<Gc> {
    on.then(|| now.unwrap_or(USUAL_GC))
}
