//! Measured and simulated side by side: a row for each figure, on a logarithmic scale.
//!
//! Inline SVG with the colours of the style sheet, so that it follows the theme by itself.

use std::rc::Rc;

use gil_words::number;
use yew::prelude::*;

use crate::task::reality::Figure;

/// Size of the picture in its own units, which are pixels on a phone.
const WIDTH: f64 = 360.0;
/// Where the labels end and the scale begins.
const LEFT: f64 = 124.0;
const RIGHT: f64 = WIDTH - 10.0;
const TOP: f64 = 8.0;
const ROW: f64 = 14.0;
/// For the numbers under the scale.
const BOTTOM: f64 = 18.0;

/// The properties of [`Plots`].
#[derive(Properties, PartialEq)]
pub struct PlotsProps {
    /// The figures, those of a kind together.
    pub families: Vec<Rc<Vec<Figure>>>,
}

/// A plot for each kind of figures.
#[component]
pub fn Plots(props: &PlotsProps) -> Html {
    let families = props.families.iter().filter(|family| !family.is_empty());
    html! {
        <div class="reality-plots">
            { legend() }
            { for families.map(|family| html! {
                <Plot family={family.clone()} />
            }) }
        </div>
    }
}

fn legend() -> Html {
    let key = |mark: Html, text: &str| {
        html! {
            <span><svg viewBox="-6 -6 12 12" width="12" height="12" aria-hidden="true">{ mark }</svg>{ text }</span>
        }
    };
    html! {
        <p class="reality-legend">
            { key(ring(0.0, 0.0, 0), "measured") }
            { key(ring(0.0, 0.0, 1), "earlier run") }
            { key(diamond(0.0, 0.0, true), "simulated") }
            { key(diamond(0.0, 0.0, false), "simulated, missed") }
        </p>
    }
}

#[derive(Properties, PartialEq)]
struct PlotProps {
    family: Rc<Vec<Figure>>,
}

#[component]
fn Plot(props: &PlotProps) -> Html {
    let family = &props.family;
    let Some(scale) = Scale::of(family) else { return html! {} };
    let bottom = TOP + ROW * family.len() as f64;
    let title = family.first().map(|figure| figure.family.clone()).unwrap_or_default();
    let about = format!("{title}: measured and simulated, the figures of the table below");
    html! {
        <figure class="reality-plot">
            <figcaption>{ title }</figcaption>
            <svg role="img" aria-label={about} viewBox={format!("0 0 {WIDTH} {}", bottom + BOTTOM)}>
                { for scale.ticks().into_iter().map(|tick| grid(scale.x(tick), bottom, tick)) }
                { for family.iter().enumerate().map(|(i, figure)| row(&scale, i, figure)) }
            </svg>
        </figure>
    }
}

fn grid(x: f64, bottom: f64, tick: f64) -> Html {
    let (x, y) = (coordinate(x), coordinate(bottom));
    html! {
        <>
            <line class="grid" x1={x.clone()} x2={x.clone()} y1={coordinate(TOP - 4.0)} y2={y} />
            <text {x} y={coordinate(bottom + 12.0)} text-anchor="middle">{ number(tick) }</text>
        </>
    }
}

fn row(scale: &Scale, index: usize, figure: &Figure) -> Html {
    let y = TOP + ROW * (index as f64 + 0.5);
    let known: Vec<f64> = figure.measured.iter().copied().chain(figure.simulated).collect();
    let least = known.iter().copied().fold(f64::INFINITY, f64::min);
    let most = known.iter().copied().fold(0.0, f64::max);
    let measured: Vec<String> = figure.measured.iter().map(|value| number(*value)).collect();
    let told = format!(
        "{}: measured {}, simulated {}",
        figure.title,
        measured.join(" and "),
        figure.simulated.map_or("nothing".to_owned(), number)
    );
    html! {
        <g>
            <title>{ told }</title>
            <text x={coordinate(LEFT - 8.0)} y={coordinate(y + 3.5)} text-anchor="end">{ &figure.label }</text>
            <line class="span" x1={coordinate(scale.x(least))} x2={coordinate(scale.x(most))}
                y1={coordinate(y)} y2={coordinate(y)} />
            { for figure.simulated.map(|value| diamond(scale.x(value), y, figure.within)) }
            { for figure.measured.iter().enumerate().map(|(run, value)| ring(scale.x(*value), y, run)) }
        </g>
    }
}

/// A measured value; those of an earlier run are smaller.
fn ring(x: f64, y: f64, run: usize) -> Html {
    let radius = if run == 0 { "4" } else { "2.4" };
    html! { <circle class="measured" cx={coordinate(x)} cy={coordinate(y)} r={radius} /> }
}

fn diamond(x: f64, y: f64, within: bool) -> Html {
    let class = if within { "simulated" } else { "simulated off" };
    let (x, y) = (coordinate(x), coordinate(y));
    html! { <path {class} d={format!("M{x} {y}m0 -4.5l4.5 4.5l-4.5 4.5l-4.5 -4.5z")} /> }
}

fn coordinate(value: f64) -> String {
    format!("{value:.1}")
}

/// A scale holds a round number at least, and figures that are close to each other look close:
/// powers of ten between its ends.
const NARROWEST: f64 = 0.45;

/// A logarithmic scale from [`LEFT`] to [`RIGHT`].
struct Scale {
    /// Powers of ten at the ends.
    from: f64,
    to: f64,
}

impl Scale {
    /// A scale that holds all values; none where there is no value.
    fn of(figures: &[Figure]) -> Option<Scale> {
        let values = figures.iter().flat_map(|figure| {
            figure.measured.iter().copied().chain(figure.simulated).filter(|value| *value > 0.0)
        });
        let powers: Vec<f64> = values.map(f64::log10).collect();
        let least = powers.iter().copied().fold(f64::INFINITY, f64::min);
        let most = powers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let span = most - least;
        let room = (span * 0.04).max((NARROWEST - span) / 2.0);
        (least <= most).then_some(Scale { from: least - room, to: most + room })
    }

    fn x(&self, value: f64) -> f64 {
        let share = (value.max(1e-12).log10() - self.from) / (self.to - self.from);
        LEFT + share.clamp(0.0, 1.0) * (RIGHT - LEFT)
    }

    /// Round numbers on it: powers of ten, with 2 and 5 where these would be too few.
    fn ticks(&self) -> Vec<f64> {
        let decades = self.from.floor() as i32..=self.to.ceil() as i32;
        let of = |steps: &[f64]| -> Vec<f64> {
            let all =
                decades.clone().flat_map(|k| steps.iter().map(move |step| step * 10f64.powi(k)));
            all.filter(|tick| (self.from..=self.to).contains(&tick.log10())).collect()
        };
        match of(&[1.0]) {
            powers if powers.len() >= 3 => powers,
            _ => of(&[1.0, 2.0, 5.0]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(least: f64, most: f64) -> Scale {
        Scale { from: least.log10(), to: most.log10() }
    }

    #[test]
    fn ticks_are_round_and_neither_many_nor_few() {
        assert_eq!(scale(0.5, 5000.0).ticks(), [1.0, 10.0, 100.0, 1000.0]);
        assert_eq!(scale(0.7, 70.0).ticks(), [1.0, 2.0, 5.0, 10.0, 20.0, 50.0]);
    }

    #[test]
    fn values_lie_between_label_and_edge() {
        let scale = scale(0.1, 10.0);
        assert_eq!(scale.x(0.1), LEFT);
        assert_eq!(scale.x(1.0), (LEFT + RIGHT) / 2.0);
        assert_eq!(scale.x(0.0), LEFT);
        assert_eq!(scale.x(f64::INFINITY), RIGHT);
    }
}
