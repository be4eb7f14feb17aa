//! Where a race goes.

use gil_lessons::Race;
use yew::prelude::*;

/// What is shown.
#[derive(Properties, PartialEq)]
pub struct RaceProps {
    /// The race.
    pub race: &'static Race,
}

/// A race by its name and caption.
#[component]
pub fn RaceView(props: &RaceProps) -> Html {
    html! {
        <figure class="lesson-figure lesson-race">
            <p class="muted">{ format!("Race: {}", props.race.name) }</p>
            <figcaption>{ &props.race.caption }</figcaption>
        </figure>
    }
}
