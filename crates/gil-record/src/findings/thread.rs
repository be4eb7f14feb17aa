//! The figures of one thread.

use gil_sim::{Nanos, State, StateSpan};

use super::histogram::{Bucket, histogram};
use super::share;
use crate::place::Doing;
use crate::recording::Recorded;

/// What was found of a thread.
#[derive(Clone, Debug, PartialEq)]
pub struct ThreadFindings {
    by_state: [Nanos; State::ALL.len()],
    /// For how long it was there: from when it was first seen to when it was last.
    pub there: Nanos,
    /// Its waits for the GIL.
    pub waits: Waits,
    /// How often it was seen with the GIL: stretches of it.
    pub seen_turns: u64,
    /// How often it must have got the GIL: the above, and waits that ended although it wasn't seen
    /// with the GIL then, because it had it for less than the time between two samples.
    pub turns: u64,
    /// The median of the stretches in which it had the GIL, those that weren't seen left out.
    pub median_turn: Option<Nanos>,
    /// Time in which it collected garbage.
    pub collecting: Nanos,
}

/// The waits of a thread for the GIL.
#[derive(Clone, Debug, PartialEq)]
pub struct Waits {
    /// Each of them, in order of time.
    pub spans: Vec<(Nanos, Nanos)>,
    /// All of them together.
    pub total: Nanos,
    /// The median; `None` where it never waited.
    pub median: Option<Nanos>,
    /// The 90th percentile.
    pub p90: Option<Nanos>,
    /// The longest.
    pub longest: Option<Nanos>,
    /// How they're spread over lengths.
    pub histogram: Vec<Bucket>,
}

/// Whether a thread waited long or often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// It didn't wait.
    None,
    /// One wait is at least half of the time that it waited.
    OneLong,
    /// Several, none of which is most of it.
    Many,
}

impl Waits {
    fn of(spans: &[StateSpan]) -> Waits {
        let waiting = spans.iter().filter(|span| span.state == State::WaitingGil);
        let spans: Vec<(Nanos, Nanos)> = waiting.map(|span| (span.start, span.end)).collect();
        let mut lengths: Vec<Nanos> = spans.iter().map(|(start, end)| *end - *start).collect();
        lengths.sort_unstable();
        Waits {
            total: lengths.iter().copied().sum(),
            median: rank(&lengths, 500),
            p90: rank(&lengths, 900),
            longest: lengths.last().copied(),
            histogram: histogram(lengths.iter().copied()),
            spans,
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.spans.len()
    }

    /// One long wait, or many short ones.
    pub fn shape(&self) -> Shape {
        match self.longest {
            None => Shape::None,
            Some(longest) if longest * 2 >= self.total => Shape::OneLong,
            Some(_) => Shape::Many,
        }
    }
}

/// A percentile of sorted lengths, by nearest rank.
pub(crate) fn rank(sorted: &[Nanos], permille: usize) -> Option<Nanos> {
    let rank = (sorted.len() * permille).div_ceil(1_000).max(1);
    sorted.get(rank - 1).copied()
}

/// Whether the thread has the GIL in this state, as far as was seen.
pub(crate) fn has_gil(state: State) -> bool {
    matches!(state, State::HasGil | State::HoldsOffCpu)
}

impl ThreadFindings {
    pub(super) fn of(thread: &Recorded) -> ThreadFindings {
        let mut by_state = [Nanos::ZERO; State::ALL.len()];
        for span in &thread.spans {
            by_state[span.state as usize] += span.end - span.start;
        }
        let away = by_state[State::NotStarted as usize] + by_state[State::Finished as usize];
        let whole: Nanos = by_state.iter().copied().sum();
        let mut turns = turns(&thread.spans);
        let unseen = unseen_turns(&thread.spans);
        turns.sort_unstable();
        ThreadFindings {
            there: whole - away,
            waits: Waits::of(&thread.spans),
            seen_turns: turns.len() as u64,
            turns: turns.len() as u64 + unseen,
            median_turn: rank(&turns, 500),
            collecting: thread.collecting.iter().map(|(start, end)| *end - *start).sum(),
            by_state,
        }
    }

    /// Time in a state.
    pub fn time(&self, state: State) -> Nanos {
        self.by_state[state as usize]
    }

    /// Time in which it did something.
    pub fn doing(&self, doing: Doing) -> Nanos {
        match doing {
            Doing::Python => self.held() + self.time(State::Attached),
            Doing::Waiting => self.waits.total,
            Doing::Native => self.time(State::Native),
            Doing::OffCpu => self.time(State::OffCpu),
        }
    }

    /// Time with the GIL, on a CPU or not.
    pub fn held(&self) -> Nanos {
        self.time(State::HasGil) + self.time(State::HoldsOffCpu)
    }

    /// A time as a share of the time for which the thread was there, of 1.
    pub fn share(&self, time: Nanos) -> f64 {
        share(time, self.there)
    }

    /// The share of its time in which it waited for the GIL.
    pub fn waited_share(&self) -> f64 {
        self.share(self.waits.total)
    }

    /// The share of its time in which it had the GIL.
    pub fn held_share(&self) -> f64 {
        self.share(self.held())
    }

    /// Time in which it ran, or wanted to.
    pub fn active(&self) -> Nanos {
        self.held() + self.running() - self.time(State::HasGil) + self.waits.total
    }

    /// Time on a CPU, or ready for one.
    pub fn running(&self) -> Nanos {
        self.time(State::HasGil) + self.time(State::Native) + self.time(State::Attached)
    }

    /// Time off the CPU without wanting the GIL, whatever for.
    pub fn off_cpu(&self) -> Nanos {
        let off = [
            State::OffCpu,
            State::BlockedIo,
            State::Asleep,
            State::WaitingLock,
            State::WaitingResult,
            State::Idle,
        ];
        off.iter().map(|state| self.time(*state)).sum()
    }

    /// Whether it did next to nothing: it's there, and waits for something that isn't the GIL.
    pub fn is_idle(&self) -> bool {
        self.share(self.active()) < IDLE
    }
}

/// A thread that runs or wants to for less than this share of its time is idle.
const IDLE: f64 = 0.02;

/// Lengths of the stretches with the GIL.
fn turns(spans: &[StateSpan]) -> Vec<Nanos> {
    let mut turns = Vec::new();
    let mut before = None;
    for span in spans.iter().filter(|span| has_gil(span.state)) {
        let length = span.end - span.start;
        match turns.last_mut() {
            Some(last) if before == Some(span.start) => *last += length,
            _ => turns.push(length),
        }
        before = Some(span.end);
    }
    turns
}

/// Waits that ended with the GIL, without that being seen: the thread goes on with something else.
fn unseen_turns(spans: &[StateSpan]) -> u64 {
    let ended = |two: &&[StateSpan]| {
        two[0].state == State::WaitingGil
            && !has_gil(two[1].state)
            && !matches!(two[1].state, State::Finished | State::Unseen)
    };
    spans.windows(2).filter(ended).count() as u64
}
