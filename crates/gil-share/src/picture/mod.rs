//! Pictures to keep: a timeline, a moment of the stage, a chart, a comparison, each with what it
//! shows, where it comes from and by which version.
//!
//! The shapes are those of the screen; around them come a title and, at the foot, the link.

use gil_notation::Link;
use gil_view::display::List;
use gil_view::theme::Theme;

/// What is drawn of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The lanes, in the link's window.
    Timeline,
    /// Cores, threads and the key at the link's playhead.
    Stage,
    /// How the work scales with the number of threads.
    Chart,
    /// The timelines of two scenarios, and what differs.
    Comparison,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 4] = [Kind::Timeline, Kind::Stage, Kind::Chart, Kind::Comparison];

    /// The name, as on the command line and in the names of files: `timeline`, `stage`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Timeline => "timeline",
            Kind::Stage => "stage",
            Kind::Chart => "chart",
            Kind::Comparison => "comparison",
        }
    }
}

/// A picture, complete.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// All shapes, title and foot included.
    pub list: List,
    /// What is found, in a sentence.
    pub title: String,
    /// What is shown, for those who do not see it.
    pub description: String,
    /// Where a click on it leads: the whole address, where one is known.
    pub address: Option<String>,
}

impl Picture {
    /// The picture as an SVG document.
    pub fn svg(&self, theme: &Theme) -> String {
        let _ = theme;
        todo!("pictures")
    }
}

/// Draws a link, `width` logical pixels wide. `base` is the address of a playground, without a
/// fragment; without it the foot has the notation alone.
///
/// # Errors
/// A sentence: what this kind of picture needs and the link does not have.
pub fn draw(kind: Kind, link: &Link, width: f32, base: Option<&str>) -> Result<Picture, String> {
    let _ = (kind, link, width, base);
    todo!("pictures")
}
