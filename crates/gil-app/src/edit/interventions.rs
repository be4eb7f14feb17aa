//! Interventions follow the groups that they name, and go with what they are about.

use gil_sim::{GroupId, Intervene, Scenario, Spec};

use crate::edit::place::Renumbering;

/// Lets interventions follow groups that were moved; those of a group that went go with it.
pub fn follow_groups(spec: &mut Spec, renumbering: &Renumbering) {
    spec.interventions.retain_mut(|intervention| match &mut intervention.what {
        Intervene::CompleteIo { group, .. } => match renumbering.item(&[group.index()]) {
            Some(moved) => {
                *group = moved.first().map_or(*group, |n| GroupId::of(*n));
                true
            }
            None => false,
        },
        Intervene::SwitchInterval(_) | Intervene::CheckInterval(_) => true,
    });
}

/// Drops interventions that this scenario cannot have any more: on a thread that its group has no
/// longer, on an interval that another Python has.
pub fn drop_impossible(spec: &mut Spec) {
    if spec.interventions.is_empty() {
        return;
    }
    let Err(found) = Scenario::new(spec.clone()) else { return };
    let places: Vec<&str> = found.iter().map(|invalid| invalid.place.as_str()).collect();
    let mut number = 0;
    spec.interventions.retain(|_| {
        let own = format!("interventions[{number}].");
        number += 1;
        !places.iter().any(|place| place.starts_with(&own))
    });
}
