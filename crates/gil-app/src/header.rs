//! Title, tabs, sharing, theme and the list of keys.

use gil_notation::Tab;
use web_sys::{HtmlDialogElement, KeyboardEvent};
use yew::prelude::*;

use crate::dom::{is_typing, use_window_event};
use crate::model::Action;
use crate::page::use_page;
use crate::share::Share;
use crate::theme::Choice;
use crate::view::Notation;

/// The top of the page.
#[component]
pub fn Header() -> Html {
    html! {
        <header class="top">
            <h1 class="brand"><KeyIcon />{ "GIL Playground" }</h1>
            <Tabs />
            <span class="push" />
            <Share />
            <ThemePicker />
        </header>
    }
}

#[component]
fn KeyIcon() -> Html {
    html! {
        <svg class="brand-key" viewBox="0 0 24 24" aria-hidden="true">
            <circle cx="8" cy="8" r="4.5" />
            <path d="M11.2 11.2 20 20M16.5 16.5l2.5-2.5M19 19l2-2" />
        </svg>
    }
}

#[component]
fn Tabs() -> Html {
    let page = use_page();
    let tab = |tab: Tab, text: Html| {
        let model = page.model.clone();
        let current = (model.tab == tab).then_some("page");
        let onclick = Callback::from(move |_| model.dispatch(Action::Tab(tab)));
        html! { <button class="tab" aria-current={current} {onclick}>{ text }</button> }
    };
    html! {
        <nav class="tabs" aria-label="Parts of the playground">
            { tab(Tab::Explore, "Explore".into()) }
            { tab(Tab::Learn, "Learn".into()) }
            { tab(Tab::Compare, "Compare".into()) }
            { tab(Tab::Decide, "Decide".into()) }
            { tab(Tab::Program, "Your program".into()) }
            { tab(Tab::Right, html! { <>{ "How right" }<span class="where-wide">{ " is it" }</span>{ "?" }</> }) }
        </nav>
    }
}

#[component]
fn ThemePicker() -> Html {
    let theme = use_page().theme;
    let next = match theme.choice {
        Choice::System => Choice::Light,
        Choice::Light => Choice::Dark,
        Choice::Dark => Choice::System,
    };
    let choose = theme.choose.clone();
    let onclick = Callback::from(move |_| choose.emit(next));
    let label = format!("Theme: {}. Switch to {}", theme.choice.name(), next.name());
    html! {
        <button class="button" {onclick} title={label.clone()} aria-label={label}>
            { theme.choice.name() }
        </button>
    }
}

/// The keys, in a dialog that "?" opens.
#[component]
pub fn Shortcuts() -> Html {
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_window_event::<KeyboardEvent>("keydown", move |event| {
            let asked = event.key() == "?" && !is_typing(&event);
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>().filter(|_| asked) {
                // Open already: nothing to do.
                let _ = dialog.show_modal();
            }
        });
    }
    let row = |(keys, what): &(&'static str, &'static str)| {
        html! { <><dt><kbd>{ *keys }</kbd></dt><dd>{ *what }</dd></> }
    };
    html! {
        <dialog ref={dialog} class="keys" aria-label="Keyboard and notation">
            <form method="dialog">
                <h2>{ "Keyboard" }</h2>
                <dl>{ for KEYS.iter().map(row) }</dl>
                <Notation />
                <button class="button">{ "Close" }</button>
            </form>
        </dialog>
    }
}

const KEYS: &[(&str, &str)] = &[
    ("Space", "play or pause"),
    (". and ,", "one event forward or back"),
    ("n and p", "next or previous handoff of the GIL"),
    ("Home and End", "beginning or end of the run"),
    ("[ and ]", "play slower or faster"),
    ("l", "loop"),
    ("h", "slow down at handoffs"),
    ("d", "open or close the debugger"),
    ("Shift+. and Shift+,", "run to the next or last breakpoint (when the debugger is open)"),
    ("+ and -", "zoom the timeline (when it has the focus)"),
    ("arrow keys", "pan the timeline (when it has the focus)"),
    ("f", "fit the whole run (when the timeline has the focus)"),
    (
        "1, 2, Backspace",
        "step a thread of a race, or take a step back (when the race has the focus)",
    ),
    ("Ctrl+Z, Ctrl+Shift+Z", "undo or redo a change of the scenario"),
    ("?", "this list"),
];
