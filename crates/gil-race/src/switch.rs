//! Where the eval breaker is looked at: the only places within Python code where a thread lets go
//! of the GIL without being asked to wait.

use gil_sim::Python;

/// Opcodes up to 3.9 that go to the next one without a look: `FAST_DISPATCH` (Python/ceval.c).
const FAST: &[&str] = &[
    "LOAD_FAST",
    "LOAD_CONST",
    "STORE_FAST",
    "POP_TOP",
    "DUP_TOP",
    "ROT_TWO",
    "POP_JUMP_IF_FALSE",
];

/// Whether a thread can be made to let go of the GIL between one instruction and the next. With
/// the free-threaded build there is nothing to let go of: other threads run at any moment.
///
/// Up to 3.9 the loop top of `_PyEval_EvalFrameDefault` looks, which all but a few opcodes go
/// through, and from 3.6 on not before `SETUP_WITH` (Python/ceval.c). From 3.10 on jumps backward,
/// calls and the beginning of a function look (`CHECK_EVAL_BREAKER`, Python/ceval.c 3.10 and 3.11,
/// Python/bytecodes.c from 3.12; `_CHECK_PERIODIC` in 3.14). Some specialized calls do not, as
/// those of `len`, `isinstance` and `list.append`. Where threads were seen to stand is in
/// `tests/cpython/races`.
///
/// Two places have no opcode that is theirs in all versions: `ENTER` stands for the way into a
/// function of Python, `RETURN` for the way back to its caller. From 3.11 on neither looks, but
/// `RESUME` does, the first instruction of the function.
pub fn switch_after(python: Python, opcode: &str, next: Option<&str>) -> bool {
    let version = python.version();
    match version {
        _ if python.is_free_threaded() => true,
        (2, _) | (3, ..=9) => looks_at_loop_top(version, opcode, next),
        (_, 10) => matches!(opcode, "ENTER" | "RETURN") || looks_itself(opcode),
        _ => opcode == "RESUME" || looks_itself(opcode),
    }
}

fn looks_at_loop_top(version: (u8, u8), opcode: &str, next: Option<&str>) -> bool {
    let fast = FAST.contains(&opcode) || (opcode == "CONTAINS_OP" && version == (3, 9));
    let passed_over = next == Some("SETUP_WITH") && version >= (3, 6);
    !fast && !passed_over
}

fn looks_itself(opcode: &str) -> bool {
    matches!(opcode, "CALL" | "CALL_FUNCTION" | "CALL_METHOD" | "JUMP_BACKWARD" | "JUMP_ABSOLUTE")
}

/// Where a switch can fall in this Python, in a sentence or two.
pub fn rule_words(python: Python) -> &'static str {
    match python.version() {
        _ if python.is_free_threaded() => {
            "There is no GIL: another thread can come between any two steps."
        }
        (2, _) | (3, ..=1) => {
            "The thread counts its instructions and offers the GIL every check interval, after \
             nearly any of them."
        }
        (_, ..=9) => "The eval breaker is looked at after nearly every instruction.",
        (_, 10) => {
            "The eval breaker is looked at when a loop jumps back, when a function begins and \
             after a call."
        }
        _ => {
            "The eval breaker is looked at when a loop jumps back, when a function begins and \
             after a call of a C function."
        }
    }
}
