//! What plotters draws on: a backend that turns its calls into shapes of the display list.
//!
//! Plotters knows whole pixels and RGB. Here its pixel is an eighth of a logical one, so that
//! curves stay smooth, and its RGB is a code for a [`Pen`], so that a theme still decides.

use std::convert::Infallible;

use gil_sim::State;
use plotters::style::RGBColor;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontFamily, FontStyle,
};

use crate::display::{self, Anchor, Fill, Ink, List, Shape, Stroke};

/// Plotters pixels in a logical pixel.
pub const SCALE: f32 = 8.0;

/// A logical length in plotters pixels.
pub fn units(pixels: f32) -> i32 {
    (pixels * SCALE).round() as i32
}

fn pixels(units: i32) -> f32 {
    units as f32 / SCALE
}

/// An ink and how lines are drawn with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pen {
    ink: Ink,
    dashed: bool,
}

impl Pen {
    /// Solid lines.
    pub fn solid(ink: Ink) -> Pen {
        Pen { ink, dashed: false }
    }

    /// Dotted or dashed lines.
    pub fn dashed(ink: Ink) -> Pen {
        Pen { ink, dashed: true }
    }

    /// The colour that stands for this pen: kind, number, dashes.
    pub fn code(self) -> RGBColor {
        let plain = |n| (0, n);
        let (kind, number) = match self.ink {
            Ink::Surface => plain(0),
            Ink::Raised => plain(1),
            Ink::Text => plain(2),
            Ink::Muted => plain(3),
            Ink::Line => plain(4),
            Ink::Accent => plain(5),
            Ink::Key => plain(6),
            Ink::Warning => plain(7),
            Ink::Ghost => plain(8),
            Ink::Series(n) => (1, n),
            Ink::State(state) => {
                let index = State::ALL.iter().position(|s| *s == state);
                (2, index.unwrap_or(0) as u8)
            }
        };
        RGBColor(kind, number, u8::from(self.dashed))
    }

    /// The pen that a colour stands for. A colour that is no code is text.
    fn decode((kind, number, dashed): (u8, u8, u8)) -> Pen {
        const PLAIN: [Ink; 9] = [
            Ink::Surface,
            Ink::Raised,
            Ink::Text,
            Ink::Muted,
            Ink::Line,
            Ink::Accent,
            Ink::Key,
            Ink::Warning,
            Ink::Ghost,
        ];
        let index = usize::from(number);
        let ink = match kind {
            0 => PLAIN.get(index).copied(),
            1 => Some(Ink::Series(number)),
            2 => State::ALL.get(index).map(|state| Ink::State(*state)),
            _ => None,
        };
        Pen { ink: ink.unwrap_or(Ink::Text), dashed: dashed != 0 }
    }
}

/// Emits shapes into a list.
pub struct Backend<'a> {
    list: &'a mut List,
}

impl<'a> Backend<'a> {
    /// Draws on top of what the list has already.
    pub fn new(list: &'a mut List) -> Backend<'a> {
        Backend { list }
    }

    fn push(&mut self, shape: Shape) -> Drawn {
        self.list.shapes.push(shape);
        Ok(())
    }

    fn path(
        &mut self,
        points: Vec<(f32, f32)>,
        fill: Option<Fill>,
        stroke: Option<Stroke>,
    ) -> Drawn {
        self.push(Shape::Path { points, fill, stroke })
    }
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

fn fill(color: BackendColor) -> Fill {
    let ink = Pen::decode(color.rgb).ink;
    if color.alpha >= 1.0 { Fill::Solid(ink) } else { Fill::Tint(ink, (color.alpha * 100.0) as u8) }
}

fn stroke<S: BackendStyle>(style: &S) -> Stroke {
    let pen = Pen::decode(style.color().rgb);
    Stroke { ink: pen.ink, width: style.stroke_width() as f32 / SCALE, dashed: pen.dashed }
}

fn is_invisible<S: BackendStyle>(style: &S) -> bool {
    style.color().alpha == 0.0
}

fn point((x, y): BackendCoord) -> (f32, f32) {
    (pixels(x), pixels(y))
}

/// A one-pixel line along an axis is moved onto the middle of a pixel: between two it would be
/// drawn over both, pale and two wide.
fn crisp(mut a: (f32, f32), mut b: (f32, f32), width: f32) -> Vec<(f32, f32)> {
    if width <= 1.0 {
        if a.0 == b.0 {
            a.0 = a.0.floor() + 0.5;
            b.0 = a.0;
        }
        if a.1 == b.1 {
            a.1 = a.1.floor() + 0.5;
            b.1 = a.1;
        }
    }
    vec![a, b]
}

impl DrawingBackend for Backend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let side = |length: f32| units(length).max(0) as u32;
        (side(self.list.width), side(self.list.height))
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    /// Never called: everything plotters is asked for here has a method of its own below.
    fn draw_pixel(&mut self, _at: BackendCoord, _color: BackendColor) -> Drawn {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        if is_invisible(style) {
            return Ok(());
        }
        let stroke = stroke(style);
        self.path(crisp(point(from), point(to), stroke.width), None, Some(stroke))
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        filled: bool,
    ) -> Drawn {
        if is_invisible(style) {
            return Ok(());
        }
        let ((x, y), (right, bottom)) = (point(upper_left), point(bottom_right));
        self.push(Shape::Rect {
            x,
            y,
            w: right - x,
            h: bottom - y,
            radius: 0.0,
            fill: filled.then(|| fill(style.color())),
            stroke: (!filled).then(|| stroke(style)),
        })
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let points: Vec<_> = path.into_iter().map(point).collect();
        if is_invisible(style) || points.len() < 2 {
            return Ok(());
        }
        let stroke = stroke(style);
        let points = if let [a, b] = points[..] { crisp(a, b, stroke.width) } else { points };
        self.path(points, None, Some(stroke))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        filled: bool,
    ) -> Drawn {
        if is_invisible(style) {
            return Ok(());
        }
        let (x, y) = point(center);
        self.push(Shape::Circle {
            x,
            y,
            r: radius as f32 / SCALE,
            fill: filled.then(|| fill(style.color())),
            stroke: (!filled).then(|| stroke(style)),
        })
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        if is_invisible(style) {
            return Ok(());
        }
        let points = corners.into_iter().map(point).collect();
        self.path(points, Some(fill(style.color())), None)
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, at: BackendCoord) -> Drawn {
        if style.color().alpha == 0.0 || text.is_empty() {
            return Ok(());
        }
        let size = style.size() as f32 / SCALE;
        let (x, y) = point(at);
        // Capitals and digits are about 0.7 of the font size high.
        let below = match style.anchor().v_pos {
            VPos::Top => 0.85,
            VPos::Center => 0.35,
            VPos::Bottom => -0.2,
        };
        self.push(Shape::Text {
            x,
            y: y + size * below,
            text: text.to_owned(),
            size,
            ink: Pen::decode(style.color().rgb).ink,
            anchor: match style.anchor().h_pos {
                HPos::Left => Anchor::Start,
                HPos::Center => Anchor::Middle,
                HPos::Right => Anchor::End,
            },
            bold: matches!(style.style(), FontStyle::Bold),
            mono: matches!(style.family(), FontFamily::Monospace),
        })
    }

    /// Answered here: plotters' own answer would ask the browser's document, which a worker and
    /// the command line do not have.
    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let mono = matches!(style.family(), FontFamily::Monospace);
        let size = style.size() as f32;
        Ok((display::text_width(text, size, mono).ceil() as u32, size.ceil() as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pen_survives_its_colour_code() {
        let inks = [Ink::Surface, Ink::Accent, Ink::Ghost, Ink::Series(7)];
        let states = State::ALL.into_iter().map(Ink::State);
        for ink in inks.into_iter().chain(states) {
            for pen in [Pen::solid(ink), Pen::dashed(ink)] {
                let RGBColor(r, g, b) = pen.code();
                assert_eq!(Pen::decode((r, g, b)), pen);
            }
        }
        assert_eq!(Pen::decode((9, 9, 0)), Pen::solid(Ink::Text));
    }

    #[test]
    fn thin_lines_along_an_axis_lie_on_pixel_middles() {
        for (a, b, width, want) in [
            ((3.0, 1.0), (3.0, 9.0), 1.0, [(3.5, 1.0), (3.5, 9.0)]),
            ((1.0, 7.9), (9.0, 7.9), 1.0, [(1.0, 7.5), (9.0, 7.5)]),
            ((1.0, 2.0), (9.0, 7.0), 1.0, [(1.0, 2.0), (9.0, 7.0)]),
            ((3.0, 1.0), (3.0, 9.0), 2.0, [(3.0, 1.0), (3.0, 9.0)]),
        ] {
            assert_eq!(crisp(a, b, width), want);
        }
    }
}
