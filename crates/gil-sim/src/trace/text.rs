//! The stable text form of a trace.

use std::fmt;

use super::{Event, EventKind, LockId, ObjectHow, ObjectId, Outcome, TakeHow, ThreadId, Trace};
use crate::time::Nanos;

impl fmt::Display for Trace {
    /// The stable text form: a line per event, `time  thread  what`, then the outcome.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for event in &self.events {
            writeln!(f, "{}", self.line(event))?;
        }
        write!(f, "{} outcome: ", Stamp(self.end))?;
        match &self.outcome {
            Outcome::Completed => writeln!(f, "completed"),
            Outcome::TimeLimit => writeln!(f, "time limit"),
            Outcome::EventLimit => writeln!(f, "event limit"),
            Outcome::Deadlock(threads) => {
                let names: Vec<_> = threads.iter().map(|t| self.name(*t)).collect();
                writeln!(f, "deadlock of {}", names.join(", "))
            }
        }
    }
}

/// A time as microseconds with three decimals, which are nanoseconds: `5144.047us`.
struct Stamp(Nanos);

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = format!("{}.{:03}", self.0.0 / 1_000, self.0.0 % 1_000);
        write!(f, "{micros:>14}us")
    }
}

/// An event as a line.
pub(super) struct Line<'a> {
    pub trace: &'a Trace,
    pub event: &'a Event,
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let event = self.event;
        write!(f, "{} {:<12} ", Stamp(event.at), self.trace.name(event.thread))?;
        self.what(f)
    }
}

impl Line<'_> {
    fn name(&self, thread: Option<ThreadId>) -> &str {
        thread.map_or("nobody", |t| self.trace.name(t))
    }

    fn object(&self, object: ObjectId) -> &str {
        &self.trace.objects[object.index()]
    }

    fn lock(&self, lock: LockId) -> &str {
        &self.trace.locks[lock.index()]
    }

    fn what(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.event.kind {
            EventKind::Started => f.write_str("starts"),
            EventKind::Finished => f.write_str("finished"),
            EventKind::PassDone(n) => write!(f, "pass {n} done"),
            EventKind::StepBegins(step) => write!(f, "step {}", step.0),
            EventKind::Waits { holder, saved_switch_number, until } => write!(
                f,
                "waits for GIL of {}, switch_number {saved_switch_number}, until {}",
                self.name(holder),
                Stamp(until).to_string().trim_start()
            ),
            EventKind::WaitTimedOut { switched } => {
                f.write_str("wait timed out")?;
                f.write_str(if switched { ", switch_number changed" } else { "" })
            }
            EventKind::DropRequested { holder } => {
                write!(f, "drop request to {}", self.name(Some(holder)))
            }
            EventKind::Takes { how, waited, switch_number, switched } => {
                let how = match how {
                    TakeHow::Free => "free",
                    TakeHow::Barged => "barged",
                    TakeHow::Signalled => "signalled",
                    TakeHow::TimedOut => "timed out",
                };
                let again = if switched { "" } else { ", same thread" };
                write!(
                    f,
                    "takes GIL, {how}, waited {}ns, switch_number {switch_number}{again}",
                    waited.0
                )
            }
            EventKind::Missed { holder } => {
                write!(f, "woken, but GIL is with {}", self.name(holder))
            }
            EventKind::SeesRequest => f.write_str("eval breaker: drop request"),
            EventKind::Drops { reason, signals } => {
                write!(f, "drops GIL for {}, signals {}", reason.name(), self.name(signals))
            }
            EventKind::ForcedSwitchWaits => f.write_str("forced switch: waits for switch_cond"),
            EventKind::ForcedSwitchDone => f.write_str("forced switch: done"),
            EventKind::MutexBlocked { owner } => {
                write!(f, "sleeps for the mutex of {}", self.name(Some(owner)))
            }
            EventKind::IoBlocks { until } => {
                write!(f, "blocks on I/O until {}", Stamp(until).to_string().trim_start())
            }
            EventKind::IoCompletes => f.write_str("I/O complete"),
            EventKind::IoReady => f.write_str("I/O was ready"),
            EventKind::Sleeps { until } => {
                write!(f, "sleeps until {}", Stamp(until).to_string().trim_start())
            }
            EventKind::SleepEnds => f.write_str("sleep over"),
            EventKind::LockTaken(lock) => write!(f, "takes lock {}", self.lock(lock)),
            EventKind::LockWaits { lock, owner } => {
                write!(f, "waits for lock {} of {}", self.lock(lock), self.name(owner))
            }
            EventKind::LockReleased { lock, wakes } => {
                write!(f, "releases lock {}, wakes {}", self.lock(lock), self.name(wakes))
            }
            EventKind::Blocks { holder } => {
                write!(f, "sleeps until the GIL of {} is released", self.name(holder))
            }
            EventKind::Attaches { waited } => write!(f, "attaches, waited {}ns", waited.0),
            EventKind::Detaches { reason } => write!(f, "detaches for {}", reason.name()),
            EventKind::StartedUp => f.write_str("has started up"),
            EventKind::CollectionBegins => f.write_str("garbage collection begins"),
            EventKind::CollectionEnds => f.write_str("garbage collection ends"),
            EventKind::StopRequested { running } => {
                write!(f, "stops the world, {running} threads are running")
            }
            EventKind::Stops => f.write_str("eval breaker: stops for the world"),
            EventKind::StartsWorld => f.write_str("starts the world"),
            EventKind::ObjectTaken { object, how } => {
                let how = match how {
                    ObjectHow::Spinning => "spinning",
                    ObjectHow::Woken => "woken",
                    ObjectHow::Handed => "handed over",
                };
                write!(f, "takes object {}, {how}", self.object(object))
            }
            EventKind::ObjectWaits { object, owner } => {
                write!(f, "waits for object {} of {}", self.object(object), self.name(owner))
            }
            EventKind::ObjectReleased { object, wakes, handed } => {
                let verb = if handed { "hands it to" } else { "wakes" };
                let (object, whom) = (self.object(object), self.name(wakes));
                write!(f, "releases object {object}, {verb} {whom}")
            }
            EventKind::JobQueued { group: _, length } => {
                write!(f, "job queued, {length} in the queue")
            }
            EventKind::JobBegins { waited } => write!(f, "job begins, waited {}ns", waited.0),
            EventKind::JobDone { took } => write!(f, "job done, took {}ns", took.0),
            EventKind::ResultReady => f.write_str("result ready"),
            EventKind::TaskRuns(task) => write!(f, "task {} runs", task.0),
            EventKind::Selects => f.write_str("no task is ready: waits in the selector"),
            EventKind::SwitchIntervalSet(interval) => {
                let interval = Stamp(interval).to_string();
                write!(f, "what if: the switch interval becomes {}", interval.trim_start())
            }
            EventKind::CheckIntervalSet(ticks) => {
                write!(f, "what if: the check interval becomes {ticks} ticks")
            }
            EventKind::IoBroughtForward { from, task } => {
                let whose =
                    task.map_or_else(|| "its I/O".into(), |task| format!("I/O of task {}", task.0));
                let from = Stamp(from).to_string();
                write!(f, "what if: {whose}, due at {}, completes now", from.trim_start())
            }
            EventKind::Preempted { by, holds_gil } => {
                let with = if holds_gil { " while it has the GIL" } else { "" };
                write!(f, "preempted by {}{with}", self.name(Some(by)))
            }
        }
    }
}
