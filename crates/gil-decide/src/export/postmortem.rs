//! The postmortem: trigger, impact, guardrail, with the figures that are known filled in.

use super::Facts;
use crate::diagnosis::verdict;
use crate::words::{p99, rate, workload};

pub fn text(facts: &Facts) -> String {
    let answer = facts.answer;
    let question = &answer.question;
    let now = answer.now().unwrap_or(facts.best);
    let (figures, after) = (&now.figures, &facts.best.figures);
    let first = facts.findings.first();
    let evidence = first.map_or("", |finding| finding.evidence.as_str());
    let (command, confirms) = first
        .map_or(("py-spy dump --pid PID", "threads stand where this page says"), |finding| {
            (finding.check.command, finding.check.confirms)
        });
    let limit = figures.latency.p99;
    format!(
        "# Postmortem: {group}, YYYY-MM-DD\n\n\
         ## Trigger\n\n\
         - What changed before it began: (deployment, load, data, Python version)\n\
         - The workload then: {workload} The same, simulated: {link}\n\
         - What was full: {verdict} {evidence}\n\
         - Measured on the day with `{command}`, which shows it if {confirms}: (paste)\n\n\
         ## Impact\n\n\
         - From (hh:mm) to (hh:mm), (number) requests, (number) users\n\
         - A pass took (measured) at p99; the simulation has {p50} at p50 and {p99} at p99\n\
         - {rate} passes simulated; (measured) on the day\n\n\
         ## Guardrail\n\n\
         - What keeps it from coming back: {best}, with {after_p99} at p99 and {after_rate} passes \
         in the simulation\n\
         - Alert: p99 of a pass above (half-way between {after_p99} and {limit}) for 5 minutes\n\
         - Owner and date: (name), YYYY-MM-DD\n\
         - What would make this guardrail wrong: {turn}\n",
        group = facts.group(),
        workload = workload(question),
        link = facts.now_link(),
        verdict = verdict(facts.findings),
        p50 = figures.latency.p50,
        p99 = p99(&figures.latency),
        rate = rate(figures.throughput),
        best = facts.link(facts.best),
        after_p99 = p99(&after.latency),
        after_rate = rate(after.throughput),
        turn = turn(facts),
    )
}

fn turn(facts: &Facts) -> String {
    let turns = facts.answer.turns.iter();
    let nearest = turns.clone().find(|turn| turn.at.is_some()).or_else(|| turns.clone().next());
    nearest.map_or_else(|| "another workload".to_owned(), |turn| turn.text.clone())
}
