//! Why the answer is what it is, in sentences.

use crate::answer::{Answer, Entry};
use crate::cost::Cost;
use crate::rank::{self, Standing};
use crate::words::{names, short, time, what};

impl Answer {
    /// Why an entry stands where it does: the best against today and against the next, the others
    /// against what left them out.
    pub fn reason(&self, entry: &Entry) -> String {
        if self.best().is_some_and(|best| best.candidate == entry.candidate) {
            return self.why_best(entry);
        }
        let figure = |cost| short(entry, cost);
        match self.standing(entry) {
            Standing::Unfinished => "Its run can't be finished: there are no figures.".to_owned(),
            Standing::Stuck => "Its threads wait for each other forever.".to_owned(),
            Standing::FallsBehind => {
                format!("It does less than half of today's work: {}.", figure(Cost::TooSlow))
            }
            Standing::MissesBudget => {
                let wait = self.question.wait();
                format!("It misses the budget: {wait} {}.", figure(Cost::LatencySpikes))
            }
            Standing::TooLarge => {
                format!("It takes more than the limit: {}.", figure(Cost::MemoryGrowth))
            }
            Standing::Keeps => self.why_not(entry),
        }
    }

    fn why_best(&self, best: &Entry) -> String {
        let mut parts = vec![best.candidate.mechanism(&self.question)];
        parts.extend(self.gain_sentence());
        parts.extend(self.ranked.get(1).map(|next| {
            let title = next.candidate.title(&self.question);
            format!("Next best is \"{title}\": {}", lower(&self.reason(next)))
        }));
        parts.retain(|part| !part.is_empty());
        parts.join(" ")
    }

    /// `The p99 of a response: 7 s today, 50 ms after the change.`
    fn gain_sentence(&self) -> Option<String> {
        let (best, now, cost) = (self.best()?, self.before()?, self.gain()?);
        let what = what(&self.question, cost);
        let (now, then) = (short(now, cost), short(best, cost));
        Some(format!("The {what}: {now} today, {then} after the change."))
    }

    fn why_not(&self, entry: &Entry) -> String {
        let constraints = &self.question.constraints;
        match rank::left_out(&self.ranked, entry, self.throughput_now(), constraints) {
            Some((cost, best)) => {
                // The answer itself is the best to compare with, wherever it's better.
                let better = |answer: &&Entry| rank::value(answer, cost) < rank::value(entry, cost);
                let best = self.best().filter(better).unwrap_or(best);
                self.against(entry, best, cost) + &self.level_before(cost)
            }
            None => "Level with the best on every cost.".to_owned(),
        }
    }

    fn against(&self, entry: &Entry, best: &Entry, cost: Cost) -> String {
        let title = best.candidate.title(&self.question);
        let (mine, its) = (short(entry, cost), short(best, cost));
        match cost {
            Cost::LatencySpikes | Cost::TooSlow => {
                let what = what(&self.question, cost);
                format!("Its {what} is {mine}; with \"{title}\" it's {its}.")
            }
            Cost::MemoryGrowth => format!("It takes {mine}; \"{title}\" takes {its}."),
            Cost::BrokenCompatibility => {
                format!("More can break: {mine}, against {its} for \"{title}\".")
            }
            Cost::LargeChange => {
                format!("It's the larger change: {mine}, against {its} for \"{title}\".")
            }
            Cost::DeveloperConfusion => {
                format!("There's more to learn: {mine}, against {its} for \"{title}\".")
            }
        }
    }

    /// The costs that could not decide before this one.
    fn level_before(&self, cost: Cost) -> String {
        let kind = self.question.kind();
        let order = self.question.constraints.order().into_iter();
        let before: Vec<String> = order
            .take_while(|other| *other != cost)
            .map(|other| other.noun(kind).to_owned())
            .collect();
        match before.as_slice() {
            [] => String::new(),
            all => format!(" They're level on {}.", names(all)),
        }
    }

    /// The best in one sentence, and in a second one where it is not good enough.
    pub fn headline(&self) -> String {
        let Some(best) = self.best() else { return self.no_answer() };
        let title = best.candidate.title(&self.question);
        let wait = self.question.wait();
        let text = match (self.before(), self.gain()) {
            (Some(now), Some(cost)) => {
                let (now, then) = (short(now, cost), short(best, cost));
                let what = what(&self.question, cost);
                format!("{title}: {what} {now} today, {then} after the change.")
            }
            (None, _) if self.is_left_alone() => format!(
                "{title}: nothing feasible is clearly better. The {wait} is {}.",
                time(best.figures.wait)
            ),
            _ => format!("{title}: {wait} {}.", time(best.figures.wait)),
        };
        let but = match self.standing(best) {
            Standing::Keeps => "",
            Standing::MissesBudget => " Nothing feasible meets the latency budget.",
            Standing::FallsBehind => " Nothing feasible does half of today's work.",
            Standing::TooLarge => " Nothing feasible keeps within the memory limit.",
            Standing::Stuck => " Everything feasible ends in a deadlock.",
            Standing::Unfinished => " No run came to its end.",
        };
        text + but
    }

    fn is_left_alone(&self) -> bool {
        let best = self.best().map(|best| best.candidate);
        best == self.now().map(|now| now.candidate)
    }

    fn no_answer(&self) -> String {
        match self.unfinished.is_empty() {
            true => "Nothing has been simulated yet.".to_owned(),
            false => "There's no answer: no run could be finished. Shorten the scenario, or give \
                      it fewer threads."
                .to_owned(),
        }
    }
}

/// Without a capital at its beginning.
pub(crate) fn lower(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_lowercase().collect::<String>());
    first.unwrap_or_default() + chars.as_str()
}
