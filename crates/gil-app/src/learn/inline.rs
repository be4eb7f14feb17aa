//! The pieces of a lesson's text: words, links, terms, and numbers that tell where they come from.

use gil_lessons::{Inline, Part, Shown, Target, measured_on, range_words};
use gil_notation::print_scenario;
use gil_words::GLOSSARY;
use yew::prelude::*;

use super::address::address;
use super::hint::Hint;
use super::values::Known;
use crate::page::use_page;

/// Text as elements.
pub fn inlines(all: &'static [Inline]) -> Html {
    html! { <>{ for all.iter().map(inline) }</> }
}

fn inline(inline: &'static Inline) -> Html {
    match inline {
        Inline::Text(text) => html! { text },
        Inline::Code(text) => html! { <code>{ text }</code> },
        Inline::Emphasis(inner) => html! { <em>{ inlines(inner) }</em> },
        Inline::Strong(inner) => html! { <strong>{ inlines(inner) }</strong> },
        Inline::Value { name, part } => html! { <Value name={name.as_str()} part={*part} /> },
        Inline::Link(target, words) => html! { <Leads {target} words={words.as_slice()} /> },
    }
}

#[derive(Properties, PartialEq)]
struct LeadsProps {
    target: &'static Target,
    words: &'static [Inline],
}

/// A link, or a term with its meaning.
#[component]
fn Leads(props: &LeadsProps) -> Html {
    let page = use_page();
    let known = use_context::<Known>();
    let words = inlines(props.words);
    match props.target {
        Target::Lesson(name) => html! { <a href={address(&page, Some(name))}>{ words }</a> },
        Target::Web(url) => {
            html! { <a class="web" href={url.clone()} rel="noopener">{ words }</a> }
        }
        Target::Scenario(name) => {
            match known.and_then(|known| known.lesson.sheet.scenarios.get(name)) {
                Some(scenario) => {
                    let href = format!("#{}", print_scenario(scenario));
                    html! { <a class="scenario-link" {href} title="Opens in the playground">{ words }</a> }
                }
                None => words,
            }
        }
        Target::Term(name) => {
            match GLOSSARY.iter().find(|term| term.name.eq_ignore_ascii_case(name)) {
                Some(term) => {
                    let detail = html! { <><b>{ term.name }</b>{ ": " }{ term.meaning }</> };
                    html! { <Hint class="term" {detail}>{ words }</Hint> }
                }
                None => words,
            }
        }
    }
}

#[derive(Properties, PartialEq)]
struct ValueProps {
    name: &'static str,
    part: Part,
}

/// Characters of a value that is not broken into lines, at most.
const WHOLE: usize = 16;

/// A number of the text. As long as it is not known, there is room for it.
#[component]
fn Value(props: &ValueProps) -> Html {
    let known = use_context::<Known>();
    let shown = known.as_ref().and_then(|known| known.values.get(props.name));
    let Some(shown) = shown else {
        let done = known.as_ref().is_some_and(|known| known.done);
        return html! {
            <span class="value waiting" aria-busy={(!done).to_string()}>{ if done { "unknown" } else { "" } }</span>
        };
    };
    let words = shown.words(props.part).unwrap_or_else(|| "unknown".to_owned());
    // A number stays with its unit; what is longer takes the lines that it needs.
    let class = if words.chars().count() <= WHOLE { "value whole" } else { "value" };
    html! {
        <Hint {class} detail={detail(shown)}>
            <data value={exact(shown, props.part)}>{ words }</data>
        </Hint>
    }
}

/// A number in its base unit, for programs that read the page.
fn exact(shown: &Shown, part: Part) -> Option<String> {
    let Shown::Claim { found, measured, .. } = shown else { return None };
    let found = found.as_ref().ok();
    let value = match part {
        Part::Value => found?.value,
        Part::Bound => found?.bound,
        Part::Measured => *measured.first()?,
    };
    Some(value.value.to_string())
}

/// Where a number comes from.
fn detail(shown: &Shown) -> Html {
    match shown {
        Shown::Fact { source, .. } => {
            html! { <>{ "Not simulated, but given: " }{ source }{ "." }</> }
        }
        Shown::Claim { text, found: Err(message), .. } => html! {
            <><code>{ text }</code>{ " cannot be simulated: " }{ message }</>
        },
        Shown::Claim { text, found: Ok(found), measured, key } => {
            let verdict = if found.holds { "holds" } else { "does not hold" };
            let who = key.as_deref().and_then(measured_on);
            let measured = range_words(measured).zip(who);
            html! {
                <>
                <span class="hint-line">{ "Simulated just now: " }<b>{ found.value.to_string() }</b>{ ". The claim " }
                    <code>{ text }</code>{ format!(" {verdict}.") }</span>
                if let Some((range, who)) = measured {
                    <span class="hint-line">{ format!("Measured on {who}: ") }<b>{ range }</b>{ "." }</span>
                }
                </>
            }
        }
    }
}
