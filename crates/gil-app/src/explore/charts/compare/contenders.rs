//! The chips that say who is compared, and the way to add one.

use gil_sim::compare::{Contender, Setting};
use gil_sim::{Python, Strategy};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Contenders at once: a colour for each.
pub const MOST: usize = 8;

/// A contender and its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The Python and its strategy.
    pub contender: Contender,
    /// Number of its colour, which it keeps while others come and go.
    pub slot: u8,
}

/// Contenders with their colours.
pub fn entries(contenders: Vec<Contender>) -> Vec<Entry> {
    contenders.into_iter().zip(0..).map(|(contender, slot)| Entry { contender, slot }).collect()
}

/// With one more, in the first colour that is free.
pub fn with(entries: &[Entry], contender: Contender) -> Vec<Entry> {
    let taken = |slot: &u8| entries.iter().any(|entry| entry.slot == *slot);
    let slot = (0..MOST as u8).find(|slot| !taken(slot));
    let new = slot.map(|slot| Entry { contender, slot });
    entries.iter().copied().chain(new).collect()
}

#[derive(Clone, Properties, PartialEq)]
pub struct ContendersProps {
    /// The work that the contenders do.
    pub setting: Setting,
    /// The contenders so far.
    pub entries: Vec<Entry>,
    /// There are others now; `None` for the usual ones.
    pub onchange: Callback<Option<Vec<Entry>>>,
    /// Whether these are the usual ones.
    pub usual: bool,
}

/// The contenders, with fields to add and remove some.
#[component]
pub fn Contenders(props: &ContendersProps) -> Html {
    let chip = |entry: &Entry| {
        let onclick = {
            let (entries, contender) = (props.entries.clone(), entry.contender);
            props.onchange.reform(move |_| {
                let others = entries.iter().filter(|entry| entry.contender != contender);
                Some(others.copied().collect())
            })
        };
        let why = props.setting.refusal(entry.contender);
        let name = entry.contender.to_string();
        let refused = why.is_some().then_some("refused");
        html! {
            <li key={name.clone()} class={classes!("contender", refused)}
                style={format!("--mark: var(--series-{})", entry.slot)} title={why}>
                <span>{ &name }</span>
                <button aria-label={format!("Remove {name}")} {onclick}>{ "×" }</button>
            </li>
        }
    };
    let refusal = |entry: &Entry| {
        let why = props.setting.refusal(entry.contender)?;
        Some(html! { <p class="contender-refusal">{ format!("{}: {why}.", entry.contender) }</p> })
    };
    html! {
        <div class="contenders">
            <ul aria-label="Contenders">{ for props.entries.iter().map(chip) }</ul>
            { for props.entries.iter().filter_map(refusal) }
            <Add ..props.clone() />
        </div>
    }
}

/// A Python and a strategy to choose, and a button.
#[component]
fn Add(props: &ContendersProps) -> Html {
    let chosen = use_state_eq(|| Contender {
        python: Python::newest(),
        strategy: Strategy::Processes(gil_sim::StartMethod::Spawn),
    });
    let contender = *chosen;
    let onpython = {
        let chosen = chosen.clone();
        select(move |value| {
            if let Some(python) = Python::find(&value) {
                chosen.set(Contender { python, ..*chosen });
            }
        })
    };
    let onstrategy = select(move |value| {
        if let Some(strategy) = Strategy::ALL.into_iter().find(|s| s.name() == value) {
            chosen.set(Contender { strategy, ..*chosen });
        }
    });
    let refusal = refusal(props, contender);
    let onclick = {
        let entries = props.entries.clone();
        props.onchange.reform(move |_| Some(with(&entries, contender)))
    };
    let option = |value: String, selected: bool| html! { <option value={value.clone()} {selected}>{ value }</option> };
    let pythons = Python::ALL.into_iter().rev();
    html! {
        <div class="contender-add">
            <select aria-label="Python to add" onchange={onpython} data-control="compare-python">
                { for pythons.map(|python| option(python.to_string(), python == contender.python)) }
            </select>
            <select aria-label="Strategy to add" onchange={onstrategy} data-control="compare-strategy">
                { for Strategy::ALL.map(|s| option(s.name().to_owned(), s == contender.strategy)) }
            </select>
            <button class="button" disabled={refusal.is_some()} {onclick}>{ "Add" }</button>
            if !props.usual {
                <button class="button" onclick={props.onchange.reform(|_| None)}>{ "The usual six" }</button>
            }
            if let Some(why) = refusal {
                <span class="muted" role="status">{ why }</span>
            }
        </div>
    }
}

/// Why this one cannot be added.
fn refusal(props: &ContendersProps, contender: Contender) -> Option<String> {
    if props.entries.iter().any(|entry| entry.contender == contender) {
        return Some("Is there already.".to_owned());
    }
    if props.entries.len() >= MOST {
        return Some(format!("{MOST} at most: remove one first."));
    }
    props.setting.refusal(contender).map(|why| format!("{why}."))
}

/// A handler for a list, which gets the value that was chosen.
pub fn select(chosen: impl Fn(String) + 'static) -> Callback<Event> {
    Callback::from(move |event: Event| {
        chosen(event.target_unchecked_into::<HtmlSelectElement>().value());
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contenders_keep_their_colours() {
        let find =
            |name| Contender { python: Python::find(name).unwrap(), strategy: Strategy::Threads };
        let mut entries = entries(vec![find("3.11"), find("3.12"), find("3.13")]);
        entries.remove(1);
        let entries = with(&entries, find("3.14"));
        let slots: Vec<u8> = entries.iter().map(|entry| entry.slot).collect();
        assert_eq!(slots, [0, 2, 1]);
    }
}
