//! Prints the answer for every preset, with the failures of the first argument, or for the
//! scenarios that follow it:
//! `cargo run -p gil-decide --example presets -- costs=speed;py=3.11,3.14,3.14t`.

use gil_decide::{Answer, Constraints, Cost, Question, Search, words};
use gil_notation::{PRESETS, parse_scenario};
use gil_sim::sweep::usual_group;
use gil_sim::{Run, Scenario};

fn main() {
    let text = std::env::args().nth(1).unwrap_or_default();
    let own: Vec<String> = std::env::args().skip(2).collect();
    for notation in &own {
        match parse_scenario(notation) {
            Ok(scenario) => print(notation, scenario, &text),
            Err(error) => println!("{error}"),
        }
    }
    if own.is_empty() {
        PRESETS.iter().for_each(|preset| print(preset.title, preset.scenario(), &text));
    }
}

fn print(title: &str, scenario: Scenario, constraints: &str) {
    let group = usual_group(&scenario);
    let question = Question { scenario, group, constraints: Constraints::read(constraints) };
    let run = Run::of(question.scenario.clone());
    let findings = gil_decide::diagnose(&question, &run.trace, &run.stats);
    println!("== {title}: {}", gil_decide::verdict(&findings));
    findings.iter().for_each(|finding| println!("   ! {} {}", finding.title, finding.evidence));
    let answer = Answer::new(&question, Search::new(question.clone()));
    println!("   {}", answer.headline());
    for entry in &answer.ranked {
        let figures: Vec<String> =
            Cost::ALL.iter().map(|cost| words::short(entry, *cost)).collect();
        let wait = words::time_range(entry.figures.wait);
        println!("   {}: {wait}, {}", entry.candidate.title(&question), figures[1..].join(", "));
        println!("      {}", answer.reason(entry));
    }
    for (titles, reason) in answer.refusals() {
        println!("   - {}: {reason}", titles.join("; "));
    }
    answer.turns.iter().for_each(|turn| println!("   * {}", turn.text));
    gil_decide::other_turns(&answer).iter().for_each(|text| println!("   * {text}"));
}
