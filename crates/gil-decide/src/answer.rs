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

    /// Why an entry stands where it does: the best beside how it runs now and beside its rival, the
    /// others beside who left them out.
    pub fn reason(&self, entry: &Entry) -> String {
        if self.best().is_some_and(|best| best.candidate == entry.candidate) {
            return self.why_best(entry);
        }
        match self.standing(entry) {
            Standing::Stuck => "Its threads wait for each other for ever.".to_owned(),
            Standing::FallsBehind => {
                let rate = entry.figure(Cost::TooSlow);
                format!("It does less than half of today's work: {rate}.")
            }
            Standing::MissesBudget => {
                format!("It misses the latency budget: {}.", entry.figure(Cost::LatencySpikes))
            }
            Standing::TooLarge => {
                format!("It does not keep within the limit: {}.", entry.figure(Cost::MemoryGrowth))
            }
            Standing::Keeps => self.why_not(entry),
        }
    }

    fn why_best(&self, best: &Entry) -> String {
        let order = self.question.constraints.order();
        let mut text = best.candidate.mechanism(&self.question);
        if let Some(now) = self.now().filter(|now| now.candidate != best.candidate) {
            let gain = order.iter().find(|cost| {
                let now = rank::value(now, **cost);
                now > rank::band(**cost, rank::value(best, **cost))
            });
            if let Some(cost) = gain {
                let (now, then) = (short(now, *cost), best.figure(*cost));
                text += &format!(" {}: {now} now, {then} then.", sentence(cost.noun()));
            }
        }
        if let Some(next) = self.rival() {
            let title = next.candidate.title(&self.question);
            text += &format!(" Next comes \"{title}\": {}", lower(&self.reason(next)));
        }
        text.trim().to_owned()
    }

    fn why_not(&self, entry: &Entry) -> String {
        let now = throughput_now(&self.question, &self.ranked);
        let constraints = &self.question.constraints;
        match rank::left_out(&self.ranked, entry, now, constraints) {
            Some((cost, best)) => format!(
                "{}, against {} with \"{}\".{}",
                sentence(&entry.figure(cost)),
                short(best, cost),
                best.candidate.title(&self.question),
                self.level(cost)
            ),
            None => "Level with the best on every cost, but a larger change.".to_owned(),
        }
    }

    /// The costs that could not decide before this one.
    fn level(&self, cost: Cost) -> String {
        let order = self.question.constraints.order().into_iter();
        let before: Vec<String> =
            order.take_while(|other| *other != cost).map(|other| other.noun().to_owned()).collect();
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

    /// The best in one sentence, and in a second one where it is not good enough.
    pub fn headline(&self) -> String {
        let Some(best) = self.best() else { return "Nothing has been simulated yet.".to_owned() };
        let title = best.candidate.title(&self.question);
        let cost = self.question.constraints.order()[0];
        let figure = best.figure(cost);
        let text = match self.now().filter(|now| now.candidate != best.candidate) {
            Some(now) => format!("{title}: {figure}, {} now.", short(now, cost)),
            None => format!("{title}: {figure}, and nothing that is feasible is better."),
        };
        let but = match self.standing(best) {
            Standing::Keeps => "",
            Standing::MissesBudget => " Nothing feasible meets the latency budget.",
            Standing::FallsBehind => " Nothing feasible does half of today's work.",
            Standing::TooLarge => " Nothing keeps within the memory limit.",
            Standing::Stuck => " Everything feasible ends in a deadlock.",
        };
        text + but
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

/// Without a capital at its beginning.
fn lower(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_lowercase().collect::<String>());
    first.unwrap_or_default() + chars.as_str()
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
