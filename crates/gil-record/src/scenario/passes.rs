//! Passes of a thread, read off its states: with the GIL for so long, then without it for so long.

use gil_sim::{Nanos, State, StateSpan};

use crate::findings::{has_gil, share};

/// What the passes of some threads were like.
#[derive(Debug, Default)]
pub(super) struct Passes {
    /// All time with the GIL, passes that aren't over included.
    held: Nanos,
    /// Time with the GIL, one entry a pass.
    pub work: Vec<Nanos>,
    /// Time on a CPU without the GIL, one entry a pass.
    pub native: Vec<Nanos>,
    /// Time off the CPU without wanting the GIL, one entry a pass.
    pub off: Vec<Nanos>,
}

/// A turn of this length ended because another thread asked: shorter than the switch interval by
/// what two samples can miss.
const ASKED: Nanos = Nanos::from_micros(4_500);
/// So many sampling periods between two turns can be what the profiler sees of a change of hands.
const NOISE: u64 = 5;

/// Below this share of the time with it, time without the GIL is no step. Threads that only compute
/// seem to be on the CPU without the GIL for up to a tenth of the time, where they're on their way
/// into a wait and all cores are taken (count.gecko.json in the tests).
const MATTERS: f64 = 0.15;
/// Of the time without the GIL, less than this share is no step of its own.
const PART: f64 = 0.25;

/// A pass that goes on.
#[derive(Default)]
struct Going {
    work: Nanos,
    native: Nanos,
    off: Nanos,
    /// The length of the last turn, and zero once it's known to be over.
    turn: Nanos,
    /// Whether it waited since the last turn.
    waited: bool,
    /// Whether it ran at all since the last pass was over: a thread that is first seen off the CPU
    /// isn't at the beginning of one.
    begun: bool,
}

impl Passes {
    /// Whether the threads let go of the GIL of their own accord, and for long enough to matter.
    pub fn releases(&self) -> bool {
        let sum = |times: &[Nanos]| times.iter().copied().sum::<Nanos>();
        let away = sum(&self.native) + sum(&self.off);
        !self.work.is_empty() && share(away, away + self.held) >= MATTERS
    }

    /// What they do without the GIL: on a CPU and off it, one entry a pass each. What is only a
    /// small part of it counts as the other.
    pub fn away(&self) -> (Vec<Nanos>, Vec<Nanos>) {
        let sum = |times: &[Nanos]| times.iter().copied().sum::<Nanos>();
        let both = || self.native.iter().zip(&self.off).map(|(a, b)| *a + *b).collect();
        let native = share(sum(&self.native), sum(&self.native) + sum(&self.off));
        match native {
            native if native < PART => (Vec::new(), both()),
            native if native > 1.0 - PART => (both(), Vec::new()),
            _ => (self.native.clone(), self.off.clone()),
        }
    }

    /// Adds those of a thread. `unseen` is how long it has the GIL for in a turn that isn't seen.
    pub fn add(&mut self, spans: &[StateSpan], period: Nanos, unseen: Nanos) {
        let (mut going, known) = (Going::default(), self.work.len());
        for (at, span) in spans.iter().enumerate() {
            let length = span.end - span.start;
            match span.state {
                state if has_gil(state) => {
                    self.turn_begins(&mut going, period);
                    self.held += length;
                    going.work += length;
                    going.turn += length;
                    going.begun = true;
                }
                State::WaitingGil => {
                    self.wants_gil(&mut going, period, true);
                    going.waited = true;
                    let next = spans.get(at + 1).map(|next| next.state);
                    let is_unseen =
                        next.is_some_and(|next| matches!(next, State::OffCpu | State::Native));
                    if is_unseen {
                        going.work += unseen;
                        (going.turn, going.waited, going.begun) = (unseen, false, true);
                    }
                }
                State::Native => going.native += length,
                State::OffCpu => going.off += length,
                _ => {}
            }
        }
        // The last pass may not be over, so it says nothing of how long one is, unless there is no
        // other: a thread that started up and then waits doesn't compute for all of its time.
        let away = going.native + going.off;
        if self.work.len() == known && going.begun && !away.is_zero() {
            self.work.push(going.work);
            self.native.push(going.native);
            self.off.push(going.off);
        }
    }

    /// A turn begins: what lies behind is over, if it was more than a change of hands.
    fn turn_begins(&mut self, going: &mut Going, period: Nanos) {
        self.wants_gil(going, period, false);
        if going.waited {
            going.turn = Nanos::ZERO;
        }
        going.waited = false;
    }

    /// It wants the GIL again: a pass is over if it had let go of its own accord.
    fn wants_gil(&mut self, going: &mut Going, period: Nanos, waits: bool) {
        let away = going.native + going.off;
        if away.is_zero() {
            return;
        }
        let is_short = away <= period * NOISE;
        let was_asked = is_short && going.turn >= ASKED;
        // What lies for a moment between a turn that was seen and a wait is the way into it, and
        // what is on the CPU for a moment behind a wait is the way out of it.
        let into = is_short && waits && going.turn > period;
        let out = is_short && going.waited && going.off.is_zero();
        if !was_asked && !into && !out && going.begun {
            self.work.push(going.work);
            self.native.push(going.native);
            self.off.push(going.off);
            (going.work, going.begun) = (Nanos::ZERO, false);
        }
        (going.native, going.off, going.turn) = (Nanos::ZERO, Nanos::ZERO, Nanos::ZERO);
    }
}
