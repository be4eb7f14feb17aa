//! What lies under the pointer, in words.

use std::rc::Rc;

use gil_view::timeline::{Hit, Lane, Occupant, View};
use yew::prelude::*;

use crate::model::Run;

#[derive(Properties, PartialEq)]
pub struct TipProps {
    /// What is shown, with the pointer in it.
    pub view: View,
    /// The run that is told.
    pub run: Rc<Run>,
}

/// The tooltip of the timeline.
#[component]
pub fn Tip(props: &TipProps) -> Html {
    let TipProps { view, run } = props;
    let Some((x, y)) = view.hover else { return html! {} };
    let Some(hit) = run.timeline.hit(&run.trace, x, y, view) else { return html! {} };
    // Beside the pointer, on the side with more room.
    let across = if x < view.width / 2.0 {
        format!("left: {}px", x + 14.0)
    } else {
        format!("right: {}px", view.width - x + 14.0)
    };
    html! {
        <div class="tip" style={format!("{across}; top: {}px", y + 14.0)}>
            { for lines(run, &hit).into_iter().map(|line| html! { <p>{ line }</p> }) }
        </div>
    }
}

fn lines(run: &Run, hit: &Hit) -> Vec<String> {
    let trace = &run.trace;
    let mut lines = vec![format!("{:.6} ms", hit.at.as_millis_f64())];
    match &hit.column {
        Some(column) => {
            lines.push(format!("{} in this column of pixels:", column.to - column.from));
            let all = (column.to - column.from).0.max(1) as f64;
            for (occupant, time) in column.shares.iter().take(4) {
                let share = gil_words::percent(time.0 as f64 / all);
                lines.push(format!("{}: {share}", occupant_name(run, hit.lane, *occupant)));
            }
        }
        None => lines.push(span_line(run, hit)),
    }
    if let Some(event) = hit.event {
        lines.push(gil_words::event_line(trace, event));
    }
    lines
}

fn span_line(run: &Run, hit: &Hit) -> String {
    let trace = &run.trace;
    match (hit.lane, hit.occupant) {
        (Lane::Thread(thread), Occupant::State(_)) => gil_words::span_words(trace, thread, hit.at),
        (lane, occupant) => {
            let name = occupant_name(run, lane, occupant);
            format!("{}: {name} for {}", lane_name(run, lane), hit.end - hit.start)
        }
    }
}

fn lane_name(run: &Run, lane: Lane) -> String {
    match lane {
        Lane::Gil(0) => "GIL".to_owned(),
        Lane::Gil(gil) => format!("GIL {gil}"),
        Lane::Thread(thread) => run.trace.name(thread).to_owned(),
        Lane::Core(core) => format!("Core {core}"),
    }
}

fn occupant_name(run: &Run, lane: Lane, occupant: Occupant) -> String {
    match (occupant, lane) {
        (Occupant::State(state), _) => state.name().to_owned(),
        (Occupant::Thread(thread), _) => run.trace.name(thread).to_owned(),
        (Occupant::Nobody, Lane::Gil(_)) => "held by nobody".to_owned(),
        (Occupant::Nobody, _) => "idle".to_owned(),
    }
}
