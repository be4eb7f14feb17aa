//! Curves over a few values: inline SVG, which follows the theme by the style sheet alone.

mod frame;
mod scale;

use gil_lessons::range_words;
use yew::prelude::*;

use gil_claims::Quantity;
use web_sys::KeyboardEvent;

use crate::dom::{focus, use_id, use_width};
pub use frame::{Frame, HEIGHT, pixels};
pub use scale::Scale;

/// A curve with what was measured of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Its name, at its end.
    pub label: String,
    /// Its colour and the shape of its points.
    pub look: Look,
    /// Its values from left to right, where there are any.
    pub points: Vec<Option<f64>>,
    /// What was measured at each of them, in no, one or two runs.
    pub measured: Vec<Vec<f64>>,
}

/// How a curve looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// One of the simulation's.
    Simulated(u8),
    /// What the reader has guessed.
    Guess,
}

impl Look {
    fn class(self) -> String {
        match self {
            Look::Simulated(slot) => format!("curve slot-{}", slot % 8),
            Look::Guess => "curve guess".to_owned(),
        }
    }
}

/// The properties of [`Plot`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct PlotProps {
    /// What it is about, for those who do not see it.
    pub title: String,
    /// The name of the axis from left to right.
    pub across: String,
    /// The values on it.
    pub columns: Vec<String>,
    /// The name of the other axis.
    pub up: String,
    /// The scale of the vertical axis.
    pub scale: Scale,
    /// The curves.
    pub curves: Vec<Curve>,
}

/// A point by its curve and column.
type Spot = (usize, usize);

/// A plot, what is read off it at the point that is looked at, and its table.
#[component]
pub fn Plot(props: &PlotProps) -> Html {
    let node = use_node_ref();
    let width = f64::from(use_width(&node));
    let id = use_id();
    let spot = use_state_eq(|| None::<Spot>);
    let labels: Vec<String> = props.curves.iter().map(|curve| curve.label.clone()).collect();
    let frame = Frame::new(width, props.columns.clone(), props.scale, &labels);
    let any_measured =
        props.curves.iter().any(|curve| curve.measured.iter().any(|m| !m.is_empty()));
    let reading = match *spot {
        Some(spot) => read(props, spot),
        None if any_measured => {
            "Rings are measured on real CPython. Point at a mark to read it.".to_owned()
        }
        None => "Point at a mark to read it.".to_owned(),
    };
    html! {
        <div class="plot" ref={node}>
            if width > 0.0 {
                <svg viewBox={format!("0 0 {width} {HEIGHT}")} width={width.to_string()} height={HEIGHT.to_string()}
                    role="group" aria-label={format!("Chart: {}. Arrow keys go from point to point.", props.title)}>
                    { frame.axes(&props.across, &props.up) }
                    { for props.curves.iter().map(|curve| line(&frame, curve)) }
                    { ends(&frame, &props.curves) }
                    { for spots(props).into_iter().map(|at| point(&frame, props, &id, &spot, at)) }
                </svg>
            }
            <p class="plot-reading">{ reading }</p>
            <details class="plot-table">
                <summary>{ "The numbers" }</summary>
                <div class="lesson-table">{ table(props) }</div>
            </details>
        </div>
    }
}

/// All points there are, curve by curve.
fn spots(props: &PlotProps) -> Vec<Spot> {
    let of = |(at, curve): (usize, &Curve)| {
        let known = |column: &usize| curve.points.get(*column).is_some_and(Option::is_some);
        (0..props.columns.len()).filter(known).map(move |column| (at, column)).collect::<Vec<_>>()
    };
    props.curves.iter().enumerate().flat_map(of).collect()
}

fn line(frame: &Frame, curve: &Curve) -> Html {
    let measured = curve.measured.iter().enumerate();
    let rings = measured.flat_map(|(column, runs)| runs.iter().map(move |value| (column, *value)));
    html! {
        <g class={curve.look.class()}>
            <path class="line" d={frame.path(&curve.points)} />
            { for rings.map(|(column, value)| html! {
                <circle class="measured" cx={pixels(frame.x(column))} cy={pixels(frame.y(value))} r="5.5" />
            }) }
        </g>
    }
}

/// Distance of labels from each other, in pixels.
const LABEL: f64 = 15.0;

/// The names of the curves at their ends, pushed apart where they would touch.
fn ends(frame: &Frame, curves: &[Curve]) -> Html {
    let last = |curve: &Curve| curve.points.iter().rev().flatten().next().copied();
    let mut ends: Vec<(f64, &Curve)> =
        curves.iter().filter_map(|curve| Some((frame.y(last(curve)?), curve))).collect();
    ends.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut below = f64::INFINITY;
    for (y, _) in &mut ends {
        *y = y.min(below - LABEL);
        below = *y;
    }
    let end = |(y, curve): (f64, &Curve)| {
        html! {
            <g class={curve.look.class()}>
                <text class="end" x={pixels(frame.end() + 12.0)} y={pixels(y + 4.0)}>{ &curve.label }</text>
            </g>
        }
    };
    html! { <g aria-hidden="true">{ for ends.into_iter().map(end) }</g> }
}

/// A point that pointer and focus find. One of all is a stop of the Tab key.
fn point(
    frame: &Frame,
    props: &PlotProps,
    id: &str,
    spot: &UseStateHandle<Option<Spot>>,
    at: Spot,
) -> Html {
    let Some((curve, value)) = value_at(props, at) else { return html! {} };
    let (x, y) = (frame.x(at.1), frame.y(value));
    let here = **spot == Some(at);
    let first = spots(props).first().copied();
    let stop = here || (spot.is_none() && first == Some(at));
    let look = {
        let spot = spot.clone();
        move || spot.set(Some(at))
    };
    let onfocusin = {
        let look = look.clone();
        Callback::from(move |_: FocusEvent| look())
    };
    let onmouseover = Callback::from(move |_: MouseEvent| look());
    let onkeydown = {
        let (props, id) = (props.clone(), id.to_owned());
        Callback::from(move |event: KeyboardEvent| {
            if let Some((curve, column)) = neighbour(&props, at, &event.key()) {
                focus(&format!("{id}-{curve}-{column}"));
                event.prevent_default();
            }
        })
    };
    html! {
        <g id={format!("{id}-{}-{}", at.0, at.1)} class={format!("spot {}", curve.look.class())}
            tabindex={if stop { "0" } else { "-1" }} role="img" aria-label={read(props, at)}
            {onfocusin} {onmouseover} {onkeydown}>
            <circle class="reach" cx={pixels(x)} cy={pixels(y)} r="15" />
            <path class={if here { "mark here" } else { "mark" }} d={shape(curve.look, x, y)} />
        </g>
    }
}

/// Shapes tell curves apart without their colours.
fn shape(look: Look, x: f64, y: f64) -> String {
    let (x, y) = (pixels(x), pixels(y));
    match look {
        Look::Guess => format!("M{x} {y}m-4.5 -4.5l9 9m0 -9l-9 9"),
        Look::Simulated(slot) => match slot % 3 {
            0 => format!("M{x} {y}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"),
            1 => format!("M{x} {y}m-4 -4h8v8h-8z"),
            _ => format!("M{x} {y}m0 -5l5 5l-5 5l-5 -5z"),
        },
    }
}

fn neighbour(props: &PlotProps, at: Spot, key: &str) -> Option<Spot> {
    let all = spots(props);
    let on_curve = |column: usize| (at.0, column);
    let wanted = match key {
        "ArrowRight" => on_curve(at.1 + 1),
        "ArrowLeft" => on_curve(at.1.checked_sub(1)?),
        "ArrowDown" => (at.0 + 1, at.1),
        "ArrowUp" => (at.0.checked_sub(1)?, at.1),
        _ => return None,
    };
    all.contains(&wanted).then_some(wanted)
}

fn value_at(props: &PlotProps, (curve, column): Spot) -> Option<(&Curve, f64)> {
    let curve = props.curves.get(curve)?;
    Some((curve, curve.points.get(column).copied().flatten()?))
}

/// `3.11 at 4 (threads): 0.97; measured 0.94 to 0.97`.
fn read(props: &PlotProps, at: Spot) -> String {
    let Some((curve, value)) = value_at(props, at) else { return String::new() };
    let column = props.columns.get(at.1).map_or("", String::as_str);
    let value = props.scale.words(value);
    let measured = measured_words(props, curve, at.1);
    let measured = measured.map(|range| format!("; measured {range}")).unwrap_or_default();
    format!("{} at {column} ({}): {value}{measured}", curve.label, props.across.to_lowercase())
}

fn measured_words(props: &PlotProps, curve: &Curve, column: usize) -> Option<String> {
    let unit = props.scale.unit;
    let runs = curve.measured.get(column)?.iter();
    range_words(&runs.map(|value| Quantity { value: *value, unit }).collect::<Vec<_>>())
}

fn table(props: &PlotProps) -> Html {
    let measured = |curve: &Curve| curve.measured.iter().any(|runs| !runs.is_empty());
    let head = |curve: &Curve| {
        html! {
            <>
            <th scope="col">{ &curve.label }</th>
            if measured(curve) { <th scope="col">{ format!("{}, measured", curve.label) }</th> }
            </>
        }
    };
    let row = |(column, name): (usize, &String)| {
        let cells = |curve: &Curve| {
            let value = curve.points.get(column).copied().flatten();
            html! {
                <>
                <td>{ value.map_or("none".to_owned(), |value| props.scale.words(value)) }</td>
                if measured(curve) {
                    <td>{ measured_words(props, curve, column).unwrap_or_else(|| "not measured".to_owned()) }</td>
                }
                </>
            }
        };
        html! { <tr><th scope="row">{ name }</th>{ for props.curves.iter().map(cells) }</tr> }
    };
    html! {
        <table>
            <caption class="visually-hidden">{ format!("{}: {}", props.title, props.up) }</caption>
            <thead><tr>
                <th scope="col">{ &props.across }</th>
                { for props.curves.iter().map(head) }
            </tr></thead>
            <tbody>{ for props.columns.iter().enumerate().map(row) }</tbody>
        </table>
    }
}
