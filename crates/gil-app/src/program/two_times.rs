//! Two times of the same job: which share of it holds the GIL.

use std::rc::Rc;

use gil_notation::parse_duration;
use gil_record::fit::{Fit, TwoTimes, fit};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::dom::use_id;
use crate::model::Action;
use crate::page::use_page;

/// What was typed.
#[derive(Clone, PartialEq)]
struct Typed {
    one: String,
    many: String,
    threads: String,
    cores: String,
}

/// The form and its answer.
#[component]
pub fn TwoTimesForm() -> Html {
    let page = use_page();
    let id = use_id();
    let typed = use_state_eq(|| Typed {
        one: "4s".to_owned(),
        many: "3.9s".to_owned(),
        threads: "4".to_owned(),
        cores: "4".to_owned(),
    });
    let answer = use_state(|| None::<Rc<Result<Fit, String>>>);
    let field =
        |label: &'static str, name: &'static str, value: &str, change: fn(&mut Typed, String)| {
            let id = format!("{}-{name}", *id);
            let typed = typed.clone();
            let oninput = Callback::from(move |event: InputEvent| {
                let mut new = (*typed).clone();
                change(&mut new, event.target_unchecked_into::<HtmlInputElement>().value());
                typed.set(new);
            });
            html! {
                <span class="two-times-field">
                    <label for={id.clone()}>{ label }</label>
                    <input {id} type="text" size="8" value={value.to_owned()} {oninput} />
                </span>
            }
        };
    let onsubmit = {
        let (typed, answer, model) = (typed.clone(), answer.setter(), page.model.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let fitted = times(&typed).and_then(|times| fit(&times));
            if let Ok(fit) = &fitted {
                let scenario = fit.scenario.clone();
                model.dispatch(Action::Edit { scenario, control: None });
            }
            answer.set(Some(Rc::new(fitted)));
        })
    };
    html! {
        <details class="two-times">
            <summary>{ "No recording? Two times are enough" }</summary>
            <p>{ "Time the same job once with one thread and once with several. The share of it that holds the GIL follows." }</p>
            <form class="file-row" {onsubmit}>
                { field("One thread", "one", &typed.one, |typed, value| typed.one = value) }
                { field("Several threads", "many", &typed.many, |typed, value| typed.many = value) }
                { field("How many", "threads", &typed.threads, |typed, value| typed.threads = value) }
                { field("Cores", "cores", &typed.cores, |typed, value| typed.cores = value) }
                <button class="button primary">{ "What holds the GIL?" }</button>
            </form>
            { match answer.as_deref() {
                None => html! {},
                Some(Ok(fit)) => html! {
                    <div role="status">
                        <p class="verdict">{ &fit.words }</p>
                        <p>{ "As a scenario, which the page shows now:" }</p>
                        <pre tabindex="0"><code>{ &fit.notation }</code></pre>
                    </div>
                },
                Some(Err(error)) => html! { <p class="problem" role="alert">{ format!("{error}.") }</p> },
            } }
        </details>
    }
}

/// What was typed, as figures.
fn times(typed: &Typed) -> Result<TwoTimes, String> {
    let time = |text: &str, what: &str| {
        parse_duration(text.trim())
            .map_err(|_| format!("{what}: {:?} is no time; write 4s or 350ms", text.trim()))
    };
    let count = |text: &str, what: &str| {
        let count: Result<u16, _> = text.trim().parse();
        count.map_err(|_| format!("{what}: {:?} is no number", text.trim()))
    };
    let cores = typed.cores.trim();
    Ok(TwoTimes {
        one: time(&typed.one, "One thread")?,
        many: time(&typed.many, "Several threads")?,
        threads: count(&typed.threads, "How many")?,
        cores: (!cores.is_empty()).then(|| count(cores, "Cores")).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(one: &str, many: &str, threads: &str, cores: &str) -> Typed {
        let [one, many, threads, cores] = [one, many, threads, cores].map(str::to_owned);
        Typed { one, many, threads, cores }
    }

    #[test]
    fn what_is_typed_is_read_or_named() {
        let read = times(&typed(" 4s", "1.2s ", "4", "")).expect("figures");
        assert_eq!((read.threads, read.cores), (4, None));
        let wrong = |typed| times(&typed).expect_err("no figures");
        assert_eq!(
            wrong(typed("4", "1s", "4", "4")),
            "One thread: \"4\" is no time; write 4s or 350ms"
        );
        assert_eq!(wrong(typed("4s", "1s", "-1", "4")), "How many: \"-1\" is no number");
        assert_eq!(wrong(typed("4s", "1s", "4", "x")), "Cores: \"x\" is no number");
    }
}
