//! Words with a detail that shows while the pointer or the focus is on them.

use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::dom::use_id;

/// The words and their detail.
#[derive(Properties, PartialEq)]
pub struct HintProps {
    /// How the words look.
    pub class: Classes,
    /// The words.
    pub children: Html,
    /// The detail.
    pub detail: Html,
}

/// Width of a detail where there is room, and its distance from the edge of the window, in pixels.
const WIDTH: f64 = 320.0;
const EDGE: f64 = 12.0;

/// Words that can have the focus, and their detail below them. Escape puts it away.
#[component]
pub fn Hint(props: &HintProps) -> Html {
    let id = use_id();
    let word = use_node_ref();
    let shift = use_state_eq(|| 0);
    let shut = use_state_eq(|| false);
    let place = {
        let (word, shift) = (word.clone(), shift.clone());
        move || {
            if let Some(word) = word.cast::<Element>() {
                shift.set(shift_of(&word));
            }
        }
    };
    let onmouseover = {
        let place = place.clone();
        Callback::from(move |_: MouseEvent| place())
    };
    let onfocusin = {
        let shut = shut.clone();
        Callback::from(move |_: FocusEvent| {
            shut.set(false);
            place();
        })
    };
    let onkeydown = {
        let shut = shut.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                shut.set(true);
            }
        })
    };
    let onmouseout = {
        let shut = shut.clone();
        Callback::from(move |_: MouseEvent| shut.set(false))
    };
    html! {
        <span class={classes!("hint-word", shut.then_some("shut"))} style={format!("--shift: {}px", *shift)}
            {onmouseover} {onmouseout} {onfocusin} {onkeydown}>
            <span ref={word} class={props.class.clone()} tabindex="0" aria-describedby={(*id).clone()}>
                { props.children.clone() }
            </span>
            <span class="hint-detail" role="tooltip" id={(*id).clone()}>{ props.detail.clone() }</span>
        </span>
    }
}

/// How far the detail moves to the left so that it stays in the window, in pixels.
fn shift_of(word: &Element) -> i32 {
    let window = gloo::utils::window().inner_width().ok().and_then(|width| width.as_f64());
    let window = window.unwrap_or(WIDTH + 2.0 * EDGE);
    let width = WIDTH.min(window - 2.0 * EDGE);
    let left = word.get_bounding_client_rect().left();
    (left + width + EDGE - window).clamp(0.0, (left - EDGE).max(0.0)) as i32
}
