//! A program: a row for each step, with the steps inside locks indented.

use gil_sim::{Python, Regulation, Spends, Step, StepKind, bounds};
use yew::prelude::*;

use super::editor::use_editor;
use super::field::{Choice, Complaints, Duration, Row, duration_places, spread_hint};
use super::item::{ItemProps, MoreActions, MoreButton, RemoveButton, notice};
use crate::controls::Options;
use crate::edit::place::{Facet, Item, Owner, Place, item_id};
use crate::edit::{self, Act, Spread};

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
        <li class="step" data-kind={step.kind().word()}>
            <div class="step-top">
                <Choice place={kind} label={format!("Kind of {name}")} options={kinds(item, step)}
                    hint={step.kind().help()} />
                <MoreButton item={item.clone()} name={name.clone()} />
                <RemoveButton item={item.clone()} name={name.clone()} only={siblings == 1} />
            </div>
            {
                match step.kind().spends() {
                    Spends::Inside => html! {
                        <>
                            <Row place={Place::item(item, Facet::Lock)} label="Lock" />
                            <StepList list={item.clone()} name={props.name.clone()} />
                        </>
                    },
                    Spends::Result => html! { <Job item={item.clone()} /> },
                    _ => html! {
                        <>
                            if step.name().is_some() {
                                <Row place={Place::item(item, Facet::Object)} label="Object" />
                            }
                            <Duration {owner} label={name.clone()} />
                        </>
                    },
                }
            }
            <Complaints {places} />
            <MoreActions item={item.clone()} {name} {siblings} most={*bounds::STEPS.end()}>
                <p class="note">{ meaning(step) }</p>
                if let Step::Python { .. } = step {
                    <CheckDistance item={item.clone()} python={spec.python}
                        regulation={spec.regulation()} />
                }
            </MoreActions>
            if item.len() > 1 {
                { notice(&editor, item) }
            }
        </li>
    }
}

/// The fields of a job: the group that does it, and how much data goes with it.
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
    let room = item.len() < bounds::LOCK_DEPTH + 2 || step.kind() == StepKind::Locked;
    let possible = StepKind::ALL.into_iter().filter(|kind| *kind != StepKind::Locked || room);
    possible.map(|kind| (kind.word().into(), kind.label().into())).collect()
}

/// What the step does and how its duration is drawn, in sentences.
fn meaning(step: &Step) -> String {
    let kind = step.kind().help();
    match step.time().map(Spread::of) {
        None | Some(Spread::Fixed) => kind.to_owned(),
        Some(spread) => format!("{kind} {}", spread_hint(spread)),
    }
}

#[derive(Properties, PartialEq)]
struct CheckProps {
    item: Item,
    python: Python,
    regulation: Regulation,
}

#[component]
fn CheckDistance(props: &CheckProps) -> Html {
    let place = Place::item(&props.item, Facet::Check);
    let (python, usual) = (props.python, props.python.check_distance());
    let (label, note) = match props.regulation {
        Regulation::CheckInterval => {
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
