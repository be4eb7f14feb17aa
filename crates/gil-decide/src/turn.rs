//! What would change the answer: the workload or machine is varied until the first two swap.

use serde::{Deserialize, Serialize};

use crate::answer::{self, Answer, Entry, sorts};
use crate::axis::Axis;
use crate::candidate::Candidate;
use crate::cost::Cost;
use crate::plan::Plan;
use crate::question::Question;
use crate::rank;
use crate::search::enter;
use crate::words::{short, what};

/// Where the answer changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// What was varied.
    pub axis: Axis,
    /// The nearest value tried at which the other one is better; `None` where the answer holds from
    /// end to end.
    pub at: Option<u64>,
    /// What is found, as a sentence.
    pub text: String,
    /// What has to stay true for the answer to hold, as a sentence that somebody can tick; nothing
    /// where it holds from end to end.
    pub condition: Option<String>,
}

/// Runs that a search between two values may take on the way.
const CUTS: usize = 4;

/// Seeds of each of them.
const SEEDS: u32 = 3;

/// Sorts of change that are tried at other values.
const CONTENDERS: usize = 6;

/// The best of each sort of change and how it runs today, at other values of an axis.
#[derive(Clone, Debug)]
pub(crate) struct Contest {
    question: Question,
    plan: Plan,
    first: Candidate,
    all: Vec<Candidate>,
}

impl Contest {
    /// Shorter runs are enough where they have the same winner. `None` where there's nothing to
    /// swap with, or fewer seeds don't find the same winner.
    pub fn new(question: &Question, ranked: &[Entry]) -> Option<Contest> {
        let first = ranked.first()?.candidate;
        let sorts = sorts(ranked).into_iter().take(CONTENDERS);
        let mut all: Vec<Candidate> = sorts.map(|entry| entry.candidate).collect();
        let now = Candidate::now(question);
        if !all.contains(&now) {
            all.push(now);
        }
        let with = |plan| Contest { question: question.clone(), plan, first, all: all.clone() };
        let plans = [Plan::of_turns, Plan::of].into_iter().map(|plan| with(plan(question)));
        plans.into_iter().find(|contest| contest.winner_of(question) == Some(first))
    }

    /// Varies one thing. `None` where the question has no such thing.
    pub fn turn(&self, axis: Axis) -> Option<Turn> {
        let now = axis.now(&self.question)?;
        // How many members there are is part of the answer already.
        if axis == Axis::Workers && self.first.members.is_some() {
            return None;
        }
        let mut held = Vec::new();
        for end in axis.ends().into_iter().filter(|end| *end != now) {
            match self.winner(axis, end) {
                Some(winner) if winner != self.first => {
                    return Some(self.near(axis, now, (end, winner)));
                }
                Some(_) => held.push(axis.words(&self.question, end)),
                None => {}
            }
        }
        let text = format!("It stays the answer with {}.", held.join(" and with "));
        (!held.is_empty()).then_some(Turn { axis, at: None, text, condition: None })
    }

    /// Who is best at a value; `None` where the answer is not feasible or can't be finished there.
    fn winner(&self, axis: Axis, at: u64) -> Option<Candidate> {
        self.winner_of(&axis.apply(&self.question, at)?)
    }

    /// Equal ones stay in their order, so that only a difference changes the answer.
    fn winner_of(&self, question: &Question) -> Option<Candidate> {
        let entries: Vec<Entry> = self
            .all
            .iter()
            .filter_map(|candidate| enter(question, self.plan, *candidate, SEEDS).ok())
            .collect();
        let first = entries.iter().find(|entry| entry.candidate == self.first)?;
        if first.figures.unfinished {
            return None;
        }
        let now = answer::throughput_now(question, &entries);
        let ranked = rank::rank(&entries, now, &question.constraints);
        ranked.first().map(|entry| entry.candidate)
    }

    /// Halves the way from where it stands to a value with another winner.
    fn near(&self, axis: Axis, now: u64, (end, winner): (u64, Candidate)) -> Turn {
        let (mut same, mut other, mut then) = (now, end, winner);
        for _ in 0..CUTS {
            let middle = geometric(same, other);
            if middle == same || middle == other {
                break;
            }
            match self.winner(axis, middle) {
                Some(winner) if winner == self.first => same = middle,
                Some(winner) => (other, then) = (middle, winner),
                None => break,
            }
        }
        let question = &self.question;
        let (there, here) = (axis.words(question, other), axis.short(question, same));
        let stays = axis.within(question, other, other > now);
        let (text, otherwise) = if then == Candidate::now(question) {
            (
                format!("With {there} the change no longer helps; with {here} it still does."),
                "the change doesn't help".to_owned(),
            )
        } else {
            let title = then.title(question);
            (
                format!(
                    "With {there}, \"{title}\" is the better answer; with {here} it isn't yet."
                ),
                format!("\"{title}\" is the better answer"),
            )
        };
        let condition = format!("{stays}. Otherwise {otherwise}.");
        Turn { axis, at: Some(other), text, condition: Some(condition) }
    }
}

/// Between two values, on a scale of ratios.
fn geometric(a: u64, b: u64) -> u64 {
    ((a.max(1) as f64 * b.max(1) as f64).sqrt().round()) as u64
}

/// What would change the answer by rule, where a run cannot say it.
pub fn rules(answer: &Answer) -> Vec<String> {
    let mut all = other_orders(answer);
    let Some(best) = answer.best().map(|best| best.candidate) else { return all };
    if best.python.is_free_threaded() {
        all.push(
            "A C extension that doesn't say that it's safe without a GIL switches the GIL back on. \
             Then these figures no longer hold."
                .to_owned(),
        );
    }
    if best.moves_to().is_some_and(|to| to.is_apart()) {
        all.push("An argument or result that can't be pickled rules it out.".to_owned());
    }
    all
}

/// What would be best if another failure cost most, the failures with the same best together.
fn other_orders(answer: &Answer) -> Vec<String> {
    let question = &answer.question;
    let order = question.constraints.order();
    let Some(best) = answer.best() else { return Vec::new() };
    let mut found: Vec<(&Entry, Vec<Cost>)> = Vec::new();
    let mut ranked_by = Vec::new();
    for cost in order.iter().skip(1) {
        let mut constraints = question.constraints.clone();
        constraints.costs = std::iter::once(*cost).chain(order.iter().copied()).collect();
        let ranked = rank::rank(&answer.ranked, answer.throughput_now(), &constraints);
        ranked_by.extend(ranked.into_iter().next().map(|first| (*cost, first)));
    }
    for (cost, then) in &ranked_by {
        match found.iter_mut().find(|(other, _)| other.candidate == then.candidate) {
            Some((_, costs)) => costs.push(*cost),
            None if then.candidate != best.candidate => found.push((then, vec![*cost])),
            None => {}
        }
    }
    let sentence = |(then, costs): &(&Entry, Vec<Cost>)| other_order(question, best, then, costs);
    found.iter().map(sentence).collect()
}

fn other_order(question: &Question, best: &Entry, then: &Entry, costs: &[Cost]) -> String {
    let nouns: Vec<String> =
        costs.iter().map(|cost| cost.noun(question.kind()).to_owned()).collect();
    let wait = Cost::LatencySpikes;
    format!(
        "If {} mattered most: \"{}\", with a {} of {} instead of {}.",
        either(&nouns),
        then.candidate.title(question),
        what(question, wait),
        short(then, wait),
        short(best, wait)
    )
}

/// `a`, `a or b`, `a, b or c`.
fn either(all: &[String]) -> String {
    match all {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => all.concat(),
    }
}
