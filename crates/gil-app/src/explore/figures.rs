//! The run in figures, with what they were before the last change.

use gil_sim::DropReason;
use gil_sim::stats::{GroupStats, QueueStats, Stats};
use gil_view::chart::Unit;
use gil_words::{number, percent};
use yew::prelude::*;

use crate::controls::Wide;
use crate::model::Run;
use crate::page::use_page;

/// A figure of the whole run: its name, what it means, and how it is read off a run.
type Row = (&'static str, &'static str, fn(&Run) -> String);

const ROWS: &[Row] = &[
    ("Wall time", "Simulated time from start to end", |run| run.stats.wall.to_string()),
    (
        "Against a sequence",
        "The same work, one thread after the other, over the wall time",
        |run| match known(run) {
            true => format!("{} times", number(run.speed_up.over_sequence)),
            false => NONE.to_owned(),
        },
    ),
    ("Cores in use", "Mean number of busy cores", |run| number(run.stats.cores_in_use)),
    ("GIL held", "Part of the time in which some thread has the GIL, all GILs added up", |run| {
        let held = || percent(ratio(run.stats.gil_held.0, run.stats.wall.0));
        match run.trace.gils.len() {
            0 => "no GIL".to_owned(),
            1 => held(),
            several => format!("{} with {several} GILs", held()),
        }
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
    (
        "Start-up",
        "From a group's start until its last thread or process begins its first step",
        |run| run.stats.start_up.to_string(),
    ),
    (
        "Memory",
        "Of processes, interpreters and threads: an estimate from measurements on Linux, without what the program keeps",
        |run| format!("about {}", bytes(run.stats.memory.total())),
    ),
    ("Failed acquisitions", "Woken waiters that found the GIL taken", |run| {
        number(run.stats.missed as f64)
    }),
];

/// In place of a figure that a run does not have.
const NONE: &str = "-";

/// Whether every group that did anything could do it alone: one that calls a pool cannot.
fn known(run: &Run) -> bool {
    let groups = run.stats.groups.iter().zip(&run.speed_up.of_groups);
    groups.into_iter().all(|(group, alone)| group.passes == 0 || *alone > 0.0)
}

fn bytes(bytes: u64) -> String {
    Unit::Bytes.format(bytes as f64)
}

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
            { queues(&run.stats) }
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

/// Figures of the groups' queues, where there are any.
fn queues(stats: &Stats) -> Html {
    let groups = stats.groups.iter();
    let queues: Vec<_> =
        groups.filter_map(|group| Some((&group.name, group.queue.as_ref()?))).collect();
    if queues.is_empty() {
        return html! {};
    }
    let row = |(name, queue): &(&String, &QueueStats)| {
        let response = &queue.response;
        let times = [response.p50, response.p95, response.p99, response.max];
        let cell = |time: gil_sim::Nanos| {
            let text = if response.count == 0 { NONE.to_owned() } else { time.to_string() };
            html! { <td>{ text }</td> }
        };
        html! {
            <tr data-queue={name.to_string()}>
                <th scope="row">{ *name }</th>
                <td>{ number(response.count as f64) }</td>
                <td>{ queue.longest }</td>
                <td>{ number(queue.mean) }</td>
                { for times.map(cell) }
            </tr>
        }
    };
    html! {
        <Wide label="Queues">
            <table class="figures by-queue">
                <caption>{ "Queues. Response is from a job's arrival until it is done." }</caption>
                <thead><tr>
                    <th scope="col">{ "Group" }</th>
                    <th scope="col">{ "Jobs done" }</th>
                    <th scope="col">{ "Longest" }</th>
                    <th scope="col">{ "Mean length" }</th>
                    <th scope="col">{ "Response p50" }</th>
                    <th scope="col">{ "p95" }</th>
                    <th scope="col">{ "p99" }</th>
                    <th scope="col">{ "Max" }</th>
                </tr></thead>
                <tbody>{ for queues.iter().map(row) }</tbody>
            </table>
        </Wide>
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
            if io.count == 0 { NONE.to_owned() } else { value.to_string() }
        };
        let alone = run.speed_up.of_groups[n];
        let against_one =
            if alone > 0.0 { format!("{} times", number(alone)) } else { NONE.to_owned() };
        html! {
            <tr>
                <th scope="row">{ format!("{} ({})", group.name, group.threads) }</th>
                <td>{ format!("{}/s", number(group.throughput())) }</td>
                <td>{ against_one }</td>
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
        <Wide label="By group">
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
        </Wide>
    }
}
