//! Step 5: the test that guards the property, the record of how it came about, and notes of
//! incidents.

use gil_notation::{Link, Tab, View};
use yew::prelude::*;

use super::incident::IncidentForm;
use super::record::{self, Parts};
use crate::controls::TextFile;
use crate::link;
use crate::page::use_page;

/// The name of the test's file.
const GUARD: &str = "test_gil.py";

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
    let record = record::text(&Parts {
        date: &date,
        run: &run,
        address: &address,
        change: other.as_deref().zip(both.as_deref()),
        recording: page.evidence.recording.as_deref(),
        guard: GUARD,
    });
    html! {
        <>
            <h3>{ "The record" }</h3>
            <p>{ "What was measured beside what is simulated, what changes, and what guards it. It goes where your team keeps its decisions." }</p>
            <TextFile name="gil-record.md" kind="text/markdown" text={record} folded=true />
            <IncidentForm {date} />
        </>
    }
}

/// Today in the reader's time zone, as `2026-11-27`.
fn today() -> String {
    let now = js_sys::Date::new_0();
    format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}
