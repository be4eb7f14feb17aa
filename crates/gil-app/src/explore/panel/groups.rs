//! Thread groups: a card each.

use gil_sim::{Group, Os, Repeat, Spec, Strategy, bounds};
use yew::prelude::*;

use super::editor::use_editor;
use super::field::{Choice, Complaints, Duration, Entry, Row, duration_places};
use super::item::{ItemProps, MoreActions, MoreButton, RemoveButton, flip, notice};
use super::steps::StepList;
use crate::controls::Options;
use crate::edit::place::{Facet, Item, Owner, Place, item_id};
use crate::edit::{self, Act, RepeatKind};
use gil_words::scenario as words;

/// All groups, and one more.
#[component]
pub fn Groups() -> Html {
    let editor = use_editor();
    let groups = editor.spec().groups.len();
    let full = groups >= *bounds::GROUPS.end();
    let onclick = {
        let editor = editor.clone();
        Callback::from(move |_| editor.act(&Act::Add(Vec::new())))
    };
    html! {
        <section class="part groups" aria-label="Thread groups">
            <h3>{ "Threads" }</h3>
            { for (0..groups).map(|n| html! { <GroupCard item={vec![n]} /> }) }
            <button type="button" id={item_id(&[], "add")} class="button add" disabled={full}
                title={full.then_some("12 groups are all there can be")} {onclick}>
                <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 5v14M5 12h14" /></svg>
                { "Add threads" }
            </button>
            { notice(&editor, &[]) }
        </section>
    }
}

#[component]
fn GroupCard(props: &ItemProps) -> Html {
    let editor = use_editor();
    let item = &props.item;
    let Some(group) = edit::group(editor.spec(), item) else { return html! {} };
    let open = editor.state.open.contains(item);
    let toggle = {
        let (editor, item) = (editor.clone(), item.clone());
        Callback::from(move |_| editor.with_state(|state| flip(&mut state.open, &item)))
    };
    let body = item_id(item, "body");
    let within = |owner: &Owner| matches!(owner, Owner::Item(other) if other.starts_with(item));
    let told = match (editor.state.is_wrong(within), editor.state.is_in_the_way(item)) {
        (true, _) => "A value in here is not valid. Open the group to mend it.",
        (_, true) => "What was chosen elsewhere does not go with this group. Open it to see why.",
        _ => "",
    };
    let threads = words::count(group);
    html! {
        <section class="card" role="group" aria-label={format!("Group {}", group.name)}>
            <div class="card-top">
                <button type="button" id={item_id(item, "toggle")} class="toggle-card"
                    aria-expanded={open.to_string()} aria-controls={body.clone()} onclick={toggle}>
                    <svg viewBox="0 0 24 24" aria-hidden="true"><path d="m9 6 6 6-6 6" /></svg>
                    <b>{ &group.name }</b>
                    { " " }
                    if open {
                        <span class="muted">{ threads }</span>
                    }
                </button>
                <MoreButton item={item.clone()} name={group.name.clone()} />
                <RemoveButton item={item.clone()} name={group.name.clone()}
                    only={editor.spec().groups.len() == 1} />
            </div>
            <MoreActions item={item.clone()} name={group.name.clone()}
                siblings={editor.spec().groups.len()} most={*bounds::GROUPS.end()} />
            <div id={body}>
                if open {
                    <GroupFields item={item.clone()} />
                } else {
                    <p class="note">{ words::group(group) }</p>
                    if !told.is_empty() {
                        <p class="complaint">{ told }</p>
                    }
                }
            </div>
            { notice(&editor, item) }
        </section>
    }
}

#[component]
fn GroupFields(props: &ItemProps) -> Html {
    let editor = use_editor();
    let item = &props.item;
    let Some(group) = edit::group(editor.spec(), item) else { return html! {} };
    let place = |facet| Place::item(item, facet);
    let members = words::members(group.strategy);
    html! {
        <div class="fields">
            <Row place={place(Facet::Name)} label="Name" />
            <RunBy item={item.clone()} strategy={group.strategy} has_queue={group.repeat.has_queue()} />
            <Row place={place(Facet::Count)} label={words::members_title(group.strategy)} unit={members} />
            <StepList list={item.clone()} name={group.name.clone()} title={steps_title(group)} />
            <RepeatFields item={item.clone()} repeat={group.repeat} />
            <Row place={place(Facet::Start)} label="Start at" />
        </div>
    }
}

/// What stands above the steps.
fn steps_title(group: &Group) -> String {
    match group.repeat {
        Repeat::Jobs(_) | Repeat::Serve => "For each job".to_owned(),
        Repeat::Arrivals { .. } => "For each request".to_owned(),
        _ => format!("Each {} does", words::member(group.strategy)),
    }
}

#[derive(Properties, PartialEq)]
struct RunByProps {
    item: Item,
    strategy: Strategy,
    has_queue: bool,
}

/// What runs the members side by side.
#[component]
fn RunBy(props: &RunByProps) -> Html {
    let editor = use_editor();
    let place = Place::item(&props.item, Facet::Strategy);
    let option = |one: Strategy| (one.name().into(), words::strategy(one, props.has_queue).into());
    let options: Options = Strategy::ALL.map(option).to_vec();
    let hint = run_by_hint(editor.spec(), props.strategy, props.has_queue);
    html! {
        <div class="row">
            <label for={place.id()}>{ "Run by" }</label>
            <Choice place={place.clone()} {options} hint={hint.clone()} />
            if props.strategy != Strategy::Threads {
                <p class="note" aria-hidden="true">{ hint }</p>
            }
            <Complaints places={vec![place]} />
        </div>
    }
}

fn run_by_hint(spec: &Spec, strategy: Strategy, has_queue: bool) -> String {
    let hint = words::strategy_hint(strategy);
    let Strategy::Processes(method) = strategy else { return hint.to_owned() };
    let usual = spec.usual_start_method();
    let os = spec.machine.os;
    match method == usual {
        true => format!("{hint} This start is the default on {}.", os.name()),
        // Lib/multiprocessing/context.py knows no other start there.
        false if os == Os::Windows => format!("{hint} Windows itself can only spawn."),
        false => {
            let usual = words::strategy(Strategy::Processes(usual), has_queue);
            format!("{hint} The default here: {usual}.")
        }
    }
}

#[derive(Properties, PartialEq)]
struct RepeatProps {
    item: Item,
    repeat: Repeat,
}

/// How often, how long, as long as the others, or what drives the group.
#[component]
fn RepeatFields(props: &RepeatProps) -> Html {
    let kind = Place::item(&props.item, Facet::RepeatKind);
    let value = Place::item(&props.item, Facet::Repeat);
    let now = RepeatKind::of(props.repeat);
    let options: Options =
        RepeatKind::ALL.map(|kind| (kind.key().into(), repeat_words(kind).into())).to_vec();
    let arrive = now == RepeatKind::Arrivals;
    let has_value = !matches!(props.repeat, Repeat::Daemon | Repeat::Serve);
    let places = [vec![kind.clone()], if arrive { vec![] } else { vec![value.clone()] }].concat();
    html! {
        <>
            <div class="row">
                <label for={kind.id()}>{ "Repeat" }</label>
                <span class="pair">
                    if has_value && !arrive {
                        <Entry place={value.clone()} label="Repeat, how much" />
                    }
                    <Choice place={kind.clone()} {options} hint={repeat_hint(now)} />
                </span>
                if props.repeat.has_queue() {
                    <p class="note" aria-hidden="true">{ repeat_hint(now) }</p>
                }
                <Complaints {places} />
            </div>
            if arrive {
                <Gaps item={props.item.clone()} />
                <Row place={value} label="Arrive for" />
            }
        </>
    }
}

/// The gaps between a group's requests.
#[component]
fn Gaps(props: &ItemProps) -> Html {
    let owner = Owner::Item(props.item.clone());
    let field = Place { owner: owner.clone(), facet: Facet::Value };
    html! {
        <div class="row">
            <label for={field.id()}>{ "One every" }</label>
            <Duration owner={owner.clone()} label="Gap between requests" />
            <Complaints places={duration_places(&owner)} />
        </div>
    }
}

fn repeat_words(kind: RepeatKind) -> &'static str {
    match kind {
        RepeatKind::Times => "times",
        RepeatKind::For => "for a time",
        RepeatKind::Daemon => "until others end",
        RepeatKind::Jobs => "jobs in a queue",
        RepeatKind::Arrivals => "requests arrive",
        RepeatKind::Serve => "serve others",
    }
}

fn repeat_hint(kind: RepeatKind) -> &'static str {
    match kind {
        RepeatKind::Times => "Each goes through the steps so many times.",
        RepeatKind::For => "Each begins the steps anew until this much time has gone by.",
        RepeatKind::Daemon => "Like a daemon thread: until all other groups have ended.",
        RepeatKind::Jobs => "So many jobs lie in one queue, and whoever is free takes the next.",
        RepeatKind::Arrivals => {
            "Requests arrive, whether or not a worker is free: those that none is free for wait in a queue."
        }
        RepeatKind::Serve => {
            "A pool: does the jobs that steps of other groups hand to it, and ends with them."
        }
    }
}
