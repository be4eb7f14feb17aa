//! A race within the text.

use gil_lessons::Race;
use gil_race::RaceKind;
use gil_sim::Python;
use yew::prelude::*;

use crate::race::RaceView as Steps;

/// The properties of [`RaceView`].
#[derive(Properties, PartialEq)]
pub struct RaceProps {
    /// The race.
    pub race: &'static Race,
}

/// A race with its caption; a sentence where there is none of this name.
#[component]
pub fn RaceView(props: &RaceProps) -> Html {
    let race = props.race;
    let Some(kind) = RaceKind::find(&race.name) else {
        return html! {
            <p class="complaint">{ format!("There is no race \"{}\" to show here.", race.name) }</p>
        };
    };
    let python = race.python.as_deref().and_then(Python::find);
    html! {
        <figure class="lesson-figure lesson-race">
            <Steps race={kind} {python} />
            <figcaption>{ &race.caption }</figcaption>
        </figure>
    }
}
