//! Line charts: the finding as title, lines labelled at their ends, the data behind them.
//!
//! A [`Chart`] is plain data. [`Chart::layout`] draws it, [`Chart::points`] says where its points
//! lie for pointer and keyboard, [`Chart::table`] is what a screen reader and a CSV file get.

mod draw;
mod labels;
mod marker;
pub mod picture;
mod scale;
mod table;

pub(crate) use labels::spread;
pub(crate) use marker::Marker;
pub(crate) use scale::log_ticks;
pub use table::Table;

use crate::display::List;

/// How values are spread along an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Evenly.
    Linear,
    /// Each doubling takes the same space. For numbers of threads and cores.
    Log2,
    /// Each tenfold takes the same space.
    Log10,
}

/// What the numbers of an axis are.
pub use gil_sim::metric::Unit;

/// One of the two axes.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What is on it: `threads`.
    pub label: String,
    /// How values are spread.
    pub scale: Scale,
    /// What they are.
    pub unit: Unit,
    /// Values that it reaches in any case, so that it stands still while points come in.
    pub covers: Option<(f64, f64)>,
}

impl Axis {
    /// An axis that reaches as far as its data.
    pub fn new(label: impl Into<String>, scale: Scale, unit: Unit) -> Axis {
        Axis { label: label.into(), scale, unit, covers: None }
    }
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// A line with small filled marks: what the simulation gives.
    Solid,
    /// A dotted line without marks: the ideal, a limit.
    Dotted,
    /// Hollow marks without a line: what was measured.
    Marks,
}

/// Points that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What it is called at its end and in the table.
    pub name: String,
    /// Its points by rising x. Those that a log scale cannot show are left out.
    pub points: Vec<(f64, f64)>,
    /// Its colour and the shape of its marks. A simulated and a measured series about the same
    /// thing share one.
    pub slot: u8,
    /// Whether it is the result before the last change.
    pub ghost: bool,
    /// How it is drawn.
    pub style: Style,
    /// Where points are medians of several runs: how far those reach.
    pub ranges: Vec<Range>,
}

/// How far the runs behind a point reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The point's place on the horizontal axis.
    pub x: f64,
    /// The lowest value.
    pub low: f64,
    /// The highest value.
    pub high: f64,
    /// The number of runs.
    pub runs: u32,
}

impl Series {
    /// A line with marks.
    pub fn line(name: impl Into<String>, slot: u8, points: Vec<(f64, f64)>) -> Series {
        Series {
            name: name.into(),
            points,
            slot,
            ghost: false,
            style: Style::Solid,
            ranges: Vec::new(),
        }
    }

    /// The ideal: a dotted line.
    pub fn ideal(name: impl Into<String>, points: Vec<(f64, f64)>) -> Series {
        Series { style: Style::Dotted, ..Series::line(name, 0, points) }
    }

    /// Measured values: marks.
    pub fn measured(name: impl Into<String>, slot: u8, points: Vec<(f64, f64)>) -> Series {
        Series { style: Style::Marks, ..Series::line(name, slot, points) }
    }

    /// The same series as a result before the last change, of which medians are enough.
    pub fn into_ghost(self) -> Series {
        Series { ghost: true, ranges: Vec::new(), ..self }
    }
}

/// A line chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The finding, as a sentence.
    pub title: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// Lines and marks, the first at the bottom. They may be incomplete.
    pub series: Vec<Series>,
    /// The hovered, focused or selected point: series and index in it.
    pub focus: Option<(usize, usize)>,
    /// Width in logical pixels.
    pub width: f32,
    /// Height in logical pixels.
    pub height: f32,
}

/// Where a point of a series lies in the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlotPoint {
    /// Index of its series.
    pub series: usize,
    /// Its index in the series.
    pub index: usize,
    /// Pixels from the left.
    pub x: f32,
    /// Pixels from the top.
    pub y: f32,
}

impl Chart {
    /// The picture.
    pub fn layout(&self) -> List {
        draw::chart(self)
    }

    /// All points that are shown, series by series.
    pub fn points(&self) -> Vec<PlotPoint> {
        let frame = draw::Frame::new(self);
        let of_series = |series| self.shown(series).map(move |(index, _)| (series, index));
        (0..self.series.len())
            .flat_map(of_series)
            .map(|(series, index)| {
                let (x, y) = frame.place(self.series[series].points[index]);
                PlotPoint { series, index, x, y }
            })
            .collect()
    }

    /// The nearest point within `radius` pixels. Ghosts and ideal lines only where nothing else is.
    pub fn nearest(&self, x: f32, y: f32, radius: f32) -> Option<PlotPoint> {
        let distance = |p: &PlotPoint| (p.x - x).hypot(p.y - y);
        let rank = |p: &PlotPoint| {
            let series = &self.series[p.series];
            (series.ghost, series.style == Style::Dotted)
        };
        let by_rank = |a: &PlotPoint, b: &PlotPoint| {
            rank(a).cmp(&rank(b)).then(distance(a).total_cmp(&distance(b)))
        };
        self.points().into_iter().filter(|p| distance(p) <= radius).min_by(by_rank)
    }

    /// The data behind the picture.
    pub fn table(&self) -> Table {
        table::of(self)
    }

    /// The points of a series that the scales have a place for, with their indices.
    fn shown(&self, series: usize) -> impl DoubleEndedIterator<Item = (usize, (f64, f64))> {
        let points = self.series[series].points.iter().copied().enumerate();
        points.filter(|(_, (x, y))| self.x.scale.shows(*x) && self.y.scale.shows(*y))
    }

    /// The ranges of a series that can be told from a point and that the scales have a place for.
    fn ranges(&self, series: usize) -> impl Iterator<Item = Range> {
        let shows = |range: &Range| {
            let ends = [range.low, range.high];
            self.x.scale.shows(range.x) && ends.iter().all(|y| self.y.scale.shows(*y))
        };
        self.series[series]
            .ranges
            .iter()
            .copied()
            .filter(move |range| range.runs > 1 && range.low < range.high && shows(range))
    }

    /// The point that has the focus, if it is shown.
    fn focused(&self) -> Option<(usize, (f64, f64))> {
        let (series, index) = self.focus?;
        self.series.get(series)?;
        let (_, point) = self.shown(series).find(|(i, _)| *i == index)?;
        Some((series, point))
    }
}

#[cfg(test)]
mod tests;
