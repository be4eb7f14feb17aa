//! What groups and steps have in common: they can be moved, copied and removed.

use std::collections::BTreeSet;

use yew::prelude::*;

use super::editor::{Editor, use_editor};
use crate::controls::IconButton;
use crate::edit::Act;
use crate::edit::place::{Item, item_id};

/// Why the last action on this item was not done.
pub fn notice(editor: &Editor, item: &[usize]) -> Html {
    match &editor.state.notice {
        Some((at, text)) if at.as_slice() == item => {
            html! { <p class="complaint" role="alert">{ text }</p> }
        }
        _ => html! {},
    }
}

/// A group or step.
#[derive(Properties, PartialEq)]
pub struct ItemProps {
    /// The way to the group or step.
    pub item: Item,
}

/// Puts the item into the set, or takes it out.
pub fn flip(set: &mut BTreeSet<Item>, item: &Item) {
    if !set.remove(item) {
        set.insert(item.clone());
    }
}

/// A button of a group or step.
#[derive(Properties, PartialEq)]
pub struct NamedProps {
    /// The way to the group or step.
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
    let shown = editor.state.more.contains(&item);
    let onclick = Callback::from(move |_| editor.with_state(|state| flip(&mut state.more, &item)));
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
    /// The way to the group or step.
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
    if !editor.state.more.contains(item) {
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
