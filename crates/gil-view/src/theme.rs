//! What inks look like: two themes and the geometry of the patterns.
//!
//! The one place of colour values: canvas, SVG and the page's style sheet all take them from
//! here. The hues are after Okabe and Ito, darkened or lightened until each stands 3:1 against
//! its surface; next to colour, states always differ by pattern or height.

use std::fmt::Write;

use gil_sim::State;

use crate::display::{Fill, Ink};

/// Colours of all inks, as `#rrggbb`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// `light` or `dark`.
    pub name: &'static str,
    is_dark: bool,
    surface: &'static str,
    raised: &'static str,
    text: &'static str,
    muted: &'static str,
    line: &'static str,
    accent: &'static str,
    key: &'static str,
    warning: &'static str,
    ghost: &'static str,
    series: [&'static str; SERIES],
}

/// Number of different [`Ink::Series`]; higher numbers start again.
pub const SERIES: usize = 8;

impl Theme {
    /// Dark ink on warm paper.
    pub const fn light() -> Theme {
        Theme {
            name: "light",
            is_dark: false,
            surface: "#fbf9f4",
            raised: "#f2eee5",
            text: "#23211d",
            muted: "#625d53",
            line: "#ded8ca",
            accent: "#5a3fc0",
            key: "#a06d00",
            warning: "#c2410c",
            ghost: "#c9c2b2",
            series: [
                "#0b5c9c", "#b84a12", "#007a5e", "#84539c", "#8a6000", "#a83a72", "#0b7787",
                "#5d646d",
            ],
        }
    }

    /// Light ink on a warm near-black.
    pub const fn dark() -> Theme {
        Theme {
            name: "dark",
            is_dark: true,
            surface: "#1a1916",
            raised: "#25231f",
            text: "#ece7dc",
            muted: "#a8a195",
            line: "#3a372f",
            accent: "#b3a1ff",
            key: "#e6bb4a",
            warning: "#f0804a",
            ghost: "#56524a",
            series: [
                "#5cb3ea", "#f0905c", "#3dc29b", "#c695dc", "#e3aa3f", "#e884b4", "#56c4d4",
                "#a9b1ba",
            ],
        }
    }

    /// The colour of an ink, `#rrggbb`.
    pub fn color(&self, ink: Ink) -> &'static str {
        match ink {
            Ink::State(state) => {
                let (light, dark) = state_colors(state);
                if self.is_dark { dark } else { light }
            }
            Ink::Surface => self.surface,
            Ink::Raised => self.raised,
            Ink::Text => self.text,
            Ink::Muted => self.muted,
            Ink::Line => self.line,
            Ink::Accent => self.accent,
            Ink::Key => self.key,
            Ink::Warning => self.warning,
            Ink::Ghost => self.ghost,
            Ink::Series(n) => self.series[usize::from(n) % SERIES],
        }
    }
}

/// The colour of a state on light and on dark paper. States that are alike share one.
fn state_colors(state: State) -> (&'static str, &'static str) {
    match state {
        State::NotStarted | State::Asleep | State::Finished | State::Idle | State::Unseen => {
            ("#857f70", "#827d72")
        }
        State::HasGil | State::Attached | State::HoldsOffCpu => ("#0b5c9c", "#4aa3df"),
        State::Native => ("#008a6e", "#5fd9b3"),
        State::WaitingGil => ("#9c6500", "#e3aa3f"),
        State::Ready => ("#6c6f1f", "#b9c25a"),
        State::BlockedIo | State::WaitingResult | State::OffCpu => ("#65707d", "#98a4b0"),
        State::WaitingLock | State::WaitingObject => ("#a83a72", "#e884b4"),
        State::ForcedSwitch => ("#c2410c", "#f0804a"),
        State::WorldStopped => ("#5d646d", "#a9b1ba"),
        State::StartingUp => ("#84539c", "#c695dc"),
    }
}

/// The custom properties of a theme for a style sheet, one `--name: #rrggbb;` a line: `--surface`,
/// `--state-has-gil`, `--series-0` and so on. The caller puts the selector around them.
pub fn css_variables(theme: &Theme) -> String {
    let mut css = String::new();
    for (name, ink) in named_inks() {
        // Writing into a string cannot fail.
        let _ = writeln!(css, "--{name}: {};", theme.color(ink));
    }
    css
}

fn named_inks() -> impl Iterator<Item = (String, Ink)> {
    let plain = [
        ("surface", Ink::Surface),
        ("raised", Ink::Raised),
        ("text", Ink::Text),
        ("muted", Ink::Muted),
        ("line", Ink::Line),
        ("accent", Ink::Accent),
        ("key", Ink::Key),
        ("warning", Ink::Warning),
        ("ghost", Ink::Ghost),
    ];
    let states = State::ALL.map(|state| (format!("state-{}", slug(state.name())), state));
    plain
        .into_iter()
        .map(|(name, ink)| (name.to_owned(), ink))
        .chain(states.into_iter().map(|(name, state)| (name, Ink::State(state))))
        .chain((0..SERIES as u8).map(|n| (format!("series-{n}"), Ink::Series(n))))
}

/// `ready, no core` as `ready-no-core`.
fn slug(name: &str) -> String {
    name.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// A pattern as a square tile that repeats from the picture's top left corner: a faint wash of
/// the ink, and the ink itself on it. Canvas and SVG draw it alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tile {
    /// Side of the tile in logical pixels.
    pub size: f32,
    /// Opacity of the wash over all of the tile, 0 to 1.
    pub wash: f32,
    /// What is on it.
    pub mark: Mark,
}

/// What repeats in a [`Tile`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mark {
    /// A diagonal from the bottom left to the top right corner, this many pixels wide, whose ends
    /// continue in the neighbouring tiles.
    Diagonal(f32),
    /// Two dots of this radius, centred at a quarter and three quarters of the diagonal from the
    /// top left to the bottom right.
    Dots(f32),
}

/// The tile of [`Fill::Hatched`].
pub const HATCHING: Tile = Tile { size: 5.0, wash: 0.12, mark: Mark::Diagonal(1.3) };
/// The tile of [`Fill::Dotted`].
pub const DOTTING: Tile = Tile { size: 5.0, wash: 0.45, mark: Mark::Dots(1.1) };

impl Fill {
    /// Its ink.
    pub fn ink(self) -> Ink {
        match self {
            Fill::Solid(ink) | Fill::Hatched(ink) | Fill::Dotted(ink) | Fill::Tint(ink, _) => ink,
        }
    }

    /// Its pattern, unless it is flat.
    pub fn tile(self) -> Option<Tile> {
        match self {
            Fill::Hatched(_) => Some(HATCHING),
            Fill::Dotted(_) => Some(DOTTING),
            Fill::Solid(_) | Fill::Tint(..) => None,
        }
    }
}
