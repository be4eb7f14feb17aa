//! A scenario as a Python program, and its run as a file for other tools.

use gil_export::Format;
use gil_notation::{Link, print_scenario};
use gil_sim::Scenario;
use yew::prelude::*;

use super::shared::SharedProps;
use crate::controls::TextFile;
use crate::page::use_page;
use crate::save::{download_text, say};

/// The scenario of the two that a comparison has.
fn chosen(link: &Link, second: bool) -> &Scenario {
    link.other.as_ref().filter(|_| second).unwrap_or(&link.scenario)
}

/// The choice between the two, where there are two.
fn which(link: &Link, second: &UseStateHandle<bool>) -> Html {
    if link.other.is_none() {
        return html! {};
    }
    let segment = |is_second: bool, name: &'static str| {
        let second = second.clone();
        let pressed = (*second == is_second).to_string();
        let onclick = Callback::from(move |_: MouseEvent| second.set(is_second));
        html! { <button type="button" class="segment" aria-pressed={pressed} {onclick}>{ name }</button> }
    };
    html! {
        <div class="segments" role="group" aria-label="Which of the two scenarios">
            { segment(false, "A, the first") }
            { segment(true, "B, the second") }
        </div>
    }
}

/// The program that does the same for real.
#[component]
pub fn PythonForm(props: &SharedProps) -> Html {
    let second = use_state_eq(|| false);
    let text = use_memo(chosen(&props.link, *second).clone(), |scenario| {
        gil_script::program(&Link::from(scenario.clone()))
    });
    html! {
        <div class="share-part">
            <p>{ "The scenario as a Python program: standard library only, Python 3.8 or later. It does real work and measures itself; run it with --help to see how." }</p>
            { which(&props.link, &second) }
            <TextFile name="reproduce.py" kind="text/x-python" text={(*text).clone()} />
        </div>
    }
}

/// The run, for the tools that people open recordings with.
#[component]
pub fn TraceForm(props: &SharedProps) -> Html {
    let page = use_page();
    let said = use_state_eq(|| None::<&'static str>);
    let second = use_state_eq(|| false);
    let notation = print_scenario(chosen(&props.link, *second));
    let other = page.model.other.as_ref().filter(|_| *second);
    let shown = other.unwrap_or(&page.model.run);
    let save = |format: Format| {
        let (run, notation, said) = (shown.clone(), notation.clone(), said.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            let name = format!("gil.{}", format.ending());
            let done =
                download_text(&name, "application/json", &format.text(&run, &notation)).is_ok();
            say(&said, if done { "Downloaded" } else { "The browser doesn't allow it" });
        });
        html! { <button type="button" class="button" {onclick}>{ format.title() }</button> }
    };
    html! {
        <div class="share-part">
            <p>{ "Everything that happened in this run, in lanes that are called as CPython's own profiler calls them: Has GIL, Waiting for GIL, On CPU." }</p>
            { which(&props.link, &second) }
            <div class="file-row">
                { for Format::ALL.into_iter().map(save) }
                <span role="status">{ said.unwrap_or_default() }</span>
            </div>
        </div>
    }
}
