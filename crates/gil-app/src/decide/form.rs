//! What a reader says: failures in order, the workload, Pythons, libraries, symptoms.

use std::collections::BTreeSet;
use std::rc::Rc;

use gil_decide::{Constraints, Fact, Question, Symptom};
use gil_notation::{parse_bytes, parse_duration, print_bytes, print_duration};
use gil_sim::{Nanos, Python};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::order::Order;
use super::workload::Workload;

/// The oldest Python that is offered; the one in use is there whatever it is.
const OLDEST: (u8, u8) = (3, 9);

/// What the form shows and tells.
#[derive(Properties, PartialEq)]
pub struct FormProps {
    /// What is asked so far.
    pub question: Rc<Question>,
    /// Hears other constraints.
    pub change: Callback<Constraints>,
    /// Hears the name of another group.
    pub choose: Callback<String>,
}

/// The questions.
#[component]
pub fn Form(props: &FormProps) -> Html {
    let FormProps { question, change, choose } = props;
    html! {
        <section class="decide-form" aria-label="Questions">
            <h2>{ "What fits your constraints?" }</h2>
            <p class="muted">
                { "Say what failure costs most and what you can use. Every strategy that is left is \
                   simulated on your workload." }
            </p>
            <Order constraints={question.constraints.clone()} change={change.clone()} />
            <Workload question={question.clone()} choose={choose.clone()} />
            { pythons(question, change) }
            { facts(question, change) }
            { symptoms(question, change) }
        </section>
    }
}

/// Takes something out of a set or puts it in.
fn toggle<T: Ord>(set: &mut BTreeSet<T>, item: T) {
    if !set.remove(&item) {
        set.insert(item);
    }
}

fn pythons(question: &Question, change: &Callback<Constraints>) -> Html {
    let now = question.now();
    let offered = Python::ALL.into_iter().filter(|python| python.version() >= OLDEST);
    let chip = |python: Python| {
        let constraints = question.constraints.clone();
        let pressed = constraints.reach.contains(&python).to_string();
        let onclick = change.reform(move |_: MouseEvent| {
            let mut constraints = constraints.clone();
            toggle(&mut constraints.reach, python);
            constraints
        });
        html! {
            <button class="toggle" aria-pressed={pressed} {onclick}>{ python.to_string() }</button>
        }
    };
    html! {
        <fieldset>
            <legend>{ "Pythons in reach" }</legend>
            <div class="chips">
                <span class="chip-now">{ format!("{now} now") }</span>
                { for offered.filter(|python| *python != now).map(chip) }
            </div>
        </fieldset>
    }
}

/// A box to tick and what it means.
fn tick(
    id: &str,
    title: &'static str,
    text: &'static str,
    checked: bool,
    onchange: Callback<Event>,
) -> Html {
    let (id, note) = (format!("decide-{id}"), format!("decide-{id}-note"));
    html! {
        <div class="tick">
            <input type="checkbox" id={id.clone()} aria-describedby={note.clone()} {checked} {onchange} />
            <label for={id}>{ title }</label>
            <p class="muted" id={note}>{ text }</p>
        </div>
    }
}

fn facts(question: &Question, change: &Callback<Constraints>) -> Html {
    let row = |fact: Fact| {
        let constraints = question.constraints.clone();
        let checked = constraints.facts.contains(&fact);
        let onchange = change.reform(move |_: Event| {
            let mut constraints = constraints.clone();
            toggle(&mut constraints.facts, fact);
            constraints
        });
        tick(fact.key(), fact.title(), fact.explanation(), checked, onchange)
    };
    html! {
        <fieldset>
            <legend>{ "Libraries and limits" }</legend>
            { for Fact::ALL.into_iter().map(row) }
            { limits(&question.constraints, change) }
        </fieldset>
    }
}

fn symptoms(question: &Question, change: &Callback<Constraints>) -> Html {
    let row = |symptom: Symptom| {
        let constraints = question.constraints.clone();
        let checked = constraints.symptoms.contains(&symptom);
        let onchange = change.reform(move |_: Event| {
            let mut constraints = constraints.clone();
            toggle(&mut constraints.symptoms, symptom);
            constraints
        });
        tick(symptom.key(), symptom.title(), symptom.explanation(), checked, onchange)
    };
    html! {
        <fieldset>
            <legend>{ "Seen, but in no simulation" }</legend>
            { for Symptom::ALL.into_iter().map(row) }
        </fieldset>
    }
}

fn limits(constraints: &Constraints, change: &Callback<Constraints>) -> Html {
    let limit = |kind: Kind| {
        let constraints = constraints.clone();
        let value = kind.value(&constraints);
        let onchange = change.reform(move |text: String| kind.set(&constraints, &text));
        html! { <Limit {kind} {value} {onchange} /> }
    };
    html! { <div class="limits">{ limit(Kind::Memory) }{ limit(Kind::Latency) }</div> }
}

/// What is limited, in the notation's units.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Memory,
    Latency,
}

impl Kind {
    /// The field's id, its label and an example.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Kind::Memory => ("decide-memory", "Memory for all workers, at most", "512mib"),
            Kind::Latency => ("decide-budget", "A pass at p99, at most", "50ms"),
        }
    }

    fn value(self, constraints: &Constraints) -> String {
        let text = match self {
            Kind::Memory => constraints.memory_limit.map(print_bytes),
            Kind::Latency => constraints.latency_budget.map(print_duration),
        };
        text.unwrap_or_default()
    }

    /// The constraints with this limit, or without one where the text is none.
    fn set(self, constraints: &Constraints, text: &str) -> Constraints {
        let constraints = constraints.clone();
        match self {
            Kind::Memory => Constraints { memory_limit: read_memory(text), ..constraints },
            Kind::Latency => Constraints { latency_budget: read_latency(text), ..constraints },
        }
    }

    fn is_right(self, text: &str) -> bool {
        match self {
            Kind::Memory => read_memory(text).is_some(),
            Kind::Latency => read_latency(text).is_some(),
        }
    }
}

fn read_memory(text: &str) -> Option<u64> {
    parse_bytes(text).ok().filter(|bytes| *bytes > 0)
}

fn read_latency(text: &str) -> Option<Nanos> {
    parse_duration(text).ok().filter(|time| !time.is_zero())
}

#[derive(Properties, PartialEq)]
struct LimitProps {
    kind: Kind,
    value: String,
    onchange: Callback<String>,
}

/// A limit; empty is none. What cannot be read stays to be mended and sets nothing.
#[component]
fn Limit(props: &LimitProps) -> Html {
    let LimitProps { kind, value, onchange } = props;
    let (id, label, example) = kind.words();
    let wrong = use_state_eq(|| false);
    let on_change = {
        let (onchange, wrong, kind) = (onchange.clone(), wrong.clone(), *kind);
        Callback::from(move |event: Event| {
            let Some(field) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let text = field.value();
            let text = text.trim();
            let is_right = text.is_empty() || kind.is_right(text);
            wrong.set(!is_right);
            if is_right {
                onchange.emit(text.to_owned());
            }
        })
    };
    let note = format!("{id}-note");
    let text = if *wrong {
        format!("Write a number and a unit, as in {example}, or nothing.")
    } else {
        format!("As in {example}; empty for none.")
    };
    html! {
        <div class="limit">
            <label for={id}>{ label }</label>
            <input type="text" {id} value={value.clone()} onchange={on_change} autocomplete="off"
                aria-describedby={note.clone()} aria-invalid={wrong.to_string()} />
            <p id={note} class={if *wrong { "complaint" } else { "muted" }} role="status">{ text }</p>
        </div>
    }
}
