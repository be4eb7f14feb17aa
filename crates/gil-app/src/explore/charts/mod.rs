//! How the work scales: charts over the number of threads, computed in a worker.
//!
//! [`job`] has the runs computed and keeps the [`results`], [`picture`] makes a chart of them,
//! [`plot`] draws it and listens, [`numbers`] is the same as a table.

mod finding;
mod job;
mod numbers;
mod picture;
mod plot;
mod results;

use std::rc::Rc;

use gil_sim::sweep;
use gil_view::words::number;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use self::job::{Place, Status, Sweeps, use_sweeps};
use self::numbers::Numbers;
use self::picture::{Kind, Picture, Target, reading};
use self::plot::Plot;
use self::results::{Question, Results};
use crate::app::use_page;
use crate::dom::use_width;
use crate::model::Action;

/// Charts of the scenario and of two references over the number of threads.
#[component]
pub fn Charts() -> Html {
    let page = use_page();
    let chosen = use_state_eq(|| None::<String>);
    let kind = use_state_eq(|| Kind::SpeedUp);
    let question = question(&page.model.run.scenario, chosen.as_deref());
    let sweeps = use_sweeps(&question);
    let board = &sweeps.board;
    let before = page.model.before.as_ref();
    let ghost = before.and_then(|run| board.remembered(&run.scenario)).cloned();
    let onvary = Callback::from(move |name| chosen.set(Some(name)));
    let shown = *kind;
    let onchoose = Callback::from(move |new| kind.set(new));
    html! {
        <section class="charts" aria-labelledby="charts-title">
            <div class="charts-head">
                <h2 id="charts-title">{ "How it scales" }</h2>
                { kinds(shown, &onchoose) }
                { vary(&question, onvary) }
            </div>
            <Shown kind={shown} now={board.now.clone()} {ghost} />
            { progress(&sweeps) }
            <Numbers results={board.now.clone()} />
        </section>
    }
}

/// What is swept: the group that the reader chose, while there is one of that name.
fn question(scenario: &gil_sim::Scenario, chosen: Option<&str>) -> Question {
    let mut groups = scenario.spec().groups.iter();
    let group = chosen.and_then(|name| groups.position(|group| group.name == name));
    let group = group.unwrap_or_else(|| sweep::usual_group(scenario));
    Question { scenario: scenario.clone(), group }
}

fn kinds(shown: Kind, onchoose: &Callback<Kind>) -> Html {
    let button = |kind: Kind| {
        let onclick = onchoose.reform(move |_| kind);
        let pressed = (kind == shown).to_string();
        html! {
            <button class="segment" aria-pressed={pressed} {onclick}>{ kind.name() }</button>
        }
    };
    html! {
        <div class="segments" role="group" aria-label="What the chart shows">
            { for Kind::ALL.map(button) }
        </div>
    }
}

/// The choice of the group to vary, where there is one.
fn vary(question: &Question, onvary: Callback<String>) -> Html {
    let groups = &question.scenario.spec().groups;
    if groups.len() < 2 {
        return html! {};
    }
    let onchange = Callback::from(move |event: Event| {
        onvary.emit(event.target_unchecked_into::<HtmlSelectElement>().value());
    });
    let option = |(index, group): (usize, &gil_sim::Group)| {
        html! {
            <option value={group.name.clone()} selected={index == question.group}>
                { &group.name }
            </option>
        }
    };
    html! {
        <label class="vary">
            { "Vary the threads of " }
            <select {onchange}>{ for groups.iter().enumerate().map(option) }</select>
        </label>
    }
}

#[derive(Properties, PartialEq)]
struct ShownProps {
    kind: Kind,
    now: Rc<Results>,
    ghost: Option<Rc<Results>>,
}

/// The chart and what is said about the point that is selected.
#[component]
fn Shown(props: &ShownProps) -> Html {
    let ShownProps { kind, now, ghost } = props;
    let model = use_page().model;
    let frame = use_node_ref();
    let width = use_width(&frame);
    let selected = use_state_eq(|| None::<Target>);
    let picture = Picture::new(*kind, now, ghost.as_deref(), width);
    let place = |point: gil_view::chart::PlotPoint| (point.series, point.index);
    let current = picture.current(now).map(place);
    let entry = picture.entry(now);
    let onopen = {
        let question = now.question.clone();
        Callback::from(move |target: Target| {
            if let Some(scenario) = question.scenario_of(target.work, target.threads) {
                model.dispatch(Action::Edit { scenario, control: None });
            }
        })
    };
    let said = selected.and_then(|target| reading(now, target));
    let open_selected = {
        let (onopen, selected) = (onopen.clone(), selected.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(target) = *selected {
                onopen.emit(target);
            }
        })
    };
    let onselect = {
        let selected = selected.clone();
        Callback::from(move |target| selected.set(target))
    };
    let label = format!(
        "{} chart. {}. Arrow keys move between the points, Enter opens a run; \
         all numbers are in the table below",
        kind.name(),
        picture.finding
    );
    let finding = picture.finding.clone();
    let hint = hint(&picture, current.is_some());
    html! {
        <>
        <p class="chart-finding">{ finding }</p>
        <div class="chart" ref={frame}>
            <Plot {picture} {current} {entry} {label} selected={*selected} {onselect} {onopen} />
        </div>
        <div class="chart-reading">
            <p id="chart-reading" aria-live="polite">
                { said.clone().unwrap_or(hint) }
            </p>
            if said.is_some() {
                // Kept from taking the focus, which would end the selection that it opens.
                <button class="button" tabindex="-1" onclick={open_selected}
                    onpointerdown={|event: PointerEvent| event.prevent_default()}
                    onmousedown={|event: MouseEvent| event.prevent_default()}>
                    { "Open this run" }
                </button>
            }
        </div>
        </>
    }
}

/// What can be done with the points, and what their marks mean.
fn hint(picture: &Picture, ringed: bool) -> String {
    let mut hint = "Every point is a run: select it to open it.".to_owned();
    if ringed {
        hint += " The ringed one is shown above.";
    }
    if !picture.cut.is_empty() {
        hint += " Hollow ones did not end by themselves: they were cut or are stuck.";
    }
    hint
}

/// How far the computation is, and the way to stop it or to start it again.
fn progress(sweeps: &Sweeps) -> Html {
    let board = &sweeps.board;
    let (done, total) = (board.now.len(), board.total.max(1));
    let restart = |place: Place, text: &'static str| {
        let onclick = sweeps.restart.reform(move |_| place);
        html! { <button class="button" {onclick}>{ text }</button> }
    };
    let (state, content) = match &board.status {
        Status::Running => {
            let onclick = sweeps.cancel.reform(|_| ());
            let text = format!("{done} of {total} runs");
            let bar = html! {
                <>
                <progress max={total.to_string()} value={done.to_string()} aria-label="Runs"></progress>
                <span>{ text }</span>
                <button class="button" {onclick}>{ "Cancel" }</button>
                </>
            };
            ("running", bar)
        }
        Status::Done(seconds) => {
            let time = seconds.map(|seconds| format!(" in {} s", number(seconds)));
            let text = format!("{done} runs simulated{}", time.unwrap_or_default());
            ("done", html! { <span>{ text }</span> })
        }
        Status::Cancelled => {
            let text = format!("Cancelled after {done} of {total} runs.");
            let again = restart(Place::Worker, "Compute again");
            ("cancelled", html! { <><span>{ text }</span>{ again }</> })
        }
        Status::Failed(message) => {
            let text = format!("The background worker does not run: {message}. ");
            let here = "Try again, or compute on the page itself, which may stutter a little.";
            let content = html! {
                <>
                <span role="alert">{ text }{ here }</span>
                { restart(Place::Worker, "Try again") }
                { restart(Place::Page, "Compute on the page") }
                </>
            };
            ("failed", content)
        }
    };
    html! { <div class="chart-progress muted" data-state={state}>{ content }</div> }
}
