//! The races there are.

use gil_sim::Python;

use crate::memory::{Cell, Memory};
use crate::program::Program;
use crate::races;

/// What the threads run, and how one tells whether it went well.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Race {
    /// The kind of race that it is.
    pub kind: RaceKind,
    /// The Python whose bytecode and switches it shows; `None` where it shows C code that does not
    /// depend on it.
    pub python: Option<Python>,
    /// What keeps threads apart.
    pub rule: Rule,
    /// The threads.
    pub threads: Vec<Program>,
    /// What is right in the end.
    pub goal: Goal,
    pub(crate) memory: Memory,
}

/// What keeps threads apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Nothing does: each thread can go on at any moment.
    Free,
    /// One thread has the GIL and keeps it up to a place where a switch can fall, its end, or a
    /// lock that it must wait for.
    Gil,
}

/// What is right in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Goal {
    /// The place has this value.
    Value(Cell, i64),
    /// The object lives, and this many references to it are counted.
    References(i64),
    /// `d[k]` was stored once.
    Once,
}

/// How a race ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// As it should.
    Right,
    /// One thread wrote over what another had written: a count or a value is too low.
    LostUpdate,
    /// The object was freed while a variable still refers to it, and it was used.
    UseAfterFree,
    /// References are counted that nobody has: the object is never freed.
    Leaked,
    /// Both threads found the key missing and stored it.
    ActedTwice,
}

impl Race {
    /// What is shared at the beginning.
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    pub(crate) fn judge(&self, memory: &Memory) -> Outcome {
        match self.goal {
            Goal::Value(cell, right) if memory.value(cell) == right => Outcome::Right,
            Goal::Value(..) => Outcome::LostUpdate,
            Goal::References(_) if memory.freed => Outcome::UseAfterFree,
            Goal::References(right) => match memory.references() {
                count if count == right => Outcome::Right,
                count if count > right => Outcome::Leaked,
                _ => Outcome::LostUpdate,
            },
            Goal::Once if memory.value(Cell::Stores) == 1 => Outcome::Right,
            Goal::Once => Outcome::ActedTwice,
        }
    }
}

/// A race by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RaceKind {
    /// Each thread counts one reference more.
    IncrefWithoutLock,
    /// Each thread takes a reference, drops it and reads the object again.
    RefcountsWithoutLock,
    /// The same with the GIL.
    RefcountsWithGil,
    /// The same as free-threaded builds count: the owner by itself, others atomically.
    RefcountsAtomic,
    /// `x += 1` on a global.
    Increment,
    /// `self.x += 1`.
    IncrementAttribute,
    /// `x += f()` with a function in Python.
    IncrementWithCall,
    /// `x = x + int(1)`: a call of C code.
    IncrementWithCCall,
    /// `with lock: x += 1`.
    IncrementWithLock,
    /// `a.append(1)`.
    ListAppend,
    /// `if k not in d: d[k] = 1`.
    CheckThenStore,
    /// `if k not in d: d[k] = make()`.
    CheckThenAct,
}

impl RaceKind {
    /// All of them.
    pub const ALL: [RaceKind; 12] = [
        RaceKind::IncrefWithoutLock,
        RaceKind::RefcountsWithoutLock,
        RaceKind::RefcountsWithGil,
        RaceKind::RefcountsAtomic,
        RaceKind::Increment,
        RaceKind::IncrementAttribute,
        RaceKind::IncrementWithCall,
        RaceKind::IncrementWithCCall,
        RaceKind::IncrementWithLock,
        RaceKind::ListAppend,
        RaceKind::CheckThenStore,
        RaceKind::CheckThenAct,
    ];

    /// The stable name: `refcounts_without_lock`.
    pub fn name(self) -> &'static str {
        match self {
            RaceKind::IncrefWithoutLock => "incref_without_lock",
            RaceKind::RefcountsWithoutLock => "refcounts_without_lock",
            RaceKind::RefcountsWithGil => "refcounts_with_gil",
            RaceKind::RefcountsAtomic => "refcounts_atomic",
            RaceKind::Increment => "increment",
            RaceKind::IncrementAttribute => "increment_attribute",
            RaceKind::IncrementWithCall => "increment_with_call",
            RaceKind::IncrementWithCCall => "increment_with_c_call",
            RaceKind::IncrementWithLock => "increment_with_lock",
            RaceKind::ListAppend => "list_append",
            RaceKind::CheckThenStore => "check_then_store",
            RaceKind::CheckThenAct => "check_then_act",
        }
    }

    /// The race of this name.
    pub fn find(name: &str) -> Option<RaceKind> {
        RaceKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether it differs between versions of Python.
    pub fn depends_on_python(self) -> bool {
        self >= RaceKind::Increment
    }

    /// The race as it is in this Python. Those that do not depend on it ignore it.
    pub fn race(self, python: Python) -> Race {
        if self.depends_on_python() {
            races::bytecode::race(self, python)
        } else {
            races::refcount::race(self)
        }
    }
}
