//! The simulator: scenario, stage, timeline, charts and the words beside them.

mod charts;
mod figures;
mod headline;
mod now;
pub mod panel;
mod stage;
mod timeline;
mod transport;

use yew::prelude::*;

use charts::{Charts, Compare};
use figures::Figures;
pub use headline::Headline;
use now::Now;
pub use now::ThisMoment;
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
                <Figures />
                <Charts />
                <Compare />
            </div>
            <div class="now-column"><Now /></div>
        </div>
    }
}
