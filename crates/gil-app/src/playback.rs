//! Playing a finished run: an index into its trace, never a state of the engine.

mod frame;
mod pace;
mod state;
mod steps;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use gil_notation::View;
use gil_sim::{EventId, Nanos};
use yew::Reducible;

use crate::breakpoints::{Stop, Stops};
use crate::model::Run;
pub use pace::SLOWDOWN;
pub use state::Playback;
pub use steps::Direction;

/// What playback is told.
pub enum Play {
    /// Plays or pauses; at the end it starts from the beginning.
    Toggle,
    /// Pauses.
    Pause,
    /// Moves the playhead.
    Seek(Nanos),
    /// Moves to an event and pauses.
    To(EventId),
    /// Moves to an event of the run beside and pauses.
    ToBeside(EventId),
    /// Moves by one event, forward or back, and pauses. With two runs, by one of either.
    Step(Direction),
    /// Moves to the next or last handoff and pauses.
    Handoff(Direction),
    /// Moves to the next or last event at which a breakpoint is hit, and pauses.
    RunTo(Direction),
    /// Sets the breakpoints.
    Stops(Vec<Stop>),
    /// The debugger was opened, or closed.
    Arm(bool),
    /// Changes the slowdown.
    Slowdown(f64),
    /// Loops or stops looping.
    Loop,
    /// Slows down at handoffs or does not.
    SlowHandoffs,
    /// This many real seconds went by.
    Frame(f64),
    /// Another run is played from now on.
    Run(Rc<Run>),
    /// This run is played beside from now on, or none.
    Beside(Option<Rc<Run>>),
    /// A link is shown.
    Show(View),
}

impl Reducible for Playback {
    type Action = Play;

    fn reduce(self: Rc<Self>, action: Play) -> Rc<Self> {
        let mut playback = (*self).clone();
        match action {
            Play::Toggle => {
                playback.playing = !playback.playing;
                let (start, end) = playback.borders();
                if playback.playing && playback.at >= end {
                    playback.seek(start);
                }
            }
            Play::Pause => playback.playing = false,
            Play::Seek(at) => playback.seek(at),
            Play::To(event) => playback.go_to(event),
            Play::ToBeside(event) => playback.mirror(|beside| beside.go_to(event)),
            Play::Step(direction) => playback.step(direction),
            Play::Handoff(direction) => playback.handoff(direction),
            Play::RunTo(direction) => playback.run_to(direction),
            Play::Stops(list) => {
                playback.points = Rc::new(Stops::of(list, &playback.run));
                playback.hit = None;
            }
            Play::Arm(armed) => playback.armed = armed,
            Play::Slowdown(slowdown) => {
                let slowdown = slowdown.clamp(*SLOWDOWN.start(), *SLOWDOWN.end());
                playback.chosen_slowdown = Some(slowdown);
            }
            Play::Loop => playback.looping = !playback.looping,
            Play::SlowHandoffs => playback.slow_handoffs = !playback.slow_handoffs,
            Play::Frame(seconds) => playback.frame(seconds),
            Play::Show(view) => playback.show(&view),
            Play::Run(run) => {
                playback.points = Rc::new(Stops::of(playback.points.list.clone(), &run));
                playback.run = run;
                playback.find_handoffs();
                let at = if playback.at < playback.end() { playback.at } else { Nanos::ZERO };
                playback.seek(at);
            }
            Play::Beside(run) => playback.set_beside(run),
        }
        Rc::new(playback)
    }
}
