//! What an occupant of a lane looks like: fill and height, and its order where several share a
//! column of pixels.

use gil_sim::{State, ThreadId};

use super::rows::Lane;
use super::track::{Key, NOBODY};
use crate::display::{Fill, Ink};

/// What occupies a stretch of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occupant {
    /// A thread in a state.
    State(State),
    /// A thread on a core or with the GIL.
    Thread(ThreadId),
    /// An idle core, or a GIL that nobody holds.
    Nobody,
}

/// How an occupant is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    pub fill: Fill,
    /// Height in pixels above the base line when it has all of the time.
    pub height: f32,
    /// A dashed line instead of a bar where there is room for dashes.
    pub dashed: bool,
}

/// The order in which threads get their inks: those that resemble a state or a warning come last.
const THREAD_SERIES: [u8; crate::theme::SERIES] = [3, 6, 4, 5, 7, 2, 1, 0];

/// How much of a thread's ink is in its bars, in percent. Pale, so that who it is does not look
/// like a state, and a name can be read on it.
pub(super) const THREAD_TINT: u8 = 40;

/// The ink of a thread in lanes that show threads.
pub(super) fn thread_ink(thread: ThreadId) -> Ink {
    Ink::Series(THREAD_SERIES[thread.index() % THREAD_SERIES.len()])
}

pub(super) fn state_key(state: State) -> Key {
    state as Key
}

pub(super) fn occupant(lane: Lane, key: Key) -> Occupant {
    match lane {
        _ if key == NOBODY => Occupant::Nobody,
        Lane::Thread(_) => Occupant::State(State::ALL[usize::from(key)]),
        Lane::Gil(_) | Lane::Core(_) => Occupant::Thread(ThreadId(key)),
    }
}

/// `None` for what leaves the lane empty. `bar` is the full height in pixels.
pub(super) fn look(occupant: Occupant, bar: f32) -> Option<Look> {
    match occupant {
        Occupant::State(state) => state_look(state, bar),
        Occupant::Thread(thread) => {
            let fill = Fill::Tint(thread_ink(thread), THREAD_TINT);
            Some(Look { fill, height: bar, dashed: false })
        }
        Occupant::Nobody => None,
    }
}

fn state_look(state: State, bar: f32) -> Option<Look> {
    let ink = Ink::State(state);
    let of = |fill, height| Some(Look { fill, height, dashed: false });
    match state {
        State::HasGil => of(Fill::Solid(ink), bar),
        State::Native => of(Fill::Dotted(ink), bar),
        State::WaitingGil => of(Fill::Hatched(ink), bar * 0.5),
        State::Ready => of(Fill::Dotted(ink), bar * 0.5),
        State::ForcedSwitch => of(Fill::Hatched(ink), bar / 3.0),
        State::WaitingLock => of(Fill::Hatched(ink), bar * 0.2),
        State::BlockedIo => of(Fill::Solid(ink), 2.0),
        State::Asleep => Some(Look { fill: Fill::Solid(ink), height: 1.5, dashed: true }),
        State::Attached => of(Fill::Solid(ink), bar),
        State::StartingUp => of(Fill::Dotted(ink), bar * 0.7),
        State::WaitingObject => of(Fill::Hatched(ink), bar * 0.4),
        State::WorldStopped => of(Fill::Hatched(ink), bar * 0.7),
        State::WaitingResult => of(Fill::Solid(ink), 4.0),
        State::Idle => Some(Look { fill: Fill::Solid(ink), height: 3.5, dashed: true }),
        State::OffCpu => of(Fill::Solid(ink), 2.5),
        State::HoldsOffCpu => of(Fill::Hatched(ink), bar),
        State::Unseen => Some(Look { fill: Fill::Solid(ink), height: 1.0, dashed: true }),
        State::NotStarted | State::Finished => None,
    }
}

/// How a state is drawn, in words.
pub(super) fn state_words(state: State) -> &'static str {
    // Of a bar of 100, so that heights are shares.
    match state_look(state, 100.0) {
        Some(Look { dashed: true, .. }) => "a dashed line",
        Some(Look { fill: Fill::Solid(_), height, .. }) if height < 10.0 => "a thin line",
        Some(Look { fill: Fill::Solid(_), .. }) => "solid, full height",
        Some(Look { fill: Fill::Dotted(_), height, .. }) if height > 99.0 => "dotted, full height",
        Some(Look { fill: Fill::Dotted(_), .. }) => "dotted, lower",
        Some(Look { fill: Fill::Hatched(_), height, .. }) if height > 99.0 => {
            "hatched, full height"
        }
        Some(Look { fill: Fill::Hatched(_), .. }) => "hatched, lower",
        Some(Look { .. }) => "a bar",
        None => "nothing",
    }
}

/// Order in a column, from the base line up: what works stands at the bottom, so that its outline
/// reads like a graph of activity.
pub(super) fn rank(occupant: Occupant) -> u16 {
    match occupant {
        Occupant::Thread(thread) => thread.0,
        Occupant::Nobody => Key::MAX,
        Occupant::State(state) => match state {
            State::HasGil => 0,
            State::HoldsOffCpu => 1,
            State::Attached => 2,
            State::Native => 3,
            State::StartingUp => 4,
            State::Ready => 5,
            State::WorldStopped => 6,
            State::ForcedSwitch => 7,
            State::WaitingGil => 8,
            State::WaitingObject => 9,
            State::WaitingLock => 10,
            State::WaitingResult => 11,
            State::BlockedIo => 12,
            State::OffCpu => 13,
            State::Asleep => 14,
            State::Idle => 15,
            State::Unseen => 16,
            State::NotStarted | State::Finished => 17,
        },
    }
}
