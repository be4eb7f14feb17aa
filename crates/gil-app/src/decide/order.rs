//! The failures in the order of what they cost.

use std::rc::Rc;

use gil_decide::{Constraints, Cost, MEMORY_THRESHOLD_PERCENT, Question, WorkKind, words};
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlButtonElement;
use yew::prelude::*;

/// What the list shows and tells.
#[derive(Properties, PartialEq)]
pub struct OrderProps {
    /// The question with its order.
    pub question: Rc<Question>,
    /// Hears another order.
    pub change: Callback<Constraints>,
}

/// The list, with buttons to move a failure up and down.
#[component]
pub fn Order(props: &OrderProps) -> Html {
    let OrderProps { question, change } = props;
    let constraints = &question.constraints;
    let kind = question.kind();
    let order = constraints.order();
    let moved = use_state_eq(|| None::<(Cost, bool)>);
    {
        // The button that was pressed has gone to another row: the focus goes with it.
        let places = order.clone();
        use_effect_with((order.clone(), *moved), move |(_, moved)| {
            if let Some((cost, up)) = *moved {
                focus(&places, cost, up);
            }
        });
    }
    let said = moved.as_ref().and_then(|(cost, _)| {
        let place = order.iter().position(|other| other == cost)? + 1;
        Some(format!("{} is number {place} of {}.", cost.title(kind), order.len()))
    });
    let row = |(place, cost): (usize, &Cost)| {
        let cost = *cost;
        let button = |up: bool, disabled: bool| {
            let (constraints, change, moved) = (constraints.clone(), change.clone(), moved.clone());
            let onclick = Callback::from(move |_: MouseEvent| {
                let mut constraints = constraints.clone();
                constraints.shift(cost, up);
                moved.set(Some((cost, up)));
                change.emit(constraints);
            });
            let word = if up { "up" } else { "down" };
            let label = format!("Move {} {word}", cost.title(kind));
            let path = if up { "M6 15l6-6 6 6" } else { "M6 9l6 6 6-6" };
            html! {
                <button class="icon" id={id(cost, up)} aria-label={label} {disabled} {onclick}>
                    <svg viewBox="0 0 24 24" aria-hidden="true"><path d={path} /></svg>
                </button>
            }
        };
        html! {
            <li data-cost={cost.key()}>
                <span class="place" aria-hidden="true">{ place + 1 }</span>
                <span class="cost">
                    <strong>{ cost.title(kind) }</strong>
                    <span class="muted">{ cost.explanation(kind) }</span>
                </span>
                { button(true, place == 0) }
                { button(false, place + 1 == order.len()) }
            </li>
        }
    };
    html! {
        <fieldset>
            <legend>{ "What failure costs most" }</legend>
            <ol class="costs">{ for order.iter().enumerate().map(row) }</ol>
            <p class="muted level">{ level(constraints, kind) }</p>
            <p class="visually-hidden" role="status">{ said.unwrap_or_default() }</p>
        </fieldset>
    }
}

/// When two candidates are level, so that the next failure decides.
fn level(constraints: &Constraints, kind: WorkKind) -> String {
    let memory = words::bytes(constraints.memory_threshold());
    let noun = gil_words::capitalized(Cost::LatencySpikes.noun(kind));
    format!(
        "{noun} and throughput are level within the range of the seeds and within a tenth, memory \
         within {memory} ({MEMORY_THRESHOLD_PERCENT} % of the machine's). Then the next one decides."
    )
}

fn id(cost: Cost, up: bool) -> String {
    format!("cost-{}-{}", cost.key(), if up { "up" } else { "down" })
}

/// Focuses the button of a failure; at an end of the list the one for the other way.
fn focus(order: &[Cost], cost: Cost, up: bool) {
    let end = if up { order.first() } else { order.last() };
    let up = if end == Some(&cost) { !up } else { up };
    let button = document().get_element_by_id(&id(cost, up));
    if let Some(button) = button.and_then(|found| found.dyn_into::<HtmlButtonElement>().ok()) {
        // Without focus the keyboard starts at the top: a nuisance, no more.
        let _ = button.focus();
    }
}
