//! What differs between two scenarios.
//!
//! Settings are compared as the list that they are ([`Setting::ALL`]); a group is taken apart by a
//! pattern that names all its fields, so that a new one does not compile here until it is compared.

use std::fmt;
use std::mem::discriminant;

use gil_sim::setting::{Part, Setting, Value};
use gil_sim::{Gc, Group, GroupId, Nanos, Scenario, Spec, Step};

use crate::scenario::{self, Detail, exact};
use crate::what_if;

/// One thing that differs between two scenarios.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What: `Switch interval`, or, where there are no values, a whole sentence without its full
    /// stop: `hog is gone`.
    pub what: String,
    /// Its value in A and in B.
    pub values: Option<(String, String)>,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.values {
            Some((a, b)) => write!(f, "{}: {a} \u{2192} {b}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

/// Everything that differs between two scenarios, in the order of the fields of [`Spec`]. Empty
/// only where they are the same.
pub fn input_changes(a: &Scenario, b: &Scenario) -> Vec<Change> {
    let mut changes = Changes(Vec::new());
    spec(&mut changes, a.spec(), b.spec());
    changes.0
}

/// Collects what differs.
pub(super) struct Changes(Vec<Change>);

impl Changes {
    /// A value, where it differs.
    pub fn value<T: PartialEq>(&mut self, what: &str, a: &T, b: &T, write: impl Fn(&T) -> String) {
        if a != b {
            self.say(what, write(a), write(b));
        }
    }

    /// A time, where it differs.
    pub fn time(&mut self, what: &str, a: &Nanos, b: &Nanos) {
        self.value(what, a, b, |time| exact(*time));
    }

    fn say(&mut self, what: &str, a: String, b: String) {
        self.0.push(Change { what: what.to_owned(), values: Some((a, b)) });
    }

    fn sentence(&mut self, what: String) {
        self.0.push(Change { what, values: None });
    }
}

fn spec(changes: &mut Changes, a: &Spec, b: &Spec) {
    // Another draw or limit is the least of it.
    let is_last = |setting: Setting| setting == Setting::Seed || setting.part() == Part::Limits;
    let (last, first): (Vec<Setting>, Vec<Setting>) =
        Setting::ALL.iter().copied().partition(|setting| is_last(*setting));
    settings(changes, &first, a, b);
    groups(changes, a, b);
    settings(changes, &last, a, b);
    interventions(changes, a, b);
}

fn settings(changes: &mut Changes, settings: &[Setting], a: &Spec, b: &Spec) {
    // What has no key is part of another one.
    for setting in settings.iter().filter(|setting| setting.key().is_some()) {
        let values = setting.value(a).zip(setting.value(b));
        if let Some((old, new)) = values.filter(|(old, new)| old != new) {
            changes.say(setting.said(), written(*setting, old), written(*setting, new));
        }
    }
}

fn written(setting: Setting, value: Value) -> String {
    match value {
        Value::Python(python) => python.to_string(),
        Value::Os(os) => os.name().to_owned(),
        Value::Extension(imported) => if imported { "imported" } else { "not imported" }.to_owned(),
        Value::Gc(gc) => collections(&gc),
        Value::Number(n) if setting == Setting::CheckInterval => format!("{n} ticks"),
        Value::Number(n) => n.to_string(),
        Value::Time(time) => exact(time),
        Value::Dist(dist) => scenario::length(dist, Detail::Exact),
    }
}

/// What intervenes in one of the runs and not in the other.
fn interventions(changes: &mut Changes, a: &Spec, b: &Spec) {
    for gone in a.interventions.iter().filter(|one| !b.interventions.contains(one)) {
        changes.sentence(format!("Only in A: {}", what_if::intervention(a, gone)));
    }
    for new in b.interventions.iter().filter(|one| !a.interventions.contains(one)) {
        changes.sentence(format!("Only in B: {}", what_if::intervention(b, new)));
    }
}

fn collections(gc: &Option<Gc>) -> String {
    match gc {
        None => "none".to_owned(),
        Some(Gc { every, pause }) => {
            let pause = scenario::length(*pause, Detail::Exact);
            format!("{pause} after each {} of Python", exact(*every))
        }
    }
}

fn groups(changes: &mut Changes, a: &Spec, b: &Spec) {
    let pairs = pairs(a, b);
    for (i, old) in a.numbered_groups() {
        let pair = pairs.iter().find(|pair| pair.0 == i);
        match pair.and_then(|(_, j)| b.group(*j)) {
            Some(new) => group(changes, old, new),
            None => changes.sentence(format!("{} is gone ({})", old.name, scenario::group(old))),
        }
    }
    for (_, new) in b.numbered_groups().filter(|(j, _)| pairs.iter().all(|pair| pair.1 != *j)) {
        changes.sentence(format!("{} is new ({})", new.name, scenario::group(new)));
    }
    let place = |pair: &(GroupId, GroupId)| pair.1;
    if !pairs.is_sorted_by_key(place) {
        let mut sorted = pairs.clone();
        sorted.sort_by_key(place);
        let names = |pairs: &[(GroupId, GroupId)]| {
            let names: Vec<_> =
                pairs.iter().filter_map(|(_, j)| Some(b.group(*j)?.name.as_str())).collect();
            names.join(", ")
        };
        changes.say("Order in which the groups start", names(&pairs), names(&sorted));
    }
}

/// Groups of two scenarios that belong together: those of the same name, and of the rest those in
/// the same place that do the same kind of work.
pub(super) fn pairs(a: &Spec, b: &Spec) -> Vec<(GroupId, GroupId)> {
    let mut pairs: Vec<(GroupId, GroupId)> = Vec::new();
    for (i, old) in a.numbered_groups() {
        let is_free = |j: GroupId| pairs.iter().all(|pair| pair.1 != j);
        let mut free = b.numbered_groups().filter(|(j, _)| is_free(*j));
        let named = free.find(|(_, new)| new.name == old.name);
        pairs.extend(named.map(|(j, _)| (i, j)));
    }
    for ((i, old), new) in a.numbered_groups().zip(&b.groups) {
        let free = pairs.iter().all(|pair| pair.0 != i && pair.1 != i);
        let kinds = |group: &Group| group.steps.iter().map(discriminant).collect::<Vec<_>>();
        if free && kinds(old) == kinds(new) {
            pairs.push((i, i));
        }
    }
    pairs.sort_unstable();
    pairs
}

fn group(changes: &mut Changes, a: &Group, b: &Group) {
    let Group { name, count, start, steps: program, repeat, strategy } = a;
    changes.value("Name of a group", name, &b.name, Clone::clone);
    let name = &b.name;
    if *count != b.count {
        let same = scenario::members(a.strategy) == scenario::members(b.strategy);
        let from = if same { count.to_string() } else { scenario::count(a) };
        changes.say(name, from, scenario::count(b));
    }
    changes.value(&format!("{name}, run as"), strategy, &b.strategy, |one| one.name().to_owned());
    changes.time(&format!("{name}, start"), start, &b.start);
    steps(changes, name, program, &b.steps);
    changes.value(&format!("{name}, repeated"), repeat, &b.repeat, |repeat| {
        scenario::repeat(*repeat, Detail::Exact)
    });
}

/// Step by step where the steps are of the same kinds, otherwise the program as a whole.
fn steps(changes: &mut Changes, name: &str, a: &[Step], b: &[Step]) {
    let alike =
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| discriminant(a) == discriminant(b));
    if !alike {
        changes.value(&format!("{name}, steps"), &a, &b, |all| scenario::steps(all, Detail::Exact));
        return;
    }
    for (n, (old, new)) in a.iter().zip(b).enumerate() {
        let what = match a.len() {
            1 => format!("{name}, each pass"),
            _ => format!("{name}, step {}", n + 1),
        };
        changes.value(&what, old, new, |step| scenario::step(step, Detail::Exact));
    }
}
