//! A question that is asked before the answer is shown.

mod choose;
mod distance;
mod draw;
mod estimate;

use gil_claims::Quantity;
use gil_lessons::{Lesson, Predict, Question, measured, measured_on, range_words};
use gil_sim::Scenario;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

use super::blocks;
use super::figure::FigureView;
use super::focus_on;
use crate::dom::use_id;
use crate::store;
use choose::Choose;
use draw::Draw;
use estimate::Estimate;

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
    fn load(key: &str, question: &Question) -> Kept {
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

/// What is shown.
#[derive(Properties)]
pub struct PredictProps {
    /// The lesson, which has the scenario.
    pub lesson: &'static Lesson,
    /// The question.
    pub predict: &'static Predict,
    /// Its number in the lesson: its answer is kept under it.
    pub number: usize,
}

impl PartialEq for PredictProps {
    fn eq(&self, other: &PredictProps) -> bool {
        std::ptr::eq(self.predict, other.predict)
    }
}

/// A question; with its answer, once that was asked for.
#[component]
pub fn PredictView(props: &PredictProps) -> Html {
    let PredictProps { lesson, predict, number } = *props;
    match lesson.sheet.scenarios.get(&predict.scenario) {
        Some(scenario) => html! { <Card {lesson} {predict} {number} {scenario} /> },
        None => html! {
            <p class="complaint">{ format!("There is no scenario \"{}\" to ask about.", predict.scenario) }</p>
        },
    }
}

#[derive(Properties)]
struct CardProps {
    lesson: &'static Lesson,
    predict: &'static Predict,
    number: usize,
    scenario: &'static Scenario,
}

impl PartialEq for CardProps {
    fn eq(&self, other: &CardProps) -> bool {
        std::ptr::eq(self.predict, other.predict)
    }
}

/// What a kind of question gets.
#[derive(Clone, Properties)]
pub struct AskProps {
    /// The question.
    pub predict: &'static Predict,
    /// What it is about.
    pub scenario: &'static Scenario,
    /// Its state.
    pub kept: Kept,
    /// The id of its text.
    pub asked: String,
    /// The id of the sentence that tells how the answer was.
    pub verdict: String,
    /// Takes an answer.
    pub onanswer: Callback<Answer>,
}

impl PartialEq for AskProps {
    fn eq(&self, other: &AskProps) -> bool {
        std::ptr::eq(self.predict, other.predict) && self.kept == other.kept
    }
}

#[component]
fn Card(props: &CardProps) -> Html {
    let CardProps { lesson, predict, number, scenario } = *props;
    let id = use_id();
    let key = format!("gil-playground-answer-{}-{number}", lesson.name);
    let kept = use_state_eq(|| Kept::load(&key, &predict.question));
    let keep = {
        let kept = kept.clone();
        move |new: Kept| {
            store::set(&key, &new);
            kept.set(new);
        }
    };
    let answered = {
        let (kept, keep) = (kept.clone(), keep.clone());
        Callback::from(move |answer| keep(Kept { answer: Some(answer), ..(*kept).clone() }))
    };
    let show = |answer: Option<Answer>| {
        let keep = keep.clone();
        Callback::from(move |_: MouseEvent| keep(Kept { answer: answer.clone(), shown: true }))
    };
    let again = {
        let (keep, id) = (keep.clone(), id.clone());
        Callback::from(move |_| {
            keep(Kept::default());
            focus_on(&format!("{id}-ask"));
        })
    };
    use_focus_on_verdict(&format!("{id}-verdict"), kept.shown);
    let ask = AskProps {
        predict,
        scenario,
        kept: (*kept).clone(),
        asked: format!("{id}-ask"),
        verdict: format!("{id}-verdict"),
        onanswer: answered,
    };
    html! {
        <section class="predict" aria-labelledby={ask.asked.clone()} data-shown={kept.shown.to_string()}>
            <p class="predict-kicker">{ if kept.shown { "Your guess" } else { "Guess first" } }</p>
            <p class="predict-ask" id={ask.asked.clone()} tabindex="-1">{ &predict.ask }</p>
            { question(&predict.question, ask) }
            if kept.shown {
                <div class="predict-reveal">{ blocks::inner(lesson, &predict.reveal, number * 100) }</div>
                if let Some(figure) = &predict.figure { <FigureView {lesson} {figure} /> }
                <p class="predict-buttons">
                    <button type="button" class="button" onclick={again}>{ "Try again" }</button>
                </p>
            } else {
                <p class="predict-buttons">
                    <button type="button" class="button primary" disabled={kept.answer.is_none()}
                        onclick={show(kept.answer.clone())}>{ "Show the answer" }</button>
                    <button type="button" class="link" onclick={show(None)}>{ "Skip, just show me" }</button>
                </p>
            }
        </section>
    }
}

/// The button that showed the answer is gone: the focus goes on with the answer.
#[hook]
fn use_focus_on_verdict(id: &str, shown: bool) {
    let before = use_mut_ref(|| shown);
    let id = id.to_owned();
    use_effect_with(shown, move |shown| {
        if !before.replace(*shown) && *shown {
            focus_on(&id);
        }
    });
}

fn question(question: &Question, ask: AskProps) -> Html {
    match question {
        Question::Choose(_) => html! { <Choose ..ask /> },
        Question::Estimate { .. } => html! { <Estimate ..ask /> },
        Question::Draw(_) => html! { <Draw ..ask /> },
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
    /// In base units.
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
