//! Below a figure: the way to the whole playground, with everything as it stands.

use gil_notation::{Link, MAX_CHARS, View, print};
use yew::prelude::*;

use crate::app::{link_of, use_page, use_player};
use crate::link;
use crate::model::Action;

/// The name of the site, a way back to what the author wrote, and the link to the playground.
#[component]
pub fn Foot() -> Html {
    let page = use_page();
    let player = use_player();
    let first = use_memo((), |()| link::read());
    let now = link_of(&page, &player);
    let reset = match first.as_ref() {
        Some(Ok(first)) if edited(first, &now) => {
            let (model, first) = (page.model.clone(), first.clone());
            let onclick =
                Callback::from(move |_| model.dispatch(Action::Open(Box::new(first.clone()))));
            html! { <button type="button" class="small" {onclick}>{ "Reset" }</button> }
        }
        _ => html! {},
    };
    html! {
        <footer class="embed-foot">
            <span class="embed-name">{ "GIL Playground" }</span>
            { reset }
            <a class="open-scenario" href={address(&now)} target="_blank" rel="noopener">
                { "Open in the playground" }
            </a>
        </footer>
    }
}

fn edited(first: &Link, now: &Link) -> bool {
    (&first.scenario, &first.other) != (&now.scenario, &now.other)
}

/// The whole playground with what is shown here. A scenario that has outgrown a link opens without
/// its view, and if that is no help as the page opens by itself.
pub fn address(now: &Link) -> String {
    let bare = Link { view: View::default(), ..now.clone() };
    let fits = [now, &bare].into_iter().find(|link| print(link).len() <= MAX_CHARS);
    fits.map_or_else(link::page, link::address)
}
