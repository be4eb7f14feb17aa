//! The run in figures, with what they were before the last change.

use gil_sim::metric::{Metric, Of};
use gil_sim::stats::Stats;
use gil_sim::{DropReason, GroupId};
use gil_words::{capitalized, quantity};
use yew::prelude::*;

use super::seeds::SeedTable;
use crate::controls::Wide;
use crate::model::Run;
use crate::page::use_page;

/// The metrics of the whole run, in order.
const ROWS: [&str; 10] = [
    "wall",
    "speedup_over_sequence",
    "cores",
    "gil_load",
    "gil_wait",
    "handoff_rate",
    "drop_requests",
    "startup",
    "memory",
    "missed",
];

/// In place of a figure that a run does not have.
const NONE: &str = "\u{2013}";

/// A metric of the run or of a group, as people read it.
fn told(run: &Run, metric: &Metric, of: Of) -> String {
    let value = metric.read(run, of).map(|value| quantity(metric.unit, value));
    match (metric.key, value) {
        ("wall", None) if run.is_cut() => format!("cut at {}", run.trace.end),
        ("wall", None) => format!("stuck at {}", run.trace.end),
        ("memory", Some(value)) => format!("about {value}"),
        ("gil_load", Some(value)) => match run.stats.gil_load.map_or(1, |load| load.gils) {
            1 => value,
            several => format!("{value} on average of {several}"),
        },
        ("gil_load", None) => "no GIL".to_owned(),
        (_, value) => value.unwrap_or_else(|| NONE.to_owned()),
    }
}

/// The figures of the run.
#[component]
pub fn Figures() -> Html {
    let page = use_page();
    let run = &page.model.run;
    let before = page.model.before.as_deref();
    html! {
        <section class="figures-section" aria-label="Figures of the run">
            <h2>{ "In figures" }</h2>
            <dl class="figure-grid">
                { for ROWS.iter().filter_map(|key| Metric::find(key)).map(|metric| figure(metric, run, before)) }
                { handoffs_by_cause(&run.stats) }
            </dl>
            <Queues />
            <GroupTable />
            <SeedTable />
        </section>
    }
}

fn figure(metric: &Metric, run: &Run, before: Option<&Run>) -> Html {
    let now = told(run, metric, Of::Run);
    let was = before.map(|before| told(before, metric, Of::Run)).filter(|was| *was != now);
    html! {
        <div title={capitalized(metric.meaning)} data-metric={metric.key}>
            <dt>{ capitalized(metric.title) }</dt>
            <dd>{ now }</dd>
            <dd class="was">{ was.map(|was| format!("was {was}")).unwrap_or_default() }</dd>
        </div>
    }
}

fn handoffs_by_cause(stats: &Stats) -> Html {
    let causes = DropReason::ALL
        .iter()
        .filter(|reason| stats.handoffs.by(**reason) > 0)
        .map(|reason| format!("{} {}", stats.handoffs.by(*reason), reason.name()));
    let text = causes.collect::<Vec<_>>().join(", ");
    let text = if text.is_empty() { "none".to_owned() } else { text };
    html! {
        <div class="wide" title="Why the thread before let go of the GIL">
            <dt>{ "Handoffs by cause" }</dt>
            <dd>{ text }</dd>
            <dd class="was" />
        </div>
    }
}

/// A column of a table of groups: the metric, and its heading.
type Column = (&'static str, &'static str);

/// What is told of groups that have requests.
const REQUESTS: [Column; 7] = [
    ("passes", "Answered"),
    ("unanswered", "Unanswered"),
    ("response_p50", "Response p50"),
    ("response_p95", "p95"),
    ("response_p99", "p99"),
    ("response_max", "Longest"),
    ("longest_queue", "Longest queue"),
];

/// What is told of every group.
const GROUPS: [Column; 8] = [
    ("throughput", "Passes"),
    ("speedup", "Against one"),
    ("pass_p50", "Pass p50"),
    ("pass_p99", "Pass p99"),
    ("gil_wait", "GIL wait"),
    ("wakeup_p50", "Wake-up p50"),
    ("wakeup_p99", "p99"),
    ("wakeup_max", "Longest"),
];

/// How long requests take, where there are any.
#[component]
fn Queues() -> Html {
    let run = use_page().model.run.clone();
    let has_requests = |group: &usize| run.stats.groups[*group].response.is_some();
    let groups: Vec<usize> = (0..run.stats.groups.len()).filter(has_requests).collect();
    if groups.is_empty() {
        return html! {};
    }
    let caption = "Requests. Response is from a job's or a message's arrival until it is answered.";
    html! {
        <Wide label="Requests">
            { table("figures by-queue", caption, &run, &groups, &REQUESTS) }
        </Wide>
    }
}

/// Figures by group.
#[component]
fn GroupTable() -> Html {
    let run = use_page().model.run.clone();
    let groups: Vec<usize> = (0..run.stats.groups.len()).collect();
    let caption = "By group. A request's pass begins when somebody takes it on. Wake-up is from \
                   the completion of I/O until the thread has the GIL again.";
    html! {
        <Wide label="By group">
            { table("figures by-group", caption, &run, &groups, &GROUPS) }
        </Wide>
    }
}

fn table(
    class: &'static str,
    caption: &'static str,
    run: &Run,
    groups: &[usize],
    columns: &[Column],
) -> Html {
    let metrics: Vec<(&Metric, &str)> =
        columns.iter().filter_map(|(key, head)| Some((Metric::find(key)?, *head))).collect();
    let head = |(metric, head): &(&Metric, &'static str)| {
        html! { <th scope="col" title={capitalized(metric.meaning)}>{ *head }</th> }
    };
    let row = |group: &usize| {
        let stats = &run.stats.groups[*group];
        let cell = |(metric, _): &(&Metric, &'static str)| {
            html! { <td data-metric={metric.key}>{ told(run, metric, Of::Group(GroupId::of(*group))) }</td> }
        };
        html! {
            <tr data-group={stats.name.clone()}>
                <th scope="row">{ format!("{} ({})", stats.name, stats.threads) }</th>
                { for metrics.iter().map(cell) }
            </tr>
        }
    };
    html! {
        <table {class}>
            <caption>{ caption }</caption>
            <thead><tr>
                <th scope="col">{ "Group (threads)" }</th>
                { for metrics.iter().map(head) }
            </tr></thead>
            <tbody>{ for groups.iter().map(row) }</tbody>
        </table>
    }
}
