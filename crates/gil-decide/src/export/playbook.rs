//! The playbook page: the rules that follow, each with a program that runs.

use gil_sim::Strategy;

use super::{Facts, block, claims};
use crate::candidate::{Candidate, Change};
use crate::snippet::Snippet;

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
    if let Some(first) = facts.findings.first() {
        let why = format!(
            "{} {}\n\nMeasure before you change anything. Confirms it: {}. Rules it out: {}.",
            first.title, first.evidence, first.check.confirms, first.check.refutes
        );
        rule("Know the bottleneck", &why, &block("sh", first.check.command));
    }
    let best = Snippet::of(question, &facts.best.candidate);
    let why = format!("{} {}", best.text, facts.answer.reason(facts.best));
    let mut body = match best.diff.is_empty() {
        true => String::new(),
        false => format!("{}\n", block("diff", &best.diff)),
    };
    body += &format!("A program that shows it at work:\n\n{}", block("python", &best.example));
    rule(heading(&facts.best.candidate), &why, &body);
    for (title, why, code) in general(facts) {
        rule(title, &why, &block("python", code));
    }
    rule("Roll it out, and back", &roll_out(facts), "");
    text
}

/// What to watch, and when to go back.
fn roll_out(facts: &Facts) -> String {
    let wait = facts.answer.question.wait();
    let bound = facts.best.figures.wait.map(|wait| claims::bound_words(&wait));
    let back = bound.map_or_else(String::new, |bound| {
        format!(" Go back when the {wait} stays above {bound} for 5 minutes.")
    });
    format!(
        "Change one instance first and compare the {wait}, the throughput and the memory of the \
         process with the others for a day.{back} Going back is the same change, reversed."
    )
}

fn heading(best: &Candidate) -> &'static str {
    match best.change {
        Change::Nothing if best.members.is_some() => "Give the pool the right size",
        Change::Nothing => "Keep it as it is",
        Change::Interval(_) => "Set the switch interval once, at the start",
        Change::Offload => "Run what blocks in a thread",
        Change::Native => "Compute in native code that lets go of the GIL",
        Change::Strategy(Strategy::Sequential) => "Do one thing after the other",
        Change::Strategy(Strategy::Threads) => "Wait in threads",
        Change::Strategy(Strategy::Asyncio) => "Wait in tasks",
        Change::Strategy(Strategy::Interpreters) => "Compute in interpreters with a GIL each",
        Change::Strategy(Strategy::Processes(_)) => "Compute in processes",
        Change::Apart(_) => "Keep what computes apart from what waits",
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
            "Hand over names and numbers, not data: pickling a MiB of integers takes {}, reading \
             it back {}.",
            costs.pickle, costs.unpickle
        );
        rules.push(("Look at what is pickled", why, PICKLE));
    }
    let is_free = facts.best.candidate.python.is_free_threaded();
    let threads = question.group().strategy == Strategy::Threads;
    if is_free || (threads && !apart) {
        let why = "The GIL never made `count += 1` one step. Without a GIL the race is only more \
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
