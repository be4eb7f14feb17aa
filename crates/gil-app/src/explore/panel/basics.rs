//! What everybody turns first: Python, cores, switch interval; and the seed.

use gil_sim::{DEFAULT_CHECK_INTERVAL, DEFAULT_SWITCH_INTERVAL, Nanos, Python, Regulation, bounds};
use gil_words::python_note;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::editor::use_editor;
use super::field::{CheckBox, Choice, Complaints, Entry, Row};
use crate::controls::{Choices, IconButton, Options};
use crate::edit;
use crate::edit::place::{Owner, Place, Setting};

/// Python, cores, and how long a thread keeps the GIL.
#[component]
pub fn Basics() -> Html {
    let editor = use_editor();
    let spec = editor.spec();
    html! {
        <div class="part">
            <PythonVersion />
            if spec.python.is_free_threaded() {
                <UnmarkedExtension />
            }
            <Cores />
            {
                match spec.regulation() {
                    Regulation::SwitchInterval => html! { <SwitchInterval /> },
                    Regulation::CheckInterval => html! { <CheckInterval /> },
                    Regulation::NoGil => html! {},
                }
            }
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
    let build = |(heading, regulation): (&'static str, Regulation)| {
        let versions = Python::ALL.into_iter().rev();
        let versions = versions.filter(|python| python.regulation() == regulation);
        let option = |python: Python| (python.to_string().into(), words(python).into());
        (AttrValue::from(heading), versions.map(option).collect::<Options>())
    };
    let groups = [
        ("With a GIL", Regulation::SwitchInterval),
        ("Free-threaded", Regulation::NoGil),
        ("Ticks", Regulation::CheckInterval),
    ];
    let groups: Vec<_> = groups.into_iter().map(build).collect();
    let python = editor.spec().python;
    let note = match editor.state.error(&place) {
        // What is chosen does not go with the groups: the note is about what is simulated.
        Some(_) => format!("{python} goes on. {}", python_note(python)),
        None => python_note(python),
    };
    html! {
        <div class="row">
            <label for={place.id()}>{ "Python" }</label>
            <Choice place={place.clone()} options={Choices::Grouped(groups)} />
            <p class="note">{ note }</p>
            <Complaints places={vec![place]} />
        </div>
    }
}

#[component]
fn UnmarkedExtension() -> Html {
    html! {
        <CheckBox place={Place::setting(Setting::Extension)}
            label="Imports an extension that is not marked as safe without the GIL">
            <p class="note">
                { "With such an extension (no Py_mod_gil) the interpreter switches the GIL back on." }
            </p>
        </CheckBox>
    }
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
                aria-valuetext={gil_words::count(cores.into(), "core")}
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
    let place = Place::setting(Setting::SwitchInterval);
    let now = use_editor().spec().switch_interval;
    let (low, high) = edit::times(&place);
    html! {
        <Interval {place} label="Switch interval" low={low.0 as f64} high={high.0 as f64}
            now={now.0 as f64} default={DEFAULT_SWITCH_INTERVAL.0 as f64}
            show={show_time as fn(f64) -> String} />
    }
}

#[component]
fn CheckInterval() -> Html {
    let place = Place::setting(Setting::CheckInterval);
    let now = use_editor().spec().check_interval;
    let (low, high) = bounds::CHECK_INTERVAL.into_inner();
    html! {
        <Interval {place} label="Check interval" low={f64::from(low)} high={f64::from(high)}
            now={f64::from(now)} default={f64::from(DEFAULT_CHECK_INTERVAL)}
            show={show_ticks as fn(f64) -> String}>
            <p class="note">{ "In ticks: sys.setcheckinterval." }</p>
        </Interval>
    }
}

#[derive(Properties)]
struct IntervalProps {
    place: Place,
    label: AttrValue,
    /// Ends of the slider, what is chosen and the default.
    low: f64,
    high: f64,
    now: f64,
    default: f64,
    /// A value as the field's text.
    show: fn(f64) -> String,
    #[prop_or_default]
    children: Html,
}

impl PartialEq for IntervalProps {
    /// What a field shows goes with its place.
    fn eq(&self, other: &IntervalProps) -> bool {
        (&self.place, &self.children) == (&other.place, &other.children) && self.now == other.now
    }
}

/// A field with a slider on a logarithmic scale.
#[component]
fn Interval(props: &IntervalProps) -> Html {
    let editor = use_editor();
    let IntervalProps { place, label, low, high, now, default, show, .. } = props;
    let (low, show) = (*low, *show);
    let power = |value: f64| (value.max(low) / low).log10();
    let decades = power(*high);
    let oninput = {
        let (editor, place) = (editor.clone(), place.clone());
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            editor.enter(&place, &show(low * 10f64.powf(input.value_as_number())));
        })
    };
    let onchange = {
        let (editor, place) = (editor.clone(), place.clone());
        Callback::from(move |_| editor.leave(&place))
    };
    html! {
        <Row place={place.clone()} label={label.clone()}>
            <input type="range" min="0" max={decades.to_string()} step="0.05"
                value={power(*now).to_string()} aria-label={format!("{label}, slider")}
                aria-valuetext={show(*now)} {oninput} {onchange} />
            <Scale low={show(low)} high={show(*high)} mark={power(*default) / decades}
                word={format!("default {}", show(*default))} place={place.clone()} />
            { props.children.clone() }
        </Row>
    }
}

fn show_time(nanos: f64) -> String {
    edit::show_duration(two_digits(nanos))
}

fn show_ticks(ticks: f64) -> String {
    two_digits(ticks).0.to_string()
}

fn two_digits(value: f64) -> Nanos {
    let unit = 10f64.powf(value.max(1.0).log10().floor() - 1.0).max(1.0);
    Nanos(((value / unit).round() * unit) as u64)
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
    let is_default = editor.state.text(editor.spec(), &place) == default;
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
