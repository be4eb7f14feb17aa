//! The lessons.

use gil_notation::PRESETS;
use gil_race::Kind;
use yew::prelude::*;

use crate::explore::{StageView, TimelineView, Transport};
use crate::race::RaceView;
use crate::simulation::Simulation;

/// The Learn tab.
#[component]
pub fn Learn() -> Html {
    html! { <div class="learn">
        { for Kind::ALL.map(|race| html! { <RaceView {race} /> }) }
        <Simulation scenario={PRESETS[3].scenario()}><StageView /><Transport /><TimelineView /></Simulation>
    </div> }
}
