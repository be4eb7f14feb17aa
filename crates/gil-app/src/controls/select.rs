//! A list to choose from.

use web_sys::HtmlSelectElement;
use yew::html::IntoPropValue;
use yew::prelude::*;

/// What can be chosen: texts and words.
pub type Options = Vec<(AttrValue, AttrValue)>;

/// What a list offers.
#[derive(Clone, Debug, PartialEq)]
pub enum Choices {
    /// One after the other.
    Plain(Options),
    /// Under headings.
    Grouped(Vec<(AttrValue, Options)>),
}

impl IntoPropValue<Choices> for Options {
    fn into_prop_value(self) -> Choices {
        Choices::Plain(self)
    }
}

/// A select element.
#[derive(Properties, PartialEq)]
pub struct SelectProps {
    /// The element's id.
    pub id: String,
    /// What it is called, where no visible label is tied to it.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// What can be chosen.
    pub options: Choices,
    /// Values that cannot be chosen now.
    #[prop_or_default]
    pub off: Vec<AttrValue>,
    /// The value that is chosen.
    pub chosen: String,
    /// Whether the choice is not possible.
    #[prop_or_default]
    pub wrong: bool,
    /// The ids of what describes it.
    #[prop_or_default]
    pub described: Option<AttrValue>,
    /// What the choice means.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// Called with the value that the reader chooses.
    pub onchoose: Callback<String>,
}

/// A select element that follows its `chosen`.
#[component]
pub fn Select(props: &SelectProps) -> Html {
    let node = use_node_ref();
    {
        // An option's `selected` counts for nothing once a person has chosen.
        let (node, chosen) = (node.clone(), props.chosen.clone());
        use_effect(move || {
            if let Some(select) = node.cast::<HtmlSelectElement>()
                && select.value() != chosen
            {
                select.set_value(&chosen);
            }
        });
    }
    let onchange = props.onchoose.reform(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        select.value()
    });
    let option = |(value, words): &(AttrValue, AttrValue)| {
        let selected = value.as_str() == props.chosen;
        let disabled = props.off.contains(value);
        html! { <option value={value.clone()} {selected} {disabled}>{ words }</option> }
    };
    let group = |(heading, options): &(AttrValue, Options)| {
        html! { <optgroup label={heading.clone()}>{ for options.iter().map(option) }</optgroup> }
    };
    html! {
        <select ref={node} id={props.id.clone()} aria-label={props.label.clone()}
            title={props.title.clone()}
            aria-invalid={props.wrong.then_some("true")} aria-describedby={props.described.clone()}
            {onchange}>
            { match &props.options {
                Choices::Plain(options) => html! { <>{ for options.iter().map(option) }</> },
                Choices::Grouped(groups) => html! { <>{ for groups.iter().map(group) }</> },
            } }
        </select>
    }
}
