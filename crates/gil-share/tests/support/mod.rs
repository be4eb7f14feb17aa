//! What the tests of pictures have in common.
#![allow(dead_code, reason = "each test file uses a part of it")]

use gil_notation::{Link, Preset, parse};
use gil_share::picture::Picture;
use gil_view::display::{Anchor, Shape};
use gil_view::text;
use gil_view::text::BOLD;
use gil_view::theme::Theme;

/// Where the playground is.
pub const BASE: &str = "https://example.org/gil/";

/// The link that a text says.
pub fn link(text: &str) -> Link {
    parse(text).expect("a valid link")
}

/// The link to a preset.
pub fn preset(key: &str) -> Link {
    Link::from(Preset::find(key).expect("a preset").scenario())
}

/// Two links as a comparison.
pub fn compared(a: &str, b: &str) -> Link {
    Link { other: Some(preset(b).scenario), ..preset(a) }
}

/// The picture as an SVG document in the light theme.
pub fn svg(picture: &Picture) -> String {
    picture.svg(&Theme::light())
}

/// All texts of a picture, in their order.
pub fn texts(picture: &Picture) -> Vec<&str> {
    placed(picture).into_iter().map(|placed| placed.text).collect()
}

/// A text and where it lies: left, top, right, bottom.
pub struct Placed<'a> {
    pub text: &'a str,
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Placed<'_> {
    /// Whether two lie on one another by more than a pixel.
    pub fn overlaps(&self, other: &Placed) -> bool {
        let apart = |a: (f32, f32), b: (f32, f32)| a.1 - 1.0 <= b.0 || b.1 - 1.0 <= a.0;
        let (across, down) = ((self.left, self.right), (self.top, self.bottom));
        !apart(across, (other.left, other.right)) && !apart(down, (other.top, other.bottom))
    }
}

/// All texts with their places, by the estimate that pictures are laid out with.
pub fn placed(picture: &Picture) -> Vec<Placed<'_>> {
    picture.list.shapes.iter().filter_map(place).collect()
}

fn place(shape: &Shape) -> Option<Placed<'_>> {
    let Shape::Text { x, y, text, size, anchor, bold, mono, .. } = shape else { return None };
    let width = text::width(text, *size, *mono) * if *bold { BOLD } else { 1.0 };
    let left = match anchor {
        Anchor::Start => *x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    // Most letters have neither an accent nor a tail.
    let (top, bottom) = (y - size * 0.75, y + size * 0.1);
    Some(Placed { text, left, top, right: left + width, bottom })
}
