//! The bottleneck first: where the time of the workload goes as it runs now, and whether that is
//! the GIL at all.

mod look;

use gil_sim::Trace;
use gil_sim::stats::Stats;

use crate::check::{Check, of_symptom};
use crate::fact::Symptom;
use crate::question::Question;
use look::Look;

/// A cause that holds the work up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Threads wait for each other forever.
    Deadlock,
    /// Bytecode of several threads wants the one GIL.
    Computing,
    /// A C call keeps the GIL.
    KeepsGil,
    /// Threads that do I/O wait for one that computes.
    Convoy,
    /// A task stops the event loop.
    EventLoop,
    /// A `threading.Lock` is contended.
    Lock,
    /// Threads without a GIL meet at an object.
    SharedObject,
    /// Arguments and results are pickled.
    Pickling,
    /// Workers start.
    StartUp,
    /// More wants to run than there are cores.
    Cores,
    /// Requests arrive faster than they are served.
    Queue,
    /// It computes, and nobody waits for it.
    Alone,
    /// It waits for others.
    Waiting,
    /// Something that only the reader can see.
    Seen(Symptom),
}

/// A cause, its evidence and the measurement that tells on a real machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The cause.
    pub cause: Cause,
    /// What it is called, a sentence.
    pub title: String,
    /// Figures of the run; nothing where a reader has seen it.
    pub evidence: String,
    /// How to confirm or refute it.
    pub check: Check,
    /// How much of the time it explains, 0 to 1.
    weight: f64,
}

impl Finding {
    /// Whether the GIL is what is waited for.
    pub fn is_gil(&self) -> bool {
        matches!(self.cause, Cause::Computing | Cause::KeepsGil | Cause::Convoy)
    }
}

/// What holds the work up, the heaviest first; what a reader has seen comes last, because no run
/// weighs it.
pub fn diagnose(question: &Question, trace: &Trace, stats: &Stats) -> Vec<Finding> {
    let mut found = Look::new(question, trace, stats).all();
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    found.extend(question.constraints.symptoms.iter().map(|symptom| Finding {
        cause: Cause::Seen(*symptom),
        title: format!("{}. It's not the GIL.", symptom.explanation().trim_end_matches('.')),
        evidence: String::new(),
        check: of_symptom(*symptom),
        weight: 0.0,
    }));
    if question.now().is_free_threaded() {
        found.iter_mut().for_each(|finding| finding.check = finding.check.without_gil());
    }
    found
}

/// The sentence on top.
pub fn verdict(findings: &[Finding]) -> String {
    match findings.first() {
        Some(first) if first.is_gil() => format!("It's the GIL. {}", first.title),
        Some(Finding { cause: Cause::Seen(_), title, .. }) => title.clone(),
        Some(first) => format!("It's not the GIL. {}", first.title),
        None => "Nothing holds this workload up.".to_owned(),
    }
}
