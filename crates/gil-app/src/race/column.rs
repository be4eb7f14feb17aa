//! One thread: its steps, how far it is, and its own number.

use gil_race::{Race, State, Step};
use yew::prelude::*;

/// What a [`Column`] shows.
#[derive(Properties, PartialEq)]
pub struct ColumnProps {
    /// The race.
    pub race: Race,
    /// How far it is.
    pub state: State,
    /// Which thread, from 0.
    pub thread: usize,
    /// Does its next step.
    pub step: Callback<usize>,
}

/// A thread's steps with a pointer at the next one.
#[component]
pub fn Column(props: &ColumnProps) -> Html {
    let ColumnProps { race, state, thread, .. } = props;
    let next = state.next.get(*thread).copied().unwrap_or_default();
    let refusal = race.refusal(state, *thread);
    let onclick = {
        let (step, thread) = (props.step.clone(), *thread);
        Callback::from(move |_| step.emit(thread))
    };
    let own = state.own.get(*thread).copied().flatten();
    let name = format!("T{}", thread + 1);
    html! {
        <div class="race-thread">
            <h4>{ format!("Thread {name}") }</h4>
            <ol class="race-steps">
                { for race.steps.iter().enumerate().map(|(i, step)| row(race, step, i, next)) }
            </ol>
            <p class="race-own">
                { format!("{name} has ") }
                <b>{ own.map_or("nothing".to_owned(), |own| own.to_string()) }</b>
                { format!(" {}", race.info.own()) }
            </p>
            <button class="button" disabled={refusal.is_some()} {onclick}>
                { format!("Step {name}") }
            </button>
            <p class="race-why muted">{ refusal.map(|refusal| refusal.words(*thread)).unwrap_or_default() }</p>
        </div>
    }
}

fn row(race: &Race, step: &Step, index: usize, next: usize) -> Html {
    let current = (index == next).then_some("step");
    let done = (index < next).then_some("done");
    let before = index.checked_sub(1).and_then(|before| race.steps.get(before));
    let begins = before.is_none_or(|before| before.of != step.of);
    html! {
        <>
        if begins {
            <li class="race-of" aria-hidden="true">{ step.of }</li>
        }
        <li class={classes!("race-step", done)} aria-current={current}>
            <code>{ step.text }</code>
            if race.gil && step.looks {
                <span class="race-looks" title="The eval breaker is looked at here: another thread can get the GIL.">
                    { "switch" }
                </span>
            }
        </li>
        </>
    }
}
