//! Below a figure: the way to the whole playground, with everything as it stands.

use gil_notation::{Link, MAX_CHARS, View, print};
use yew::prelude::*;

use crate::link;
use crate::model::Action;
use crate::page::{Page, link_of, use_page, use_player};

/// The name of the site, a way back to what the author wrote, and the link to the playground.
#[component]
pub fn Foot() -> Html {
    let page = use_page();
    let player = use_player();
    let now = link_of(&page, &player);
    let is_broken = page.model.problem.is_some();
    let reset = match edited(&page.model.opened, &now) && !is_broken {
        true => {
            let (model, first) = (page.model.clone(), first(&page));
            let onclick =
                Callback::from(move |_| model.dispatch(Action::Open(Box::new(first.clone()))));
            html! { <button type="button" class="small" {onclick}>{ "Reset" }</button> }
        }
        false => html! {},
    };
    html! {
        <footer class="embed-foot">
            <span class="embed-name">{ "GIL Playground" }</span>
            { reset }
            if !is_broken {
                <a class="open-scenario" href={address(&now)} target="_blank" rel="noopener">
                    { "Open in the playground" }
                </a>
            }
        </footer>
    }
}

/// What the author wrote, in the theme that the page around has by now.
fn first(page: &Page) -> Link {
    let mut first = (*page.model.opened).clone();
    if let (Some(embed), Some(now)) = (&mut first.view.embed, &page.model.embed) {
        embed.theme = now.theme;
    }
    first
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
