//! A text to copy.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::dom::use_id;
use crate::save::copy_saying;

/// A text, how it is called and copied.
#[derive(Properties, PartialEq)]
pub struct CopyableProps {
    /// What it is.
    pub label: AttrValue,
    /// The text.
    pub text: String,
    /// The button's words.
    #[prop_or("Copy")]
    pub button: &'static str,
    /// What is said when it is done.
    #[prop_or("Copied")]
    pub done: &'static str,
}

/// A text that can be selected whole, and a button that copies it.
#[component]
pub fn Copyable(props: &CopyableProps) -> Html {
    let id = use_id();
    let said = use_state_eq(|| None);
    let onclick = {
        let (text, said, done) = (props.text.clone(), said.clone(), props.done);
        Callback::from(move |_: MouseEvent| {
            copy_saying(&text, said.clone(), done, "The browser refuses: select the text instead");
        })
    };
    let onfocus = Callback::from(|event: FocusEvent| {
        event.target_unchecked_into::<HtmlTextAreaElement>().select();
    });
    // Long lines wrap: as many rows as it takes at about this width.
    let rows: usize = props.text.lines().map(|line| line.len() / 66 + 1).sum();
    html! {
        <div class="copyable">
            <label for={(*id).clone()}>{ &props.label }</label>
            <textarea id={(*id).clone()} readonly={true} spellcheck="false" rows={rows.clamp(2, 12).to_string()}
                value={props.text.clone()} {onfocus} />
            <p>
                <button type="button" class="button primary" {onclick}>{ props.button }</button>
                <span role="status">{ said.unwrap_or_default() }</span>
            </p>
        </div>
    }
}
