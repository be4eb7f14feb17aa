//! A figure as it will run, in a frame.

use web_sys::{HtmlIFrameElement, MessageEvent};
use yew::prelude::*;

use crate::dom::use_window_event;
use crate::embed::message;

/// The figure.
#[derive(Properties, PartialEq)]
pub struct PreviewProps {
    /// Its address.
    pub address: String,
    /// Takes its height in CSS pixels, whenever that changes.
    pub onheight: Callback<u32>,
}

/// A figure that runs, as high as its content.
#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let frame = use_node_ref();
    let height = use_state_eq(|| 480u32);
    let first = use_memo((), |()| props.address.clone());
    {
        let (frame, height, onheight) = (frame.clone(), height.clone(), props.onheight.clone());
        use_window_event::<MessageEvent>("message", move |event| {
            let window = frame.cast::<HtmlIFrameElement>().and_then(|it| it.content_window());
            let Some(window) = window else { return };
            let Some(heard) = message::read(&event, &window) else { return };
            match heard.kind.as_str() {
                "ready" => message::post(&window, "*", "hello", []),
                "height" => {
                    let pixels = heard.number("height").unwrap_or(0.0).clamp(40.0, 20_000.0) as u32;
                    height.set(pixels);
                    onheight.emit(pixels);
                }
                _ => {}
            }
        });
    }
    {
        let (frame, first) = (frame.clone(), first.clone());
        use_effect_with(props.address.clone(), move |address| {
            let window = frame.cast::<HtmlIFrameElement>().and_then(|it| it.content_window());
            if let Some(window) = window.filter(|_| address != &*first) {
                // In place of the entry in the page's history. The next change comes along again.
                let _ = window.location().replace(address);
            }
        });
    }
    html! {
        <iframe ref={frame} class="share-preview" title="The figure as it will be" src={(*first).clone()}
            height={height.to_string()}></iframe>
    }
}
