//! The simulator: scenario, stage, timeline, charts and the words beside them.

pub mod charts;
mod debugger;
mod figures;
mod lockstep;
pub mod panel;
mod seeds;
mod ways;
mod what_if;

use yew::prelude::*;

use crate::view::{Headline, Now, StageView, TimelineView, Transport};
use charts::{Charts, Compare};
use debugger::Debugger;
use figures::Figures;
use lockstep::LockstepWarning;
use panel::Panel;
use ways::WaysToCompare;
use what_if::WhatIf;

/// The Explore tab.
#[component]
pub fn Explore() -> Html {
    html! {
        <div class="explore">
            <div class="scenario-column"><Panel /></div>
            <div class="middle-column">
                <Headline />
                <LockstepWarning />
                <WaysToCompare />
                <StageView />
                <Transport />
                <TimelineView />
                <Debugger />
                <WhatIf />
                <Figures />
                <Charts />
                <Compare />
            </div>
            <div class="now-column"><Now /></div>
        </div>
    }
}
