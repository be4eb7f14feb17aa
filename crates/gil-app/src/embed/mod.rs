//! A figure in another page: the parts of the simulator that its author asked for, what the reader
//! may change, and the way to the whole playground with everything as it stands.
//!
//! [`around`] speaks with the page around it by [`message`], [`change`] is what the reader may change,
//! [`skip`] the way past it with the keyboard, [`foot`] the way on. Run and playback are the page's own, as everywhere.

mod around;
mod change;
mod foot;
pub mod message;
mod skip;

use gil_notation::{Embed, Show, Tab};
use yew::prelude::*;

use crate::compare::EmbeddedComparison;
use crate::dom::use_on_screen;
use crate::explore::charts::Charts;
use crate::learn::EmbeddedLesson;
use crate::model::Problem;
use crate::page::{can_play, use_page, use_player};
use crate::simulation::use_playing;
use crate::view::{Headline, StageView, ThisMoment, TimelineView, Transport};
use around::use_page_around;
use change::{EditPanel, Knobs};
use foot::Foot;
use skip::{End, SkipFigure};

/// The page as a figure.
#[component]
pub fn EmbedView() -> Html {
    let page = use_page();
    let player = use_player();
    let frame = use_node_ref();
    let on_screen = use_on_screen(&frame);
    use_playing(&player, on_screen);
    let around = use_page_around(&frame, &page, &player);
    let content = match (&page.model.problem, &page.model.embed) {
        (Some(problem), _) => complaint(problem),
        (None, Some(embed)) => figure(embed, page.model.tab),
        (None, None) => html! {},
    };
    html! {
        <main id="main" class="embed" tabindex="-1" ref={frame} style={room(around.room)}>
            <SkipFigure />
            <h1 class="visually-hidden">{ format!("GIL Playground: {}", around.title) }</h1>
            { content }
            <Foot />
            <End />
        </main>
    }
}

/// The figure fills the room that the page around has kept for it.
fn room(pixels: Option<f64>) -> Option<String> {
    pixels.map(|pixels| format!("min-height: {pixels}px"))
}

fn complaint(problem: &Problem) -> Html {
    html! {
        <section class="problem" role="alert">
            <h2>{ "This figure cannot be shown" }</h2>
            <p>{ &problem.message }</p>
            if !problem.quote.is_empty() {
                <pre>{ &problem.quote }</pre>
            }
        </section>
    }
}

fn figure(embed: &Embed, tab: Tab) -> Html {
    match tab {
        Tab::Learn => html! { <EmbeddedLesson /> },
        Tab::Compare => html! {
            <>
                <Knobs controls={embed.controls.clone()} />
                <EmbeddedComparison transport={can_play(embed)} />
            </>
        },
        _ => html! {
            <>
                <Knobs controls={embed.controls.clone()} />
                { parts(embed) }
                <EditPanel controls={embed.controls.clone()} />
            </>
        },
    }
}

/// The parts in the order of the simulator, with the controls of playback before the timeline.
fn parts(embed: &Embed) -> Html {
    let shows = |part: Show| embed.show.contains(&part);
    let moves = shows(Show::Stage) || shows(Show::Timeline) || shows(Show::Now);
    html! {
        <div class="figure-parts">
            if shows(Show::Headline) { <Headline /> }
            if shows(Show::Stage) { <StageView /> }
            if moves && can_play(embed) { <Transport /> }
            if shows(Show::Timeline) { <TimelineView brief=true cores={!(shows(Show::Stage) && is_narrow())} /> }
            if shows(Show::Now) { <ThisMoment /> }
            if shows(Show::Chart) { <Charts /> }
        </div>
    }
}

/// Whether the frame is as narrow as a phone: the stage shows the cores, and their lanes would make
/// the figure taller than the screen. As wide as `www/embed.css` has it.
fn is_narrow() -> bool {
    const NARROW: f64 = 620.0;
    let width = gloo::utils::window().inner_width().ok().and_then(|width| width.as_f64());
    width.is_some_and(|width| width < NARROW)
}
