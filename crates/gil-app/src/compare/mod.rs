//! Two scenarios side by side, with one playhead.
//!
//! A is the page's scenario, B what the link has behind `vs`. The page's playback plays both
//! ([`Beside`](crate::playback::Playback::beside)); what stands within B gets it mirrored as its
//! [`Player`], so that stage and timeline are the same components as everywhere.

mod differences;
mod seeds;
mod side;
mod start;

use gil_words::difference::Side;
use yew::prelude::*;

use crate::model::Action;
use crate::page::{use_page, use_player};
use crate::player::Player;
use crate::view::{Pointed, Transport};
use differences::{Differences, Summary};
use seeds::use_seeds;
use side::SideView;
use start::Start;

/// The Compare tab.
#[component]
pub fn Compare() -> Html {
    let page = use_page();
    html! {
        <div class="side-by-side">
            if page.model.other.is_some() {
                <Both />
            } else {
                <Start />
            }
        </div>
    }
}

/// Two scenarios as a figure in another page.
#[component]
pub fn EmbeddedComparison(props: &EmbeddedProps) -> Html {
    let seeds = use_seeds();
    html! {
        <div class="side-by-side">
            <Summary seeds={seeds.known.clone()} />
            if props.transport {
                <Transport />
            }
            <Sides />
            <Differences seeds={seeds.known} />
        </div>
    }
}

/// What a comparison in another page has.
#[derive(Properties, PartialEq)]
pub struct EmbeddedProps {
    /// Whether it can be played.
    pub transport: bool,
}

#[component]
fn Sides() -> Html {
    let pointed = Pointed(use_state_eq(|| None));
    html! {
        <ContextProvider<Pointed> context={pointed}>
            <div class="sides">
                <SideView side={Side::A} />
                <Mirrored><SideView side={Side::B} /></Mirrored>
            </div>
        </ContextProvider<Pointed>>
    }
}

#[component]
fn Both() -> Html {
    let page = use_page();
    let seeds = use_seeds();
    let act = |action: fn() -> Action| {
        let model = page.model.clone();
        Callback::from(move |_: MouseEvent| model.dispatch(action()))
    };
    html! {
        <>
            <header class="side-by-side-top">
                <h2>{ "Compare A with B" }</h2>
                <button type="button" class="button" onclick={act(|| Action::Swap)}>
                    { "Swap A and B" }
                </button>
                <button type="button" class="button" onclick={act(|| Action::CompareWith(None))}>
                    { "Stop comparing" }
                </button>
            </header>
            <Summary seeds={seeds.known.clone()} />
            { seeds.progress }
            <Transport />
            <p class="muted one-playhead">
                { "One playhead for both. The next event or handoff is that of either side, and slow at handoffs follows both." }
            </p>
            <Sides />
            <Differences seeds={seeds.known} />
        </>
    }
}

/// Makes playback that of the run beside for what stands within.
#[component]
fn Mirrored(props: &ChildrenProps) -> Html {
    match use_player().beside() {
        Some(player) => html! {
            <ContextProvider<Player> context={player}>{ props.children.clone() }</ContextProvider<Player>>
        },
        // Playback follows the model one render later.
        None => html! {},
    }
}

#[derive(Properties, PartialEq)]
struct ChildrenProps {
    children: Html,
}
