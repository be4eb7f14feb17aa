//! The files that a team keeps: previewed, copied, downloaded.

use std::rc::Rc;

use gil_decide::{Answer, File, Finding, Source};
use gil_notation::Link;
use yew::prelude::*;

use crate::controls::TextFile;
use crate::link;

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
    let address = |scenario: &_| link::address(&Link::from(Clone::clone(scenario)));
    let text = file.text(&Source { answer, findings, link: &address });
    let name = file.name(&answer.question);
    let tab = |one: File| {
        let pressed = (one == *file).to_string();
        let file = file.clone();
        let onclick = Callback::from(move |_: MouseEvent| file.set(one));
        html! { <button class="segment" aria-pressed={pressed} {onclick}>{ one.title() }</button> }
    };
    html! {
        <section class="decide-files">
            <h2>{ "For your repository" }</h2>
            <p class="muted">
                { "Made from this answer. What only you can know is in brackets." }
            </p>
            <TextFile {name} kind="text/markdown" {text}>
                <div class="segments" role="group" aria-label="Which file">
                    { for File::ALL.into_iter().map(tab) }
                </div>
            </TextFile>
        </section>
    }
}
