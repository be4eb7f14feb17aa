//! Without a GIL: threads attach and detach, and stop for the collector.

use gil_sim::program::walk;
use gil_sim::{Spec, Step, StepKind};

use super::{Function, Lines, Listing, around};
use crate::line::LineId;
use crate::source::{
    ATTACH, DETACH, FREE_COLLECT, OBJECT_LOCK, OBJECT_UNLOCK, START_WORLD, STOP_WORLD, SUSPEND,
    eval_loop, handle_pending,
};

pub(super) fn listing(spec: &Spec) -> Listing {
    let mut functions = vec![around::thread(spec), eval(spec)];
    functions.extend(around::event_loop(spec));
    functions.extend([around::call(spec), attach(spec), detach(spec)]);
    if spec.gc.is_some() {
        functions.push(stop_the_world(spec));
    }
    if spec.groups.iter().any(|group| changes_objects(&group.steps)) {
        functions.push(object(spec));
    }
    Listing {
        about: "There is no GIL. A thread attaches to run Python; the collector stops all others.",
        functions,
    }
}

fn changes_objects(steps: &[Step]) -> bool {
    walk(steps).any(|step| step.kind() == StepKind::Mutate)
}

fn eval(spec: &Spec) -> Function {
    let (python, gc) = (spec.python, spec.gc.is_some());
    let pending = handle_pending(python);
    Lines::new(python, "eval_loop")
        .line(LineId::EVAL_RUN, 0, "run the next bytecode, attached", eval_loop(python))
        .line(LineId::EVAL_C, 1, "in C: stay attached until it returns", None)
        .line(
            LineId::EVAL_CHECK,
            0,
            "at a jump back or around a call: if eval_breaker:",
            eval_loop(python),
        )
        .line_if(gc, LineId::EVAL_STOP, 1, "if PLEASE_STOP: suspend, then attach()", SUSPEND)
        .line_if(gc, LineId::EVAL_COLLECT, 1, "if a collection is due: collect()", pending)
        .end()
}

fn attach(spec: &Spec) -> Function {
    Lines::new(spec.python, "attach")
        .line(LineId::ATTACH_WAIT, 0, "while the world is stopped: sleep", ATTACH)
        .line(LineId::ATTACH_RUN, 0, "state = attached", ATTACH)
        .end()
}

fn detach(spec: &Spec) -> Function {
    Lines::new(spec.python, "detach")
        .line(LineId::DETACH_RUN, 0, "state = detached", DETACH)
        .line(LineId::DETACH_STOPPER, 0, "tell who stops the world, if somebody does", DETACH)
        .end()
}

fn stop_the_world(spec: &Spec) -> Function {
    Lines::new(spec.python, "collect")
        .line(LineId::STOP_REQUEST, 0, "ask all attached threads: PLEASE_STOP", STOP_WORLD)
        .line(LineId::STOP_WAIT, 0, "wait until all of them have stopped", STOP_WORLD)
        .line(LineId::STOP_COLLECT, 0, "look at the objects", FREE_COLLECT)
        .line(LineId::STOP_START, 0, "start the world again", START_WORLD)
        .end()
}

fn object(spec: &Spec) -> Function {
    Lines::new(spec.python, "change of a shared object")
        .line(LineId::OBJECT_FREE, 0, "while its lock is taken:", OBJECT_LOCK)
        .line(LineId::OBJECT_SPIN, 1, "spin, up to 40 times", OBJECT_LOCK)
        .line(LineId::OBJECT_PARK, 1, "detach() and sleep; woken: attach()", OBJECT_LOCK)
        .line(LineId::OBJECT_CHANGE, 0, "change the object", None)
        .line(LineId::OBJECT_UNLOCK, 0, "unlock; wake who waits", OBJECT_UNLOCK)
        .end()
}
