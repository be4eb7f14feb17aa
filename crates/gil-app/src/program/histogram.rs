//! One long wait or many short ones: the waits of a thread by their length.

use std::rc::Rc;

use gil_record::findings::Bucket;
use gil_sim::{Nanos, ThreadId};
use yew::prelude::*;

use crate::evidence::Brought;

/// Whose waits are shown.
#[derive(Properties, PartialEq)]
pub struct HistogramProps {
    /// The recording.
    pub brought: Rc<Brought>,
    /// The thread.
    pub thread: ThreadId,
}

/// A bar for each length, as long as the time that such waits took together.
#[component]
pub fn Histogram(props: &HistogramProps) -> Html {
    let HistogramProps { brought, thread } = props;
    let (recording, findings) = (&brought.recording, &brought.findings);
    let Some(found) = findings.threads.get(thread.index()) else { return html! {} };
    let buckets = &found.waits.histogram;
    let most = buckets.iter().map(|bucket| bucket.time).max().unwrap_or(Nanos::ZERO);
    let row = |bucket: &Bucket| {
        let share = bucket.time.0 as f64 / most.0.max(1) as f64;
        html! {
            <tr>
                <th scope="row">{ length(bucket) }</th>
                <td>{ bucket.count }</td>
                <td class="bar"><span style={format!("width: calc((100% - 5.5rem) * {share:.3})")} /><em>{ bucket.time.to_string() }</em></td>
            </tr>
        }
    };
    html! {
        <div class="waits">
            <h3>{ format!("How {} waited", recording.threads[thread.index()].name) }</h3>
            <p>{ findings.waits_words(recording, *thread) }</p>
            { for findings.unseen_words(recording, *thread).map(|text| html! { <p class="muted">{ text }</p> }) }
            if !buckets.is_empty() {
                <table class="histogram">
                    <caption class="visually-hidden">{ "Waits by their length" }</caption>
                    <thead><tr>
                        <th scope="col">{ "Length" }</th>
                        <th scope="col">{ "Waits" }</th>
                        <th scope="col">{ "Time together" }</th>
                    </tr></thead>
                    <tbody>{ for buckets.iter().map(row) }</tbody>
                </table>
            }
        </div>
    }
}

fn length(bucket: &Bucket) -> String {
    match (bucket.from, bucket.to) {
        (Nanos::ZERO, to) => format!("below {to}"),
        (from, to) if to == Nanos(u64::MAX) => format!("{from} and longer"),
        (from, to) => format!("{from} to {to}"),
    }
}
