//! A whole text: version, settings, groups and view, separated by `/`.

use gil_sim::{Machine, Nanos, Scenario, Spec};

use crate::error::{Error, Fault, nearest};
use crate::group::{SHAPE, print_group, read_group};
use crate::layout;
use crate::lex::{Part, Source};
use crate::places::Places;
use crate::presets::{PRESETS, Preset};
use crate::settings::{self, print_settings, read_setting};
use crate::then::{self, print_then, read_then};
use crate::view::{self, Draft, View, print_view};

/// The version that is read and printed.
const VERSION: u32 = 1;

/// What stands between two scenarios that are compared.
const VERSUS: &str = "vs";

/// What a link says: what is simulated, and what of it is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What is simulated.
    pub scenario: Scenario,
    /// What it is compared with, where there is something.
    pub other: Option<Scenario>,
    /// What of it is looked at.
    pub view: View,
}

impl From<Scenario> for Link {
    /// A link to a scenario as it opens.
    fn from(scenario: Scenario) -> Link {
        Link { scenario, other: None, view: View::default() }
    }
}

/// Reads a link: a scenario, or two with `vs` between them, with a view or without one.
///
/// What is left out has its default. In a link without any thread group these are the groups of
/// [`default_scenario`]: `v1/tab=learn` opens the lessons, `v1/py=3.14` changes the Python. Of two
/// scenarios with `vs` between them, each has its own groups.
///
/// The text may be the name of a preset, with settings that change it and a view behind it:
/// `convoy/si=1ms/tab=learn`. It may be a whole address, whose link stands behind its `#`, and may
/// be laid out in lines with comments, as the [crate] says. Percent-encoded characters are decoded.
///
/// # Errors
/// The first thing that is wrong, or that the text is of a newer version.
pub fn parse(text: &str) -> Result<Link, Error> {
    read(text, true)
}

/// Reads a scenario; as [`parse`], but a view is an error.
///
/// # Errors
/// As [`parse`], and where the text has a key of a view.
pub fn parse_scenario(text: &str) -> Result<Scenario, Error> {
    read(text, false).map(|link| link.scenario)
}

/// The canonical text of a link: `parse(&print(&link))` gives the link again.
///
/// Where only a tab or a lesson is looked at, the [`default_scenario`] is left out, so that the link
/// of a lesson is short. With a time in it a link names its scenario, as a time is one of a run.
///
/// Its characters are letters, digits and `- . _ : / + = @`, and it ends in a letter or digit.
/// An extreme scenario's text can be longer than [`MAX_CHARS`](crate::MAX_CHARS), and is then
/// refused by [`parse`]: compare before offering it as a link.
pub fn print(link: &Link) -> String {
    let mut segments = vec![format!("v{VERSION}")];
    if !is_view_only(link) {
        segments.extend(print_spec(link.scenario.spec()));
    }
    if let Some(other) = &link.other {
        segments.push(VERSUS.to_owned());
        segments.extend(print_spec(other.spec()));
    }
    segments.extend(print_view(&link.view));
    segments.join("/")
}

/// Whether a link is to a part of the page, whatever the scenario.
fn is_view_only(link: &Link) -> bool {
    let View { tab, lesson, .. } = &link.view;
    let place = View { tab: *tab, lesson: lesson.clone(), ..View::default() };
    let is_named = place != View::default() && place == link.view;
    is_named && link.other.is_none() && link.scenario == default_scenario()
}

/// The scenario of a link that names none: that of the first preset.
pub fn default_scenario() -> Scenario {
    PRESETS[0].scenario()
}

fn print_spec(spec: &Spec) -> impl Iterator<Item = String> {
    let then = print_then(&spec.interventions, &spec.groups);
    print_settings(spec).into_iter().chain(spec.groups.iter().map(print_group)).chain(then)
}

/// The canonical text of a scenario: [`print()`] with the default view.
pub fn print_scenario(scenario: &Scenario) -> String {
    print(&Link::from(scenario.clone()))
}

fn read(text: &str, with_view: bool) -> Result<Link, Error> {
    // First of all: a newer version's characters, length and words are not ours to judge.
    refuse_newer(text)?;
    let source = Source::new(text)?;
    let all = source.part();
    let reader = Reader { with_view, ..Reader::default() };
    reader.link(all).map_err(|fault| source.error(fault))
}

fn refuse_newer(text: &str) -> Result<(), Error> {
    let start = layout::body(text).unwrap_or_default();
    let body = &text[start..];
    let rest = body.strip_prefix('v').unwrap_or_default();
    let behind = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, rest) = rest.split_at(behind);
    let ends =
        rest.is_empty() || rest.starts_with(['/', '%']) || rest.starts_with(char::is_whitespace);
    let newer = number.trim_start_matches('0').parse::<u32>().is_ok_and(|n| n > VERSION);
    if !newer || !ends {
        return Ok(());
    }
    let message =
        format!("this link is of a newer GIL Playground (v{number}); this one reads v{VERSION}");
    let span = start..start + 1 + number.len();
    Err(Error::new(text, Fault { message, span, help: None }))
}

#[derive(Default)]
struct Reader<'s> {
    spec: Spec,
    draft: Draft<'s>,
    places: Places,
    with_view: bool,
    /// Interventions, which are read when all groups are known.
    then: Option<Part<'s>>,
    /// Keys that have been read.
    seen: Vec<&'s str>,
    /// Keys of the preset that it begins with.
    of_preset: Vec<&'s str>,
    /// The scenario before `vs`.
    first: Option<Scenario>,
}

impl<'s> Reader<'s> {
    fn link(mut self, all: Part<'s>) -> Result<Link, Fault> {
        let mut segments = all.split("/");
        self.version(segments.next().unwrap_or(all))?;
        for segment in segments {
            match segment.text {
                VERSUS => self.versus(segment, all)?,
                _ => self.segment(segment)?,
            }
        }
        self.finish(all)
    }

    /// The version, or the name of a preset in its place. What follows a preset changes it.
    fn version(&mut self, part: Part<'s>) -> Result<(), Fault> {
        let Some(preset) = Preset::find(part.text) else { return read_version(part) };
        for segment in Part::of(preset.notation).split("/").skip(1) {
            self.segment(segment)?;
        }
        // Its own words are no place in this text, and may be said anew.
        self.places = Places::default();
        self.of_preset = std::mem::take(&mut self.seen);
        Ok(())
    }

    /// The scenario so far is what the next one is compared with. The view is that of both.
    fn versus(&mut self, part: Part<'s>, all: Part<'s>) -> Result<(), Fault> {
        if !self.with_view {
            return Err(part.fault("\"vs\" compares two scenarios, and this is to be one"));
        }
        if self.first.is_some() {
            return Err(part.fault("only two scenarios can be compared"));
        }
        self.first = Some(self.scenario(part, all)?);
        (self.spec, self.places) = (Spec::default(), Places::default());
        self.of_preset.clear();
        self.seen.retain(|key| view::keys().any(|known| known == *key));
        Ok(())
    }

    fn segment(&mut self, part: Part<'s>) -> Result<(), Fault> {
        match part.text.find(['=', ':']) {
            Some(at) if part.text[at..].starts_with('=') => self.setting(part, at),
            Some(_) => self.group(part),
            None if part.text.is_empty() => {
                let fault = part.fault("a setting or thread group is missing here");
                Err(fault.help("take out the \"/\" that is too much"))
            }
            None => {
                let message = format!("{} is neither a setting nor a thread group", part.quoted());
                Err(part.fault(message).help("write cores=4 for a setting, io:io-10ms for a group"))
            }
        }
    }

    fn setting(&mut self, part: Part<'s>, at: usize) -> Result<(), Fault> {
        let (key, rest) = part.split_at(at);
        let (_, value) = rest.split_at(1);
        if self.seen.contains(&key.text) {
            return Err(part.fault(format!("{} is set twice", key.quoted())));
        }
        self.seen.push(key.text);
        if key.text == then::KEY {
            self.then = Some(value);
            return Ok(());
        }
        if read_setting(key.text, value, &mut self.spec, &mut self.places)? {
            return Ok(());
        }
        if !self.with_view && view::keys().any(|known| known == key.text) {
            let message =
                format!("{} belongs to a view, and this is a scenario only", key.quoted());
            return Err(part.fault(message));
        }
        match self.draft.read(key.text, value)? {
            true => Ok(()),
            false => Err(key.unknown("setting", &self.keys())),
        }
    }

    fn keys(&self) -> Vec<&'static str> {
        let view = view::keys().filter(|_| self.with_view);
        settings::keys().chain([then::KEY]).chain(view).collect()
    }

    fn group(&mut self, part: Part<'s>) -> Result<(), Fault> {
        let index = self.spec.groups.len();
        self.places.note(format!("groups[{index}]"), part);
        self.places.widen("groups", part);
        self.spec.groups.push(read_group(part, index, &mut self.places)?);
        Ok(())
    }

    /// What the text does not say is as usual on the operating system and cores that it says.
    fn fill_in_profile(&mut self) {
        let machine = &mut self.spec.machine;
        let usual = Machine::of(machine.os, machine.cores);
        let said = |key| self.seen.contains(&key) || self.of_preset.contains(&key);
        let [slice, slack, tick, unit] = PROFILE.map(said);
        let fill = |said: bool, field: &mut Nanos, usual: Nanos| {
            if !said {
                *field = usual;
            }
        };
        fill(slice, &mut machine.time_slice, usual.time_slice);
        fill(slack, &mut machine.timer_slack, usual.timer_slack);
        fill(tick, &mut machine.timer_tick, usual.timer_tick);
        fill(unit, &mut machine.wait_unit, usual.wait_unit);
    }

    /// The scenario that ends before `end`.
    fn scenario(&mut self, end: Part, all: Part) -> Result<Scenario, Fault> {
        self.fill_in_profile();
        if self.spec.groups.is_empty() {
            return Err(end.fault("at least one thread group is needed").help(SHAPE));
        }
        let mut spec = std::mem::take(&mut self.spec);
        if let Some(then) = self.then.take() {
            spec.interventions = read_then(then, &spec.groups, &mut self.places)?;
        }
        Scenario::new(spec).map_err(|found| self.places.fault(&found[0], all))
    }

    fn finish(mut self, all: Part) -> Result<Link, Fault> {
        if self.with_view && self.first.is_none() && self.spec.groups.is_empty() {
            self.spec.groups = default_scenario().into_spec().groups;
        }
        let last = self.scenario(all.end(), all)?;
        let scenarios = || self.first.iter().chain([&last]);
        let groups = scenarios().flat_map(|one| one.spec().groups.iter().map(|g| g.name.as_str()));
        let groups: Vec<&str> = groups.collect();
        let view = self.draft.finish(&groups, self.first.is_some())?;
        Ok(match self.first {
            Some(scenario) => Link { scenario, other: Some(last), view },
            None => Link { scenario: last, other: None, view },
        })
    }
}

/// Figures of the machine that an operating system has its own of.
const PROFILE: [&str; 4] = ["slice", "slack", "tick", "unit"];

fn read_version(part: Part) -> Result<(), Fault> {
    if part.text == format!("v{VERSION}") {
        return Ok(());
    }
    const HELP: &str = "a scenario is written as in v1/cores=4/io:8:py-100us+io-10ms:x50";
    if part.text.is_empty() {
        return Err(part.fault("there is no scenario here").help(HELP));
    }
    let message = format!("expected the version v{VERSION}, found {}", part.quoted());
    let is_word = part.text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let names: Vec<&str> = PRESETS.iter().map(|preset| preset.key).collect();
    match nearest(part.text, &names) {
        Some(name) => Err(part.fault(format!("{message}; did you mean the preset \"{name}\"?"))),
        None if is_word => Err(part
            .fault(message)
            .help(format!("{HELP}, or is the name of a preset: {}", names.join(", ")))),
        None => Err(part.fault(message).help(HELP)),
    }
}
