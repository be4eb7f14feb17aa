//! Thread groups: a card each.

use gil_sim::bounds;
use yew::prelude::*;

use super::edit::{Act, RepeatKind};
use super::field::{Choice, Complaints, Entry, IconButton, Row};
use super::place::{Facet, Item, Owner, Place, item_id};
use super::steps::StepList;
use super::{Editor, use_editor, words};

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

/// Why the last action on this item was not done.
pub fn notice(editor: &Editor, item: &[usize]) -> Html {
    match &editor.desk.notice {
        Some((at, text)) if at.as_slice() == item => {
            html! { <p class="complaint" role="alert">{ text }</p> }
        }
        _ => html! {},
    }
}

/// A group or step.
#[derive(Properties, PartialEq)]
pub struct ItemProps {
    /// Which one.
    pub item: Item,
}

#[component]
fn GroupCard(props: &ItemProps) -> Html {
    let editor = use_editor();
    let item = &props.item;
    let Some(group) = super::edit::group(editor.spec(), item) else { return html! {} };
    let open = editor.desk.open.contains(item);
    let toggle = {
        let (editor, item) = (editor.clone(), item.clone());
        Callback::from(move |_| editor.with_desk(|desk| flip(&mut desk.open, &item)))
    };
    let body = item_id(item, "body");
    let within = |owner: &Owner| matches!(owner, Owner::Item(other) if other.starts_with(item));
    let wrong = !open && editor.desk.is_wrong(within);
    let threads = gil_view::words::count(group.count.into(), "thread");
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
                    if wrong {
                        <p class="complaint">{ "A value in here is not valid. Open the group to mend it." }</p>
                    }
                }
            </div>
            { notice(&editor, item) }
        </section>
    }
}

fn flip(set: &mut std::collections::BTreeSet<Item>, item: &Item) {
    if !set.remove(item) {
        set.insert(item.clone());
    }
}

#[component]
fn GroupFields(props: &ItemProps) -> Html {
    let editor = use_editor();
    let item = &props.item;
    let Some(group) = super::edit::group(editor.spec(), item) else { return html! {} };
    let place = |facet| Place::item(item, facet);
    html! {
        <div class="fields">
            <Row place={place(Facet::Name)} label="Name" />
            <Row place={place(Facet::Count)} label="Threads" unit="threads" />
            <StepList list={item.clone()} name={group.name.clone()} />
            <RepeatFields item={item.clone()} daemon={group.repeat == gil_sim::Repeat::Daemon} />
            <Row place={place(Facet::Start)} label="Start at" />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct RepeatProps {
    item: Item,
    daemon: bool,
}

/// How often, how long, or as long as the others.
#[component]
fn RepeatFields(props: &RepeatProps) -> Html {
    let kind = Place::item(&props.item, Facet::RepeatKind);
    let value = Place::item(&props.item, Facet::Repeat);
    let words = |kind: RepeatKind| match kind {
        RepeatKind::Times => "times",
        RepeatKind::For => "for a time",
        RepeatKind::Daemon => "until others end",
        RepeatKind::Jobs => "jobs in a queue",
        RepeatKind::Arrivals => "requests arrive",
        RepeatKind::Serve => "jobs of others",
    };
    let options: Vec<(AttrValue, AttrValue)> =
        RepeatKind::ALL.map(|kind| (kind.key().into(), words(kind).into())).to_vec();
    html! {
        <div class="row">
            <label for={kind.id()}>{ "Repeat" }</label>
            <span class="pair">
                if !props.daemon {
                    <Entry place={value.clone()} label="Repeat, how much" />
                }
                <Choice place={kind.clone()} {options}
                    hint="A number of passes, a length of time, or as a daemon thread until all other groups have ended." />
            </span>
            <Complaints places={vec![kind, value]} />
        </div>
    }
}

/// A button of a group or step.
#[derive(Properties, PartialEq)]
pub struct NamedProps {
    /// Which one.
    pub item: Item,
    /// What it is called.
    pub name: AttrValue,
    /// Whether it is the only one of its list, which has to stay.
    #[prop_or_default]
    pub only: bool,
}

/// Shows and hides [`MoreActions`].
#[component]
pub fn MoreButton(props: &NamedProps) -> Html {
    let editor = use_editor();
    let item = props.item.clone();
    let shown = editor.desk.more.contains(&item);
    let onclick = Callback::from(move |_| editor.with_desk(|desk| flip(&mut desk.more, &item)));
    html! {
        <IconButton class="dots" id={item_id(&props.item, "more")} expanded={shown}
            label={format!("More for {}", props.name)}
            path="M5.5 12h.01M12 12h.01M18.5 12h.01" {onclick} />
    }
}

/// Removes the item.
#[component]
pub fn RemoveButton(props: &NamedProps) -> Html {
    let editor = use_editor();
    let item = props.item.clone();
    let onclick = Callback::from(move |_| editor.act(&Act::Remove(item.clone())));
    html! {
        <IconButton id={item_id(&props.item, "remove")} label={format!("Remove {}", props.name)}
            disabled={props.only} path="M7 7l10 10M17 7 7 17" {onclick} />
    }
}

/// The further actions of a group or step.
#[derive(Properties, PartialEq)]
pub struct MoreProps {
    /// Which one.
    pub item: Item,
    /// What it is called.
    pub name: AttrValue,
    /// How many there are in its list.
    pub siblings: usize,
    /// How many there can be.
    pub most: usize,
    /// What else is shown with them.
    #[prop_or_default]
    pub children: Html,
}

/// Move up, move down, duplicate, where they are shown.
#[component]
pub fn MoreActions(props: &MoreProps) -> Html {
    let editor = use_editor();
    let item = &props.item;
    if !editor.desk.more.contains(item) {
        return html! {};
    }
    let n = item.last().copied().unwrap_or_default();
    let button = |part: &str, word: &'static str, act: Act, disabled: bool| {
        let editor = editor.clone();
        let onclick = Callback::from(move |_| editor.act(&act));
        let label = format!("{word} {}", props.name);
        html! {
            <button type="button" class="small" id={item_id(item, part)} aria-label={label}
                {disabled} {onclick}>{ word }</button>
        }
    };
    html! {
        <div class="more">
            <div class="actions">
                { button("up", "Move up", Act::Up(item.clone()), n == 0) }
                { button("down", "Move down", Act::Down(item.clone()), n + 1 >= props.siblings) }
                { button("copy", "Duplicate", Act::Duplicate(item.clone()), props.siblings >= props.most) }
            </div>
            { props.children.clone() }
        </div>
    }
}
