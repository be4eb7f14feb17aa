//! What a decision rests on: where its durations come from, how they were run, and what the
//! simulation leaves out.

use gil_sim::lockstep::varied;
use gil_sim::{Os, lockstep};
use gil_words::count;

use super::Facts;
use crate::cost::WorkKind;
use crate::question::Durations;

/// One sentence for each assumption.
pub fn all(facts: &Facts) -> Vec<String> {
    let mut all = vec![durations(facts), runs(facts), lengths(facts)];
    all.extend(variation(facts));
    all.push(memory(facts));
    all.push(
        "Not simulated: the memory that the program itself keeps, database connections (each \
         process needs its own), how connections are spread over processes, the network, time-outs \
         and retries, and processes with several threads each."
            .to_owned(),
    );
    all.push(format!(
        "GIL Playground {}, which follows CPython's own protocol; its reality check says how far \
         it is from measured programs.",
        env!("CARGO_PKG_VERSION")
    ));
    all
}

fn durations(facts: &Facts) -> String {
    match facts.answer.question.constraints.durations {
        Durations::Typed => {
            "The durations in the scenario were typed in. Nobody has said that they were measured: \
             measure them before you rely on this."
        }
        Durations::Measured => "The durations in the scenario were measured on the real program.",
        Durations::Guessed => "The durations in the scenario are guesses.",
    }
    .to_owned()
}

fn runs(facts: &Facts) -> String {
    let basis = facts.answer.basis();
    let first = facts.answer.question.scenario.spec().seed;
    let last = first.wrapping_add(u64::from(basis.runs.saturating_sub(1)));
    format!(
        "Figures are medians of {} (seeds {first} to {last}); in brackets the lowest and the \
         highest.",
        count(basis.runs as usize, "run")
    )
}

fn lengths(facts: &Facts) -> String {
    let question = &facts.answer.question;
    let basis = facts.answer.basis();
    let what = match question.kind() {
        WorkKind::Batch => "job",
        WorkKind::Service => "response",
    };
    let (span, passes) = (basis.span, count(basis.passes as usize, what));
    let mut text = format!("A run simulates {span} with {passes} of {}.", facts.group());
    if basis.percent < 100 {
        text += &format!(
            " To keep the runs whole, {} % of the scenario's work was run, under the same load.",
            basis.percent
        );
    }
    text
}

fn variation(facts: &Facts) -> Option<String> {
    varied(&facts.answer.question.scenario)?;
    Some(format!(
        "Fixed durations of computing and I/O are drawn evenly from {} % below to {} % above what \
         the scenario says, because workers with equal durations march in step.",
        100 / lockstep::PART,
        100 / lockstep::PART
    ))
}

fn memory(facts: &Facts) -> String {
    let constraints = &facts.answer.question.constraints;
    let threshold = crate::words::bytes(constraints.memory_threshold());
    let os = facts.answer.question.scenario.spec().machine.os;
    match facts.best.figures.memory_is_measured {
        true => format!(
            "Memory is that of bare workers as measured on Linux. Differences below {threshold} \
             decide nothing."
        ),
        false => {
            let name = Os::name(os);
            format!("Memory on {name} is a rough guess and decides nothing.")
        }
    }
}
