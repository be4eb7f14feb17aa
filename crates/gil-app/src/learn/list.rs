//! The list of lessons.

use gil_lessons::{Lesson, all};
use gil_words::count;
use yew::prelude::*;

use super::address::address;
use super::lesson;
use super::progress::Progress;
use crate::page::use_page;

/// The properties of [`List`].
#[derive(Properties, PartialEq)]
pub struct ListProps {
    /// A lesson that was asked for and is not there.
    #[prop_or_default]
    pub unknown: Option<String>,
}

/// All lessons in their order.
#[component]
pub fn List(props: &ListProps) -> Html {
    let progress = use_context::<Progress>().expect("inside Learn");
    let page = use_page();
    let names: Vec<&str> = all().iter().map(|lesson| lesson.name.as_str()).collect();
    let next = progress.next(&names);
    let minutes: u32 = all().iter().map(|lesson| lesson.front.minutes).sum();
    html! {
        <div class="lesson-list">
            <h2 id="learn-title" tabindex="-1">{ "Learn how the GIL behaves" }</h2>
            if let Some(name) = &props.unknown {
                <p class="lesson-unknown" role="alert">
                    { format!("There is no lesson called \"{name}\". It may have another name now: choose one below.") }
                </p>
            }
            <p class="lesson-intro">
                { format!(
                    "{} of about {} together. Each has simulations to try and questions to guess \
                     at. Every number in the text is simulated here, in your browser, or says \
                     where it was measured. They \
                     build on each other, but you can begin anywhere.",
                    count(all().len(), "lesson"), count(minutes as usize, "minute"),
                ) }
            </p>
            if let Some(lesson) = next.and_then(gil_lessons::find) {
                <p class="lesson-start">
                    <a class="button primary" href={address(&page, Some(&lesson.name))}>
                        { if progress.last.is_none() { "Start here" } else { "Continue" } }
                    </a>
                    <span>{ &lesson.front.title }</span>
                </p>
            } else {
                <p class="lesson-start muted">{ "All lessons are done." }</p>
            }
            <ol class="lesson-cards">
                { for all().iter().enumerate().map(|(at, lesson)| html! {
                    <Card key={lesson.name.clone()} {lesson} number={at + 1}
                        done={progress.done.contains(&lesson.name)} next={next == Some(lesson.name.as_str())} />
                }) }
            </ol>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct CardProps {
    lesson: &'static Lesson,
    number: usize,
    done: bool,
    next: bool,
}

/// A lesson in the list. Its title is the link, and reaches over all of the card.
#[component]
fn Card(props: &CardProps) -> Html {
    let page = use_page();
    let CardProps { lesson, number, done, next } = props;
    let front = &lesson.front;
    html! {
        <li class={classes!("lesson-card", next.then_some("next"))} data-lesson={lesson.name.clone()}>
            <span class="lesson-number" aria-hidden="true">{ number }</span>
            <h3><a href={address(&page, Some(&lesson.name))}>{ &front.title }</a></h3>
            <p class="lesson-meta">
                { count(front.minutes as usize, "minute") }
                if *done { <span class="lesson-done">{ "Done" }</span> }
            </p>
            <p class="lesson-summary">{ &front.summary }</p>
            if !front.needs.is_empty() {
                <p class="lesson-needs">{ "Builds on " }{ lesson::needs(&page, lesson) }</p>
            }
        </li>
    }
}
