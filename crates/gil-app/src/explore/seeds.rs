//! The figures of the run in several seeds, on request: median and range of each.

use gil_sim::GroupId;
use gil_sim::metric::{METRICS, Metric, Of, Scope};
use gil_sim::spread::{MOST_SEEDS, Samples, Spread};
use gil_words::{capitalized, quantity, range};
use yew::prelude::*;

use crate::controls::Wide;
use crate::page::use_page;
use crate::task::progress::progress;
use crate::task::runs::use_runs;
use crate::task::seeds::Question;

/// Seeds that each press of the button adds.
const MORE: u32 = 5;

/// A button for more seeds, and the table of what they give.
#[component]
pub fn SeedTable() -> Html {
    let scenario = use_page().model.run.scenario().clone();
    // Of the scenario that they were asked for: another one begins anew.
    let asked = use_state(|| None::<(gil_sim::Scenario, u32)>);
    let seeds = match &*asked {
        Some((of, seeds)) if *of == scenario => *seeds,
        _ => 1,
    };
    let question = Question { scenarios: vec![scenario.clone()], seeds };
    let runs = use_runs(&question, seeds > 1);
    let more = {
        let next = (seeds + MORE).min(MOST_SEEDS);
        Callback::from(move |_: MouseEvent| asked.set(Some((scenario.clone(), next))))
    };
    let known = &runs.board.now;
    let samples = if known.question == question { known.samples(0) } else { Samples::default() };
    html! {
        <div class="seeds">
            <p>
                <button type="button" class="button" onclick={more}
                    title="Runs the scenario with seeds that follow its own, and shows how far figures reach">
                    { format!("{MORE} more seeds") }
                </button>
                { " " }
                <span class="muted">{ "These figures are of one run; another seed draws other ones." }</span>
            </p>
            if seeds > 1 {
                { progress(&runs) }
                { table(&samples) }
            }
        </div>
    }
}

/// What is known of the seeds so far.
fn table(samples: &Samples) -> Html {
    if samples.len() < 2 {
        return html! {};
    }
    if samples.is_certain() {
        return html! { <p>{ "Nothing is drawn here: every seed gives this run." }</p> };
    }
    let page_groups = samples.groups();
    let of_run = rows(samples, None, Of::Run);
    let of_groups = page_groups
        .iter()
        .enumerate()
        .flat_map(|(index, name)| rows(samples, Some(name), Of::Group(GroupId::of(index))));
    let rows: Vec<Row> = of_groups.chain(of_run).collect();
    let row = |row: &Row| {
        html! {
            <tr data-figure={row.name.clone()}>
                <th scope="row">{ &row.name }</th>
                <td>{ &row.here }</td>
                <td>{ &row.median }</td>
                <td>{ &row.range }</td>
            </tr>
        }
    };
    html! {
        <Wide label="In several seeds">
            <table class="figures by-seed">
                <caption>{ format!("In {} seeds. Figures whose range is too small to be seen are left out.", samples.len()) }</caption>
                <thead><tr>
                    <th scope="col">{ "Figure" }</th>
                    <th scope="col">{ "This run" }</th>
                    <th scope="col">{ "Median" }</th>
                    <th scope="col">{ "Lowest to highest" }</th>
                </tr></thead>
                <tbody>{ for rows.iter().map(row) }</tbody>
            </table>
        </Wide>
    }
}

/// A line of the table.
struct Row {
    name: String,
    here: String,
    median: String,
    range: String,
}

/// The metrics of the run or of a group that differ from seed to seed.
fn rows(samples: &Samples, group: Option<&String>, of: Of) -> Vec<Row> {
    let fits = |metric: &&Metric| match of {
        Of::Group(_) => metric.scope() == Scope::Group,
        _ => metric.scope() != Scope::Group,
    };
    METRICS.iter().filter(fits).filter_map(|metric| row(samples, metric, group, of)).collect()
}

fn row(samples: &Samples, metric: &Metric, group: Option<&String>, of: Of) -> Option<Row> {
    let spread = samples.spread(metric, of)?;
    let write = |value: f64| quantity(metric.unit, value);
    let here = samples.0.first()?.get(metric, of);
    let range = range(&spread, write)?;
    Some(Row {
        name: match group {
            Some(group) => format!("{group}: {}", metric.title),
            None => capitalized(metric.title),
        },
        here: here.map_or_else(|| "\u{2013}".to_owned(), write),
        median: write(spread.median),
        range: range + &missing(&spread),
    })
}

/// That some of the runs lack the figure.
fn missing(spread: &Spread) -> String {
    match spread.missing {
        0 => String::new(),
        missing => format!(", {missing} of {} runs have none", spread.runs()),
    }
}
