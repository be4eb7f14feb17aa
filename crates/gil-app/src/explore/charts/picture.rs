//! From the results of a sweep to a chart.

use gil_sim::sweep::{Point, Work};
use gil_sim::{Nanos, Outcome};
use gil_view::chart::{Axis, Chart, PlotPoint, Scale, Series, Unit};
use gil_view::words::{count, number};

use super::finding;
use super::results::Results;

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// How many times as fast as one thread.
    SpeedUp,
    /// Passes per second.
    Throughput,
    /// How long finished I/O waits for its thread.
    Latency,
}

impl Kind {
    /// All kinds, in the order of the buttons.
    pub const ALL: [Kind; 3] = [Kind::SpeedUp, Kind::Throughput, Kind::Latency];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Kind::SpeedUp => "Speed-up",
            Kind::Throughput => "Throughput",
            Kind::Latency => "Latency",
        }
    }
}

/// A run behind a point of the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its curve.
    pub work: Work,
    /// Its number of threads.
    pub threads: u16,
}

/// A chart whose points know their runs.
#[derive(Clone, PartialEq)]
pub struct Picture {
    /// What it says, in a sentence.
    pub finding: String,
    /// The chart, without a title: the finding is text on the page.
    pub chart: Chart,
    /// For each series the work it shows; `None` where it cannot be opened.
    works: Vec<Option<Work>>,
    /// Points whose runs did not end by themselves.
    pub cut: Vec<(usize, usize)>,
}

impl Picture {
    /// The picture of some results, the results before the last change behind them.
    pub fn new(kind: Kind, now: &Results, before: Option<&Results>, width: f32) -> Picture {
        let mut builder = Builder::default();
        builder.lines(kind, now);
        if let Some(before) = before {
            builder.ghosts(kind, before);
        }
        let (label, scale, unit) = match kind {
            Kind::SpeedUp => ("times as fast as one thread", Scale::Log2, Unit::Times),
            Kind::Throughput => ("passes per second", Scale::Log10, Unit::PerSecond),
            Kind::Latency => ("from I/O complete to GIL", Scale::Log10, Unit::Time),
        };
        let x =
            Axis { covers: Some((1.0, 64.0)), ..Axis::new("threads", Scale::Log2, Unit::Number) };
        let chart = Chart {
            title: String::new(),
            x,
            y: Axis::new(label, scale, unit),
            series: builder.series,
            focus: None,
            width,
            height: if width < 520.0 { 340.0 } else { 320.0 },
        };
        let finding = finding::title(kind, now);
        let mut picture = Picture { finding, chart, works: builder.works, cut: Vec::new() };
        picture.cut = picture.find_cut(now);
        picture
    }

    fn find_cut(&self, now: &Results) -> Vec<(usize, usize)> {
        let is_cut = |place: &(usize, usize)| {
            let target = self.target(*place);
            let point = target.and_then(|target| now.point(target.work, target.threads));
            point.is_some_and(|point| cut(&point.outcome).is_some())
        };
        self.targets().map(|point| (point.series, point.index)).filter(is_cut).collect()
    }

    /// The run behind a point.
    pub fn target(&self, point: (usize, usize)) -> Option<Target> {
        let (series, index) = point;
        let work = (*self.works.get(series)?)?;
        let (threads, _) = self.chart.series[series].points.get(index)?;
        Some(Target { work, threads: *threads as u16 })
    }

    /// Points that can be opened, with their places.
    pub fn targets(&self) -> impl Iterator<Item = PlotPoint> {
        let open = |point: &PlotPoint| self.works[point.series].is_some();
        self.chart.points().into_iter().filter(open)
    }

    /// The point next to one in a direction, where there is one: along its line, or on the line
    /// above or below.
    pub fn neighbour(&self, from: (usize, usize), way: Way) -> Option<(usize, usize)> {
        let here = self.targets().find(|p| (p.series, p.index) == from)?;
        let ahead = |p: &PlotPoint| match way {
            Way::Left => p.series == here.series && p.x < here.x,
            Way::Right => p.series == here.series && p.x > here.x,
            Way::Up => p.series != here.series && p.x == here.x && p.y <= here.y,
            Way::Down => p.series != here.series && p.x == here.x && p.y >= here.y,
        };
        let distance = |p: &PlotPoint| (p.x - here.x).hypot(p.y - here.y);
        let nearest = |a: &PlotPoint, b: &PlotPoint| distance(a).total_cmp(&distance(b));
        self.targets().filter(ahead).min_by(nearest).map(|p| (p.series, p.index))
    }

    /// Where the keyboard begins: at the scenario as it is, or at the first point.
    pub fn entry(&self, now: &Results) -> Option<(usize, usize)> {
        let current = self.current(now);
        current.or_else(|| self.targets().next()).map(|point| (point.series, point.index))
    }

    /// The point that is the scenario as it is.
    pub fn current(&self, now: &Results) -> Option<PlotPoint> {
        let threads = now.question.threads_now();
        let own = |work| work == Work::Own || Some(work) == now.question.same_as();
        self.targets().find(|point| {
            let target = self.target((point.series, point.index));
            target.is_some_and(|target| own(target.work) && target.threads == threads)
        })
    }
}

/// A direction of the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To fewer threads.
    Left,
    /// To more threads.
    Right,
    /// To the line above.
    Up,
    /// To the line below.
    Down,
}

#[derive(Default)]
struct Builder {
    series: Vec<Series>,
    works: Vec<Option<Work>>,
}

impl Builder {
    fn push(&mut self, series: Series, work: Option<Work>) {
        if !series.points.is_empty() {
            self.series.push(series);
            self.works.push(work);
        }
    }

    fn lines(&mut self, kind: Kind, now: &Results) {
        self.ideal(kind, now);
        for (work, percentile) in shown(kind, now) {
            let name = name(now, work, percentile);
            let points = points(kind, now, work, percentile);
            self.push(Series::line(name, slot(work, percentile), points), Some(work));
        }
    }

    fn ideal(&mut self, kind: Kind, now: &Results) {
        let one = match kind {
            Kind::SpeedUp => Some(1.0),
            Kind::Throughput => now.point(Work::Own, 1).map(|point| point.throughput),
            Kind::Latency => None,
        };
        if let Some(one) = one {
            let points = gil_sim::sweep::THREADS.map(|n| (f64::from(n), f64::from(n) * one));
            let mut points = points.to_vec();
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            self.push(Series::ideal("ideal", points), None);
        }
    }

    /// What the change has moved. A curve that is still there has no ghost.
    fn ghosts(&mut self, kind: Kind, before: &Results) {
        let lines = self.series.clone();
        for (work, percentile) in shown(kind, before) {
            let old = points(kind, before, work, percentile);
            let stays = |line: &Series| line.points.iter().all(|point| old.contains(point));
            if !lines.iter().any(stays) {
                let name = name(before, work, percentile);
                self.push(Series::line(name, slot(work, percentile), old).into_ghost(), None);
            }
        }
    }
}

/// A part of the I/O completions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Percentile {
    /// The median.
    P50,
    /// All but the slowest twentieth.
    P95,
    /// All but the slowest hundredth.
    P99,
}

impl Percentile {
    /// All of them.
    pub const ALL: [Percentile; 3] = [Percentile::P50, Percentile::P95, Percentile::P99];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Percentile::P50 => "p50",
            Percentile::P95 => "p95",
            Percentile::P99 => "p99",
        }
    }

    /// Its value, where there was any I/O.
    pub fn of(self, point: &Point) -> Option<Nanos> {
        let io = &point.io;
        (io.count > 0).then_some(match self {
            Percentile::P50 => io.p50,
            Percentile::P95 => io.p95,
            Percentile::P99 => io.p99,
        })
    }
}

/// The work whose latency is shown: the scenario's own, or the reference where it has none.
pub fn latency_of(results: &Results) -> Work {
    if results.has_io(Work::Own) { Work::Own } else { Work::Io }
}

/// The lines of a chart.
fn shown(kind: Kind, results: &Results) -> Vec<(Work, Option<Percentile>)> {
    if kind == Kind::Latency {
        let work = latency_of(results);
        return Percentile::ALL.map(|percentile| (work, Some(percentile))).to_vec();
    }
    let same = results.question.same_as();
    // The reference and nothing else: one line for both.
    let works = Work::ALL.into_iter().filter(|work| *work != Work::Own || same.is_none());
    works.map(|work| (work, None)).collect()
}

fn slot(work: Work, percentile: Option<Percentile>) -> u8 {
    match (percentile, work) {
        (Some(Percentile::P50), _) | (None, Work::Io) => 2,
        (Some(Percentile::P95), _) => 4,
        (Some(Percentile::P99), _) | (None, Work::Cpu) => 1,
        (None, Work::Own) => 0,
    }
}

/// What a curve is called in texts.
pub fn work_name(work: Work) -> &'static str {
    match work {
        Work::Cpu => "CPU-bound",
        Work::Io => "I/O-bound",
        Work::Own => "this scenario",
    }
}

fn name(results: &Results, work: Work, percentile: Option<Percentile>) -> String {
    match percentile {
        Some(percentile) => percentile.name().to_owned(),
        None if results.question.same_as() == Some(work) => {
            format!("{} (this)", work_name(work))
        }
        None => work_name(work).to_owned(),
    }
}

fn points(
    kind: Kind,
    results: &Results,
    work: Work,
    percentile: Option<Percentile>,
) -> Vec<(f64, f64)> {
    let value = |point: &Point| match (kind, percentile) {
        (Kind::SpeedUp, _) => results.speed_up(work, point.threads),
        (Kind::Latency, Some(percentile)) => percentile.of(point).map(|t| t.0.max(1) as f64),
        _ => Some(point.throughput),
    };
    let place = |point: &Point| Some((f64::from(point.threads), value(point)?));
    results.curve(work).filter_map(place).filter(|(_, y)| *y > 0.0).collect()
}

/// All figures of a run in a line of text.
pub fn reading(results: &Results, target: Target) -> Option<String> {
    let Target { work, threads } = target;
    let point = results.point(work, threads)?;
    let mut parts =
        vec![format!("{}, {}", subject(results, work), count(threads.into(), "thread"))];
    if let Some(speed_up) = results.speed_up(work, threads) {
        parts.push(format!("{} times as fast as one", number(speed_up)));
    }
    parts.push(format!("{} passes/s", number(point.throughput)));
    if point.io.count > 0 {
        let io = &point.io;
        parts.push(format!("latency p50 {}, p95 {}, p99 {}", io.p50, io.p95, io.p99));
    }
    parts.push(format!("{} handoffs/s", number(point.handoffs)));
    if let Some(end) = cut(&point.outcome) {
        parts.push(end.to_owned());
    }
    Some(parts.join("; "))
}

fn subject(results: &Results, work: Work) -> String {
    let several = results.question.scenario.spec().groups.len() > 1;
    match work {
        Work::Own if several => format!("This scenario, {}", results.question.group_name()),
        Work::Own => "This scenario".to_owned(),
        _ => work_name(work).to_owned(),
    }
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

#[cfg(test)]
mod tests {
    use super::super::results::tests::swept;
    use super::*;

    fn picture(kind: Kind, key: &str) -> Picture {
        Picture::new(kind, &swept(key), None, 700.0)
    }

    fn names(picture: &Picture) -> Vec<&str> {
        picture.chart.series.iter().map(|series| series.name.as_str()).collect()
    }

    #[test]
    fn each_kind_has_its_lines() {
        for (kind, key, want) in [
            (Kind::SpeedUp, "mixed", &["ideal", "CPU-bound", "I/O-bound", "this scenario"][..]),
            (Kind::SpeedUp, "cpu", &["ideal", "CPU-bound (this)", "I/O-bound"]),
            (Kind::Throughput, "mixed", &["ideal", "CPU-bound", "I/O-bound", "this scenario"]),
            (Kind::Latency, "mixed", &["p50", "p95", "p99"]),
            (Kind::Latency, "cpu", &["p50", "p95", "p99"]),
        ] {
            assert_eq!(names(&picture(kind, key)), want, "{kind:?} of {key}");
        }
    }

    #[test]
    fn points_know_their_runs() {
        let picture = picture(Kind::SpeedUp, "mixed");
        let last = picture.targets().last().unwrap();
        let target = picture.target((last.series, last.index));
        assert_eq!(target, Some(Target { work: Work::Own, threads: 64 }));
        assert!(picture.targets().all(|point| point.series > 0), "the ideal is no run");
    }

    #[test]
    fn the_keyboard_moves_along_lines_and_between_them() {
        let results = swept("mixed");
        let picture = Picture::new(Kind::SpeedUp, &results, None, 700.0);
        let entry = picture.entry(&results).unwrap();
        let at = |point| picture.target(point).unwrap();
        assert_eq!(at(entry), Target { work: Work::Own, threads: 4 });
        let right = picture.neighbour(entry, Way::Right).unwrap();
        assert_eq!(at(right), Target { work: Work::Own, threads: 6 });
        let up = picture.neighbour(right, Way::Up).unwrap();
        assert_eq!(at(up), Target { work: Work::Io, threads: 6 });
        assert_eq!(picture.neighbour(up, Way::Up), None);
    }

    #[test]
    fn only_what_has_moved_has_a_ghost() {
        let (now, before) = (swept("mixed"), swept("network"));
        let picture = Picture::new(Kind::SpeedUp, &now, Some(&before), 700.0);
        let ghosts = picture.chart.series.iter().filter(|series| series.ghost);
        assert_eq!(
            ghosts.map(|series| series.name.as_str()).collect::<Vec<_>>(),
            ["this scenario"]
        );
        assert_eq!(picture.target((4, 0)), None);
    }

    #[test]
    fn runs_that_were_cut_are_marked() {
        let mut results = swept("mixed");
        assert_eq!(Picture::new(Kind::SpeedUp, &results, None, 700.0).cut, []);
        let point = results.point(Work::Own, 64).cloned().unwrap();
        results.add(Work::Own, Point { outcome: Outcome::EventLimit, ..point });
        assert_eq!(Picture::new(Kind::SpeedUp, &results, None, 700.0).cut, [(3, 11)]);
    }

    #[test]
    fn a_reading_has_all_figures() {
        let results = swept("mixed");
        let text = reading(&results, Target { work: Work::Own, threads: 1 }).unwrap();
        assert!(text.starts_with("This scenario, 1 thread; 1 times as fast as one; "), "{text}");
        assert!(text.contains("; latency p50 "), "{text}");
    }
}
