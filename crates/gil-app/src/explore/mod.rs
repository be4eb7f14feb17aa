//! The simulator: scenario, stage, timeline, charts and the words beside them.

pub mod charts;
mod debugger;
mod figures;
mod headline;
mod now;
pub mod panel;
mod stage;
mod timeline;
mod transport;
mod what_if;

use yew::prelude::*;

use crate::compare::WaysToCompare;
use charts::{Charts, Compare};
use debugger::Debugger;
use figures::Figures;
pub use headline::Headline;
use now::Now;
pub use now::ThisMoment;
use panel::Panel;
pub use panel::ScenarioText;
pub use stage::StageView;
pub use timeline::{Pointed, TimelineView};
pub use transport::Transport;
use what_if::WhatIf;

/// The Explore tab.
#[component]
pub fn Explore() -> Html {
    html! {
        <div class="explore">
            <div class="scenario-column"><Panel /></div>
            <div class="middle-column">
                <Headline />
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
