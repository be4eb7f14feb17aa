//! How far a computation is, and the way to stop it or to start it again.

use gil_words::number;
use yew::prelude::*;

use super::results::Task;
use super::runs::{Place, Runs, Status};

/// The line below a chart.
pub fn progress<T: Task>(runs: &Runs<T>) -> Html {
    let board = &runs.board;
    let (done, total) = (board.done, board.total.max(1));
    let restart = |place: Place, text: &'static str| {
        let onclick = runs.restart.reform(move |_| place);
        html! { <button class="button" {onclick}>{ text }</button> }
    };
    let (state, content) = match &board.status {
        Status::Waiting => ("waiting", html! {}),
        Status::Running => {
            let onclick = runs.cancel.reform(|_| ());
            let text = format!("{done} of {total} runs");
            let bar = html! {
                <>
                <progress max={total.to_string()} value={done.to_string()} aria-label="Runs"></progress>
                <span>{ text }</span>
                <button class="button" {onclick}>{ "Cancel" }</button>
                </>
            };
            ("running", bar)
        }
        Status::Done(seconds) => {
            let time = seconds.map(|seconds| format!(" in {} s", number(seconds)));
            let text = format!("{done} runs simulated{}", time.unwrap_or_default());
            ("done", html! { <span>{ text }</span> })
        }
        Status::Cancelled => {
            let text = format!("Cancelled after {done} of {total} runs.");
            let again = restart(Place::Worker, "Compute again");
            ("cancelled", html! { <><span>{ text }</span>{ again }</> })
        }
        Status::Failed(message) => {
            let text = format!("The background worker does not run: {message}. ");
            let here = "Try again, or compute on the page itself, which may stutter a little.";
            let content = html! {
                <>
                <span role="alert">{ text }{ here }</span>
                { restart(Place::Worker, "Try again") }
                { restart(Place::Page, "Compute on the page") }
                </>
            };
            ("failed", content)
        }
    };
    html! { <div class="chart-progress muted" data-state={state}>{ content }</div> }
}
