//! The workload: the current scenario in a sentence, and the way to another one.

use std::rc::Rc;

use gil_decide::{Constraints, Durations, Question, WorkKind, words};
use gil_notation::{PRESETS, Preset, Tab};
use gil_sim::{Group, GroupId};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::controls::Select;
use crate::model::Action;
use crate::page::use_page;

/// What the workload shows and tells.
#[derive(Properties, PartialEq)]
pub struct WorkloadProps {
    /// What is asked so far.
    pub question: Rc<Question>,
    /// Hears other constraints.
    pub change: Callback<Constraints>,
    /// Hears the name of another group.
    pub choose: Callback<String>,
}

/// The workload.
#[component]
pub fn Workload(props: &WorkloadProps) -> Html {
    let WorkloadProps { question, change, choose } = props;
    let page = use_page();
    let on_preset = {
        let model = page.model.clone();
        Callback::from(move |event: Event| {
            let preset = event.target_dyn_into::<HtmlSelectElement>();
            let preset = preset.and_then(|select| Preset::find(&select.value()));
            if let Some(preset) = preset {
                model.dispatch(Action::Edit { scenario: preset.scenario(), control: None });
            }
        })
    };
    let to_explore = {
        let model = page.model.clone();
        Callback::from(move |_: MouseEvent| model.dispatch(Action::Tab(Tab::Explore)))
    };
    let own = PRESETS.iter().all(|preset| preset.scenario() != question.scenario);
    let option = |preset: &Preset| {
        let selected = preset.scenario() == question.scenario;
        html! { <option value={preset.key} {selected}>{ preset.title }</option> }
    };
    html! {
        <fieldset>
            <legend>{ "The workload" }</legend>
            <p>{ words::workload(question) }</p>
            { groups(question, choose) }
            { kinds(question, change) }
            <p class="muted">{ words::kind(question) }</p>
            { durations(question, change) }
            <div class="decide-row">
                <label for="decide-preset">{ "Scenario" }</label>
                <select id="decide-preset" onchange={on_preset}>
                    if own { <option value="" selected=true>{ "Your own" }</option> }
                    { for PRESETS.iter().map(option) }
                </select>
                <button class="button" onclick={to_explore}>{ "Change it in Explore" }</button>
            </div>
        </fieldset>
    }
}

/// Whether somebody waits for each pass or for the last one, where it can be either.
fn kinds(question: &Question, change: &Callback<Constraints>) -> Html {
    if !question.may_be_batch() {
        return html! {};
    }
    let button = |kind: WorkKind| {
        let pressed = (kind == question.kind()).to_string();
        let constraints = question.constraints.clone();
        let onclick = change
            .reform(move |_: MouseEvent| Constraints { kind: Some(kind), ..constraints.clone() });
        html! {
            <button class="segment" aria-pressed={pressed} {onclick}>{ kind.title() }</button>
        }
    };
    html! {
        <div class="decide-row">
            <span id="decide-kind">{ "What it is" }</span>
            <div class="segments" role="group" aria-labelledby="decide-kind">
                { for WorkKind::ALL.into_iter().map(button) }
            </div>
        </div>
    }
}

/// Where the durations come from: for the record.
fn durations(question: &Question, change: &Callback<Constraints>) -> Html {
    let constraints = question.constraints.clone();
    let chosen = constraints.durations.key().to_owned();
    let options = Durations::ALL.map(|one| (one.key().into(), one.title().into())).to_vec();
    let onchoose = change.reform(move |key: String| Constraints {
        durations: Durations::find(&key).unwrap_or_default(),
        ..constraints.clone()
    });
    html! {
        <div class="decide-row">
            <label for="decide-durations">{ "Its durations" }</label>
            <Select id="decide-durations" {options} {chosen} {onchoose} />
        </div>
    }
}

/// The choice of the group that it is about, where there are several.
fn groups(question: &Question, choose: &Callback<String>) -> Html {
    let groups = question.scenario.spec().numbered_groups();
    if groups.len() < 2 {
        return html! {};
    }
    let button = |(id, group): (GroupId, &Group)| {
        let pressed = (id == question.group).to_string();
        let chosen = group.name.clone();
        let onclick = choose.reform(move |_: MouseEvent| chosen.clone());
        html! { <button class="segment" aria-pressed={pressed} {onclick}>{ &group.name }</button> }
    };
    html! {
        <div class="decide-row">
            <span id="decide-group">{ "Which group counts" }</span>
            <div class="segments" role="group" aria-labelledby="decide-group">
                { for groups.map(button) }
            </div>
        </div>
    }
}
