//! The simulator: scenario, stage, timeline, charts and the words beside them.

mod charts;
mod debugger;
mod figures;
mod headline;
mod now;
mod panel;
mod stage;
mod timeline;
mod transport;

use yew::prelude::*;

use charts::{Charts, Compare};
use debugger::Debugger;
use figures::Figures;
use headline::Headline;
use now::Now;
use panel::Panel;
pub use stage::StageView;
pub use timeline::TimelineView;
pub use transport::Transport;

/// The Explore tab.
#[component]
pub fn Explore() -> Html {
    html! {
        <div class="explore">
            <div class="scenario-column"><Panel /></div>
            <div class="middle-column">
                <Headline />
                <StageView />
                <Transport />
                <TimelineView />
                <Debugger />
                <Figures />
                <Charts />
                <Compare />
            </div>
            <div class="now-column"><Now /></div>
        </div>
    }
}
