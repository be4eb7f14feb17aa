//! A chart of many simulations.

use std::rc::Rc;

use gil_claims::{Lab, Quantity, Unit, evaluate};
use gil_lessons::{Chart, Lesson, measured};
use gil_sim::Scenario;
use gil_view::plot::{Curve, Look, Plot, Scale};
use yew::prelude::*;

use super::plot::PlotView;
use crate::dom::use_seen;
use crate::task::gradual::{Gradual, Work, use_gradually};

/// A point of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The number of its line.
    pub line: usize,
    /// What the simulation says; otherwise what is wrong with the line.
    pub value: Result<Quantity, String>,
    /// What was measured there.
    pub measured: Vec<Quantity>,
}

/// All points of a chart, line by line, each worked out when it is asked for.
pub fn points(chart: &'static Chart, scenario: &'static Scenario) -> Work<Point> {
    let mut lab = Lab::default();
    let lines = chart.lines.iter().enumerate();
    let all = lines.flat_map(|(at, line)| chart.values.iter().map(move |value| (at, line, value)));
    Box::new(all.map(move |(at, line, value)| {
        let found = evaluate(&line.value.replace('?', value), scenario, &mut lab);
        let key = line.measured.as_ref().map(|key| key.replace('?', value));
        Point {
            line: at,
            value: found.map_err(|error| error.message),
            measured: key.as_deref().map(measured).unwrap_or_default(),
        }
    }))
}

/// The curves of a chart, and what their values are.
pub fn curves(chart: &Chart, points: &[Point]) -> (Vec<Curve>, Unit) {
    let unit = points.iter().find_map(|point| Some(point.value.as_ref().ok()?.unit));
    let unit = unit.unwrap_or(Unit::Number);
    let curve = |(at, label): (usize, &String)| {
        let mine = points.iter().filter(move |point| point.line == at);
        let value = |point: &Point| Some(point.value.as_ref().ok()?.value);
        let runs = |point: &Point| -> Vec<f64> {
            let same = point.measured.iter().filter(|quantity| quantity.unit == unit);
            same.map(|quantity| quantity.value).collect()
        };
        Curve {
            label: label.clone(),
            look: Look::Simulated(at as u8),
            points: mine.clone().map(value).collect(),
            measured: mine.map(runs).collect(),
        }
    };
    (chart.lines.iter().map(|line| &line.label).enumerate().map(curve).collect(), unit)
}

/// All values of curves, measured ones too.
pub fn all_values(curves: &[Curve]) -> Vec<f64> {
    let of = |curve: &Curve| -> Vec<f64> {
        curve.points.iter().flatten().chain(curve.measured.iter().flatten()).copied().collect()
    };
    curves.iter().flat_map(of).collect()
}

/// The values of the axis from left to right, for people: `100us` as `100 us`.
pub fn columns(chart: &Chart) -> Vec<String> {
    let words = |value: &String| match value.find(|c: char| c.is_ascii_alphabetic()) {
        Some(unit) if unit > 0 => format!("{} {}", &value[..unit], &value[unit..]),
        _ => value.clone(),
    };
    chart.values.iter().map(words).collect()
}

/// Curves on the axes of a chart.
pub fn plot(chart: &Chart, scale: Scale, curves: Vec<Curve>) -> Plot {
    let (across, up) = (chart.x.clone(), chart.y.clone());
    Plot { width: 0.0, across, columns: columns(chart), up, scale, curves }
}

/// The properties of [`ChartView`].
#[derive(Properties)]
pub struct ChartProps {
    /// The lesson, which has the scenario.
    pub lesson: &'static Lesson,
    /// The chart.
    pub chart: &'static Chart,
}

impl PartialEq for ChartProps {
    fn eq(&self, other: &ChartProps) -> bool {
        std::ptr::eq(self.chart, other.chart)
    }
}

/// A chart, simulated when the reader comes near.
#[component]
pub fn ChartView(props: &ChartProps) -> Html {
    let ChartProps { lesson, chart } = *props;
    let near = use_node_ref();
    let seen = use_seen(&near);
    let worked = use_gradually(seen, move |seen| {
        let scenario = lesson.sheet.scenarios.get(&chart.scenario);
        seen.then(|| scenario.map(|scenario| points(chart, scenario))).flatten()
    });
    html! {
        <figure class="lesson-figure lesson-chart">
            <span class="near" ref={near} aria-hidden="true" />
            if worked.done {
                { drawn(chart, &worked.found) }
            } else {
                <Waiting so_far={worked.found.len()} of={chart.lines.len() * chart.values.len()} />
            }
            <figcaption>{ &chart.caption }</figcaption>
        </figure>
    }
}

fn drawn(chart: &Chart, points: &Rc<Vec<Point>>) -> Html {
    let (curves, unit) = curves(chart, points);
    let problem = points.iter().find_map(|point| point.value.as_ref().err());
    let scale = Scale::of(&all_values(&curves), chart.log, unit);
    html! {
        <>
        if let Some(problem) = problem {
            <p class="complaint">{ format!("A part of this chart cannot be simulated: {problem}.") }</p>
        }
        <PlotView title={chart.caption.clone()} plot={plot(chart, scale, curves)} />
        </>
    }
}

/// How far the work is.
#[derive(Properties, PartialEq)]
pub struct WaitingProps {
    /// Runs that are done.
    pub so_far: usize,
    /// The number of runs that there will be.
    pub of: usize,
}

/// The room for a chart that is being worked out.
#[component]
pub fn Waiting(props: &WaitingProps) -> Html {
    let WaitingProps { so_far, of } = props;
    html! {
        <div class="plot-waiting">
            <p>{ format!("Simulating: {so_far} of {of} points.") }</p>
            <progress value={so_far.to_string()} max={of.to_string()} aria-label="Points simulated" />
        </div>
    }
}

/// The points of a chart, from the moment on when `wanted` becomes true.
#[hook]
pub fn use_points(
    chart: &'static Chart,
    scenario: &'static Scenario,
    wanted: bool,
) -> Gradual<Point> {
    use_gradually(wanted, move |wanted| wanted.then(|| points(chart, scenario)))
}
