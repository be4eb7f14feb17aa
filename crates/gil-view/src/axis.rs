//! The axis of time: which stretch of a run is seen, where a time lies on the screen, and which
//! times are worth a label.

use gil_sim::Nanos;

use crate::text;

/// No window is shorter: below this a step of the protocol is a single point anyway.
pub const MIN_WINDOW: Nanos = Nanos::from_micros(1);

/// A window of simulated time and the stretch of pixels that shows it.
///
/// The window is kept in whole nanoseconds and always lies within the run. Pixels are derived
/// from it, never the other way round, so that zooming in and out again does not wear it down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeScale {
    from: Nanos,
    to: Nanos,
    end: Nanos,
    left: f32,
    width: f32,
}

impl TimeScale {
    /// All of a run that ends at `end`, on pixels 0 to 1000 until it is [placed](Self::placed).
    pub fn new(end: Nanos) -> TimeScale {
        let end = end.max(Nanos(1));
        TimeScale { from: Nanos::ZERO, to: end, end, left: 0.0, width: 1000.0 }
    }

    /// The same window, shown from pixel `left` on, `width` pixels wide.
    pub fn placed(self, left: f32, width: f32) -> TimeScale {
        TimeScale { left, width: width.max(1.0), ..self }
    }

    /// The window from one time to another, in either order; widened to [`MIN_WINDOW`] and moved
    /// into the run where needed.
    pub fn window(self, a: Nanos, b: Nanos) -> TimeScale {
        let (first, asked) = (a.min(b), a.max(b) - a.min(b));
        let missing = self.clamp_span(asked.0).saturating_sub(asked.0);
        self.fit(i128::from(first.0) - i128::from(missing / 2), asked.0)
    }

    /// First nanosecond of the window.
    pub fn from(&self) -> Nanos {
        self.from
    }

    /// First nanosecond after the window.
    pub fn to(&self) -> Nanos {
        self.to
    }

    /// The end of the run.
    pub fn end(&self) -> Nanos {
        self.end
    }

    /// Length of the window.
    pub fn span(&self) -> Nanos {
        self.to - self.from
    }

    /// Left edge in pixels.
    pub fn left(&self) -> f32 {
        self.left
    }

    /// Right edge in pixels.
    pub fn right(&self) -> f32 {
        self.left + self.width
    }

    /// Width in pixels.
    pub fn width(&self) -> f32 {
        self.width
    }

    /// Nanoseconds that share one pixel; less than 1 when zoomed in far.
    pub fn nanos_per_pixel(&self) -> f64 {
        self.span().0 as f64 / f64::from(self.width)
    }

    /// The pixel of a time, also of times outside the window.
    pub fn x_of(&self, at: Nanos) -> f32 {
        let offset = i128::from(at.0) - i128::from(self.from.0);
        (f64::from(self.left) + offset as f64 / self.nanos_per_pixel()) as f32
    }

    /// The time at a pixel, held within the window.
    pub fn time_at(&self, x: f32) -> Nanos {
        let offset = f64::from(x - self.left) * self.nanos_per_pixel();
        // A float cast saturates: what lies left of the window becomes 0.
        (self.from + Nanos(offset.round() as u64)).min(self.to)
    }

    /// Length of a stretch of time in pixels.
    pub fn pixels(&self, time: Nanos) -> f32 {
        (time.0 as f64 / self.nanos_per_pixel()) as f32
    }

    /// Zooms in (`factor` above 1) or out, so that the time under pixel `x` stays where it is
    /// unless the run ends there.
    pub fn zoom(self, x: f32, factor: f64) -> TimeScale {
        if !(factor.is_finite() && factor > 0.0) {
            return self;
        }
        let part = f64::from((x - self.left) / self.width).clamp(0.0, 1.0);
        let old = self.span().0 as f64;
        let span = self.clamp_span((old / factor).round() as u64);
        let shift = (part * (old - span as f64)).round() as i128;
        self.fit(i128::from(self.from.0) + shift, span)
    }

    /// Moves the picture by `dx` pixels, as a finger does: to the right shows what was before.
    ///
    /// Rounds to whole nanoseconds: apply a drag as a whole to the scale it began with.
    pub fn pan(self, dx: f32) -> TimeScale {
        let shift = (f64::from(dx) * self.nanos_per_pixel()).round() as i128;
        self.fit(i128::from(self.from.0) - shift, self.span().0)
    }

    /// The window that contains a time: the same one where it does already, or else moved so that
    /// the time lies a fifth from the left. For a playhead that runs out of the picture.
    pub fn reveal(self, at: Nanos) -> TimeScale {
        if self.from <= at && at < self.to {
            return self;
        }
        let span = self.span().0;
        self.fit(i128::from(at.0) - i128::from(span / 5), span)
    }

    fn clamp_span(&self, span: u64) -> u64 {
        span.max(MIN_WINDOW.0).min(self.end.0)
    }

    fn fit(self, from: i128, span: u64) -> TimeScale {
        let span = self.clamp_span(span);
        let from = from.clamp(0, i128::from(self.end.0 - span)) as u64;
        TimeScale { from: Nanos(from), to: Nanos(from + span), ..self }
    }
}

/// A unit of time on an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Nanoseconds.
    Ns,
    /// Microseconds.
    Us,
    /// Milliseconds.
    Ms,
    /// Seconds.
    S,
}

impl Unit {
    const LARGEST_FIRST: [Unit; 4] = [Unit::S, Unit::Ms, Unit::Us, Unit::Ns];

    /// Its length.
    pub fn nanos(self) -> Nanos {
        Nanos(10u64.pow(3 * self as u32))
    }

    /// How it is written, as in the text form of [`Nanos`].
    pub fn symbol(self) -> &'static str {
        match self {
            Unit::Ns => "ns",
            Unit::Us => "us",
            Unit::Ms => "ms",
            Unit::S => "s",
        }
    }
}

/// How all times of one axis are written: one unit, one number of decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeFormat {
    /// The unit.
    pub unit: Unit,
    /// Digits after the point.
    pub decimals: u32,
}

impl TimeFormat {
    /// The format that tells multiples of `step` apart, up to the time `largest`, in the largest
    /// unit that needs no more than three decimals.
    pub fn for_step(step: Nanos, largest: Nanos) -> TimeFormat {
        Unit::LARGEST_FIRST
            .into_iter()
            .map(|unit| TimeFormat { unit, decimals: decimals_needed(step, unit) })
            .find(|format| format.unit.nanos() <= largest && format.decimals <= 3)
            .unwrap_or(TimeFormat { unit: Unit::Ns, decimals: 0 })
    }

    /// One more decimal, unless that would be less than a nanosecond.
    pub fn finer(self) -> TimeFormat {
        let smallest = 3 * self.unit as u32;
        TimeFormat { decimals: (self.decimals + 1).min(smallest), ..self }
    }

    /// A time with its unit, rounded half up: `5.14 ms`, `12 345.6 us`.
    pub fn write(&self, at: Nanos) -> String {
        let unit = self.unit.nanos().0;
        let parts = 10u64.pow(self.decimals);
        let quantum = (unit / parts).max(1);
        let count = at.0 / quantum + u64::from(at.0 % quantum >= quantum.div_ceil(2).max(1));
        let mut text = grouped(count / parts);
        if self.decimals > 0 {
            text += &format!(".{:0digits$}", count % parts, digits = self.decimals as usize);
        }
        text + " " + self.unit.symbol()
    }
}

fn decimals_needed(step: Nanos, unit: Unit) -> u32 {
    let all = 3 * unit as u32;
    (0..all).find(|d| step.0.is_multiple_of(unit.nanos().0 / 10u64.pow(*d))).unwrap_or(all)
}

/// Digits in groups of three from 10 000 on, with spaces that are narrow and do not break.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// A time with a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// The time that it marks.
    pub at: Nanos,
    /// What is written there.
    pub label: String,
}

/// The ticks of an axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticks {
    /// Distance of the labelled ticks: 1, 2 or 5 times a power of ten nanoseconds.
    pub step: Nanos,
    /// How the labels are written.
    pub format: TimeFormat,
    /// Ticks with labels, in order.
    pub major: Vec<Tick>,
    /// Ticks between them without labels, in order.
    pub minor: Vec<Nanos>,
}

/// Room between two labels, in pixels.
const LABEL_GAP: f32 = 20.0;
/// Least distance of ticks without labels, in pixels.
const MINOR_GAP: f32 = 6.0;

/// The ticks of a window, as close as labels of `font_size` pixels allow.
pub fn ticks(scale: &TimeScale, font_size: f32) -> Ticks {
    let fits = |step: Nanos| {
        let widest = TimeFormat::for_step(step, scale.to()).write(scale.to());
        scale.pixels(step) >= text::width(&widest, font_size, true) + LABEL_GAP
    };
    // 2^64 ns are 1.8e19: the last step that is tried is longer than most runs.
    let step = (0..18)
        .flat_map(|power| [1, 2, 5].map(|n| Nanos(n * 10u64.pow(power))))
        .find(|step| fits(*step))
        .unwrap_or(Nanos(10u64.pow(18)));
    let format = TimeFormat::for_step(step, scale.to());
    let major = multiples(scale, step).map(|at| Tick { at, label: format.write(at) }).collect();
    Ticks { step, format, major, minor: minor_ticks(scale, step) }
}

fn minor_ticks(scale: &TimeScale, step: Nanos) -> Vec<Nanos> {
    let leading = step.0 / 10u64.pow(step.0.ilog10());
    let parts = if leading == 2 { 4 } else { 5 };
    let minor = Nanos(step.0 / parts);
    if !step.0.is_multiple_of(parts) || scale.pixels(minor) < MINOR_GAP {
        return Vec::new();
    }
    multiples(scale, minor).filter(|at| !at.0.is_multiple_of(step.0)).collect()
}

/// The multiples of a step in the window, its end included.
fn multiples(scale: &TimeScale, step: Nanos) -> impl Iterator<Item = Nanos> + use<> {
    let (first, last) = (scale.from().0.div_ceil(step.0), scale.to().0 / step.0);
    (first..=last).map(move |n| step * n)
}
