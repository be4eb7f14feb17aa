//! What the reader has answered, and what each kind of question gets.

use gil_claims::Quantity;
use gil_lessons::{Predict, Question, measured, measured_on, range_words};
use gil_sim::Scenario;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

use crate::store;

/// What the reader has answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The number of a choice.
    Choice(usize),
    /// A value in its base unit.
    Value(f64),
    /// A value for each column.
    Curve(Vec<f64>),
}

/// The state of a question. It is kept in the browser.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// The answer, if one was given.
    pub answer: Option<Answer>,
    /// Whether the right one is shown.
    pub shown: bool,
}

impl Kept {
    /// What was kept, unless the question is another one by now.
    pub fn load(key: &str, question: &Question) -> Kept {
        let kept: Kept = store::get(key).unwrap_or_default();
        let fits = match (&kept.answer, question) {
            (None, _) => true,
            (Some(Answer::Choice(at)), Question::Choose(choices)) => *at < choices.len(),
            (Some(Answer::Value(value)), Question::Estimate { .. }) => value.is_finite(),
            (Some(Answer::Curve(curve)), Question::Draw(chart)) => {
                curve.len() == chart.values.len() && curve.iter().all(|value| value.is_finite())
            }
            _ => false,
        };
        if fits { kept } else { Kept::default() }
    }
}

/// What a kind of question gets.
#[derive(Clone, Properties)]
pub struct AskProps {
    /// The question.
    pub predict: &'static Predict,
    /// What it is about.
    pub scenario: &'static Scenario,
    /// The reader's answer so far.
    pub kept: Kept,
    /// The id of its text.
    pub asked: String,
    /// The id of the sentence that tells how the answer was.
    pub verdict: String,
    /// Called with an answer.
    pub onanswer: Callback<Answer>,
}

impl PartialEq for AskProps {
    fn eq(&self, other: &AskProps) -> bool {
        std::ptr::eq(self.predict, other.predict) && self.kept == other.kept
    }
}

/// What was measured under a key, and who says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Real {
    /// `CPython 3.11.7 measured 0.94 to 0.97`.
    pub words: String,
    /// `CPython 3.11.7, measured`.
    pub label: String,
    /// `0.94 to 0.97`.
    pub range: String,
    /// The measured values in base units.
    pub values: Vec<f64>,
}

impl Real {
    /// What was measured under a key; nothing where nothing was.
    pub fn of(key: &str) -> Option<Real> {
        let values: Vec<Quantity> = measured(key);
        let range = range_words(&values)?;
        let (words, label) = match measured_on(key) {
            Some(who) if who.starts_with("CPython") => {
                (format!("{who} measured {range}"), format!("{who}, measured"))
            }
            _ => (format!("published figures say {range}"), "Published".to_owned()),
        };
        let values = values.into_iter().map(|quantity| quantity.value).collect();
        Some(Real { words, label, range, values })
    }
}

/// In place of the verdict, until there is one.
pub fn simulating() -> String {
    "Simulating the answer.".to_owned()
}

/// The sentence that tells how the answer was.
pub fn verdict(ask: &AskProps, text: &str) -> Html {
    html! { <p class="predict-verdict" id={ask.verdict.clone()} tabindex="-1" role="status">{ text }</p> }
}
