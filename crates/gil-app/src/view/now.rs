//! The current moment in words: state, trigger, consequence.

use gil_sim::{EventId, ThreadId};
use yew::prelude::*;

use crate::model::Run;
use crate::page::{use_page, use_player};
use crate::playback::Play;
use crate::player::Player;

/// What holds now, what changed it, what Python then guarantees.
#[component]
pub fn Now() -> Html {
    let player = use_player();
    let page = use_page();
    // The player follows the model one render later.
    if player.run != page.model.run {
        return html! {};
    }
    html! {
        <section class="now" aria-label="This moment">
            <h2>{ "Now" }</h2>
            if let Some(event) = player.event {
                <Moment event={event.0} />
            } else {
                <p class="muted">{ "Nothing has happened yet." }</p>
            }
            <ThreadList />
            <Terms />
        </section>
    }
}

/// State, trigger and consequence by themselves, for beside a text.
#[component]
pub fn ThisMoment() -> Html {
    let player = use_player();
    let page = use_page();
    if player.run != page.model.run {
        return html! {};
    }
    html! {
        <section class="this-moment" aria-label="This moment">
            if let Some(event) = player.event {
                <Moment event={event.0} />
            } else {
                <p class="muted">{ "Nothing has happened yet." }</p>
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct MomentProps {
    event: u32,
}

/// Only drawn anew when the event changes, not with every frame.
#[component]
fn Moment(props: &MomentProps) -> Html {
    let page = use_page();
    let run = &page.model.run;
    if props.event as usize >= run.trace.events.len() {
        return html! {};
    }
    let event = EventId(props.event);
    html! {
        <>
        { told(run, event, "moment") }
        <Neighbours event={props.event} />
        </>
    }
}

/// An event as state, trigger and consequence, with a link to its rule.
pub fn told(run: &Run, event: EventId, class: &'static str) -> Html {
    let moment = gil_words::moment(run.scenario(), &run.trace, event);
    let part = |title: &'static str, text: String| {
        html! { <><dt>{ title }</dt><dd>{ text }</dd></> }
    };
    html! {
        <>
        <dl {class}>
            { part("State", moment.state) }
            { part("Trigger", moment.trigger) }
            { part("Consequence", moment.consequence) }
        </dl>
        if let Some(rule) = moment.rule {
            <p class="rule muted">
                { "Rule: " }
                <a href={rule.link()} target="_blank" rel="noopener">{ rule.to_string() }</a>
            </p>
        }
        </>
    }
}

/// The events before and after, to go to.
#[component]
fn Neighbours(props: &MomentProps) -> Html {
    let page = use_page();
    let player = use_player();
    let here = props.event;
    let last = page.model.run.trace.events.len() as u32 - 1;
    let from = here.saturating_sub(2);
    let rows =
        (from..=(here + 2).min(last)).map(|n| event_row(&page.model.run, &player, n, n == here));
    html! { <ol class="events" aria-label="Events around this one">{ for rows }</ol> }
}

fn event_row(run: &Run, player: &Player, n: u32, current: bool) -> Html {
    let text = gil_words::event_line(&run.trace, EventId(n));
    let onclick = {
        let player = player.clone();
        Callback::from(move |_| player.dispatch(Play::To(EventId(n))))
    };
    html! {
        <li><button class="event" aria-current={current.then_some("true")} {onclick}>{ text }</button></li>
    }
}

/// What each thread does, in a few words.
#[component]
fn ThreadList() -> Html {
    let player = use_player();
    let trace = &player.run.trace;
    let shown = trace.threads.len().min(24);
    let row = |n: usize| {
        let thread = ThreadId(n as u16);
        html! {
            <li><b>{ trace.name(thread) }</b>{ " " }{ gil_words::thread_now(trace, thread, player.at) }</li>
        }
    };
    html! {
        <>
        <h3>{ "Threads" }</h3>
        <ul class="thread-list">{ for (0..shown).map(row) }</ul>
        if shown < trace.threads.len() {
            <p class="muted">{ format!("and {} more", trace.threads.len() - shown) }</p>
        }
        </>
    }
}

/// The terms of the page, explained where they stand.
#[component]
fn Terms() -> Html {
    let term = |term: &gil_words::Term| {
        html! { <><dt>{ term.name }</dt><dd>{ term.meaning }</dd></> }
    };
    html! {
        <details class="terms">
            <summary>{ "Terms" }</summary>
            <dl>{ for gil_words::GLOSSARY.iter().map(term) }</dl>
        </details>
    }
}
