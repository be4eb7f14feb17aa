//! A display list as a standalone SVG file: text stays text, patterns stay patterns.

use std::f32::consts::TAU;
use std::fmt::Write;

use crate::display::{Anchor, Fill, Ink, List, Shape, Stroke};
use crate::theme::{Mark, Theme, Tile};

/// What a picture is called, for people and for the page that it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Caption<'a> {
    /// Its title.
    pub title: &'a str,
    /// What it shows, in a sentence or more; may be empty.
    pub description: &'a str,
    /// Begins the ids in the file: different ones allow several pictures in one page.
    pub id: &'a str,
}

/// The whole SVG document, without an XML declaration: it can also stand inside HTML.
pub fn render(list: &List, theme: &Theme, caption: &Caption) -> String {
    document(list, theme, caption, None)
}

/// As [`render`], and a click anywhere leads to `address`, unless that is none that a picture may
/// lead to: see [`is_address`].
pub fn render_linked(list: &List, theme: &Theme, caption: &Caption, address: &str) -> String {
    document(list, theme, caption, Some(address).filter(|address| is_address(address)))
}

/// Whether a text is the address of a page or of a file: `http`, `https` or `file`, without white
/// space. Everything else, as a script, is refused as the target of a link.
pub fn is_address(text: &str) -> bool {
    let scheme = |name: &str| {
        let (head, rest) = text.split_at_checked(name.len()).unwrap_or_default();
        head.eq_ignore_ascii_case(name) && !rest.is_empty()
    };
    ["http://", "https://", "file://"].into_iter().any(scheme)
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

fn document(list: &List, theme: &Theme, caption: &Caption, address: Option<&str>) -> String {
    let mut svg = Svg { theme, id: ident(caption.id), out: String::new(), clips: 0, open: 0 };
    svg.head(list, caption, address.is_some());
    if let Some(address) = address {
        svg.open_link(address);
    }
    svg.patterns(list);
    svg.rect(0.0, 0.0, list.width, list.height, 0.0);
    svg.paint(Some(Fill::Solid(Ink::Surface)), None);
    for shape in &list.shapes {
        svg.shape(shape);
    }
    svg.close_groups();
    if address.is_some() {
        svg.out += "</a>";
    }
    svg.out += "</svg>\n";
    svg.out
}

const SANS: &str = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
const MONO: &str = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";

struct Svg<'a> {
    theme: &'a Theme,
    id: String,
    out: String,
    clips: usize,
    open: usize,
}

/// Appends formatted text; writing into a string cannot fail.
macro_rules! put {
    ($svg:expr, $($format:tt)*) => {
        write!($svg.out, $($format)*).unwrap_or_default()
    };
}

impl Svg<'_> {
    fn head(&mut self, list: &List, caption: &Caption, linked: bool) {
        // What is inside an image is hidden from screen readers, and a link must not be.
        let role = if linked { "group" } else { "img" };
        let (w, h, id) = (Num(list.width), Num(list.height), self.id.clone());
        put!(self, r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}""#);
        put!(self, r#" viewBox="0 0 {w} {h}" role="{role}" aria-labelledby="{id}title""#);
        put!(self, r#" font-family="{SANS}"><title id="{id}title">{}</title>"#, Xml(caption.title));
        if !caption.description.is_empty() {
            put!(self, "<desc>{}</desc>", Xml(caption.description));
        }
        self.out.push('\n');
    }

    /// In a page that shows the picture as an object the whole page follows the link.
    fn open_link(&mut self, address: &str) {
        let id = self.id.clone();
        put!(self, r#"<a href="{}" target="_top" aria-labelledby="{id}title">"#, Xml(address));
        self.out.push('\n');
    }

    fn close_groups(&mut self) {
        for _ in 0..self.open {
            self.out += "</g>";
        }
    }

    fn patterns(&mut self, list: &List) {
        let mut seen: Vec<Fill> = Vec::new();
        for fill in list.shapes.iter().filter_map(fill_of) {
            if let Some(tile) = fill.tile()
                && !seen.contains(&fill)
            {
                seen.push(fill);
                self.pattern(fill, tile);
            }
        }
    }

    fn pattern(&mut self, fill: Fill, tile: Tile) {
        let (id, s, color) = (self.pattern_id(fill), tile.size, self.theme.color(fill.ink()));
        put!(self, r#"<pattern id="{id}" width="{s}" height="{s}" "#);
        put!(self, r#"patternUnits="userSpaceOnUse"><rect width="{s}" height="{s}" "#);
        put!(self, r#"fill="{color}" fill-opacity="{}"/>"#, Num(tile.wash));
        match tile.mark {
            Mark::Diagonal(width) => {
                // Three parallels: the outer two fill the corners that the line's width cuts off.
                put!(
                    self,
                    r#"<path d="M-1 1L1 -1M0 {s}L{s} 0M{} {}L{} {}" "#,
                    s - 1.0,
                    s + 1.0,
                    s + 1.0,
                    s - 1.0
                );
                put!(self, r#"stroke="{color}" stroke-width="{}"/>"#, Num(width));
            }
            Mark::Dots(r) => {
                for at in [s * 0.25, s * 0.75].map(Num) {
                    put!(self, r#"<circle cx="{at}" cy="{at}" r="{}" fill="{color}"/>"#, Num(r));
                }
            }
        }
        self.out += "</pattern>\n";
    }

    fn pattern_id(&self, fill: Fill) -> String {
        let kind = if matches!(fill, Fill::Hatched(_)) { "hatched" } else { "dotted" };
        let ink: String =
            format!("{:?}", fill.ink()).chars().filter(char::is_ascii_alphanumeric).collect();
        format!("{}{kind}-{ink}", self.id)
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { x, y, w, h, radius, fill, stroke } => {
                self.rect(*x, *y, *w, *h, *radius);
                self.paint(*fill, stroke.as_ref());
            }
            Shape::Circle { x, y, r, fill, stroke } => {
                put!(self, r#"<circle cx="{}" cy="{}" r="{}""#, Num(*x), Num(*y), Num(*r));
                self.paint(*fill, stroke.as_ref());
            }
            Shape::Arc { x, y, r, part, stroke } => self.arc(*x, *y, *r, *part, stroke),
            Shape::Path { points, fill, stroke } => {
                self.path(points, fill.is_some());
                self.paint(*fill, stroke.as_ref());
            }
            Shape::Text { .. } => self.text(shape),
            Shape::Clip { x, y, w, h } => self.clip(*x, *y, *w, *h),
            Shape::EndClip => self.end_clip(),
        }
    }

    fn rect(&mut self, x: f32, y: f32, w: f32, h: f32, radius: f32) {
        let (w, h) = (w.max(0.0), h.max(0.0));
        put!(self, r#"<rect x="{}" y="{}" width="{}" height="{}""#, Num(x), Num(y), Num(w), Num(h));
        if radius > 0.0 {
            put!(self, r#" rx="{}""#, Num(radius));
        }
    }

    fn arc(&mut self, x: f32, y: f32, r: f32, part: f32, stroke: &Stroke) {
        if part >= 1.0 {
            put!(self, r#"<circle cx="{}" cy="{}" r="{}""#, Num(x), Num(y), Num(r));
        } else {
            let angle = part.max(0.0) * TAU;
            let (end_x, end_y) = (x + r * angle.sin(), y - r * angle.cos());
            let (r, large) = (Num(r), u8::from(part > 0.5));
            put!(self, r#"<path d="M{} {}A{r} {r} 0 {large} 1 "#, Num(x), Num(y - r.0));
            put!(self, r#"{} {}""#, Num(end_x), Num(end_y));
        }
        self.paint(None, Some(stroke));
    }

    /// Steps from point to point rather than places: most paths are stairs of many small steps, and
    /// these are short to write. Steps between rounded places, so that nothing adds up.
    fn path(&mut self, points: &[(f32, f32)], close: bool) {
        self.out += r#"<path d=""#;
        let mut before = None;
        for (x, y) in points.iter().map(|(x, y)| (Hundredths::of(*x), Hundredths::of(*y))) {
            match before {
                None => put!(self, "M{x} {y}"),
                Some((last, above)) => self.step(x - last, y - above),
            }
            before = Some((x, y));
        }
        self.out += if close && !points.is_empty() { "Z\"" } else { "\"" };
    }

    fn step(&mut self, right: Hundredths, down: Hundredths) {
        match (right, down) {
            (_, Hundredths(0)) => put!(self, "h{right}"),
            (Hundredths(0), _) => put!(self, "v{down}"),
            _ => put!(self, "l{right} {down}"),
        }
    }

    fn text(&mut self, shape: &Shape) {
        let Shape::Text { x, y, text, size, ink, anchor, bold, mono } = shape else { return };
        let color = self.theme.color(*ink);
        put!(self, r#"<text x="{}" y="{}" font-size="{}""#, Num(*x), Num(*y), Num(*size));
        match anchor {
            Anchor::Start => {}
            Anchor::Middle => self.out += r#" text-anchor="middle""#,
            Anchor::End => self.out += r#" text-anchor="end""#,
        }
        if *bold {
            self.out += r#" font-weight="600""#;
        }
        if *mono {
            put!(self, r#" font-family="{MONO}""#);
        }
        put!(self, "{}{color}\">{}</text>\n", " fill=\"", Xml(text));
    }

    fn clip(&mut self, x: f32, y: f32, w: f32, h: f32) {
        self.clips += 1;
        self.open += 1;
        let id = format!("{}clip-{}", self.id, self.clips);
        put!(self, r#"<clipPath id="{id}">"#);
        self.rect(x, y, w, h, 0.0);
        put!(self, "/></clipPath><g clip-path=\"url(#{id})\">\n");
    }

    fn end_clip(&mut self) {
        if self.open > 0 {
            self.open -= 1;
            self.out += "</g>\n";
        }
    }

    /// Ends an element that has its geometry with what it is painted with.
    fn paint(&mut self, fill: Option<Fill>, stroke: Option<&Stroke>) {
        match fill {
            None => self.out += r#" fill="none""#,
            Some(fill) if fill.tile().is_some() => {
                let id = self.pattern_id(fill);
                put!(self, r#" fill="url(#{id})""#);
            }
            Some(fill) => {
                put!(self, " fill=\"{}\"", self.theme.color(fill.ink()));
                if let Fill::Tint(_, percent) = fill {
                    put!(self, r#" fill-opacity="{}""#, Num(f32::from(percent.min(100)) / 100.0));
                }
            }
        }
        if let Some(stroke) = stroke {
            self.stroke(stroke);
        }
        self.out += "/>\n";
    }

    fn stroke(&mut self, stroke: &Stroke) {
        let (color, width) = (self.theme.color(stroke.ink), Num(stroke.width));
        put!(self, r#" stroke="{color}" stroke-width="{width}""#);
        if stroke.dashed {
            self.out += r#" stroke-dasharray="4 3""#;
        }
    }
}

fn fill_of(shape: &Shape) -> Option<Fill> {
    match shape {
        Shape::Rect { fill, .. } | Shape::Circle { fill, .. } | Shape::Path { fill, .. } => *fill,
        _ => None,
    }
}

/// Letters, digits and dashes only, with a dash behind it, so that an id needs no escaping.
fn ident(id: &str) -> String {
    let mut id: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    if !id.is_empty() {
        id.push('-');
    }
    id
}

/// A length in hundredths of a pixel.
#[derive(Clone, Copy, PartialEq)]
struct Hundredths(i64);

impl Hundredths {
    /// The nearest one; 0 where it is not finite.
    fn of(length: f32) -> Hundredths {
        let hundredths = (f64::from(length) * 100.0).round();
        Hundredths(if hundredths.is_finite() { hundredths as i64 } else { 0 })
    }
}

impl std::ops::Sub for Hundredths {
    type Output = Hundredths;

    fn sub(self, other: Hundredths) -> Hundredths {
        Hundredths(self.0.saturating_sub(other.0))
    }
}

impl std::fmt::Display for Hundredths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = (self.0 as f64 / 100.0).to_string();
        // ".5" is as good as "0.5".
        match text.strip_prefix("0.") {
            Some(rest) => write!(f, ".{rest}"),
            None => match text.strip_prefix("-0.") {
                Some(rest) => write!(f, "-.{rest}"),
                None => f.write_str(&text),
            },
        }
    }
}

/// A coordinate with at most two decimals; 0 where it is not finite.
#[derive(Clone, Copy, PartialEq)]
struct Num(f32);

impl std::fmt::Display for Num {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rounded = (f64::from(self.0) * 100.0).round() / 100.0;
        // Adding zero turns -0 into 0.
        write!(f, "{}", if rounded.is_finite() { rounded + 0.0 } else { 0.0 })
    }
}

/// Text with what means something to XML escaped, and without what XML 1.0 does not allow.
struct Xml<'a>(&'a str);

impl std::fmt::Display for Xml<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\t' | '\n' | '\r' => f.write_char(' ')?,
                c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
