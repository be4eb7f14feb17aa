//! A question whose answer is a curve.

use gil_lessons::{Chart, Question};
use web_sys::{Element, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::super::chart::{Waiting, all_values, columns, curves, use_points};
use super::super::plot::{Curve, Frame, HEIGHT, Look, Plot, Scale, pixels};
use super::answer::{Answer, AskProps, Real, verdict};
use super::distance::{distance, factor};
use crate::dom::{use_seen, use_width};

/// A curve to draw; with the right one on the same axes, once it is shown.
#[component]
pub fn Draw(props: &AskProps) -> Html {
    let near = use_node_ref();
    let seen = use_seen(&near);
    let Question::Draw(chart) = &props.predict.question else { return html! {} };
    // The axes have to have room for the answer, so that is known before it is shown.
    let worked = use_points(chart, props.scenario, seen || props.kept.shown);
    let content = if worked.done {
        let (curves, unit) = curves(chart, &worked.found);
        let scale = room(chart, &all_values(&curves), unit);
        match (props.kept.shown, curves.into_iter().next()) {
            (true, Some(right)) => shown(props, chart, scale, right),
            _ => {
                html! { <Canvas {chart} {scale} said={said(props)} onanswer={props.onanswer.clone()} /> }
            }
        }
    } else {
        html! { <Waiting so_far={worked.found.len()} of={chart.values.len()} /> }
    };
    html! { <><span class="near" ref={near} aria-hidden="true" />{ content }</> }
}

fn said(ask: &AskProps) -> Option<Vec<f64>> {
    match &ask.kept.answer {
        Some(Answer::Curve(curve)) => Some(curve.clone()),
        _ => None,
    }
}

/// A scale that has room for the answer and does not tell it: as far as the values from left to
/// right where both are numbers, and beyond the answer in any case.
fn room(chart: &Chart, values: &[f64], unit: gil_claims::Unit) -> Scale {
    let most = values.iter().copied().fold(0.0, f64::max);
    let mut all = values.to_vec();
    all.push(most * 2.0);
    if unit == gil_claims::Unit::Number {
        all.extend(chart.values.iter().filter_map(|value| value.parse::<f64>().ok()));
    }
    if unit == gil_claims::Unit::Share {
        all.truncate(values.len());
        all.push(1.0);
    }
    if chart.log {
        let least =
            values.iter().copied().filter(|value| *value > 0.0).fold(f64::INFINITY, f64::min);
        all.extend([least / 8.0, most * 8.0].into_iter().filter(|value| value.is_finite()));
    }
    Scale::of(&all, chart.log, unit)
}

fn shown(ask: &AskProps, chart: &'static Chart, scale: Scale, right: Curve) -> Html {
    let guess = said(ask);
    let text = words(chart, &scale, guess.as_deref(), &right);
    let mut curves = vec![Curve { label: "Simulated".to_owned(), ..right }];
    curves.extend(guess.map(|guess| Curve {
        label: "You".to_owned(),
        look: Look::Guess,
        points: guess.into_iter().map(Some).collect(),
        measured: Vec::new(),
    }));
    html! {
        <>
        { verdict(ask, &text) }
        <Plot title={chart.caption.clone()} across={chart.x.clone()} columns={columns(chart)}
            up={chart.y.clone()} {scale} {curves} />
        </>
    }
}

/// Tells of the point that is furthest off; without a guess of the last one.
fn words(chart: &Chart, scale: &Scale, guess: Option<&[f64]>, right: &Curve) -> String {
    let known: Vec<(usize, f64)> =
        right.points.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?))).collect();
    let off = |at: usize, value: f64| {
        guess.and_then(|guess| guess.get(at)).map_or(1.0, |said| factor(*said, value))
    };
    let furthest = known.iter().max_by(|a, b| off(a.0, a.1).total_cmp(&off(b.0, b.1)));
    let Some(&(at, value)) = (if guess.is_some() { furthest } else { known.last() }) else {
        return "It cannot be simulated.".to_owned();
    };
    let columns = columns(chart);
    let column = columns.get(at).map_or("", String::as_str);
    let place = format!("At {column} ({})", chart.x.to_lowercase());
    let key = chart.lines.first().and_then(|line| line.measured.as_ref());
    let key = key.zip(chart.values.get(at)).map(|(key, value)| key.replace('?', value));
    let measured = key.as_deref().and_then(Real::of);
    let measured = measured.map(|real| format!("; {}", real.words)).unwrap_or_default();
    let right = scale.words(value);
    let Some(said) = guess.and_then(|guess| guess.get(at)) else {
        return format!("{place} it is {right}{measured}.");
    };
    let (far, said) = (distance(*said, value), scale.words(*said));
    format!(
        "{place} you were furthest off: you said {said}, it is {right}{measured}. \
         That guess is {far}."
    )
}

#[derive(Properties)]
struct CanvasProps {
    chart: &'static Chart,
    scale: Scale,
    said: Option<Vec<f64>>,
    onanswer: Callback<Answer>,
}

impl PartialEq for CanvasProps {
    fn eq(&self, other: &CanvasProps) -> bool {
        std::ptr::eq(self.chart, other.chart)
            && self.scale == other.scale
            && self.said == other.said
            && self.onanswer == other.onanswer
    }
}

/// Axes with a point for each column, to be moved up and down.
#[component]
fn Canvas(props: &CanvasProps) -> Html {
    let node = use_node_ref();
    let width = f64::from(use_width(&node));
    let CanvasProps { chart, scale, .. } = props;
    let frame = Frame::new(width, columns(chart), *scale, &["You".to_owned()]);
    let curve = props.said.clone().unwrap_or_else(|| vec![scale.value(0.5); chart.values.len()]);
    // Moves come faster than they are drawn: each goes on from the one before.
    let latest = use_mut_ref(Vec::new);
    *latest.borrow_mut() = curve.clone();
    let put = {
        let onanswer = props.onanswer.clone();
        move |column: usize, value: f64| {
            if let Some(point) = latest.borrow_mut().get_mut(column) {
                *point = value;
            }
            let curve = latest.borrow().clone();
            onanswer.emit(Answer::Curve(curve));
        }
    };
    let drag = {
        let (frame, put) = (frame.clone(), put.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some((x, y)) = pressed_at(&event) {
                put(frame.column(x), frame.scale.value(frame.share(y)));
            }
        })
    };
    let points: Vec<Option<f64>> = curve.iter().copied().map(Some).collect();
    let handle = |(column, value): (usize, &f64)| {
        handle(&frame, chart, column, *value, props.said.is_some(), put.clone())
    };
    html! {
        <div class="plot drawing" ref={node}>
            if width > 0.0 {
                <svg viewBox={format!("0 0 {width} {HEIGHT}")} width={width.to_string()} height={HEIGHT.to_string()}
                    role="group" aria-label={format!("{} by {}", chart.y, chart.x)}
                    onpointerdown={drag.clone()} onpointermove={drag}>
                    { frame.axes(&chart.x, &chart.y) }
                    <g class="curve guess"><path class="line" d={frame.path(&points)} /></g>
                    { for curve.iter().enumerate().map(handle) }
                </svg>
            }
            <p class="plot-reading">
                { "Draw the curve, or move its points with the arrow keys." }
            </p>
        </div>
    }
}

/// Where a pointer is pressed, in pixels from the top left of the picture.
fn pressed_at(event: &PointerEvent) -> Option<(f64, f64)> {
    if event.buttons() & 1 == 0 {
        return None;
    }
    let picture = event.target_dyn_into::<Element>()?.closest("svg").ok().flatten()?;
    let place = picture.get_bounding_client_rect();
    Some((f64::from(event.client_x()) - place.left(), f64::from(event.client_y()) - place.top()))
}

/// How far keys move a point, of all of the axis.
fn key_step(key: &str) -> Option<f64> {
    Some(match key {
        "ArrowUp" | "ArrowRight" => 0.02,
        "ArrowDown" | "ArrowLeft" => -0.02,
        "PageUp" => 0.1,
        "PageDown" => -0.1,
        "Home" => -1.0,
        "End" => 1.0,
        _ => return None,
    })
}

fn handle(
    frame: &Frame,
    chart: &Chart,
    column: usize,
    value: f64,
    set: bool,
    put: impl Fn(usize, f64) + 'static,
) -> Html {
    let scale = frame.scale;
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if let Some(step) = key_step(&event.key()) {
            put(column, scale.value(scale.share(value) + step));
            event.prevent_default();
        }
    });
    let (x, y) = (pixels(frame.x(column)), pixels(frame.y(value)));
    let name = frame.columns.get(column).map_or("", String::as_str);
    html! {
        <g class={classes!("handle", set.then_some("set"))} tabindex="0" role="slider" aria-orientation="vertical"
            aria-label={format!("{} at {} {name}", chart.y, chart.x.to_lowercase())}
            aria-valuemin={scale.low.to_string()} aria-valuemax={scale.high.to_string()}
            aria-valuenow={value.to_string()} aria-valuetext={scale.words(value)} {onkeydown}>
            <circle class="reach" cx={x.clone()} cy={y.clone()} r="20" />
            <circle class="ring" cx={x.clone()} cy={y.clone()} r="11" />
            <circle class="knob-mark" cx={x.clone()} cy={y} r="7" />
            <text x={x} y={pixels(frame.y(value) - 15.0)} text-anchor="middle">{ scale.words(value) }</text>
        </g>
    }
}
