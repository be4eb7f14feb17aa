//! What lies under the pointer, in words.

use gil_view::timeline::{Hit, Lane, Occupant, View};
use yew::prelude::*;

use super::lanes::Lanes;

#[derive(Properties, PartialEq)]
pub struct TipProps {
    /// What is shown, with the pointer in it.
    pub view: View,
    /// The lanes that are told of.
    pub lanes: Lanes,
}

/// The tooltip of the timeline.
#[component]
pub fn Tip(props: &TipProps) -> Html {
    let TipProps { view, lanes } = props;
    let Some((x, y)) = view.hover else { return html! {} };
    let Some(hit) = lanes.hit(x, y, view) else { return html! {} };
    // Beside the pointer, on the side with more room.
    let across = if x < view.width / 2.0 {
        format!("left: {}px", x + 14.0)
    } else {
        format!("right: {}px", view.width - x + 14.0)
    };
    html! {
        <div class="tip" style={format!("{across}; top: {}px", y + 14.0)}>
            { for lines(lanes, &hit).into_iter().map(|line| html! { <p>{ line }</p> }) }
        </div>
    }
}

fn lines(lanes: &Lanes, hit: &Hit) -> Vec<String> {
    let trace = lanes.trace();
    let mut lines = vec![format!("{:.6} ms", hit.at.as_millis_f64())];
    match &hit.column {
        Some(column) => {
            lines.push(format!("{} in this column of pixels:", column.to - column.from));
            let all = (column.to - column.from).0.max(1) as f64;
            for (occupant, time) in column.shares.iter().take(4) {
                let share = gil_words::percent(time.0 as f64 / all);
                lines.push(format!("{}: {share}", occupant_name(lanes, hit.lane, *occupant)));
            }
        }
        None => lines.push(span_line(lanes, hit)),
    }
    if let Some(event) = hit.event {
        lines.push(gil_words::event_line(trace, event));
    }
    lines
}

fn span_line(lanes: &Lanes, hit: &Hit) -> String {
    let trace = lanes.trace();
    match (hit.lane, hit.occupant) {
        (Lane::Thread(thread), Occupant::State(_)) => gil_words::span_words(trace, thread, hit.at),
        (lane, occupant) => {
            let name = occupant_name(lanes, lane, occupant);
            format!("{}: {name} for {}", lane_name(lanes, lane), hit.end - hit.start)
        }
    }
}

fn lane_name(lanes: &Lanes, lane: Lane) -> String {
    match lane {
        Lane::Gil(gil_sim::InterpreterId::MAIN) => "GIL".to_owned(),
        Lane::Gil(gil) => format!("GIL {}", gil.0),
        Lane::Thread(thread) => lanes.trace().name(thread).to_owned(),
        Lane::Core(core) => format!("Core {}", core.0),
    }
}

fn occupant_name(lanes: &Lanes, lane: Lane, occupant: Occupant) -> String {
    match (occupant, lane) {
        (Occupant::State(state), _) => state.name().to_owned(),
        (Occupant::Thread(thread), _) => lanes.trace().name(thread).to_owned(),
        (Occupant::Nobody, Lane::Gil(_)) => "held by nobody".to_owned(),
        (Occupant::Nobody, _) => "idle".to_owned(),
    }
}
