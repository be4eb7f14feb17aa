//! The tree of groups and steps.

use gil_sim::program::parts_mut;
use gil_sim::{Dist, Group, Nanos, Repeat, Spec, Step, StepKind};

use super::find::steps_mut;
use super::interventions::follow_groups;
use super::kind::new_step;
use crate::edit::place::{Change, Item, Renumbering};

/// The groups that can do the jobs of this step or of the group it is in: all that serve, but for
/// its own.
pub fn callees<'s>(spec: &'s Spec, item: &[usize]) -> Vec<&'s str> {
    let others = spec.groups.iter().enumerate().filter(|(n, _)| item.first() != Some(n));
    let serve = others.filter(|(_, group)| group.repeat == Repeat::Serve);
    serve.map(|(_, group)| group.name.as_str()).collect()
}

/// The names of all groups.
pub fn names(spec: &Spec) -> Vec<String> {
    spec.groups.iter().map(|group| group.name.clone()).collect()
}

/// Lets calls follow groups that were renamed since they had these names. All at once, so that two
/// groups can exchange their names.
pub fn follow_names(spec: &mut Spec, before: &[String]) {
    let after = names(spec);
    let renamed = |name: &str| {
        let n = before.iter().position(|old| old == name)?;
        after.get(n).filter(|new| *new != name).cloned()
    };
    for group in &mut spec.groups {
        for step in parts_mut(&mut group.steps) {
            if let Step::Call { group, .. } = step
                && let Some(new) = renamed(group)
            {
                *group = new;
            }
        }
    }
}

/// What may be done to the lists of groups and steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// A new item at the end of a list: a group where the list is empty, else a step.
    Add(Item),
    /// The item once more, behind it.
    Duplicate(Item),
    /// The item goes.
    Remove(Item),
    /// The item changes places with the one before it.
    Up(Item),
    /// The item changes places with the one behind it.
    Down(Item),
}

/// Changes a list; what became of the numbers, or `None` where nothing could be done.
pub fn act(spec: &mut Spec, act: &Act) -> Option<Renumbering> {
    let (list, what) = match act {
        Act::Add(list) => (list.as_slice(), None),
        Act::Duplicate(item) | Act::Remove(item) | Act::Up(item) | Act::Down(item) => {
            let (n, list) = item.split_last()?;
            (list, Some(*n))
        }
    };
    let what = if list.is_empty() {
        let like = what.and_then(|n| spec.groups.get(n));
        let name = spec.free_name(like.map_or("work", |group| &group.name));
        change(&mut spec.groups, act, what, |groups, n| match n {
            None => new_group(name),
            Some(n) => Group { name, ..groups[n].clone() },
        })?
    } else {
        change(steps_mut(spec, list)?, act, what, |steps, n| match n {
            None => next_step(steps),
            Some(n) => steps[n].clone(),
        })?
    };
    let renumbering = Renumbering { list: list.to_vec(), what };
    if list.is_empty() {
        follow_groups(spec, &renumbering);
    }
    Some(renumbering)
}

fn change<T>(
    list: &mut Vec<T>,
    act: &Act,
    n: Option<usize>,
    make: impl FnOnce(&[T], Option<usize>) -> T,
) -> Option<Change> {
    if n.is_some_and(|n| n >= list.len()) {
        return None;
    }
    let what = match (act, n) {
        (Act::Add(_), _) => Change::Insert(list.len()),
        (Act::Duplicate(_), Some(n)) => Change::Insert(n + 1),
        (Act::Remove(_), Some(n)) => Change::Remove(n),
        (Act::Up(_), Some(n)) if n > 0 => Change::Swap(n, n - 1),
        (Act::Down(_), Some(n)) if n + 1 < list.len() => Change::Swap(n, n + 1),
        _ => return None,
    };
    match what {
        Change::Insert(at) => {
            let new = make(list, n);
            list.insert(at, new);
        }
        Change::Remove(n) => {
            list.remove(n);
        }
        Change::Swap(a, b) => list.swap(a, b),
    }
    Some(what)
}

fn new_group(name: String) -> Group {
    let steps = vec![new_step(StepKind::Python, Dist::Fixed(Nanos::from_millis(5)))];
    Group { name, repeat: Repeat::Times(10), ..Group::new("", steps) }
}

/// Waiting after computing, computing after anything else.
fn next_step(steps: &[Step]) -> Step {
    let last = steps.last().map(Step::kind);
    let computes = matches!(last, Some(StepKind::Python | StepKind::NativeHolding));
    let kind = if computes { StepKind::Io } else { StepKind::Python };
    new_step(kind, Dist::Fixed(kind.usual_time()))
}
