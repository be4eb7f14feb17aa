//! What a figure in another page shows: `embed=stage+timeline`, `controls=play+si+threads:io`,
//! `theme=dark`.

use std::fmt;

use crate::error::Fault;
use crate::lex::Part;

/// What an embedded figure shows of a scenario, and what its reader may do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Embed {
    /// Its parts, at least one and none twice; shown in the order of [`Show::ALL`].
    pub show: Vec<Show>,
    /// What the reader may do, none twice. Empty: a still figure.
    pub controls: Vec<Control>,
    /// Light or dark whatever the reader's system says; that of the system where `None`.
    pub theme: Option<Shade>,
}

impl Default for Embed {
    /// Stage and timeline that can be played.
    fn default() -> Embed {
        let show = vec![Show::Stage, Show::Timeline];
        Embed { show, controls: vec![Control::Play], theme: None }
    }
}

/// A part of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Show {
    /// The sentence that says what is found.
    Headline,
    /// Cores, threads and the key.
    Stage,
    /// A lane for each thread.
    Timeline,
    /// State, trigger and consequence of the moment.
    Now,
    /// How the work scales with the number of threads.
    Chart,
    /// Two scenarios side by side; needs a `vs`.
    Compare,
    /// A lesson; needs its name in `lesson=`.
    Lesson,
}

impl Show {
    /// All of them, in the order they are shown.
    pub const ALL: [Show; 7] = [
        Show::Headline,
        Show::Stage,
        Show::Timeline,
        Show::Now,
        Show::Chart,
        Show::Compare,
        Show::Lesson,
    ];

    /// The name in the notation: `stage`, `timeline`.
    pub fn name(self) -> &'static str {
        match self {
            Show::Headline => "headline",
            Show::Stage => "stage",
            Show::Timeline => "timeline",
            Show::Now => "now",
            Show::Chart => "chart",
            Show::Compare => "compare",
            Show::Lesson => "lesson",
        }
    }

    /// Whether it is a figure by itself, with nothing beside it.
    pub fn stands_alone(self) -> bool {
        matches!(self, Show::Compare | Show::Lesson)
    }
}

/// A theme that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shade {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Shade {
    /// The name in the notation: `light`, `dark`.
    pub fn name(self) -> &'static str {
        match self {
            Shade::Light => "light",
            Shade::Dark => "dark",
        }
    }
}

/// What a reader may change of a figure: `play`, `edit`, `si` (switch interval), `cores`, `python`,
/// `threads:GROUP`, `strategy:GROUP`, or `time:GROUP.STEP` for the duration of a step, counted
/// from 0.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Control {
    /// Playing, stepping, seeking.
    Play,
    /// Everything, with the panel of the simulator.
    Edit,
    /// The switch interval.
    SwitchInterval,
    /// Cores of the machine.
    Cores,
    /// The version and build of Python.
    Python,
    /// The number of threads of a group.
    Threads(String),
    /// What runs a group.
    Strategy(String),
    /// The duration of a group's step.
    Time(String, usize),
}

impl Control {
    /// Names of the controls that are about the whole scenario.
    const PLAIN: [&str; 5] = ["play", "edit", "si", "cores", "python"];

    /// The group it is about, where it is about one.
    pub fn group(&self) -> Option<&str> {
        match self {
            Control::Threads(group) | Control::Strategy(group) | Control::Time(group, _) => {
                Some(group)
            }
            _ => None,
        }
    }
}

/// As in the notation: `si`, `threads:io`, `time:io.1`.
impl fmt::Display for Control {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Control::Play => f.write_str("play"),
            Control::Edit => f.write_str("edit"),
            Control::SwitchInterval => f.write_str("si"),
            Control::Cores => f.write_str("cores"),
            Control::Python => f.write_str("python"),
            Control::Threads(group) => write!(f, "threads:{group}"),
            Control::Strategy(group) => write!(f, "strategy:{group}"),
            Control::Time(group, step) => write!(f, "time:{group}.{step}"),
        }
    }
}

/// Reads a control as [`Control`] is displayed.
impl TryFrom<String> for Control {
    type Error = String;

    fn try_from(text: String) -> Result<Control, String> {
        crate::read(&text, read_control).map_err(|error| error.one_line())
    }
}

fn read_control(part: Part) -> Result<Control, Fault> {
    let Some((name, of)) = part.cut(":") else {
        return Ok(match part.text {
            "play" => Control::Play,
            "edit" => Control::Edit,
            "si" => Control::SwitchInterval,
            "cores" => Control::Cores,
            "python" => Control::Python,
            "threads" | "strategy" | "time" => {
                let help = format!("write {}:GROUP with the name of a group", part.text);
                return Err(part.fault(format!("{} of which group?", part.quoted())).help(help));
            }
            _ => return Err(unknown_control(part)),
        });
    };
    if of.text.is_empty() {
        return Err(of.fault("expected the name of a group, found nothing"));
    }
    Ok(match name.text {
        "threads" => Control::Threads(of.text.to_owned()),
        "strategy" => Control::Strategy(of.text.to_owned()),
        "time" => {
            let step = "expected a group and the number of its step, as in time:io.1";
            let (group, step) = of.cut(".").ok_or_else(|| of.fault(step))?;
            Control::Time(group.text.to_owned(), step.number()?)
        }
        _ => return Err(unknown_control(name)),
    })
}

fn unknown_control(part: Part) -> Fault {
    let names: Vec<&str> =
        Control::PLAIN.into_iter().chain(["threads", "strategy", "time"]).collect();
    part.unknown("control", &names)
}

/// The keys, in the order they are printed.
pub(crate) const KEYS: [&str; 3] = ["embed", "controls", "theme"];

/// A figure being read.
#[derive(Default)]
pub(crate) struct Draft<'s> {
    show: Option<(Part<'s>, Vec<Show>)>,
    controls: Option<Vec<(Part<'s>, Control)>>,
    theme: Option<Shade>,
    /// The first thing that only a figure has.
    first: Option<Part<'s>>,
}

impl<'s> Draft<'s> {
    /// Reads `value` into the field of `key`; `false` where there is no such key.
    pub fn read(&mut self, key: &str, value: Part<'s>) -> Result<bool, Fault> {
        match key {
            "embed" => self.show = Some((value, read_show(value)?)),
            "controls" => self.controls = Some(read_controls(value)?),
            "theme" => self.theme = Some(read_shade(value)?),
            _ => return Ok(false),
        }
        if key != "embed" {
            self.first.get_or_insert(value);
        }
        Ok(true)
    }

    /// The figure, for scenarios whose groups have these names.
    pub fn finish(self, groups: &[&str], two: bool, lesson: bool) -> Result<Option<Embed>, Fault> {
        let Some((place, show)) = self.show else {
            let Some(part) = self.first else { return Ok(None) };
            let fault = part.fault("controls and theme belong to an embedded figure");
            return Err(fault.help("add embed=stage+timeline, or leave this out"));
        };
        if show.contains(&Show::Compare) && !two {
            let fault = place.fault("\"compare\" needs two scenarios, and there is one");
            return Err(fault.help("put /vs/ and another scenario behind the first one"));
        }
        if show.contains(&Show::Lesson) && !lesson {
            let fault = place.fault("\"lesson\" needs the name of a lesson");
            return Err(fault.help("add lesson=NAME, as in lesson=io"));
        }
        let Some(said) = self.controls else {
            return Ok(Some(Embed { show, theme: self.theme, ..Embed::default() }));
        };
        let mut controls = Vec::new();
        for (part, control) in said {
            if let Some(group) = control.group()
                && !groups.contains(&group)
            {
                return Err(part.fault(format!("there is no group \"{group}\" to control")));
            }
            controls.push(control);
        }
        Ok(Some(Embed { show, controls, theme: self.theme }))
    }
}

fn read_show(value: Part) -> Result<Vec<Show>, Fault> {
    let mut parts = Vec::new();
    for part in value.split("+") {
        let show = Show::ALL.into_iter().find(|show| show.name() == part.text);
        let show = show.ok_or_else(|| part.unknown("view", &Show::ALL.map(Show::name)))?;
        if parts.contains(&show) {
            return Err(part.fault(format!("{} is there twice", part.quoted())));
        }
        parts.push(show);
    }
    if let Some(alone) = parts.iter().find(|show| show.stands_alone() && parts.len() > 1) {
        return Err(value.fault(format!("\"{}\" is a figure by itself", alone.name())));
    }
    parts.sort();
    Ok(parts)
}

fn read_controls(value: Part<'_>) -> Result<Vec<(Part<'_>, Control)>, Fault> {
    if value.text == NONE {
        return Ok(Vec::new());
    }
    let mut controls: Vec<(Part, Control)> = Vec::new();
    for part in value.split("+") {
        let control = read_control(part)?;
        if controls.iter().any(|(_, known)| *known == control) {
            return Err(part.fault(format!("{} is there twice", part.quoted())));
        }
        controls.push((part, control));
    }
    Ok(controls)
}

/// What is written where there are no controls.
const NONE: &str = "none";

fn read_shade(part: Part) -> Result<Shade, Fault> {
    let named = [Shade::Light, Shade::Dark].into_iter().find(|shade| shade.name() == part.text);
    named.ok_or_else(|| part.unknown("theme", &["light", "dark"]))
}

/// Everything of a figure, as `key=value`.
pub(crate) fn print_embed(embed: &Embed) -> Vec<String> {
    let show: Vec<&str> = embed.show.iter().map(|show| show.name()).collect();
    let controls: Vec<String> = embed.controls.iter().map(Control::to_string).collect();
    let controls = match controls.as_slice() {
        [] => NONE.to_owned(),
        some => some.join("+"),
    };
    let theme = embed.theme.map(|shade| format!("theme={}", shade.name()));
    let show = format!("embed={}", show.join("+"));
    // As a default it would be a surprise to whoever writes a link by hand: it is always said.
    let controls = Some(format!("controls={controls}"));
    [Some(show), controls, theme].into_iter().flatten().collect()
}
