//! Where lessons are found.

use gil_notation::{Link, Tab, View, print};

use crate::page::Page;

/// The address of a lesson, or of the list, with the page's scenario.
pub fn address(page: &Page, lesson: Option<&str>) -> String {
    let view = View { tab: Tab::Learn, lesson: lesson.map(str::to_owned), ..View::default() };
    let other = page.model.other.as_ref().map(|other| other.scenario().clone());
    let link = Link { scenario: page.model.run.scenario().clone(), other, view };
    format!("#{}", print(&link))
}
