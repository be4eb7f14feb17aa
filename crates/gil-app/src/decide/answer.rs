//! The answer: the bottleneck, the best, the others, what cannot be done and what would change it.

use std::rc::Rc;

use gil_decide::{Answer, Check, Entry, Finding, other_turns, verdict, words};
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
            <p><strong>{ "It is so if " }</strong>{ confirms }{ "." }</p>
            <p><strong>{ "It is not if " }</strong>{ refutes }{ "." }</p>
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
                { table("Simulated on the same workload, the next best first. Memory is an \
                         estimate; risk and knowledge are points by rule, 0 is best.",
                        rows(near, 2)) }
                if !far.is_empty() {
                    <details>
                        <summary>{ format!("{} that rank lower", far.len()) }</summary>
                        { table("Further down.", rows(far, 2 + near.len())) }
                    </details>
                }
            </section>
        }
    }
}

fn table(caption: &'static str, rows: Html) -> Html {
    const COLUMNS: [&str; 6] = ["p99 of a pass", "Passes", "Memory", "Start-up", "Risk", "To know"];
    html! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="Strategies and figures">
            <table class="figures decide-table">
                <caption>{ caption }</caption>
                <thead><tr>
                    <th scope="col">{ "Strategy" }</th>
                    { for COLUMNS.iter().map(|name| html! { <th scope="col">{ *name }</th> }) }
                    <th scope="col"><span class="visually-hidden">{ "Open" }</span></th>
                </tr></thead>
                <tbody>{ rows }</tbody>
            </table>
        </div>
    }
}

fn row(answer: &Answer, model: &super::card::Pages, entry: &Entry, rank: usize) -> Html {
    let figures = &entry.figures;
    html! {
        <tr data-rank={rank.to_string()}>
            <th scope="row">
                <span class="strategy">{ entry.candidate.title(&answer.question) }</span>
                <span class="muted">{ answer.reason(entry) }</span>
            </th>
            <td>{ words::p99(&figures.latency) }</td>
            <td>{ words::rate(figures.throughput) }</td>
            <td>{ words::bytes(figures.memory) }</td>
            <td>{ figures.start_up.to_string() }</td>
            <td title={entry.compatibility.because()}>{ entry.compatibility.sum }</td>
            <td title={entry.complexity.because()}>{ entry.complexity.sum }</td>
            <td>{ actions(answer, model, entry) }</td>
        </tr>
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
