//! What the tab shows while there is nothing to compare with: what to compare with.

use gil_notation::{PRESETS, Preset, parse};
use gil_sim::{Nanos, Python, Regulation, Scenario, Spec};
use gil_words::scenario;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::model::Action;
use crate::page::{Page, use_page};

/// Versions and builds before the newest that differ in how their threads run.
const OLDER: [&str; 4] = ["2.7", "3.9", "3.11", "3.13t"];

const INTERVALS: [Nanos; 4] =
    [Nanos::from_micros(500), Nanos::from_millis(1), Nanos::from_millis(5), Nanos::from_millis(50)];

/// What to compare the scenario with.
#[component]
pub fn Start() -> Html {
    let page = use_page();
    let own = page.model.run.scenario();
    let presets = use_memo((), |()| PRESETS.iter().map(with_scenario).collect::<Vec<_>>());
    let presets = presets.iter().filter(|(_, _, scenario)| scenario != own);
    html! {
        <div class="compare-start">
            <h2>{ "Compare two scenarios" }</h2>
            <p class="finding">
                { "Two runs side by side with one playhead, and in words and figures what is changed and what that does." }
            </p>
            <p>{ "A is the current scenario: " }{ scenario::line(own) }{ "." }</p>
            <p>{ "Choose B. Either can be edited afterwards, and the link holds both." }</p>
            <div class="choices">
                { choice(&page, "The same scenario, to be changed", "", own.clone()) }
            </div>
            { choices(&page, "The same on another Python", &pythons(own)) }
            { choices(&page, "The same with another switch interval", &intervals(own)) }
            <h3>{ "A preset" }</h3>
            <div class="choices">
                { for presets.map(|(title, summary, preset)| choice(&page, title, summary, preset.clone())) }
            </div>
            <Pasted />
        </div>
    }
}

fn with_scenario(preset: &Preset) -> (&'static str, &'static str, Scenario) {
    (preset.title, preset.summary, preset.scenario())
}

type Variant = (String, Scenario);

/// Variants of the scenario; what makes no valid one, or the same, is left out.
fn variants(own: &Scenario, edits: impl Iterator<Item = (String, Spec)>) -> Vec<Variant> {
    let valid = edits.filter_map(|(name, spec)| Some((name, Scenario::new(spec).ok()?)));
    valid.filter(|(_, scenario)| scenario != own).collect()
}

fn pythons(own: &Scenario) -> Vec<Variant> {
    let newest = [Python::newest(), Python::newest_free_threaded()];
    let pythons = OLDER.into_iter().filter_map(Python::find).chain(newest);
    let edit = |python: Python| (python.to_string(), Spec { python, ..own.spec().clone() });
    variants(own, pythons.map(edit))
}

fn intervals(own: &Scenario) -> Vec<Variant> {
    // Others have no switch interval that does anything.
    if own.spec().regulation() != Regulation::SwitchInterval {
        return Vec::new();
    }
    let edit = |switch_interval: Nanos| {
        (switch_interval.to_string(), Spec { switch_interval, ..own.spec().clone() })
    };
    variants(own, INTERVALS.into_iter().map(edit))
}

fn choices(page: &Page, title: &'static str, variants: &[Variant]) -> Html {
    if variants.is_empty() {
        return html! {};
    }
    let one = |(name, scenario): &Variant| choice(page, name, "", scenario.clone());
    html! {
        <>
            <h3>{ title }</h3>
            <div class="choices" role="group" aria-label={title}>{ for variants.iter().map(one) }</div>
        </>
    }
}

fn choice(page: &Page, name: &str, about: &'static str, scenario: Scenario) -> Html {
    let model = page.model.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        model.dispatch(Action::CompareWith(Some(scenario.clone())));
    });
    let title = (!about.is_empty()).then_some(about);
    html! { <button type="button" class="button" {title} {onclick}>{ name.to_owned() }</button> }
}

/// A link or a notation from elsewhere.
#[component]
fn Pasted() -> Html {
    let page = use_page();
    let typed = use_state_eq(String::new);
    let error = use_state_eq(|| None::<String>);
    let oninput = {
        let (typed, error) = (typed.clone(), error.clone());
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            typed.set(input.value());
            error.set(None);
        })
    };
    let onsubmit = {
        let (typed, error) = (typed.clone(), error.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match parse(behind_hash(&typed)) {
                Ok(link) => page.model.dispatch(Action::CompareWith(Some(link.scenario))),
                Err(wrong) => error.set(Some(wrong.to_string())),
            }
        })
    };
    html! {
        <form {onsubmit}>
            <h3><label for="compare-link">{ "A link, or a scenario as text" }</label></h3>
            <div class="choices">
                <input id="compare-link" type="text" spellcheck="false" autocapitalize="off"
                    autocomplete="off" value={(*typed).clone()} {oninput}
                    placeholder="v1/py=3.14t/count:4:py-50ms" aria-describedby="compare-link-error"
                    aria-invalid={error.is_some().then_some("true")} />
                <button class="button">{ "Compare with this" }</button>
            </div>
            <div id="compare-link-error" role="status">
                if let Some(error) = &*error {
                    <pre tabindex="0" aria-label="What is wrong">{ error }</pre>
                }
            </div>
        </form>
    }
}

/// The scenario of a whole address.
fn behind_hash(text: &str) -> &str {
    text.split_once('#').map_or(text, |(_, link)| link)
}
