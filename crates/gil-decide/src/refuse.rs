//! Why a candidate is not feasible: what the libraries rule out, what is unsafe, what doesn't fit.
//! Every reason is a sentence without its full stop.

use gil_sim::stats::Memory;
use gil_sim::{Group, Scenario, Spec, StartMethod, StepKind, Strategy};

use crate::candidate::{Candidate, Change};
use crate::fact::Fact;
use crate::question::Question;
use crate::steps::{any, runs_threads, stops_any_loop, waits};
use crate::words::bytes;

/// What the ticked facts rule out.
pub fn by_fact(candidate: &Candidate, question: &Question) -> Result<(), String> {
    let refuse = |text: &str| Err(text.to_owned());
    match candidate.moves_to() {
        Some(to) if to.is_apart() && question.has(Fact::CannotPickle) => refuse(
            "arguments or results can't be pickled, and everything that goes to another process \
             or interpreter is",
        ),
        Some(Strategy::Interpreters) if question.has(Fact::NoSubinterpreters) => {
            refuse("an extension module can't be imported in a subinterpreter: ImportError")
        }
        Some(Strategy::Processes(StartMethod::Fork | StartMethod::Forkserver))
            if question.has(Fact::NoFork) =>
        {
            refuse("forking isn't allowed here, and this start method forks")
        }
        Some(Strategy::Asyncio) if question.has(Fact::BlockingClient) && waits(question) => {
            refuse("a client library blocks: each call would stop the event loop for all")
        }
        _ if candidate.change == Change::Native && !question.has(Fact::NativeReleases) => refuse(
            "nobody has said that a library's native code can do the computing and lets go of the \
             GIL",
        ),
        _ => Ok(()),
    }
}

/// What no review should let through, whatever else is true.
pub fn unsafe_by_itself(candidate: &Candidate, question: &Question) -> Result<(), String> {
    match candidate.moves_to() {
        Some(Strategy::Interpreters) if candidate.python.version() < (3, 14) => Err(format!(
            "InterpreterPoolExecutor is new in Python 3.14: on {} the import raises ImportError",
            candidate.python
        )),
        Some(Strategy::Asyncio) => stops_any_loop(question.group()).map_or(Ok(()), Err),
        _ => Ok(()),
    }
}

/// Fork copies one thread, and the locks that others hold stay taken in the child: it is refused
/// where threads run in the process that forks. A program that does so today may go on, because
/// nothing that is offered makes it worse.
pub fn unsafe_together(question: &Question, spec: &Spec) -> Result<(), String> {
    let forks = |group: &&Group| group.strategy == Strategy::Processes(StartMethod::Fork);
    let today = &question.scenario.spec().groups;
    let forked = |groups: &[Group]| groups.iter().filter(forks).count();
    let threads: Vec<String> = spec
        .groups
        .iter()
        .filter(|group| runs_threads(group))
        .map(|group| group.name.clone())
        .collect();
    if forked(&spec.groups) > forked(today) && !threads.is_empty() {
        return Err(format!(
            "the process that forks runs the threads of {}: a lock that one of them holds stays \
             locked in the child (CPython 3.12 and later warn)",
            crate::words::names(&threads)
        ));
    }
    Ok(())
}

/// What takes more memory than there may be.
pub fn too_large(question: &Question, scenario: &Scenario) -> Result<(), String> {
    let needs = Memory::of(scenario).total();
    match question.constraints.memory_limit {
        Some(limit) if needs > limit => {
            Err(format!("it takes {} and the limit is {}", bytes(needs), bytes(limit)))
        }
        _ => Ok(()),
    }
}

/// What threads share and processes and interpreters don't.
pub fn shared(group: &Group, strategy: Strategy) -> Result<(), String> {
    if !strategy.is_apart() {
        return Ok(());
    }
    let name = &group.name;
    if any(&group.steps, StepKind::Locked) {
        return Err(format!(
            "{name} takes a threading.Lock, and what it guards isn't shared there"
        ));
    }
    if any(&group.steps, StepKind::Mutate) {
        return Err(format!("{name} changes an object that isn't shared there"));
    }
    Ok(())
}
