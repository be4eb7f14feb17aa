//! What differs between two machines, in the panel's words.

use gil_sim::{Costs, Dist, Machine, Overheads};

use super::input::Changes;
use crate::scenario::{Detail, length};

pub(super) fn machine(changes: &mut Changes, a: &Machine, b: &Machine) {
    let Machine {
        os,
        cores,
        time_slice,
        wake_deep,
        wake_shallow,
        wake_cold,
        idle_deepens,
        timer_slack,
        timer_tick,
        wait_unit,
        context_switch,
        costs: of_costs,
        overheads: of_overheads,
    } = a;
    changes.value("Operating system", os, &b.os, |os| os.name().to_owned());
    changes.value("Cores", cores, &b.cores, ToString::to_string);
    changes.time("Time slice", time_slice, &b.time_slice);
    dist(changes, "Wake-up on a sleeping core", wake_deep, &b.wake_deep);
    dist(changes, "Wake-up on a warm core", wake_shallow, &b.wake_shallow);
    dist(changes, "Wake-up where all cores are busy", wake_cold, &b.wake_cold);
    changes.time("A core is asleep after", idle_deepens, &b.idle_deepens);
    changes.time("Timer slack", timer_slack, &b.timer_slack);
    changes.time("Timer tick", timer_tick, &b.timer_tick);
    changes.time("Unit of GIL waits", wait_unit, &b.wait_unit);
    changes.time("Context switch", context_switch, &b.context_switch);
    costs(changes, of_costs, &b.costs);
    overheads(changes, of_overheads, &b.overheads);
}

fn dist(changes: &mut Changes, what: &str, a: &Dist, b: &Dist) {
    changes.value(what, a, b, |dist| length(*dist, Detail::Exact));
}

fn costs(changes: &mut Changes, a: &Costs, b: &Costs) {
    let Costs { uncontended, futex_wake, futex_wait, syscall, thread_start, rewait } = a;
    changes.time("Free mutex", uncontended, &b.uncontended);
    changes.time("Futex wake", futex_wake, &b.futex_wake);
    dist(changes, "Futex wait", futex_wait, &b.futex_wait);
    changes.time("System call", syscall, &b.syscall);
    changes.time("Thread start", thread_start, &b.thread_start);
    dist(changes, "Request to wait", rewait, &b.rewait);
}

fn overheads(changes: &mut Changes, a: &Overheads, b: &Overheads) {
    let Overheads {
        fork,
        forkserver,
        spawn,
        interpreter,
        pickle,
        unpickle,
        task_switch,
        job,
        cache_line,
    } = a;
    changes.time("Start of a process, fork", fork, &b.fork);
    changes.time("Start of a process, forkserver", forkserver, &b.forkserver);
    changes.time("Start of a process, spawn", spawn, &b.spawn);
    changes.time("Start of a subinterpreter", interpreter, &b.interpreter);
    changes.time("Pickle a MiB", pickle, &b.pickle);
    changes.time("Unpickle a MiB", unpickle, &b.unpickle);
    changes.time("Task switch", task_switch, &b.task_switch);
    changes.time("Hand over a job", job, &b.job);
    changes.time("Move a cache line", cache_line, &b.cache_line);
}
