//! Playback as the parts of the page know it: where it stands, and how to tell it something.

use std::ops::Deref;
use std::rc::Rc;

use yew::{Callback, UseReducerHandle};

use crate::playback::{Play, Playback};

/// Playback, apart from [`Page`](crate::page::Page) because it changes with every frame.
#[derive(Clone)]
pub struct Player {
    playback: Rc<Playback>,
    tell: Callback<Play>,
}

impl Player {
    /// Tells playback something.
    pub fn dispatch(&self, play: Play) {
        self.tell.emit(play);
    }

    /// The same for the run that is played beside, where there is one: what it is told goes to the
    /// one playback that both have.
    pub fn beside(&self) -> Option<Player> {
        let tell = self.tell.clone();
        let tell = Callback::from(move |play| {
            tell.emit(match play {
                Play::To(event) => Play::ToBeside(event),
                play => play,
            });
        });
        Some(Player { playback: Rc::new(self.playback.mirrored()?), tell })
    }
}

impl From<&UseReducerHandle<Playback>> for Player {
    fn from(handle: &UseReducerHandle<Playback>) -> Player {
        let dispatcher = handle.dispatcher();
        Player {
            playback: Rc::new((**handle).clone()),
            tell: Callback::from(move |play| dispatcher.dispatch(play)),
        }
    }
}

impl Deref for Player {
    type Target = Playback;

    fn deref(&self) -> &Playback {
        &self.playback
    }
}

impl PartialEq for Player {
    /// Where it stands: the way to tell it something never changes.
    fn eq(&self, other: &Player) -> bool {
        self.playback == other.playback
    }
}
