//! A question whose answer is a curve.

use gil_lessons::{Chart, Question};
use gil_view::plot::{Curve, HEIGHT, Look, Plot, Scale, Spot};
use web_sys::{Element, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::super::chart::{Waiting, all_values, columns, curves, plot, use_points};
use super::super::plot::{PlotView, middle_at};
use super::answer::{Answer, AskProps, Real, verdict};
use super::distance::{distance, factor};
use crate::dom::{use_seen, use_width};
use crate::view::Drawing;

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
                html! { <Sketch {chart} {scale} said={said(props)} onanswer={props.onanswer.clone()} /> }
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
        <PlotView title={chart.caption.clone()} plot={plot(chart, scale, curves)} />
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
struct SketchProps {
    chart: &'static Chart,
    scale: Scale,
    said: Option<Vec<f64>>,
    onanswer: Callback<Answer>,
}

impl PartialEq for SketchProps {
    fn eq(&self, other: &SketchProps) -> bool {
        std::ptr::eq(self.chart, other.chart)
            && self.scale == other.scale
            && self.said == other.said
            && self.onanswer == other.onanswer
    }
}

/// Axes with a point for each column, to be moved up and down.
#[component]
fn Sketch(props: &SketchProps) -> Html {
    let node = use_node_ref();
    let SketchProps { chart, scale, said, .. } = props;
    let values = said.clone().unwrap_or_else(|| vec![scale.value(0.5); chart.values.len()]);
    // Moves come faster than they are drawn: each goes on from the one before.
    let latest = use_mut_ref(Vec::new);
    *latest.borrow_mut() = values.clone();
    let put = {
        let onanswer = props.onanswer.clone();
        Callback::from(move |(column, value): (usize, f64)| {
            if let Some(point) = latest.borrow_mut().get_mut(column) {
                *point = value;
            }
            let curve = latest.borrow().clone();
            onanswer.emit(Answer::Curve(curve));
        })
    };
    let curve = Curve {
        label: "You".to_owned(),
        look: Look::Drawn { set: said.is_some() },
        points: values.into_iter().map(Some).collect(),
        measured: Vec::new(),
    };
    let plot = Plot { width: use_width(&node), ..plot(chart, *scale, vec![curve]) };
    let drag = {
        let (plot, put) = (plot.clone(), put.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some((x, y)) = pressed_at(&event) {
                put.emit(plot.drawn_at(x, y));
            }
        })
    };
    let about = format!("{} by {}", chart.y, chart.x);
    let set = said.is_some();
    html! {
        <div class="plot drawing" ref={node}>
            if plot.width > 0.0 {
                <div class="plot-picture" style={format!("height: {HEIGHT}px")} role="group" aria-label={about}
                    onpointerdown={drag.clone()} onpointermove={drag}>
                    <Drawing list={plot.layout(None)} />
                    { for plot.spots().into_iter().map(|spot| handle(&plot, spot, set, put.clone())) }
                </div>
            }
            <p class="plot-reading">
                { "Draw the curve, or move its points with the arrow keys." }
            </p>
        </div>
    }
}

/// Where a pointer is pressed, in pixels from the top left of the picture.
fn pressed_at(event: &PointerEvent) -> Option<(f32, f32)> {
    if event.buttons() & 1 == 0 {
        return None;
    }
    let picture = event.target_dyn_into::<Element>()?.closest(".plot-picture").ok().flatten()?;
    let place = picture.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    Some(((x - place.left()) as f32, (y - place.top()) as f32))
}

/// How far keys move a point, as a share of the axis.
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

/// A slider over a point, for keys and screen readers. Pointers draw on the picture below it.
fn handle(plot: &Plot, spot: Spot, set: bool, put: Callback<(usize, f64)>) -> Html {
    let Some(((_, value), place)) = plot.value(spot).zip(plot.place(spot)) else {
        return html! {};
    };
    let scale = plot.scale;
    let column = spot.column;
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if let Some(step) = key_step(&event.key()) {
            put.emit((column, scale.value(scale.share(value) + step)));
            event.prevent_default();
        }
    });
    let name = plot.columns.get(column).map_or("", String::as_str);
    let about = format!("{} at {} {name}", plot.up, plot.across.to_lowercase());
    html! {
        <span class={classes!("handle", set.then_some("set"))} style={middle_at(place)} tabindex="0" role="slider"
            aria-orientation="vertical" aria-label={about} aria-valuemin={scale.low.to_string()}
            aria-valuemax={scale.high.to_string()} aria-valuenow={value.to_string()}
            aria-valuetext={scale.words(value)} {onkeydown} />
    }
}
