//! Keeps the address and what the page shows the same, both ways.

use std::cell::RefCell;
use std::rc::Rc;

use gil_notation::{Link, Tab, View};
use yew::prelude::*;

use crate::dom::use_window_event;
use crate::link;
use crate::model::{Action, Model};
use crate::page::{Page, link_of};
use crate::playback::Play;
use crate::player::Player;

/// The view of a link that is being opened, until its run is in the player.
pub type Opening = Rc<RefCell<Option<View>>>;

/// New runs go to the player, and with them the view of the link that brought them.
#[hook]
pub fn use_run_in_player(model: &UseReducerHandle<Model>, player: &Player, opening: &Opening) {
    let (player, opening) = (player.clone(), opening.clone());
    use_effect_with((model.run.clone(), model.beside().cloned()), move |(run, beside)| {
        if player.run != *run {
            player.dispatch(Play::Run(run.clone()));
        }
        player.dispatch(Play::Beside(beside.clone()));
        if let Some(view) = opening.borrow_mut().take() {
            player.dispatch(Play::Show(view));
        }
    });
}

/// Keeps address and state the same: writes what changed, opens what the reader navigates to.
#[hook]
pub fn use_address(page: &Page, player: &Player, opening: &Opening) {
    let link = link_of(page, player);
    let last_edit = use_mut_ref(|| 0.0f64);
    let written = use_mut_ref(|| None::<Link>);
    // The address that was broken stays, so that it can be mended.
    let broken = page.model.problem.is_some();
    // In a frame every entry of its history would be one of the page around it.
    let kept = broken || page.model.embed.is_some();
    {
        let (written, last_edit) = (written.clone(), last_edit.clone());
        use_effect_with((link, kept), move |(link, kept)| {
            if *kept {
                return;
            }
            let before = written.borrow_mut().replace(link.clone());
            let now = js_sys::Date::now();
            let place =
                |l: &Link| (l.scenario.clone(), l.other.clone(), l.view.tab, l.view.lesson.clone());
            let moved = before.as_ref().is_some_and(|before| place(before) != place(link));
            let pause = now - *last_edit.borrow() > EDIT_PAUSE_MS;
            if moved {
                *last_edit.borrow_mut() = now;
            }
            link::write(link, moved && pause);
        });
    }
    let (page, player, opening) = (page.clone(), player.clone(), opening.clone());
    use_window_event::<Event>("popstate", move |_| {
        let link = match link::read() {
            None => Model::preset(),
            Some(Ok(link)) => link,
            Some(Err(problem)) => return page.model.dispatch(Action::Broken(problem)),
        };
        *written.borrow_mut() = Some(link.clone());
        open_link(link, &page, &player, &opening);
    });
}

/// Edits closer together than this are one entry of the history.
const EDIT_PAUSE_MS: f64 = 1_500.0;

fn open_link(link: Link, page: &Page, player: &Player, opening: &Opening) {
    page.window.set(link.view.window);
    let opened = (&link.scenario, link.other.as_ref().filter(|_| link.view.tab == Tab::Compare));
    let beside = page.model.beside().map(|beside| beside.scenario());
    if opened == (page.model.run.scenario(), beside) {
        player.dispatch(Play::Show(link.view.clone()));
    } else {
        *opening.borrow_mut() = Some(link.view.clone());
    }
    page.model.dispatch(Action::Open(Box::new(link)));
}
