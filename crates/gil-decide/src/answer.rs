//! The answer: every candidate with its figures, ranked, and those that are not feasible.

use serde::{Deserialize, Serialize};

use crate::candidate::{Candidate, Change};
use crate::measure::Figures;
use crate::question::{Cost, Question};
use crate::rank::{self, Standing};
use crate::rules::Points;
use crate::search::Found;
use crate::turn::Turn;
use crate::words::{bytes, figure};

/// A candidate that was run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Which.
    pub candidate: Candidate,
    /// Its figures.
    pub figures: Figures,
    /// What may break.
    pub compatibility: Points,
    /// What has to be known.
    pub complexity: Points,
}

impl Entry {
    /// A figure of a cost in words.
    pub fn figure(&self, cost: Cost) -> String {
        figure(cost, &self.figures, self.compatibility.sum, self.complexity.sum)
    }
}

/// A candidate that is not feasible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Which.
    pub candidate: Candidate,
    /// Why, a sentence without its full stop.
    pub reason: String,
}

/// Everything that is known of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What was asked.
    pub question: Question,
    /// What was run, the best first.
    pub ranked: Vec<Entry>,
    /// What cannot be done.
    pub refused: Vec<Refusal>,
    /// What would change the answer.
    pub turns: Vec<Turn>,
}

impl Answer {
    /// What some steps of a [`Search`](crate::Search) say. Fewer than all of them give an answer
    /// that may change.
    pub fn new(question: &Question, found: impl IntoIterator<Item = Found>) -> Answer {
        let (mut entries, mut refused, mut turns) = (Vec::new(), Vec::new(), Vec::new());
        for found in found {
            match found {
                Found::Entry(entry) => entries.push(*entry),
                Found::Refusal(refusal) => refused.push(refusal),
                Found::Turn(_, turn) => turns.extend(turn),
            }
        }
        let now = throughput_now(question, &entries);
        let ranked = rank::rank(&entries, now, &question.constraints);
        Answer { question: question.clone(), ranked, refused, turns }
    }

    /// The best, once something was run.
    pub fn best(&self) -> Option<&Entry> {
        self.ranked.first()
    }

    /// How it runs now.
    pub fn now(&self) -> Option<&Entry> {
        let now = Candidate::now(&self.question);
        self.ranked.iter().find(|entry| entry.candidate == now)
    }

    /// What the best is held against: the first after it that is another change, not the same one
    /// on another Python.
    pub fn rival(&self) -> Option<&Entry> {
        rival(&self.ranked)
    }

    /// Where an entry stands before costs are looked at.
    pub fn standing(&self, entry: &Entry) -> Standing {
        let now = throughput_now(&self.question, &self.ranked);
        rank::standing(entry, now, &self.question.constraints)
    }

    /// Why an entry stands where it does: beside the best, or the best beside its rival.
    pub fn reason(&self, entry: &Entry) -> String {
        let (Some(best), Some(rival)) = (self.best(), self.rival()) else {
            return self.alone(entry);
        };
        match self.standing(entry) {
            Standing::Stuck => return "Its threads wait for each other for ever.".to_owned(),
            Standing::FallsBehind => {
                let rate = entry.figure(Cost::TooSlow);
                return format!("It does less than half of today's work: {rate}.");
            }
            Standing::MissesBudget => {
                let latency = entry.figure(Cost::LatencySpikes);
                return format!("It misses the latency budget: {latency}.");
            }
            Standing::Keeps => {}
        }
        let (first, second) =
            if entry.candidate == best.candidate { (best, rival) } else { (best, entry) };
        self.beside(first, second, entry)
    }

    fn alone(&self, entry: &Entry) -> String {
        let cost = self.question.constraints.order()[0];
        format!("Nothing else is feasible: {}.", entry.figure(cost))
    }

    /// The difference that decided between two.
    fn beside(&self, first: &Entry, second: &Entry, about: &Entry) -> String {
        let is_best = about.candidate == first.candidate;
        let other = if is_best { second } else { first };
        let name = other.candidate.title(&self.question);
        let better = self.standing(second) != Standing::Keeps;
        match rank::decided_by(first, second, &self.question.constraints) {
            _ if is_best && better => {
                let order = self.question.constraints.order();
                format!(
                    "{}; the next one, {name}, does not keep up.",
                    sentence(&first.figure(order[0]))
                )
            }
            Some(cost) => format!(
                "{}, against {} with \"{name}\".{}",
                sentence(&about.figure(cost)),
                other.figure(cost),
                self.level(first, second, cost)
            ),
            None => format!(
                "On every cost level with \"{name}\"; it comes first where it changes less."
            ),
        }
    }

    /// The costs that could not decide before this one.
    fn level(&self, first: &Entry, second: &Entry, cost: Cost) -> String {
        let order = self.question.constraints.order();
        let before: Vec<String> = order
            .iter()
            .take_while(|other| **other != cost)
            .map(|other| {
                format!(
                    "{} ({} and {})",
                    other.title().to_lowercase(),
                    short(first, *other),
                    short(second, *other)
                )
            })
            .collect();
        match before.as_slice() {
            [] => String::new(),
            all => format!(" Level on {}.", crate::candidate::names(all)),
        }
    }

    /// What cannot be done, by reason: the candidates' names and why.
    pub fn refusals(&self) -> Vec<(Vec<String>, &str)> {
        let mut all: Vec<(Vec<String>, &str)> = Vec::new();
        for refusal in &self.refused {
            let title = refusal.candidate.title(&self.question);
            match all.iter_mut().find(|(_, reason)| *reason == refusal.reason) {
                Some((titles, _)) => titles.push(title),
                None => all.push((vec![title], &refusal.reason)),
            }
        }
        all
    }

    /// The best in one sentence.
    pub fn headline(&self) -> String {
        let Some(best) = self.best() else { return "Nothing has been simulated yet.".to_owned() };
        let title = best.candidate.title(&self.question);
        let cost = self.question.constraints.order()[0];
        let now = self.now().filter(|now| now.candidate != best.candidate);
        match now {
            None if best.candidate == Candidate::now(&self.question) => {
                format!("{title}: {}, and nothing that is feasible is better.", best.figure(cost))
            }
            None => format!("{title}: {}.", best.figure(cost)),
            Some(now) => {
                format!("{title}: {}, {} now.", best.figure(cost), short(now, cost))
            }
        }
    }
}

/// A figure without its name.
fn short(entry: &Entry, cost: Cost) -> String {
    match cost {
        Cost::LatencySpikes => crate::words::p99(&entry.figures.latency),
        Cost::TooSlow => crate::words::rate(entry.figures.throughput),
        Cost::MemoryGrowth => bytes(entry.figures.memory),
        Cost::BrokenCompatibility => entry.compatibility.sum.to_string(),
        Cost::DeveloperConfusion => entry.complexity.sum.to_string(),
    }
}

/// With a capital at its beginning.
pub(crate) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().collect::<String>());
    first.unwrap_or_default() + chars.as_str()
}

pub(crate) fn throughput_now(question: &Question, entries: &[Entry]) -> f64 {
    let now = Candidate::now(question);
    let entry = entries.iter().find(|entry| entry.candidate == now);
    entry.map_or(0.0, |entry| entry.figures.throughput)
}

pub(crate) fn rival(ranked: &[Entry]) -> Option<&Entry> {
    let best = ranked.first()?.candidate;
    let same = |change: Change| match (best.change, change) {
        // Another way to start processes, another interval.
        (Change::Strategy(a), Change::Strategy(b)) | (Change::Apart(a), Change::Apart(b)) => {
            std::mem::discriminant(&a) == std::mem::discriminant(&b)
        }
        (a, b) => std::mem::discriminant(&a) == std::mem::discriminant(&b),
    };
    let other = |entry: &&Entry| {
        !same(entry.candidate.change)
            || best.python.is_free_threaded() != entry.candidate.python.is_free_threaded()
    };
    ranked[1..].iter().find(other).or_else(|| ranked.get(1))
}
