//! What of the parts a scenario's program needs.

use gil_sim::{DEFAULT_SWITCH_INTERVAL, Dist, Group, Repeat, Spec, Step, Strategy, program};

use crate::template::Needs;

/// A strategy, without how processes are started.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Threads, and what goes on in one.
    Threads,
    /// All members in one thread.
    Sequence,
    /// Asyncio tasks.
    Tasks,
    /// Processes.
    Processes,
    /// Threads with an interpreter each.
    Interpreters,
}

impl How {
    /// How a group is run.
    pub fn of(group: &Group) -> How {
        match group.strategy {
            Strategy::Threads => How::Threads,
            Strategy::Sequential => How::Sequence,
            Strategy::Asyncio => How::Tasks,
            Strategy::Processes(_) => How::Processes,
            Strategy::Interpreters => How::Interpreters,
        }
    }
}

/// What the program of a scenario needs.
pub fn needs(spec: &Spec) -> Needs {
    let mut needs = Needs::new();
    for group in &spec.groups {
        of_group(group, &mut needs);
        program::walk(&group.steps).for_each(|step| of_step(step, How::of(group), &mut needs));
    }
    if spec.switch_interval != DEFAULT_SWITCH_INTERVAL {
        needs.insert("interval");
    }
    if shares_a_list(spec) {
        needs.insert("listobject");
    }
    conclude(&mut needs);
    needs
}

/// Whether some object is both touched and changed.
fn shares_a_list(spec: &Spec) -> bool {
    let (mut touched, mut changed) = (Vec::new(), Vec::new());
    for group in &spec.groups {
        program::walk(&group.steps).for_each(|step| match step {
            Step::Share { object, .. } => touched.push(object),
            Step::Mutate { object, .. } => changed.push(object),
            _ => {}
        });
    }
    touched.iter().any(|object| changed.contains(object))
}

/// What a group needs for itself.
fn of_group(group: &Group, needs: &mut Needs) {
    let how = How::of(group);
    if !group.start.is_zero() {
        needs.insert("start");
    }
    let more = match group.repeat {
        Repeat::Times(_) => vec!["times", "scaled", "plain"],
        Repeat::For(_) => vec!["fortime", "plain"],
        Repeat::Daemon if matches!(how, How::Processes | How::Interpreters) => {
            vec!["daemon", "apartdaemon", "plain"]
        }
        Repeat::Daemon => vec!["daemon", "plain"],
        Repeat::Jobs(_) => vec!["jobs", "queue", "scaled"],
        Repeat::Arrivals { every, .. } => {
            of_dist(every, needs);
            let who = if how == How::Tasks { "taskarrivals" } else { "syncarrivals" };
            vec!["arrivals", "queue", who]
        }
        Repeat::Serve => vec!["pools"],
    };
    needs.extend(more);
    let has_queue = group.repeat.has_queue();
    needs.extend(match (how, group.repeat == Repeat::Serve) {
        (How::Threads, false) if has_queue => vec!["members", "threads", "threadqueue"],
        (How::Threads, false) => vec!["members", "threads"],
        (How::Threads | How::Sequence, true) => vec!["threadpool"],
        (How::Sequence, false) => vec!["members", "sequential"],
        (How::Tasks, false) if has_queue => vec!["asyncio", "taskqueue"],
        (How::Tasks, false) => vec!["asyncio"],
        (How::Tasks, true) => vec!["taskpool"],
        (How::Processes, false) if has_queue => vec!["members", "processmembers", "processqueue"],
        (How::Processes, false) => vec!["members", "processmembers"],
        (How::Processes, true) => vec!["processpool"],
        (How::Interpreters, false) if has_queue => {
            vec!["members", "interpreters", "interpreterqueue"]
        }
        (How::Interpreters, false) => vec!["members", "interpreters"],
        (How::Interpreters, true) => vec!["interpreterpool"],
    });
}

fn of_step(step: &Step, how: How, needs: &mut Needs) {
    let awaits = how == How::Tasks;
    let name = |awaited, blocking| if awaits { awaited } else { blocking };
    let (word, dist) = match step {
        Step::Python { work, check: None } => ("python", Some(*work)),
        Step::Python { work, check: Some(_) } => ("pieces", Some(*work)),
        Step::NativeHolding { work } => ("holding", Some(*work)),
        Step::NativeReleasing { work } => ("native", Some(*work)),
        Step::Syscall { work } => ("syscall", Some(*work)),
        Step::Io { wait } => (name("taskio", "asks"), Some(*wait)),
        Step::Block { wait } => ("asks", Some(*wait)),
        Step::Receive { every } => (name("taskrecv", "syncrecv"), Some(*every)),
        Step::Sleep { wait } => (name("tasksleep", "syncsleep"), Some(*wait)),
        Step::Share { work, .. } => ("share", Some(*work)),
        Step::Mutate { work, .. } => ("mutate", Some(*work)),
        Step::Call { .. } => (name("taskcall", "synccall"), None),
        Step::Locked { .. } => (
            match how {
                How::Processes => "processlocks",
                How::Interpreters => "filelocks",
                _ => "threadlocks",
            },
            None,
        ),
    };
    needs.insert(word);
    if let Some(dist) = dist {
        of_dist(dist, needs);
        if dist.is_drawn() {
            needs.insert("draws");
        }
    }
}

fn of_dist(dist: Dist, needs: &mut Needs) {
    needs.extend(match dist {
        Dist::Fixed(_) | Dist::Uniform(..) => None,
        Dist::Exponential(_) => Some("exponential"),
        Dist::LogNormal(..) => Some("lognormal"),
    });
}

/// What follows from the rest: a word, and those of which any needs it.
const FOLLOWS: &[(&str, &[&str])] = &[
    ("holding", &["pieces"]),
    ("recv", &["taskrecv", "syncrecv"]),
    ("taskclass", &["taskio", "taskrecv", "taskcall"]),
    ("bytecode", &["python", "share"]),
    ("locks", &["threadlocks", "processlocks", "filelocks"]),
    ("processes", &["processmembers", "processpool"]),
    ("apart", &["processes", "interpreters", "interpreterpool"]),
    ("apartpool", &["processpool", "interpreterpool"]),
    ("blockingpool", &["threadpool", "processpool", "interpreterpool"]),
    ("other", &["asks", "taskio", "recv"]),
    ("folder", &["interpreters", "apartdaemon", "filelocks"]),
];

fn conclude(needs: &mut Needs) {
    for (word, of) in FOLLOWS {
        if of.iter().any(|of| needs.contains(of)) {
            needs.insert(word);
        }
    }
    let beside = ["threads", "sequential", "asyncio", "interpreters"];
    if needs.contains("processmembers") && beside.iter().any(|beside| needs.contains(beside)) {
        needs.insert("mixed");
    }
    // A lock of processes cannot get to an interpreter, a file's can get to both.
    if needs.contains("filelocks") {
        needs.remove("processlocks");
    }
}

/// Every word that a scenario can need.
#[cfg(test)]
pub const ALL: &[&str] = &[
    "start",
    "times",
    "scaled",
    "fortime",
    "daemon",
    "apartdaemon",
    "jobs",
    "queue",
    "arrivals",
    "taskarrivals",
    "syncarrivals",
    "pools",
    "members",
    "threads",
    "threadqueue",
    "threadpool",
    "sequential",
    "asyncio",
    "taskqueue",
    "taskpool",
    "processmembers",
    "processqueue",
    "processpool",
    "interpreters",
    "interpreterqueue",
    "interpreterpool",
    "python",
    "holding",
    "native",
    "syscall",
    "taskio",
    "asks",
    "taskrecv",
    "syncrecv",
    "tasksleep",
    "syncsleep",
    "share",
    "mutate",
    "taskcall",
    "synccall",
    "threadlocks",
    "processlocks",
    "filelocks",
    "draws",
    "pieces",
    "listobject",
    "exponential",
    "lognormal",
    "interval",
    "mixed",
    "guard",
    "plain",
    "slowdown",
    "speedup",
    "load",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{ALL, FOLLOWS};
    use crate::PARTS;
    use crate::template::words;

    #[test]
    fn parts_ask_for_nothing_that_no_scenario_needs() {
        let known: BTreeSet<&str> =
            ALL.iter().copied().chain(FOLLOWS.iter().map(|(word, _)| *word)).collect();
        for part in PARTS {
            let unknown: Vec<&str> = words(part).difference(&known).copied().collect();
            assert!(unknown.is_empty(), "{unknown:?}");
        }
    }
}
