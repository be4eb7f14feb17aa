//! What of a scenario is looked at: `tab=right`, `lesson=convoy`, `at=12.5ms`,
//! `from=10ms/to=20ms`, `embed=timeline`.

use gil_sim::Nanos;

use crate::duration::{print_duration, read_duration};
use crate::embed::{self, Embed, print_embed};
use crate::error::Fault;
use crate::lex::Part;

/// The part of the page that is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// The simulator.
    #[default]
    Explore,
    /// The lessons.
    Learn,
    /// Two scenarios side by side.
    Compare,
    /// The guide to a decision.
    Decide,
    /// The path from the reader's own program to a guard for it.
    Program,
    /// How far the simulation is right.
    Right,
}

impl Tab {
    /// All tabs, in the page's order.
    pub const ALL: [Tab; 6] =
        [Tab::Explore, Tab::Learn, Tab::Compare, Tab::Decide, Tab::Program, Tab::Right];

    /// The name in the notation: `explore`, `learn`.
    pub fn name(self) -> &'static str {
        match self {
            Tab::Explore => "explore",
            Tab::Learn => "learn",
            Tab::Compare => "compare",
            Tab::Decide => "decide",
            Tab::Program => "program",
            Tab::Right => "right",
        }
    }
}

/// What of a scenario is looked at, and how. The default is left out of a link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct View {
    /// The open part of the page.
    pub tab: Tab,
    /// The lesson that is open in [`Tab::Learn`]: a letter, then letters and digits. It
    /// need not be that of a lesson that exists.
    pub lesson: Option<String>,
    /// Whether the debugger is open.
    pub debug: bool,
    /// The playhead, in simulated time.
    pub at: Option<Nanos>,
    /// The visible piece of simulated time, all of it where `None`. The first is less than the
    /// second; an empty window is not printed.
    pub window: Option<(Nanos, Nanos)>,
    /// How many times slower than simulated the run is played, 1 or more: at 1000, a simulated
    /// millisecond takes a second. Zero is not printed.
    pub slowdown: Option<u32>,
    /// Whether playing starts again at the end.
    pub looping: bool,
    /// The figure that it is, in another page; `None` is the whole playground.
    pub embed: Option<Embed>,
}

/// The keys of a view, in the order in which they are printed: `tab`, `lesson`, `embed`.
pub fn keys() -> impl Iterator<Item = &'static str> {
    ["tab", "lesson", "debug", "at", "from", "to", "slow", "loop"].into_iter().chain(embed::KEYS)
}

/// A view being read, whose window may have one end so far.
#[derive(Default)]
pub(crate) struct Draft<'s> {
    view: View,
    from: Option<(Part<'s>, Nanos)>,
    to: Option<(Part<'s>, Nanos)>,
    embed: embed::Draft<'s>,
}

impl<'s> Draft<'s> {
    /// Reads `value` into the field of `key`; `false` where there is no such key.
    pub fn read(&mut self, key: &str, value: Part<'s>) -> Result<bool, Fault> {
        match key {
            "tab" => self.view.tab = read_tab(value)?,
            "lesson" => self.view.lesson = Some(read_lesson(value)?),
            "debug" => self.view.debug = read_switch(value)?,
            "at" => self.view.at = Some(read_duration(value)?),
            "from" => self.from = Some((value, read_duration(value)?)),
            "to" => self.to = Some((value, read_duration(value)?)),
            "slow" => self.view.slowdown = Some(read_slowdown(value)?),
            "loop" => self.view.looping = read_switch(value)?,
            _ => return self.embed.read(key, value),
        }
        Ok(true)
    }

    /// The view of scenarios whose groups have these names; `two` of them or one.
    pub fn finish(mut self, groups: &[&str], two: bool) -> Result<View, Fault> {
        self.view.embed = self.embed.finish(groups, two, self.view.lesson.is_some())?;
        self.view.window = match (self.from, self.to) {
            (None, None) => None,
            (Some((_, from)), Some((_, to))) if from < to => Some((from, to)),
            (Some(_), Some((to, _))) => {
                return Err(to.fault("the window ends before it begins; \"to\" is after \"from\""));
            }
            (Some((from, _)), None) => return Err(from.fault("\"from\" needs a \"to\" as well")),
            (None, Some((_, to))) if to > Nanos::ZERO => Some((Nanos::ZERO, to)),
            (None, Some((to, _))) => return Err(to.fault("a window that ends at 0 is empty")),
        };
        Ok(self.view)
    }
}

fn read_tab(part: Part) -> Result<Tab, Fault> {
    let named = Tab::ALL.into_iter().find(|tab| tab.name() == part.text);
    named.ok_or_else(|| part.unknown("tab", &Tab::ALL.map(Tab::name)))
}

/// Which lessons there are is not known here: a link to one that has gone still has its scenario.
fn read_lesson(part: Part) -> Result<String, Fault> {
    let mut chars = part.text.chars();
    let is_name = chars.next().is_some_and(|first| first.is_ascii_alphabetic())
        && chars.all(|c| c.is_ascii_alphanumeric());
    match is_name {
        true => Ok(part.text.to_owned()),
        false => Err(part.fault(format!("expected the name of a lesson, found {}", part.found()))),
    }
}

fn read_slowdown(part: Part) -> Result<u32, Fault> {
    match part.number()? {
        0 => Err(part.fault("a run cannot be played 0 times slower; 1 is real time")),
        times => Ok(times),
    }
}

fn read_switch(part: Part) -> Result<bool, Fault> {
    match part.text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(part.fault(format!("expected on or off, found {}", part.found()))),
    }
}

/// Everything that differs from the default, as `key=value`.
pub(crate) fn print_view(view: &View) -> Vec<String> {
    let window = view.window.filter(|(from, to)| from < to);
    let tab = (view.tab != Tab::default()).then(|| format!("tab={}", view.tab.name()));
    let lesson = view.lesson.as_ref().map(|name| format!("lesson={name}"));
    let debug = view.debug.then(|| "debug=on".to_owned());
    let at = view.at.map(|at| format!("at={}", print_duration(at)));
    let from = window.map(|(from, _)| format!("from={}", print_duration(from)));
    let to = window.map(|(_, to)| format!("to={}", print_duration(to)));
    let slow = view.slowdown.filter(|times| *times > 0).map(|times| format!("slow={times}"));
    let looping = view.looping.then(|| "loop=on".to_owned());
    let embed = view.embed.as_ref().map(print_embed).unwrap_or_default();
    let all = [tab, lesson, debug, at, from, to, slow, looping];
    all.into_iter().flatten().chain(embed).collect()
}
