//! The listing: line numbers, breakpoints, and a marker for each thread at its line.

use std::collections::HashMap;

use gil_debug::{Function, Line, LineId, Source};
use gil_sim::ThreadId;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::moment::Moment;
use super::threads::{colour, together};
use crate::breakpoints::Stop;
use crate::page::use_player;
use crate::playback::Play;
use crate::player::Player;

/// The protocol as pseudo-code.
#[component]
pub fn ListingView(props: &Moment) -> Html {
    let player = use_player();
    let frame = use_node_ref();
    {
        let frame = frame.clone();
        use_effect_with(props.snapshot.event, move |_| show_current(&frame));
    }
    let view = View::new(props, &player);
    let mut number = 0;
    let functions = props.listing.functions.iter().map(|function| {
        let first = number + 1;
        number += function.lines.len();
        view.function(function, first)
    });
    let functions: Vec<Html> = functions.collect();
    html! {
        <div class="listing" ref={frame} role="region" aria-label="The GIL's protocol" tabindex="0">
            { functions }
        </div>
    }
}

/// Scrolls the listing, not the page, so that the current line can be seen.
fn show_current(frame: &NodeRef) {
    let Some(frame) = frame.cast::<HtmlElement>() else { return };
    let Ok(Some(line)) = frame.query_selector("[aria-current]") else { return };
    let (outer, inner) = (frame.get_bounding_client_rect(), line.get_bounding_client_rect());
    let margin = 2.0 * inner.height();
    let (above, below) =
        (inner.top() - margin - outer.top(), inner.bottom() + margin - outer.bottom());
    let by = if above < 0.0 { above } else { below.max(0.0) };
    frame.set_scroll_top(frame.scroll_top() + by as i32);
}

struct View<'a> {
    shown: &'a Moment,
    player: &'a Player,
    /// The threads at each line.
    at: HashMap<LineId, Vec<ThreadId>>,
    /// The thread of the current event, and its line.
    current: Option<(ThreadId, LineId)>,
}

impl<'a> View<'a> {
    fn new(shown: &'a Moment, player: &'a Player) -> View<'a> {
        let threads = &shown.snapshot.state.threads;
        let mut at: HashMap<LineId, Vec<ThreadId>> = HashMap::new();
        for (n, thread) in threads.iter().enumerate() {
            if let Some(line) = thread.line {
                at.entry(line).or_default().push(ThreadId(n as u16));
            }
        }
        let event = shown.snapshot.event.and_then(|e| shown.run.trace.events.get(e.index()));
        let current =
            event.and_then(|event| Some((event.thread, threads.get(event.thread.index())?.line?)));
        View { shown, player, at, current }
    }

    fn function(&self, function: &Function, first: usize) -> Html {
        let lines = function.lines.iter().zip(first..).map(|(line, n)| self.line(line, n));
        html! {
            <div class="function">
                <h3><code>{ function.name }</code>{ sources(function) }</h3>
                <ol>{ for lines }</ol>
            </div>
        }
    }

    fn line(&self, line: &Line, number: usize) -> Html {
        let current = self.current.is_some_and(|(_, at)| at == line.id);
        let threads = self.at.get(&line.id).map_or(&[][..], Vec::as_slice);
        html! {
            <li class="line" data-line={line.id.0} aria-current={current.then_some("step")}>
                { self.gutter(line, number) }
                <span class="number" aria-hidden="true">{ number }</span>
                <code style={format!("padding-left: {}ch", 2 * line.indent)}>{ line.text }</code>
                <span class="markers">{ for self.markers(threads) }</span>
            </li>
        }
    }

    fn markers(&self, threads: &[ThreadId]) -> Vec<Html> {
        let trace = &self.shown.run.trace;
        let (now, others): (Vec<ThreadId>, Vec<ThreadId>) =
            threads.iter().partition(|t| self.current.is_some_and(|(current, _)| current == **t));
        let marker = |(name, first): (String, ThreadId), now: bool| {
            let class = format!("marker dot-{}", colour(trace, first));
            html! { <span class={classes!(class, now.then_some("now-marker"))}>{ name }</span> }
        };
        let now = together(trace, &now).into_iter().map(|name| marker(name, true));
        now.chain(together(trace, &others).into_iter().map(|name| marker(name, false))).collect()
    }

    fn gutter(&self, line: &Line, number: usize) -> Html {
        let set = self.player.points.has_line(line.id);
        let label = format!("Breakpoint at line {number}: {}", line.text);
        let onclick = {
            let (player, id) = (self.player.clone(), line.id);
            Callback::from(move |_| {
                let mut list = player.points.list.clone();
                let before = list.len();
                list.retain(|point| !matches!(point, Stop::Line(line, _) if *line == id));
                if list.len() == before {
                    list.push(Stop::Line(id, None));
                }
                player.dispatch(Play::Stops(list));
            })
        };
        html! {
            <button class="gutter" aria-pressed={set.to_string()} aria-label={label.clone()}
                title={label} {onclick}><span class="breakpoint-dot" /></button>
        }
    }
}

/// Links to the places in CPython's source that a function's lines follow.
fn sources(function: &Function) -> Html {
    let mut found: Vec<Source> = Vec::new();
    for source in function.lines.iter().filter_map(|line| line.source) {
        if !found.iter().any(|other| other.file == source.file) {
            found.push(source);
        }
    }
    let link = |source: &Source| {
        html! {
            <a href={source.link()} target="_blank" rel="noopener" title={source.to_string()}>
                { source.file }
            </a>
        }
    };
    html! { <span class="sources">{ for found.iter().map(link) }</span> }
}
