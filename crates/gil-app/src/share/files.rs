//! A scenario as a Python program, and its run as a file for other tools.

use gil_export::Format;
use gil_notation::{Link, print_scenario};
use yew::prelude::*;

use super::shared::SharedProps;
use crate::controls::TextFile;
use crate::page::use_page;
use crate::save::{download_text, say};

/// The program that does the same for real.
#[component]
pub fn PythonForm(props: &SharedProps) -> Html {
    let text = use_memo(props.link.scenario.clone(), |scenario| {
        gil_script::program(&Link::from(scenario.clone()))
    });
    html! {
        <div class="share-part">
            <p>{ "The scenario as a Python program: standard library only, Python 3.8 or later. It does real work and measures itself; run it with --help to see how." }</p>
            <TextFile name="reproduce.py" kind="text/x-python" text={(*text).clone()} />
        </div>
    }
}

/// The run, for the tools that people open recordings with.
#[component]
pub fn TraceForm(props: &SharedProps) -> Html {
    let page = use_page();
    let said = use_state_eq(|| None::<&'static str>);
    let notation = print_scenario(&props.link.scenario);
    let save = |format: Format| {
        let (run, notation, said) = (page.model.run.clone(), notation.clone(), said.clone());
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
            <div class="file-row">
                { for Format::ALL.into_iter().map(save) }
                <span role="status">{ said.unwrap_or_default() }</span>
            </div>
        </div>
    }
}
