//! The table of a data set's figures.

use std::rc::Rc;

use gil_words::{number, percent};
use yew::prelude::*;

use crate::controls::Wide;
use crate::task::reality::Checked;

/// The properties of [`Table`].
#[derive(Properties, PartialEq)]
pub struct TableProps {
    /// The figures, those of a kind together.
    pub families: Vec<Rc<Vec<Checked>>>,
    /// The data set's name.
    pub title: String,
}

/// The figures of a data set as a table.
#[component]
pub fn Table(props: &TableProps) -> Html {
    html! {
        <Wide label={props.title.clone()}>
            <table class="figures">
                <caption>{ format!("{}, measured and simulated", props.title) }</caption>
                <thead><tr>
                    <th scope="col">{ "Checked" }</th>
                    <th scope="col">{ "Measured" }</th>
                    <th scope="col">{ "Earlier run, or range" }</th>
                    <th scope="col">{ "Simulated" }</th>
                    <th scope="col">{ "Error" }</th>
                    <th scope="col">{ "Verdict" }</th>
                </tr></thead>
                { for props.families.iter().map(|family| html! {
                    <tbody>{ for family.iter().map(row) }</tbody>
                }) }
            </table>
        </Wide>
    }
}

fn row(figure: &Checked) -> Html {
    let value = |value: f64| match figure.unit.as_str() {
        "x" => format!("{} times", number(value)),
        "/s" => format!("{} per s", number(value)),
        unit => format!("{} {unit}", number(value)),
    };
    let known = |known: Option<f64>| known.map_or("-".to_owned(), value);
    let (measured, range) = gil_reality::columns(&figure.measured, value);
    let star = if figure.fitted { " *" } else { "" };
    let class = if figure.within { "" } else { "missed" };
    html! {
        <tr {class}>
            <th scope="row" title={figure.what.clone()}>
                <a href={format!("#{}", figure.scenario)}>{ &figure.title }</a>{ star }
            </th>
            <td>{ measured }</td>
            <td>{ range }</td>
            <td>{ known(figure.simulated) }</td>
            <td>{ percent_signed(figure.error) }</td>
            <td title={figure.reason.clone()}>{ &figure.verdict }</td>
        </tr>
    }
}

fn percent_signed(error: f64) -> String {
    match error {
        e if e.abs() < 0.0005 => "0 %".to_owned(),
        e if e > 0.0 => format!("+{}", percent(e)),
        e => format!("\u{2212}{}", percent(-e)),
    }
}
