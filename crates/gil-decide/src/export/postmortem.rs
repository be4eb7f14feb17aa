//! The postmortem: trigger, impact, guardrail, with the figures that are known filled in.

use super::{Facts, claims, list};
use crate::diagnosis::verdict;
use crate::words::{rate, time, time_range, workload};

pub fn text(facts: &Facts) -> String {
    format!(
        "# NNNN. {}: (what happened)\n\n\
         - Date: YYYY-MM-DD\n\
         - File: `NNNN-YYYY-MM-DD-what-happened.md`, in the folder of notes of incidents; `gil incident` \
         finds the next number and keeps the index\n\
         - Status: open (open, mitigated, closed)\n\n\
         ## Trigger\n\n{}\n\
         ## Impact\n\n{}\n\
         ## Guardrail\n\n{}\n\
         ## What would make this guardrail wrong\n\n{}",
        facts.group(),
        list(trigger(facts)),
        list(impact(facts)),
        list(guardrail(facts)),
        list(wrong(facts)),
    )
}

fn trigger(facts: &Facts) -> Vec<String> {
    let first = facts.findings.first();
    let evidence = first.map_or("", |finding| finding.evidence.as_str());
    let (command, confirms) = first
        .map_or(("py-spy dump --pid PID", "threads stand where this page says"), |finding| {
            (finding.check.command, finding.check.confirms)
        });
    vec![
        "What changed before it began: (deployment, load, data, Python version)".to_owned(),
        format!(
            "The workload then: {} The same, simulated: {}",
            workload(&facts.answer.question),
            facts.now_link()
        ),
        format!("What was full: {} {evidence}", verdict(facts.findings)).trim_end().to_owned(),
        format!("Measured on the day with `{command}` (confirms it: {confirms}): (paste)"),
    ]
}

fn impact(facts: &Facts) -> Vec<String> {
    let now = &facts.answer.now().unwrap_or(facts.best).figures;
    let wait = facts.answer.question.wait();
    vec![
        "From (hh:mm) to (hh:mm), (number) requests, (number) users".to_owned(),
        format!("{wait}: (measured) on the day, {} in the simulation", time_range(now.wait)),
        format!("Throughput: (measured) on the day, {} in the simulation", rate(now.throughput)),
    ]
}

fn guardrail(facts: &Facts) -> Vec<String> {
    let after = &facts.best.figures;
    let wait = facts.answer.question.wait();
    let mut all = vec![format!(
        "What keeps it from happening again: {} ({wait} {}, {} in the simulation)",
        facts.link(facts.best),
        time(after.wait),
        rate(after.throughput)
    )];
    all.extend(after.wait.map(|after| {
        let bound = claims::bound_words(&after);
        format!("Alert: {wait} above {bound} for 5 minutes (the worst seed and a quarter more)")
    }));
    all.push("Owner and date: (name), YYYY-MM-DD".to_owned());
    all
}

/// What the answer depends on: only what really changes it.
fn wrong(facts: &Facts) -> Vec<String> {
    let turns = &facts.answer.turns;
    let changes = turns.iter().filter(|turn| turn.at.is_some());
    let mut all: Vec<String> = changes.map(|turn| turn.text.clone()).collect();
    if all.is_empty() {
        all.push("Nothing that was varied changes it. A workload of another shape can.".to_owned());
    }
    all
}
