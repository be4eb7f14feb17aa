//! The guide from constraints to a decision, and the files that come out of it.
//!
//! `form` is what a reader says, `store` remembers it, `task` has the candidates run in the worker,
//! `answer` shows what comes out and `files` makes Markdown of it. What is said and why is in
//! `gil-decide`.

mod answer;
mod card;
mod files;
mod form;
mod order;
mod store;
mod task;
mod workload;

use std::rc::Rc;

use gil_decide::{Answer, Candidate, Constraints, Finding, Question, diagnose};
use gil_sim::sweep::usual_group;
use yew::prelude::*;

use crate::model::Run;
use crate::page::use_page;
use crate::task::progress::progress;
use crate::task::runs::{Runs, Status, use_runs};
use answer::AnswerView;
use files::Files;
use form::Form;
use store::use_constraints;
use task::Asked;

/// The Decide tab.
#[component]
pub fn Decide() -> Html {
    let page = use_page();
    let (constraints, change) = use_constraints();
    // By its name, so that it survives an edit of the scenario.
    let chosen = use_state_eq(|| None::<String>);
    let run = page.model.run.clone();
    let question = question(&run, chosen.as_deref(), &constraints);
    let runs = use_runs(&Asked::new(&question), true);
    let answer = answer_of(&question, &runs);
    let findings = Rc::new(findings(&question, &run));
    let choose = Callback::from(move |name: String| chosen.set(Some(name)));
    html! {
        <div class="decide">
            <Form question={question.clone()} {change} {choose} />
            <section class="decide-answer" aria-label="Answer">
                { headline(&answer, &runs.board.status) }
                { progress(&runs) }
                <AnswerView answer={answer.clone()} findings={findings.clone()} />
                if answer.best().is_some() {
                    <Files {answer} {findings} />
                }
            </section>
        </div>
    }
}

fn question(run: &Run, chosen: Option<&str>, constraints: &Constraints) -> Rc<Question> {
    let named = chosen.and_then(|name| run.scenario().spec().group_named(name));
    let group = named.unwrap_or_else(|| usual_group(run.scenario()));
    let (scenario, constraints) = (run.scenario().clone(), constraints.clone());
    Rc::new(Question { scenario, group, constraints })
}

/// The answer as far as it is known. Before every candidate has been run there is none: the best
/// of some is not the best.
fn answer_of(question: &Rc<Question>, runs: &Runs<Asked>) -> Rc<Answer> {
    let results = &runs.board.now;
    let mine = results.question == Asked::new(question);
    let all = results.len() >= Candidate::all(question).len();
    let found = results.range(..).filter(|_| mine && all).map(|(_, found)| found.clone());
    Rc::new(Answer::new(question, found))
}

fn findings(question: &Question, run: &Run) -> Vec<Finding> {
    diagnose(question, &run.trace, &run.stats)
}

fn headline(answer: &Answer, status: &Status) -> Html {
    let busy = *status == Status::Running;
    let text = match answer.best() {
        Some(_) => answer.headline(),
        None if busy => "Simulating what could be done.".to_owned(),
        None => "There is no answer yet.".to_owned(),
    };
    html! {
        <p class="finding" role="status" aria-busy={busy.to_string()}>{ text }</p>
    }
}
