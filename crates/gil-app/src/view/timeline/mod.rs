//! The timeline on its canvases, in step with playback.
//!
//! [`LanesView`] shows the lanes of any [`Lanes`], simulated or recorded, and lets a reader look
//! closer; [`TimelineView`] is that for the run that is played.

mod gesture;
mod lanes;
mod selection;
mod tip;
mod view;

use gil_sim::Nanos;
use gil_view::axis::TimeScale;
use yew::prelude::*;

use crate::page::{use_page, use_player};
use crate::playback::Play;

pub use lanes::{Lanes, Traced};
pub use view::{LanesView, Pointed, Seek, Window};

/// How the timeline is shown.
#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    /// Whether its key leaves out what does not occur: a figure has little room.
    #[prop_or_default]
    pub brief: bool,
    /// Whether the lanes of the cores are there to begin with.
    #[prop_or(true)]
    pub cores: bool,
}

/// Lanes over time, to look closer and to move the playhead.
#[component]
pub fn TimelineView(props: &TimelineProps) -> Html {
    let page = use_page();
    let player = use_player();
    let window = Window(page.window.clone());
    use_following(&window, player.end(), player.playing, player.at);
    let onseek = {
        let player = player.clone();
        Callback::from(move |Seek { at, event }: Seek| {
            player.dispatch(Play::Pause);
            match event {
                Some(event) => player.dispatch(Play::To(event)),
                None => player.dispatch(Play::Seek(at)),
            }
        })
    };
    html! {
        <LanesView lanes={Lanes::of(&player.run)} end={player.end()} {window} playhead={player.at}
            event={player.event.filter(|_| !player.playing)} {onseek}
            brief={props.brief} cores={props.cores} />
    }
}

/// While a run is played, the window goes with the playhead.
#[hook]
fn use_following(window: &Window, end: Nanos, playing: bool, at: Nanos) {
    let follows = playing && window.0.is_some();
    let (window, scale) = (window.clone(), window.on(TimeScale::new(end)));
    use_effect_with((follows, at), move |(follows, at)| {
        let revealed = scale.reveal(*at);
        if *follows && revealed != scale {
            window.show(revealed);
        }
    });
}
