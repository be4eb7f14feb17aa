//! Statements of Python, as the bytecode that each version makes of them. Instructions that only
//! move values on the stack are left out where nothing depends on them.

use gil_sim::Python;

use crate::memory::{Cell, Memory};
use crate::program::{Action, Program};
use crate::race::{Goal, Race, RaceKind, Rule};
use crate::switch::switch_after;

/// An instruction: the opcode that decides about a switch, what the reader sees, what it does.
type Instruction = (&'static str, String, Action);

/// The race of this kind; [`RaceKind::Increment`] for one that is not about bytecode.
pub(crate) fn race(kind: RaceKind, python: Python) -> Race {
    let thread = |name| Program::new(name);
    let threads = ["T1", "T2"].map(|name| parts(kind, python).add_to(thread(name), python));
    let rule = if python.is_free_threaded() { Rule::Free } else { Rule::Gil };
    let (goal, cells) = shared(kind);
    Race {
        kind,
        python: Some(python),
        rule,
        threads: threads.into(),
        goal,
        memory: Memory::new(&cells),
    }
}

fn shared(kind: RaceKind) -> (Goal, Vec<(Cell, i64)>) {
    match kind {
        RaceKind::ListAppend => (Goal::Value(Cell::Length, 2), vec![(Cell::Length, 0)]),
        RaceKind::CheckThenStore | RaceKind::CheckThenAct => {
            (Goal::Once, vec![(Cell::Key, 0), (Cell::Stores, 0)])
        }
        _ => (Goal::Value(Cell::X, 2), vec![(Cell::X, 0)]),
    }
}

/// Operations, each with its instructions.
struct Parts(Vec<(&'static str, Vec<Instruction>)>);

impl Parts {
    fn add_to(self, mut program: Program, python: Python) -> Program {
        let opcodes: Vec<&str> =
            self.0.iter().flat_map(|(_, code)| code.iter().map(|(opcode, ..)| *opcode)).collect();
        let mut first = 0;
        for (name, code) in self.0 {
            let count = code.len();
            let opcode = |i: usize| opcodes.get(first + i).copied();
            let switch = |i: usize, _| {
                opcode(i).is_none_or(|here| switch_after(python, here, opcode(i + 1)))
            };
            let steps = code.into_iter().map(|(_, text, action)| (text, action)).collect();
            program = program.operation(name, steps, switch);
            first += count;
        }
        program
    }
}

fn parts(kind: RaceKind, python: Python) -> Parts {
    Parts(match kind {
        RaceKind::IncrementAttribute => vec![("self.x += 1", attribute(python))],
        RaceKind::IncrementWithCall => with_call(python),
        RaceKind::IncrementWithCCall => vec![("x = x + int(1)", with_c_call(python))],
        RaceKind::IncrementWithLock => with_lock(python),
        RaceKind::ListAppend => vec![("a.append(1)", append(python))],
        RaceKind::CheckThenStore => check_then(python, "d[k] = 1", vec![one(python)]),
        RaceKind::CheckThenAct => check_then(python, "d[k] = make()", make(python)),
        _ => vec![("x += 1", plain(python))],
    })
}

fn plain(python: Python) -> Vec<Instruction> {
    vec![global(), one(python), add(python, true), store()]
}

fn attribute(python: Python) -> Vec<Instruction> {
    let is_new = python.version() >= (3, 11);
    let copy = if is_new { ("COPY", "1") } else { ("DUP_TOP", "") };
    let swap = if is_new { ("SWAP", "2") } else { ("ROT_TWO", "") };
    vec![
        other(local_name(python), "self"),
        other(copy.0, copy.1),
        written("LOAD_ATTR", "x", Action::Push(Cell::X)),
        one(python),
        add(python, true),
        other(swap.0, swap.1),
        written("STORE_ATTR", "x", Action::Pop(Cell::X)),
    ]
}

/// Up to 3.10 what looks at the eval breaker is the beginning of the function and the end of
/// `CALL_FUNCTION`; from 3.11 on it is `RESUME`, and the call itself does not look.
fn with_call(python: Python) -> Vec<(&'static str, Vec<Instruction>)> {
    let is_new = python.version() >= (3, 11);
    let call = ("ENTER", format!("{} f", call_name(python)), Action::Call);
    let leave = ("RETURN", "RETURN_VALUE".to_owned(), Action::Call);
    let mut body = match python.version() {
        (3, 12 | 13) => vec![("RETURN", "RETURN_CONST 1".to_owned(), Action::Const(1))],
        _ => vec![one(python), leave],
    };
    if is_new {
        body.insert(0, written("RESUME", "", Action::Call));
    }
    vec![
        ("x += f()", vec![global(), other("LOAD_GLOBAL", "f"), call]),
        ("f(): return 1", body),
        ("x += f()", vec![add(python, true), store()]),
    ]
}

fn with_c_call(python: Python) -> Vec<Instruction> {
    let call = (call_name(python), format!("{} int(1)", call_name(python)), Action::Const(1));
    vec![
        global(),
        other("LOAD_GLOBAL", "int"),
        other(constant_name(python), "1"),
        call,
        add(python, false),
        store(),
    ]
}

fn with_lock(python: Python) -> Vec<(&'static str, Vec<Instruction>)> {
    let enter = match python.version() {
        (2, _) | (3, ..=10) => "SETUP_WITH",
        (_, ..=13) => "BEFORE_WITH",
        _ => "CALL",
    };
    let exit = match python.version() {
        (2, _) | (3, ..=4) => "WITH_CLEANUP",
        (_, ..=8) => "WITH_CLEANUP_START",
        _ => call_name(python),
    };
    let enter = (enter, format!("{enter} (lock.acquire)"), Action::Acquire);
    let exit = (exit, format!("{exit} (lock.release)"), Action::Release);
    vec![
        ("with lock:", vec![other("LOAD_GLOBAL", "lock"), enter]),
        ("x += 1", plain(python)),
        ("end of with", vec![exit]),
    ]
}

fn append(python: Python) -> Vec<Instruction> {
    let load = match python.version() {
        (2, _) | (3, ..=6) | (3, 12..) => "LOAD_ATTR",
        _ => "LOAD_METHOD",
    };
    let call = match python.version() {
        (3, 7..=10) => "CALL_METHOD",
        _ => call_name(python),
    };
    vec![
        other("LOAD_GLOBAL", "a"),
        other(load, "append"),
        other(constant_name(python), "1"),
        (call, format!("{call} a.append"), Action::AtomicAdd(Cell::Length, 1)),
    ]
}

fn check_then(
    python: Python,
    act: &'static str,
    value: Vec<Instruction>,
) -> Vec<(&'static str, Vec<Instruction>)> {
    let contains = if python.version() >= (3, 9) { "CONTAINS_OP" } else { "COMPARE_OP" };
    let jump = match python.version() {
        (3, 11) => "POP_JUMP_FORWARD_IF_FALSE",
        _ => "POP_JUMP_IF_FALSE",
    };
    let check = vec![
        other(local_name(python), "k"),
        other("LOAD_GLOBAL", "d"),
        written(contains, "not in", Action::TestMissing),
        written(jump, "", Action::JumpIfFalse),
    ];
    let mut steps = value;
    steps.extend([other("LOAD_GLOBAL", "d"), other(local_name(python), "k")]);
    steps.push(written("STORE_SUBSCR", "", Action::Insert));
    vec![("if k not in d:", check), (act, steps)]
}

/// `make` is a C function, or one in Python whose insides do not matter: there is a place for a
/// switch in either.
fn make(python: Python) -> Vec<Instruction> {
    let call = (call_name(python), format!("{} make", call_name(python)), Action::Call);
    vec![other("LOAD_GLOBAL", "make"), call]
}

fn global() -> Instruction {
    written("LOAD_GLOBAL", "x", Action::Push(Cell::X))
}

fn store() -> Instruction {
    written("STORE_GLOBAL", "x", Action::Pop(Cell::X))
}

fn one(python: Python) -> Instruction {
    written(constant_name(python), "1", Action::Const(1))
}

fn constant_name(python: Python) -> &'static str {
    if python.version() >= (3, 14) { "LOAD_SMALL_INT" } else { "LOAD_CONST" }
}

fn local_name(python: Python) -> &'static str {
    if python.version() >= (3, 14) { "LOAD_FAST_BORROW" } else { "LOAD_FAST" }
}

fn call_name(python: Python) -> &'static str {
    if python.version() >= (3, 11) { "CALL" } else { "CALL_FUNCTION" }
}

fn add(python: Python, in_place: bool) -> Instruction {
    let (opcode, argument) = match (python.version() >= (3, 11), in_place) {
        (true, true) => ("BINARY_OP", "+="),
        (true, false) => ("BINARY_OP", "+"),
        (false, true) => ("INPLACE_ADD", ""),
        (false, false) => ("BINARY_ADD", ""),
    };
    written(opcode, argument, Action::Sum)
}

fn other(opcode: &'static str, argument: &str) -> Instruction {
    written(opcode, argument, Action::Other)
}

fn written(opcode: &'static str, argument: &str, action: Action) -> Instruction {
    (opcode, format!("{opcode} {argument}").trim_end().to_owned(), action)
}
