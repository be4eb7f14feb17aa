//! The numbers of a lesson, simulated once when it opens.

use std::rc::Rc;

use gil_lessons::{Lesson, Shown, Values};
use yew::prelude::*;

use crate::task::gradual::{Work, use_gradually};

/// A lesson and its numbers, as far as they are known.
#[derive(Clone)]
pub struct Known {
    /// The lesson.
    pub lesson: &'static Lesson,
    /// Its numbers so far.
    pub values: Rc<Values>,
    /// Whether these are all.
    pub done: bool,
}

impl PartialEq for Known {
    fn eq(&self, other: &Known) -> bool {
        std::ptr::eq(self.lesson, other.lesson)
            && Rc::ptr_eq(&self.values, &other.values)
            && self.done == other.done
    }
}

/// The lesson whose numbers they are, and what is inside.
#[derive(Properties)]
pub struct WithValuesProps {
    /// The lesson.
    pub lesson: &'static Lesson,
    /// The text that shows the values.
    pub children: Html,
}

impl PartialEq for WithValuesProps {
    fn eq(&self, other: &WithValuesProps) -> bool {
        std::ptr::eq(self.lesson, other.lesson) && self.children == other.children
    }
}

/// Gives its children the numbers of a lesson, [`Known`].
#[component]
pub fn WithValues(props: &WithValuesProps) -> Html {
    let lesson = props.lesson;
    let worked = use_gradually(lesson.name.clone(), move |_| {
        let work: Work<(String, Shown)> =
            Box::new(Values::each(lesson).map(|(name, shown)| (name.to_owned(), shown)));
        Some(work)
    });
    let values = use_memo(Rc::as_ptr(&worked.found) as usize, |_| {
        worked.found.iter().cloned().collect::<Values>()
    });
    let known = Known { lesson, values, done: worked.done };
    html! {
        <ContextProvider<Known> context={known}>{ props.children.clone() }</ContextProvider<Known>>
    }
}
