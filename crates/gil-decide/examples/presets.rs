//! Prints the answer for every preset, with the failures of the first argument:
//! `cargo run -p gil-decide --example presets -- costs=speed;py=3.11,3.14,3.14t`.

use gil_decide::{Answer, Constraints, Cost, Question, Search};
use gil_notation::PRESETS;
use gil_sim::sweep::usual_group;

fn main() {
    let text = std::env::args().nth(1).unwrap_or_default();
    for preset in PRESETS {
        let scenario = preset.scenario();
        let group = usual_group(&scenario);
        let question = Question { scenario, group, constraints: Constraints::read(&text) };
        let trace = gil_sim::run(&question.scenario);
        let stats = gil_sim::stats::Stats::of(&question.scenario, &trace);
        let findings = gil_decide::diagnose(&question, &trace, &stats);
        println!("== {}: {}", preset.title, gil_decide::verdict(&findings));
        findings.iter().for_each(|finding| {
            println!("   ! {} {}", finding.title, finding.evidence);
        });
        let answer = Answer::new(&question, Search::new(question.clone()));
        println!("   {}", answer.headline());
        for entry in answer.ranked.iter().take(2) {
            let figures: Vec<String> = Cost::ALL.iter().map(|cost| entry.figure(*cost)).collect();
            println!("   {}: {}", entry.candidate.title(&question), figures.join(", "));
            println!("      {}", answer.reason(entry));
        }
        answer.refused.iter().for_each(|no| {
            println!("   - {}: {}", no.candidate.title(&question), no.reason);
        });
        answer.turns.iter().for_each(|turn| println!("   * {}", turn.text));
        gil_decide::other_turns(&answer).iter().for_each(|text| println!("   * {text}"));
    }
}
