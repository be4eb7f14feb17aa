//! Tables that are wider than a small screen.

use yew::prelude::*;

/// What a [`Wide`] shows.
#[derive(Properties, PartialEq)]
pub struct WideProps {
    /// What it is, for those who come to it by keyboard.
    pub label: AttrValue,
    /// The table.
    pub children: Html,
}

/// Lets its content be scrolled sideways, by keyboard too.
#[component]
pub fn Wide(props: &WideProps) -> Html {
    html! {
        <div class="table-scroll" role="region" tabindex="0" aria-label={&props.label}>
            { props.children.clone() }
        </div>
    }
}
