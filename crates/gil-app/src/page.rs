//! The hall: what every part of the page may use, whichever tab it stands in.

use gil_notation::{Control, Embed, Link, Tab, View};
use gil_sim::Nanos;
use yew::prelude::*;

use crate::evidence::Evidence;
use crate::model::Model;
use crate::player::Player;
use crate::theme::ThemeHandle;

/// What every part of the page may use. Cheap to clone.
#[derive(Clone, PartialEq)]
pub struct Page {
    /// The shared and derived state.
    pub model: UseReducerHandle<Model>,
    /// The visible piece of simulated time; `None` is all of it.
    pub window: UseStateHandle<Option<(Nanos, Nanos)>>,
    /// What the reader has brought of a real program.
    pub evidence: UseStateHandle<Evidence>,
    /// The theme in force.
    pub theme: ThemeHandle,
    /// Whether motion is to be avoided.
    pub still: bool,
}

/// The page's state, for any component inside [`App`](crate::app::App).
#[hook]
pub fn use_page() -> Page {
    use_context::<Page>().expect("inside App")
}

/// Playback, for any component inside [`App`](crate::app::App): it is drawn anew with every frame.
#[hook]
pub fn use_player() -> Player {
    use_context::<Player>().expect("inside App")
}

/// The link to what the page shows now.
pub fn link_of(page: &Page, player: &Player) -> Link {
    let end = player.end();
    let view = View {
        tab: page.model.tab,
        lesson: page.model.lesson.clone().filter(|_| page.model.tab == Tab::Learn),
        debug: page.model.debug,
        at: (!player.playing && player.at > Nanos::ZERO).then_some(player.at),
        window: page.window.filter(|(from, to)| *from < end && from < to),
        slowdown: player.chosen_slowdown.map(|slowdown| slowdown as u32),
        looping: player.looping,
        embed: None,
    };
    let other = page.model.other.as_ref().map(|other| other.scenario().clone());
    Link { scenario: page.model.run.scenario().clone(), other, view }
}

/// Whether a figure has a control to play and pause it: without one it is still.
pub fn can_play(embed: &Embed) -> bool {
    embed.controls.contains(&Control::Play)
}

/// Whether a tab shows the run of the page.
pub fn shows_player(tab: Tab) -> bool {
    matches!(tab, Tab::Explore | Tab::Compare)
}
