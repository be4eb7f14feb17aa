//! What is around the shapes of every picture: title and sub-line above, link and version below.
//!
//! Everything is put below what is there already, as far down as it needs.

use gil_view::display::{Anchor, Ink, List, Shape, Stroke};
use gil_view::text;
use gil_view::text::{BOLD, ellipsised, wrap};

use crate::VERSION;

/// Height of a line of text, in font sizes.
const LEADING: f32 = 1.35;
/// Below this width there is less room around everything.
const NARROW: f32 = 600.0;
const FOOT_SIZE: f32 = 10.5;

/// A picture that grows downwards.
pub struct Frame {
    list: List,
    margin: f32,
}

impl Frame {
    /// Begins a picture of that width with its title and a sub-line.
    pub fn new(width: f32, title: &str, sub: &str) -> Frame {
        let (margin, size) = if width < NARROW { (14.0, 15.0) } else { (20.0, 17.0) };
        let list = List { width, height: margin - 2.0, shapes: Vec::new() };
        let mut frame = Frame { list, margin };
        frame.lines(title, size, Ink::Text, true);
        frame.gap(3.0);
        frame.lines(sub, 12.0, Ink::Muted, false);
        frame.gap(8.0);
        frame
    }

    /// Room for what is drawn, in logical pixels. What keeps `inset` pixels free at its left edge
    /// may begin as much further left, so that it is in line with the texts.
    pub fn room(&self, inset: f32) -> f32 {
        self.list.width - 2.0 * self.margin + inset
    }

    /// A text in as many lines as it needs.
    pub fn text(&mut self, text: &str, ink: Ink) {
        self.lines(text, 12.0, ink, false);
    }

    /// The heading of a part of the picture.
    pub fn heading(&mut self, text: &str) {
        self.lines(text, 13.0, Ink::Text, true);
    }

    fn lines(&mut self, text: &str, size: f32, ink: Ink, bold: bool) {
        let wider = if bold { BOLD } else { 1.0 };
        let (text, width) = (glued(text), self.room(0.0));
        let lines = match bold {
            true => balanced(&text, size * wider, width),
            false => wrap(&text, size, width, usize::MAX),
        };
        for line in lines {
            self.list.height += size * LEADING;
            // The baseline lies above the lower edge of its line by the depth of a `g`.
            let (x, y) = (self.margin, self.list.height - size * 0.3);
            let anchor = Anchor::Start;
            let text = line.replace(GLUE, " ");
            let shape = Shape::Text { x, y, text, size, ink, anchor, bold, mono: false };
            self.list.shapes.push(shape);
        }
    }

    /// Leaves room.
    pub fn gap(&mut self, height: f32) {
        self.list.height += height;
    }

    /// A picture that is [`room(inset)`](Self::room) wide.
    pub fn put(&mut self, picture: List, inset: f32) {
        // On whole pixels, on which its lines are crisp.
        self.list.height = self.list.height.ceil();
        let (x, y) = (self.margin - inset, self.list.height);
        self.list.height += picture.height;
        self.list.put(picture, x, y);
    }

    /// A line across the picture.
    pub fn rule(&mut self) {
        let (left, right) = (self.margin, self.list.width - self.margin);
        let y = self.list.height.floor() + 0.5;
        let stroke = Some(Stroke { ink: Ink::Line, width: 1.0, dashed: false });
        self.list.shapes.push(Shape::Path {
            points: vec![(left, y), (right, y)],
            fill: None,
            stroke,
        });
        self.list.height = y + 0.5;
    }

    /// The whole picture, with where it comes from at its foot, shortened where it must be.
    pub fn finish(mut self, origin: &str) -> List {
        self.gap(10.0);
        self.rule();
        self.gap(8.0 + FOOT_SIZE);
        let version = format!("GIL Playground {VERSION}");
        let (left, right) = (self.margin, self.list.width - self.margin);
        let room = right - left - text::width(&version, FOOT_SIZE, false) - 20.0;
        let link = ellipsised(origin, FOOT_SIZE, room, true);
        self.foot(left, link, Anchor::Start, true);
        self.foot(right, version, Anchor::End, false);
        self.gap(self.margin - 4.0);
        self.list.height = self.list.height.ceil();
        self.list
    }

    fn foot(&mut self, x: f32, text: String, anchor: Anchor, mono: bool) {
        let (y, size, ink) = (self.list.height, FOOT_SIZE, Ink::Muted);
        self.list.shapes.push(Shape::Text { x, y, text, size, ink, anchor, bold: false, mono });
    }
}

/// Stands between a number and its unit, where a line must not be broken.
const GLUE: char = '\u{a0}';

/// A text with every number glued to the unit behind it.
fn glued(text: &str) -> String {
    let mut glued = String::new();
    let mut before = "";
    for word in text.split_ascii_whitespace() {
        let bare = word.trim_end_matches(|c: char| !c.is_alphabetic() && c != '%');
        let is_unit = matches!(bare, "ns" | "us" | "ms" | "s" | "%");
        match before.ends_with(|c: char| c.is_ascii_digit()) && is_unit {
            _ if glued.is_empty() => {}
            true => glued.push(GLUE),
            false => glued.push(' '),
        }
        glued += word;
        before = word;
    }
    glued
}

/// Breaks a text into as few lines as it needs, all of about the same length: a last line of one
/// word looks like a mistake.
fn balanced(text: &str, size: f32, width: f32) -> Vec<String> {
    let at = |width: f32| wrap(text, size, width, usize::MAX);
    let lines = at(width);
    // A hundredth of the width at a time: a narrower one that gives as many lines, all unbroken.
    let whole = |lines: &[String]| lines.iter().all(|line| !line.ends_with('…'));
    let narrower = (50..100).map(|percent| at(width * percent as f32 / 100.0));
    let mut fitting = narrower.filter(|other| other.len() == lines.len() && whole(other));
    fitting.next().unwrap_or(lines)
}
