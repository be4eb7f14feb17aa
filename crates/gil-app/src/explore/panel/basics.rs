//! What everybody turns first: Python, cores, switch interval; and the seed.

use gil_sim::{DEFAULT_SWITCH_INTERVAL, Nanos, Protocol, Python, RequestScope};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::edit;
use super::field::{Choice, Complaints, Entry, IconButton, Row};
use super::place::{Owner, Place, Setting};
use super::use_editor;

/// Python, cores, switch interval.
#[component]
pub fn Basics() -> Html {
    html! {
        <div class="part">
            <PythonVersion />
            <Cores />
            <SwitchInterval />
        </div>
    }
}

#[component]
fn PythonVersion() -> Html {
    let editor = use_editor();
    let place = Place::setting(Setting::Python);
    let default = Python::default();
    let words = |python: Python| match python == default {
        true => format!("{python} (default)"),
        false => python.to_string(),
    };
    let option = |python: &Python| (python.to_string().into(), words(*python).into());
    let options: Vec<(AttrValue, AttrValue)> = Python::ALL.iter().rev().map(option).collect();
    html! {
        <div class="row">
            <label for={place.id()}>{ "Python" }</label>
            <Choice place={place.clone()} {options} />
            <p class="note">{ python_note(editor.spec().python) }</p>
            <Complaints places={vec![place]} />
        </div>
    }
}

/// What this version does in its own way.
fn python_note(python: Python) -> String {
    let wher = match python.version() {
        version if version <= (3, 9) => "before nearly every instruction",
        (3, 10 | 11) => "at backward jumps and most calls",
        _ => "at RESUME, backward jumps and calls",
    };
    let whose = match python.protocol() {
        Protocol::Ticks => {
            return "Releases the GIL every check interval, whoever waits.".to_owned();
        }
        Protocol::Free => return "No GIL: objects have locks of their own.".to_owned(),
        Protocol::Interval(RequestScope::Process) => "process",
        Protocol::Interval(RequestScope::Interpreter) => "interpreter",
        Protocol::Interval(RequestScope::Thread) => "thread",
    };
    format!("Looks for drop requests {wher}. One request flag per {whose}.")
}

/// Stops of the slider; the field takes every number.
const CORES: [u16; 13] = [1, 2, 3, 4, 6, 8, 12, 16, 20, 24, 32, 48, 64];

#[component]
fn Cores() -> Html {
    let editor = use_editor();
    let place = Place::setting(Setting::Cores);
    let cores = editor.spec().machine.cores;
    let at = CORES.iter().position(|stop| *stop >= cores).unwrap_or(CORES.len() - 1);
    let oninput = {
        let (editor, place) = (editor.clone(), place.clone());
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            if let Some(stop) = CORES.get(input.value_as_number().max(0.0) as usize) {
                editor.enter(&place, &stop.to_string());
            }
        })
    };
    let onchange = {
        let (editor, place) = (editor.clone(), place.clone());
        Callback::from(move |_| editor.leave(&place))
    };
    html! {
        <Row place={place} label="Cores" unit="cores">
            <input type="range" min="0" max={(CORES.len() - 1).to_string()} step="1"
                value={at.to_string()} aria-label="Cores, slider"
                aria-valuetext={gil_view::words::count(cores.into(), "core")}
                {oninput} {onchange} />
            <Scale low="1" high="64" mark={share_of_cores(4)} word="default 4"
                place={Place::setting(Setting::Cores)} />
        </Row>
    }
}

fn share_of_cores(cores: u16) -> f64 {
    let at = CORES.iter().position(|stop| *stop == cores).unwrap_or(0);
    at as f64 / (CORES.len() - 1) as f64
}

#[component]
fn SwitchInterval() -> Html {
    let editor = use_editor();
    let place = Place::setting(Setting::SwitchInterval);
    let interval = editor.spec().switch_interval;
    let (low, high) = edit::times(&place);
    let decades = (high.0 as f64 / low.0 as f64).log10();
    let power = |time: Nanos| (time.0.max(low.0) as f64 / low.0 as f64).log10();
    let oninput = {
        let (editor, place) = (editor.clone(), place.clone());
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let time = low.0 as f64 * 10f64.powf(input.value_as_number());
            editor.enter(&place, &edit::show_duration(two_digits(time)));
        })
    };
    let onchange = {
        let (editor, place) = (editor.clone(), place.clone());
        Callback::from(move |_| editor.leave(&place))
    };
    let default = power(DEFAULT_SWITCH_INTERVAL) / decades;
    html! {
        <Row place={place} label="Switch interval">
            <input type="range" min="0" max={decades.to_string()} step="0.05"
                value={power(interval).to_string()} aria-label="Switch interval, slider"
                aria-valuetext={interval.to_string()} {oninput} {onchange} />
            <Scale low={low.to_string()} high={high.to_string()} mark={default}
                word={format!("default {DEFAULT_SWITCH_INTERVAL}")}
                place={Place::setting(Setting::SwitchInterval)} />
        </Row>
    }
}

fn two_digits(nanos: f64) -> Nanos {
    let unit = 10f64.powf(nanos.max(1.0).log10().floor() - 1.0).max(1.0);
    Nanos(((nanos / unit).round() * unit) as u64)
}

#[derive(Properties, PartialEq)]
struct ScaleProps {
    low: AttrValue,
    high: AttrValue,
    /// Where the default is, 0 to 1.
    mark: f64,
    word: AttrValue,
    place: Place,
}

/// The ends of a slider and its default, which a press goes back to.
#[component]
fn Scale(props: &ScaleProps) -> Html {
    let editor = use_editor();
    let place = props.place.clone();
    let Owner::Setting(setting) = place.owner else { return html! {} };
    let default = edit::default_text(setting);
    let is_default = editor.desk.text(editor.spec(), &place) == default;
    let onclick = Callback::from(move |_| {
        editor.enter(&place, &default);
        editor.leave(&place);
    });
    html! {
        <div class="scale">
            <span>{ &props.low }</span>
            <button type="button" class="default" style={format!("--at: {:.4}", props.mark)}
                disabled={is_default} title="Back to the default" {onclick}>{ &props.word }</button>
            <span>{ &props.high }</span>
        </div>
    }
}

/// The seed, and another one.
#[component]
pub fn Seed() -> Html {
    let editor = use_editor();
    let place = Place::setting(Setting::Seed);
    let reroll = {
        let place = place.clone();
        Callback::from(move |_| {
            let seed = (js_sys::Math::random() * 1e6) as u64;
            editor.enter(&place, &seed.to_string());
            editor.leave(&place);
        })
    };
    html! {
        <div class="row part">
            <label for={place.id()}>{ "Seed" }</label>
            <span class="stepper">
                <Entry place={place.clone()} />
                <IconButton class="step-by" label="Another seed" onclick={reroll}
                    path="M20 11a8 8 0 1 0-2.3 6.3M20 4v7h-7" />
            </span>
            <p class="note">{ "The same seed gives the same run. Another one draws other wake-ups and other varying durations." }</p>
            <Complaints places={vec![place]} />
        </div>
    }
}
