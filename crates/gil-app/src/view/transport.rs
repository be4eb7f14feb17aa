//! Play, step, jump, speed and scrub.

use gil_sim::Nanos;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::page::use_player;
use crate::playback::{Direction, Play, SLOWDOWN};
use crate::player::Player;

/// The controls of playback.
#[component]
pub fn Transport() -> Html {
    let player = use_player();
    html! {
        <div class="transport" role="group" aria-label="Playback">
            <div class="scrub-row">
                <Scrubber />
                <output class="clock">{ clock(player.at, player.end()) }</output>
            </div>
            <div class="transport-row">
                <div class="buttons" role="group" aria-label="Move">
                    { button(&player, "Previous handoff (p)", "M6 5v14M19 5 9 12l10 7z", || Play::Handoff(Direction::Back)) }
                    { button(&player, "One event back (,)", "M16 5 8 12l8 7", || Play::Step(Direction::Back)) }
                    { play_button(&player) }
                    { button(&player, "One event forward (.)", "m8 5 8 7-8 7", || Play::Step(Direction::Forward)) }
                    { button(&player, "Next handoff (n)", "M18 5v14M5 5l10 7-10 7z", || Play::Handoff(Direction::Forward)) }
                </div>
                <Speed />
                { toggle(&player, "Loop", "Start again at the end (l)", player.looping, || Play::Loop) }
                { toggle(&player, "Slow at handoffs", "Slow down where the GIL changes hands on request (h)", player.slow_handoffs, || Play::SlowHandoffs) }
            </div>
        </div>
    }
}

/// `12.345 ms / 200 ms`: milliseconds with all digits that a step can change.
fn clock(at: Nanos, end: Nanos) -> String {
    format!("{:.3} ms / {end}", at.as_millis_f64())
}

fn button(player: &Player, label: &'static str, path: &'static str, play: fn() -> Play) -> Html {
    let player = player.clone();
    let onclick = Callback::from(move |_| player.dispatch(play()));
    html! {
        <button class="icon" title={label} aria-label={label} {onclick}>
            <svg viewBox="0 0 24 24" aria-hidden="true"><path d={path} /></svg>
        </button>
    }
}

fn play_button(player: &Player) -> Html {
    let (label, path) = if player.playing {
        ("Pause (Space)", "M8 5v14M16 5v14")
    } else {
        ("Play (Space)", "M7 4.5v15l12-7.5z")
    };
    let onclick = {
        let player = player.clone();
        Callback::from(move |_| player.dispatch(Play::Toggle))
    };
    html! {
        <button class="icon play" title={label} aria-label={label} {onclick}>
            <svg viewBox="0 0 24 24" aria-hidden="true"><path d={path} /></svg>
        </button>
    }
}

fn toggle(
    player: &Player,
    text: &'static str,
    title: &'static str,
    on: bool,
    play: fn() -> Play,
) -> Html {
    let player = player.clone();
    let onclick = Callback::from(move |_| player.dispatch(play()));
    html! {
        <button class="toggle" {title} aria-pressed={on.to_string()} {onclick}>{ text }</button>
    }
}

/// The playhead on a slider, for touch and keyboard.
#[component]
fn Scrubber() -> Html {
    let player = use_player();
    let end = player.end();
    let oninput = {
        let player = player.clone();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            player.dispatch(Play::Pause);
            player.dispatch(Play::Seek(Nanos(input.value_as_number().max(0.0) as u64)));
        })
    };
    html! {
        <input class="scrub" type="range" min="0" max={end.0.to_string()} step="1"
            value={player.at.0.to_string()} aria-label="Playhead"
            aria-valuetext={clock(player.at, end)} {oninput} />
    }
}

/// Speed over orders of magnitude, in words that mean something.
#[component]
fn Speed() -> Html {
    let player = use_player();
    let (low, high) = (SLOWDOWN.start().log10(), SLOWDOWN.end().log10());
    let oninput = {
        let player = player.clone();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            // Slow is left: the slider runs against the slowdown.
            let power = low + high - input.value_as_number();
            player.dispatch(Play::Slowdown(round_to_two_digits(10f64.powf(power))));
        })
    };
    let value = low + high - player.slowdown().log10();
    let text = speed_text(player.slowdown());
    html! {
        <label class="speed">
            <span class="speed-text">{ text.clone() }</span>
            <input type="range" min={low.to_string()} max={high.to_string()} step="0.05"
                value={value.to_string()} aria-label="Speed" aria-valuetext={text} {oninput} />
        </label>
    }
}

fn round_to_two_digits(value: f64) -> f64 {
    let unit = 10f64.powf(value.log10().floor() - 1.0).max(1.0);
    (value / unit).round() * unit
}

/// `1 ms takes 0.1 s`.
fn speed_text(slowdown: f64) -> String {
    let real = Nanos::from_secs_f64(slowdown / 1e3);
    format!("1 ms takes {real}")
}
