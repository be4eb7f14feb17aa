//! The lessons.

use gil_notation::PRESETS;
use yew::prelude::*;

use crate::explore::{StageView, TimelineView, Transport};
use crate::simulation::Simulation;

/// The Learn tab.
#[component]
pub fn Learn() -> Html {
    html! { <div class="learn">
        <Simulation scenario={PRESETS[3].scenario()}><StageView /><Transport /><TimelineView /></Simulation>
    </div> }
}
