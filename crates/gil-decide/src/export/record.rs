//! The decision record.

use gil_sim::Python;

use super::{Facts, assumptions, block, claims, list};
use crate::answer::Entry;
use crate::cost::Cost;
use crate::diagnosis::verdict;
use crate::rank;
use crate::snippet::Snippet;
use crate::words::{bytes, kind, short, what, workload};

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
         ## Assumptions\n\n{}\n\
         ## What would change the answer\n\n{}\n\
         ## How to check\n\n{}",
        facts.group(),
        context(facts),
        decision(facts),
        alternatives(facts),
        list(consequences(facts)),
        list(assumptions::all(facts)),
        list(changes(facts)),
        check(facts),
    )
}

fn context(facts: &Facts) -> String {
    let question = &facts.answer.question;
    let order: Vec<String> = question
        .constraints
        .order()
        .iter()
        .map(|cost| cost.title(question.kind()).to_lowercase())
        .collect();
    let workload = workload(question);
    let mut text = format!("{workload} ({})\n\n{}\n\n", facts.now_link(), kind(question));
    text += &verdict(facts.findings);
    if let Some(first) = facts.findings.first().filter(|first| !first.evidence.is_empty()) {
        text += &format!(" {}", first.evidence);
    }
    text += &format!("\n\nWhich failure costs most, in this order: {}.\n\n", order.join(", "));
    text + &list(known(facts))
}

/// What the team has said.
fn known(facts: &Facts) -> Vec<String> {
    let question = &facts.answer.question;
    let constraints = &question.constraints;
    let pythons = question.pythons();
    let supported =
        |python: &Python| format!("{python} (security fixes until {})", python.end_of_life());
    let others: Vec<String> = pythons.iter().skip(1).map(supported).collect();
    let mut known = vec![format!("Python in use: {}.", supported(&question.now()))];
    known.push(match others.as_slice() {
        [] => "No other Python is in reach.".to_owned(),
        all => format!("In reach: {}.", all.join(", ")),
    });
    known.extend(constraints.facts.iter().map(|fact| format!("{}.", fact.title())));
    let memory = constraints.memory_limit.map(bytes);
    known.extend(memory.map(|limit| format!("The workers may take {limit} of memory.")));
    let budget = constraints.latency_budget;
    known.extend(budget.map(|budget| format!("Budget for the {}: {budget}.", question.wait())));
    known
}

fn decision(facts: &Facts) -> String {
    let Snippet { text, diff, .. } = Snippet::of(&facts.answer.question, &facts.best.candidate);
    let code = if diff.is_empty() { String::new() } else { format!("\n{}", block("diff", &diff)) };
    format!("**{}.** {}\n\n{text}\n{code}", facts.link(facts.best), facts.answer.reason(facts.best))
}

fn alternatives(facts: &Facts) -> String {
    let mut entries: Vec<&Entry> = facts.answer.ranked.iter().take(ALTERNATIVES).collect();
    // Today's is what everything is held against.
    let now = facts.answer.now();
    entries.extend(now.filter(|now| entries.iter().all(|one| one.candidate != now.candidate)));
    let mut text = facts.table(&entries) + "\n";
    let rest = facts.answer.ranked.len().saturating_sub(entries.len());
    if rest > 0 {
        text += &format!("{rest} more were simulated and rank lower.\n\n");
    }
    text += "Latencies, rates and start-up are simulated; memory is an estimate. The last three \
             columns are points by rule, relative to today: 0 is best. Each link opens the scenario \
             as it was typed, with its first seed.\n";
    text + &unranked(facts)
}

fn unranked(facts: &Facts) -> String {
    let mut text = String::new();
    if !facts.answer.unfinished.is_empty() {
        let titles = facts.answer.unfinished.iter().map(|entry| facts.title(entry));
        text += "\nNot ranked, because their runs couldn't be finished:\n\n";
        text += &list(titles.map(|title| format!("{title}.")));
    }
    if !facts.answer.refused.is_empty() {
        text += "\nNot feasible:\n\n";
        let groups = facts.answer.refusals().into_iter();
        text += &list(groups.map(|(titles, reason)| format!("{}: {reason}.", titles.join("; "))));
    }
    text
}

fn consequences(facts: &Facts) -> Vec<String> {
    let best = facts.best;
    let question = &facts.answer.question;
    let mut all = Vec::new();
    if let Some(now) = facts.answer.before() {
        for cost in question.constraints.order().into_iter().take(3) {
            let what = what(question, cost);
            let limit = rank::limit(cost, best, &question.constraints);
            let (level, measured) = (rank::value(now, cost) <= limit, cost != Cost::MemoryGrowth);
            let (now, then) = (short(now, cost), short(best, cost));
            all.push(match level && measured || now == then {
                true => format!("The {what}: {then}, level with today."),
                false => format!("The {what}: {now} today, {then} after the change."),
            });
        }
    }
    let of = |what: &str, reasons: &[String]| -> Vec<String> {
        reasons.iter().map(|reason| format!("{what}: {reason}.")).collect()
    };
    all.extend(of("Risk", &best.compatibility.reasons));
    all.extend(of("Work", &best.effort.reasons));
    all.extend(of("New to learn", &best.complexity.reasons));
    if all.is_empty() {
        all.push("None: it runs like this already.".to_owned());
    }
    all
}

fn changes(facts: &Facts) -> Vec<String> {
    let answer = facts.answer;
    let turns = answer.turns.iter().map(|turn| turn.text.clone());
    turns.chain(crate::turn::rules(answer)).collect()
}

/// How to check it on the real program, and claims that the simulation can check again.
fn check(facts: &Facts) -> String {
    let mut text = String::new();
    if let Some(first) = facts.findings.first() {
        text += &format!(
            "On the real program: `{}`. Confirms it: {}. Rules it out: {}.\n\n",
            first.check.command, first.check.confirms, first.check.refutes
        );
    }
    if let Some(toml) = claims::toml(facts) {
        text += "In the simulation, `gil check` tests these claims:\n\n";
        text += &block("toml", &toml);
    }
    text
}
