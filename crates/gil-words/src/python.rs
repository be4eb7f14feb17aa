//! What a version of Python does in its own way, in words.

use gil_sim::{EvalCheck, Protocol, Python, RequestScope};

/// How a version hands over the GIL, or does without, in two or three sentences.
pub fn python_note(python: Python) -> String {
    let wher = match python.check() {
        EvalCheck::EveryInstruction => "before nearly every instruction",
        EvalCheck::JumpsAndCalls => "at backward jumps and most calls",
        EvalCheck::ResumeJumpsAndCalls => "at RESUME, backward jumps and calls",
    };
    let whose = match python.protocol() {
        Protocol::Ticks => {
            return "The GIL is a plain lock: its thread lets go of it every so many ticks, whoever \
                    waits, and takes it again at once. A tick is about an instruction."
                .to_owned();
        }
        Protocol::Free => {
            return format!(
                "Built without a GIL (PEP 703): threads run side by side, objects have locks of \
                 their own, and bytecode takes {}\u{a0}% longer.",
                python.bytecode_overhead_percent(),
            );
        }
        Protocol::Interval(RequestScope::Process) => "process",
        Protocol::Interval(RequestScope::Interpreter) => "interpreter",
        Protocol::Interval(RequestScope::Thread) => "thread",
    };
    format!(
        "Looks for drop requests {wher}. One request flag per {whose}. Security fixes until {}.",
        python.end_of_life()
    )
}
