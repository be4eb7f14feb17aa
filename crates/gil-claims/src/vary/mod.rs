//! A scenario with one thing changed: what claims, sweeps and `--set` say of it.
//!
//! A key is a setting of the notation (`si`, `cores`, `py`), or a [field](FIELDS) of a group:
//! `web.count`, `web.rate`, `web.io`. A field without a group is that of the group that is asked
//! about.

mod field;

use gil_notation::{nearest, parse_scenario, print_scenario, setting_keys};
use gil_sim::{GroupId, Invalid, Scenario};

pub use field::{FIELDS, FieldWords, rate};

/// Other names of settings, as people say them.
const ALIASES: [(&str, &str); 3] =
    [("python", "py"), ("interval", "si"), ("switch-interval", "si")];

/// What a key is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A setting of the notation, by its key.
    Setting(&'static str),
    /// A field of a group: the group, where one is named, and the field.
    Group(Option<String>, String),
}

impl Target {
    /// Reads a key: `si`, `python`, `threads`, `web.count`, `web.io`, `count:web`.
    ///
    /// # Errors
    /// A sentence without its full stop: no such setting or field, with the one that was probably
    /// meant.
    pub fn read(key: &str) -> Result<Target, String> {
        let (group, name) = match (key.split_once('.'), key.split_once(':')) {
            (Some((group, field)), _) => (Some(group.to_owned()), field),
            (None, Some((field, group))) => (Some(group.to_owned()), field),
            (None, None) => (None, key),
        };
        let alias = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, key)| key);
        let setting = setting_keys().find(|setting| *setting == alias);
        match (setting, group) {
            (Some(setting), None) => Ok(Target::Setting(setting)),
            // A step may be named as a setting is: `web.py`.
            (_, Some(group)) if field::is_known(name) => {
                Ok(Target::Group(Some(group), field::plain(name).to_owned()))
            }
            (None, None) if field::is_general(name) => {
                Ok(Target::Group(None, field::plain(name).to_owned()))
            }
            (Some(_), Some(_)) => Err(format!("{name} is of the whole scenario, not of a group")),
            (None, Some(_)) => Err(unknown(name, &field::names().collect::<Vec<_>>())),
            (None, None) => Err(unknown(name, &names().collect::<Vec<_>>())),
        }
    }

    /// The key in its usual form: `si`, `web.count`.
    pub fn key(&self) -> String {
        match self {
            Target::Setting(key) => (*key).to_owned(),
            Target::Group(None, field) => field.clone(),
            Target::Group(Some(group), field) => format!("{group}.{field}"),
        }
    }

    /// The scenario with another value here. `group` is the one that is meant where
    /// none is named. Interventions are left out where the number of threads changes, because they
    /// are about these threads and no others.
    ///
    /// # Errors
    /// A sentence without its full stop: no such group, or a value that cannot stand here.
    pub fn set(
        &self,
        scenario: &Scenario,
        group: GroupId,
        value: &str,
    ) -> Result<Scenario, String> {
        match self {
            Target::Setting(key) => with_setting(scenario, key, value),
            Target::Group(name, field) => {
                let group = name.as_deref().map_or(Ok(group), |name| find(scenario, name))?;
                let mut spec = scenario.spec().clone();
                field::set(&mut spec, group, field, value)?;
                Scenario::new(spec).map_err(first_message)
            }
        }
    }
}

/// The scenario with one thing changed: [`Target::read`] and [`Target::set`] in one.
///
/// # Errors
/// As these.
pub fn vary(
    scenario: &Scenario,
    group: GroupId,
    key: &str,
    value: &str,
) -> Result<Scenario, String> {
    Target::read(key)?.set(scenario, group, value)
}

/// All keys that a scenario has: its settings, and the fields of its groups.
pub fn keys(scenario: &Scenario) -> Vec<String> {
    let groups = scenario.spec().groups.iter();
    let of_groups = groups.flat_map(|group| {
        field::of(group).into_iter().map(|field| format!("{}.{field}", group.name))
    });
    setting_keys().map(str::to_owned).chain(of_groups).collect()
}

/// Everything that a key without a group may be.
fn names() -> impl Iterator<Item = &'static str> {
    let aliases = ALIASES.iter().map(|(alias, _)| *alias);
    field::general().chain(aliases).chain(setting_keys())
}

fn unknown(name: &str, names: &[&str]) -> String {
    let hint = nearest(name, names).map(|name| format!("; did you mean {name}?"));
    let list = || format!("; it is one of {}, or a step of a group, as web.io", names.join(", "));
    format!("there is nothing called {name:?} to set{}", hint.unwrap_or_else(list))
}

fn find(scenario: &Scenario, name: &str) -> Result<GroupId, String> {
    scenario.spec().group_named(name).ok_or_else(|| {
        let names: Vec<&str> =
            scenario.spec().groups.iter().map(|group| group.name.as_str()).collect();
        let hint = nearest(name, &names).map(|name| format!("; did you mean {name}?"));
        let list = || format!("; the groups are {}", names.join(", "));
        format!("there is no group {name:?}{}", hint.unwrap_or_else(list))
    })
}

fn first_message(found: Vec<Invalid>) -> String {
    found.into_iter().next().map_or_else(String::new, |invalid| invalid.message)
}

/// The scenario with one setting of the notation replaced.
fn with_setting(scenario: &Scenario, key: &str, value: &str) -> Result<Scenario, String> {
    // It would be the next setting or group.
    if value.contains(['/', '\n', '\r']) {
        return Err("a setting's value has no \"/\"".to_owned());
    }
    let text = print_scenario(scenario);
    let is_it = |segment: &str| segment.split_once('=').is_some_and(|(name, _)| name == key);
    let mut segments: Vec<&str> = text.split('/').filter(|segment| !is_it(segment)).collect();
    let setting = format!("{key}={value}");
    segments.insert(1.min(segments.len()), &setting);
    parse_scenario(&segments.join("/")).map_err(|error| error.message)
}
