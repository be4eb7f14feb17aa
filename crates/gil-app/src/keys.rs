//! What keys do wherever no control wants them.

use gil_notation::Tab;
use gil_sim::Nanos;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::dom::{is_typing, use_window_event};
use crate::model::Action;
use crate::page::{Page, can_play, shows_player};
use crate::playback::{Direction, Play};
use crate::player::Player;

/// Keys that work wherever no control wants them.
#[hook]
pub fn use_keys(page: &Page, player: &Player) {
    let (page, player) = (page.clone(), player.clone());
    use_window_event::<KeyboardEvent>("keydown", move |event| {
        if is_typing(&event) || event.alt_key() || dialog_is_open() {
            return;
        }
        let handled = if let Some(embed) = &page.model.embed {
            can_play(embed) && shows_player(page.model.tab) && playback_key(&event, &player)
        } else if event.ctrl_key() || event.meta_key() {
            undo_key(&event, &page)
        } else {
            debugger_key(&event, &page, &player)
                // What is out of sight is not played.
                || shows_player(page.model.tab) && playback_key(&event, &player)
        };
        if handled {
            event.prevent_default();
        }
    });
}

fn dialog_is_open() -> bool {
    gloo::utils::document().query_selector("dialog[open]").ok().flatten().is_some()
}

fn undo_key(event: &KeyboardEvent, page: &Page) -> bool {
    match (event.key().to_lowercase().as_str(), event.shift_key()) {
        ("z", false) => page.model.dispatch(Action::Undo),
        ("z", true) | ("y", false) => page.model.dispatch(Action::Redo),
        _ => return false,
    }
    true
}

/// `d` opens and closes the debugger; with Shift the keys that step run to a breakpoint. Those go by
/// their place, because what Shift makes of them differs from keyboard to keyboard.
fn debugger_key(event: &KeyboardEvent, page: &Page, player: &Player) -> bool {
    if page.model.tab != Tab::Explore {
        return false;
    }
    match (event.key().as_str(), event.code().as_str(), event.shift_key()) {
        ("d", _, false) => page.model.dispatch(Action::Debug(!page.model.debug)),
        (">", ..) | (_, "Period", true) if page.model.debug => {
            player.dispatch(Play::RunTo(Direction::Forward));
        }
        ("<", ..) | (_, "Comma", true) if page.model.debug => {
            player.dispatch(Play::RunTo(Direction::Back));
        }
        _ => return false,
    }
    true
}

/// Does what a key means for playback; whether it means anything.
pub fn playback_key(event: &KeyboardEvent, player: &Player) -> bool {
    let play = match event.key().as_str() {
        // On a button, Space presses the button.
        " " if !on_button(event) => Play::Toggle,
        "." => Play::Step(Direction::Forward),
        "," => Play::Step(Direction::Back),
        "n" => Play::Handoff(Direction::Forward),
        "p" => Play::Handoff(Direction::Back),
        "Home" if !on_range(event) => Play::Seek(Nanos::ZERO),
        "End" if !on_range(event) => Play::Seek(player.end()),
        "[" => Play::Slowdown(player.slowdown() * 2.0),
        "]" => Play::Slowdown(player.slowdown() / 2.0),
        "l" => Play::Loop,
        "h" => Play::SlowHandoffs,
        _ => return false,
    };
    player.dispatch(play);
    true
}

fn on_button(event: &KeyboardEvent) -> bool {
    tag_of(event).is_some_and(|tag| matches!(tag.as_str(), "BUTTON" | "A" | "SUMMARY" | "INPUT"))
}

fn on_range(event: &KeyboardEvent) -> bool {
    tag_of(event).is_some_and(|tag| tag == "INPUT")
}

fn tag_of(event: &KeyboardEvent) -> Option<String> {
    Some(event.target()?.dyn_ref::<web_sys::Element>()?.tag_name())
}
