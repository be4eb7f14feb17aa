//! The debugger: the GIL's protocol as a listing with a marker for each thread, the shared
//! variables, breakpoints. It only moves the playhead.

mod breakpoints;
mod controls;
mod listing;
mod log;
mod moment;
mod threads;
mod variables;

use std::rc::Rc;

use gil_debug::Listing;
use gil_sim::EventId;
use yew::prelude::*;

use crate::model::{Action, Run};
use crate::page::{use_page, use_player};
use crate::playback::Play;
use crate::view::told;
use breakpoints::Breakpoints;
use controls::Controls;
use listing::ListingView;
use log::Log;
use moment::Moment;
use threads::Threads;
use variables::Variables;

/// The button that opens the debugger, and the debugger.
#[component]
pub fn Debugger() -> Html {
    let page = use_page();
    let player = use_player();
    let open = page.model.debug;
    {
        let player = player.clone();
        use_effect_with(open, move |open| {
            player.dispatch(Play::Arm(*open));
            let player = player.clone();
            move || player.dispatch(Play::Arm(false))
        });
    }
    let onclick = {
        let model = page.model.clone();
        Callback::from(move |_| model.dispatch(Action::Debug(!open)))
    };
    html! {
        <section class="debugger" aria-label="Debugger">
            <div class="debugger-bar">
                <h2>
                    <button class="toggle" aria-expanded={open.to_string()} aria-controls="debugger"
                        title="Step through the GIL's own code (d)" {onclick}>{ "Debugger" }</button>
                </h2>
                if !open {
                    <p class="muted">{ "Step through the GIL's own code, with its variables and breakpoints." }</p>
                }
            </div>
            // The player follows the model one render later.
            if open && player.run == page.model.run {
                <div id="debugger"><Session run={player.run.clone()} event={player.event.map(|event| event.0)} /></div>
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct SessionProps {
    run: Rc<Run>,
    event: Option<u32>,
}

/// Only drawn anew when the event changes, not with every frame.
#[component]
fn Session(props: &SessionProps) -> Html {
    let SessionProps { run, event } = props;
    let key = (Rc::as_ptr(run) as usize, *event);
    let listing = use_memo(key.0, |_| Listing::of(run.scenario().spec()));
    let snapshot = use_memo(key, |(_, event)| run.debugger().at(&run.trace, event.map(EventId)));
    let shown = Moment { run: run.clone(), listing: listing.clone(), snapshot };
    html! {
        <>
        <p class="muted">{ format!("Python {}. {}", run.scenario().spec().python, listing.about) }</p>
        <Controls run={run.clone()} />
        <div class="debugger-body">
            <div class="debugger-side">
                <Variables ..shown.clone() />
                <Threads ..shown.clone() />
            </div>
            <ListingView ..shown.clone() />
        </div>
        <Breakpoints run={run.clone()} listing={listing} />
        <div class="debugger-told">
            <div>
                <h3>{ "This event" }</h3>
                if let Some(event) = event {
                    { told(run, EventId(*event), "told") }
                } else {
                    <p class="muted">{ "Nothing has happened yet. Step forward for the first event." }</p>
                }
            </div>
            <Log ..shown />
        </div>
        </>
    }
}
