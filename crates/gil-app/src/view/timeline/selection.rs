//! The figures of a selected stretch of time.

use gil_sim::{Nanos, State, ThreadId};
use yew::prelude::*;

use super::lanes::Lanes;
use crate::controls::Wide;

#[derive(Properties, PartialEq)]
pub struct SelectionProps {
    /// The lanes that are told of.
    pub lanes: Lanes,
    /// One end of the selection.
    pub from: Nanos,
    /// The other end of the selection.
    pub to: Nanos,
}

/// Threads listed; more would be a wall of figures.
const MOST: usize = 32;

/// The figures of a selected stretch of time, by thread.
#[component]
pub fn SelectionTable(props: &SelectionProps) -> Html {
    let SelectionProps { lanes, from, to } = props;
    let stats = lanes.timeline().range(lanes.trace(), *from, *to);
    let row = |(n, thread): (usize, &gil_view::timeline::ThreadStats)| {
        let wait = thread.time(State::WaitingGil) + thread.time(State::ForcedSwitch);
        let away = thread.time(State::BlockedIo) + thread.time(State::Asleep);
        html! {
            <tr>
                <th scope="row">{ lanes.trace().name(ThreadId(n as u16)) }</th>
                <td>{ thread.gil.to_string() }</td>
                <td>{ wait.to_string() }</td>
                <td>{ thread.time(State::Native).to_string() }</td>
                <td>{ thread.time(State::Ready).to_string() }</td>
                <td>{ away.to_string() }</td>
                <td>{ thread.missed }</td>
            </tr>
        }
    };
    html! {
        <Wide label="Selected">
            <table class="figures">
                <caption>
                    { format!("Selected: {} from {:.3} ms to {:.3} ms, {} handoffs, {} failed acquisitions",
                        stats.length(), stats.from.as_millis_f64(), stats.to.as_millis_f64(),
                        stats.handoffs, stats.missed) }
                </caption>
                <thead><tr>
                    <th scope="col">{ "Thread" }</th>
                    <th scope="col">{ "GIL held" }</th>
                    <th scope="col">{ "GIL wait" }</th>
                    <th scope="col">{ "Native" }</th>
                    <th scope="col">{ "No core" }</th>
                    <th scope="col">{ "Away" }</th>
                    <th scope="col">{ "Failed" }</th>
                </tr></thead>
                <tbody>{ for stats.threads.iter().enumerate().take(MOST).map(row) }</tbody>
            </table>
        </Wide>
    }
}
