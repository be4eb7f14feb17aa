//! Step, run to a breakpoint, continue.

use std::rc::Rc;

use gil_debug::Way;
use gil_sim::{ThreadId, Trace};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::model::Run;
use crate::page::use_player;
use crate::playback::{Direction, Play};
use crate::player::Player;

#[derive(Properties, PartialEq)]
pub struct ControlsProps {
    /// The run that is debugged.
    pub run: Rc<Run>,
}

/// The debugger's buttons.
#[component]
pub fn Controls(props: &ControlsProps) -> Html {
    let player = use_player();
    let thread = use_state_eq(|| 0u16);
    let trace = &props.run.trace;
    // The thread of an earlier run may not be there any more.
    let chosen = ThreadId((*thread).min(trace.threads.len().saturating_sub(1) as u16));
    let choose = {
        let thread = thread.clone();
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            thread.set(select.value().parse().unwrap_or_default());
        })
    };
    let running = if player.playing { "Pause" } else { "Continue" };
    let idle = player.points.breakpoints().is_empty();
    html! {
        <div class="debugger-controls" role="group" aria-label="Debugger controls">
            <div class="buttons">
                { button(&player, "Step back", ", (comma)", false, || Play::Step(Direction::Back)) }
                { button(&player, "Step", ". (full stop)", false, || Play::Step(Direction::Forward)) }
                { button(&player, running, "Space", false, || Play::Toggle) }
            </div>
            <div class="buttons">
                { button(&player, "Run back", "to the last breakpoint, Shift+,", idle, || Play::RunTo(Direction::Back)) }
                { button(&player, "Run to breakpoint", "Shift+.", idle, || Play::RunTo(Direction::Forward)) }
            </div>
            <div class="buttons">
                <select aria-label="Thread to step" onchange={choose}>
                    { options(trace, chosen) }
                </select>
                { of_thread(&player, chosen, "Last event", Way::Back) }
                { of_thread(&player, chosen, "Next event", Way::Forward) }
            </div>
        </div>
    }
}

fn button(
    player: &Player,
    text: &'static str,
    key: &'static str,
    disabled: bool,
    play: fn() -> Play,
) -> Html {
    let player = player.clone();
    let onclick = Callback::from(move |_| player.dispatch(play()));
    let title = if disabled { "Set a breakpoint first" } else { key };
    html! { <button class="button" {title} {disabled} {onclick}>{ text }</button> }
}

/// To the next or last event of a thread.
fn of_thread(player: &Player, thread: ThreadId, text: &'static str, way: Way) -> Html {
    let run = player.run.clone();
    let found = run.debugger().next_event_of(&run.trace, thread, player.event, way);
    let label = run.trace.threads.get(thread.index()).map(|t| format!("{text} of {}", t.name));
    let onclick = {
        let player = player.clone();
        Callback::from(move |_| {
            if let Some(event) = found {
                player.dispatch(Play::To(event));
            }
        })
    };
    html! {
        <button class="button" aria-label={label} disabled={found.is_none()} {onclick}>{ text }</button>
    }
}

fn options(trace: &Trace, chosen: ThreadId) -> Html {
    let option = |n: usize| {
        let t = ThreadId(n as u16);
        html! { <option value={n.to_string()} selected={t == chosen}>{ trace.name(t) }</option> }
    };
    html! { { for (0..trace.threads.len()).map(option) } }
}
