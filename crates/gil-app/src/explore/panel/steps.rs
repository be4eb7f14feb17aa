//! A program: a row for each step, with the steps inside locks indented.

use gil_sim::{Protocol, Python, Step, bounds};
use yew::prelude::*;

use super::editor::use_editor;
use super::field::{Choice, Complaints, Duration, Row, duration_places, spread_hint};
use super::item::{ItemProps, MoreActions, MoreButton, RemoveButton, notice};
use crate::controls::Options;
use crate::edit::place::{Facet, Item, Owner, Place, item_id};
use crate::edit::{self, Act, Kind, Spread};

/// A list of steps.
#[derive(Properties, PartialEq)]
pub struct StepListProps {
    /// The group or lock whose steps they are.
    pub list: Item,
    /// The group's name.
    pub name: AttrValue,
    /// What stands above a group's steps.
    #[prop_or_default]
    pub title: AttrValue,
}

/// The steps of a group or lock, and one more.
#[component]
pub fn StepList(props: &StepListProps) -> Html {
    let editor = use_editor();
    let list = &props.list;
    let Some(steps) = edit::steps(editor.spec(), list) else { return html! {} };
    let full = steps.len() >= *bounds::STEPS.end();
    let onclick = {
        let (editor, list) = (editor.clone(), list.clone());
        Callback::from(move |_| editor.act(&Act::Add(list.clone())))
    };
    let row = |n: usize| {
        let item = [list.as_slice(), &[n]].concat();
        html! { <StepRow {item} name={props.name.clone()} /> }
    };
    let (what, add, whose) = if list.len() > 1 {
        let step = format!("step {} of {}", number(list), props.name);
        (format!("Steps inside {step}"), "Add a step inside", step)
    } else {
        (format!("Steps of {}", props.name), "Add a step", format!("to {}", props.name))
    };
    html! {
        <div class="steps">
            if list.len() == 1 {
                <span class="steps-title" aria-hidden="true">{ &props.title }</span>
            }
            <ol aria-label={what}>{ for (0..steps.len()).map(row) }</ol>
            <button type="button" id={item_id(list, "add")} class="small add" disabled={full}
                title={full.then_some("16 steps are all there can be")}
                aria-label={format!("{add} {whose}")} {onclick}>{ add }</button>
            if list.len() > 1 {
                { notice(&editor, list) }
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct StepProps {
    item: Item,
    name: AttrValue,
}

#[component]
fn StepRow(props: &StepProps) -> Html {
    let editor = use_editor();
    let item = &props.item;
    let spec = editor.spec();
    let Some(step) = edit::step(spec, item) else { return html! {} };
    let siblings = edit::steps(spec, &item[..item.len() - 1]).map_or(0, <[_]>::len);
    let name = AttrValue::from(format!("step {} of {}", number(item), props.name));
    let kind = Place::item(item, Facet::Kind);
    let owner = Owner::Item(item.clone());
    let mut places = vec![kind.clone()];
    places.extend(duration_places(&owner));
    html! {
        <li class="step" data-kind={Kind::of(step).key()}>
            <div class="step-top">
                <Choice place={kind} label={format!("Kind of {name}")} options={kinds(item, step)}
                    hint={kind_hint(Kind::of(step))} />
                <MoreButton item={item.clone()} name={name.clone()} />
                <RemoveButton item={item.clone()} name={name.clone()} only={siblings == 1} />
            </div>
            {
                match step {
                    Step::Locked { .. } => html! {
                        <>
                            <Row place={Place::item(item, Facet::Lock)} label="Lock" />
                            <StepList list={item.clone()} name={props.name.clone()} />
                        </>
                    },
                    Step::Call { .. } => html! { <Job item={item.clone()} /> },
                    Step::Share { .. } | Step::Mutate { .. } => html! {
                        <>
                            <Row place={Place::item(item, Facet::Object)} label="Object" />
                            <Duration {owner} label={name.clone()} />
                        </>
                    },
                    _ => html! { <Duration {owner} label={name.clone()} /> },
                }
            }
            <Complaints {places} />
            <MoreActions item={item.clone()} {name} {siblings} most={*bounds::STEPS.end()}>
                <p class="note">{ meaning(step) }</p>
                if let Step::Python { .. } = step {
                    <CheckDistance item={item.clone()} python={spec.python} protocol={spec.protocol()} />
                }
            </MoreActions>
            if item.len() > 1 {
                { notice(&editor, item) }
            }
        </li>
    }
}

/// Who does a job, and how much data goes with it.
#[component]
fn Job(props: &ItemProps) -> Html {
    let editor = use_editor();
    let callee = Place::item(&props.item, Facet::Callee);
    let mut names = edit::callees(editor.spec(), &props.item);
    let chosen = edit::text(editor.spec(), &callee);
    // A call of the group's own pool is told to be wrong, but has to be shown.
    if !names.contains(&chosen.as_str()) {
        names.push(&chosen);
    }
    let options: Options =
        names.iter().map(|name| (name.to_string().into(), name.to_string().into())).collect();
    html! {
        <>
            <div class="row">
                <label for={callee.id()}>{ "Done by" }</label>
                <Choice place={callee.clone()} {options} hint="A group that serves others." />
                <Complaints places={vec![callee]} />
            </div>
            <Row place={Place::item(&props.item, Facet::Bytes)} label="Data">
                <p class="note">
                    { "Goes with the job, and comes back with its result; pickled both ways for processes and subinterpreters." }
                </p>
            </Row>
        </>
    }
}

/// `[1, 0, 2]` as `1.3`: people count from one.
fn number(item: &[usize]) -> String {
    let numbers = item.iter().skip(1).map(|n| (n + 1).to_string());
    numbers.collect::<Vec<_>>().join(".")
}

fn kinds(item: &[usize], step: &Step) -> Options {
    // A step of a group is at depth 2; each lock around it is one more.
    let room = item.len() < bounds::LOCK_DEPTH + 2 || Kind::of(step) == Kind::Locked;
    let possible = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Locked || room);
    possible.map(|kind| (kind.key().into(), kind_words(kind).into())).collect()
}

fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Python => "Python code",
        Kind::Holding => "C call, keeps the GIL",
        Kind::Releasing => "C call, releases the GIL",
        Kind::Io => "I/O",
        Kind::Receive => "Receive messages",
        Kind::Syscall => "Short system call",
        Kind::Sleep => "Sleep",
        Kind::Block => "Blocking call",
        Kind::Share => "Use a shared object",
        Kind::Mutate => "Change shared object",
        Kind::Call => "Job for another group",
        Kind::Locked => "with lock:",
    }
}

fn kind_hint(kind: Kind) -> &'static str {
    match kind {
        Kind::Python => "Bytecode: holds the GIL and looks for a drop request now and then.",
        Kind::Holding => "Keeps the GIL until it returns: re, json, sorted, sum(range(n)).",
        Kind::Releasing => "Lets go of the GIL while it computes: zlib, hashlib, NumPy loops.",
        Kind::Io => "Asks, lets go of the GIL, and waits this long for the answer.",
        Kind::Receive => "Waits for messages that arrive on their own schedule, this far apart.",
        Kind::Syscall => "Never blocks but lets go of the GIL all the same, as os.write does.",
        Kind::Sleep => "time.sleep: lets go of the GIL and comes back when the time is over.",
        Kind::Block => "A call that blocks its thread, and in asyncio the event loop with it.",
        Kind::Share => "Bytecode that touches an object others touch too: costly without a GIL.",
        Kind::Mutate => "Changes a shared list or dict; without a GIL under the object's lock.",
        Kind::Call => "Hands a job to a group that serves, and waits for its result.",
        Kind::Locked => {
            "Takes a threading.Lock around other steps. The same name is the same lock."
        }
    }
}

/// What the step does and how its duration is drawn, in sentences.
fn meaning(step: &Step) -> String {
    let kind = kind_hint(Kind::of(step));
    match edit::step_dist(step).map(Spread::of) {
        None | Some(Spread::Fixed) => kind.to_owned(),
        Some(spread) => format!("{kind} {}", spread_hint(spread)),
    }
}

#[derive(Properties, PartialEq)]
struct CheckProps {
    item: Item,
    python: Python,
    protocol: Protocol,
}

#[component]
fn CheckDistance(props: &CheckProps) -> Html {
    let place = Place::item(&props.item, Facet::Check);
    let (python, usual) = (props.python, props.python.check_distance());
    let (label, note) = match props.protocol {
        Protocol::Ticks => {
            ("A tick takes", format!("How long a tick of this code is. A usual one: {usual}."))
        }
        _ => (
            "Looks every",
            format!(
                "How far apart this code looks for requests. A simple loop of Python {python}: {usual}."
            ),
        ),
    };
    html! { <Row {place} {label}><p class="note">{ note }</p></Row> }
}
