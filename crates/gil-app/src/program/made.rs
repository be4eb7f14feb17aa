//! A scenario made from a recording, run and held against it.

use std::rc::Rc;

use gil_record::scenario::{Agreement, Made, Row, make};
use gil_words::number;
use yew::prelude::*;

use crate::controls::Wide;
use crate::evidence::Brought;
use crate::model::Action;
use crate::page::use_page;
use crate::view::TimelineView;

/// The recording that a scenario is made from.
#[derive(Properties, PartialEq)]
pub struct MadeProps {
    /// The recording.
    pub brought: Rc<Brought>,
}

/// What came out of it: the scenario and how well it agrees, or why there is none.
type Outcome = Option<Rc<Result<(Made, Agreement), String>>>;

/// The button, and what it makes.
#[component]
pub fn MadeView(props: &MadeProps) -> Html {
    let brought = &props.brought;
    let page = use_page();
    let outcome = use_state(|| None as Outcome);
    {
        let outcome = outcome.setter();
        use_effect_with(brought.clone(), move |_| outcome.set(None));
    }
    let onclick = {
        let (brought, model, outcome) = (brought.clone(), page.model.clone(), outcome.setter());
        Callback::from(move |_: MouseEvent| {
            let (recording, findings) = (&brought.recording, &brought.findings);
            let made = make(recording, findings).map(|made| {
                let agreement = Agreement::of(&made, recording, findings);
                let scenario = made.scenario.clone();
                model.dispatch(Action::Edit { scenario, control: None });
                (made, agreement)
            });
            outcome.set(Some(Rc::new(made)));
        })
    };
    html! {
        <div class="made">
            <h3>{ "A scenario from this recording" }</h3>
            <p>{ "Threads that behave alike become a group, with what they do between waits. Then Decide, Compare and what-if are about your program." }</p>
            <p><button class="button primary" {onclick}>{ "Make a scenario from this" }</button></p>
            { match outcome.as_deref() {
                None => html! {},
                Some(Err(error)) => html! { <p class="problem" role="alert">{ format!("There is no scenario: {error}.") }</p> },
                Some(Ok((made, agreement))) => shown(made, agreement, *page.model.run.scenario() == made.scenario),
            } }
        </div>
    }
}

fn shown(made: &Made, agreement: &Agreement, is_open: bool) -> Html {
    html! {
        <>
        <pre tabindex="0"><code>{ &made.notation }</code></pre>
        <p role="status">{ verdict(agreement) }</p>
        if is_open {
            <h3>{ "The same threads, simulated" }</h3>
            <TimelineView brief=true cores=false />
        }
        { table(made, agreement) }
        <ul class="bullets muted">{ for made.notes.iter().map(|note| html! { <li>{ note }</li> }) }</ul>
        </>
    }
}

/// How well the two agree, in a sentence.
fn verdict(agreement: &Agreement) -> String {
    let points = format!("{} points", number(100.0 * agreement.worst_share()));
    format!(
        "It's the scenario of the page now. Its simulation, looked at as often as the profiler looked, is off by at \
         most {points} in the shares of time that threads have the GIL or wait for it."
    )
}

fn table(made: &Made, agreement: &Agreement) -> Html {
    let groups = &made.scenario.spec().groups;
    let row = |row: &Row| {
        let value = |value: Option<f64>| {
            value.map_or_else(|| "–".to_owned(), |value| row.figure.words(value))
        };
        html! {
            <tr>
                <th scope="row">{ format!("{}: {}", groups[row.group].name, row.figure.name()) }</th>
                <td class="measured">{ value(row.recorded) }</td>
                <td>{ value(row.simulated) }</td>
                <td>{ row.error_words().unwrap_or_else(|| "–".to_owned()) }</td>
            </tr>
        }
    };
    let known =
        agreement.rows.iter().filter(|row| row.recorded.is_some() || row.simulated.is_some());
    html! {
        <Wide label="Recorded and simulated">
            <table class="figures">
                <caption>{ "Recorded beside simulated." }</caption>
                <thead><tr>
                    <th scope="col">{ "Figure" }</th>
                    <th scope="col">{ "Recorded" }</th>
                    <th scope="col">{ "Simulated" }</th>
                    <th scope="col">{ "Error" }</th>
                </tr></thead>
                <tbody>{ for known.map(row) }</tbody>
            </table>
        </Wide>
    }
}
