//! Counting references: `Py_INCREF` and `Py_DECREF` cut into what the processor does.
//!
//! Each thread does `t = a`, `del t`, and reads `a` once more; the global `a` refers to the object
//! all the time, so that 1 is right in the end. A processor may have one instruction for the three
//! steps: on another core it is three all the same, unless it is an atomic one.

use crate::memory::{Cell, Memory};
use crate::program::{Action, Program};
use crate::race::{Goal, Race, RaceKind, Rule};

const NAMES: [&str; 2] = ["T1", "T2"];

/// The race of this kind; [`RaceKind::RefcountsWithoutLock`] for one that is about bytecode.
pub(crate) fn race(kind: RaceKind) -> Race {
    let cells: &[(Cell, i64)] = match kind {
        RaceKind::RefcountsAtomic => &[(Cell::LocalCount, 1), (Cell::SharedCount, 0)],
        _ => &[(Cell::RefCount, 1)],
    };
    let goal = match kind {
        RaceKind::IncrefWithoutLock => Goal::Value(Cell::RefCount, 3),
        _ => Goal::References(1),
    };
    let rule = if kind == RaceKind::RefcountsWithGil { Rule::Gil } else { Rule::Free };
    let thread = |name: &'static str| program(kind, name);
    Race {
        kind,
        python: None,
        rule,
        threads: NAMES.map(thread).into(),
        goal,
        memory: Memory::new(cells),
    }
}

fn program(kind: RaceKind, name: &'static str) -> Program {
    // With the GIL a switch falls between bytecodes at the earliest, and an operation is within one.
    let switch = |i: usize, count: usize| kind != RaceKind::RefcountsWithGil || i + 1 == count;
    let owner = name == NAMES[0];
    let (incref, decref) = match (kind, owner) {
        (RaceKind::RefcountsAtomic, true) => (incref(Cell::LocalCount), decref(Cell::LocalCount)),
        (RaceKind::RefcountsAtomic, false) => (atomic("+= 1", 1), atomic("-= 1", -1)),
        _ => (incref(Cell::RefCount), decref(Cell::RefCount)),
    };
    let program = Program::new(name).operation("Py_INCREF(obj)", incref, switch);
    if kind == RaceKind::IncrefWithoutLock {
        return program;
    }
    program.operation("Py_DECREF(obj)", decref, switch).operation("read a", read(), switch)
}

fn incref(cell: Cell) -> Vec<(String, Action)> {
    change(cell, "r = r + 1", 1)
}

fn decref(cell: Cell) -> Vec<(String, Action)> {
    let mut steps = change(cell, "r = r - 1", -1);
    steps.push(("if r == 0: _Py_Dealloc(obj)".into(), Action::FreeIfZero));
    steps
}

fn change(cell: Cell, text: &str, by: i64) -> Vec<(String, Action)> {
    vec![
        (format!("r = {}", cell.name()), Action::Read(cell)),
        (text.into(), Action::Add(by)),
        (format!("{} = r", cell.name()), Action::Write(cell)),
    ]
}

fn atomic(text: &str, by: i64) -> Vec<(String, Action)> {
    let cell = Cell::SharedCount;
    vec![(format!("atomic: {} {text}", cell.name()), Action::AtomicAdd(cell, by))]
}

fn read() -> Vec<(String, Action)> {
    vec![("look at *obj".into(), Action::Use)]
}
