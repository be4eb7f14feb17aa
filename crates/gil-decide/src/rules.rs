//! What no run can measure: what may break, and what has to be known. Points by rule, each with
//! its reason, so that a reader can disagree with one.

use gil_sim::{Python, Spec, StartMethod, Strategy};
use serde::{Deserialize, Serialize};

use crate::candidate::{Candidate, Change};
use crate::fact::Fact;
use crate::question::Question;

/// Points and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Points {
    /// Their sum: 0 is best.
    pub sum: u32,
    /// Why, a sentence without its full stop for each.
    pub reasons: Vec<String>,
}

impl Points {
    fn add(&mut self, points: u32, reason: impl Into<String>) {
        self.sum += points;
        self.reasons.push(reason.into());
    }

    /// The reasons in one line.
    pub fn because(&self) -> String {
        if self.reasons.is_empty() { "nothing".to_owned() } else { self.reasons.join("; ") }
    }
}

/// What may stop working: a change of version or build, and what libraries must allow.
pub fn compatibility(question: &Question, candidate: &Candidate) -> Points {
    let mut points = Points::default();
    version(question.now(), candidate.python, &mut points);
    build(question, candidate.python, &mut points);
    match moved(candidate.change) {
        Some(Strategy::Interpreters) => interpreters(candidate.python, &mut points),
        Some(Strategy::Processes(method)) => processes(question, candidate, method, &mut points),
        Some(Strategy::Asyncio) => points.add(2, "every client library has to be async"),
        _ if candidate.change == Change::Native => points.add(1, "a native dependency more"),
        _ => {}
    }
    points
}

fn moved(change: Change) -> Option<Strategy> {
    match change {
        Change::Strategy(strategy) | Change::Apart(strategy) => Some(strategy),
        _ => None,
    }
}

fn version(now: Python, to: Python, points: &mut Points) {
    let (from, to) = (now.version(), to.version());
    if from.0 != to.0 {
        return points.add(10, "Python 2 and 3 are different languages");
    }
    match from.1.abs_diff(to.1) {
        0 => {}
        steps if to < from => {
            points.add(2 * u32::from(steps), "an older Python lacks what newer code uses")
        }
        steps => {
            let removed = match (from < (3, 12), to) {
                (true, (3, 13..)) => {
                    ": distutils (3.12) and nineteen old modules (3.13, PEP 594) are gone"
                }
                (true, (3, 12)) => ": distutils is gone (3.12)",
                (false, (3, 13..)) if from == (3, 12) => {
                    ": nineteen old modules are gone (PEP 594)"
                }
                _ => "",
            };
            points.add(
                u32::from(steps),
                format!("{steps} versions newer{removed}").replace("1 versions", "1 version"),
            );
        }
    }
}

fn build(question: &Question, to: Python, points: &mut Points) {
    if !to.is_free_threaded() || question.now().is_free_threaded() {
        return;
    }
    match to.version() {
        (3, 13) => points.add(4, "the free-threaded build is experimental in 3.13 (PEP 703)"),
        _ => points.add(2, "every C extension needs a wheel for the free-threaded build (PEP 779)"),
    }
    if question.has(Fact::UnmarkedExtension) {
        points.add(3, "an unmarked extension switches the GIL back on");
    }
}

fn interpreters(python: Python, points: &mut Points) {
    points.add(2, "every C extension has to allow subinterpreters");
    if python.version() < (3, 14) {
        let why = "concurrent.interpreters and InterpreterPoolExecutor come with 3.14; before, the \
                   module is private";
        points.add(3, why);
    }
}

fn processes(question: &Question, candidate: &Candidate, method: StartMethod, points: &mut Points) {
    points.add(1, "arguments and results have to be picklable");
    let spec = Spec { python: candidate.python, ..question.scenario.spec().clone() };
    match method {
        StartMethod::Fork => {
            points.add(1, "forking beside threads can deadlock; 3.12 and later warn")
        }
        _ if question.group().strategy == Strategy::Processes(StartMethod::Fork)
            || spec.usual_start_method() != method =>
        {
            points.add(1, "globals set before the start are not there: workers import anew");
        }
        _ => {}
    }
}

/// What everybody who touches the code has to know. Absolute, not against how it is now: what
/// nobody needs to know any more counts.
pub fn complexity(question: &Question, candidate: &Candidate) -> Points {
    let mut points = Points::default();
    let group = question.group();
    let strategy = match candidate.change {
        Change::Strategy(strategy) => strategy,
        _ => group.strategy,
    };
    let alone = group.count == 1 && !group.repeat.has_queue();
    if !alone || strategy.is_apart() {
        knows(strategy, &mut points);
    }
    match candidate.change {
        Change::Apart(apart) => knows(apart, &mut points),
        Change::Interval(_) => points.add(1, "a setting of the whole process that nobody sees"),
        Change::Native => points.add(2, "computing in arrays, and what copies them"),
        Change::Offload => points.add(1, "which calls block, and what runs in a thread"),
        _ => {}
    }
    let spec = Spec { python: candidate.python, ..question.scenario.spec().clone() };
    let free = candidate.python.is_free_threaded() && !spec.unmarked_extension;
    if free && strategy == Strategy::Threads {
        points.add(2, "races that the GIL made rare now happen");
    }
    points
}

fn knows(strategy: Strategy, points: &mut Points) {
    match strategy {
        Strategy::Sequential => {}
        Strategy::Threads => points.add(1, "locks around shared data"),
        Strategy::Asyncio => points.add(3, "async functions everywhere, and nothing that blocks"),
        Strategy::Processes(_) => {
            points.add(2, "nothing is shared: pickling, start-up and the end of workers");
        }
        Strategy::Interpreters => {
            points.add(3, "nothing is shared, a young API, and extensions that refuse");
        }
    }
}
