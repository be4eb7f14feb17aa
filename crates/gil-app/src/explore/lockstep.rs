//! The warning where fixed durations decide the result, with a button that varies them.

use std::rc::Rc;

use gil_sim::Scenario;
use gil_sim::lockstep::{Lockstep, Search, varied};
use yew::prelude::*;

use crate::model::{Action, Run};
use crate::page::use_page;
use crate::task::gradual::{Work, use_gradually};

/// Events of a run above which the page does not look: one more such run would be felt.
const MOST_EVENTS: usize = 100_000;

/// What a run of the search says, and of which run of the page.
type Answer = (Rc<Run>, Option<Lockstep>);

/// One sentence with both figures, as soon as the search has found that lockstep decides.
#[component]
pub fn LockstepWarning() -> Html {
    let page = use_page();
    let run = page.model.run.clone();
    let searched = use_gradually(run.clone(), search);
    // For one render these are still the answers about the run before.
    let found = searched.found.iter().rev().find_map(|(of, found)| found.filter(|_| *of == run));
    let sentence = found.and_then(|found| gil_words::lockstep(&run.stats, &found));
    let Some((sentence, scenario)) = sentence.zip(varied(run.scenario())) else {
        return html! {};
    };
    let vary = {
        let model = page.model.clone();
        Callback::from(move |_: MouseEvent| model.dispatch(edit(&scenario)))
    };
    html! {
        <div class="lockstep" role="note">
            <p>{ sentence }</p>
            <button type="button" class="button" onclick={vary}
                title="Every fixed duration of a step becomes one that varies by a tenth in either direction">
                { "Vary the durations" }
            </button>
        </div>
    }
}

fn search(run: &Rc<Run>) -> Option<Work<Answer>> {
    if run.trace.events.len() > MOST_EVENTS {
        return None;
    }
    let search = Search::new(run.scenario(), &run.stats, run.is_whole())?;
    let run = run.clone();
    Some(Box::new(search.map(move |found| (run.clone(), found))))
}

fn edit(scenario: &Scenario) -> Action {
    Action::Edit { scenario: scenario.clone(), control: None }
}
