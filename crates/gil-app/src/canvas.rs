//! Draws a display list on a canvas.

use gil_view::display::{Anchor, Fill, Ink, List, Shape, Stroke};
use gil_view::theme::{Mark, Theme, Tile};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasPattern, CanvasRenderingContext2d, HtmlCanvasElement};

const SANS: &str = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";
const MONO: &str = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace";

/// A canvas and what it takes to draw on it. Remembers patterns, which are costly to make.
pub struct Surface {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    theme: Theme,
    ratio: f64,
    patterns: Vec<(Fill, CanvasPattern)>,
}

impl Surface {
    /// The surface of a canvas element; `None` where the browser gives no 2D context.
    pub fn new(canvas: HtmlCanvasElement, theme: Theme) -> Option<Surface> {
        let context = context_of(&canvas)?;
        Some(Surface { canvas, context, theme, ratio: 0.0, patterns: Vec::new() })
    }

    /// Changes the theme.
    pub fn set_theme(&mut self, theme: Theme) {
        if theme != self.theme {
            self.theme = theme;
            self.patterns.clear();
        }
    }

    /// Draws a picture, the canvas sized to it in device pixels.
    pub fn draw(&mut self, list: &List) {
        self.draw_at(list, gloo::utils::window().device_pixel_ratio().max(1.0));
    }

    /// Draws a picture with this many device pixels to a logical one.
    pub fn draw_at(&mut self, list: &List, ratio: f64) {
        self.resize(list.width, list.height, ratio);
        self.context.clear_rect(0.0, 0.0, f64::from(list.width), f64::from(list.height));
        for shape in &list.shapes {
            self.shape(shape);
        }
    }

    fn resize(&mut self, width: f32, height: f32, ratio: f64) {
        let pixels = |logical: f32| (f64::from(logical) * ratio).round() as u32;
        let (w, h) = (pixels(width), pixels(height));
        if self.canvas.width() != w || self.canvas.height() != h || ratio != self.ratio {
            self.canvas.set_width(w);
            self.canvas.set_height(h);
            let style = self.canvas.style();
            // A style that cannot be set leaves the size of the attributes: nothing is lost.
            let _ = style.set_property("width", &format!("{width}px"));
            let _ = style.set_property("height", &format!("{height}px"));
            self.ratio = ratio;
            self.patterns.clear();
        }
        let _ = self.context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { x, y, w, h, radius, fill, stroke } => {
                let context = &self.context;
                context.begin_path();
                let [x, y, w, h] = [*x, *y, *w, *h].map(f64::from);
                if *radius > 0.0 {
                    let _ = context.round_rect_with_f64(x, y, w, h, f64::from(*radius));
                } else {
                    context.rect(x, y, w, h);
                }
                self.paint(*fill, *stroke);
            }
            Shape::Circle { x, y, r, fill, stroke } => {
                self.arc(*x, *y, *r, 1.0);
                self.paint(*fill, *stroke);
            }
            Shape::Arc { x, y, r, part, stroke } => {
                self.arc(*x, *y, *r, *part);
                self.paint(None, Some(*stroke));
            }
            Shape::Path { points, fill, stroke } => {
                self.path(points, fill.is_some());
                self.paint(*fill, *stroke);
            }
            Shape::Text { .. } => self.text(shape),
            Shape::Clip { x, y, w, h } => {
                let context = &self.context;
                context.save();
                context.begin_path();
                context.rect(f64::from(*x), f64::from(*y), f64::from(*w), f64::from(*h));
                context.clip();
            }
            Shape::EndClip => self.context.restore(),
        }
    }

    fn arc(&self, x: f32, y: f32, r: f32, part: f32) {
        let top = -std::f64::consts::FRAC_PI_2;
        let end = top + std::f64::consts::TAU * f64::from(part.clamp(0.0, 1.0));
        self.context.begin_path();
        let _ = self.context.arc(f64::from(x), f64::from(y), f64::from(r.max(0.0)), top, end);
    }

    fn path(&self, points: &[(f32, f32)], close: bool) {
        let context = &self.context;
        context.begin_path();
        for (i, (x, y)) in points.iter().enumerate() {
            let (x, y) = (f64::from(*x), f64::from(*y));
            if i == 0 { context.move_to(x, y) } else { context.line_to(x, y) }
        }
        if close {
            context.close_path();
        }
    }

    fn paint(&mut self, fill: Option<Fill>, stroke: Option<Stroke>) {
        if let Some(fill) = fill {
            self.fill(fill);
        }
        if let Some(stroke) = stroke {
            self.stroke(stroke);
        }
    }

    fn fill(&mut self, fill: Fill) {
        match fill {
            Fill::Solid(ink) => self.fill_ink(ink, 1.0),
            Fill::Tint(ink, percent) => self.fill_ink(ink, f64::from(percent) / 100.0),
            Fill::Hatched(ink) | Fill::Dotted(ink) => match self.pattern(fill) {
                Some(pattern) => {
                    // The tile is in device pixels already: the path keeps its place, the
                    // pattern is not scaled.
                    self.context.set_fill_style_canvas_pattern(&pattern);
                    let _ = self.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
                    self.context.fill();
                    let ratio = self.ratio;
                    let _ = self.context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
                }
                None => self.fill_ink(ink, 0.4),
            },
        }
    }

    fn fill_ink(&self, ink: Ink, opacity: f64) {
        self.context.set_global_alpha(opacity);
        self.context.set_fill_style_str(self.theme.color(ink));
        self.context.fill();
        self.context.set_global_alpha(1.0);
    }

    fn stroke(&self, stroke: Stroke) {
        let context = &self.context;
        context.set_stroke_style_str(self.theme.color(stroke.ink));
        context.set_line_width(f64::from(stroke.width));
        context.set_line_cap("round");
        context.set_line_join("round");
        let dashes = js_sys::Array::new();
        if stroke.dashed {
            dashes.push(&JsValue::from(3.0));
            dashes.push(&JsValue::from(3.0));
        }
        let _ = context.set_line_dash(&dashes);
        context.stroke();
    }

    fn text(&self, shape: &Shape) {
        let Shape::Text { x, y, text, size, ink, anchor, bold, mono } = shape else { return };
        let context = &self.context;
        let weight = if *bold { 600 } else { 400 };
        let family = if *mono { MONO } else { SANS };
        context.set_font(&format!("{weight} {size}px {family}"));
        context.set_text_align(match anchor {
            Anchor::Start => "left",
            Anchor::Middle => "center",
            Anchor::End => "right",
        });
        context.set_fill_style_str(self.theme.color(*ink));
        let _ = context.fill_text(text, f64::from(*x), f64::from(*y));
    }

    fn pattern(&mut self, fill: Fill) -> Option<CanvasPattern> {
        if let Some((_, pattern)) = self.patterns.iter().find(|(known, _)| *known == fill) {
            return Some(pattern.clone());
        }
        let tile = tile_canvas(fill.tile()?, self.theme.color(fill.ink()), self.ratio)?;
        let pattern =
            self.context.create_pattern_with_html_canvas_element(&tile, "repeat").ok()??;
        self.patterns.push((fill, pattern.clone()));
        Some(pattern)
    }
}

fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// One tile of a pattern, in device pixels so that it stays sharp.
fn tile_canvas(tile: Tile, color: &str, ratio: f64) -> Option<HtmlCanvasElement> {
    let canvas = gloo::utils::document().create_element("canvas").ok()?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
    let side = (f64::from(tile.size) * ratio).round().max(2.0);
    canvas.set_width(side as u32);
    canvas.set_height(side as u32);
    let context = context_of(&canvas)?;
    context.set_fill_style_str(color);
    context.set_stroke_style_str(color);
    context.set_global_alpha(f64::from(tile.wash));
    context.fill_rect(0.0, 0.0, side, side);
    context.set_global_alpha(1.0);
    match tile.mark {
        Mark::Diagonal(width) => diagonal(&context, side, f64::from(width) * ratio),
        Mark::Dots(radius) => dots(&context, side, f64::from(radius) * ratio),
    }
    Some(canvas)
}

/// A diagonal whose ends continue in the neighbouring tiles.
fn diagonal(context: &CanvasRenderingContext2d, side: f64, width: f64) {
    context.set_line_width(width);
    context.begin_path();
    for shift in [-side, 0.0, side] {
        context.move_to(shift - side * 0.5, side * 1.5);
        context.line_to(shift + side * 1.5, -side * 0.5);
    }
    context.stroke();
}

fn dots(context: &CanvasRenderingContext2d, side: f64, radius: f64) {
    for centre in [0.25 * side, 0.75 * side] {
        context.begin_path();
        let _ = context.arc(centre, centre, radius, 0.0, std::f64::consts::TAU);
        context.fill();
    }
}
