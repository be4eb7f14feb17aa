//! The playbook page: the rules that follow, each with a program that runs.

use super::{Facts, block};
use crate::candidate::Change;
use crate::snippet::Snippet;
use gil_sim::Strategy;

pub fn text(facts: &Facts) -> String {
    let question = &facts.answer.question;
    let mut text = format!(
        "# Playbook: concurrency in {}\n\n{}\n\nFrom {}.\n",
        facts.group(),
        facts.answer.headline(),
        facts.now_link()
    );
    let mut number = 0;
    let mut rule = |title: &str, why: &str, body: &str| {
        number += 1;
        text += &format!("\n## {number}. {title}\n\n{why}\n");
        if !body.is_empty() {
            text += &format!("\n{body}");
        }
    };
    let best = Snippet::of(question, &facts.best.candidate);
    let why = format!("{} {}", best.text, facts.answer.reason(facts.best));
    rule(heading(facts.best.candidate.change), &why, &block("python", &best.example));
    if let Some(first) = facts.findings.first() {
        let why = format!(
            "{} {}\n\nBefore anybody changes it, measure: it is so if {}; it is not if {}.",
            first.title, first.evidence, first.check.confirms, first.check.refutes
        );
        rule("Know the bottleneck", &why, &block("sh", first.check.command));
    }
    for (title, why, code) in general(facts) {
        rule(title, &why, &block("python", code));
    }
    text
}

fn heading(change: Change) -> &'static str {
    match change {
        Change::Nothing => "Keep it as it runs",
        Change::Interval(_) => "Set the switch interval once, at the start",
        Change::Members(_) => "No more threads than cores where they compute",
        Change::Offload => "What blocks runs in a thread",
        Change::Native => "Compute in native code that lets go of the GIL",
        Change::Strategy(Strategy::Sequential) => "One after the other is enough",
        Change::Strategy(Strategy::Threads) => "Wait in threads",
        Change::Strategy(Strategy::Asyncio) => "Wait in tasks",
        Change::Strategy(Strategy::Interpreters) => "Compute in interpreters with a GIL each",
        Change::Strategy(Strategy::Processes(_)) => "Compute in processes",
        Change::Apart(_) => "Who computes stays apart from who waits",
    }
}

/// Rules that follow from the kind of answer or workload.
fn general(facts: &Facts) -> Vec<(&'static str, String, &'static str)> {
    let mut rules = Vec::new();
    let question = &facts.answer.question;
    let apart = matches!(
        facts.best.candidate.change,
        Change::Strategy(Strategy::Processes(_)) | Change::Apart(Strategy::Processes(_))
    );
    if apart {
        let costs = &question.scenario.spec().machine.overheads;
        let why = format!(
            "Pickling a MiB of integers takes {} and reading it back {}: hand over names and \
             numbers, not data.",
            costs.pickle, costs.unpickle
        );
        rules.push(("Look at what is pickled", why, PICKLE));
    }
    let is_free = facts.best.candidate.python.is_free_threaded();
    let threads = question.group().strategy == Strategy::Threads;
    if is_free || (threads && !apart) {
        let why = "The GIL never made `count += 1` one step; without a GIL the race is only more \
                   frequent."
            .to_owned();
        rules.push(("Guard what threads change", why, LOCK));
    }
    rules
}

const PICKLE: &str = r#"import pickle

job = {"path": "data.csv", "rows": (0, 10_000)}
size = len(pickle.dumps(job))
assert size < 64 * 1024, "hand over where the data is, not the data"
print(size, "bytes for a job")
"#;

const LOCK: &str = r#"import threading

lock = threading.Lock()
count = 0


def add():
    global count
    for _ in range(1_000):
        with lock:
            count += 1


threads = [threading.Thread(target=add) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert count == 4_000
print(count)
"#;
