//! 3.2 and later: a waiter asks for the GIL after an interval.

use gil_sim::{EvalCheck, RequestScope, Spec};

use super::{Function, Lines, Listing, around};
use crate::line::LineId;
use crate::source::{collection, drop_gil, eval_loop, handle_pending, take_gil};

pub(super) fn listing(spec: &Spec, scope: RequestScope) -> Listing {
    let mut functions = vec![around::thread(spec), eval(spec, scope)];
    functions.extend(around::event_loop(spec));
    functions.extend([around::call(spec), take(spec, scope), drop(spec, scope)]);
    Listing { about: about(scope), functions }
}

fn about(scope: RequestScope) -> &'static str {
    match scope {
        RequestScope::Process => {
            "A waiter asks for the GIL after one switch interval. One drop request for the process."
        }
        RequestScope::Interpreter => {
            "A waiter asks for the GIL after one switch interval. Each interpreter can have a GIL \
             and a drop request of its own."
        }
        RequestScope::Thread => {
            "A waiter asks for the GIL after one switch interval. The request is a bit in the eval \
             breaker of the thread that has the GIL."
        }
    }
}

fn eval(spec: &Spec, scope: RequestScope) -> Function {
    let python = spec.python;
    let pending = handle_pending(python);
    let check = match python.check() {
        EvalCheck::EveryInstruction => "before most bytecodes: if eval_breaker:",
        EvalCheck::JumpsAndCalls => "at a jump back or a call: if eval_breaker:",
        EvalCheck::ResumeJumpsAndCalls => "at a jump back or around a call: if eval_breaker:",
    };
    let request = match scope {
        RequestScope::Thread => "if my DROP_REQUEST bit: drop_gil()",
        _ => "if gil_drop_request: drop_gil()",
    };
    Lines::new(python, "eval_loop")
        .line(LineId::EVAL_RUN, 0, "run the next bytecode, with the GIL", eval_loop(python))
        .line(LineId::EVAL_C, 1, "in C: keep the GIL until it returns", None)
        .line(LineId::EVAL_CHECK, 0, check, eval_loop(python))
        .line_if(
            spec.gc.is_some(),
            LineId::EVAL_COLLECT,
            1,
            "collect garbage, if it is due",
            collection(spec),
        )
        .line(LineId::EVAL_DROP, 1, request, pending)
        .line(LineId::EVAL_TAKE, 2, "take_gil()", pending)
        .end()
}

fn take(spec: &Spec, scope: RequestScope) -> Function {
    let place = take_gil(spec.python);
    let (request, clear) = match scope {
        RequestScope::Thread => {
            ("holder's eval_breaker |= DROP_REQUEST", "my eval_breaker &= ~DROP_REQUEST")
        }
        _ => ("gil_drop_request = 1; eval_breaker = 1", "gil_drop_request = 0"),
    };
    Lines::new(spec.python, "take_gil")
        .line(LineId::TAKE_MUTEX, 0, "lock(mutex)", place)
        .line(LineId::TAKE_WHILE, 0, "while locked:", place)
        .line(LineId::TAKE_SAVE, 1, "saved = switch_number", place)
        .line(LineId::TAKE_WAIT, 1, "wait(cond, mutex, at most interval)", place)
        .line(LineId::TAKE_TIMED_OUT, 1, "if timed out, locked and switch_number == saved:", place)
        .line(LineId::TAKE_REQUEST, 2, request, place)
        .line(LineId::TAKE_LOCKED, 0, "locked = 1", place)
        .line(LineId::TAKE_OTHER, 0, "if last_holder != me:", place)
        .line(LineId::TAKE_SWITCH, 1, "last_holder = me; switch_number += 1", place)
        .line(LineId::TAKE_SIGNAL, 0, "signal(switch_cond)", place)
        .line(LineId::TAKE_CLEAR, 0, clear, place)
        .line(LineId::TAKE_UNLOCK, 0, "unlock(mutex)", place)
        .end()
}

fn drop(spec: &Spec, scope: RequestScope) -> Function {
    let place = drop_gil(spec.python);
    let (forced, clear) = match scope {
        RequestScope::Thread => {
            ("if my DROP_REQUEST bit and last_holder == me:", "clear my DROP_REQUEST bit")
        }
        _ => ("if gil_drop_request and last_holder == me:", "gil_drop_request = 0"),
    };
    Lines::new(spec.python, "drop_gil")
        .line(LineId::DROP_HOLDER, 0, "last_holder = me", place)
        .line(LineId::DROP_MUTEX, 0, "lock(mutex)", place)
        .line(LineId::DROP_LOCKED, 0, "locked = 0", place)
        .line(LineId::DROP_SIGNAL, 0, "signal(cond)", place)
        .line(LineId::DROP_UNLOCK, 0, "unlock(mutex)", place)
        .line(LineId::DROP_FORCED, 0, forced, place)
        .line(LineId::DROP_CLEAR, 1, clear, place)
        .line(LineId::DROP_WAIT, 1, "wait(switch_cond)", place)
        .end()
}
