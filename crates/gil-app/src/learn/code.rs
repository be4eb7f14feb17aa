//! Code, and a button that copies it.

use yew::prelude::*;

use crate::save::copy;

/// The code.
#[derive(Properties, PartialEq)]
pub struct CodeProps {
    /// As after the fence: `python`; empty for none.
    pub language: &'static str,
    /// The code.
    pub text: &'static str,
}

/// Code with its language and a button that copies it.
#[component]
pub fn Code(props: &CodeProps) -> Html {
    let text = props.text;
    let said = use_state_eq(|| None);
    let onclick = {
        let said = said.clone();
        Callback::from(move |_| copy(text, said.clone()))
    };
    let language = match props.language {
        "" => "Text".to_owned(),
        "python" => "Python".to_owned(),
        other => other.to_owned(),
    };
    html! {
        <div class="lesson-code">
            <p>
                <span>{ language }</span>
                <span role="status">{ said.unwrap_or_default() }</span>
                <button type="button" class="small" {onclick}>{ "Copy" }</button>
            </p>
            <pre tabindex="0"><code>{ text }</code></pre>
        </div>
    }
}
