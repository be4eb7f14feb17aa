//! The answer: the bottleneck, the best, the others, what cannot be done and what would change it.

use std::rc::Rc;

use gil_decide::{Answer, Check, Entry, Finding, Question, other_turns, verdict, words};
use yew::prelude::*;

use super::card::{Best, actions};
use crate::page::use_page;

/// Ranks in the table before the rest is folded.
const SHOWN: usize = 7;

/// What is shown.
#[derive(Properties, PartialEq)]
pub struct AnswerProps {
    /// The answer.
    pub answer: Rc<Answer>,
    /// The diagnosis.
    pub findings: Rc<Vec<Finding>>,
}

/// The answer.
#[component]
pub fn AnswerView(props: &AnswerProps) -> Html {
    let AnswerProps { answer, findings } = props;
    let best = answer.best().cloned();
    html! {
        <>
        <section class="diagnosis">
            <h2>{ "The bottleneck first" }</h2>
            <p class="verdict">{ verdict(findings) }</p>
            { for findings.iter().enumerate().map(finding) }
        </section>
        if let Some(best) = best {
            <Best answer={answer.clone()} entry={best} />
            <Others answer={answer.clone()} />
            { unfinished(answer) }
            { refused(answer) }
            { turns(answer) }
        }
        </>
    }
}

/// The first one is the verdict already: its evidence stands open.
fn finding((place, finding): (usize, &Finding)) -> Html {
    let Check { command, confirms, refutes } = finding.check;
    let first = place == 0;
    let summary = if first { "How to see it on the real program" } else { &finding.title };
    let evidence = (!finding.evidence.is_empty()).then(|| html! { <p>{ &finding.evidence }</p> });
    html! {
        <>
        if first { { for evidence.clone() } }
        <details class="cause">
            <summary>{ summary.to_owned() }</summary>
            if !first { { for evidence } }
            <pre tabindex="0"><code>{ command }</code></pre>
            <p><strong>{ "Confirms it: " }</strong>{ confirms }{ "." }</p>
            <p><strong>{ "Rules it out: " }</strong>{ refutes }{ "." }</p>
        </details>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct OthersProps {
    answer: Rc<Answer>,
}

/// Everything but the best, as a table; the far end of it folded.
#[component]
fn Others(props: &OthersProps) -> Html {
    let page = use_page();
    let answer = &props.answer;
    let rows = |entries: &[Entry], first: usize| -> Html {
        let row = |(n, entry): (usize, &Entry)| row(answer, &page.model, entry, first + n);
        entries.iter().enumerate().map(row).collect()
    };
    let others = answer.ranked.get(1..).unwrap_or_default();
    let (near, far) = others.split_at(others.len().min(SHOWN));
    html! {
        if !others.is_empty() {
            <section>
                <h2>{ "The others" }</h2>
                { table(&answer.question, &caption(answer), rows(near, 2)) }
                if !far.is_empty() {
                    <details>
                        <summary>{ format!("{} that rank lower", far.len()) }</summary>
                        { table(&answer.question, "Further down.", rows(far, 2 + near.len())) }
                    </details>
                }
            </section>
        }
    }
}

fn caption(answer: &Answer) -> String {
    let basis = answer.basis();
    let mut text = format!(
        "Simulated on the same workload, the next best first: medians of {} with other seeds, the \
         range below. Memory is an estimate; points are by rule, relative to today.",
        gil_words::count(basis.runs as usize, "run")
    );
    if basis.percent < 100 {
        text += &format!(" {} % of the work was run, so that every run is whole.", basis.percent);
    }
    text
}

fn table(question: &Question, caption: &str, rows: Html) -> Html {
    let wait = words::wait_title(question);
    let columns = [wait, "Throughput", "Memory", "Risk", "Change", "To learn"];
    html! {
        <>
        <p class="muted">{ caption.to_owned() }</p>
        <div class="table-scroll" tabindex="0" role="region" aria-label="Strategies and figures">
            <table class="figures decide-table">
                <caption class="visually-hidden">{ "Strategies and their figures" }</caption>
                <thead><tr>
                    <th scope="col">{ "Strategy" }</th>
                    { for columns.iter().map(|name| html! { <th scope="col">{ *name }</th> }) }
                </tr></thead>
                <tbody>{ rows }</tbody>
            </table>
        </div>
        </>
    }
}

fn row(answer: &Answer, model: &super::card::Pages, entry: &Entry, rank: usize) -> Html {
    let figures = &entry.figures;
    let ranged = |value: String, range: String| {
        html! { <td>{ value }<span class="range muted">{ range }</span></td> }
    };
    html! {
        <tr data-rank={rank.to_string()}>
            <th scope="row">
                <span class="strategy">{ entry.candidate.title(&answer.question) }</span>
                <span class="muted">{ answer.reason(entry) }</span>
                { actions(answer, model, entry, true) }
            </th>
            { ranged(words::time(figures.wait), words::span(figures.wait, words::time)) }
            { ranged(words::rate(figures.throughput), words::span(figures.throughput, words::rate)) }
            <td>{ words::bytes(figures.memory) }</td>
            <td title={entry.compatibility.because()}>{ entry.compatibility.sum }</td>
            <td title={entry.effort.because()}>{ entry.effort.sum }</td>
            <td title={entry.complexity.because()}>{ entry.complexity.sum }</td>
        </tr>
    }
}

/// What could not be run to its end.
fn unfinished(answer: &Answer) -> Html {
    let titles = answer.unfinished.iter().map(|entry| entry.candidate.title(&answer.question));
    let titles: Vec<String> = titles.collect();
    html! {
        if !titles.is_empty() {
            <p class="muted">
                { format!("Not ranked, because the runs couldn't be finished: {}.", titles.join("; ")) }
            </p>
        }
    }
}

fn refused(answer: &Answer) -> Html {
    if answer.refused.is_empty() {
        return html! {};
    }
    let item = |(titles, reason): (Vec<String>, &str)| {
        html! { <li><strong>{ titles.join("; ") }</strong>{ format!(": {reason}.") }</li> }
    };
    html! {
        <details class="refused">
            <summary>{ format!("{} not feasible, and why", answer.refused.len()) }</summary>
            <ul class="bullets">{ for answer.refusals().into_iter().map(item) }</ul>
        </details>
    }
}

fn turns(answer: &Answer) -> Html {
    let found = answer.turns.iter().map(|turn| turn.text.clone());
    let all: Vec<String> = found.chain(other_turns(answer)).collect();
    html! {
        if !all.is_empty() {
            <section class="turns">
                <h2>{ "What would change the answer" }</h2>
                <ul class="bullets">{ for all.into_iter().map(|text| html! { <li>{ text }</li> }) }</ul>
            </section>
        }
    }
}
