//! A question with several answers to choose from.

use gil_claims::{Found, Lab, holds};
use gil_lessons::{Choice, Question};
use gil_sim::Scenario;
use yew::prelude::*;

use super::answer::{Answer, AskProps, simulating, verdict};
use crate::task::gradual::{Work, use_gradually};

/// Whether a choice is right, and what its claim was found to be.
type Checked = (bool, Option<Found>);

fn check(choice: &Choice, scenario: &Scenario, lab: &mut Lab) -> Checked {
    match &choice.holds {
        None => (choice.right, None),
        // That claims can be simulated is tested; one that cannot makes no answer right.
        Some(claim) => {
            holds(claim, scenario, lab).map_or((false, None), |found| (found.holds, Some(found)))
        }
    }
}

/// The choices; with the right one, once it is shown.
#[component]
pub fn Choose(props: &AskProps) -> Html {
    let Question::Choose(choices) = &props.predict.question else { return html! {} };
    let scenario = props.scenario;
    let shown = props.kept.shown;
    let checked = use_gradually(shown, move |shown| {
        let mut lab = Lab::default();
        let work = choices.iter().map(move |choice| check(choice, scenario, &mut lab));
        shown.then(|| Box::new(work) as Work<Checked>)
    });
    let chosen = match props.kept.answer {
        Some(Answer::Choice(at)) => Some(at),
        _ => None,
    };
    let known = checked.done.then(|| checked.found.clone());
    let row = |(at, choice): (usize, &'static Choice)| {
        let right = known.as_ref().is_some_and(|known| known.get(at).is_some_and(|c| c.0));
        let onchange = {
            let onanswer = props.onanswer.clone();
            Callback::from(move |_: Event| onanswer.emit(Answer::Choice(at)))
        };
        html! {
            <label class={classes!("choice", right.then_some("right"))}>
                <input type="radio" name={props.asked.clone()} checked={chosen == Some(at)} disabled={shown} {onchange} />
                <span>{ &choice.text }</span>
                if shown && chosen == Some(at) { <span class="tag">{ "Your answer" }</span> }
                if right { <span class="tag good">{ "Right" }</span> }
            </label>
        }
    };
    html! {
        <>
        <div class="choices" role="radiogroup" aria-labelledby={props.asked.clone()}>
            { for choices.iter().enumerate().map(row) }
        </div>
        if shown {
            // The same element before and after it is known: it has the focus.
            { verdict(props, &known.as_ref().map_or_else(simulating, |known| words(choices, known, chosen))) }
            { known.as_ref().map(|known| evidence(choices, known)).unwrap_or_default() }
        }
        </>
    }
}

fn words(choices: &[Choice], known: &[Checked], chosen: Option<usize>) -> String {
    let Some(right) = known.iter().position(|checked| checked.0) else {
        return "None of these holds in the simulation.".to_owned();
    };
    let text = choices.get(right).map_or("", |choice| choice.text.as_str());
    match chosen {
        Some(at) if at == right => "That is right.".to_owned(),
        Some(_) => format!("Not so. The right answer is \"{text}\"."),
        None => format!("The right answer is \"{text}\"."),
    }
}

/// What was simulated to tell which choice is right, where that was needed.
fn evidence(choices: &[Choice], known: &[Checked]) -> Html {
    let right = choices.iter().zip(known).find(|(_, checked)| checked.0);
    let claim = right.and_then(|(choice, checked)| choice.holds.as_ref().zip(checked.1.as_ref()));
    let Some((claim, found)) = claim else { return html! {} };
    html! {
        <p class="predict-evidence muted">
            { "Simulated just now: " }<b>{ found.value.to_string() }</b>{ ", so that " }
            <code>{ claim }</code>{ " holds." }
        </p>
    }
}
