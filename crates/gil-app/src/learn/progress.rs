//! What the reader has done: kept in the browser, nowhere else.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use crate::store;

/// Lessons that are done, and the one that was open last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Done {
    /// Names of lessons.
    pub done: BTreeSet<String>,
    /// The name of a lesson.
    pub last: Option<String>,
}

/// A change of it.
pub enum Mark {
    /// A lesson is done, or not done after all.
    Done(String, bool),
    /// A lesson was opened.
    Opened(String),
}

/// What the reader has done, and the way to change it.
pub type Progress = UseReducerHandle<Done>;

const DONE: &str = "gil-playground-lessons-done";
const LAST: &str = "gil-playground-lesson-last";

impl Reducible for Done {
    type Action = Mark;

    fn reduce(self: Rc<Self>, mark: Mark) -> Rc<Self> {
        let mut next = (*self).clone();
        match mark {
            Mark::Done(lesson, true) => {
                next.done.insert(lesson);
            }
            Mark::Done(lesson, false) => {
                next.done.remove(&lesson);
            }
            Mark::Opened(lesson) => next.last = Some(lesson),
        }
        store::set(DONE, &next.done);
        store::set(LAST, &next.last);
        Rc::new(next)
    }
}

/// What the browser has kept.
#[hook]
pub fn use_progress() -> Progress {
    use_reducer(|| Done {
        done: store::get(DONE).unwrap_or_default(),
        last: store::get(LAST).flatten(),
    })
}

impl Done {
    /// Where to go on: the lesson that was open last, if that is not done; otherwise the first one
    /// after it that is not.
    pub fn next<'l>(&self, lessons: &[&'l str]) -> Option<&'l str> {
        let open = |name: &&&str| !self.done.contains(**name);
        let last = self.last.as_deref();
        let at = lessons.iter().position(|name| Some(*name) == last).unwrap_or(0);
        let (before, from) = lessons.split_at(at);
        from.iter().find(open).or_else(|| before.iter().find(open)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(names: &[&str], last: Option<&str>) -> Done {
        let done = names.iter().map(|name| (*name).to_owned()).collect();
        Done { done, last: last.map(str::to_owned) }
    }

    #[test]
    fn one_goes_on_where_one_was() {
        let lessons = ["a", "b", "c"];
        assert_eq!(done(&[], None).next(&lessons), Some("a"));
        assert_eq!(done(&[], Some("b")).next(&lessons), Some("b"));
        assert_eq!(done(&["b"], Some("b")).next(&lessons), Some("c"));
        assert_eq!(done(&["b", "c"], Some("c")).next(&lessons), Some("a"));
        assert_eq!(done(&["a", "b", "c"], Some("c")).next(&lessons), None);
        assert_eq!(done(&["a"], Some("gone")).next(&lessons), Some("b"));
    }
}
