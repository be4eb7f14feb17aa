//! The best, large: its figures, why, and the smallest change that gets there.

use std::rc::Rc;

use gil_decide::{Answer, Candidate, Entry, Points, Question, Snippet, words};
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
            { figures(&answer.question, entry) }
            { actions(answer, &page.model, entry, false) }
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

fn figures(question: &Question, entry: &Entry) -> Html {
    let figures = &entry.figures;
    let wait = words::wait_title(question);
    let points = |name, points: &Points| {
        figure(Some("wide-figure"), name, &points.sum.to_string(), points.because())
    };
    let typical = figures.typical.map(|typical| {
        let name = words::typical_title(question);
        figure(None, name, &words::time(Some(typical)), String::new())
    });
    let worst = figures.worst.as_ref().map(|(name, wait)| {
        figure(None, "Slowest other", &words::time(Some(*wait)), format!("p99 of {name}"))
    });
    let start_up = figures.start_up.map_or_else(|| "–".to_owned(), |time| time.to_string());
    let memory = if figures.memory_is_measured { "an estimate" } else { "a rough guess" };
    html! {
        <dl class="figure-grid">
            { for typical }
            { figure(None, wait, &words::time(figures.wait), words::span(figures.wait, words::time)) }
            { figure(None, "Throughput", &words::rate(figures.throughput),
                     words::span(figures.throughput, words::rate)) }
            { figure(None, "Memory", &words::bytes(figures.memory), memory.to_owned()) }
            { figure(None, "Start-up", &start_up, String::new()) }
            { for worst }
            { points("Compatibility risk, points", &entry.compatibility) }
            { points("Size of the change, points", &entry.effort) }
            { points("New to learn, points", &entry.complexity) }
        </dl>
    }
}

fn figure(class: Option<&'static str>, name: &str, value: &str, note: String) -> Html {
    html! {
        <div {class}>
            <dt>{ name.to_owned() }</dt>
            <dd>{ value.to_owned() }</dd>
            if !note.is_empty() { <dd class="was">{ note }</dd> }
        </div>
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
pub fn actions(answer: &Answer, model: &Pages, entry: &Entry, is_short: bool) -> Html {
    let question = &answer.question;
    if entry.candidate == Candidate::now(question) {
        return html! {};
    }
    let (to_explore, to_compare) = match is_short {
        true => ("Explore", "Compare"),
        false => ("Open in Explore", "Compare with today"),
    };
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
            <button class="button" onclick={open} aria-label={format!("{to_explore}: {title}")}>
                { to_explore }
            </button>
            <button class="button" onclick={compare} aria-label={format!("{to_compare}: {title}")}>
                { to_compare }
            </button>
        </span>
    }
}
