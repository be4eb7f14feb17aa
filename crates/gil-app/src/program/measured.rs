//! What a program has measured of itself, beside the simulation of its scenario.

use std::rc::Rc;

use gil_record::measured::{Figure, Row};
use gil_words::count;
use yew::prelude::*;

use super::calibrate::Calibrate;
use crate::controls::Wide;
use crate::evidence::Measurement;
use crate::model::Action;
use crate::page::use_page;

/// The measurement that is told.
#[derive(Properties, PartialEq)]
pub struct MeasuredProps {
    /// The measurement.
    pub measurement: Rc<Measurement>,
}

/// A measurement.
#[component]
pub fn MeasuredView(props: &MeasuredProps) -> Html {
    let page = use_page();
    let Measurement { name, measured, agreement } = &*props.measurement;
    let is_open = *page.model.run.scenario() == agreement.scenario;
    let open = {
        let (model, scenario) = (page.model.clone(), agreement.scenario.clone());
        Callback::from(move |_: MouseEvent| {
            model.dispatch(Action::Edit { scenario: scenario.clone(), control: None });
        })
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
