//! Which Python and which strategy does the same work best.
//!
//! [`question`] says what is run, [`contenders`] who does it, [`ranked`] what is varied and shown,
//! [`lines`] makes a chart of it and [`numbers`] the table.

mod contenders;
mod lines;
mod numbers;
mod question;
mod ranked;

use std::rc::Rc;

use gil_share::picture::Charted;
use gil_sim::compare::{Axis, Contender, Setting};
use gil_sim::sweep::{self, Work};
use gil_sim::{Group, GroupId, Scenario};
use gil_view::chart::picture::Picture;
use yew::prelude::*;

use self::contenders::{Contenders, Entry, entries, select};
use self::lines::Target;
use self::question::Question;
use self::ranked::{RANKED, Ranked, axis_name, common};
use super::numbers::Numbers;
use super::selected::{Save, Show, Shown};
use crate::dom::use_seen;
use crate::page::use_page;
use crate::task::progress::progress;
use crate::task::results::Results;
use crate::task::runs::use_runs;

/// Contenders that do the same work, over something that is varied.
#[component]
pub fn Compare() -> Html {
    let page = use_page();
    let scenario = page.model.run.scenario();
    let work = use_state_eq(|| Chosen::Reference(Work::Cpu));
    let axis = use_state_eq(|| Axis::Workers);
    let ranked = use_state(|| RANKED[0]);
    // The usual ones, unless the reader has chosen.
    let chosen = use_state_eq(|| None::<Vec<Entry>>);
    let usual = entries(Contender::usual(scenario));
    let is_usual = chosen.as_ref().is_none_or(|chosen| *chosen == usual);
    let entries = (*chosen).clone().unwrap_or(usual);
    let setting = setting(scenario, &work, *axis);
    let contenders = entries.iter().map(|entry| entry.contender).collect();
    let question = Question::new(setting.clone(), contenders);
    let section = use_node_ref();
    let seen = use_seen(&section);
    let runs = use_runs(&question, seen);
    // What is shown is what there are results of, whoever is chosen by now.
    let now = if runs.board.now.question == question {
        runs.board.now.clone()
    } else {
        Rc::new(Results::new(question))
    };
    let show = Compared {
        ranked: *ranked,
        slots: entries.iter().map(|entry| entry.slot).collect(),
        scenario: scenario.clone(),
        now: now.clone(),
    };
    let csv = {
        let now = now.clone();
        Callback::from(move |()| numbers::csv(&now))
    };
    let onchange = Callback::from(move |new| chosen.set(new));
    let controls = controls(scenario, &setting, &work, &axis, &ranked);
    html! {
        <section class="compare" aria-labelledby="compare-title" ref={section}>
            <div class="charts-head">
                <h2 id="compare-title">{ "Which Python, which strategy?" }</h2>
                { controls }
            </div>
            <Contenders {setting} {entries} usual={is_usual} {onchange} />
            <Shown<Compared> show={show.clone()} />
            <div class="chart-foot">
                { progress(&runs) }
                <Save<Compared> {show} />
            </div>
            <Numbers table={numbers::table(&now)} {csv} />
        </section>
    }
}

/// What the workers do, as the reader has chosen it.
#[derive(Clone, Debug, PartialEq)]
enum Chosen {
    Reference(Work),
    /// A group by its name: it may come and go.
    Group(String),
}

impl Chosen {
    /// Its value in the list.
    fn value(&self) -> String {
        match self {
            Chosen::Reference(Work::Io) => "io".to_owned(),
            Chosen::Reference(_) => "cpu".to_owned(),
            Chosen::Group(name) => format!("own-{name}"),
        }
    }

    fn of_value(value: &str) -> Chosen {
        match value.split_once('-') {
            Some((_, name)) => Chosen::Group(name.to_owned()),
            None if value == "io" => Chosen::Reference(Work::Io),
            None => Chosen::Reference(Work::Cpu),
        }
    }
}

fn setting(scenario: &Scenario, work: &Chosen, axis: Axis) -> Setting {
    let (work, group) = match work {
        Chosen::Reference(work) => (*work, GroupId::FIRST),
        Chosen::Group(name) => {
            let group = scenario.spec().group_named(name);
            (Work::Own, group.unwrap_or_else(|| sweep::usual_group(scenario)))
        }
    };
    let axis = if axis.suits(work) { axis } else { Axis::Workers };
    Setting::new(scenario, work, group, axis)
}

fn option(value: String, text: String, selected: bool, disabled: bool) -> Html {
    html! { <option {value} {selected} {disabled}>{ text }</option> }
}

/// The lists of what is done, what is varied and what is shown.
fn controls(
    scenario: &Scenario,
    setting: &Setting,
    work: &UseStateHandle<Chosen>,
    axis: &UseStateHandle<Axis>,
    ranked: &UseStateHandle<Ranked>,
) -> Html {
    let on_axis = {
        let axis = axis.clone();
        let named = |value: &str| Axis::ALL.into_iter().find(|axis| axis_name(*axis) == value);
        select(move |value| axis.set(named(&value).unwrap_or(*axis)))
    };
    let on_ranked = {
        let ranked = ranked.clone();
        let named = |value: &str| RANKED.into_iter().find(|ranked| ranked.name() == value);
        select(move |value| ranked.set(named(&value).unwrap_or(*ranked)))
    };
    let axes = Axis::ALL.map(|new| {
        let name = axis_name(new).to_owned();
        option(name.clone(), name, new == setting.axis, !new.suits(setting.work))
    });
    let metrics = RANKED.map(|new| {
        let name = new.name();
        option(name.clone(), name, new == **ranked, false)
    });
    html! {
        <div class="compare-controls">
            <label class="vary">{ "Work " }{ works(scenario, setting, work) }</label>
            <label class="vary">{ "Vary " }
                <select data-control="compare-axis" onchange={on_axis}>{ for axes }</select>
            </label>
            <label class="vary">{ "Show " }
                <select data-control="compare-figure" onchange={on_ranked}>{ for metrics }</select>
            </label>
        </div>
    }
}

/// The list of what is done.
fn works(scenario: &Scenario, setting: &Setting, work: &UseStateHandle<Chosen>) -> Html {
    let mixed = setting.axis == Axis::CpuShare;
    let reference = |new: Work, text: &str| {
        let new = Chosen::Reference(new);
        option(new.value(), text.to_owned(), !mixed && **work == new, false)
    };
    let own = |(id, group): (GroupId, &Group)| {
        let selected = setting.work == Work::Own && setting.group == id;
        let value = Chosen::Group(group.name.clone()).value();
        option(value, format!("Group {}", group.name), selected, mixed)
    };
    let onchange = {
        let work = work.clone();
        select(move |value| work.set(Chosen::of_value(&value)))
    };
    html! {
        <select data-control="compare-work" {onchange} disabled={mixed}
            title={mixed.then_some("Passes of 10 ms, partly computing, partly I/O")}>
            if mixed {
                { option("mixed".to_owned(), "Mixed".to_owned(), true, false) }
            }
            { reference(Work::Cpu, "CPU-bound") }
            { reference(Work::Io, "I/O-bound") }
            { for scenario.spec().numbered_groups().map(own) }
        </select>
    }
}

/// The chart of a metric.
#[derive(Clone, PartialEq)]
struct Compared {
    ranked: Ranked,
    /// The colours of the contenders.
    slots: Vec<u8>,
    /// The scenario as it is.
    scenario: Scenario,
    now: Rc<Results<Question>>,
}

impl Show for Compared {
    type Key = Target;

    fn id(&self) -> &'static str {
        "compare"
    }

    fn name(&self) -> String {
        self.ranked.name()
    }

    fn picture(&self, width: f32) -> Picture<Target> {
        let is_current = |run| self.scenario_of(run).as_ref() == Some(&self.scenario);
        lines::picture(self.ranked, &self.now, &self.slots, is_current, width)
    }

    fn charted(&self) -> Charted<'_> {
        let question = &self.now.question;
        let axis = axis_name(question.setting.axis).to_lowercase();
        let about = format!("{} over {axis}", self.ranked.name().to_lowercase());
        Charted::new(about, common(question), Vec::new(), |width| self.picture(width))
    }

    fn reading(&self, run: Target) -> Option<String> {
        lines::reading(&self.now, run)
    }

    fn scenario_of(&self, run: Target) -> Option<Scenario> {
        self.now.question.setting.scenario_of(run.contender, run.at).ok()
    }
}
