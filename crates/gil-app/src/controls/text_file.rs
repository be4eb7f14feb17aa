//! A file that the page has made: previewed, copied, downloaded.

use yew::prelude::*;

use crate::save::{copy, download_text, say};

/// A file.
#[derive(Properties, PartialEq)]
pub struct TextFileProps {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
    /// Its text.
    pub text: String,
    /// Whether only its beginning is asked to be seen: the text is unfolded by the reader.
    #[prop_or_default]
    pub folded: bool,
    /// What stands before the buttons.
    #[prop_or_default]
    pub children: Html,
}

/// The buttons in a row, and below them the text.
#[component]
pub fn TextFile(props: &TextFileProps) -> Html {
    let TextFileProps { name, kind, text, folded, children } = props;
    let said = use_state_eq(|| None::<&'static str>);
    let on_copy = {
        let (text, said) = (text.clone(), said.clone());
        Callback::from(move |_: MouseEvent| copy(&text, said.clone()))
    };
    let on_download = {
        let (name, kind, text, said) = (name.clone(), *kind, text.clone(), said.clone());
        Callback::from(move |_: MouseEvent| {
            let done = download_text(&name, kind, &text).is_ok();
            let refused = "The browser doesn't allow it: copy it instead";
            say(&said, if done { "Downloaded" } else { refused });
        })
    };
    let preview = html! {
        <pre class="preview" tabindex="0" aria-label={name.clone()}>{ text }</pre>
    };
    html! {
        <>
            <div class="file-row">
                { children.clone() }
                <button class="button" onclick={on_copy}>{ "Copy" }</button>
                <button class="button" onclick={on_download}>{ "Download" }</button>
                <span role="status">{ said.unwrap_or_default() }</span>
            </div>
            if *folded {
                <details><summary>{ format!("Read {name}") }</summary>{ preview }</details>
            } else {
                { preview }
            }
        </>
    }
}
