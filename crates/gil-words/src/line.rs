//! Single lines: for a list of events, for a hovered span, for a thread at a moment.

use gil_sim::{
    DropReason, EventId, EventKind, LockId, Nanos, ObjectId, State, TakeHow, ThreadId, Trace,
};

use super::number::count;

/// An event in a friendly line: `12.345 ms  io-1 takes the GIL after 5.2 ms`.
pub fn event_line(trace: &Trace, event: EventId) -> String {
    let Some(event) = trace.events.get(event.index()) else { return String::new() };
    let name = trace.name(event.thread);
    format!("{:.3} ms  {name} {}", event.at.as_millis_f64(), deed(trace, &event.kind))
}

/// What a thread does in an event, as the rest of a sentence that begins with its name.
pub(super) fn deed(trace: &Trace, kind: &EventKind) -> String {
    let name = |thread: Option<ThreadId>| thread.map_or("nobody", |t| trace.name(t));
    let lock = |lock: LockId| trace.locks[lock.index()].as_str();
    let thing = |object: ObjectId| trace.objects[object.index()].as_str();
    match *kind {
        EventKind::Started => "starts".to_owned(),
        EventKind::Finished => "is done".to_owned(),
        EventKind::PassDone(n) => format!("completes pass {n}"),
        EventKind::StepBegins(step) => format!("begins step {}", step.ordinal()),
        EventKind::Waits { holder: Some(holder), .. } => {
            format!("waits for the GIL of {}", trace.name(holder))
        }
        EventKind::Waits { holder: None, .. } => "waits for the GIL".to_owned(),
        EventKind::WaitTimedOut { switched: false } => "has waited one interval".to_owned(),
        EventKind::WaitTimedOut { switched: true } => {
            "has waited one interval, but the GIL changed hands meanwhile".to_owned()
        }
        EventKind::DropRequested { holder } => {
            format!("requests the GIL of {}", trace.name(holder))
        }
        EventKind::Takes { how, waited, .. } => takes(how, waited),
        EventKind::Missed { holder } => format!("wakes up too late: {} has the GIL", name(holder)),
        EventKind::SeesRequest => "sees the drop request".to_owned(),
        EventKind::Drops { reason, signals } => drops(reason, signals.map(|t| trace.name(t))),
        EventKind::ForcedSwitchWaits => "waits until another thread has the GIL".to_owned(),
        EventKind::ForcedSwitchDone => "may go on: another thread has the GIL".to_owned(),
        EventKind::MutexBlocked { owner } => {
            format!("sleeps until {} unlocks the GIL's mutex", trace.name(owner))
        }
        EventKind::IoBlocks { .. } => "blocks on I/O".to_owned(),
        EventKind::IoCompletes => "has its I/O complete".to_owned(),
        EventKind::IoReady => "finds its I/O complete already".to_owned(),
        EventKind::Sleeps { .. } => "goes to sleep".to_owned(),
        EventKind::SleepEnds => "has slept enough".to_owned(),
        EventKind::LockTaken(n) => format!("takes lock {}", lock(n)),
        EventKind::LockWaits { lock: n, owner } => {
            format!("waits for lock {} of {}", lock(n), name(owner))
        }
        EventKind::LockReleased { lock: n, .. } => format!("releases lock {}", lock(n)),
        EventKind::Blocks { .. } => "sleeps until the GIL is released".to_owned(),
        EventKind::Attaches { .. } => "attaches and runs Python".to_owned(),
        EventKind::Detaches { reason } => format!("detaches {}", why(reason)),
        EventKind::StartedUp => "has started up".to_owned(),
        EventKind::CollectionBegins => "begins a garbage collection".to_owned(),
        EventKind::CollectionEnds => "has collected".to_owned(),
        EventKind::StopRequested { .. } => "stops the world".to_owned(),
        EventKind::Stops => "stands still for the collector".to_owned(),
        EventKind::StartsWorld => "lets the others go on".to_owned(),
        EventKind::ObjectTaken { object, .. } => format!("locks object {}", thing(object)),
        EventKind::ObjectWaits { object, owner } => {
            format!("waits for object {} of {}", thing(object), name(owner))
        }
        EventKind::ObjectReleased { object, wakes, handed } => {
            let verb = if handed { "hands it to" } else { "wakes" };
            format!("unlocks object {} and {verb} {}", thing(object), name(wakes))
        }
        EventKind::JobQueued { length, .. } => format!("gets a job, {length} in the queue"),
        EventKind::JobBegins { waited } => format!("takes a job that has waited {waited}"),
        EventKind::JobDone { took } => format!("has done a job, {took} after it came"),
        EventKind::ResultReady => "has its result".to_owned(),
        EventKind::TaskRuns(task) => format!("goes on with task {}", task.ordinal()),
        EventKind::Selects => "has no task to run and waits".to_owned(),
        EventKind::SwitchIntervalSet(interval) => {
            format!("sees the switch interval become {interval}")
        }
        EventKind::CheckIntervalSet(ticks) => {
            format!("sees the check interval become {}", count(ticks as usize, "tick"))
        }
        EventKind::IoBroughtForward { .. } => "gets its I/O before its time".to_owned(),
        EventKind::Preempted { by, holds_gil: true } => {
            format!("loses its core to {}, with the GIL in hand", trace.name(by))
        }
        EventKind::Preempted { by, .. } => format!("loses its core to {}", trace.name(by)),
    }
}

fn takes(how: TakeHow, waited: Nanos) -> String {
    match how {
        TakeHow::Free => "takes the free GIL".to_owned(),
        TakeHow::Barged => "takes the free GIL past those who wait".to_owned(),
        TakeHow::Signalled | TakeHow::TimedOut => format!("takes the GIL after {waited}"),
    }
}

fn drops(reason: DropReason, signals: Option<&str>) -> String {
    let why = why(reason);
    match signals {
        Some(waiter) => format!("drops the GIL {why} and signals {waiter}"),
        None => format!("drops the GIL {why}"),
    }
}

/// Why a thread lets go, as the end of a sentence.
fn why(reason: DropReason) -> &'static str {
    match reason {
        DropReason::Request => "on request",
        DropReason::Io => "for I/O",
        DropReason::Syscall => "for a system call",
        DropReason::NativeCall => "for native code",
        DropReason::Sleep => "to sleep",
        DropReason::Lock => "to wait for a lock",
        DropReason::Finish => "at its end",
        DropReason::Ticks => "because its ticks are up",
        DropReason::Idle => "because it has no job",
        DropReason::Result => "to wait for a result",
        DropReason::Object => "to wait for an object",
    }
}

/// The span of a thread's life at a time, in a sentence.
pub fn span_words(trace: &Trace, thread: ThreadId, at: Nanos) -> String {
    let spans = &trace.threads[thread.index()].spans;
    let after = spans.partition_point(|span| span.start <= at);
    let Some(span) = after.checked_sub(1).map(|i| spans[i]) else { return String::new() };
    let (from, to) = (span.start.as_millis_f64(), span.end.as_millis_f64());
    let length = span.end - span.start;
    let name = trace.name(thread);
    let during = format!("{length}, from {from:.3} to {to:.3} ms");
    let holder = trace.holder_for(thread, at).filter(|holder| *holder != thread);
    match (span.state, holder) {
        (State::WaitingGil, Some(holder)) => {
            format!("{name} waits for the GIL ({during}); now {} has it", trace.name(holder))
        }
        (State::Ready, _) if trace.holder_for(thread, at) == Some(thread) => {
            format!("{name} has the GIL, but no core ({during})")
        }
        (state, _) => format!("{name} {} ({during})", is(state)),
    }
}

/// What a thread does at a time, in a few words: `waits for the GIL, 3.2 ms of 5 ms gone`.
pub fn thread_now(trace: &Trace, thread: ThreadId, at: Nanos) -> String {
    let state = trace.state_at(thread, at);
    let spans = &trace.threads[thread.index()].spans;
    let after = spans.partition_point(|span| span.start <= at);
    let since = after.checked_sub(1).map_or(Nanos::ZERO, |i| at - spans[i].start);
    match state {
        State::NotStarted | State::Finished => is(state).to_owned(),
        State::Ready if trace.holder_for(thread, at) == Some(thread) => {
            format!("has the GIL, but no core, for {since}")
        }
        State::WaitingGil => match timed_wait(trace, thread, at) {
            Some((begun, until)) if until >= at => {
                let all =
                    if at - begun < since { format!(" ({since} in all)") } else { String::new() };
                format!("waits for the GIL, {} of {} gone{all}", at - begun, until - begun)
            }
            _ => format!("waits for the GIL for {since}"),
        },
        _ => format!("{} for {since}", is(state)),
    }
}

/// Events that are looked through for the beginning of a wait. Asked for every thread with every
/// frame; where more has happened during a wait, its length alone has to do.
const LOOK_BACK: usize = 5_000;

/// The timed wait that a thread is in: its beginning and its end.
fn timed_wait(trace: &Trace, thread: ThreadId, at: Nanos) -> Option<(Nanos, Nanos)> {
    let before = trace.events[..trace.events_until(at)].iter().rev().take(LOOK_BACK);
    match before
        .filter(|event| event.thread == thread && !event.kind.is_intervention())
        .map(|event| (event.at, event.kind))
        .next()?
    {
        (begun, EventKind::Waits { until, .. }) => Some((begun, until)),
        _ => None,
    }
}

/// A state as the rest of a sentence that begins with a thread's name.
pub(super) fn is(state: State) -> &'static str {
    match state {
        State::NotStarted => "has not started",
        State::HasGil => "runs with the GIL",
        State::Native => "runs without the GIL",
        State::WaitingGil => "waits for the GIL",
        State::Ready => "is ready, but no core is free",
        State::BlockedIo => "waits for I/O",
        State::Asleep => "sleeps",
        State::WaitingLock => "waits for a lock",
        State::ForcedSwitch => "waits in the forced switch",
        State::Finished => "is done",
        State::Attached => "runs Python",
        State::WaitingObject => "waits for an object",
        State::WorldStopped => "stands still for the collector",
        State::StartingUp => "starts up",
        State::Idle => "has no job",
        State::WaitingResult => "waits for a result",
        State::OffCpu => "is off the CPU and doesn't want the GIL",
        State::HoldsOffCpu => "keeps the GIL off the CPU",
        State::Unseen => "isn't in the recording here",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gil_sim::{Dist, Group, Scenario, Spec, Step, run};

    fn two_counters() -> Trace {
        let work = Dist::Fixed(Nanos::from_millis(20));
        let steps = vec![Step::Python { work, check: None }];
        let group = Group { count: 2, ..Group::new("count", steps) };
        run(&Scenario::new(Spec { groups: vec![group], ..Spec::default() }).expect("valid"))
    }

    #[test]
    fn a_wait_counts_down() {
        let trace = two_counters();
        let (first, second) = (ThreadId(0), ThreadId(1));
        let waits = |event: &&gil_sim::Event| matches!(event.kind, EventKind::Waits { .. });
        let begun = trace.events.iter().find(waits).expect("one waits").at;
        let later = begun + Nanos::from_micros(3_200);
        assert_eq!(thread_now(&trace, second, later), "waits for the GIL, 3.2 ms of 5 ms gone");
        assert_eq!(thread_now(&trace, first, Nanos::from_millis(2)), "runs with the GIL for 2 ms");
        assert_eq!(thread_now(&trace, first, trace.end), "is done");
    }

    #[test]
    fn a_hovered_wait_names_the_holder() {
        let words = span_words(&two_counters(), ThreadId(1), Nanos::from_millis(2));
        assert!(words.starts_with("count-2 waits for the GIL (5."), "{words}");
        assert!(words.ends_with("now count-1 has it"), "{words}");
    }

    #[test]
    fn every_event_has_a_line() {
        let trace = two_counters();
        assert_eq!(event_line(&trace, EventId(0)), "0.000 ms  count-1 starts");
        for n in 0..trace.events.len() as u32 {
            assert!(event_line(&trace, EventId(n)).contains(" ms  count-"));
        }
        assert_eq!(event_line(&trace, EventId(u32::MAX)), "");
    }
}
