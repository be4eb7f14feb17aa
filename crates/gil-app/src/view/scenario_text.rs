//! A scenario's notation, to read, copy and write.

use gil_notation::{Error, parse_scenario, print_scenario};
use gil_sim::Scenario;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// What a [`ScenarioText`] is about.
#[derive(Properties, PartialEq)]
pub struct ScenarioTextProps {
    /// The field's id.
    pub id: AttrValue,
    /// What it is called.
    pub label: AttrValue,
    /// How many lines are seen.
    pub rows: AttrValue,
    /// The scenario as it is.
    pub current: Scenario,
    /// A valid scenario was typed.
    pub onedit: Callback<Scenario>,
    /// The field was left.
    pub ondone: Callback<()>,
}

/// A scenario's notation, to read, copy and write. What is typed is kept until it is valid and
/// left, or dropped on purpose.
#[component]
pub fn ScenarioText(props: &ScenarioTextProps) -> Html {
    let ScenarioTextProps { id, label, rows, current, onedit, ondone } = props;
    let typed = use_state_eq(|| None::<String>);
    let (shown, error) = shown(typed.as_deref(), current);
    let oninput = {
        let (onedit, typed) = (onedit.clone(), typed.clone());
        Callback::from(move |event: InputEvent| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            let text = area.value();
            if let Ok(scenario) = parse_scenario(&text) {
                onedit.emit(scenario);
            }
            typed.set(Some(text));
        })
    };
    let onblur = {
        let (ondone, typed) = (ondone.clone(), typed.clone());
        Callback::from(move |_| {
            if typed.as_deref().is_some_and(|text| parse_scenario(text).is_ok()) {
                typed.set(None);
            }
            ondone.emit(());
        })
    };
    let drop = Callback::from(move |_| typed.set(None));
    let error_id = format!("{id}-error");
    html! {
        <>
            <label class="note" for={id.clone()}>{ label }</label>
            <textarea id={id.clone()} rows={rows.clone()} spellcheck="false" autocapitalize="off"
                autocomplete="off" value={shown} aria-invalid={error.is_some().then_some("true")}
                aria-describedby={error_id.clone()} {oninput} {onblur} />
            if let Some(error) = error {
                <div class="text-error" id={error_id} role="status">
                    <pre tabindex="0" aria-label="What is wrong">{ error.to_string() }</pre>
                    <p class="note">{ "The last valid scenario goes on." }</p>
                    <button type="button" class="small" onclick={drop}>
                        { "Drop this text" }
                    </button>
                </div>
            }
        </>
    }
}

/// What the text field shows, and what is wrong with it. A valid text that is not the current
/// scenario any more has been overtaken from elsewhere.
fn shown(typed: Option<&str>, current: &Scenario) -> (String, Option<Error>) {
    match typed.map(|text| (text, parse_scenario(text))) {
        Some((text, Ok(scenario))) if scenario == *current => (text.to_owned(), None),
        Some((text, Err(error))) => (text.to_owned(), Some(error)),
        _ => (print_scenario(current), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_stays_unless_it_was_overtaken() {
        let current = parse_scenario("v1/a:1:py-2ms").unwrap();
        let text = |typed| shown(typed, &current).0;
        assert_eq!(text(None), "v1/a:py-2ms");
        assert_eq!(text(Some("v1/a:1:py-2ms")), "v1/a:1:py-2ms");
        assert_eq!(text(Some("v1/a:py-")), "v1/a:py-");
        assert_eq!(text(Some("v1/b:py-3ms")), "v1/a:py-2ms");
        assert!(shown(Some("v1/a:py-"), &current).1.is_some());
    }
}
