//! Places in CPython's source, by version.

use std::fmt;

use gil_sim::{Collector, DropReason, EventKind, Protocol, Python, Spec};

/// A place in CPython's source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file.
    pub file: &'static str,
    /// The function in it.
    pub function: &'static str,
    /// The version it is looked up in.
    pub python: Python,
}

impl Source {
    /// The file in CPython's repository, as it was in this version. Without a line number: those
    /// change with every patch release.
    pub fn link(&self) -> String {
        format!(
            "https://github.com/python/cpython/blob/{}/{}",
            self.python.source_tree(),
            self.file
        )
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} (CPython {})", self.function, self.file, self.python)
    }
}

/// A file and a function in it.
pub(crate) type Place = (&'static str, &'static str);

/// The file that has `take_gil` and `drop_gil`: Python/ceval_gil.h up to 3.11, then ceval_gil.c.
fn gil_file(python: Python) -> &'static str {
    if python.version() >= (3, 12) { "Python/ceval_gil.c" } else { "Python/ceval_gil.h" }
}

pub(crate) fn take_gil(python: Python) -> Place {
    (gil_file(python), "take_gil")
}

pub(crate) fn drop_gil(python: Python) -> Place {
    (gil_file(python), "drop_gil")
}

/// The interpreter loop: `PyEval_EvalFrameEx` up to 3.5, then `_PyEval_EvalFrameDefault`
/// (PEP 523).
pub(crate) fn eval_loop(python: Python) -> Place {
    match python.version() {
        (2, _) | (3, ..=5) => ("Python/ceval.c", "PyEval_EvalFrameEx"),
        _ => ("Python/ceval.c", "_PyEval_EvalFrameDefault"),
    }
}

/// What is done when the eval breaker is set: in the loop itself up to 3.8.
pub(crate) fn handle_pending(python: Python) -> Place {
    match python.version() {
        (3, 12..) => ("Python/ceval_gil.c", "_Py_HandlePending"),
        (3, 9..) => ("Python/ceval.c", "eval_frame_handle_pending"),
        _ => eval_loop(python),
    }
}

/// Where Python/ceval.c's functions for thread states are: in ceval_gil.c from 3.12 on.
fn state_file(python: Python) -> &'static str {
    if python.version() >= (3, 12) { "Python/ceval_gil.c" } else { "Python/ceval.c" }
}

/// `Py_BEGIN_ALLOW_THREADS`.
pub(crate) fn save_thread(python: Python) -> Place {
    (state_file(python), "PyEval_SaveThread")
}

/// `Py_END_ALLOW_THREADS`.
pub(crate) fn restore_thread(python: Python) -> Place {
    (state_file(python), "PyEval_RestoreThread")
}

/// A new thread's way to the GIL.
pub(crate) fn acquire_thread(python: Python) -> Place {
    (state_file(python), "PyEval_AcquireThread")
}

pub(crate) const DELETE_CURRENT: Place = ("Python/pystate.c", "PyThreadState_DeleteCurrent");

/// `threading.Lock.acquire`.
pub(crate) fn lock_acquire(python: Python) -> Place {
    match python.version() {
        (2, _) => ("Modules/threadmodule.c", "lock_PyThread_acquire_lock"),
        (3, 0 | 1) => ("Modules/_threadmodule.c", "lock_PyThread_acquire_lock"),
        (3, ..=12) => ("Modules/_threadmodule.c", "acquire_timed"),
        (3, 13) => ("Python/thread.c", "PyThread_acquire_lock_timed_with_retries"),
        _ => OBJECT_LOCK,
    }
}

/// `threading.Lock.release`.
pub(crate) fn lock_release(python: Python) -> Place {
    if python.version() >= (3, 14) { OBJECT_UNLOCK } else { RELEASE_LOCK }
}

pub(crate) const ACQUIRE_LOCK: Place = ("Python/thread_pthread.h", "PyThread_acquire_lock");
pub(crate) const RELEASE_LOCK: Place = ("Python/thread_pthread.h", "PyThread_release_lock");
pub(crate) const OBJECT_LOCK: Place = ("Python/lock.c", "_PyMutex_LockTimed");
pub(crate) const OBJECT_UNLOCK: Place = ("Python/lock.c", "_PyMutex_TryUnlock");
pub(crate) const ATTACH: Place = ("Python/pystate.c", "_PyThreadState_Attach");
pub(crate) const DETACH: Place = ("Python/pystate.c", "_PyThreadState_Detach");
pub(crate) const SUSPEND: Place = ("Python/pystate.c", "_PyThreadState_Suspend");
pub(crate) const STOP_WORLD: Place = ("Python/pystate.c", "stop_the_world");
pub(crate) const START_WORLD: Place = ("Python/pystate.c", "start_the_world");
pub(crate) const FREE_COLLECT: Place = ("Python/gc_free_threading.c", "gc_collect_main");
pub(crate) const RUN_ONCE: Place = ("Lib/asyncio/base_events.py", "BaseEventLoop._run_once");

/// Where the rule of an event stands in CPython's source, for steps of the GIL's own protocol and
/// of what stands in its place. `had_gil` is whether the thread had the GIL just before.
pub fn rule(spec: &Spec, kind: &EventKind, had_gil: bool) -> Option<Source> {
    let python = spec.python;
    let (file, function) = match spec.protocol() {
        Protocol::Ticks => ticks_rule(python, kind),
        Protocol::Interval(_) => interval_rule(python, kind, had_gil),
        Protocol::Free => None,
    }
    .or_else(|| common_rule(spec, kind))?;
    Some(Source { file, function, python })
}

fn ticks_rule(python: Python, kind: &EventKind) -> Option<Place> {
    Some(match kind {
        EventKind::Takes { .. } | EventKind::Missed { .. } | EventKind::Blocks { .. } => {
            ACQUIRE_LOCK
        }
        EventKind::Drops { reason: DropReason::Ticks, .. } => eval_loop(python),
        EventKind::Drops { .. } => RELEASE_LOCK,
        _ => return None,
    })
}

fn interval_rule(python: Python, kind: &EventKind, had_gil: bool) -> Option<Place> {
    Some(match kind {
        EventKind::Waits { .. }
        | EventKind::WaitTimedOut { .. }
        | EventKind::DropRequested { .. }
        | EventKind::Takes { .. }
        | EventKind::Missed { .. } => take_gil(python),
        // Both lock the mutex; only who has the GIL can be on its way to drop it.
        EventKind::MutexBlocked { .. } if !had_gil => take_gil(python),
        EventKind::Drops { .. }
        | EventKind::ForcedSwitchWaits
        | EventKind::ForcedSwitchDone
        | EventKind::MutexBlocked { .. } => drop_gil(python),
        EventKind::SeesRequest => handle_pending(python),
        _ => return None,
    })
}

fn common_rule(spec: &Spec, kind: &EventKind) -> Option<Place> {
    let python = spec.python;
    Some(match kind {
        EventKind::SwitchIntervalSet(_) => (gil_file(python), "_PyEval_SetSwitchInterval"),
        EventKind::CheckIntervalSet(_) => ("Python/sysmodule.c", "sys_setcheckinterval"),
        EventKind::LockTaken(_) | EventKind::LockWaits { .. } => lock_acquire(python),
        EventKind::LockReleased { .. } => lock_release(python),
        EventKind::Attaches { .. } => ATTACH,
        EventKind::Detaches { .. } => DETACH,
        EventKind::CollectionBegins => return collection(spec),
        EventKind::StopRequested { .. } => STOP_WORLD,
        EventKind::Stops => handle_pending(python),
        EventKind::StartsWorld => START_WORLD,
        EventKind::ObjectWaits { .. } | EventKind::ObjectTaken { .. } => OBJECT_LOCK,
        EventKind::ObjectReleased { .. } => OBJECT_UNLOCK,
        EventKind::TaskRuns(_) | EventKind::Selects => RUN_ONCE,
        _ => return None,
    })
}

/// Where a collection starts. The eval breaker does it from 3.12 on; before, an allocation did.
pub(crate) fn collection(spec: &Spec) -> Option<Place> {
    match spec.protocol() {
        Protocol::Free => Some(FREE_COLLECT),
        _ if spec.python.collector() == Collector::AtAllocation => None,
        _ => Some(handle_pending(spec.python)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gil_sim::{TakeHow, ThreadId};

    fn rule_in(python: &str, kind: EventKind, had_gil: bool) -> Option<String> {
        let python = Python::find(python).expect("a version that is modelled");
        let spec = Spec { python, ..Spec::default() };
        rule(&spec, &kind, had_gil).map(|rule| rule.to_string())
    }

    fn drops(reason: DropReason) -> EventKind {
        EventKind::Drops { reason, signals: None }
    }

    #[test]
    fn rules_name_their_place_in_the_version() {
        let missed = EventKind::Missed { holder: None };
        let mutex = EventKind::MutexBlocked { owner: ThreadId(0) };
        let takes = EventKind::Takes {
            how: TakeHow::Free,
            waited: gil_sim::Nanos::ZERO,
            switch_number: 1,
            switched: true,
        };
        let lock = EventKind::LockTaken(gil_sim::LockId(0));
        let sees = EventKind::SeesRequest;
        for (python, kind, had_gil, want) in [
            ("3.11", missed, false, "take_gil, Python/ceval_gil.h (CPython 3.11)"),
            ("3.12", missed, false, "take_gil, Python/ceval_gil.c (CPython 3.12)"),
            ("3.11", mutex, false, "take_gil, Python/ceval_gil.h (CPython 3.11)"),
            ("3.11", mutex, true, "drop_gil, Python/ceval_gil.h (CPython 3.11)"),
            ("3.4", sees, true, "PyEval_EvalFrameEx, Python/ceval.c (CPython 3.4)"),
            ("3.8", sees, true, "_PyEval_EvalFrameDefault, Python/ceval.c (CPython 3.8)"),
            ("3.9", sees, true, "eval_frame_handle_pending, Python/ceval.c (CPython 3.9)"),
            ("3.12", sees, true, "_Py_HandlePending, Python/ceval_gil.c (CPython 3.12)"),
            ("2.7", takes, false, "PyThread_acquire_lock, Python/thread_pthread.h (CPython 2.7)"),
            (
                "2.7",
                drops(DropReason::Ticks),
                true,
                "PyEval_EvalFrameEx, Python/ceval.c (CPython 2.7)",
            ),
            (
                "2.7",
                drops(DropReason::Io),
                true,
                "PyThread_release_lock, Python/thread_pthread.h (CPython 2.7)",
            ),
            ("2.7", lock, true, "lock_PyThread_acquire_lock, Modules/threadmodule.c (CPython 2.7)"),
            ("3.5", lock, true, "acquire_timed, Modules/_threadmodule.c (CPython 3.5)"),
            ("3.14", lock, true, "_PyMutex_LockTimed, Python/lock.c (CPython 3.14)"),
        ] {
            assert_eq!(rule_in(python, kind, had_gil).as_deref(), Some(want));
        }
        assert_eq!(rule_in("3.11", EventKind::Started, false), None);
        assert_eq!(rule_in("3.11", EventKind::CollectionBegins, true), None);
    }

    #[test]
    fn links_lead_to_the_file_of_the_version() {
        let link = |python: &str| {
            let python = Python::find(python).expect("a version that is modelled");
            let (file, function) = take_gil(python);
            Source { file, function, python }.link()
        };
        let at = "https://github.com/python/cpython/blob";
        assert_eq!(link("3.11"), format!("{at}/3.11/Python/ceval_gil.h"));
        assert_eq!(link("3.14t"), format!("{at}/3.14/Python/ceval_gil.c"));
        assert_eq!(link("3.5"), format!("{at}/v3.5.10/Python/ceval_gil.h"));
    }
}
