//! Pictures to keep: a timeline, a moment of the stage, a chart, a comparison, each with what it
//! shows, where it comes from and by which version.
//!
//! The shapes are those of the screen; around them come a title and, at the foot, the link
//! (`frame.rs`). [`draw()`] simulates what a link says, [`draw_content`] draws what has been
//! simulated already.

mod address;
mod chart;
mod comparison;
mod frame;
mod recorded;
mod run;
mod stage;
mod timeline;

use std::ops::RangeInclusive;

use gil_notation::Link;
use gil_view::display::List;
use gil_view::scaling::{self, Question, Swept};
use gil_view::svg::{self, Caption};
use gil_view::theme::Theme;

pub use chart::Charted;
pub use recorded::{Recorded, draw_recorded};
pub use run::{Made, Shown};

use address::Origin;

/// What is drawn of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The lanes, in the link's window.
    Timeline,
    /// Cores, threads and the key at the link's playhead.
    Stage,
    /// How the work scales with the number of threads.
    Chart,
    /// The timelines of two scenarios, and what differs.
    Comparison,
}

impl Subject {
    /// All of them.
    pub const ALL: [Subject; 4] =
        [Subject::Timeline, Subject::Stage, Subject::Chart, Subject::Comparison];

    /// The name, as on the command line and in the names of files: `timeline`, `stage`.
    pub fn name(self) -> &'static str {
        match self {
            Subject::Timeline => "timeline",
            Subject::Stage => "stage",
            Subject::Chart => "chart",
            Subject::Comparison => "comparison",
        }
    }
}

/// What is drawn, simulated already.
#[derive(Clone, Copy)]
pub enum Content<'a> {
    /// The lanes of a run.
    Timeline(Shown<'a>),
    /// A moment of a run on the stage.
    Stage(Shown<'a>),
    /// A chart of many runs.
    Chart(&'a Charted<'a>),
    /// Two runs: A and B.
    Comparison(Shown<'a>, Shown<'a>),
}

impl Content<'_> {
    /// What kind of picture it becomes.
    pub fn kind(&self) -> Subject {
        match self {
            Content::Timeline(_) => Subject::Timeline,
            Content::Stage(_) => Subject::Stage,
            Content::Chart(..) => Subject::Chart,
            Content::Comparison(..) => Subject::Comparison,
        }
    }
}

/// A picture, complete.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// What it is.
    pub kind: Subject,
    /// All shapes, title and foot included.
    pub list: List,
    /// What is found, in a sentence or two.
    pub title: String,
    /// What is shown, for those who do not see it, with the whole link at the end.
    pub description: String,
    /// Where a click on it leads: the whole address, where one is known.
    pub address: Option<String>,
}

impl Picture {
    /// The picture as an SVG document. Text stays text.
    pub fn svg(&self, theme: &Theme) -> String {
        let id = self.id(theme);
        let caption = Caption { title: &self.title, description: &self.description, id: &id };
        match &self.address {
            Some(address) => svg::render_linked(&self.list, theme, &caption, address),
            None => svg::render(&self.list, theme, &caption),
        }
    }

    /// Begins the ids in the file: those of another picture in the same page differ (FNV-1a).
    fn id(&self, theme: &Theme) -> String {
        let bytes = self.description.bytes().chain(theme.name.bytes());
        let hash = bytes
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        format!("gil-{}-{hash:08x}", self.kind.name())
    }
}

/// Widths that a picture can have, in logical pixels.
pub const WIDTHS: RangeInclusive<f32> = 320.0..=4_000.0;

/// Draws a link, `width` logical pixels wide. `base` is the address of a playground (what is behind
/// a `#` in it is left out); without it the foot has the notation alone.
///
/// # Errors
/// A sentence: what this kind of picture needs and the link does not have; a width that is not
/// one of [`WIDTHS`]; a base that is no address of a page or of a file.
pub fn draw(kind: Subject, link: &Link, width: f32, base: Option<&str>) -> Result<Picture, String> {
    // What is wrong is said before anything is simulated.
    check(width)?;
    Origin::new(link, base)?;
    let run = || Made::of(&link.scenario);
    let content = |content: Content| draw_content(content, link, width, base);
    match kind {
        Subject::Timeline => content(Content::Timeline(run().shown())),
        Subject::Stage => content(Content::Stage(run().shown())),
        Subject::Chart => {
            let question = Question::usual(&link.scenario);
            let runs: Vec<_> = question.runs().collect();
            let swept = Swept::new(&question, &runs);
            content(Content::Chart(&Charted::of_sweep(scaling::Topic::SpeedUp, swept)))
        }
        Subject::Comparison => {
            let other = link.other.as_ref().ok_or(NO_OTHER)?;
            content(Content::Comparison(run().shown(), Made::of(other).shown()))
        }
    }
}

const NO_OTHER: &str = "a comparison needs two scenarios, and this link has one; a second one \
                        stands behind \"/vs/\"";

/// Draws what has been simulated of a link. As [`draw()`], for pages that have the run at hand.
///
/// # Errors
/// As [`draw()`].
pub fn draw_content(
    content: Content,
    link: &Link,
    width: f32,
    base: Option<&str>,
) -> Result<Picture, String> {
    let width = check(width)?;
    let origin = Origin::new(link, base)?;
    let drawn = match content {
        Content::Timeline(run) => timeline::draw(run, &link.view, width),
        Content::Stage(run) => stage::draw(run, &link.view, width),
        Content::Chart(charted) => chart::draw(charted, width),
        Content::Comparison(a, b) => comparison::draw(a, b, &link.view, width),
    };
    Ok(Picture {
        kind: content.kind(),
        list: drawn.frame.finish(origin.text()),
        title: drawn.title,
        description: format!("{} {}", drawn.description, origin.words()),
        address: origin.address,
    })
}

/// What a kind of picture makes of its content; the foot is still missing.
struct Drawn {
    frame: frame::Frame,
    title: String,
    description: String,
}

fn check(width: f32) -> Result<f32, String> {
    match WIDTHS.contains(&width) {
        true => Ok(width),
        false => Err(format!(
            "a picture is {} to {} pixels wide, not {width}",
            WIDTHS.start(),
            WIDTHS.end()
        )),
    }
}
