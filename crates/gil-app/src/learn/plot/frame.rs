//! The axes of a plot, and where its points lie, in pixels.

use yew::prelude::*;

use super::scale::Scale;

/// Sizes and scales of a plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Width of all of it.
    pub width: f64,
    /// What stands at the places from left to right.
    pub columns: Vec<String>,
    /// The scale from bottom to top.
    pub scale: Scale,
    left: f64,
    right: f64,
}

/// Height of all of it, and of what is above and below the axes.
pub const HEIGHT: f64 = 280.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 46.0;

/// Width of a character of the labels, about.
const CHARACTER: f64 = 7.2;

impl Frame {
    /// A plot of this width, with room for labels at the end of its lines.
    pub fn new(width: f64, columns: Vec<String>, scale: Scale, labels: &[String]) -> Frame {
        let longest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0) as f64;
        let ticks = longest(&mut scale.ticks().iter().map(|tick| scale.words(*tick).len()));
        let ends = longest(&mut labels.iter().map(String::len)) * CHARACTER;
        let right = width - 18.0 - ends.min(width * 0.3);
        Frame { width, columns, scale, left: 14.0 + ticks * CHARACTER, right }
    }

    /// The place of a column from the left.
    pub fn x(&self, column: usize) -> f64 {
        let (from, to) = (self.left + 14.0, self.right - 6.0);
        let gaps = self.columns.len().saturating_sub(1).max(1) as f64;
        from + (to - from) * column as f64 / gaps
    }

    /// The column that is nearest to a place.
    pub fn column(&self, x: f64) -> usize {
        let far = |column: &usize| (self.x(*column) - x).abs();
        let columns = 0..self.columns.len();
        columns.min_by(|a, b| far(a).total_cmp(&far(b))).unwrap_or(0)
    }

    /// The place of a value from the top.
    pub fn y(&self, value: f64) -> f64 {
        HEIGHT - BOTTOM - self.scale.share(value) * (HEIGHT - BOTTOM - TOP)
    }

    /// How high a place is: 0 at the bottom of the axis, 1 at the top.
    pub fn share(&self, y: f64) -> f64 {
        (HEIGHT - BOTTOM - y) / (HEIGHT - BOTTOM - TOP)
    }

    /// The right end of the lines, in pixels.
    pub fn end(&self) -> f64 {
        self.x(self.columns.len().saturating_sub(1))
    }

    /// Grid, numbers and names of the axes.
    pub fn axes(&self, across: &str, up: &str) -> Html {
        let tick = |value: f64| {
            let y = pixels(self.y(value));
            html! {
                <>
                <line class="grid" x1={pixels(self.left)} x2={pixels(self.right)} y1={y.clone()} y2={y} />
                <text x={pixels(self.left - 6.0)} y={pixels(self.y(value) + 4.0)} text-anchor="end">
                    { self.scale.words(value) }
                </text>
                </>
            }
        };
        let column = |(at, name): (usize, &String)| {
            html! {
                <text x={pixels(self.x(at))} y={pixels(HEIGHT - BOTTOM + 18.0)} text-anchor="middle">{ name }</text>
            }
        };
        let middle = pixels((self.left + self.right) / 2.0);
        html! {
            <g aria-hidden="true">
                { for self.scale.ticks().into_iter().map(tick) }
                { for self.columns.iter().enumerate().map(column) }
                <text class="name" x="0" y="13">{ up }</text>
                <text class="name" x={middle} y={pixels(HEIGHT - 6.0)} text-anchor="middle">{ across }</text>
            </g>
        }
    }

    /// A line through points; it has gaps where there are none.
    pub fn path(&self, points: &[Option<f64>]) -> String {
        let mut path = String::new();
        let mut pen_down = false;
        for (at, point) in points.iter().enumerate() {
            if let Some(value) = point {
                let command = if pen_down { 'L' } else { 'M' };
                path += &format!("{command}{} {}", pixels(self.x(at)), pixels(self.y(*value)));
            }
            pen_down = point.is_some();
        }
        path
    }
}

/// A length in pixels as SVG has it.
pub fn pixels(value: f64) -> String {
    format!("{value:.1}")
}
