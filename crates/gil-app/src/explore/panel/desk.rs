//! What lies on the desk while a scenario is edited: texts that are being typed or wait to make
//! sense, and which cards are open. Transient: no part of a link, gone with the next page view.

use std::collections::{BTreeMap, BTreeSet};

use gil_sim::{Invalid, Scenario, Spec};

use super::edit::{self, Act};
use super::place::{Facet, Item, Owner, Place, Setting, item_id, item_path};

/// The text of a field where it is not simply the scenario's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What was typed.
    pub text: String,
    /// Why it is not in the scenario; `None` while a good one is being typed.
    pub error: Option<Refusal>,
}

/// Why a text is not in the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// For the field that was written in.
    message: String,
    /// What is wrong with the scenario that it would make; nothing where the text makes none.
    found: Vec<Invalid>,
}

impl From<String> for Refusal {
    fn from(message: String) -> Refusal {
        Refusal { message, found: Vec::new() }
    }
}

/// The state of the panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    drafts: BTreeMap<Place, Draft>,
    /// Groups whose cards are open.
    pub open: BTreeSet<Item>,
    /// Groups and steps whose further actions are shown.
    pub more: BTreeSet<Item>,
    /// Why the last action on a list was not done, and on which item.
    pub notice: Option<(Item, String)>,
    /// Where the focus goes next, the first of these that can have it; the number tells apart two
    /// wishes for the same place.
    pub focus: (u32, Vec<String>),
    /// Whether the sheet is up, on phones.
    pub sheet: bool,
    /// The preset that was started from.
    pub preset: Option<&'static str>,
}

impl Default for Desk {
    fn default() -> Desk {
        Desk {
            drafts: BTreeMap::new(),
            open: BTreeSet::from([vec![0]]),
            more: BTreeSet::new(),
            notice: None,
            focus: (0, Vec::new()),
            sheet: false,
            preset: None,
        }
    }
}

impl Desk {
    /// What the field shows.
    pub fn text(&self, spec: &Spec, place: &Place) -> String {
        match self.drafts.get(place) {
            Some(draft) => draft.text.clone(),
            None => edit::text(spec, place),
        }
    }

    /// What is wrong with what the field shows.
    pub fn error(&self, place: &Place) -> Option<&str> {
        Some(self.drafts.get(place)?.error.as_ref()?.message.as_str())
    }

    /// Why this field's value keeps another one's text out of the scenario: a group that runs as
    /// asyncio tasks, where a Python without asyncio was chosen.
    pub fn echo(&self, place: &Place) -> Option<String> {
        let elsewhere = self.drafts.iter().filter(|(other, _)| other.facet != place.facet);
        let mut found = elsewhere.filter_map(|(_, draft)| draft.error.as_ref());
        let own = |refusal: &Refusal| {
            let meant = refusal.found.iter().find(|invalid| place.is_meant_by(&invalid.place))?;
            Some(edit::sentence(&meant.message))
        };
        found.find_map(own)
    }

    /// Whether something in this group or step keeps a text out of the scenario.
    pub fn is_in_the_way(&self, item: &[usize]) -> bool {
        let within = format!("{}.", item_path(item));
        let refusals = self.drafts.values().filter_map(|draft| draft.error.as_ref());
        let mut found = refusals.flat_map(|refusal| &refusal.found);
        found.any(|invalid| invalid.place.starts_with(&within))
    }

    /// Whether something that was typed here or further inside waits to be mended.
    pub fn is_wrong(&self, within: impl Fn(&Owner) -> bool) -> bool {
        self.drafts.iter().any(|(place, draft)| draft.error.is_some() && within(&place.owner))
    }

    /// Takes what was typed into a field, and gives the scenario that it makes. Texts that were
    /// waiting go in with it where it makes them valid: two groups can exchange their names.
    pub fn enter(&mut self, spec: &Spec, place: &Place, text: &str) -> Option<Scenario> {
        self.notice = None;
        self.drafts.remove(place);
        let mut edited = spec.clone();
        let written = edit::write(&mut edited, place, text).map_err(Refusal::from);
        let names = edit::names(spec);
        let (scenario, error) = match written.and_then(|()| self.settle(&names, edited, place)) {
            Ok(scenario) => (Some(scenario), None),
            Err(error) => (None, Some(error)),
        };
        if error.is_none() {
            self.drop_what_went(place);
        }
        self.drafts.insert(place.clone(), Draft { text: text.to_owned(), error });
        scenario
    }

    /// The spec as a scenario, with as many of the waiting texts as go in. `names` are those of the
    /// groups before: calls follow their groups.
    fn settle(
        &mut self,
        names: &[String],
        mut spec: Spec,
        place: &Place,
    ) -> Result<Scenario, Refusal> {
        let waiting = self.drafts.iter().filter(|(_, draft)| draft.error.is_some());
        let waiting: Vec<(Place, String)> =
            waiting.map(|(place, draft)| (place.clone(), draft.text.clone())).collect();
        let mut all = spec.clone();
        let mut gone_in = Vec::new();
        for (place, text) in &waiting {
            if edit::write(&mut all, place, text).is_ok() {
                gone_in.push(place);
            }
        }
        edit::follow_names(&mut all, names);
        if let Ok(scenario) = checked(all) {
            for place in gone_in {
                self.drafts.remove(place);
            }
            return Ok(scenario);
        }
        edit::follow_names(&mut spec, names);
        let refused = |found: Vec<Invalid>| Refusal { message: complaint(&found, place), found };
        let mut best = checked(spec).map_err(refused)?;
        for (place, text) in &waiting {
            let mut with = best.spec().clone();
            let names = edit::names(&with);
            if edit::write(&mut with, place, text).is_err() {
                continue;
            }
            edit::follow_names(&mut with, &names);
            if let Ok(scenario) = checked(with) {
                best = scenario;
                self.drafts.remove(place);
            }
        }
        Ok(best)
    }

    /// Texts of fields that are not there any more after this choice.
    fn drop_what_went(&mut self, chosen: &Place) {
        let same = |owner: &Owner| *owner == chosen.owner;
        let within = |owner: &Owner| match (owner, &chosen.owner) {
            (Owner::Item(item), Owner::Item(chosen)) => item.starts_with(chosen),
            _ => false,
        };
        self.drafts.retain(|place, _| match chosen.facet {
            Facet::Spread => !(same(&place.owner) && place.facet == Facet::Second),
            Facet::RepeatKind => !(same(&place.owner) && REPEAT.contains(&place.facet)),
            Facet::Kind => !within(&place.owner),
            _ => !goes_with(&chosen.owner, &place.owner),
        });
    }

    /// The field is left: a good text gives way to the scenario's own words.
    pub fn leave(&mut self, place: &Place) {
        if self.error(place).is_none() {
            self.drafts.remove(place);
        }
    }

    /// Drops what was typed into a field.
    pub fn forget(&mut self, place: &Place) {
        self.drafts.remove(place);
    }

    /// Drops all that was typed: the scenario was changed from elsewhere.
    pub fn clear(&mut self) {
        self.drafts.clear();
        self.notice = None;
    }

    /// A preset was chosen: its cards are as at the beginning.
    pub fn start(&mut self, preset: &'static str) {
        let sheet = self.sheet;
        let focus = std::mem::take(&mut self.focus);
        *self = Desk { preset: Some(preset), sheet, focus, ..Desk::default() };
    }

    /// Does something to a list of groups or steps; what was typed elsewhere stays.
    pub fn act(&mut self, spec: &Spec, act: &Act) -> Option<Scenario> {
        self.notice = None;
        let mut edited = spec.clone();
        let renumbering = edit::act(&mut edited, act)?;
        let mut next = self.clone();
        next.drafts = (self.drafts.iter())
            .filter_map(|(place, draft)| Some((renumbering.place(place)?, draft.clone())))
            .collect();
        let items = |items: &BTreeSet<Item>| {
            items.iter().filter_map(|item| renumbering.item(item)).collect::<BTreeSet<Item>>()
        };
        (next.open, next.more) = (items(&self.open), items(&self.more));
        let (Act::Add(at) | Act::Duplicate(at) | Act::Remove(at) | Act::Up(at) | Act::Down(at)) =
            act;
        // No field is meant: any complaint is about the whole.
        match next.settle(&edit::names(&edited), edited, &Place::item(at, Facet::Kind)) {
            Ok(scenario) => {
                next.after(act, &scenario);
                *self = next;
                Some(scenario)
            }
            Err(refusal) => {
                self.notice = Some((at.clone(), refusal.message));
                None
            }
        }
    }

    /// Opens what is new, and moves the focus to where a person goes on.
    fn after(&mut self, act: &Act, scenario: &Scenario) {
        let spec = scenario.spec();
        let length = |list: &[usize]| match list {
            [] => spec.groups.len(),
            list => edit::steps(spec, list).map_or(0, <[_]>::len),
        };
        let (item, parts): (Item, &[&str]) = match act {
            Act::Add(list) => {
                let last = length(list).saturating_sub(1);
                ([list.as_slice(), &[last]].concat(), &["toggle", "kind"])
            }
            Act::Duplicate(item) => (sibling(item, |n| n + 1), &["toggle", "kind"]),
            Act::Up(item) => (sibling(item, |n| n.saturating_sub(1)), &["up", "down"]),
            Act::Down(item) => (sibling(item, |n| n + 1), &["down", "up"]),
            Act::Remove(item) => {
                let list = &item[..item.len().saturating_sub(1)];
                let last = length(list).saturating_sub(1);
                (sibling(item, |n| n.min(last)), &["remove", "toggle", "kind"])
            }
        };
        if matches!(act, Act::Add(_) | Act::Duplicate(_)) && item.len() == 1 {
            self.open.insert(item.clone());
        }
        self.focus_on(parts.iter().map(|part| item_id(&item, part)).collect());
    }

    /// Moves the focus to the first of these elements that can have it.
    pub fn focus_on(&mut self, ids: Vec<String>) {
        self.focus = (self.focus.0 + 1, ids);
    }
}

/// The spec as a scenario, without interventions that it cannot have any more.
fn checked(mut spec: Spec) -> Result<Scenario, Vec<Invalid>> {
    edit::drop_impossible(&mut spec);
    Scenario::new(spec)
}

/// Facets of a group that its kind of repeat decides on.
const REPEAT: [Facet; 4] = [Facet::Repeat, Facet::Value, Facet::Second, Facet::Spread];

/// Whether the second setting's field can come and go with the first one's choice.
fn goes_with(chosen: &Owner, other: &Owner) -> bool {
    let (Owner::Setting(chosen), Owner::Setting(other)) = (chosen, other) else { return false };
    match chosen {
        Setting::Python | Setting::Extension => {
            matches!(other, Setting::SwitchInterval | Setting::CheckInterval)
        }
        Setting::Gc => matches!(other, Setting::GcEvery | Setting::GcPause),
        _ => false,
    }
}

fn sibling(item: &[usize], number: impl FnOnce(usize) -> usize) -> Item {
    let mut item = item.to_vec();
    if let Some(last) = item.last_mut() {
        *last = number(*last);
    }
    item
}

/// The message that is about this field, or else the first one: it is this field's text that
/// made the scenario invalid.
fn complaint(found: &[Invalid], place: &Place) -> String {
    let own = found.iter().find(|invalid| place.is_meant_by(&invalid.place));
    own.or(found.first()).map_or_else(String::new, |invalid| edit::sentence(&invalid.message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use gil_notation::{parse_scenario, print_scenario};

    fn spec(text: &str) -> Spec {
        parse_scenario(text).unwrap().into_spec()
    }

    #[test]
    fn interventions_stay_and_follow_their_groups() {
        let forked = spec("v1/a:2:io-2ms/b:3:io-2ms/then=io-b.3@1ms+si-1ms@1ms+io-a.1@2ms");
        let after = |scenario: Option<Scenario>| print_scenario(&scenario.unwrap());
        let entered = |place: Place, text| after(Desk::default().enter(&forked, &place, text));
        let acted = |act| after(Desk::default().act(&forked, &act));
        let cores = Place::setting(Setting::Cores);
        assert_eq!(
            entered(cores, "2"),
            "v1/cores=2/a:2:io-2ms/b:3:io-2ms/then=io-b.3@1ms+si-1ms@1ms+io-a.1@2ms"
        );
        assert_eq!(
            entered(name(1), "web"),
            "v1/a:2:io-2ms/web:3:io-2ms/then=io-web.3@1ms+si-1ms@1ms+io-a.1@2ms"
        );
        // A thread that is gone takes its intervention with it, a group all of them.
        assert_eq!(
            entered(Place::item(&[1], Facet::Count), "2"),
            "v1/a:2:io-2ms/b:2:io-2ms/then=si-1ms@1ms+io-a.1@2ms"
        );
        assert_eq!(acted(Act::Remove(vec![1])), "v1/a:2:io-2ms/then=si-1ms@1ms+io-a.1@2ms");
        assert_eq!(acted(Act::Remove(vec![0])), "v1/b:3:io-2ms/then=io-b.3@1ms+si-1ms@1ms");
        assert_eq!(
            acted(Act::Down(vec![0])),
            "v1/b:3:io-2ms/a:2:io-2ms/then=io-b.3@1ms+si-1ms@1ms+io-a.1@2ms"
        );
        // Another Python has another interval, or none.
        assert_eq!(
            entered(Place::setting(Setting::Python), "3.14t"),
            "v1/py=3.14t/a:2:io-2ms/b:3:io-2ms/then=io-b.3@1ms+io-a.1@2ms"
        );
    }

    fn name(group: usize) -> Place {
        Place::item(&[group], Facet::Name)
    }

    #[test]
    fn nonsense_stays_and_the_rest_goes_on() {
        let mut desk = Desk::default();
        let before = spec("v1/a:py-2ms");
        let interval = Place::setting(Setting::SwitchInterval);
        assert_eq!(desk.enter(&before, &interval, "20s"), None);
        assert_eq!(desk.text(&before, &interval), "20s");
        assert_eq!(desk.error(&interval), Some("20 s is not between 1 us and 10 s."));
        let cores = Place::setting(Setting::Cores);
        let after = desk.enter(&before, &cores, "2").unwrap();
        assert_eq!(print_scenario(&after), "v1/cores=2/a:py-2ms");
        desk.leave(&interval);
        assert_eq!(desk.text(after.spec(), &interval), "20s");
        desk.forget(&interval);
        assert_eq!(desk.text(after.spec(), &interval), "5 ms");
    }

    #[test]
    fn a_good_text_stays_as_typed_until_the_field_is_left() {
        let mut desk = Desk::default();
        let interval = Place::setting(Setting::SwitchInterval);
        let after = desk.enter(&spec("v1/a:py-2ms"), &interval, "2.50ms").unwrap();
        assert_eq!(desk.text(after.spec(), &interval), "2.50ms");
        desk.leave(&interval);
        assert_eq!(desk.text(after.spec(), &interval), "2.5 ms");
    }

    #[test]
    fn groups_exchange_their_names() {
        let mut desk = Desk::default();
        let before = spec("v1/a:py-2ms/b:io-1ms");
        assert_eq!(desk.enter(&before, &name(0), "b"), None);
        assert_eq!(desk.error(&name(0)), Some("There are two groups called \"b\"; rename one."));
        let after = desk.enter(&before, &name(1), "a").unwrap();
        assert_eq!(print_scenario(&after), "v1/b:py-2ms/a:io-1ms");
        assert_eq!(desk.error(&name(0)), None);
    }

    #[test]
    fn waiting_texts_go_in_one_by_one_where_not_all_can() {
        let mut desk = Desk::default();
        let before = spec("v1/a:200:py-2ms/b:50:io-1ms");
        let count = |group| Place::item(&[group], Facet::Count);
        assert_eq!(desk.enter(&before, &count(1), "100"), None);
        assert_eq!(desk.error(&count(1)), Some("300 threads in all; at most 256 are simulated."));
        assert_eq!(desk.enter(&before, &name(0), "b"), None);
        let after = desk.enter(&before, &count(0), "9").unwrap();
        assert_eq!(print_scenario(&after), "v1/a:9:py-2ms/b:100@0s:io-1ms");
        assert!(desk.error(&name(0)).is_some());
    }

    #[test]
    fn the_only_group_that_ends_does_not_become_a_daemon() {
        let mut desk = Desk::default();
        let before = spec("v1/a:py-2ms/b:io-1ms:daemon");
        let kind = Place::item(&[0], Facet::RepeatKind);
        assert_eq!(desk.enter(&before, &kind, "daemon"), None);
        assert_eq!(desk.text(&before, &kind), "daemon");
        let message = "No group ends by itself; one must.";
        assert_eq!(desk.error(&kind), Some(message));
        desk.forget(&kind);
        assert_eq!(desk.act(&before, &Act::Remove(vec![0])), None);
        assert_eq!(desk.notice, Some((vec![0], message.to_owned())));
    }

    #[test]
    fn what_was_typed_moves_with_its_step() {
        let mut desk = Desk::default();
        let before = spec("v1/a:py-2ms+io-1ms");
        desk.enter(&before, &Place::item(&[0, 1], Facet::Value), "soon");
        let after = desk.act(&before, &Act::Up(vec![0, 1])).unwrap();
        assert_eq!(print_scenario(&after), "v1/a:io-1ms+py-2ms");
        assert!(desk.error(&Place::item(&[0, 0], Facet::Value)).is_some());
        assert_eq!(desk.focus.1, ["item-0-0-up", "item-0-0-down"]);
        desk.act(after.spec(), &Act::Remove(vec![0, 0]));
        assert!(desk.drafts.is_empty());
        assert_eq!(desk.focus.1[0], "item-0-0-remove");
    }

    #[test]
    fn fields_that_go_take_their_texts_along() {
        let mut desk = Desk::default();
        let before = spec("v1/a:py-1ms..2ms");
        desk.enter(&before, &Place::item(&[0, 0], Facet::Second), "soon");
        desk.enter(&before, &Place::item(&[0, 0], Facet::Spread), "fixed");
        assert_eq!(desk.error(&Place::item(&[0, 0], Facet::Second)), None);
    }

    #[test]
    fn a_version_without_what_a_group_needs_is_told_at_both() {
        let mut desk = Desk::default();
        let before = spec("v1/py=3.12/a:4:io-1ms:async");
        let (version, strategy) =
            (Place::setting(Setting::Python), Place::item(&[0], Facet::Strategy));
        assert_eq!(desk.enter(&before, &version, "2.7"), None);
        let message = "Python 2.7 has no asyncio; 3.4 is the first.";
        assert_eq!(desk.error(&version), Some(message));
        assert_eq!(desk.echo(&strategy).as_deref(), Some(message));
        assert!(desk.is_in_the_way(&[0]) && !desk.is_in_the_way(&[1]));
        assert_eq!(desk.text(&before, &version), "2.7");
        let after = desk.enter(&before, &strategy, "threads").unwrap();
        assert_eq!(print_scenario(&after), "v1/py=2.7/a:4:io-1ms");
        assert_eq!((desk.error(&version), desk.echo(&strategy)), (None, None));
    }

    #[test]
    fn calls_follow_their_group() {
        let mut desk = Desk::default();
        let before = spec("v1/a:call-b+lock-l+call-b+unlock-l/b:py-1ms:serve");
        let after = desk.enter(&before, &name(1), "pool").unwrap();
        let renamed = "v1/a:call-pool+lock-l+call-pool+unlock-l/pool:py-1ms:serve";
        assert_eq!(print_scenario(&after), renamed);
        assert_eq!(desk.act(&after.into_spec(), &Act::Remove(vec![1])), None);
        let told = Some((vec![1], "There is no group \"pool\" to call.".to_owned()));
        assert_eq!(desk.notice, told);
    }

    #[test]
    fn calls_follow_groups_that_exchange_their_names() {
        let mut desk = Desk::default();
        let before = spec("v1/a:py-1ms:serve/b:py-2ms:serve/c:call-a+call-b");
        assert_eq!(desk.enter(&before, &name(0), "b"), None);
        let after = desk.enter(&before, &name(1), "a").unwrap();
        assert_eq!(print_scenario(&after), "v1/b:py-1ms:serve/a:py-2ms:serve/c:call-b+call-a");
    }

    #[test]
    fn a_job_waits_for_a_group_that_serves() {
        let mut desk = Desk::default();
        let before = spec("v1/a:py-1ms/b:py-2ms");
        let kind = Place::item(&[0, 0], Facet::Kind);
        assert_eq!(desk.enter(&before, &kind, "call"), None);
        assert!(desk.error(&kind).is_some_and(|told| told.contains("serve others")));
        let repeat = Place::item(&[1], Facet::RepeatKind);
        let after = desk.enter(&before, &repeat, "serve").unwrap();
        assert_eq!(print_scenario(&after), "v1/a:call-b/b:py-2ms:serve");
        assert_eq!(desk.enter(after.spec(), &repeat, "times"), None);
        let callee = Place::item(&[0, 0], Facet::Callee);
        assert!(desk.echo(&callee).is_some_and(|told| told.contains("does not serve")));
    }

    #[test]
    fn fields_of_a_choice_that_is_undone_take_their_texts_along() {
        let mut desk = Desk::default();
        let before = spec("v1/gc=2ms@50ms/a:py-2ms:arrive-1ms@1s");
        let pause = Place::setting(Setting::GcPause);
        let gap = Place::item(&[0], Facet::Value);
        desk.enter(&before, &pause, "long");
        desk.enter(&before, &gap, "often");
        desk.enter(&before, &Place::setting(Setting::Gc), "off");
        assert!(desk.error(&pause).is_none() && desk.error(&gap).is_some());
        desk.enter(&before, &Place::item(&[0], Facet::RepeatKind), "jobs");
        assert_eq!(desk.error(&gap), None);
    }
}
