//! 2.7 to 3.1: a lock that is released and acquired again every check interval.

use gil_sim::Spec;

use super::{Function, Lines, Listing, around};
use crate::line::LineId;
use crate::source::{ACQUIRE_LOCK, RELEASE_LOCK, eval_loop};

pub(super) fn listing(spec: &Spec) -> Listing {
    let mut functions = vec![around::thread(spec), eval(spec)];
    functions.extend(around::event_loop(spec));
    functions.extend([around::call(spec), acquire(spec), release(spec)]);
    Listing {
        about: "The holder releases the GIL every check interval and acquires it again. Nobody can \
                ask for it.",
        functions,
    }
}

fn eval(spec: &Spec) -> Function {
    let place = eval_loop(spec.python);
    Lines::new(spec.python, "eval_loop")
        .line(LineId::EVAL_RUN, 0, "run the next bytecode; ticker -= 1", place)
        .line(LineId::EVAL_C, 1, "in C: keep the GIL, no ticks", None)
        .line_if(spec.gc.is_some(), LineId::EVAL_COLLECT, 1, "collect garbage, if it is due", None)
        .line(LineId::EVAL_CHECK, 0, "if ticker < 0: ticker = check interval", place)
        .line(LineId::EVAL_DROP, 1, "release_lock(interpreter_lock)", place)
        .line(LineId::EVAL_TAKE, 1, "acquire_lock(interpreter_lock)", place)
        .end()
}

fn acquire(spec: &Spec) -> Function {
    Lines::new(spec.python, "acquire_lock")
        .line(LineId::ACQUIRE_WHILE, 0, "while locked:", ACQUIRE_LOCK)
        .line(LineId::ACQUIRE_WAIT, 1, "sleep until a release wakes me", ACQUIRE_LOCK)
        .line(LineId::ACQUIRE_LOCKED, 0, "locked = 1", ACQUIRE_LOCK)
        .end()
}

fn release(spec: &Spec) -> Function {
    Lines::new(spec.python, "release_lock")
        .line(LineId::RELEASE_FREE, 0, "locked = 0", RELEASE_LOCK)
        .line(LineId::RELEASE_WAKE, 0, "wake one sleeper, if there is one", RELEASE_LOCK)
        .end()
}
