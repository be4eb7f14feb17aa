//! The Share dialog: the link, a figure for another page, a picture to keep.
//!
//! [`figure`] chooses what a figure shows and writes the snippet for a kind of page, [`preview`] runs
//! it, [`picture`] draws and saves, [`files`] has it as a program and for other tools. What leaves is made by `gil-share`.

mod copyable;
mod figure;
mod files;
mod offer;
mod picture;
mod preview;
mod shared;

use gil_notation::{Link, MAX_CHARS, print};
use gil_sim::Nanos;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::link;
use crate::page::{link_of, use_page, use_player};
use crate::playback::Play;
use crate::view::Notation;
use copyable::Copyable;
use figure::{FigureForm, Tick};
use files::{PythonForm, TraceForm};
use picture::PictureForm;
use shared::{SharedProps, length};

/// What is shared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Link,
    Figure,
    Picture,
    Python,
    Trace,
}

impl What {
    const ALL: [What; 5] = [What::Link, What::Figure, What::Picture, What::Python, What::Trace];

    /// Whether it is of a moment where there is one; the others are of the whole run.
    fn has_moment(self) -> bool {
        matches!(self, What::Link | What::Figure)
    }

    fn title(self) -> &'static str {
        match self {
            What::Link => "Link",
            What::Figure => "Embed",
            What::Picture => "Picture",
            What::Python => "Python",
            What::Trace => "Trace",
        }
    }
}

/// The button, and the dialog that it opens.
#[component]
pub fn Share() -> Html {
    let page = use_page();
    let player = use_player();
    let dialog = use_node_ref();
    // What is shared is what was there when the dialog was opened.
    let shared = use_state_eq(|| None::<(Link, bool)>);
    let onopen = {
        let (dialog, shared, page) = (dialog.clone(), shared.clone(), page.clone());
        Callback::from(move |_: MouseEvent| {
            player.dispatch(Play::Pause);
            let at = (player.at > Nanos::ZERO).then_some(player.at);
            let mut link = link_of(&page, &player);
            let moment = link.view.at.is_some();
            link.view.at = at;
            shared.set(Some((link, moment)));
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                // Open already: nothing to do.
                let _ = dialog.show_modal();
            }
        })
    };
    let onclose = {
        let shared = shared.clone();
        Callback::from(move |_: Event| shared.set(None))
    };
    html! {
        <div class="share">
            <button type="button" class="button primary" onclick={onopen} aria-haspopup="dialog">{ "Share" }</button>
            <dialog ref={dialog} class="share-dialog" aria-labelledby="share-title" {onclose}>
                if let Some((link, moment)) = (*shared).clone() {
                    <Content {link} {moment} />
                }
            </dialog>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ContentProps {
    /// With the moment that the playhead is at.
    link: Link,
    /// Whether that is meant: not where it was playing.
    moment: bool,
}

#[component]
fn Content(props: &ContentProps) -> Html {
    let moment = use_state_eq(|| props.moment);
    let what = use_state_eq(|| What::Link);
    let tab = |one: What| {
        let pressed = (one == *what).to_string();
        let what = what.clone();
        let onclick = Callback::from(move |_: MouseEvent| what.set(one));
        html! {
            <button type="button" class="segment" aria-pressed={pressed} {onclick}>{ one.title() }</button>
        }
    };
    let whole = props.link.clone();
    let mut link = whole.clone();
    link.view.at = whole.view.at.filter(|_| *moment);
    let characters = print(&link).len();
    html! {
        <>
            <div class="share-top">
                <h2 id="share-title">{ "Share" }</h2>
                <div class="segments" role="group" aria-label="What is shared">
                    { for What::ALL.into_iter().map(tab) }
                </div>
                <form method="dialog"><button class="button">{ "Close" }</button></form>
            </div>
            { moment_field(&whole, &moment, *what) }
            if characters > MAX_CHARS {
                <p class="complaint" role="alert">
                    { format!("This scenario takes {characters} characters as a link; {MAX_CHARS} is the most that is read. Fewer groups or steps will do.") }
                </p>
            } else {
                { match *what {
                    What::Link => html! { <><LinkForm {link} /><Notation /></> },
                    What::Figure => html! { <FigureForm {link} /> },
                    What::Picture => html! { <PictureForm link={whole} /> },
                    What::Python => html! { <PythonForm link={whole} /> },
                    What::Trace => html! { <TraceForm link={whole} /> },
                } }
            }
        </>
    }
}

/// Whether what is shared stands at the moment or plays from the beginning.
fn moment_field(link: &Link, moment: &UseStateHandle<bool>, what: What) -> Html {
    let Some(at) = link.view.at.filter(|_| what.has_moment()) else { return html! {} };
    let onturn = {
        let moment = moment.clone();
        Callback::from(move |()| moment.set(!*moment))
    };
    let label = format!("Stands at {at}; otherwise it plays from the beginning");
    html! { <p class="share-moment"><Tick {label} on={**moment} disabled={false} {onturn} /></p> }
}

#[component]
fn LinkForm(props: &SharedProps) -> Html {
    let address = link::address(&props.link);
    let opens = match props.link.view.at {
        Some(_) => {
            "Opens exactly this: the scenario, the moment, what is zoomed in on. Nothing else is sent or kept anywhere."
        }
        None => {
            "Opens the same scenario, from its beginning, with what is zoomed in on. Nothing else is sent or kept anywhere."
        }
    };
    html! {
        <div class="share-part">
            <p>{ opens }</p>
            <Copyable label="Link" text={address} button="Copy link" done="Link copied" />
            <p class="muted">{ length(&props.link) }</p>
        </div>
    }
}
