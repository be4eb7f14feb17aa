//! A lesson on its page.

use gil_lessons::{Block, Lesson, all, find};
use gil_words::count;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::address::address;
use super::blocks::{body, words};
use super::progress::{Mark, Progress};
use super::values::WithValues;
use crate::dom::use_window_event;
use crate::page::{Page, use_page};

/// The properties of [`LessonPage`].
#[derive(Properties)]
pub struct LessonProps {
    /// The lesson.
    pub lesson: &'static Lesson,
}

impl PartialEq for LessonProps {
    fn eq(&self, other: &LessonProps) -> bool {
        std::ptr::eq(self.lesson, other.lesson)
    }
}

/// A lesson: head, sections, text, and the way on.
#[component]
pub fn LessonPage(props: &LessonProps) -> Html {
    let lesson = props.lesson;
    let progress = use_context::<Progress>().expect("inside Learn");
    let opened = progress.dispatcher();
    use_effect_with((), move |()| opened.dispatch(Mark::Opened(lesson.name.clone())));
    html! {
        <div class="lesson-page">
            <Sections {lesson} />
            <article class="lesson" aria-labelledby="learn-title">
                <Head {lesson} />
                <WithValues {lesson}><Body {lesson} /></WithValues>
                <Foot {lesson} />
            </article>
        </div>
    }
}

/// The text. Nothing that changes is above the figures and numbers in it.
#[component]
fn Body(props: &LessonProps) -> Html {
    html! { <div class="lesson-body">{ body(props.lesson) }</div> }
}

/// The place of a lesson, counted from 1.
fn number(lesson: &Lesson) -> usize {
    all().iter().position(|other| other.name == lesson.name).map_or(0, |at| at + 1)
}

#[component]
fn Head(props: &LessonProps) -> Html {
    let page = use_page();
    let lesson = props.lesson;
    let front = &lesson.front;
    html! {
        <header class="lesson-head">
            <p class="lesson-back"><a href={address(&page, None)}>{ "All lessons" }</a></p>
            <h2 id="learn-title" tabindex="-1">{ &front.title }</h2>
            <p class="lesson-meta">
                { format!("Lesson {} of {}, {}", number(lesson), all().len(), count(front.minutes as usize, "minute")) }
                if !front.needs.is_empty() {
                    <span class="lesson-needs">{ "builds on " }{ needs(&page, lesson) }</span>
                }
            </p>
            <p class="lesson-lead">{ &front.summary }</p>
        </header>
    }
}

/// What a lesson builds on, as links.
pub fn needs(page: &Page, lesson: &Lesson) -> Html {
    let known = lesson.front.needs.iter().filter_map(|name| find(name));
    let links = known.enumerate().map(|(at, need)| {
        let comma = if at == 0 { "" } else { ", " };
        let href = address(page, Some(&need.name));
        html! { <>{ comma }<a {href}>{ &need.front.title }</a></> }
    });
    html! { <>{ for links }</> }
}

/// How far below the top of the window a heading counts as read, in pixels.
const READ_AT: f64 = 140.0;

/// The sections, beside the text where there is room.
#[component]
fn Sections(props: &LessonProps) -> Html {
    let sections: Vec<(&str, String)> = props
        .lesson
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading(2, id, inlines) => Some((id.as_str(), words(inlines))),
            _ => None,
        })
        .collect();
    let here = use_state_eq(|| None::<String>);
    {
        let ids: Vec<String> = sections.iter().map(|(id, _)| (*id).to_owned()).collect();
        let here = here.clone();
        use_window_event::<Event>("scroll", move |_| here.set(section_at(&ids)));
    }
    if sections.len() < 2 {
        return html! { <div class="lesson-sections" /> };
    }
    let row = |(id, words): &(&str, String)| {
        let id = (*id).to_owned();
        let current = (here.as_ref() == Some(&id)).then_some("true");
        let onclick = Callback::from(move |_| go_to(&id));
        html! { <li><button type="button" aria-current={current} {onclick}>{ words }</button></li> }
    };
    html! {
        <nav class="lesson-sections" aria-label="In this lesson">
            <p>{ "In this lesson" }</p>
            <ol>{ for sections.iter().map(row) }</ol>
        </nav>
    }
}

fn section_at(ids: &[String]) -> Option<String> {
    let document = gloo::utils::document();
    let above = |id: &&String| {
        let heading = document.get_element_by_id(id);
        heading.is_some_and(|heading| heading.get_bounding_client_rect().top() < READ_AT)
    };
    ids.iter().rev().find(above).cloned()
}

fn go_to(id: &str) {
    let heading = gloo::utils::document().get_element_by_id(id);
    if let Some(heading) = heading.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        // The next Tab goes on from here; without focus it would not, which is no harm.
        let _ = heading.focus();
        heading.scroll_into_view();
    }
}

/// Done or not, and the lessons before and after.
#[component]
fn Foot(props: &LessonProps) -> Html {
    let lesson = props.lesson;
    let page = use_page();
    let progress = use_context::<Progress>().expect("inside Learn");
    let done = progress.done.contains(&lesson.name);
    let mark = |done: bool| {
        let (progress, name) = (progress.clone(), lesson.name.clone());
        Callback::from(move |_| progress.dispatch(Mark::Done(name.clone(), done)))
    };
    let at = number(lesson);
    let before = at.checked_sub(2).and_then(|at| all().get(at));
    let after = all().get(at);
    html! {
        <footer class="lesson-foot">
            <p class="lesson-mark">
                <button type="button" class="button" aria-pressed={done.to_string()} onclick={mark(!done)}>
                    { if done { "Done" } else { "Mark as done" } }
                </button>
                <span class="muted" role="status">
                    { if done { "Marked as done in this browser. Press again to take it back." } else { "" } }
                </span>
            </p>
            <nav class="lesson-turn" aria-label="Other lessons">
                if let Some(before) = before {
                    <a class="lesson-before" href={address(&page, Some(&before.name))} rel="prev">
                        <span>{ "Before" }</span>{ &before.front.title }
                    </a>
                }
                if let Some(after) = after {
                    <a class="lesson-after" href={address(&page, Some(&after.name))} rel="next" onclick={mark(true)}>
                        <span>{ "Next" }</span>{ &after.front.title }
                    </a>
                } else {
                    <a class="lesson-after" href={address(&page, None)} onclick={mark(true)}>
                        <span>{ "The last one" }</span>{ "All lessons" }
                    </a>
                }
            </nav>
        </footer>
    }
}
