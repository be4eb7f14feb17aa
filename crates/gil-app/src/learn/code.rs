//! Code, and a button that copies it.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

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
    let said = use_state_eq(|| "");
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
                <span role="status">{ *said }</span>
                <button type="button" class="small" {onclick}>{ "Copy" }</button>
            </p>
            <pre tabindex="0"><code>{ text }</code></pre>
        </div>
    }
}

fn copy(text: &str, said: UseStateHandle<&'static str>) {
    let written = gloo::utils::window().navigator().clipboard().write_text(text);
    yew::platform::spawn_local(async move {
        let done = wasm_bindgen_futures::JsFuture::from(written).await.is_ok();
        said.set(if done { "Copied" } else { "Select it and copy by hand" });
        Timeout::new(3_000, move || said.set("")).forget();
    });
}
