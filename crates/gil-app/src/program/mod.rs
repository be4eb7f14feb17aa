//! The path from the reader's own program to a guard for it: reproduce, measure, decide, change,
//! guard.

mod calibrate;
mod change;
mod guard;
mod histogram;
mod incident;
mod made;
mod measure;
mod measured;
mod record;
mod recorded;
mod reproduce;
mod step;
mod two_times;

use gil_notation::Tab;
use yew::prelude::*;

use crate::model::Action;
use crate::page::use_page;
use change::ChangeView;
use guard::Guard;
use measure::Measure;
use reproduce::Reproduce;
use step::Step;

/// The tab of the reader's own program.
#[component]
pub fn Program() -> Html {
    let page = use_page();
    let open = |tab: Tab, text: &'static str| {
        let model = page.model.clone();
        let onclick = Callback::from(move |_: MouseEvent| model.dispatch(Action::Tab(tab)));
        html! { <button class="button" {onclick}>{ text }</button> }
    };
    html! {
        <div class="program">
            <p class="finding">{ "From your own program to a test that guards it, in five steps." }</p>
            <Step number={1} title="Reproduce"
                lead="The smallest program that does what yours does: real threads, real work, the standard library alone, Python 3.8 or later.">
                <Reproduce />
            </Step>
            <Step number={2} title="Measure"
                lead="Record your program while it's slow, and drop the file here. It's read in your browser and goes nowhere else.">
                <Measure />
            </Step>
            <Step number={3} title="Decide"
                lead="Have every strategy that's feasible simulated on this workload, and get the one whose failures cost you least.">
                <p>{ open(Tab::Decide, "Decide for this scenario") }</p>
            </Step>
            <Step number={4} title="Change" lead="Make the smallest change that gets you there, and see what it does before you write it.">
                <ChangeView />
            </Step>
            <Step number={5} title="Guard" lead="Keep what you learned: a test that fails when it's no longer true, and a record that says why it's there.">
                <Guard />
            </Step>
        </div>
    }
}
