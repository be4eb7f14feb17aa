//! The lessons: the list of them, and one at a time with its live figures and questions.
//!
//! `progress` is what the reader has done, `blocks` and `inline` make elements of a lesson's text,
//! `figure` is its simulations, `chart` and `plot` its curves, `predict` its questions. What takes long
//! is worked out in portions ([`gradual`](crate::task::gradual)).

mod address;
mod blocks;
mod chart;
mod code;
mod figure;
mod hint;
mod inline;
mod lesson;
mod list;
mod plot;
mod predict;
mod progress;
mod race;
mod values;

use gil_lessons::find;
use yew::prelude::*;

use crate::dom::focus;
use crate::page::use_page;
use lesson::LessonPage;
use list::List;
use progress::{Progress, use_progress};

/// A lesson as a figure in another page; a sentence where there is none of that name.
#[component]
pub fn EmbeddedLesson() -> Html {
    let page = use_page();
    let progress = use_progress();
    let name = page.model.lesson.clone().unwrap_or_default();
    html! {
        <ContextProvider<Progress> context={progress}>
            if let Some(lesson) = find(&name) {
                <LessonPage key={lesson.name.clone()} {lesson} />
            } else {
                <p class="complaint">{ format!("There is no lesson \"{name}\".") }</p>
            }
        </ContextProvider<Progress>>
    }
}

/// The Learn tab.
#[component]
pub fn Learn() -> Html {
    let page = use_page();
    let progress = use_progress();
    let lesson = page.model.lesson.clone();
    use_place(&lesson);
    let content = match lesson.as_deref().map(|name| (name, find(name))) {
        None => html! { <List /> },
        Some((_, Some(lesson))) => html! { <LessonPage key={lesson.name.clone()} {lesson} /> },
        Some((name, None)) => html! { <List unknown={name.to_owned()} /> },
    };
    html! {
        <ContextProvider<Progress> context={progress}>
            <div class="learn">{ content }</div>
        </ContextProvider<Progress>>
    }
}

/// The title of the document, and the beginning of what has been opened.
#[hook]
fn use_place(lesson: &Option<String>) {
    let before = use_mut_ref(|| None::<Option<String>>);
    use_effect_with(lesson.clone(), move |lesson| {
        let title = lesson.as_deref().and_then(find).map(|lesson| lesson.front.title.as_str());
        let title = title.unwrap_or("Learn");
        gloo::utils::document().set_title(&format!("{title} \u{b7} {SITE}"));
        let before = before.replace(Some(lesson.clone()));
        // The list that a tab leads to leaves the focus with the tab.
        if lesson.is_some() || before.flatten().is_some() {
            focus("learn-title");
            gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0);
        }
        || gloo::utils::document().set_title(SITE)
    });
}

const SITE: &str = "GIL Playground";
