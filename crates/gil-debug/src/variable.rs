//! The shared variables as rows of a table.

use gil_sim::{Nanos, Protocol, RequestScope, ThreadId, Trace};

use crate::course::Course;
use crate::state::{Interpreter, State};

/// A shared variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name in CPython, or what stands for it.
    pub name: &'static str,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// What it holds.
    pub value: Value,
    /// Whether the event has changed it.
    pub changed: bool,
}

/// What a variable holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// 0 or 1.
    Flag(bool),
    /// 0, or 1 by a thread.
    Locked(Option<ThreadId>),
    /// A thread, or none.
    Thread(Option<ThreadId>),
    /// Threads in order.
    Threads(Vec<ThreadId>),
    /// A number.
    Number(u64),
    /// A length of time.
    Time(Nanos),
    /// The trace does not have it.
    NotShown,
}

impl Value {
    /// As text: `1, by cpu-2`.
    pub fn text(&self, trace: &Trace) -> String {
        let name = |t: &ThreadId| trace.threads.get(t.index()).map_or("?", |t| t.name.as_str());
        match self {
            Value::Flag(set) => u8::from(*set).to_string(),
            Value::Locked(None) => "0".to_owned(),
            Value::Locked(Some(t)) => format!("1, by {}", name(t)),
            Value::Thread(t) => t.as_ref().map_or("none", name).to_owned(),
            Value::Threads(all) if all.is_empty() => "none".to_owned(),
            Value::Threads(all) => all.iter().map(name).collect::<Vec<_>>().join(", "),
            Value::Number(n) => n.to_string(),
            Value::Time(time) => time.to_string(),
            Value::NotShown => "not shown".to_owned(),
        }
    }
}

/// The variables of every interpreter, and whether they differ from before.
pub(crate) fn variables(course: &Course, before: &State, after: &State) -> Vec<Vec<Variable>> {
    let both = before.interpreters.iter().zip(&after.interpreters);
    let rows = both.map(|(before, after)| {
        let before = rows(course.protocol, before);
        let mut after = rows(course.protocol, after);
        for (after, before) in after.iter_mut().zip(before) {
            after.changed = after.value != before.value;
        }
        after
    });
    rows.collect()
}

fn row(name: &'static str, meaning: &'static str, value: Value) -> Variable {
    Variable { name, meaning, value, changed: false }
}

fn rows(protocol: Protocol, of: &Interpreter) -> Vec<Variable> {
    match protocol {
        Protocol::Interval(scope) => interval(scope, of),
        Protocol::Ticks => ticks(of),
        Protocol::Free => free(of),
    }
}

fn interval(scope: RequestScope, of: &Interpreter) -> Vec<Variable> {
    let mut rows = vec![
        row("locked", "Whether a thread has the GIL.", Value::Locked(of.holder)),
        row("last_holder", "Who had it last, or has it.", Value::Thread(of.last_holder)),
        row(
            "switch_number",
            "How often it went to another thread.",
            Value::Number(of.switch_number),
        ),
        row("gil_drop_request", "Asks the holder to let go.", Value::Flag(of.drop_request)),
        row("interval", "How long a timed wait lasts.", Value::Time(of.interval)),
        row("mutex", "Who was seen with the GIL's mutex last.", Value::Thread(of.mutex)),
        row(
            "waiters on cond",
            "In a timed wait for the GIL, in order.",
            Value::Threads(of.waiters.clone()),
        ),
        row(
            "waiters on switch_cond",
            "Have let go on request and wait for the switch.",
            Value::Threads(of.switch_waiters.clone()),
        ),
    ];
    // From 3.13 on it is a bit of each thread.
    rows.retain(|row| scope != RequestScope::Thread || row.name != "gil_drop_request");
    rows
}

fn ticks(of: &Interpreter) -> Vec<Variable> {
    vec![
        row("interpreter_lock", "The GIL: whether a thread has it.", Value::Locked(of.holder)),
        row(
            "sleepers",
            "Sleep until the lock is released, or are about to.",
            Value::Threads(of.waiters.clone()),
        ),
        row("_Py_Ticker", "Counts down with each tick.", Value::NotShown),
    ]
}

fn free(of: &Interpreter) -> Vec<Variable> {
    vec![
        row("stop the world", "Who has asked all others to stop.", Value::Thread(of.stopper)),
        row("still to stop", "Attached threads it waits for.", Value::Number(of.to_stop.into())),
    ]
}
