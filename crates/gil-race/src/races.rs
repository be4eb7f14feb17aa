//! The races.

use gil_sim::Python;

use crate::{Does, Step};

/// A few steps that two threads do, and what is right in the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Race {
    /// What it is.
    pub info: &'static RaceInfo,
    /// The Python whose bytecode it is.
    pub python: Python,
    /// What each of the threads does.
    pub steps: Vec<Step>,
    /// The shared number at first.
    pub before: i64,
    /// What it has to be in the end.
    pub right: i64,
    /// Whether a GIL keeps threads from coming between steps that do not look at the eval breaker.
    pub gil: bool,
}

/// What is known of a race before a Python is chosen.
#[derive(Debug)]
pub struct RaceInfo {
    /// How lessons call it.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What each thread does, as code.
    pub code: &'static str,
    /// The name of the shared number.
    pub shared: &'static str,
    /// Whether that is an object's count of references.
    pub is_count: bool,
    /// Whether it is another one on other Pythons.
    pub by_python: bool,
    make: fn(Python) -> Race,
}

impl RaceInfo {
    /// Where a thread has its own number, after the number.
    pub fn own(&self) -> &'static str {
        if self.is_count { "in r" } else { "on its stack" }
    }
}

impl PartialEq for RaceInfo {
    fn eq(&self, other: &RaceInfo) -> bool {
        self.name == other.name
    }
}

/// Threads of a race.
pub(crate) const THREADS: usize = 2;

/// All races.
pub static RACES: [RaceInfo; 7] = [
    RaceInfo {
        name: "refcounts_without_lock",
        title: "Counting references without a lock",
        code: "Py_INCREF(op);\nPy_DECREF(op);",
        shared: "ob_refcnt",
        is_count: true,
        by_python: false,
        make: |python| counts(&RACES[0], python, false, counting(false)),
    },
    RaceInfo {
        name: "refcounts_with_gil",
        title: "Counting references with the GIL",
        code: "Py_INCREF(op);\nPy_DECREF(op);",
        shared: "ob_refcnt",
        is_count: true,
        by_python: false,
        make: |python| counts(&RACES[1], python, true, counting(true)),
    },
    RaceInfo {
        name: "refcounts_atomic",
        title: "Counting references in a free-threaded build",
        code: "Py_INCREF(op);\nPy_DECREF(op);",
        shared: "ob_ref_shared",
        is_count: true,
        by_python: false,
        make: |python| counts(&RACES[2], python, false, counting_atomically()),
    },
    RaceInfo {
        name: "increment",
        title: "x += 1",
        code: "x += 1",
        shared: "x",
        is_count: false,
        by_python: true,
        make: |python| sum(&RACES[3], python, increment(python)),
    },
    RaceInfo {
        name: "increment_with_call",
        title: "x += one()",
        code: "x += one()",
        shared: "x",
        is_count: false,
        by_python: true,
        make: |python| sum(&RACES[4], python, increment_with_call(python)),
    },
    RaceInfo {
        name: "increment_with_lock",
        title: "x += 1, with a lock",
        code: "with lock:\n    x += 1",
        shared: "x",
        is_count: false,
        by_python: true,
        make: |python| sum(&RACES[5], python, increment_with_lock(python)),
    },
    RaceInfo {
        name: "check_then_act",
        title: "Check, then act",
        code: "if key not in cache:\n    cache[key] = make()",
        shared: "made",
        is_count: false,
        by_python: true,
        make: |python| Race { right: 1, ..sum(&RACES[6], python, check_then_act(python)) },
    },
];

impl Race {
    /// The race of this name on a Python.
    pub fn find(name: &str, python: Python) -> Option<Race> {
        let info = RACES.iter().find(|info| info.name == name)?;
        Some((info.make)(python))
    }
}

/// A count of 1, the module's own reference, which is there in the end, too.
fn counts(info: &'static RaceInfo, python: Python, gil: bool, steps: Vec<Step>) -> Race {
    Race { info, python, steps, before: 1, right: 1, gil }
}

/// A sum that each thread adds 1 to.
fn sum(info: &'static RaceInfo, python: Python, steps: Vec<Step>) -> Race {
    let right = THREADS as i64;
    Race { info, python, steps, before: 0, right, gil: !python.is_free_threaded() }
}

fn step(of: &'static str, text: &'static str, does: Does) -> Step {
    Step { text, of, looks: false, does }
}

impl Step {
    fn looks_if(self, looks: bool) -> Step {
        Step { looks, ..self }
    }
}

/// `Py_INCREF` and `Py_DECREF` (Include/object.h up to 3.11, Include/refcount.h later), without
/// what they do for immortal objects. With a GIL a switch can fall between the bytecodes that they
/// are part of.
fn counting(gil: bool) -> Vec<Step> {
    let (up, down) = ("Py_INCREF(op)", "Py_DECREF(op)");
    vec![
        step(up, "r = op->ob_refcnt", Does::Load),
        step(up, "op->ob_refcnt = r + 1", Does::AddStore(1)).looks_if(gil),
        step(down, "r = op->ob_refcnt", Does::Load),
        step(down, "op->ob_refcnt = r - 1", Does::AddStore(-1)),
        step(down, "if (r - 1 == 0) _Py_Dealloc(op)", Does::FreeAtZero(-1)).looks_if(gil),
    ]
}

/// The shared count of an object that belongs to neither thread (PEP 703, biased reference
/// counting). Left out: the owner's own count, which is no atomic one, and merging the two.
fn counting_atomically() -> Vec<Step> {
    let (up, down) = ("Py_INCREF(op)", "Py_DECREF(op)");
    vec![
        step(up, "atomic_add(&op->ob_ref_shared, 1)", Does::Atomic(1)),
        step(down, "r = atomic_add(&op->ob_ref_shared, -1)", Does::Atomic(-1)),
        step(down, "if (r == 0) _Py_Dealloc(op)", Does::FreeAtZero(0)),
    ]
}

/// Where the eval breaker is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looks {
    /// At the top of the loop, before every bytecode but after those that dispatch fast
    /// (`FAST_DISPATCH`, Python/ceval.c up to 3.9).
    AlmostEverywhere,
    /// On backward jumps and after calls (`CHECK_EVAL_BREAKER`, Python/ceval.c of 3.10).
    AfterCalls,
    /// On backward jumps and at the start of a function, and after calls of C functions (`RESUME`,
    /// Python/ceval.c of 3.11, Python/bytecodes.c later).
    AtStarts,
}

fn looks(python: Python) -> Looks {
    match python.version() {
        version if version < (3, 10) => Looks::AlmostEverywhere,
        version if version < (3, 11) => Looks::AfterCalls,
        _ => Looks::AtStarts,
    }
}

fn add_text(python: Python) -> &'static str {
    if python.version() < (3, 11) { "INPLACE_ADD" } else { "BINARY_OP +=" }
}

fn jump(python: Python) -> Step {
    let text = if python.version() < (3, 11) { "JUMP_ABSOLUTE" } else { "JUMP_BACKWARD" };
    step("the loop", text, Does::Nothing).looks_if(true)
}

fn load_add_store(python: Python) -> [Step; 4] {
    let of = "x += 1";
    let everywhere = looks(python) == Looks::AlmostEverywhere;
    [
        step(of, "LOAD_GLOBAL x", Does::Load).looks_if(everywhere),
        step(of, "LOAD_CONST 1", Does::Nothing),
        step(of, add_text(python), Does::Add(1)).looks_if(everywhere),
        step(of, "STORE_GLOBAL x", Does::Store).looks_if(everywhere),
    ]
}

fn increment(python: Python) -> Vec<Step> {
    let [load, one, add, store] = load_add_store(python);
    vec![load, one, add, store, jump(python)]
}

fn call(of: &'static str, python: Python) -> Vec<Step> {
    let text = match python.version() {
        version if version < (3, 11) => "CALL_FUNCTION 0",
        _ => "CALL 0",
    };
    let called = step(of, text, Does::Nothing);
    match looks(python) {
        Looks::AtStarts => {
            vec![called, step(of, "RESUME, in the function", Does::Nothing).looks_if(true)]
        }
        Looks::AfterCalls | Looks::AlmostEverywhere => vec![called.looks_if(true)],
    }
}

fn increment_with_call(python: Python) -> Vec<Step> {
    let of = "x += one()";
    let everywhere = looks(python) == Looks::AlmostEverywhere;
    let mut steps = vec![
        step(of, "LOAD_GLOBAL x", Does::Load).looks_if(everywhere),
        step(of, "LOAD_GLOBAL one", Does::Nothing).looks_if(everywhere),
    ];
    steps.extend(call(of, python));
    steps.push(step(of, add_text(python), Does::Add(1)).looks_if(everywhere));
    steps.push(step(of, "STORE_GLOBAL x", Does::Store).looks_if(everywhere));
    steps.push(jump(python));
    steps
}

fn increment_with_lock(python: Python) -> Vec<Step> {
    let of = "with lock";
    let mut steps = vec![step(of, "lock.__enter__()", Does::Acquire).looks_if(true)];
    steps.extend(load_add_store(python));
    steps.push(step(of, "lock.__exit__()", Does::Release).looks_if(true));
    steps.push(jump(python));
    steps
}

fn check_then_act(python: Python) -> Vec<Step> {
    let (of, then) = ("if key not in cache", "cache[key] = make()");
    let everywhere = looks(python) == Looks::AlmostEverywhere;
    let test = if python.version() < (3, 9) { "COMPARE_OP not in" } else { "CONTAINS_OP not in" };
    let make = call(then, python);
    let store = step(then, "STORE_SUBSCR", Does::Atomic(1)).looks_if(everywhere);
    let mut steps = vec![step(of, test, Does::SkipIfSet(make.len() + 1)).looks_if(everywhere)];
    steps.extend(make);
    steps.push(store);
    steps.push(jump(python));
    steps
}
