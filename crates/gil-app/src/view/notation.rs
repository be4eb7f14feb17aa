//! How a scenario is written: the table of `gil-notation`, to look things up beside the text.

use gil_notation::grammar::{EXAMPLE, EXAMPLE_MEANING, LAYOUT, Piece, Room};
use yew::prelude::*;

/// How a scenario is written, folded up until somebody wants to know.
#[component]
pub fn Notation() -> Html {
    html! {
        <details class="notation fold">
            <summary>{ "How a scenario is written" }</summary>
            <p><code>{ EXAMPLE }</code>{ format!(" is {EXAMPLE_MEANING}.") }</p>
            { for Room::ALL.into_iter().map(room) }
            <h4>{ "In files and in this field" }</h4>
            <ul>{ for LAYOUT.iter().map(|sentence| html! { <li>{ *sentence }</li> }) }</ul>
        </details>
    }
}

fn room(room: Room) -> Html {
    html! {
        <>
            <h4>{ room.title() }</h4>
            <dl>{ for Piece::of(room).map(piece) }</dl>
        </>
    }
}

fn piece(piece: &Piece) -> Html {
    let code = |text: &&'static str| html! { <><code>{ *text }</code>{ " " }</> };
    html! {
        <>
            <dt>{ for piece.forms.iter().map(code) }</dt>
            <dd>{ piece.meaning }{ ": " }{ for piece.examples.iter().map(code) }</dd>
        </>
    }
}
