//! The checklist for code review: what can undo the decision in a diff.

use std::collections::BTreeSet;

use gil_sim::{StartMethod, StepKind, Strategy};

use super::{Facts, claims};
use crate::candidate::{Change, workers};
use crate::fact::Fact;
use crate::steps::any;
use crate::words::{bytes, time};

pub fn text(facts: &Facts) -> String {
    let items: String = items(facts).iter().map(|item| format!("- [ ] {item}\n")).collect();
    format!(
        "# Review checklist: concurrency in {}\n\nThe decision: {}\n\n{items}",
        facts.group(),
        facts.answer.headline()
    )
}

fn items(facts: &Facts) -> Vec<String> {
    let mut all: Vec<String> =
        strategies(facts).into_iter().flat_map(|strategy| of_strategy(facts, strategy)).collect();
    all.extend(of_change(facts));
    all.extend(of_figures(facts));
    let turns = facts.answer.turns.iter();
    all.extend(turns.filter_map(|turn| turn.condition.clone()));
    all
}

fn of_change(facts: &Facts) -> Vec<String> {
    let question = &facts.answer.question;
    let group = question.group();
    let best = &facts.best.candidate;
    let mut all = Vec::new();
    let mut add = |applies: bool, item: String| all.extend(applies.then_some(item));
    if let Change::Interval(interval) = best.change {
        let seconds = interval.as_secs_f64();
        add(true, format!("sys.setswitchinterval({seconds}) is called once, and by no library."));
    }
    if let Some(members) = best.members {
        let pool = workers(best.strategy(question), members);
        add(true, format!("{} is configured with {pool}.", group.name));
    }
    let free = best.python.is_free_threaded();
    add(free, "Every dependency has a wheel for the free-threaded build.".to_owned());
    add(free, "`sys._is_gil_enabled()` is False after all imports.".to_owned());
    let holds = any(&group.steps, StepKind::NativeHolding);
    add(holds, "No new C call keeps the GIL for longer than a switch interval.".to_owned());
    let blocks = question.has(Fact::BlockingClient);
    add(blocks, "The blocking client is called from threads only.".to_owned());
    all
}

fn of_figures(facts: &Facts) -> Vec<String> {
    let figures = &facts.best.figures;
    let (wait, name) = (facts.answer.question.wait(), facts.group());
    let link = facts.now_link();
    let item = figures.wait.map(|spread| {
        let (now, bound) = (time(Some(spread)), claims::bound_words(&spread));
        format!(
            "The measured {wait} of {name} is below {bound} (simulated: {now}). If it isn't, \
             simulate again: {link}."
        )
    });
    item.into_iter().collect()
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
    let memory = bytes(facts.best.figures.memory);
    let of = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
    let together = format!("All workers together take about {memory} and what the program keeps.");
    match strategy {
        Strategy::Sequential => of(&["No thread is started for work that computes."]),
        Strategy::Threads => of(&[
            "Data that several threads change has a lock, and no lock is held during I/O.",
            "The change adds no loop that computes for longer than a switch interval next to I/O \
             threads.",
            "The pool has a fixed size, and its queue has a limit.",
        ]),
        Strategy::Asyncio => of(&[
            "Nothing in an async function blocks: no time.sleep, no blocking client, no long loop.",
            "Every task that is created is awaited or kept.",
            "Whatever has to block goes through asyncio.to_thread.",
        ]),
        Strategy::Interpreters => {
            let mut items = of(&[
                "Every extension module can be imported in a subinterpreter.",
                "Arguments and results can be pickled, and are small.",
            ]);
            items.push(together);
            items
        }
        Strategy::Processes(method) => {
            let mut items = of(&[
                "Workers are started below `if __name__ == \"__main__\":`.",
                "Arguments and results can be pickled, and are small: names and numbers, not data.",
            ]);
            items.push(together);
            items.extend(of_processes(facts, method));
            items
        }
    }
}

fn of_processes(facts: &Facts, method: StartMethod) -> Vec<String> {
    let forks = method == StartMethod::Fork;
    let fork = "No thread is running and no connection is open when workers are forked.";
    let limit = facts.answer.question.constraints.memory_limit;
    let keeps = limit.map(|limit| format!("The number of workers keeps within {}.", bytes(limit)));
    forks.then(|| fork.to_owned()).into_iter().chain(keeps).collect()
}
