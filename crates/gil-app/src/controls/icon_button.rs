//! A button that is a picture.

use yew::prelude::*;

/// A button that is a picture.
#[derive(Properties, PartialEq)]
pub struct IconButtonProps {
    /// What the button does, for its tooltip and for screen readers.
    pub label: AttrValue,
    /// The picture, as the path of an SVG of 24 by 24.
    pub path: &'static str,
    /// Classes of the button, besides its usual one.
    #[prop_or_default]
    pub class: Classes,
    /// Its element, for the focus.
    #[prop_or_default]
    pub id: Option<String>,
    /// Whether there is nothing to do.
    #[prop_or_default]
    pub disabled: bool,
    /// For a button that shows and hides something, whether that is shown.
    #[prop_or_default]
    pub expanded: Option<bool>,
    /// Called when the button is pressed.
    pub onclick: Callback<MouseEvent>,
}

/// A button that is a picture.
#[component]
pub fn IconButton(props: &IconButtonProps) -> Html {
    let expanded = props.expanded.map(|expanded| expanded.to_string());
    html! {
        <button type="button" id={props.id.clone()} class={classes!("mini", props.class.clone())}
            title={props.label.clone()} aria-label={props.label.clone()} aria-expanded={expanded}
            disabled={props.disabled} onclick={props.onclick.clone()}>
            <svg viewBox="0 0 24 24" aria-hidden="true"><path d={props.path} /></svg>
        </button>
    }
}
