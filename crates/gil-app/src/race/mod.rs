//! A race, stepped through by hand: two programs, what they share, every way to interleave.

mod memory;
mod play;
mod thread;

use gil_race::{Exploration, Happening, Outcome, Race, RaceKind, Replay, Rule, rule_words};
use gil_sim::Python;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use memory::MemoryView;
use play::{Dispatch, Move, Play};
use thread::ThreadView;

/// Pythons before the newest between which a race can differ.
const OLDER: [&str; 5] = ["2.7", "3.9", "3.10", "3.11", "3.12"];

/// The properties of [`RaceView`].
#[derive(Properties, PartialEq)]
pub struct RaceProps {
    /// The race.
    pub race: RaceKind,
    /// The Python at first.
    #[prop_or_default]
    pub python: Option<Python>,
}

/// A race to step through.
#[component]
pub fn RaceView(props: &RaceProps) -> Html {
    let python = props.python.unwrap_or_else(Python::newest);
    // Another race begins anew.
    let key = format!("{} {python}", props.race.name());
    html! { <Board {key} race={props.race} python={Some(python)} /> }
}

#[component]
fn Board(props: &RaceProps) -> Html {
    let first = props.python.unwrap_or_default();
    let play = use_reducer(|| Play::new(props.race, first));
    let all = use_memo(play.race().clone(), |race| Exploration::of(race));
    let race = play.race().clone();
    let replay = play.replay();
    let onkeydown = {
        let play = play.dispatcher();
        Callback::from(move |event: KeyboardEvent| keyed(&event, &play))
    };
    let state = &replay.state;
    let last = replay.log.last();
    let thread = |number: usize| {
        html! { <ThreadView play={(*play).clone()} dispatch={play.dispatcher()} {number} /> }
    };
    let can_wait = race.rule == Rule::Gil || has_lock(&race);
    let class = classes!("race", can_wait.then_some("can-wait"));
    html! {
        <section {class} aria-label={format!("Race: {}", race.kind.title())} {onkeydown}>
            <div class="race-head">
                <p class="race-title">{ race.kind.title() }</p>
                <p class="race-about">{ race.kind.about() }</p>
                { pythons(&race, &play.dispatcher()) }
                <p class="muted">{ rule(&race) }</p>
                if race.rule == Rule::Gil {
                    <p class="race-legend"><span class="race-dots" aria-hidden="true" />{ "a switch can fall here" }</p>
                }
            </div>
            <div class="race-board">
                { thread(0) }
                <MemoryView
                    memory={state.memory.clone()}
                    references={state.references()}
                    locked={state.memory.lock.map(|owner| race.name(owner))}
                    has_lock={has_lock(&race)}
                    holder={gil(&race, state.holder())}
                    effect={last.map(|last| last.effect)}
                />
                { thread(1) }
            </div>
            { said(&play, &replay) }
            { tools(&play, &all) }
            <p class="race-count"><b>{ all.words() }</b>{ " " }{ race.caveat(&all).unwrap_or_default() }</p>
            { log(&race, &replay.log) }
        </section>
    }
}

fn keyed(event: &KeyboardEvent, play: &Dispatch) {
    let action = match event.key().as_str() {
        "1" => Move::Step(0),
        "2" => Move::Step(1),
        "Backspace" => Move::Back,
        _ => return,
    };
    if !(event.ctrl_key() || event.alt_key() || event.meta_key()) {
        event.prevent_default();
        play.dispatch(action);
    }
}

fn rule(race: &Race) -> &'static str {
    match (race.python, race.rule) {
        (Some(python), _) => rule_words(python),
        (None, Rule::Free) => "Nothing keeps a thread out: it can come between any two steps.",
        (None, Rule::Gil) => "The thread that has the GIL keeps it up to the end of a bytecode.",
    }
}

fn has_lock(race: &Race) -> bool {
    race.kind == RaceKind::IncrementWithLock
}

/// The thread that has the GIL, where there is one.
fn gil(race: &Race, holder: Option<usize>) -> Option<&'static str> {
    (race.rule == Rule::Gil).then(|| holder.map_or("nobody", |holder| race.name(holder)))
}

fn pythons(race: &Race, play: &Dispatch) -> Html {
    let Some(current) = race.python else { return html! {} };
    let chip = |python: Python| {
        let play = play.clone();
        let onclick = Callback::from(move |_| play.dispatch(Move::Python(python)));
        let pressed = (python == current).to_string();
        html! { <button class="toggle" aria-pressed={pressed} {onclick}>{ python.to_string() }</button> }
    };
    let mut shown: Vec<Python> = OLDER.into_iter().filter_map(Python::find).collect();
    shown.extend([Python::newest(), Python::newest_free_threaded()]);
    if !shown.contains(&current) {
        shown.push(current);
    }
    html! {
        <div class="race-pythons" role="group" aria-label="Python">
            <span class="race-label">{ "Python" }</span>
            { for shown.into_iter().map(chip) }
        </div>
    }
}

/// What the last step did, how it ended, or why a thread cannot go on.
fn said(play: &Play, replay: &Replay<'_>) -> Html {
    let (race, state) = (play.race(), &replay.state);
    let refused = play.refused().and_then(|thread| {
        state.waits_words(thread).map(|why| format!("{} cannot go on. {why}", race.name(thread)))
    });
    let last = replay.log.last().map(|last| race.words(last));
    let is_over = state.is_over();
    let is_wrong = is_over && state.outcome() != Outcome::Right;
    let verdict = is_over.then(|| state.verdict());
    let lines = match (refused, last) {
        (Some(refused), _) => html! { <p>{ refused }</p> },
        (None, Some(words)) => html! {
            <p><span class="muted">{ words.state }{ " " }{ words.trigger }</span>{ " " }{ words.consequence }</p>
        },
        (None, None) if play.has_plan() => {
            html! { <p>{ "Here is an example. Next step goes through it." }</p> }
        }
        (None, None) => html! { <p class="muted">{ "No thread has made a step yet." }</p> },
    };
    html! {
        <div class={classes!("race-said", is_wrong.then_some("wrong"))} role="status" aria-live="polite">
            { lines }
            { verdict.map(|verdict| html! { <p class="race-verdict">{ verdict }</p> }) }
        </div>
    }
}

fn tools(play: &UseReducerHandle<Play>, all: &Exploration) -> Html {
    let button = |text: &'static str, action: Option<Move>, primary: bool| {
        let play = play.dispatcher();
        let off = action.is_none();
        let onclick = Callback::from(move |_| {
            if let Some(action) = action.clone() {
                play.dispatch(action);
            }
        });
        let class = classes!("button", primary.then_some("primary"));
        html! { <button {class} aria-disabled={off.to_string()} {onclick}>{ text }</button> }
    };
    let begun = !play.replay().log.is_empty();
    let show = |text, example: Option<&[usize]>| match example {
        Some(example) => button(text, Some(Move::Show(example.to_vec())), false),
        None => html! {},
    };
    html! {
        <div class="race-tools">
            if play.has_plan() {
                { button("Next step", play.next().map(|_| Move::Next), true) }
            }
            { button("Back", begun.then_some(Move::Back), false) }
            { button("Restart", begun.then_some(Move::Restart), false) }
            <span class="push" />
            { show("Show one that goes wrong", all.wrong_example()) }
            { show("Show one that goes right", all.example(Outcome::Right)) }
        </div>
    }
}

fn log(race: &Race, log: &[Happening]) -> Html {
    let row = |happening: &Happening| {
        let words = race.words(happening);
        let step = race.threads.get(happening.thread).and_then(|p| p.steps.get(happening.step));
        html! {
            <li>
                <b class={format!("race-name-{}", happening.thread)}>{ race.name(happening.thread) }</b>
                { " " }
                <code>{ step.map(|step| step.text.clone()).unwrap_or_default() }</code>
                { " " }
                { words.consequence }
            </li>
        }
    };
    if log.is_empty() {
        return html! {};
    }
    html! {
        <details class="race-log">
            <summary>{ format!("What happened: {} step{}", log.len(), if log.len() == 1 { "" } else { "s" }) }</summary>
            <ol>{ for log.iter().map(row) }</ol>
        </details>
    }
}
