//! What no run can measure: what may break, how large the change is, and what is new to learn.
//! Points by rule, each with its reason, so that a reader can disagree with one. All of them are
//! relative to today: what a team does already costs nothing.

use gil_sim::{Python, Spec, StartMethod, Strategy};
use gil_words::count;
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
    match candidate.moves_to() {
        Some(Strategy::Interpreters) => {
            points.add(2, "every C extension has to allow subinterpreters");
        }
        Some(Strategy::Processes(method)) => processes(question, candidate, method, &mut points),
        Some(Strategy::Asyncio) => points.add(2, "every client library has to be async"),
        _ if candidate.change == Change::Native => points.add(1, "one more native dependency"),
        _ => {}
    }
    points
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
            let newer = count(usize::from(steps), "version");
            points.add(u32::from(steps), format!("{newer} newer{}", removed(from, to)));
        }
    }
}

/// Modules that are gone between two versions.
fn removed(from: (u8, u8), to: (u8, u8)) -> &'static str {
    match (from < (3, 12), to) {
        (true, (3, 13..)) => {
            ": distutils, asyncore, asynchat, smtpd and imp (3.12) and nineteen old modules (3.13, \
             PEP 594) are gone"
        }
        (true, (3, 12)) => ": distutils, asyncore, asynchat, smtpd and imp are gone (3.12)",
        (false, (3, 13..)) if from == (3, 12) => ": nineteen old modules are gone (PEP 594)",
        _ => "",
    }
}

fn build(question: &Question, to: Python, points: &mut Points) {
    if !to.is_free_threaded() || question.now().is_free_threaded() {
        return;
    }
    match to.version() {
        (3, 13) => points.add(4, "the free-threaded build is experimental in 3.13 (PEP 703)"),
        _ => points.add(2, "every C extension needs a wheel for the free-threaded build (PEP 703)"),
    }
    if question.has(Fact::UnmarkedExtension) {
        points.add(3, "an unmarked extension switches the GIL back on");
    }
}

fn processes(question: &Question, candidate: &Candidate, method: StartMethod, points: &mut Points) {
    if !uses(question, Strategy::is_apart) {
        points.add(1, "arguments and results have to be picklable");
    }
    let spec = Spec { python: candidate.python, ..question.scenario.spec().clone() };
    match method {
        StartMethod::Fork => {
            points.add(1, "open connections and files are shared with forked workers");
        }
        _ if question.group().strategy == Strategy::Processes(StartMethod::Fork)
            || spec.usual_start_method() != method =>
        {
            points.add(1, "globals set before the start aren't there: workers import anew");
        }
        _ => {}
    }
}

/// Whether a strategy of this sort is in use today.
fn uses(question: &Question, wanted: impl Fn(Strategy) -> bool) -> bool {
    question.scenario.spec().groups.iter().any(|group| wanted(group.strategy))
}

/// How much code and deployment changes.
pub fn effort(question: &Question, candidate: &Candidate) -> Points {
    let mut points = Points::default();
    if candidate.python != question.now() {
        points.add(2, "another Python in development, tests and deployment");
    }
    match candidate.change {
        Change::Nothing => {}
        Change::Interval(_) => points.add(1, "one call at the start"),
        Change::Offload => points.add(1, "each blocking call is wrapped where it stands"),
        Change::Native => points.add(4, "the computing is written anew"),
        Change::Apart(_) => points.add(3, "jobs and results need a way to another process"),
        Change::Strategy(to) => moved(question.group().strategy, to, &mut points),
    }
    if candidate.members.is_some() {
        points.add(1, "one number in the configuration");
    }
    points
}

fn moved(from: Strategy, to: Strategy, points: &mut Points) {
    match (from, to) {
        (Strategy::Processes(_), Strategy::Processes(_)) => {
            points.add(1, "another start method");
        }
        (_, Strategy::Asyncio) => {
            points.add(6, "functions become async all the way down to the clients");
        }
        (Strategy::Asyncio, _) => points.add(6, "async functions become plain ones, with a pool"),
        (_, Strategy::Sequential) => points.add(1, "the pool goes"),
        _ => points.add(2, "another executor"),
    }
}

/// What everybody who touches the code has to learn that nobody needs today.
pub fn complexity(question: &Question, candidate: &Candidate) -> Points {
    let mut points = Points::default();
    let known = |wanted: Strategy| uses(question, |has| same_sort(has, wanted));
    if let Some(to) = candidate.moves_to().filter(|to| !known(*to)) {
        learns(to, &mut points);
    }
    match candidate.change {
        Change::Interval(_) => points.add(1, "a setting of the whole process that nobody sees"),
        Change::Native => points.add(2, "computing in arrays, and what copies them"),
        Change::Offload => points.add(1, "which calls block, and what runs in a thread"),
        _ => {}
    }
    let spec = Spec { python: candidate.python, ..question.scenario.spec().clone() };
    let free = candidate.python.is_free_threaded() && !question.now().is_free_threaded();
    let threads = candidate.strategy(question) == Strategy::Threads;
    if free && threads && !spec.unmarked_extension {
        points.add(2, "races that the GIL made rare become frequent");
    }
    points
}

/// Whether who knows one of them knows the other.
fn same_sort(a: Strategy, b: Strategy) -> bool {
    std::mem::discriminant(&a) == std::mem::discriminant(&b)
}

fn learns(strategy: Strategy, points: &mut Points) {
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
