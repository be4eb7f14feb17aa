//! Groups and steps by the way that leads to them.

use gil_sim::{Group, Spec, Step};

/// The group at an item's way.
pub fn group<'s>(spec: &'s Spec, item: &[usize]) -> Option<&'s Group> {
    spec.groups.get(*item.first()?)
}

pub(super) fn group_mut<'s>(spec: &'s mut Spec, item: &[usize]) -> Option<&'s mut Group> {
    spec.groups.get_mut(*item.first()?)
}

/// The steps in a group or lock.
pub fn steps<'s>(spec: &'s Spec, list: &[usize]) -> Option<&'s [Step]> {
    let (group, inside) = list.split_first()?;
    let steps = &spec.groups.get(*group)?.steps;
    inside.iter().try_fold(&steps[..], |steps, n| steps.get(*n)?.body())
}

pub(super) fn steps_mut<'s>(spec: &'s mut Spec, list: &[usize]) -> Option<&'s mut Vec<Step>> {
    let (group, inside) = list.split_first()?;
    let steps = &mut spec.groups.get_mut(*group)?.steps;
    inside.iter().try_fold(steps, |steps, n| steps.get_mut(*n)?.body_mut())
}

/// The step at an item's way.
pub fn step<'s>(spec: &'s Spec, item: &[usize]) -> Option<&'s Step> {
    let (n, list) = item.split_last()?;
    steps(spec, list)?.get(*n)
}

pub(super) fn step_mut<'s>(spec: &'s mut Spec, item: &[usize]) -> Option<&'s mut Step> {
    let (n, list) = item.split_last()?;
    steps_mut(spec, list)?.get_mut(*n)
}
