//! The decision record.

use gil_notation::print_scenario;
use gil_sim::Scenario;
use gil_words::number;

use super::{Facts, block, list};
use crate::answer::{Entry, sentence};
use crate::diagnosis::verdict;
use crate::snippet::Snippet;
use crate::words::workload;

/// Alternatives in the table.
const ALTERNATIVES: usize = 8;

pub fn text(facts: &Facts) -> String {
    let title = facts.title(facts.best);
    format!(
        "# How {} runs: {title}\n\n\
         - Status: proposed\n\
         - Date: YYYY-MM-DD\n\n\
         ## Context\n\n{}\n\
         ## Decision\n\n{}\n\
         ## Alternatives\n\n{}\n\
         ## Consequences\n\n{}\n\
         ## What would make us look again\n\n{}\n\
         ## How to check\n\n{}",
        facts.group(),
        context(facts),
        decision(facts),
        alternatives(facts),
        list(consequences(facts)),
        list(revisit(facts)),
        check(facts),
    )
}

fn context(facts: &Facts) -> String {
    let question = &facts.answer.question;
    let order: Vec<String> =
        question.constraints.order().iter().map(|cost| cost.title().to_lowercase()).collect();
    let mut text =
        format!("{} ({})\n\n{}", workload(question), facts.now_link(), verdict(facts.findings));
    if let Some(first) = facts.findings.first().filter(|first| !first.evidence.is_empty()) {
        text += &format!(" {}", first.evidence);
    }
    text += &format!("\n\nWhat failure costs most, in this order: {}.\n", order.join(", "));
    let constraints = &question.constraints;
    let mut known: Vec<String> =
        constraints.facts.iter().map(|fact| format!("{}.", fact.title())).collect();
    known.extend(
        constraints
            .memory_limit
            .map(|limit| format!("The workers may take {} of memory.", crate::words::bytes(limit))),
    );
    known.extend(
        constraints.latency_budget.map(|budget| format!("A pass may take {budget} at p99.")),
    );
    let pythons: Vec<String> = question.pythons().iter().map(|python| python.to_string()).collect();
    known.insert(
        0,
        format!("Pythons in reach: {} (in use: {}).", pythons.join(", "), question.now()),
    );
    text + "\n" + &list(known)
}

fn decision(facts: &Facts) -> String {
    let Snippet { text, diff, .. } = Snippet::of(&facts.answer.question, &facts.best.candidate);
    let code = if diff.is_empty() { String::new() } else { format!("\n{}", block("diff", &diff)) };
    format!("{}: {}\n\n{text}\n{code}", facts.link(facts.best), facts.answer.reason(facts.best))
}

fn alternatives(facts: &Facts) -> String {
    let entries: Vec<&Entry> = facts.answer.ranked.iter().take(ALTERNATIVES).collect();
    let mut text = facts.table(&entries) + "\n";
    let rest = facts.answer.ranked.len().saturating_sub(ALTERNATIVES);
    if rest > 0 {
        text += &format!("{rest} more were simulated and rank lower.\n\n");
    }
    text += "Latencies, rates and start-up are simulated. Memory is an estimate from measurements \
             of bare workers on Linux. The last two columns are points by rule.\n";
    if !facts.answer.refused.is_empty() {
        text += "\nNot feasible:\n\n";
        text += &list(refusals(facts));
    }
    text
}

/// The refusals, those for the same reason together.
fn refusals(facts: &Facts) -> Vec<String> {
    let groups = facts.answer.refusals();
    groups.into_iter().map(|(titles, reason)| format!("{}: {reason}.", titles.join("; "))).collect()
}

fn consequences(facts: &Facts) -> Vec<String> {
    let best = facts.best;
    let mut all: Vec<String> =
        best.compatibility.reasons.iter().map(|why| format!("May break: {why}.")).collect();
    all.extend(best.complexity.reasons.iter().map(|what| format!("Has to be known: {what}.")));
    if let Some(now) = facts.answer.now().filter(|now| now.candidate != best.candidate) {
        for cost in facts.answer.question.constraints.order().into_iter().take(3) {
            all.push(format!("{}, after {}.", sentence(&best.figure(cost)), now.figure(cost)));
        }
    }
    if all.is_empty() {
        all.push("None: it runs like this already.".to_owned());
    }
    all
}

fn revisit(facts: &Facts) -> Vec<String> {
    let answer = facts.answer;
    let turns = answer.turns.iter().map(|turn| turn.text.clone());
    turns.chain(crate::turn::rules(answer)).collect()
}

/// Claims that the simulation can check anew, a tenth of room to each figure.
fn check(facts: &Facts) -> String {
    let question = &facts.answer.question;
    let mut text = String::new();
    if let Some(first) = facts.findings.first() {
        text += &format!(
            "On the real program: `{}`. It is so if {}. It is not if {}.\n\n",
            first.check.command, first.check.confirms, first.check.refutes
        );
    }
    if let Ok(scenario) = facts.best.candidate.scenario(question) {
        text += "In the simulation, as claims with a tenth of room:\n\n";
        text += &block("toml", &claims(facts, &scenario));
    }
    text
}

fn claims(facts: &Facts, scenario: &Scenario) -> String {
    let (group, figures) = (facts.group(), &facts.best.figures);
    let mut text = format!("[scenarios]\ndecision = \"{}\"\n", print_scenario(scenario));
    let mut claim = |name: &str, holds: String, reason: &str| {
        text += &format!(
            "\n[[claims]]\nname = \"{name}\"\nscenario = \"decision\"\nholds = \"{holds}\"\n\
             reason = \"{reason}\"\n"
        );
    };
    let rate = number(figures.throughput * 0.9).replace(',', "");
    claim("rate", format!("throughput({group}) > {rate} /s"), "what the decision promises");
    let most = (figures.memory as f64 * 1.1 / f64::from(1 << 20)).ceil();
    claim("memory", format!("memory() < {most} mib"), "no more workers than decided");
    if facts.answer.question.group().repeat.has_queue() && figures.latency.count > 0 {
        let most = number(figures.latency.p99.as_millis_f64() * 1.1).replace(',', "");
        claim("tail", format!("response_p99({group}) < {most} ms"), "no latency spikes");
    }
    text
}
