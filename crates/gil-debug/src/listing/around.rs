//! What all protocols have in common: a thread's life, calls without the GIL, asyncio.

use gil_sim::{Protocol, Spec, Strategy};

use super::{Function, Lines};
use crate::line::LineId;
use crate::source::{
    ATTACH, DELETE_CURRENT, DETACH, Place, RUN_ONCE, acquire_thread, lock_acquire, restore_thread,
    save_thread,
};

pub(super) fn thread(spec: &Spec) -> Function {
    let python = spec.python;
    let (take, drop) = match spec.protocol() {
        Protocol::Ticks => ("acquire_lock(interpreter_lock)", "release_lock(interpreter_lock)"),
        Protocol::Interval(_) => ("take_gil()", "drop_gil()"),
        Protocol::Free => ("attach()", "detach()"),
    };
    let apart = spec.groups.iter().any(|group| group.strategy.is_apart());
    Lines::new(python, "thread")
        .line_if(apart, LineId::THREAD_START, 0, "start up: process or interpreter", None)
        .line(LineId::THREAD_TAKE, 0, take, acquire_thread(python))
        .line(LineId::THREAD_RUN, 0, "run the program: eval_loop()", None)
        .line(LineId::THREAD_END, 0, drop, DELETE_CURRENT)
        .end()
}

/// `Py_BEGIN_ALLOW_THREADS` and `Py_END_ALLOW_THREADS` with what is between.
pub(super) fn call(spec: &Spec) -> Function {
    let python = spec.python;
    let free = spec.protocol() == Protocol::Free;
    let ways: (&str, Place, &str, Place) = match spec.protocol() {
        Protocol::Free => ("detach()", DETACH, "attach()", ATTACH),
        Protocol::Ticks => (
            "release_lock(interpreter_lock)",
            save_thread(python),
            "acquire_lock(interpreter_lock)",
            restore_thread(python),
        ),
        Protocol::Interval(_) => {
            ("drop_gil()", save_thread(python), "take_gil()", restore_thread(python))
        }
    };
    let (drop, drop_place, take, take_place) = ways;
    Lines::new(python, if free { "blocking call" } else { "call without the GIL" })
        .line(LineId::CALL_DROP, 0, drop, drop_place)
        .line(LineId::CALL_IO, 0, "I/O: sleep until it is complete", None)
        .line(LineId::CALL_SYSCALL, 0, "or: a short system call", None)
        .line(LineId::CALL_SLEEP, 0, "or: time.sleep until the timer fires", None)
        .line(LineId::CALL_NATIVE, 0, "or: compute in C", None)
        .line(LineId::CALL_LOCK, 0, "or: wait for a threading.Lock", lock_acquire(python))
        .line(LineId::CALL_QUEUE, 0, "or: wait for a job or a result", None)
        .line(LineId::CALL_TAKE, 0, take, take_place)
        .end()
}

/// asyncio's loop, where the scenario has one.
pub(super) fn event_loop(spec: &Spec) -> Option<Function> {
    let has = spec.groups.iter().any(|group| group.strategy == Strategy::Asyncio);
    has.then(|| {
        Lines::new(spec.python, "asyncio's event loop")
            .line(LineId::LOOP_SELECT, 0, "ask the selector, without the GIL", RUN_ONCE)
            .line(LineId::LOOP_TASK, 0, "run each ready task until it awaits", RUN_ONCE)
            .end()
    })
}
