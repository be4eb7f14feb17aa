//! What the author of a figure lets its reader change.

use gil_notation::Control;
use gil_sim::Scenario;
use yew::prelude::*;

use crate::edit::place::Place;
use crate::explore::panel::Panel;
use crate::knobs::{Edited, KnobView, complaint, knobs};
use crate::model::Action;
use crate::page::use_page;

/// What may be changed.
#[derive(Properties, PartialEq)]
pub struct ControlsProps {
    /// As the author wrote it.
    pub controls: Vec<Control>,
}

/// Sliders and lists for the scenario, for each of two that are compared.
#[component]
pub fn Knobs(props: &ControlsProps) -> Html {
    let page = use_page();
    let controls = &props.controls;
    let edit = |name: &'static str, action: fn(Scenario) -> Action| {
        let model = page.model.clone();
        let onedit = Callback::from(move |scenario| model.dispatch(action(scenario)));
        (name, onedit)
    };
    let own = page.model.run.scenario();
    match page.model.beside().map(|run| run.scenario().clone()) {
        None => {
            let (name, onedit) = edit("", edit_own);
            html! { <Row {name} scenario={own.clone()} controls={controls.clone()} {onedit} /> }
        }
        Some(other) => {
            let (a, onedit_a) = edit("A", edit_own);
            let (b, onedit_b) = edit("B", edit_other);
            html! {
                <div class="knobs-of-two">
                    <Row name={a} scenario={own.clone()} controls={controls.clone()} onedit={onedit_a} />
                    <Row name={b} scenario={other} controls={controls.clone()} onedit={onedit_b} />
                </div>
            }
        }
    }
}

/// One edit as long as the same figure's knobs are turned.
fn edit_own(scenario: Scenario) -> Action {
    Action::Edit { scenario, control: Some("knobs".to_owned()) }
}

fn edit_other(scenario: Scenario) -> Action {
    Action::EditOther { scenario, control: Some("knobs-other".to_owned()) }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    /// The scenario's letter where there are two; empty where there is one.
    name: &'static str,
    scenario: Scenario,
    controls: Vec<Control>,
    onedit: Callback<Scenario>,
}

/// The knobs of one scenario.
#[component]
fn Row(props: &RowProps) -> Html {
    // Knobs keep their stops while they are turned, until another figure is opened.
    let opened = use_page().model.opened.clone();
    let base = use_memo(opened, |_| props.scenario.spec().clone());
    let edited = use_state_eq(|| Edited::new(&props.scenario));
    {
        let edited = edited.clone();
        use_effect_with(props.scenario.clone(), move |scenario| {
            // What came from elsewhere is what the knobs show.
            if edited.scenario != *scenario {
                edited.set(Edited::new(scenario));
            }
        });
    }
    let onturn = {
        let (edited, onedit) = (edited.clone(), props.onedit.clone());
        Callback::from(move |(place, text): (Place, String)| {
            let next = edited.turn(&place, &text);
            onedit.emit(next.scenario.clone());
            edited.set(next);
        })
    };
    let knobs = knobs(&base, &props.controls);
    if knobs.is_empty() {
        return html! {};
    }
    let label = match props.name {
        "" => "What you can change here".to_owned(),
        name => format!("What you can change of {name}"),
    };
    html! {
        <div class="knobs" role="group" aria-label={label}>
            if !props.name.is_empty() {
                <p class="knobs-name">{ props.name }</p>
            }
            { for knobs.into_iter().map(|knob| html! {
                <KnobView {knob} spec={edited.spec.clone()} onturn={onturn.clone()} />
            }) }
            { complaint(&edited) }
        </div>
    }
}

/// The panel of the simulator, folded.
#[component]
pub fn EditPanel(props: &ControlsProps) -> Html {
    if !props.controls.contains(&Control::Edit) {
        return html! {};
    }
    html! {
        <details class="embed-edit">
            <summary>{ "Change the scenario" }</summary>
            <Panel />
        </details>
    }
}
