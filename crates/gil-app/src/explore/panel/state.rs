//! What the panel keeps while a scenario is edited: texts that are being typed or wait to make
//! sense, and which cards are open. Transient: no part of a link, gone with the next page view.

use std::collections::{BTreeMap, BTreeSet};

use gil_sim::{Invalid, Scenario, Spec};

use crate::edit::place::{Facet, Item, Owner, Place, Setting, item_id, item_path};
use crate::edit::{self, Act};

/// The text of a field where it is not simply the scenario's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The text that was typed.
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
pub struct PanelState {
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

impl Default for PanelState {
    fn default() -> PanelState {
        PanelState {
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

impl PanelState {
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
        *self = PanelState { preset: Some(preset), sheet, focus, ..PanelState::default() };
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
mod tests;
