//! A simulation within the text, with what the reader may change.

use gil_lessons::{Figure, Lesson, Show};
use gil_notation::{parse_duration, print_scenario};
use gil_sim::{Nanos, Scenario};
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::dom::{is_typing, use_seen};
use crate::edit::place::Place;
use crate::keys::playback_key;
use crate::knobs::{Edited, KnobView, complaint, knobs};
use crate::page::use_player;
use crate::simulation::Simulation;
use crate::view::{Headline, StageView, ThisMoment, TimelineView, Transport};

/// The properties of [`FigureView`].
#[derive(Properties)]
pub struct FigureProps {
    /// The lesson, which has the scenario.
    pub lesson: &'static Lesson,
    /// The figure.
    pub figure: &'static Figure,
}

impl PartialEq for FigureProps {
    fn eq(&self, other: &FigureProps) -> bool {
        std::ptr::eq(self.figure, other.figure)
    }
}

/// A figure; a sentence where the lesson does not have its scenario.
#[component]
pub fn FigureView(props: &FigureProps) -> Html {
    let figure = props.figure;
    match props.lesson.sheet.scenarios.get(&figure.scenario) {
        Some(base) => html! { <Live {base} {figure} /> },
        None => html! {
            <p class="complaint">{ format!("There is no scenario \"{}\" to show here.", figure.scenario) }</p>
        },
    }
}

#[derive(Properties)]
struct LiveProps {
    base: &'static Scenario,
    figure: &'static Figure,
}

impl PartialEq for LiveProps {
    fn eq(&self, other: &LiveProps) -> bool {
        std::ptr::eq(self.figure, other.figure)
    }
}

#[component]
fn Live(props: &LiveProps) -> Html {
    let LiveProps { base, figure } = *props;
    let edited = use_state_eq(|| Edited::new(base));
    let near = use_node_ref();
    let seen = use_seen(&near);
    let onturn = {
        let edited = edited.clone();
        Callback::from(move |(place, text): (Place, String)| edited.set(edited.turn(&place, &text)))
    };
    let reset = {
        let edited = edited.clone();
        Callback::from(move |_| edited.set(Edited::new(base)))
    };
    let knobs = knobs(base.spec(), &figure.controls);
    let changed = edited.spec != *base.spec();
    let href = format!("#{}", print_scenario(&edited.scenario));
    html! {
        <figure class="lesson-figure" data-scenario={figure.scenario.clone()}>
            <span class="near" ref={near} aria-hidden="true" />
            if !knobs.is_empty() {
                <div class="knobs" role="group" aria-label="What you can change here">
                    { for knobs.into_iter().map(|knob| html! {
                        <KnobView {knob} spec={edited.spec.clone()} onturn={onturn.clone()} />
                    }) }
                </div>
            }
            { complaint(&edited) }
            if seen {
                { simulation(figure, edited.scenario.clone()) }
            } else {
                <div class="figure-waiting">{ "The simulation starts when you come near." }</div>
            }
            <figcaption>{ &figure.caption }</figcaption>
            <p class="figure-foot">
                if !figure.controls.is_empty() {
                    <button type="button" class="small" disabled={!changed} onclick={reset}>{ "Reset" }</button>
                }
                <a class="open-scenario" {href}>{ "Open in the playground" }</a>
            </p>
        </figure>
    }
}

fn simulation(figure: &'static Figure, scenario: Scenario) -> Html {
    let time = |text: &String| parse_duration(text).ok();
    let window = figure.window.as_ref();
    let window = window.and_then(|[from, to]| time(from).zip(time(to)));
    let shows = |part: Show| figure.show.contains(&part);
    html! {
        <Simulation {scenario} playing={figure.play} {window} looping={figure.looping}
            at={figure.at.as_ref().and_then(time).unwrap_or(Nanos::ZERO)}
            slowdown={figure.slow.map(f64::from)}>
            <Keys>
                if shows(Show::Headline) { <Headline /> }
                if shows(Show::Stage) { <StageView /> }
                if shows(Show::Now) { <ThisMoment /> }
                <Transport />
                if shows(Show::Timeline) { <TimelineView brief=true /> }
            </Keys>
        </Simulation>
    }
}

#[derive(Properties, PartialEq)]
struct KeysProps {
    children: Html,
}

/// The page's keys for playback, for the figure that has the focus.
#[component]
fn Keys(props: &KeysProps) -> Html {
    let player = use_player();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let other = event.alt_key() || event.ctrl_key() || event.meta_key() || is_typing(&event);
        if !other && playback_key(&event, &player) {
            event.prevent_default();
        }
    });
    html! { <div class="figure-parts" {onkeydown}>{ props.children.clone() }</div> }
}
