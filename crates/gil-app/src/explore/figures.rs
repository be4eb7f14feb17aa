//! The run in figures, with what they were before the last change.

use gil_sim::DropReason;
use gil_sim::stats::{GroupStats, Stats};
use gil_view::words::{number, percent};
use yew::prelude::*;

use crate::app::use_page;
use crate::model::Run;

/// A figure of the whole run: its name, what it means, and how it is read off a run.
type Row = (&'static str, &'static str, fn(&Run) -> String);

const ROWS: &[Row] = &[
    ("Wall time", "Simulated time from start to end", |run| run.stats.wall.to_string()),
    (
        "Against a sequence",
        "The same work, one thread after the other, over the wall time",
        |run| format!("{} times", number(run.speed_up.over_sequence)),
    ),
    ("Cores in use", "Mean number of busy cores", |run| number(run.stats.cores_in_use)),
    ("GIL held", "Part of the time in which some thread has the GIL", |run| {
        percent(ratio(run.stats.gil_held.0, run.stats.wall.0))
    }),
    (
        "GIL wait",
        "Time that threads wait for the GIL, added up; it can be zero though the GIL is held all the time",
        |run| run.stats.gil_wait.to_string(),
    ),
    ("Handoffs", "Times that the GIL goes to another thread", |run| {
        format!("{} a second", number(run.stats.handoffs_per_second()))
    }),
    ("Drop requests", "Waits that ran out without a handoff", |run| {
        number(run.stats.requests as f64)
    }),
    ("Failed acquisitions", "Woken waiters that found the GIL taken", |run| {
        number(run.stats.missed as f64)
    }),
];

fn ratio(a: u64, b: u64) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
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
                { for ROWS.iter().map(|row| figure(row, run, before)) }
                { handoffs_by_cause(&run.stats) }
            </dl>
            <GroupTable />
        </section>
    }
}

fn figure((name, meaning, read): &Row, run: &Run, before: Option<&Run>) -> Html {
    let now = read(run);
    let was = before.map(read).filter(|was| *was != now);
    html! {
        <div title={*meaning}>
            <dt>{ *name }</dt>
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

/// Figures by group.
#[component]
fn GroupTable() -> Html {
    let page = use_page();
    let run = &page.model.run;
    let row = |(n, group): (usize, &GroupStats)| {
        let io = &group.io;
        let latency = |value: gil_sim::Nanos| {
            if io.count == 0 { "-".to_owned() } else { value.to_string() }
        };
        html! {
            <tr>
                <th scope="row">{ format!("{} ({})", group.name, group.threads) }</th>
                <td>{ format!("{}/s", number(group.throughput())) }</td>
                <td>{ format!("{} times", number(run.speed_up.of_groups[n])) }</td>
                <td>{ group.gil_held.to_string() }</td>
                <td>{ group.gil_wait.to_string() }</td>
                <td>{ latency(io.p50) }</td>
                <td>{ latency(io.p95) }</td>
                <td>{ latency(io.p99) }</td>
                <td>{ latency(io.max) }</td>
            </tr>
        }
    };
    html! {
        <div class="table-scroll">
            <table class="figures by-group">
                <caption>{ "By group. Latency is from the completion of I/O until the thread has the GIL again." }</caption>
                <thead><tr>
                    <th scope="col">{ "Group (threads)" }</th>
                    <th scope="col">{ "Passes" }</th>
                    <th scope="col">{ "Against one" }</th>
                    <th scope="col">{ "GIL held" }</th>
                    <th scope="col">{ "GIL wait" }</th>
                    <th scope="col">{ "p50" }</th>
                    <th scope="col">{ "p95" }</th>
                    <th scope="col">{ "p99" }</th>
                    <th scope="col">{ "Max" }</th>
                </tr></thead>
                <tbody>{ for run.stats.groups.iter().enumerate().map(row) }</tbody>
            </table>
        </div>
    }
}
