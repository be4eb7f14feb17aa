//! The last events as text: what the picture shows, for those who hear it.

use std::rc::Rc;

use gil_debug::Variable;
use gil_sim::{EventId, Trace};
use yew::prelude::*;

use super::moment::Moment;
use crate::model::Run;
use crate::page::use_player;

/// How many events it has.
const LENGTH: u32 = 8;

/// The last events with what they changed.
#[component]
pub fn Log(props: &Moment) -> Html {
    // While it plays, nobody could listen to all of it.
    let live = if use_player().playing { "off" } else { "polite" };
    let Moment { run, snapshot, .. } = props;
    // Playback moves with every frame, the log only with an event.
    let lines = use_memo((Rc::as_ptr(run) as usize, snapshot.event), |(_, event)| {
        let last = event.map_or(0, |event| event.0 + 1);
        let lines = (last.saturating_sub(LENGTH)..last).map(|n| (n, line(run, EventId(n))));
        lines.collect::<Vec<_>>()
    });
    let entry = |(n, line): &(u32, String)| {
        let current = snapshot.event == Some(EventId(*n));
        html! { <li key={*n} aria-current={current.then_some("true")}>{ line }</li> }
    };
    html! {
        <div>
            <h3>{ "Log" }</h3>
            <div role="log" aria-label="Last events" aria-live={live}>
                <ol class="debugger-log">{ for lines.iter().map(entry) }</ol>
            </div>
        </div>
    }
}

/// `5.012 ms  cpu-2 takes the GIL after 5.01 ms; locked = 1, by cpu-2`.
fn line(run: &Run, event: EventId) -> String {
    let trace = &run.trace;
    let snapshot = run.debugger().at(trace, Some(event));
    let changes = snapshot.variables.iter().flatten().filter(|variable| variable.changed);
    let mut parts = vec![gil_words::event_line(trace, event)];
    parts.extend(changes.map(|variable| change(trace, variable)));
    parts.join("; ")
}

fn change(trace: &Trace, variable: &Variable) -> String {
    format!("{} = {}", variable.name, variable.value.text(trace))
}
