//! A chart whose points know their runs.

use gil_sim::Outcome;

use super::{Axis, Chart, PlotPoint, Range, Series};
use crate::display::{Fill, Ink, List, Shape, Stroke};

/// What names the run behind a point.
pub trait PointKey: Copy + PartialEq + 'static {}

impl<T: Copy + PartialEq + 'static> PointKey for T {}

/// A chart whose points know their runs.
#[derive(Clone, PartialEq)]
pub struct Picture<R> {
    /// What it says, in a sentence.
    pub finding: String,
    /// The chart, without a title: the finding is text on the page.
    pub chart: Chart,
    /// Points whose runs did not end by themselves.
    pub cut: Vec<(usize, usize)>,
    /// The point that is the scenario as it is.
    pub current: Option<(usize, usize)>,
    /// For each series the runs of its points; none where it cannot be opened.
    runs: Vec<Vec<R>>,
}

impl<R: PointKey> Picture<R> {
    /// An empty chart of that width.
    pub fn new(finding: String, x: Axis, y: Axis, width: f32) -> Picture<R> {
        let height = if width < 520.0 { 340.0 } else { 320.0 };
        let (title, series, focus) = (String::new(), Vec::new(), None);
        let chart = Chart { title, x, y, series, focus, width, height };
        Picture { finding, chart, cut: Vec::new(), current: None, runs: Vec::new() }
    }

    /// Adds a line that cannot be opened, unless it is empty.
    pub fn backdrop(&mut self, series: Series) {
        self.push(series, Vec::new());
    }

    /// Adds a line with the run behind each of its points, unless it is empty.
    pub fn line(&mut self, name: String, slot: u8, points: Vec<(f64, f64, R)>) {
        self.line_of_medians(name, slot, points, Vec::new());
    }

    /// The same for points that are medians, with how far the runs behind them reach.
    pub fn line_of_medians(
        &mut self,
        name: String,
        slot: u8,
        points: Vec<(f64, f64, R)>,
        ranges: Vec<Range>,
    ) {
        let runs = points.iter().map(|(.., run)| *run).collect();
        let points = points.into_iter().map(|(x, y, _)| (x, y)).collect();
        self.push(Series { ranges, ..Series::line(name, slot, points) }, runs);
    }

    fn push(&mut self, series: Series, runs: Vec<R>) {
        if !series.points.is_empty() {
            self.chart.series.push(series);
            self.runs.push(runs);
        }
    }

    /// Says which points are runs that were cut, and which is the scenario as it is.
    pub fn mark(&mut self, cut: impl Fn(R) -> bool, current: impl Fn(R) -> bool) {
        let places = |wanted: &dyn Fn(R) -> bool| {
            let all = self.targets().map(|point| (point.series, point.index));
            all.filter(|place| self.target(*place).is_some_and(wanted)).collect::<Vec<_>>()
        };
        (self.cut, self.current) = (places(&cut), places(&current).first().copied());
    }

    /// The run behind a point.
    pub fn target(&self, (series, index): (usize, usize)) -> Option<R> {
        self.runs.get(series)?.get(index).copied()
    }

    /// The point of a run.
    pub fn place_of(&self, run: R) -> Option<(usize, usize)> {
        let mut places = self.targets().map(|point| (point.series, point.index));
        places.find(|place| self.target(*place) == Some(run))
    }

    /// Points that can be opened, with their places.
    pub fn targets(&self) -> impl Iterator<Item = PlotPoint> {
        let open = |point: &PlotPoint| self.target((point.series, point.index)).is_some();
        self.chart.points().into_iter().filter(open)
    }

    /// The point next to one in a direction, where there is one: along its line, or on the line
    /// above or below.
    pub fn neighbour(&self, from: (usize, usize), way: Way) -> Option<(usize, usize)> {
        let here = self.targets().find(|p| (p.series, p.index) == from)?;
        // Of lines that run on one another the later one counts as the upper one.
        let above = |p: &PlotPoint| (-p.y, p.series) > (-here.y, here.series);
        let ahead = |p: &PlotPoint| match way {
            Way::Left => p.series == here.series && p.x < here.x,
            Way::Right => p.series == here.series && p.x > here.x,
            Way::Up => p.series != here.series && p.x == here.x && above(p),
            Way::Down => p.series != here.series && p.x == here.x && !above(p),
        };
        let distance =
            |p: &PlotPoint| ((p.x - here.x).hypot(p.y - here.y), p.series.abs_diff(here.series));
        let nearest = |a: &PlotPoint, b: &PlotPoint| {
            let ((a, behind), (b, before)) = (distance(a), distance(b));
            a.total_cmp(&b).then(behind.cmp(&before))
        };
        self.targets().filter(ahead).min_by(nearest).map(|p| (p.series, p.index))
    }

    /// The chart, hollow points where runs were cut, and a ring around the scenario as it is. The
    /// point with the `focus` has a card with its values.
    pub fn layout(&self, focus: Option<(usize, usize)>) -> List {
        let plain = self.chart.layout();
        let chart = Chart { focus, ..self.chart.clone() };
        let mut list = if focus.is_some() { chart.layout() } else { plain.clone() };
        // Below the card of the selected point, which comes last.
        let below = plain.shapes.len();
        list.shapes.splice(below..below, self.marks(focus));
        list
    }

    fn marks(&self, focus: Option<(usize, usize)>) -> Vec<Shape> {
        let mut marks = Vec::new();
        for PlotPoint { series, index, x, y } in self.chart.points() {
            let place = Some((series, index));
            if self.cut.contains(&(series, index)) {
                let stroke = Some(Stroke { ink: Ink::Warning, width: 1.5, dashed: false });
                let fill = Some(Fill::Solid(Ink::Surface));
                marks.push(Shape::Circle { x, y, r: 4.5, fill, stroke });
            }
            if place == self.current && focus != self.current {
                let stroke = Some(Stroke { ink: Ink::Text, width: 1.5, dashed: false });
                marks.push(Shape::Circle { x, y, r: 7.5, fill: None, stroke });
            }
        }
        marks
    }

    /// Where the keyboard begins: at the scenario as it is, or at the first point.
    pub fn entry(&self) -> Option<(usize, usize)> {
        let first = || self.targets().next().map(|point| (point.series, point.index));
        self.current.or_else(first)
    }
}

/// A direction of the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Back along the line.
    Left,
    /// On along the line.
    Right,
    /// To the line above.
    Up,
    /// To the line below.
    Down,
}

/// What is to be said about a run that did not end by itself.
pub fn cut(outcome: &Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Completed => None,
        Outcome::TimeLimit => Some("cut at its time limit"),
        Outcome::EventLimit => Some("cut after 150,000 events"),
        Outcome::Deadlock(_) => Some("ends in a deadlock"),
    }
}
