//! What is different: the sentence, the input, the outcome, and where the runs part.

use std::rc::Rc;

use gil_sim::{EventId, Nanos};
use gil_words::difference::{
    Change, Effect, Effects, Seeds, Side, first_difference, first_words, input_changes,
    outcome_changes_in, same_until, summary_in,
};
use yew::prelude::*;

use crate::model::Run;
use crate::page::{use_page, use_player};
use crate::playback::Play;

/// What several seeds give, where they have been run.
#[derive(Properties)]
pub struct SeedProps {
    /// The metrics of both in the same seeds.
    pub seeds: Rc<Seeds>,
}

/// They are made once for two scenarios.
impl PartialEq for SeedProps {
    fn eq(&self, other: &SeedProps) -> bool {
        Rc::ptr_eq(&self.seeds, &other.seeds)
    }
}

/// The sentence on top, read out again after an edit.
#[component]
pub fn Summary(props: &SeedProps) -> Html {
    let runs = (use_runs(), props.seeds.clone());
    let sentence = use_memo(runs, |((run, other), seeds)| {
        other.as_ref().map(|other| summary_in(run, other, seeds))
    });
    html! {
        <div class="difference" aria-live="polite">
            <p class="finding">{ sentence.as_ref().clone().unwrap_or_default() }</p>
        </div>
    }
}

/// What is changed, what that did, and where the runs part.
#[component]
pub fn Differences(props: &SeedProps) -> Html {
    let runs = (use_runs(), props.seeds.clone());
    let said = use_memo(runs, |((run, other), seeds)| {
        let other = other.as_ref()?;
        let changes = input_changes(run.scenario(), other.scenario());
        Some((changes, outcome_changes_in(run, other, seeds)))
    });
    let Some((changes, effects)) = said.as_ref() else { return html! {} };
    html! {
        <section class="differences" aria-label="What is different">
            { inputs(changes) }
            <First />
            { outcomes(effects, props.seeds.runs()) }
        </section>
    }
}

/// Both runs: what is said of them is worked out once, not with every zoom.
#[hook]
fn use_runs() -> (Rc<Run>, Option<Rc<Run>>) {
    let model = use_page().model;
    (model.run.clone(), model.other.clone())
}

fn inputs(changes: &[Change]) -> Html {
    let item = |change: &Change| match &change.values {
        Some((a, b)) => html! {
            <li>
                { format!("{}: ", change.what) }
                <span class="was">{ a }</span>
                <span aria-hidden="true">{ " \u{2192} " }</span>
                <span class="visually-hidden">{ " in A, in B " }</span>
                <b>{ b }</b>
            </li>
        },
        None => html! { <li>{ &change.what }</li> },
    };
    html! {
        <div class="difference-inputs">
            <h2>{ "What is changed from A to B" }</h2>
            if changes.is_empty() {
                <p>{ "Nothing yet: edit the text of A or B." }</p>
            } else {
                <ul>{ for changes.iter().map(item) }</ul>
            }
        </div>
    }
}

/// Until when the runs are the same, and a way there.
#[component]
fn First() -> Html {
    let player = use_player();
    let runs = use_runs();
    let first = use_memo(runs, |(run, other)| parting(run, other.as_deref()?));
    let Some(Parting { until, words: (in_a, in_b), go }) = first.as_ref() else {
        return html! {};
    };
    let go = {
        let (player, (side, event)) = (player.clone(), *go);
        Callback::from(move |_: MouseEvent| {
            player.dispatch(match side {
                Side::A => Play::To(event),
                Side::B => Play::ToBeside(event),
            });
        })
    };
    html! {
        <div class="difference-first">
            <h2>{ "Where the runs part" }</h2>
            <p>{ until }</p>
            <dl>
                <dt>{ "A" }</dt><dd>{ in_a }</dd>
                <dt>{ "B" }</dt><dd>{ in_b }</dd>
            </dl>
            <button type="button" class="button" onclick={go}>{ "Go to the first difference" }</button>
        </div>
    }
}

struct Parting {
    /// A sentence.
    until: String,
    /// What happens in A and in B.
    words: (String, String),
    /// The earlier of the two events.
    go: (Side, EventId),
}

fn parting(a: &Run, b: &Run) -> Option<Parting> {
    let (in_a, in_b) = first_difference(&a.trace, &b.trace)?;
    let until = same_until(&a.trace, &b.trace)?;
    let time = |run: &Run, event: EventId| run.trace.events.get(event.index()).map(|e| e.at);
    let go = match time(a, in_a) <= time(b, in_b) {
        true => (Side::A, in_a),
        false => (Side::B, in_b),
    };
    let until = match until {
        Nanos::ZERO => "They differ from the start.".to_owned(),
        until => format!("The same until {until}."),
    };
    Some(Parting { until, words: first_words(&a.trace, &b.trace)?, go })
}

/// How many runs the figures come from.
fn several(seeds: usize) -> String {
    match seeds {
        0 | 1 => String::new(),
        seeds => format!("Medians of {seeds} seeds, with the lowest and the highest. "),
    }
}

fn outcomes(effects: &Effects, seeds: usize) -> Html {
    let row = |effect: &Effect| {
        html! {
            <tr data-figure={effect.name.clone()}>
                <th scope="row">{ &effect.name }</th>
                <td>{ &effect.a }</td>
                <td>{ &effect.b }</td>
                <td class="words">{ &effect.difference }</td>
                <td class="words">{ effect.better.map_or("-", Side::name) }</td>
            </tr>
        }
    };
    html! {
        <div class="difference-outcomes">
            <h2>{ "What it did" }</h2>
            if !effects.rows.is_empty() {
                <div class="table-scroll">
                    <table class="figures">
                        <caption>
                            { several(seeds) }
                            { "Figures that differ by 1 % or more. Wake-up is from the completion of I/O until the thread has the GIL again." }
                        </caption>
                        <thead><tr>
                            <th scope="col">{ "Figure" }</th>
                            <th scope="col">{ "A" }</th>
                            <th scope="col">{ "B" }</th>
                            <th scope="col" class="words">{ "B against A" }</th>
                            <th scope="col" class="words">{ "Better" }</th>
                        </tr></thead>
                        <tbody>{ for effects.rows.iter().map(row) }</tbody>
                    </table>
                </div>
            }
            if !effects.same.is_empty() {
                <p class="muted">{ format!("The same in both: {}.", effects.same.join(", ")) }</p>
            }
        </div>
    }
}
