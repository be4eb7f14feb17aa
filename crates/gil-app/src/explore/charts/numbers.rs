//! The numbers behind a chart: a table for reading, CSV for taking away.

use gil_sim::Outcome;
use gil_sim::stats::Percentiles;
use gil_view::scaling::Percentile;
use yew::prelude::*;

use crate::save::copy;

/// Name of a column for tests, its heading, and its unit.
pub type Column = (&'static str, &'static str, &'static str);

/// A table of all runs.
#[derive(Clone, PartialEq)]
pub struct Table {
    /// What it is about.
    pub caption: &'static str,
    /// What is varied: the heading of the first column.
    pub axis: &'static str,
    /// The other columns.
    pub columns: &'static [Column],
    /// A part for each line of the chart.
    pub lines: Vec<Line>,
}

/// The runs of a line of the chart.
#[derive(Clone, PartialEq)]
pub struct Line {
    /// Its name for tests.
    pub key: String,
    /// The name of the line.
    pub title: String,
    /// A row for each run.
    pub rows: Vec<Row>,
    /// What stands in place of rows.
    pub empty: String,
}

/// A run.
#[derive(Clone, PartialEq)]
pub struct Row {
    /// Where on the axis it is, for tests.
    pub key: String,
    /// The same for people.
    pub at: String,
    /// Its figures in the order of the columns.
    pub cells: Vec<String>,
    /// Whether it is the scenario as it is.
    pub current: bool,
}

#[derive(Properties, PartialEq)]
pub struct NumbersProps {
    /// What is shown.
    pub table: Table,
    /// Makes the same as CSV.
    pub csv: Callback<(), String>,
}

/// Everything that was computed, as a table.
#[component]
pub fn Numbers(props: &NumbersProps) -> Html {
    let table = &props.table;
    let heading = |(_, name, unit): &Column| {
        html! { <th scope="col">{ *name }<span class="unit">{ *unit }</span></th> }
    };
    html! {
        <details class="numbers">
            <summary>{ "Numbers" }</summary>
            <div class="numbers-scroll" tabindex="0" role="region" aria-label="Numbers of the charts">
                <table>
                    <caption><span>{ table.caption }</span></caption>
                    <thead><tr>
                        <th scope="col">{ table.axis }</th>
                        { for table.columns.iter().map(heading) }
                    </tr></thead>
                    { for table.lines.iter().map(|line| body(table, line)) }
                </table>
            </div>
            <CopyCsv csv={props.csv.clone()} />
        </details>
    }
}

fn body(table: &Table, line: &Line) -> Html {
    let span = (table.columns.len() + 1).to_string();
    html! {
        <tbody data-line={line.key.clone()}>
            <tr class="work">
                <th scope="rowgroup" colspan={span.clone()}><span>{ &line.title }</span></th>
            </tr>
            { for line.rows.iter().map(|line| row(table, line)) }
            if line.rows.is_empty() {
                <tr><td colspan={span} class="muted">{ &line.empty }</td></tr>
            }
        </tbody>
    }
}

fn row(table: &Table, row: &Row) -> Html {
    let cell = |((column, ..), text): (&Column, &String)| {
        let class = (text == NONE).then_some("muted");
        html! { <td {class} data-column={*column}>{ text }</td> }
    };
    let current = row.current.then_some("true");
    html! {
        <tr data-at={row.key.clone()} aria-current={current}>
            <th scope="row">{ &row.at }</th>
            { for table.columns.iter().zip(&row.cells).map(cell) }
        </tr>
    }
}

/// In a cell for which a run has no figure.
pub const NONE: &str = "none";

/// In place of rows that are still to come.
pub const NOT_YET: &str = "Not computed yet";

/// The cells of all percentiles.
pub fn percentiles(wakeup: Option<Percentiles>) -> [String; 3] {
    Percentile::ALL.map(|p| p.of(wakeup).map_or_else(|| NONE.to_owned(), |time| time.to_string()))
}

/// The same for CSV, in nanoseconds.
pub fn percentiles_csv(wakeup: Option<Percentiles>) -> String {
    let field = |p: Percentile| p.of(wakeup).map_or_else(String::new, |time| time.0.to_string());
    Percentile::ALL.map(field).join(",")
}

/// How a run ended, in a word or two.
pub fn end(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "completed",
        Outcome::TimeLimit => "cut: time",
        Outcome::EventLimit => "cut: events",
        Outcome::Deadlock(_) => "deadlock",
    }
}

#[derive(Properties, PartialEq)]
struct CopyProps {
    csv: Callback<(), String>,
}

#[component]
fn CopyCsv(props: &CopyProps) -> Html {
    let said = use_state_eq(|| None::<&'static str>);
    let onclick = {
        let (said, csv) = (said.clone(), props.csv.clone());
        Callback::from(move |_| copy(&csv.emit(()), said.clone()))
    };
    html! {
        <p class="copy-csv">
            <button class="button" {onclick}>{ "Copy as CSV" }</button>
            <span class="muted" role="status">{ said.unwrap_or_default() }</span>
        </p>
    }
}
