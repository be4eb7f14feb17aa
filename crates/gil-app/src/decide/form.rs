//! What a reader says: failures in order, the workload, Pythons, libraries, symptoms.

use std::collections::BTreeSet;
use std::rc::Rc;

use gil_decide::{Constraints, Fact, Question, Symptom, USUAL_MACHINE, WorkKind, words};
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
                { "Say which failure costs most and what you can use. Everything that is left is \
                   simulated on your workload, with several seeds." }
            </p>
            <Order question={question.clone()} change={change.clone()} />
            <Workload question={question.clone()} change={change.clone()} choose={choose.clone()} />
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
            <button class="toggle" aria-pressed={pressed} title={until(python)} {onclick}>
                { python.to_string() }
            </button>
        }
    };
    html! {
        <fieldset>
            <legend>{ "Pythons in reach" }</legend>
            <p class="muted">{ "Tick an upgrade only if you can make it." }</p>
            <div class="chips">
                <span class="chip-now" title={until(now)}>{ format!("{now} now") }</span>
                { for offered.filter(|python| *python != now).map(chip) }
            </div>
        </fieldset>
    }
}

/// How long a version gets security fixes.
fn until(python: Python) -> String {
    format!("Security fixes until {}", python.end_of_life())
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
            { limits(question, change) }
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
            <legend>{ "Seen on the real program" }</legend>
            { for Symptom::ALL.into_iter().map(row) }
        </fieldset>
    }
}

fn limits(question: &Question, change: &Callback<Constraints>) -> Html {
    let constraints = &question.constraints;
    let limit = |kind: Limited| {
        let constraints = constraints.clone();
        let value = kind.value(&constraints);
        let (label, note) = (kind.label(question), kind.note(&constraints));
        let onchange = change.reform(move |text: String| kind.set(&constraints, &text));
        html! { <Limit {kind} {label} {note} {value} {onchange} /> }
    };
    html! { <div class="limits">{ for Limited::ALL.into_iter().map(limit) }</div> }
}

/// An amount that a reader can say, in the notation's units.
#[derive(Clone, Copy, PartialEq)]
enum Limited {
    /// What the workers may take.
    Memory,
    /// What the machine has.
    Machine,
    /// How long a person may wait.
    Wait,
}

impl Limited {
    const ALL: [Limited; 3] = [Limited::Memory, Limited::Machine, Limited::Wait];

    /// The field's id.
    fn id(self) -> &'static str {
        match self {
            Limited::Memory => "decide-memory",
            Limited::Machine => "decide-machine",
            Limited::Wait => "decide-budget",
        }
    }

    fn example(self) -> &'static str {
        match self {
            Limited::Memory => "512mib",
            Limited::Machine => "16gib",
            Limited::Wait => "50ms",
        }
    }

    fn label(self, question: &Question) -> String {
        match (self, question.kind()) {
            (Limited::Memory, _) => "Memory for all workers, at most".to_owned(),
            (Limited::Machine, _) => "Memory of the machine".to_owned(),
            (Limited::Wait, WorkKind::Batch) => "The makespan, at most".to_owned(),
            (Limited::Wait, WorkKind::Service) => format!("The {}, at most", question.wait()),
        }
    }

    fn note(self, constraints: &Constraints) -> String {
        match self {
            Limited::Memory | Limited::Wait => {
                format!("Such as {}; empty for no limit.", self.example())
            }
            Limited::Machine => format!(
                "Such as {}; empty for {}. Differences below {} decide nothing.",
                self.example(),
                print_bytes(USUAL_MACHINE),
                words::bytes(constraints.memory_threshold())
            ),
        }
    }

    fn value(self, constraints: &Constraints) -> String {
        let text = match self {
            Limited::Memory => constraints.memory_limit.map(print_bytes),
            Limited::Machine => constraints.machine.map(print_bytes),
            Limited::Wait => constraints.latency_budget.map(print_duration),
        };
        text.unwrap_or_default()
    }

    /// The constraints with this amount, or without one where the text is none.
    fn set(self, constraints: &Constraints, text: &str) -> Constraints {
        let constraints = constraints.clone();
        match self {
            Limited::Memory => Constraints { memory_limit: read_memory(text), ..constraints },
            Limited::Machine => Constraints { machine: read_memory(text), ..constraints },
            Limited::Wait => Constraints { latency_budget: read_latency(text), ..constraints },
        }
    }

    fn is_right(self, text: &str) -> bool {
        match self {
            Limited::Memory | Limited::Machine => read_memory(text).is_some(),
            Limited::Wait => read_latency(text).is_some(),
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
    kind: Limited,
    label: String,
    note: String,
    value: String,
    onchange: Callback<String>,
}

/// An amount; empty is none. What cannot be read stays to be mended and sets nothing.
#[component]
fn Limit(props: &LimitProps) -> Html {
    let LimitProps { kind, label, note, value, onchange } = props;
    let (id, example) = (kind.id(), kind.example());
    // What was typed, as long as it can't be read.
    let wrong = use_state_eq(|| None::<String>);
    let on_change = {
        let (onchange, wrong, kind) = (onchange.clone(), wrong.clone(), *kind);
        Callback::from(move |event: Event| {
            let Some(field) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let typed = field.value();
            let text = typed.trim();
            let is_right = text.is_empty() || kind.is_right(text);
            wrong.set((!is_right).then(|| typed.clone()));
            if is_right {
                onchange.emit(text.to_owned());
            }
        })
    };
    let note_id = format!("{id}-note");
    let text = match *wrong {
        Some(_) => format!("Write a whole number and its unit, such as {example}, or nothing."),
        None => note.clone(),
    };
    let shown = (*wrong).clone().unwrap_or_else(|| value.clone());
    let class = if wrong.is_some() { "complaint" } else { "muted" };
    html! {
        <div class="limit">
            <label for={id}>{ label }</label>
            <input type="text" {id} value={shown} onchange={on_change} autocomplete="off"
                aria-describedby={note_id.clone()} aria-invalid={wrong.is_some().to_string()} />
            <p id={note_id} {class} role="status">{ text }</p>
        </div>
    }
}
