//! A thread's program, where it stands, and the button that lets it go on.

use gil_race::{Action, Program, Rule, Step};
use yew::prelude::*;

use super::play::{Dispatch, Move, Play};

/// The properties of [`ThreadView`].
#[derive(Properties, PartialEq)]
pub struct ThreadProps {
    /// The race so far.
    pub play: Play,
    /// Takes the reader's steps.
    pub dispatch: Dispatch,
    /// The thread, by its place in the race.
    pub number: usize,
}

/// A thread's column.
#[component]
pub fn ThreadView(props: &ThreadProps) -> Html {
    let race = props.play.race();
    let Some(program) = race.threads.get(props.number) else { return html! {} };
    let replay = props.play.replay();
    let state = &replay.state;
    let holds = state.holder() == Some(props.number);
    let thread = state.threads.get(props.number);
    let (next, values) = thread.map_or((0, &[][..]), |thread| (thread.next, &thread.values[..]));
    let marks = race.rule == Rule::Gil;
    html! {
        <div class={classes!("race-thread", format!("race-thread-{}", props.number))} role="group" aria-label={program.name}>
            <p class="race-thread-name">
                <b>{ program.name }</b>
                if holds { <span class="race-key">{ "has the GIL" }</span> }
            </p>
            { steps(program, next, marks) }
            { own(program, values) }
            { step_button(props, program, state.waits_words(props.number)) }
        </div>
    }
}

/// Operations with their steps.
fn steps(program: &Program, next: usize, marks: bool) -> Html {
    let mut groups: Vec<(usize, Vec<(usize, &Step)>)> = Vec::new();
    for (i, step) in program.steps.iter().enumerate() {
        match groups.last_mut() {
            Some((operation, steps)) if *operation == step.operation => steps.push((i, step)),
            _ => groups.push((step.operation, vec![(i, step)])),
        }
    }
    let group = |(operation, steps): &(usize, Vec<(usize, &Step)>)| {
        let name = program.operations.get(*operation).copied().unwrap_or_default();
        html! {
            <li class="race-operation">
                <span class="race-operation-name">{ name }</span>
                <ol>{ for steps.iter().map(|(i, step)| line(step, *i, next, marks)) }</ol>
            </li>
        }
    };
    html! { <ol class="race-steps">{ for groups.iter().map(group) }</ol> }
}

fn line(step: &Step, number: usize, next: usize, marks: bool) -> Html {
    let stands = match number.cmp(&next) {
        std::cmp::Ordering::Less => "done",
        std::cmp::Ordering::Equal => "next",
        std::cmp::Ordering::Greater => "later",
    };
    let switch = marks && step.switch_after;
    let class = classes!("race-step", stands, switch.then_some("switch"));
    html! {
        <li {class} aria-current={(number == next).then_some("step")}>
            <code>{ &step.text }</code>
            if switch { <span class="visually-hidden">{ " A switch can fall after it." }</span> }
        </li>
    }
}

/// The register or the value stack, if the program has one.
fn own(program: &Program, values: &[i64]) -> Html {
    let has = |wanted: fn(&Action) -> bool| program.steps.iter().any(|step| wanted(&step.action));
    let texts: Vec<String> = values.iter().map(i64::to_string).collect();
    let (name, text) = if has(|action| matches!(action, Action::Read(_))) {
        ("r", texts.last().cloned().unwrap_or_else(|| "not set".into()))
    } else if has(|action| matches!(action, Action::Const(_) | Action::TestMissing)) {
        ("value stack", if texts.is_empty() { "empty".into() } else { texts.join(", ") })
    } else {
        return html! {};
    };
    html! { <p class="race-own"><span class="race-label">{ name }</span><b>{ text }</b></p> }
}

/// Not `disabled`: it keeps the focus, and says why when it is asked.
fn step_button(props: &ThreadProps, program: &Program, why: Option<String>) -> Html {
    let (dispatch, number) = (props.dispatch.clone(), props.number);
    let onclick = Callback::from(move |_| dispatch.dispatch(Move::Step(number)));
    let planned = props.play.next() == Some(number);
    let class = classes!("button", "race-go", planned.then_some("planned"));
    html! {
        <div class="race-step-button">
            <button {class} aria-disabled={why.is_some().to_string()} title={why.clone()} {onclick}>
                { format!("Step {}", program.name) }<kbd aria-hidden="true">{ number + 1 }</kbd>
            </button>
            <p class="race-why">{ why.unwrap_or_default() }</p>
        </div>
    }
}
