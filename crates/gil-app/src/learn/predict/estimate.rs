//! A question whose answer is a number on a scale.

use gil_claims::{Lab, Quantity, evaluate};
use gil_lessons::Question;
use gil_view::plot::Scale;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::answer::{Answer, AskProps, Real, simulating, verdict};
use super::distance::distance;
use crate::dom::use_id;
use crate::task::gradual::{Work, use_gradually};

/// Steps of the slider.
const STEPS: f64 = 200.0;

/// The scale to answer on.
fn scale(ask: &AskProps) -> Result<Scale, String> {
    let Question::Estimate { from, to, log, .. } = &ask.predict.question else {
        return Err("this is no estimate".to_owned());
    };
    let mut lab = Lab::default();
    let mut of = |text: &str| evaluate(text, ask.scenario, &mut lab).map_err(|e| e.message);
    let (from, to): (Quantity, Quantity) = (of(from)?, of(to)?);
    let ends = to.value > from.value && from.unit == to.unit;
    let scale =
        Scale { low: from.value, high: to.value, log: *log && from.value > 0.0, unit: from.unit };
    ends.then_some(scale).ok_or_else(|| "the scale has no length".to_owned())
}

/// A slider; with the answer on the same scale, once it is shown.
#[component]
pub fn Estimate(props: &AskProps) -> Html {
    let scale = use_memo((), |()| scale(props));
    let Question::Estimate { value, measured, .. } = &props.predict.question else {
        return html! {};
    };
    let (scenario, shown) = (props.scenario, props.kept.shown);
    let found = use_gradually(shown, move |shown| {
        let work = std::iter::once_with(move || {
            let real = measured.as_deref().and_then(Real::of);
            (evaluate(value, scenario, &mut Lab::default()).map_err(|e| e.message), real)
        });
        shown.then(|| Box::new(work) as Work<(Result<Quantity, String>, Option<Real>)>)
    });
    let scale = match scale.as_ref() {
        Ok(scale) => *scale,
        Err(message) => {
            return html! { <p class="complaint">{ format!("This cannot be asked: {message}.") }</p> };
        }
    };
    let said = match props.kept.answer {
        Some(Answer::Value(value)) => Some(value),
        _ => None,
    };
    if !shown {
        return html! { <Slider {scale} {said} asked={props.asked.clone()} onanswer={props.onanswer.clone()} /> };
    }
    let (text, rows) = match found.found.first() {
        None => (simulating(), html! {}),
        Some((Err(message), _)) => (format!("It cannot be simulated: {message}."), html! {}),
        Some((Ok(right), real)) => {
            let real = real.as_ref();
            (words(&scale, said, *right, real), rows(&scale, said, *right, real))
        }
    };
    html! { <>{ verdict(props, &text) }{ rows }</> }
}

/// `You said 4, it is 0.97; CPython 3.11.7 measured 0.94 to 0.97. You were 4.12 times too high.`
fn words(scale: &Scale, said: Option<f64>, right: Quantity, real: Option<&Real>) -> String {
    let measured = real.map(|real| format!("; {}", real.words)).unwrap_or_default();
    match said {
        None => format!("It is {right}{measured}."),
        Some(said) => {
            let far = distance(said, right.value);
            format!("You said {}, it is {right}{measured}. You were {far}.", scale.words(said))
        }
    }
}

#[derive(Properties, PartialEq)]
struct SliderProps {
    scale: Scale,
    said: Option<f64>,
    asked: String,
    onanswer: Callback<Answer>,
}

#[component]
fn Slider(props: &SliderProps) -> Html {
    let id = use_id();
    let scale = props.scale;
    let oninput = {
        let onanswer = props.onanswer.clone();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            onanswer.emit(Answer::Value(scale.value(input.value_as_number() / STEPS)));
        })
    };
    let at = props.said.map_or(STEPS / 2.0, |said| (scale.share(said) * STEPS).round());
    let words = props.said.map_or("Move the slider".to_owned(), |said| scale.words(said));
    html! {
        <div class="estimate">
            <output for={(*id).clone()}>{ words.clone() }</output>
            <input id={(*id).clone()} type="range" min="0" max={STEPS.to_string()} step="1" value={at.to_string()}
                aria-labelledby={props.asked.clone()} aria-valuetext={words} {oninput} />
            <div class="estimate-ends"><span>{ scale.words(scale.low) }</span><span>{ scale.words(scale.high) }</span></div>
        </div>
    }
}

/// Guess, simulation and measurement, a row each on one scale.
fn rows(scale: &Scale, said: Option<f64>, right: Quantity, real: Option<&Real>) -> Html {
    let row = |class: &'static str, label: &str, value: String, marks: &[f64]| {
        let mark = |value: &f64| {
            let at = format!("left: {:.2}%", scale.share(*value) * 100.0);
            html! { <i style={at} /> }
        };
        html! {
            <div class={classes!("estimate-row", class)}>
                <dt>{ label.to_owned() }</dt><dd>{ value }</dd>
                <dd class="track" aria-hidden="true">{ for marks.iter().map(mark) }</dd>
            </div>
        }
    };
    html! {
        <dl class="estimate-rows">
            if let Some(said) = said { { row("guess", "You", scale.words(said), &[said]) } }
            { row("simulated", "Simulated", right.to_string(), &[right.value]) }
            if let Some(real) = real { { row("real", &real.label, real.range.clone(), &real.values) } }
            <div class="estimate-row ends" aria-hidden="true">
                <dt /><dd />
                <dd class="estimate-ends"><span>{ scale.words(scale.low) }</span><span>{ scale.words(scale.high) }</span></dd>
            </div>
        </dl>
    }
}
