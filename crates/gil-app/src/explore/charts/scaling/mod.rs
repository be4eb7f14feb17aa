//! How the work scales: charts over the number of threads.
//!
//! `gil-view` makes charts and findings of the points; [`question`] has them computed, [`numbers`]
//! has the table.

mod measured;
mod numbers;
mod question;

use std::rc::Rc;

use gil_share::picture::Charted;
use gil_sim::{GroupId, Scenario};
use gil_view::chart::picture::Picture;
use gil_view::scaling::{self, Measured, Question, Swept, Target, Topic};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::numbers::Numbers;
use super::selected::{Save, Show, Shown};
use crate::page::use_page;
use crate::task::progress::progress;
use crate::task::results::Results;
use crate::task::runs::use_runs;
use measured::Beside;

/// Charts of the scenario and of two references over the number of threads.
#[component]
pub fn Charts() -> Html {
    let page = use_page();
    let chosen = use_state_eq(|| None::<String>);
    let topic = use_state_eq(|| Topic::SpeedUp);
    let question = question(page.model.run.scenario(), chosen.as_deref());
    let runs = use_runs(&question, true);
    let board = &runs.board;
    let before = page.model.before.as_ref();
    let ghost =
        before.and_then(|run| board.remembered(|question| question.scenario == *run.scenario()));
    let beside = Beside::of(&page.evidence, &question);
    let measured = beside.points.clone();
    let show = Scaling { topic: *topic, now: board.now.clone(), ghost: ghost.cloned(), measured };
    let csv = {
        let now = board.now.clone();
        Callback::from(move |()| numbers::csv(&now.swept()))
    };
    let onvary = Callback::from(move |name| chosen.set(Some(name)));
    let shown = *topic;
    let onchoose = Callback::from(move |new| topic.set(new));
    html! {
        <section class="charts" aria-labelledby="charts-title">
            <div class="charts-head">
                <h2 id="charts-title">{ "How it scales" }</h2>
                { topics(shown, &onchoose) }
                { vary(&question, onvary) }
            </div>
            <Shown<Scaling> show={show.clone()} />
            <div class="chart-foot">
                { progress(&runs) }
                <Save<Scaling> {show} />
            </div>
            { beside.view(&board.now) }
            <Numbers table={numbers::table(&board.now.swept())} {csv} />
        </section>
    }
}

/// What is swept: the group that the reader chose, while there is one of that name.
fn question(scenario: &Scenario, chosen: Option<&str>) -> Question {
    match chosen.and_then(|name| scenario.spec().group_named(name)) {
        Some(group) => Question { scenario: scenario.clone(), group },
        None => Question::usual(scenario),
    }
}

fn topics(shown: Topic, onchoose: &Callback<Topic>) -> Html {
    let button = |topic: Topic| {
        let onclick = onchoose.reform(move |_| topic);
        let pressed = (topic == shown).to_string();
        html! {
            <button class="segment" aria-pressed={pressed} {onclick}>{ topic.name() }</button>
        }
    };
    html! {
        <div class="segments" role="group" aria-label="What the chart shows">
            { for Topic::ALL.map(button) }
        </div>
    }
}

/// The choice of the group to vary, where there is one.
fn vary(question: &Question, onvary: Callback<String>) -> Html {
    let groups = question.scenario.spec().numbered_groups();
    if groups.len() < 2 {
        return html! {};
    }
    let onchange = Callback::from(move |event: Event| {
        onvary.emit(event.target_unchecked_into::<HtmlSelectElement>().value());
    });
    let option = |(id, group): (GroupId, &gil_sim::Group)| {
        html! {
            <option value={group.name.clone()} selected={id == question.group}>
                { &group.name }
            </option>
        }
    };
    html! {
        <label class="vary">
            { "Vary the threads of " }
            <select {onchange}>{ for groups.map(option) }</select>
        </label>
    }
}

/// The chart of a topic.
#[derive(Clone, PartialEq)]
struct Scaling {
    topic: Topic,
    now: Rc<Results<Question>>,
    ghost: Option<Rc<Results<Question>>>,
    measured: Vec<Measured>,
}

impl Scaling {
    fn swept(&self) -> Swept<'_> {
        self.now.swept().with_measured(self.measured.clone())
    }
}

impl Show for Scaling {
    type Key = Target;

    fn id(&self) -> &'static str {
        "scaling"
    }

    fn name(&self) -> String {
        self.topic.name().to_owned()
    }

    fn picture(&self, width: f32) -> Picture<Target> {
        let ghost = self.ghost.as_ref().map(|ghost| ghost.swept());
        scaling::picture(self.topic, &self.swept(), ghost.as_ref(), width)
    }

    fn charted(&self) -> Charted<'_> {
        Charted::of_sweep(self.topic, self.swept())
    }

    fn reading(&self, run: Target) -> Option<String> {
        scaling::reading(&self.now.swept(), run)
    }

    fn scenario_of(&self, run: Target) -> Option<Scenario> {
        self.now.question.scenario_of(run.work, run.threads)
    }
}
