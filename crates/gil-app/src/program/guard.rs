//! Step 5: the test that guards the property, the record of how it came about, and notes of
//! incidents.

use gil_notation::{Link, Tab, View};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::incident::IncidentForm;
use super::record::{self, Parts};
use crate::controls::TextFile;
use crate::link;
use crate::page::use_page;
use crate::store;

/// The name of the test's file.
const GUARD: &str = "test_gil.py";

/// Where the browser keeps the reader's notes.
const NOTES: &str = "gil-program-notes";
/// Characters of notes.
const MOST_NOTES: usize = 20_000;

/// What a test asserts: the docstrings of its functions.
fn asserted(test: &str) -> Vec<String> {
    let lines: Vec<&str> = test.lines().collect();
    let docstring = |two: &[&str]| {
        let is_test = two[0].starts_with("def test_");
        let text = two[1].trim().strip_prefix("\"\"\"")?.strip_suffix("\"\"\"")?;
        is_test.then(|| text.to_owned())
    };
    lines.windows(2).filter_map(docstring).collect()
}

/// The files to keep.
#[component]
pub fn Guard() -> Html {
    let page = use_page();
    let run = page.model.run.clone();
    let other = page.model.other.clone();
    let address = link::address(&Link::from(run.scenario().clone()));
    let both = other.as_ref().map(|other| {
        let view = View { tab: Tab::Compare, ..View::default() };
        let other = Some(other.scenario().clone());
        link::address(&Link { scenario: run.scenario().clone(), other, view })
    });
    let date = today();
    // What is relied on is what runs after the change.
    let guarded = other.as_ref().unwrap_or(&run).scenario().clone();
    let test = use_memo(guarded, |scenario| gil_script::guard(&Link::from(scenario.clone())));
    let asserts = test.as_ref().as_ref().map_or_else(|_| Vec::new(), |test| asserted(test));
    let notes = use_state_eq(|| store::get::<String>(NOTES).unwrap_or_default());
    let onnotes = {
        let notes = notes.clone();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            store::set(NOTES, &text);
            notes.set(text);
        })
    };
    let record = record::text(&Parts {
        date: &date,
        run: &run,
        address: &address,
        change: other.as_deref().zip(both.as_deref()),
        recording: page.evidence.recording.as_deref(),
        measurements: &page.evidence.measurements,
        asserts: &asserts,
        notes: &notes,
        guard: GUARD,
    });
    html! {
        <>
            <h3>{ "The test" }</h3>
            { match &*test {
                Ok(text) => html! {
                    <>
                    <p>{ about(other.is_some()) }</p>
                    <pre tabindex="0"><code>{ format!("pytest {GUARD}") }</code></pre>
                    <TextFile name={GUARD} kind="text/x-python" text={text.clone()} folded=true />
                    </>
                },
                Err(why) => html! { <p>{ format!("There is no test for this scenario: {why}.") }</p> },
            } }
            <h3>{ "A helper for your own code" }</h3>
            <p>{ "One file without dependencies. It measures for how long a call keeps every other thread from the GIL, and which share of the time it lets others run." }</p>
            <TextFile name="gil_guard.py" kind="text/x-python" text={gil_script::HELPER} folded=true />
            <h3>{ "The record" }</h3>
            <p>{ "What was measured beside what is simulated, what changes, and what guards it. It goes where your team keeps its decisions." }</p>
            <label class="field-label" for="record-notes">{ "Your notes: what you learned, what you decided against. They're in the record, and this browser keeps them." }</label>
            <textarea id="record-notes" rows="3" value={(*notes).clone()} oninput={onnotes} maxlength={MOST_NOTES.to_string()} />
            <TextFile name="gil-record.md" kind="text/markdown" text={record} folded=true />
            <IncidentForm {date} />
        </>
    }
}

fn about(is_changed: bool) -> &'static str {
    if is_changed {
        "It's about the scenario after the change, and fails when that is undone. It compares runs on the same machine, and never a time with a fixed number."
    } else {
        "It fails when your scenario no longer does what it does today. It compares runs on the same machine, and never a time with a fixed number."
    }
}

/// Today in the reader's time zone, as `2026-11-27`.
fn today() -> String {
    let now = js_sys::Date::new_0();
    format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}
