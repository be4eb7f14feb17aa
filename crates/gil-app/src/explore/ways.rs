//! The ways from Explore into a comparison.

use gil_notation::{Link, Tab, View};
use yew::prelude::*;

use crate::model::Action;
use crate::page::{Page, use_page};

/// Buttons below the headline: compare what is there with something, or with what was there before.
#[component]
pub fn WaysToCompare() -> Html {
    let page = use_page();
    let compared = page.model.other.is_some();
    let keep = {
        let page = page.clone();
        Callback::from(move |_: MouseEvent| keep_and_compare(&page))
    };
    let before = {
        let page = page.clone();
        Callback::from(move |_: MouseEvent| compare_with_before(&page))
    };
    let (text, title) = match compared {
        true => ("Back to the comparison", "Two scenarios side by side"),
        false => (
            "Keep this as A and compare",
            "Two scenarios side by side: this one, and one to be changed",
        ),
    };
    html! {
        <div class="ways-to-compare">
            <button type="button" class="button" {title} onclick={keep}>{ text }</button>
            if page.model.before.is_some() {
                <button type="button" class="button" onclick={before}
                    title="Side by side: what was there before the last change is A, this is B">
                    { "Compare with before" }
                </button>
            }
        </div>
    }
}

fn keep_and_compare(page: &Page) {
    if page.model.other.is_none() {
        let scenario = page.model.run.scenario().clone();
        page.model.dispatch(Action::CompareWith(Some(scenario)));
    }
    page.model.dispatch(Action::Tab(Tab::Compare));
}

fn compare_with_before(page: &Page) {
    let Some(before) = &page.model.before else { return };
    let link = Link {
        scenario: before.scenario().clone(),
        other: Some(page.model.run.scenario().clone()),
        view: View { tab: Tab::Compare, ..View::default() },
    };
    page.model.dispatch(Action::Open(Box::new(link)));
}
