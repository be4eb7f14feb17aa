//! The checklist for code review: what can undo the decision in a diff.

use std::collections::BTreeSet;

use gil_sim::{StartMethod, Step, Strategy};

use super::Facts;
use crate::candidate::Change;
use crate::fact::Fact;
use crate::words::{bytes, p99};

pub fn text(facts: &Facts) -> String {
    let items: String = items(facts).iter().map(|item| format!("- [ ] {item}\n")).collect();
    format!(
        "# Review checklist: concurrency in {}\n\nThe decision: {}\n\n{items}",
        facts.group(),
        facts.answer.headline()
    )
}

fn items(facts: &Facts) -> Vec<String> {
    let question = &facts.answer.question;
    let best = facts.best;
    let mut all = Vec::new();
    for strategy in strategies(facts) {
        all.extend(of_strategy(facts, strategy));
    }
    if let Change::Interval(interval) = best.candidate.change {
        all.push(format!(
            "sys.setswitchinterval is called once, with {}, and by no library.",
            interval.as_secs_f64()
        ));
    }
    if best.candidate.python.is_free_threaded() {
        all.push("Every dependency has a wheel for the free-threaded build.".to_owned());
        all.push("`sys._is_gil_enabled()` is False after all imports.".to_owned());
        all.push("Whatever two threads change has a lock.".to_owned());
    }
    if question.group().steps.iter().any(|step| matches!(step, Step::NativeHolding { .. })) {
        all.push("No new C call keeps the GIL for longer than a switch interval.".to_owned());
    }
    if question.has(Fact::BlockingClient) {
        all.push("The blocking client is called from threads only.".to_owned());
    }
    let figures = &best.figures;
    all.push(format!(
        "A pass of {} still takes about {} at the median; beyond {} at p99 simulate anew: {}.",
        facts.group(),
        figures.latency.p50,
        p99(&figures.latency),
        facts.now_link()
    ));
    all.extend(
        facts
            .answer
            .turns
            .iter()
            .filter(|turn| turn.at.is_some())
            .map(|turn| format!("The change does not get there: {}", lower(&turn.text))),
    );
    all
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_lowercase().collect::<String>());
    first.unwrap_or_default() + chars.as_str()
}

/// The strategies in use once the decision is carried out.
fn strategies(facts: &Facts) -> BTreeSet<Strategy> {
    let own = facts.answer.question.group().strategy;
    match facts.best.candidate.change {
        Change::Strategy(strategy) => BTreeSet::from([strategy]),
        Change::Apart(strategy) => BTreeSet::from([own, strategy]),
        _ => BTreeSet::from([own]),
    }
}

fn of_strategy(facts: &Facts, strategy: Strategy) -> Vec<String> {
    let question = &facts.answer.question;
    let memory = bytes(facts.best.figures.memory);
    let of = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect();
    match strategy {
        Strategy::Sequential => of(&["No thread is started for work that computes."]),
        Strategy::Threads => of(&[
            "Data that several threads change has a lock, and no lock is held during I/O.",
            "No loop that computes for longer than a switch interval was added beside I/O threads.",
            "The pool has a size, and its queue a limit.",
        ]),
        Strategy::Asyncio => of(&[
            "Nothing in an async function blocks: no time.sleep, no blocking client, no long loop.",
            "Every task that is created is awaited or kept.",
            "What has to block goes through asyncio.to_thread.",
        ]),
        Strategy::Interpreters => {
            let mut items: Vec<String> = of(&[
                "Every extension module can be imported in a subinterpreter.",
                "Arguments and results can be pickled, and are small.",
            ]);
            items.push(format!(
                "All workers together take about {memory} and what the program keeps."
            ));
            items
        }
        Strategy::Processes(method) => {
            let mut items: Vec<String> = of(&[
                "Workers are started below `if __name__ == \"__main__\":`.",
                "Arguments and results can be pickled, and are small: names and numbers, not data.",
            ]);
            items.push(format!(
                "All workers together take about {memory} and what the program keeps."
            ));
            if method == StartMethod::Fork {
                items.push(
                    "No thread is running and no connection open when workers are forked."
                        .to_owned(),
                );
            }
            if let Some(limit) = question.constraints.memory_limit {
                items.push(format!("The number of workers keeps within {}.", bytes(limit)));
            }
            items
        }
    }
}
