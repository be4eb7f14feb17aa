//! From the results of a sweep to a chart.

use gil_sim::metric::Metric;
use gil_sim::stats::Percentiles;
use gil_sim::sweep::{Point, Work};

use super::{Measured, Percentile, Swept, finding};
use crate::chart::picture::{Picture, cut};
use crate::chart::{Axis, Range, Scale, Series, Unit};
use gil_words::{count, number};

/// What a chart shows over the number of threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// How many times as fast as one thread.
    SpeedUp,
    /// Passes per second.
    Throughput,
    /// How long finished I/O waits for its thread: a line for each percentile.
    Latency,
}

impl Topic {
    /// All topics, in the order of the buttons.
    pub const ALL: [Topic; 3] = [Topic::SpeedUp, Topic::Throughput, Topic::Latency];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Topic::SpeedUp => "Speed-up",
            Topic::Throughput => "Throughput",
            Topic::Latency => "Latency",
        }
    }

    /// The keys of the metrics that it shows.
    pub fn metrics(self) -> &'static [&'static str] {
        match self {
            Topic::SpeedUp => &["speedup"],
            Topic::Throughput => &["throughput"],
            Topic::Latency => &["wakeup_p50", "wakeup_p95", "wakeup_p99"],
        }
    }

    fn unit(self) -> Unit {
        let metric = self.metrics().iter().find_map(|key| Metric::find(key));
        metric.map_or(Unit::Number, |metric| metric.unit)
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

/// The picture of some results, the results before the last change behind them.
pub fn picture(topic: Topic, now: &Swept, before: Option<&Swept>, width: f32) -> Picture<Target> {
    let (label, scale) = match topic {
        Topic::SpeedUp => ("times as fast as one thread", Scale::Log2),
        Topic::Throughput => ("passes per second", Scale::Log10),
        Topic::Latency => ("from I/O complete to GIL", Scale::Log10),
    };
    let x = Axis { covers: Some((1.0, 64.0)), ..Axis::new("threads", Scale::Log2, Unit::Number) };
    let y = Axis::new(label, scale, topic.unit());
    let mut picture = Picture::new(finding::title(topic, now), x, y, width);
    ideal(topic, now, &mut picture);
    for (work, percentile) in shown(topic, now) {
        let run = |(x, y): (f64, f64)| (x, y, Target { work, threads: x as u16 });
        let points = points(topic, now, work, percentile).into_iter().map(run).collect();
        let (name, slot) = (name(now, work, percentile), slot(work, percentile));
        picture.line_of_medians(name, slot, points, ranges(topic, now, work, percentile));
    }
    picture.backdrop(Series::measured("measured", MEASURED, measured(topic, now)));
    if let Some(before) = before {
        ghosts(topic, before, &mut picture);
    }
    let is_cut = |target: Target| {
        let point = now.point(target.work, target.threads);
        point.is_some_and(|point| cut(&point.outcome).is_some())
    };
    let threads = now.question.threads_now();
    let own = |work| work == Work::Own || Some(work) == now.question.same_as();
    picture.mark(is_cut, |target| own(target.work) && target.threads == threads);
    picture
}

fn ideal(topic: Topic, now: &Swept, picture: &mut Picture<Target>) {
    let one = match topic {
        Topic::SpeedUp => Some(1.0),
        Topic::Throughput => now.point(Work::Own, 1).map(|point| point.throughput),
        Topic::Latency => None,
    };
    if let Some(one) = one {
        let points = gil_sim::sweep::THREADS.map(|n| (f64::from(n), f64::from(n) * one));
        let mut points = points.to_vec();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        picture.backdrop(Series::ideal("ideal", points));
    }
}

/// The slot of measured runs: no curve has it, and its marks are no circles, which hollow are runs
/// that were cut.
const MEASURED: u8 = 3;

/// What was measured; nobody has measured how long I/O waits for its thread.
fn measured(topic: Topic, now: &Swept) -> Vec<(f64, f64)> {
    let one = now.measured.iter().find(|point| point.threads == 1).map(|point| point.throughput);
    let value = |point: &Measured| match topic {
        Topic::SpeedUp => Some(point.throughput / one?),
        Topic::Throughput => Some(point.throughput),
        Topic::Latency => None,
    };
    let place = |point: &Measured| Some((f64::from(point.threads), value(point)?));
    now.measured.iter().filter_map(place).collect()
}

/// What the change has moved. A curve that is still there has no ghost.
fn ghosts(topic: Topic, before: &Swept, picture: &mut Picture<Target>) {
    let lines = picture.chart.series.clone();
    for (work, percentile) in shown(topic, before) {
        let old = points(topic, before, work, percentile);
        let stays = |line: &Series| line.points.iter().all(|point| old.contains(point));
        if !lines.iter().any(stays) {
            let name = name(before, work, percentile);
            picture.backdrop(Series::line(name, slot(work, percentile), old).into_ghost());
        }
    }
}

/// The work whose latency is shown: the scenario's own, or the reference where it has none.
pub fn latency_of(results: &Swept) -> Work {
    if results.has_io(Work::Own) { Work::Own } else { Work::Io }
}

/// The lines of a chart.
fn shown(topic: Topic, results: &Swept) -> Vec<(Work, Option<Percentile>)> {
    if topic == Topic::Latency {
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

fn name(results: &Swept, work: Work, percentile: Option<Percentile>) -> String {
    match percentile {
        Some(percentile) => percentile.name().to_owned(),
        None if results.question.same_as() == Some(work) => {
            format!("{} (this)", work_name(work))
        }
        None => work_name(work).to_owned(),
    }
}

fn points(
    topic: Topic,
    results: &Swept,
    work: Work,
    percentile: Option<Percentile>,
) -> Vec<(f64, f64)> {
    let value = |point: &Point| match (topic, percentile) {
        (Topic::SpeedUp, _) => results.speed_up(work, point.threads),
        (Topic::Latency, Some(percentile)) => {
            percentile.of(point.wakeup).map(|t| t.0.max(1) as f64)
        }
        _ => Some(point.throughput),
    };
    let place = |point: &Point| Some((f64::from(point.threads), value(point)?));
    results.curve(work).filter_map(place).filter(|(_, y)| *y > 0.0).collect()
}

/// How far the seeds behind the points reach.
fn ranges(topic: Topic, results: &Swept, work: Work, percentile: Option<Percentile>) -> Vec<Range> {
    let one = results.point(work, 1).map_or(0.0, |point| point.throughput);
    let spread = |point: &Point| {
        let reach = point.reach?;
        match (topic, percentile) {
            (Topic::SpeedUp, _) => (one > 0.0).then(|| reach.throughput.scaled(1.0 / one)),
            (Topic::Latency, Some(percentile)) => reach.wakeup[percentile as usize],
            _ => Some(reach.throughput),
        }
    };
    let range = |point: &Point| {
        let spread = spread(point)?;
        let (low, high, runs) = (spread.low, spread.high, spread.runs());
        Some(Range { x: f64::from(point.threads), low, high, runs })
    };
    results.curve(work).filter_map(range).collect()
}

/// All figures of a run in a line of text.
pub fn reading(results: &Swept, target: Target) -> Option<String> {
    let Target { work, threads } = target;
    let point = results.point(work, threads)?;
    let mut parts =
        vec![format!("{}, {}", subject(results, work), count(threads.into(), "thread"))];
    if let Some(speed_up) = results.speed_up(work, threads) {
        parts.push(format!("{} times as fast as one", number(speed_up)));
    }
    let rate = |value: f64| format!("{} passes/s", number(value));
    parts.push(match point.reach {
        Some(reach) => gil_words::spread(&reach.throughput, rate),
        None => rate(point.throughput),
    });
    parts.extend(wakeup_words(point.wakeup));
    parts.push(format!("{} handoffs/s", number(point.handoffs)));
    if let Some(end) = cut(&point.outcome) {
        parts.push(end.to_owned());
    }
    Some(parts.join("; "))
}

/// The percentiles that there are: `wake-up p50 50 us, p95 80 us, p99 95 us`.
pub fn wakeup_words(wakeup: Option<Percentiles>) -> Option<String> {
    let known = Percentile::ALL
        .into_iter()
        .filter_map(|percentile| Some(format!("{} {}", percentile.name(), percentile.of(wakeup)?)));
    let known: Vec<String> = known.collect();
    (!known.is_empty()).then(|| format!("wake-up {}", known.join(", ")))
}

fn subject(results: &Swept, work: Work) -> String {
    let several = results.question.scenario.spec().groups.len() > 1;
    match work {
        Work::Own if several => format!("This scenario, {}", results.question.group_name()),
        Work::Own => "This scenario".to_owned(),
        _ => work_name(work).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use gil_sim::Outcome;

    use super::super::tests::Known;
    use super::*;
    use crate::chart::picture::Way;

    fn picture_of(topic: Topic, key: &str) -> Picture<Target> {
        picture(topic, &Known::of(key).swept(), None, 700.0)
    }

    fn names(picture: &Picture<Target>) -> Vec<&str> {
        picture.chart.series.iter().map(|series| series.name.as_str()).collect()
    }

    #[test]
    fn each_kind_has_its_lines() {
        for (topic, key, want) in [
            (Topic::SpeedUp, "mixed", &["ideal", "CPU-bound", "I/O-bound", "this scenario"][..]),
            (Topic::SpeedUp, "cpu", &["ideal", "CPU-bound (this)", "I/O-bound"]),
            (Topic::Throughput, "mixed", &["ideal", "CPU-bound", "I/O-bound", "this scenario"]),
            (Topic::Latency, "mixed", &["p50", "p95", "p99"]),
            (Topic::Latency, "cpu", &["p50", "p95", "p99"]),
        ] {
            assert_eq!(names(&picture_of(topic, key)), want, "{topic:?} of {key}");
        }
    }

    #[test]
    fn random_work_has_ranges_and_fixed_work_has_none() {
        let known = Known::of("web");
        let picture = picture(Topic::Throughput, &known.swept(), None, 700.0);
        let own = picture.chart.series.iter().find(|series| series.name == "this scenario");
        let ranges = &own.unwrap().ranges;
        assert!(ranges.len() > 10 && ranges.iter().all(|range| range.runs == 5), "{ranges:?}");
        assert!(ranges.iter().any(|range| range.low < range.high));
        let others = picture.chart.series.iter().filter(|series| series.name != "this scenario");
        assert!(others.map(|series| series.ranges.len()).sum::<usize>() == 0);
        let text = reading(&known.swept(), Target { work: Work::Own, threads: 4 }).unwrap();
        assert!(text.contains(" in 5 seeds)"), "{text}");
    }

    #[test]
    fn points_know_their_runs() {
        let picture = picture_of(Topic::SpeedUp, "mixed");
        let last = picture.targets().last().unwrap();
        let target = picture.target((last.series, last.index));
        assert_eq!(target, Some(Target { work: Work::Own, threads: 64 }));
        assert!(picture.targets().all(|point| point.series > 0), "the ideal is no run");
    }

    #[test]
    fn the_keyboard_moves_along_lines_and_between_them() {
        let known = Known::of("mixed");
        let picture = picture(Topic::SpeedUp, &known.swept(), None, 700.0);
        let entry = picture.entry().unwrap();
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
        let (now, before) = (Known::of("mixed"), Known::of("network"));
        let picture = picture(Topic::SpeedUp, &now.swept(), Some(&before.swept()), 700.0);
        let ghosts = picture.chart.series.iter().filter(|series| series.ghost);
        assert_eq!(
            ghosts.map(|series| series.name.as_str()).collect::<Vec<_>>(),
            ["this scenario"]
        );
        assert_eq!(picture.target((4, 0)), None);
    }

    #[test]
    fn runs_that_were_cut_are_marked() {
        let mut known = Known::of("mixed");
        assert_eq!(picture(Topic::SpeedUp, &known.swept(), None, 700.0).cut, []);
        let is_last =
            |(work, point): &&mut (Work, Point)| *work == Work::Own && point.threads == 64;
        known.points.iter_mut().find(is_last).unwrap().1.outcome = Outcome::EventLimit;
        assert_eq!(picture(Topic::SpeedUp, &known.swept(), None, 700.0).cut, [(3, 11)]);
    }

    #[test]
    fn a_reading_has_all_figures() {
        let known = Known::of("mixed");
        let text = reading(&known.swept(), Target { work: Work::Own, threads: 1 }).unwrap();
        assert!(text.starts_with("This scenario, 1 thread; 1 times as fast as one; "), "{text}");
        assert!(text.contains("; wake-up p50 "), "{text}");
    }
}
