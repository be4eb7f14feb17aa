//! The files that a team keeps: previewed, copied, downloaded.

use std::rc::Rc;

use gil_decide::{Answer, File, Finding, Source};
use gil_notation::Link;
use yew::prelude::*;

use crate::link;
use crate::save::{copy, download_text, say};

/// What the files are made from.
#[derive(Properties, PartialEq)]
pub struct FilesProps {
    /// The answer.
    pub answer: Rc<Answer>,
    /// The diagnosis.
    pub findings: Rc<Vec<Finding>>,
}

/// The files.
#[component]
pub fn Files(props: &FilesProps) -> Html {
    let FilesProps { answer, findings } = props;
    let file = use_state_eq(|| File::Record);
    let said = use_state_eq(|| None::<&'static str>);
    let address = |scenario: &_| link::address(&Link::from(Clone::clone(scenario)));
    let text = file.text(&Source { answer, findings, link: &address });
    let name = file.name(&answer.question);
    let tab = |one: File| {
        let pressed = (one == *file).to_string();
        let file = file.clone();
        let onclick = Callback::from(move |_: MouseEvent| file.set(one));
        html! { <button class="segment" aria-pressed={pressed} {onclick}>{ one.title() }</button> }
    };
    let on_copy = {
        let (text, said) = (text.clone(), said.clone());
        Callback::from(move |_: MouseEvent| copy(&text, said.clone()))
    };
    let on_download = {
        let (text, said, name) = (text.clone(), said.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            let done = download_text(&name, "text/markdown", &text).is_ok();
            say(
                &said,
                if done { "Downloaded" } else { "The browser doesn't allow it: copy it instead" },
            );
        })
    };
    html! {
        <section class="decide-files">
            <h2>{ "For your repository" }</h2>
            <p class="muted">
                { "Made from this answer. What only you can know is in brackets." }
            </p>
            <div class="decide-row">
                <div class="segments" role="group" aria-label="Which file">
                    { for File::ALL.into_iter().map(tab) }
                </div>
                <button class="button" onclick={on_copy}>{ "Copy" }</button>
                <button class="button" onclick={on_download}>{ "Download" }</button>
                <span role="status">{ said.unwrap_or_default() }</span>
            </div>
            <pre class="preview" tabindex="0" aria-label={name}>{ text }</pre>
        </section>
    }
}
