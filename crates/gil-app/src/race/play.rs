//! What a reader has done with a race: pure, tested natively.

use std::rc::Rc;

use gil_race::{Race, RaceKind, Replay};
use gil_sim::Python;
use yew::{Reducible, UseReducerDispatcher};

/// A race that is stepped through.
#[derive(Clone, Debug, PartialEq)]
pub struct Play {
    race: Rc<Race>,
    /// The threads that made a step, in order.
    done: Vec<usize>,
    /// The threads that make the next steps of the example that is shown.
    plan: Vec<usize>,
    /// The thread that was asked to make a step that it cannot make.
    refused: Option<usize>,
}

/// What a reader does.
#[derive(Clone, Debug, PartialEq)]
pub enum Move {
    /// Lets a thread make a step.
    Step(usize),
    /// Makes the next step of the example.
    Next,
    /// Takes the last step back.
    Back,
    /// Takes all steps back; an example stays.
    Restart,
    /// Shows this schedule, from its beginning.
    Show(Vec<usize>),
    /// Takes another Python.
    Python(Python),
}

impl Play {
    /// The beginning of a race.
    pub fn new(kind: RaceKind, python: Python) -> Play {
        let race = Rc::new(kind.race(python));
        Play { race, done: Vec::new(), plan: Vec::new(), refused: None }
    }

    /// The race.
    pub fn race(&self) -> &Rc<Race> {
        &self.race
    }

    /// Where it stands, and how it came there.
    pub fn replay(&self) -> Replay<'_> {
        // Only steps that can be made are kept; if one could not, the beginning is shown.
        self.race
            .replay(&self.done)
            .unwrap_or_else(|_| Replay { state: self.race.start(), log: Vec::new() })
    }

    /// The thread whose step an example has next.
    pub fn next(&self) -> Option<usize> {
        self.plan.get(self.done.len()).copied()
    }

    /// Whether an example is shown.
    pub fn has_plan(&self) -> bool {
        !self.plan.is_empty()
    }

    /// The thread that was asked for a step in vain.
    pub fn refused(&self) -> Option<usize> {
        self.refused
    }

    fn step(&mut self, thread: usize) {
        let mut replay = self.replay();
        if replay.state.step(thread).is_err() {
            self.refused = Some(thread);
            return;
        }
        if self.next() != Some(thread) {
            self.plan.clear();
        }
        self.done.push(thread);
    }
}

impl Reducible for Play {
    type Action = Move;

    fn reduce(self: Rc<Self>, action: Move) -> Rc<Self> {
        let mut play = Play { refused: None, ..(*self).clone() };
        match action {
            Move::Step(thread) => play.step(thread),
            Move::Next => {
                if let Some(thread) = play.next() {
                    play.step(thread);
                }
            }
            Move::Back => {
                play.done.pop();
            }
            Move::Restart => play.done.clear(),
            Move::Show(plan) => {
                play.done.clear();
                play.plan = plan;
            }
            Move::Python(python) => play = Play::new(play.race.kind, python),
        }
        Rc::new(play)
    }
}

/// What the parts of a race dispatch to.
pub type Dispatch = UseReducerDispatcher<Play>;

#[cfg(test)]
mod tests {
    use gil_race::{Exploration, Outcome};

    use super::*;

    fn after(play: &Play, moves: &[Move]) -> Play {
        let end =
            moves.iter().fold(Rc::new(play.clone()), |play, action| play.reduce(action.clone()));
        (*end).clone()
    }

    fn incref() -> Play {
        Play::new(RaceKind::IncrefWithoutLock, Python::default())
    }

    #[test]
    fn a_step_back_is_as_if_it_had_not_been_made() {
        let two = after(&incref(), &[Move::Step(0), Move::Step(1)]);
        assert_eq!(after(&two, &[Move::Step(1), Move::Back]), two);
        assert_eq!(after(&two, &[Move::Restart]), incref());
    }

    #[test]
    fn an_example_is_stepped_to_its_end_and_left_by_another_step() {
        let wrong = Exploration::of(incref().race()).wrong_example().unwrap().to_vec();
        let shown = after(&incref(), &[Move::Show(wrong.clone())]);
        let end = after(&shown, &vec![Move::Next; wrong.len() + 3]);
        assert_eq!(end.replay().state.outcome(), Outcome::LostUpdate);
        assert!(end.replay().state.is_over() && end.next().is_none());
        let other = 1 - shown.next().unwrap();
        assert!(!after(&shown, &[Move::Step(other)]).has_plan());
    }

    #[test]
    fn a_step_that_cannot_be_made_changes_nothing_and_is_said() {
        let with_gil = Play::new(RaceKind::RefcountsWithGil, Python::default());
        let refused = after(&with_gil, &[Move::Step(0), Move::Step(1)]);
        assert_eq!(refused.refused(), Some(1));
        assert_eq!(refused.replay(), after(&with_gil, &[Move::Step(0)]).replay());
        assert_eq!(after(&with_gil, &[Move::Step(7)]).refused(), Some(7));
    }
}
