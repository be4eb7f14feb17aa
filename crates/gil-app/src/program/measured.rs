//! What a program has measured of itself, beside the simulation of its scenario.

use std::rc::Rc;

use gil_notation::Tab;
use gil_record::measured::{Figure, Row};
use gil_words::count;
use yew::prelude::*;

use super::calibrate::Calibrate;
use crate::controls::Wide;
use crate::evidence::Measurement;
use crate::evidence::keep::forget;
use crate::model::Action;
use crate::page::use_page;

/// All measurements, one of them in full: the last one until another one is chosen.
#[component]
pub fn Measurements() -> Html {
    let page = use_page();
    let chosen = use_state_eq(|| None::<String>);
    let all = &page.evidence.measurements;
    let named = all.iter().find(|known| Some(&known.name) == chosen.as_ref());
    let Some(shown) = named.or(all.last()) else { return html! {} };
    let segment = |known: &Rc<Measurement>| {
        let (name, chosen) = (known.name.clone(), chosen.setter());
        let pressed = Rc::ptr_eq(known, shown).to_string();
        let onclick = Callback::from(move |_: MouseEvent| chosen.set(Some(name.clone())));
        html! { <button class="segment" aria-pressed={pressed} {onclick}>{ &known.name }</button> }
    };
    let onforget = {
        let (evidence, name) = (page.evidence.clone(), shown.name.clone());
        Callback::from(move |_: MouseEvent| {
            forget(Some(&name));
            evidence.set((*evidence).clone().without(&name));
        })
    };
    html! {
        <>
            if all.len() > 1 {
                <div class="segments" role="group" aria-label="Which measurement">{ for all.iter().map(segment) }</div>
            }
            <MeasuredView measurement={shown.clone()} />
            <p><button class="button" onclick={onforget}>{ format!("Forget {}", shown.name) }</button></p>
        </>
    }
}

/// The measurement that is told.
#[derive(Properties, PartialEq)]
struct MeasuredProps {
    /// The measurement.
    pub measurement: Rc<Measurement>,
}

/// A measurement.
#[component]
fn MeasuredView(props: &MeasuredProps) -> Html {
    let page = use_page();
    let Measurement { name, measured, agreement } = &*props.measurement;
    let is_open = *page.model.run.scenario() == agreement.scenario;
    let open = {
        let (model, scenario) = (page.model.clone(), agreement.scenario.clone());
        Callback::from(move |_: MouseEvent| {
            model.dispatch(Action::Edit { scenario: scenario.clone(), control: None });
        })
    };
    let charts = {
        let model = page.model.clone();
        Callback::from(move |_: MouseEvent| model.dispatch(Action::Tab(Tab::Explore)))
    };
    let python = &measured.python;
    let gil = if python.has_gil { "" } else { " without a GIL" };
    let cores = count(python.cores.into(), "core");
    html! {
        <section class="recorded measured-run" aria-label={format!("Measurement {name}")}>
            <p class="finding">{ agreement.verdict() }</p>
            <p class="muted">
                { format!("{name}: measured on {} {}{gil}, {}, {cores}.", python.implementation, python.version, python.platform) }
            </p>
            <Wide label="Measured and simulated">
                <table class="figures">
                    <caption>{ "Measured first, the simulation of the same scenario beside it." }</caption>
                    <thead><tr>
                        <th scope="col">{ "Figure" }</th>
                        <th scope="col">{ "Measured" }</th>
                        <th scope="col">{ "Simulated" }</th>
                        <th scope="col">{ "Error" }</th>
                    </tr></thead>
                    <tbody>{ for agreement.rows.iter().map(row) }</tbody>
                </table>
            </Wide>
            <ul class="bullets muted">{ for agreement.notes.iter().map(|note| html! { <li>{ note }</li> }) }</ul>
            if is_open {
                <p>{ "It's a point in " }<button class="button link" onclick={charts}>{ "How it scales" }</button>{ ", where measurements with other numbers of threads join it." }</p>
            }
            <Calibrate measurement={props.measurement.clone()} />
            if !is_open {
                <p><button class="button" onclick={open}>{ "Open the scenario as it was measured" }</button></p>
            }
        </section>
    }
}

fn row(row: &Row) -> Html {
    let quantity = |value: f64| row.figure.words(value);
    let missing = || "–".to_owned();
    let name = match (&row.group, row.figure) {
        (Some(group), figure) => format!("{group}: {}", figure.name()),
        (None, Figure::Wall) => "Wall time".to_owned(),
        (None, figure) => figure.name().to_owned(),
    };
    html! {
        <tr>
            <th scope="row">{ name }</th>
            <td><b>{ quantity(row.measured) }</b></td>
            <td>{ row.simulated.map_or_else(missing, quantity) }</td>
            <td>{ row.error_words().unwrap_or_else(missing) }</td>
        </tr>
    }
}
