//! A note of an incident: numbered and dated, so that notes grow into an operating manual.

use gil_decide::incident::{Incident, Shown};
use gil_notation::{Link, print_scenario};
use gil_words::headline;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::controls::TextFile;
use crate::page::use_page;
use crate::{link, store};

/// Where the number of the next note is remembered.
const KEY: &str = "gil-playground-incident";

/// The day on which the note is written.
#[derive(Properties, PartialEq)]
pub struct IncidentProps {
    /// The day, as `2026-11-27`.
    pub date: String,
}

/// The note's number and title, and the file.
#[component]
pub fn IncidentForm(props: &IncidentProps) -> Html {
    let page = use_page();
    let title = use_state_eq(String::new);
    let number = use_state_eq(|| store::get::<u32>(KEY).unwrap_or(1));
    let retitle = {
        let title = title.clone();
        Callback::from(move |event: InputEvent| {
            title.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let renumber = {
        let number = number.clone();
        Callback::from(move |event: InputEvent| {
            let typed = event.target_unchecked_into::<HtmlInputElement>().value();
            if let Some(typed) =
                typed.trim().parse().ok().filter(|typed| (1..=9_999).contains(typed))
            {
                store::set(KEY, &typed);
                number.set(typed);
            }
        })
    };
    let run = &page.model.run;
    let address = link::address(&Link::from(run.scenario().clone()));
    let notation = print_scenario(run.scenario());
    let finding = headline(run);
    let shown = Shown { notation: &notation, address: Some(&address), finding: &finding };
    let words = title.trim();
    let words = if words.is_empty() { "What happened" } else { words };
    let note = Incident { number: *number, date: &props.date, title: words, scenario: Some(shown) };
    html! {
        <details class="incident">
            <summary>{ "An incident: keep a note of it" }</summary>
            <p>{ "Trigger, impact, guardrail: half a page that the next one on call will find. Keep the notes in one folder; " }<code>{ "gil incident" }</code>{ " numbers them and makes the index." }</p>
            <div class="file-row">
                <label>{ "Number " }<input type="number" min="1" max="9999" value={number.to_string()} oninput={renumber} /></label>
                <label class="wide-label">{ "What happened " }<input type="text" placeholder="The report froze the API" value={(*title).clone()} oninput={retitle} /></label>
            </div>
            <TextFile name={note.file_name()} kind="text/markdown" text={note.text()} />
        </details>
    }
}
