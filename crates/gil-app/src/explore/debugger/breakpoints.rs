//! The list of breakpoints, and a field to add a condition.

use std::rc::Rc;

use gil_debug::{Condition, EXAMPLES, Fault, Listing};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::breakpoints::{Stop, Stops};
use crate::dom::use_id;
use crate::model::Run;
use crate::page::use_player;
use crate::playback::Play;
use crate::player::Player;

#[derive(Properties, PartialEq)]
pub struct BreakpointsProps {
    /// The run that is debugged.
    pub run: Rc<Run>,
    /// The protocol of its Python.
    pub listing: Rc<Listing>,
}

/// What is set, and what may be added.
#[component]
pub fn Breakpoints(props: &BreakpointsProps) -> Html {
    let player = use_player();
    let points: &Stops = &player.points;
    let rows = (0..points.list.len()).map(|n| row(props, &player, n));
    html! {
        <div class="debugger-breakpoints">
            <h3>{ "Breakpoints" }</h3>
            if points.list.is_empty() {
                <p class="muted">{ "None yet. Press the place before a line's number, or write a condition." }</p>
            }
            <ul>{ for rows }</ul>
            <p class="visually-hidden" role="status">{ hit_words(props, &player) }</p>
            <NewCondition run={props.run.clone()} />
        </div>
    }
}

/// What a breakpoint says of itself.
fn words(listing: &Listing, point: &Stop) -> String {
    match point {
        Stop::Condition(text) => text.clone(),
        Stop::Line(id, _) => match listing.number(*id).zip(listing.line(*id)) {
            Some((number, line)) => format!("line {number}: {}", line.text),
            None => format!("line {}", id.0),
        },
    }
}

fn hit_words(props: &BreakpointsProps, player: &Player) -> String {
    let hit = player.hit.and_then(|n| player.points.list.get(n));
    hit.map_or_else(String::new, |hit| format!("Stopped at {}", words(&props.listing, hit)))
}

fn row(props: &BreakpointsProps, player: &Player, n: usize) -> Html {
    let Some(point) = player.points.list.get(n) else { return html! {} };
    let text = words(&props.listing, point);
    let remove = {
        let player = player.clone();
        Callback::from(move |_| {
            let mut list = player.points.list.clone();
            list.remove(n.min(list.len().saturating_sub(1)));
            player.dispatch(Play::Stops(list));
        })
    };
    let fault = player.points.faults.get(n).cloned().flatten();
    let hit = player.hit == Some(n);
    html! {
        <li class={classes!("breakpoint", hit.then_some("hit"))}>
            <code>{ text.clone() }</code>
            if let Stop::Line(..) = point { { thread_choice(props, player, n) } }
            if hit { <span class="hit-mark">{ "stopped here" }</span> }
            if let Some(fault) = fault { <span class="fault">{ fault }</span> }
            <button class="button" aria-label={format!("Remove {text}")} onclick={remove}>{ "Remove" }</button>
        </li>
    }
}

/// For which thread a line's breakpoint is.
fn thread_choice(props: &BreakpointsProps, player: &Player, n: usize) -> Html {
    let Some(Stop::Line(_, chosen)) = player.points.list.get(n) else { return html! {} };
    let onchange = {
        let player = player.clone();
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            let name = Some(select.value()).filter(|name| !name.is_empty());
            let mut list = player.points.list.clone();
            if let Some(Stop::Line(_, thread)) = list.get_mut(n) {
                *thread = name;
            }
            player.dispatch(Play::Stops(list));
        })
    };
    let option = |thread: &gil_sim::Thread| {
        let selected = chosen.as_ref() == Some(&thread.name);
        html! { <option value={thread.name.clone()} {selected}>{ &thread.name }</option> }
    };
    html! {
        <select aria-label="For which thread" {onchange}>
            <option value="" selected={chosen.is_none()}>{ "any thread" }</option>
            { for props.run.trace.threads.iter().map(option) }
        </select>
    }
}

#[derive(Properties, PartialEq)]
struct NewProps {
    run: Rc<Run>,
}

/// The field for a condition, with what is wrong with it and what it could be.
#[component]
fn NewCondition(props: &NewProps) -> Html {
    let player = use_player();
    let text = use_state_eq(String::new);
    let fault = use_state_eq(|| None::<Fault>);
    let (field, fault_id) = (use_id(), use_id());
    let oninput = {
        let (text, fault) = (text.clone(), fault.clone());
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            text.set(input.value());
            fault.set(None);
        })
    };
    let onsubmit = {
        let (text, fault, player, run) =
            (text.clone(), fault.clone(), player.clone(), props.run.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match Condition::parse(&text, &run.trace) {
                Ok(_) => {
                    let mut list = player.points.list.clone();
                    list.push(Stop::Condition(text.trim().to_owned()));
                    player.dispatch(Play::Stops(list));
                    text.set(String::new());
                }
                Err(found) => fault.set(Some(found)),
            }
        })
    };
    let some_thread = props.run.trace.threads.last().map_or("", |thread| thread.name.as_str());
    let example = |pattern: &&'static str| {
        let example = pattern.replace("{thread}", some_thread);
        let onclick = {
            let (text, fault, example) = (text.clone(), fault.clone(), example.clone());
            Callback::from(move |_| {
                text.set(example.clone());
                fault.set(None);
            })
        };
        html! { <button type="button" class="example" {onclick}>{ example }</button> }
    };
    html! {
        <form class="new-condition" {onsubmit}>
            <label for={field.to_string()}>{ "Stop when" }</label>
            <input id={field.to_string()} type="text" value={(*text).clone()} {oninput}
                autocomplete="off" autocapitalize="off" spellcheck="false"
                aria-invalid={fault.is_some().then_some("true")}
                aria-describedby={fault.is_some().then(|| fault_id.to_string())} />
            <button class="button">{ "Add" }</button>
            <div id={fault_id.to_string()} class="fault" role="status">
                if let Some(fault) = &*fault { { fault_words(&text, fault) } }
            </div>
            <p class="examples"><span class="muted">{ "For example " }</span>{ for EXAMPLES.iter().map(example) }</p>
        </form>
    }
}

/// The message, and the text with the place marked.
fn fault_words(text: &str, fault: &Fault) -> Html {
    let place = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
    let span = fault.span.clone();
    html! {
        <>
        <p>{ fault.to_string() }{ "." }</p>
        if !span.is_empty() {
            <code>{ place(0..span.start) }<mark>{ place(span.clone()) }</mark>{ place(span.end..text.len()) }</code>
        }
        </>
    }
}
