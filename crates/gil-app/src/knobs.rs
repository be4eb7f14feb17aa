//! What a figure lets the reader change: compact sliders and lists over the fields that the
//! simulator's own panel edits.

use gil_notation::Control;
use gil_sim::{Nanos, Python, Regulation, Scenario, Spec, Strategy, bounds};
use gil_words::scenario as words;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::controls::{Options, Select};
use crate::dom::use_id;
use crate::edit::place::{Facet, Owner, Place, Setting};
use crate::edit::{self, sentence, show_duration};

/// One thing to change.
#[derive(Clone, Debug, PartialEq)]
pub struct Knob {
    /// What it is called.
    pub label: String,
    /// The field of the scenario.
    pub place: Place,
    /// The texts that the field may have.
    pub stops: Stops,
}

/// The texts that a field may have.
#[derive(Clone, Debug, PartialEq)]
pub enum Stops {
    /// From little to much.
    Slider(Vec<String>),
    /// By name, with the words for each.
    List(Vec<(String, String)>),
}

/// The knobs of a figure that shows this scenario. One that has nothing to change is left out.
pub fn knobs(base: &Spec, controls: &[Control]) -> Vec<Knob> {
    controls.iter().filter_map(|control| knob(base, control)).collect()
}

fn knob(base: &Spec, control: &Control) -> Option<Knob> {
    let group = |name: &str| base.groups.iter().position(|group| group.name == name);
    let item = |item: Vec<usize>, facet| Place { owner: Owner::Item(item), facet };
    let several = base.groups.len() > 1;
    let of = |name: &str| if several { format!(" of {name}") } else { String::new() };
    let (label, place) = match control {
        Control::Play | Control::Edit => return None,
        Control::SwitchInterval => {
            ("Switch interval".to_owned(), Place::setting(Setting::SwitchInterval))
        }
        Control::Cores => ("Cores".to_owned(), Place::setting(Setting::Cores)),
        Control::Python => ("Python".to_owned(), Place::setting(Setting::Python)),
        Control::Threads(name) => {
            let at = group(name)?;
            let members = words::members_title(base.groups.get(at)?.strategy);
            (format!("{members}{}", of(name)), item(vec![at], Facet::Count))
        }
        Control::Strategy(name) => {
            (format!("{name} runs as"), item(vec![group(name)?], Facet::Strategy))
        }
        Control::Time(name, step) => {
            let at = group(name)?;
            let kind = base.groups.get(at)?.steps.get(*step)?.kind();
            let label = kind.time_label().unwrap_or("Time");
            (format!("{label}{}", of(name)), item(vec![at, *step], Facet::Value))
        }
    };
    let now = edit::text(base, &place);
    let stops = match control {
        Control::SwitchInterval => times(&now, SWITCH_INTERVALS),
        Control::Time(..) => times(&now, around(&now)?),
        Control::Cores => numbers(&now, &CORES),
        Control::Threads(_) => numbers(&now, &THREADS),
        Control::Python => Stops::List(pythons(base)),
        Control::Strategy(_) => Stops::List(strategies()),
        Control::Play | Control::Edit => return None,
    };
    Some(Knob { label, place, stops })
}

/// Beyond these a switch interval changes little in a figure.
const SWITCH_INTERVALS: (Nanos, Nanos) = (Nanos::from_micros(10), Nanos::from_secs(1));
const CORES: [u64; 7] = [1, 2, 3, 4, 6, 8, 16];
const THREADS: [u64; 10] = [1, 2, 3, 4, 6, 8, 12, 16, 32, 64];

/// Two orders of magnitude to both sides.
fn around(now: &str) -> Option<(Nanos, Nanos)> {
    let now = nanos(now)?;
    let (low, high) = bounds::DURATION.into_inner();
    Some((Nanos(now.0 / 100).max(low), Nanos(now.0.saturating_mul(100)).min(high)))
}

fn nanos(text: &str) -> Option<Nanos> {
    gil_notation::parse_duration(&text.replace(' ', "")).ok()
}

/// 1, 2 and 5 times each power of ten between two times, and what is there now.
fn times(now: &str, (low, high): (Nanos, Nanos)) -> Stops {
    let round = (0..12).flat_map(|n| [1, 2, 5].map(|digit| Nanos(digit * 10u64.pow(n))));
    let mut stops: Vec<Nanos> = round.filter(|stop| (low..=high).contains(stop)).collect();
    stops.extend(nanos(now));
    stops.sort();
    stops.dedup();
    Stops::Slider(stops.into_iter().map(show_duration).collect())
}

fn numbers(now: &str, usual: &[u64]) -> Stops {
    let mut stops: Vec<u64> = usual.to_vec();
    stops.extend(now.parse::<u64>());
    stops.sort();
    stops.dedup();
    Stops::Slider(stops.iter().map(u64::to_string).collect())
}

/// Those on which the scenario can run, newest first.
fn pythons(base: &Spec) -> Vec<(String, String)> {
    let runs = |python: &Python| Scenario::new(Spec { python: *python, ..base.clone() }).is_ok();
    let name = |python: Python| {
        let free = if python.is_free_threaded() { ", no GIL" } else { "" };
        (python.to_string(), format!("{python}{free}"))
    };
    Python::ALL.into_iter().rev().filter(runs).map(name).collect()
}

fn strategies() -> Vec<(String, String)> {
    let name = |one: Strategy| (one.name().to_owned(), words::strategy(one, false).to_owned());
    Strategy::ALL.into_iter().map(name).collect()
}

/// Why a knob does nothing now, if it does nothing.
fn idle(spec: &Spec, place: &Place) -> Option<&'static str> {
    if place.owner != Owner::Setting(Setting::SwitchInterval) {
        return None;
    }
    match spec.regulation() {
        Regulation::SwitchInterval => None,
        Regulation::CheckInterval => Some("ticks, no interval"),
        Regulation::NoGil => Some("no GIL, no interval"),
    }
}

/// What the reader has made of a figure's scenario.
#[derive(Clone, PartialEq)]
pub struct Edited {
    /// As the controls stand.
    pub spec: Spec,
    /// What runs: the same, unless that is impossible.
    pub scenario: Scenario,
    /// Why it is impossible, if it is.
    pub problem: Option<String>,
}

impl Edited {
    /// The scenario as it is, with nothing changed yet.
    pub fn new(base: &Scenario) -> Edited {
        Edited { spec: base.spec().clone(), scenario: base.clone(), problem: None }
    }

    /// With a field's new text.
    pub fn turn(&self, place: &Place, text: &str) -> Edited {
        let mut next = self.clone();
        next.problem = match edit::write(&mut next.spec, place, text) {
            Err(message) => Some(message),
            Ok(()) => match Scenario::new(next.spec.clone()) {
                Err(found) => found.first().map(|invalid| sentence(&invalid.message)),
                Ok(scenario) => {
                    next.scenario = scenario;
                    None
                }
            },
        };
        next
    }
}

/// Why what the knobs say does not run, where it does not.
pub fn complaint(edited: &Edited) -> Html {
    let why = edited.problem.as_ref().map(|why| format!("{why} What ran before goes on."));
    html! { <p class="complaint" role="status">{ why.unwrap_or_default() }</p> }
}

/// A knob and the scenario that it turns.
#[derive(Properties, PartialEq)]
pub struct KnobProps {
    /// The knob.
    pub knob: Knob,
    /// The scenario as it is, which need not be a possible one.
    pub spec: Spec,
    /// Takes the field's new text.
    pub onturn: Callback<(Place, String)>,
}

/// A knob with its label and value.
#[component]
pub fn KnobView(props: &KnobProps) -> Html {
    let id = use_id();
    let Knob { label, place, stops } = &props.knob;
    let now = edit::text(&props.spec, place);
    let turn = {
        let (onturn, place) = (props.onturn.clone(), place.clone());
        Callback::from(move |text: String| onturn.emit((place.clone(), text)))
    };
    match stops {
        Stops::List(options) => {
            let option = |(text, words): &(String, String)| {
                (AttrValue::from(text.clone()), AttrValue::from(words.clone()))
            };
            let options: Options = options.iter().map(option).collect();
            html! {
                <div class="knob">
                    <label for={(*id).clone()}>{ label }</label>
                    <Select id={(*id).clone()} {options} chosen={now} onchoose={turn} />
                </div>
            }
        }
        Stops::Slider(stops) => {
            let at = stops.iter().position(|stop| *stop == now).unwrap_or(0);
            let idle = idle(&props.spec, place);
            let shown = idle.map_or(now.clone(), str::to_owned);
            let oninput = {
                let stops = stops.clone();
                Callback::from(move |event: InputEvent| {
                    let input: HtmlInputElement = event.target_unchecked_into();
                    if let Some(stop) = stops.get(input.value_as_number().max(0.0) as usize) {
                        turn.emit(stop.clone());
                    }
                })
            };
            html! {
                <div class="knob">
                    <label for={(*id).clone()}>{ label }</label>
                    <output for={(*id).clone()}>{ shown.clone() }</output>
                    <input id={(*id).clone()} type="range" min="0" max={(stops.len() - 1).to_string()} step="1"
                        value={at.to_string()} aria-valuetext={shown} disabled={idle.is_some()} {oninput} />
                </div>
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knobs_of(scenario: &str, controls: &[&str]) -> Vec<Knob> {
        let scenario = gil_notation::parse_scenario(scenario).unwrap();
        let controls = controls.iter().map(|text| Control::try_from((*text).to_owned()).unwrap());
        knobs(scenario.spec(), &controls.collect::<Vec<_>>())
    }

    #[test]
    fn every_stop_is_a_text_that_its_field_takes() {
        let text = "v1/si=7ms/cores=5/hog:py-5ms:daemon/io:7:py-100us+io-1ms:x30";
        let controls = ["si", "cores", "python", "threads:io", "strategy:io", "time:io.1"];
        let knobs = knobs_of(text, &controls);
        assert_eq!(knobs.len(), controls.len());
        let base = gil_notation::parse_scenario(text).unwrap().into_spec();
        for knob in knobs {
            let stops = match &knob.stops {
                Stops::Slider(stops) => stops.clone(),
                Stops::List(stops) => stops.iter().map(|(text, _)| text.clone()).collect(),
            };
            assert!(stops.contains(&edit::text(&base, &knob.place)), "{knob:?}");
            for stop in stops {
                let mut spec = base.clone();
                edit::write(&mut spec, &knob.place, &stop).unwrap();
                assert_eq!(edit::text(&spec, &knob.place), stop);
            }
        }
    }

    #[test]
    fn only_pythons_that_have_what_is_simulated() {
        let knobs = knobs_of("v1/py=3.14/a:2:py-1ms:interp", &["python"]);
        let Stops::List(pythons) = &knobs[0].stops else { panic!("no list") };
        let names: Vec<&str> = pythons.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["3.14t", "3.14", "3.13t", "3.13", "3.12"]);
    }
}
