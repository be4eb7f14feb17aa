//! Where in a [`Spec`](gil_sim::Spec) a field of the panel belongs.
//!
//! Groups, steps and the steps inside locks are one tree: an [`Item`] is the way to one of them,
//! `[1]` the second group, `[1, 0]` its first step, `[1, 0, 2]` the third step inside that lock.

use gil_sim::Step;
pub use gil_sim::setting::Setting;

/// A group (one number), or a step (its group, its number, and its numbers inside locks).
pub type Item = Vec<usize>;

/// One input of the panel.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Whose value it is.
    pub owner: Owner,
    /// Which of the owner's values.
    pub facet: Facet,
}

/// What has values: a setting, a group or a step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// One of the settings outside the groups.
    Setting(Setting),
    /// A group or a step.
    Item(Item),
}

/// One of the values of an [`Owner`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// The setting itself or, where it is drawn, its first duration; a step's first duration; the
    /// gap between a group's requests.
    Value,
    /// The second duration of one that is drawn between two.
    Second,
    /// How a duration is drawn.
    Spread,
    /// A group's name.
    Name,
    /// What runs a group's members.
    Strategy,
    /// A group's number of members.
    Count,
    /// When a group starts.
    Start,
    /// In which way a group repeats.
    RepeatKind,
    /// How often or how long it does.
    Repeat,
    /// What a step does.
    Kind,
    /// A Python step's distance between looks at the eval breaker.
    Check,
    /// The name of a step's lock.
    Lock,
    /// The name of the object that a step shares.
    Object,
    /// The group that does a step's job.
    Callee,
    /// How much data goes with a job.
    Bytes,
}

impl Place {
    /// The place of a setting.
    pub fn setting(setting: Setting) -> Place {
        Place { owner: Owner::Setting(setting), facet: Facet::Value }
    }

    /// The place of a value of a group or step.
    pub fn item(item: &[usize], facet: Facet) -> Place {
        Place { owner: Owner::Item(item.to_vec()), facet }
    }

    /// The element that is the field.
    pub fn id(&self) -> String {
        let facet = format!("{:?}", self.facet).to_lowercase();
        match &self.owner {
            Owner::Setting(setting) => {
                format!("set-{}-{facet}", setting.path().replace(['.', '_'], "-"))
            }
            Owner::Item(item) => item_id(item, &facet),
        }
    }

    /// Whether [`gil_sim::Invalid::place`] means this field.
    pub fn is_meant_by(&self, path: &str) -> bool {
        match &self.owner {
            Owner::Setting(setting) => setting.path() == path,
            Owner::Item(item) => {
                let rest = path.strip_prefix(&item_path(item)).and_then(|r| r.strip_prefix('.'));
                rest.is_some_and(|field| self.facet.fields().contains(&field))
            }
        }
    }
}

impl Facet {
    /// Whether this is the facet that shows what the step names.
    pub(super) fn names(self, step: &Step) -> bool {
        step.kind().named().is_some_and(|named| self.fields().contains(&named.field))
    }

    /// The names in [`gil_sim::Invalid::place`] of what this facet of a group or step shows.
    fn fields(self) -> &'static [&'static str] {
        match self {
            Facet::Value | Facet::Second | Facet::Spread => &["work", "wait", "every"],
            Facet::Name => &["name"],
            Facet::Count => &["count"],
            Facet::Start => &["start"],
            Facet::RepeatKind | Facet::Repeat => &["repeat"],
            Facet::Kind => &["body"],
            Facet::Check => &["check"],
            Facet::Lock => &["lock"],
            Facet::Strategy => &["strategy"],
            Facet::Object => &["object"],
            Facet::Callee => &["group"],
            Facet::Bytes => &["bytes"],
        }
    }
}

/// `[1, 0, 2]` as `groups[1].steps[0].body[2]`.
pub fn item_path(item: &[usize]) -> String {
    let list = |depth| match depth {
        0 => "groups",
        1 => "steps",
        _ => "body",
    };
    let parts = item.iter().enumerate().map(|(depth, n)| format!("{}[{n}]", list(depth)));
    parts.collect::<Vec<_>>().join(".")
}

/// The id of an element that belongs to a group or step, or, for no item, to the list of groups.
pub fn item_id(item: &[usize], part: &str) -> String {
    let numbers: String = item.iter().map(|n| format!("-{n}")).collect();
    format!("item{numbers}-{part}")
}

/// How the numbers of a list's items change when one is inserted, removed or moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renumbering {
    /// The item whose list it is; empty for the list of groups.
    pub list: Item,
    /// What happens in it.
    pub what: Change,
}

/// What happens in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A new item gets this number.
    Insert(usize),
    /// The item of this number goes.
    Remove(usize),
    /// These two change places.
    Swap(usize, usize),
}

impl Renumbering {
    /// The item's new way, or `None` where it goes.
    pub fn item(&self, item: &[usize]) -> Option<Item> {
        let depth = self.list.len();
        let mut moved = item.to_vec();
        let Some(n) = moved.get_mut(depth) else { return Some(moved) };
        if !item.starts_with(&self.list) {
            return Some(moved);
        }
        match self.what {
            Change::Insert(at) if *n >= at => *n += 1,
            Change::Remove(at) if *n == at => return None,
            Change::Remove(at) if *n > at => *n -= 1,
            Change::Swap(a, b) if *n == a => *n = b,
            Change::Swap(a, b) if *n == b => *n = a,
            _ => {}
        }
        Some(moved)
    }

    /// The place's new one, or `None` where it goes.
    pub fn place(&self, place: &Place) -> Option<Place> {
        let owner = match &place.owner {
            Owner::Setting(setting) => Owner::Setting(*setting),
            Owner::Item(item) => Owner::Item(self.item(item)?),
        };
        Some(Place { owner, facet: place.facet })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_find_their_field() {
        let wait = Place::item(&[1, 0, 2], Facet::Value);
        assert!(wait.is_meant_by("groups[1].steps[0].body[2].wait"));
        assert!(!wait.is_meant_by("groups[1].steps[0].body[2].lock"));
        assert!(!wait.is_meant_by("groups[1].steps[0].body[21].wait"));
        let gap = Place::item(&[1], Facet::Value);
        assert!(gap.is_meant_by("groups[1].every"));
        assert!(!gap.is_meant_by("groups[1].steps[0].every"));
        assert!(Place::item(&[1], Facet::Strategy).is_meant_by("groups[1].strategy"));
        assert!(Place::setting(Setting::GcPause).is_meant_by("gc.pause"));
        assert!(Place::setting(Setting::Rewait).is_meant_by("machine.costs.rewait"));
    }

    #[test]
    fn items_keep_their_identity() {
        let change = |list: &[usize], what| Renumbering { list: list.to_vec(), what };
        let insert = change(&[], Change::Insert(1));
        assert_eq!(insert.item(&[0, 3]), Some(vec![0, 3]));
        assert_eq!(insert.item(&[1, 3]), Some(vec![2, 3]));
        let remove = change(&[1], Change::Remove(0));
        assert_eq!(remove.item(&[1]), Some(vec![1]));
        assert_eq!(remove.item(&[1, 0, 4]), None);
        assert_eq!(remove.item(&[1, 2, 4]), Some(vec![1, 1, 4]));
        assert_eq!(remove.item(&[2, 2]), Some(vec![2, 2]));
        let swap = change(&[1, 0], Change::Swap(0, 1));
        assert_eq!(swap.item(&[1, 0, 1]), Some(vec![1, 0, 0]));
    }
}
