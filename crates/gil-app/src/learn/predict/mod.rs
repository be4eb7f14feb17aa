//! A question that is asked before the answer is shown.

mod answer;
mod choose;
mod distance;
mod draw;
mod estimate;

use gil_lessons::{Lesson, Predict, Question};
use gil_sim::Scenario;
use yew::prelude::*;

use super::figure::FigureView;
use crate::dom::{focus, use_id};
use crate::store;
use answer::{Answer, AskProps, Kept};
use choose::Choose;
use draw::Draw;
use estimate::Estimate;

/// The properties of [`PredictView`].
#[derive(Properties)]
pub struct PredictProps {
    /// The lesson, which has the scenario.
    pub lesson: &'static Lesson,
    /// The question.
    pub predict: &'static Predict,
    /// Its number in the lesson: its answer is kept under it.
    pub number: usize,
    /// What is told with the answer.
    pub children: Html,
}

impl PartialEq for PredictProps {
    fn eq(&self, other: &PredictProps) -> bool {
        std::ptr::eq(self.predict, other.predict)
    }
}

/// A question; with its answer, once that was asked for.
#[component]
pub fn PredictView(props: &PredictProps) -> Html {
    let PredictProps { lesson, predict, number, .. } = *props;
    match lesson.sheet.scenarios.get(&predict.scenario) {
        Some(scenario) => html! {
            <Card {lesson} {predict} {number} {scenario}>{ props.children.clone() }</Card>
        },
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
    children: Html,
}

impl PartialEq for CardProps {
    fn eq(&self, other: &CardProps) -> bool {
        std::ptr::eq(self.predict, other.predict)
    }
}

#[component]
fn Card(props: &CardProps) -> Html {
    let CardProps { lesson, predict, number, scenario, .. } = *props;
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
            focus(&format!("{id}-ask"));
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
                <div class="predict-reveal">{ props.children.clone() }</div>
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
            focus(&id);
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
