//! The best, large: its figures, why, and the smallest change that gets there.

use std::rc::Rc;

use gil_decide::{Answer, Candidate, Entry, Points, Snippet, words};
use gil_notation::Tab;
use yew::prelude::*;

use crate::model::{Action, Model};
use crate::page::use_page;

/// Where the page's scenario is changed.
pub type Pages = UseReducerHandle<Model>;

/// What is shown.
#[derive(Properties, PartialEq)]
pub struct BestProps {
    /// The answer.
    pub answer: Rc<Answer>,
    /// The best of it.
    pub entry: Entry,
}

/// The best.
#[component]
pub fn Best(props: &BestProps) -> Html {
    let page = use_page();
    let BestProps { answer, entry } = props;
    let snippet = Snippet::of(&answer.question, &entry.candidate);
    html! {
        <section class="best">
            <h2>{ entry.candidate.title(&answer.question) }</h2>
            <p>{ answer.reason(entry) }</p>
            { figures(entry) }
            { actions(answer, &page.model, entry) }
            <h3>{ "The smallest change" }</h3>
            <p>{ &snippet.text }</p>
            { diff(&snippet.diff) }
            <details>
                <summary>{ "A program that shows it at work" }</summary>
                <pre tabindex="0"><code>{ &snippet.example }</code></pre>
            </details>
        </section>
    }
}

fn figures(entry: &Entry) -> Html {
    let figures = &entry.figures;
    let entry_of =
        |class: Option<&'static str>, name: &'static str, value: String, note: String| {
            html! {
                <div {class}>
                    <dt>{ name }</dt>
                    <dd>{ value }</dd>
                    if !note.is_empty() { <dd class="was">{ note }</dd> }
                </div>
            }
        };
    let item = |name, value, note| entry_of(None, name, value, note);
    let wide = |name, value, note| entry_of(Some("wide-figure"), name, value, note);
    let points = |points: &Points| (points.sum.to_string(), points.because());
    let (risk, why) = points(&entry.compatibility);
    let (load, what) = points(&entry.complexity);
    let worst = figures.worst.as_ref().map(|(name, latency)| {
        item("Slowest other", words::p99(latency), format!("p99 of a pass of {name}"))
    });
    html! {
        <dl class="figure-grid">
            { item("A pass, p50", figures.latency.p50.to_string(), String::new()) }
            { item("A pass, p99", words::p99(&figures.latency), String::new()) }
            { item("Passes", words::rate(figures.throughput), String::new()) }
            { item("Memory", words::bytes(figures.memory), "an estimate".to_owned()) }
            { item("Start-up", figures.start_up.to_string(), String::new()) }
            { for worst }
            { wide("Compatibility risk, points", risk, why) }
            { wide("What has to be known, points", load, what) }
        </dl>
    }
}

/// Lines that go and lines that come, told apart by their sign as well as by colour.
fn diff(text: &str) -> Html {
    let line = |line: &str| {
        let class = match line.chars().next() {
            Some('+') => "added",
            Some('-') => "removed",
            _ => "same",
        };
        html! { <span {class}>{ format!("{line}\n") }</span> }
    };
    html! {
        if !text.is_empty() {
            <pre class="diff" tabindex="0"><code>{ for text.lines().map(line) }</code></pre>
        }
    }
}

/// Opens an entry's scenario, or holds it against how it runs now.
pub fn actions(answer: &Answer, model: &Pages, entry: &Entry) -> Html {
    let question = &answer.question;
    if entry.candidate == Candidate::now(question) {
        return html! { <span class="muted">{ "as now" }</span> };
    }
    let Ok(scenario) = entry.candidate.scenario(question) else { return html! {} };
    let title = entry.candidate.title(question);
    let open = {
        let (model, scenario) = (model.clone(), scenario.clone());
        Callback::from(move |_: MouseEvent| {
            model.dispatch(Action::Edit { scenario: scenario.clone(), control: None });
            model.dispatch(Action::Tab(Tab::Explore));
        })
    };
    let compare = {
        let model = model.clone();
        Callback::from(move |_: MouseEvent| {
            model.dispatch(Action::CompareWith(Some(scenario.clone())));
            model.dispatch(Action::Tab(Tab::Compare));
        })
    };
    html! {
        <span class="decide-actions">
            <button class="button" onclick={open} aria-label={format!("Open in Explore: {title}")}>
                { "Open in Explore" }
            </button>
            <button class="button" onclick={compare} aria-label={format!("Compare with now: {title}")}>
                { "Compare with now" }
            </button>
        </span>
    }
}
