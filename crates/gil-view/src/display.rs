//! The display list: shapes in logical pixels, colours by meaning.

use gil_sim::State;

/// A colour by what it means. A theme decides what it looks like, so that one list serves light
/// and dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    /// The colour of a thread state.
    State(State),
    /// The paper that everything is drawn on.
    Surface,
    /// Paper of a raised or grouped area.
    Raised,
    /// Text and strong lines.
    Text,
    /// Secondary text.
    Muted,
    /// Grid lines and borders.
    Line,
    /// The playhead, selection and focus.
    Accent,
    /// The GIL itself: the key.
    Key,
    /// A drop request, a failed acquisition.
    Warning,
    /// The result before the last change.
    Ghost,
    /// The n-th series of a chart.
    Series(u8),
}

/// How a shape is filled. Never colour alone: states differ by pattern and height too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fill {
    /// One flat colour.
    Solid(Ink),
    /// Thin diagonal lines on the surface.
    Hatched(Ink),
    /// Dots on the surface.
    Dotted(Ink),
    /// Flat, at this many percent of opacity.
    Tint(Ink, u8),
}

/// A line around or through a shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub ink: Ink,
    /// Its width in logical pixels.
    pub width: f32,
    /// Whether it is dashed.
    pub dashed: bool,
}

impl Stroke {
    /// A line without gaps.
    pub fn solid(ink: Ink, width: f32) -> Stroke {
        Stroke { ink, width, dashed: false }
    }

    /// A dashed line.
    pub fn dashed(ink: Ink, width: f32) -> Stroke {
        Stroke { ink, width, dashed: true }
    }
}

/// Where a text lies relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Starts at the point.
    Start,
    /// Is centred on it.
    Middle,
    /// Ends at it.
    End,
}

/// One shape. Coordinates are logical pixels from the top left corner.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A rectangle, its corners rounded by `radius`.
    Rect {
        /// Left edge.
        x: f32,
        /// Top edge.
        y: f32,
        /// Width.
        w: f32,
        /// Height.
        h: f32,
        /// Radius of the corners.
        radius: f32,
        /// What it is filled with.
        fill: Option<Fill>,
        /// What it is drawn around with.
        stroke: Option<Stroke>,
    },
    /// A circle.
    Circle {
        /// Centre.
        x: f32,
        /// Centre.
        y: f32,
        /// Radius.
        r: f32,
        /// What it is filled with.
        fill: Option<Fill>,
        /// What it is drawn around with.
        stroke: Option<Stroke>,
    },
    /// A part of a ring, clockwise from the top.
    Arc {
        /// Centre.
        x: f32,
        /// Centre.
        y: f32,
        /// Radius.
        r: f32,
        /// The part that is drawn, 0 to 1.
        part: f32,
        /// The line.
        stroke: Stroke,
    },
    /// A line through points, closed and filled where `fill` is set.
    Path {
        /// The points.
        points: Vec<(f32, f32)>,
        /// What it is filled with; closes the path.
        fill: Option<Fill>,
        /// What it is drawn with.
        stroke: Option<Stroke>,
    },
    /// A line of text.
    Text {
        /// Its point.
        x: f32,
        /// Its baseline.
        y: f32,
        /// What it says.
        text: String,
        /// Font size in logical pixels.
        size: f32,
        /// Its colour.
        ink: Ink,
        /// Where it lies relative to its point.
        anchor: Anchor,
        /// Whether it is bold.
        bold: bool,
        /// Whether it is set in the monospace face, for times and code.
        mono: bool,
    },
    /// From here to the matching [`Shape::EndClip`] only this rectangle is drawn in.
    Clip {
        /// Left edge.
        x: f32,
        /// Top edge.
        y: f32,
        /// Width.
        w: f32,
        /// Height.
        h: f32,
    },
    /// Ends the innermost [`Shape::Clip`].
    EndClip,
}

/// A picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List {
    /// Width in logical pixels.
    pub width: f32,
    /// Height in logical pixels.
    pub height: f32,
    /// Shapes, the first at the bottom.
    pub shapes: Vec<Shape>,
}

impl List {
    /// Puts another picture on this one, its top left corner at (`x`, `y`).
    pub fn put(&mut self, other: List, x: f32, y: f32) {
        self.shapes.extend(other.shapes.into_iter().map(|shape| shape.moved(x, y)));
    }
}

impl Shape {
    /// A line through points.
    pub fn line(points: Vec<(f32, f32)>, stroke: Stroke) -> Shape {
        Shape::Path { points, fill: None, stroke: Some(stroke) }
    }

    /// A line of one pixel along an axis, on the middle of a pixel: between two pixels it would be
    /// drawn over both, pale and two pixels wide.
    pub fn hairline(from: (f32, f32), to: (f32, f32), ink: Ink) -> Shape {
        let crisp = |place: f32| place.floor() + 0.5;
        let (mut from, mut to) = (from, to);
        if from.0 == to.0 {
            (from.0, to.0) = (crisp(from.0), crisp(to.0));
        }
        if from.1 == to.1 {
            (from.1, to.1) = (crisp(from.1), crisp(to.1));
        }
        Shape::line(vec![from, to], Stroke::solid(ink, 1.0))
    }

    /// A line of text in the usual weight and face; `at` is its point on the baseline.
    pub fn text(
        at: (f32, f32),
        text: impl Into<String>,
        size: f32,
        ink: Ink,
        anchor: Anchor,
    ) -> Shape {
        let (x, y) = at;
        Shape::Text { x, y, text: text.into(), size, ink, anchor, bold: false, mono: false }
    }

    /// The same text in bold; any other shape as it is.
    pub fn bold(mut self) -> Shape {
        if let Shape::Text { bold, .. } = &mut self {
            *bold = true;
        }
        self
    }

    /// The same shape, `dx` further right and `dy` further down.
    pub fn moved(mut self, dx: f32, dy: f32) -> Shape {
        match &mut self {
            Shape::Rect { x, y, .. }
            | Shape::Circle { x, y, .. }
            | Shape::Arc { x, y, .. }
            | Shape::Text { x, y, .. }
            | Shape::Clip { x, y, .. } => (*x, *y) = (*x + dx, *y + dy),
            Shape::Path { points, .. } => {
                points.iter_mut().for_each(|(x, y)| (*x, *y) = (*x + dx, *y + dy));
            }
            Shape::EndClip => {}
        }
        self
    }
}
