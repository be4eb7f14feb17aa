//! What holds for every run of every scenario.

use gil_sim::stats::{GroupStats, Percentiles, Stats};
use gil_sim::{
    CoreSpan, Dist, DropReason, Event, EventKind, Group, InterpreterId, JobSpan, Nanos, Outcome,
    Protocol, Repeat, Scenario, State, Step, Strategy, TakeHow, ThreadId, Trace, run,
};

/// A scenario, its trace, and one of its GILs.
pub struct Run<'a> {
    pub scenario: &'a Scenario,
    pub trace: &'a Trace,
    /// The GIL that laws of one are about; without a GIL nothing.
    pub gil: Option<InterpreterId>,
}

/// What is wrong.
pub type Verdict = Result<(), String>;

type Law = fn(&Run) -> Verdict;

/// Laws of a whole run, by their names.
pub const LAWS: [(&str, Law); 15] = [
    ("events are ordered and causes point backwards", events_are_ordered),
    ("every nanosecond of a thread is in one state", states_are_contiguous),
    ("a core runs one thread, a thread is on one core", cores_are_exclusive),
    ("native code is on a core, sleepers are not", on_core_matches_state),
    ("no thread is ready while a core is idle", cores_are_not_wasted),
    ("a lock has one owner", locks_are_exclusive),
    ("only threads that wait for locks are deadlocked", deadlocks_are_real),
    ("a completed run has no unfinished thread", completed_runs_are_complete),
    ("no CPU time is lost", work_is_done),
    ("limits are kept", limits_are_kept),
    ("I/O is resumed after it is complete", io_is_causal),
    ("every job is done once", jobs_are_done_once),
    ("queues are as long as what comes and goes", queues_count),
    ("nobody attaches while the world is stopped", stopped_worlds_stand_still),
    ("the figures add up", figures_add_up),
];

/// Laws of each GIL, whatever its protocol.
pub const GIL_LAWS: [(&str, Law); 6] = [
    ("at most one thread holds the GIL", one_holder),
    ("GIL spans are those between takes and drops", gil_spans_match_events),
    ("who has the GIL and computes holds it and is on a core", has_gil_is_true),
    ("nobody takes the GIL without having wanted it", takes_are_wanted),
    ("a take happens the way it says", takes_happen_as_told),
    ("switch_number counts takes by another thread", switch_numbers_count),
];

/// Laws of the GIL of 3.2 and later.
pub const INTERVAL_LAWS: [(&str, Law); 4] = [
    ("a wait lasts an interval unless a signal ends it", waits_last_an_interval),
    ("requests follow a wait without a switch", requests_are_justified),
    ("a forced switch lets another thread take", forced_switches_switch),
    ("who was asked to let go waits for the switch", requests_force_a_switch),
];

/// Checks all laws, and that the run repeats.
pub fn check(scenario: &Scenario) -> Verdict {
    let trace = run(scenario);
    let about = |gil| Run { scenario, trace: &trace, gil };
    obey(&LAWS, &about(None), "")?;
    for gil in (0..trace.gils.len()).map(InterpreterId::of) {
        let subject = about(Some(gil));
        obey(&GIL_LAWS, &subject, &format!(" (GIL {})", gil.0))?;
        if matches!(scenario.spec().protocol(), Protocol::Interval(_)) {
            obey(&INTERVAL_LAWS, &subject, &format!(" (GIL {})", gil.0))?;
        }
    }
    Ok(())
}

fn obey(laws: &[(&str, Law)], run: &Run, of: &str) -> Verdict {
    laws.iter().try_for_each(|(name, law)| law(run).map_err(|what| format!("{name}{of}: {what}")))
}

fn ensure(holds: bool, what: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(what()) }
}

impl Run<'_> {
    fn line(&self, event: &Event) -> String {
        self.trace.line(event).to_string()
    }

    fn ids(&self) -> impl Iterator<Item = ThreadId> {
        (0..self.trace.threads.len()).map(|t| ThreadId(t as u16))
    }

    /// Events of the threads that share the GIL, or all.
    fn events(&self) -> impl Iterator<Item = &Event> {
        let mine =
            |t: ThreadId| self.gil.is_none() || self.trace.threads[t.index()].gil == self.gil;
        self.trace.events.iter().filter(move |event| mine(event.thread))
    }

    fn gil_spans(&self) -> &[CoreSpan] {
        self.gil.map_or(&[], |gil| &self.trace.gils[gil.index()].spans)
    }

    fn group(&self, t: ThreadId) -> &Group {
        &self.scenario.spec().groups[self.trace.threads[t.index()].group.index()]
    }

    /// Calls `law` with each event and who holds the GIL before it.
    fn replay(&self, mut law: impl FnMut(&Event, Option<ThreadId>) -> Verdict) -> Verdict {
        let mut holder = None;
        for event in self.events() {
            law(event, holder).map_err(|what| format!("{what}\nat {}", self.line(event)))?;
            match event.kind {
                EventKind::Takes { .. } => holder = Some(event.thread),
                EventKind::Drops { .. } => holder = None,
                _ => {}
            }
        }
        Ok(())
    }

    /// Calls `law` with each event and the one before it of the same thread.
    fn by_thread(&self, mut law: impl FnMut(&Event, Option<&Event>) -> Verdict) -> Verdict {
        let mut last: Vec<Option<&Event>> = vec![None; self.trace.threads.len()];
        for event in self.events().filter(|event| !happens_to(event.kind)) {
            let before = last[event.thread.index()].replace(event);
            law(event, before).map_err(|what| format!("{what}\nat {}", self.line(event)))?;
        }
        Ok(())
    }
}

fn events_are_ordered(run: &Run) -> Verdict {
    let mut last = Nanos::ZERO;
    for (number, event) in run.trace.events.iter().enumerate() {
        ensure(event.at >= last, || format!("{number} goes back in time"))?;
        last = event.at;
        let cause_is_earlier = event.cause.is_none_or(|cause| cause.index() < number);
        ensure(cause_is_earlier, || format!("{number} is caused by what comes after it"))?;
    }
    ensure(run.trace.end >= last, || "the run ends before its last event".into())
}

fn one_holder(run: &Run) -> Verdict {
    run.replay(|event, holder| match event.kind {
        EventKind::Takes { .. } => ensure(holder.is_none(), || format!("{holder:?} has it")),
        EventKind::Drops { .. } | EventKind::SeesRequest | EventKind::StepBegins(_) => {
            ensure(holder == Some(event.thread), || format!("{holder:?} has it"))
        }
        _ => Ok(()),
    })
}

fn gil_spans_match_events(run: &Run) -> Verdict {
    let mut expected = Vec::new();
    let mut open = None;
    for event in run.events() {
        match event.kind {
            EventKind::Takes { .. } => open = Some((event.at, event.thread)),
            EventKind::Drops { .. } => expected.extend(close(open.take(), event.at)),
            _ => {}
        }
    }
    expected.extend(close(open, run.trace.end));
    ensure(expected == run.gil_spans(), || format!("{expected:?} but {:?}", run.gil_spans()))
}

fn close(open: Option<(Nanos, ThreadId)>, end: Nanos) -> Option<CoreSpan> {
    let (start, thread) = open?;
    (start < end).then_some(CoreSpan { start, end, thread })
}

fn states_are_contiguous(run: &Run) -> Verdict {
    for thread in &run.trace.threads {
        let mut at = Nanos::ZERO;
        let mut last = None;
        for span in &thread.spans {
            ensure(span.start == at && span.end > at, || format!("{}: {span:?}", thread.name))?;
            ensure(last != Some(span.state), || format!("{}: {span:?} twice", thread.name))?;
            at = span.end;
            last = Some(span.state);
        }
        ensure(at == run.trace.end, || format!("{}: states end at {at}", thread.name))?;
    }
    Ok(())
}

/// Spans in order that do not overlap.
fn are_disjoint(spans: &[CoreSpan]) -> bool {
    spans.iter().all(|span| span.start < span.end)
        && spans.windows(2).all(|pair| pair[0].end <= pair[1].start)
}

/// When a thread was on a core, whichever.
fn on_core(run: &Run, t: ThreadId) -> Vec<CoreSpan> {
    let all = run.trace.cores.iter().flatten().filter(|span| span.thread == t);
    let mut spans: Vec<CoreSpan> = all.copied().collect();
    spans.sort_by_key(|span| span.start);
    spans
}

fn cores_are_exclusive(run: &Run) -> Verdict {
    for (number, core) in run.trace.cores.iter().enumerate() {
        ensure(are_disjoint(core), || format!("core {number} runs two threads"))?;
    }
    for t in run.ids() {
        ensure(are_disjoint(&on_core(run, t)), || format!("{t:?} is on two cores"))?;
    }
    Ok(())
}

/// Time that `spans`, which do not overlap, have in common with a stretch.
fn covered(spans: &[CoreSpan], start: Nanos, end: Nanos) -> Nanos {
    spans.iter().map(|span| span.end.min(end) - span.start.max(start)).sum()
}

fn has_gil_is_true(run: &Run) -> Verdict {
    for t in run.ids() {
        if run.trace.threads[t.index()].gil != run.gil {
            continue;
        }
        let mine = run.gil_spans().iter().filter(|span| span.thread == t);
        let held: Vec<CoreSpan> = mine.copied().collect();
        let states = run.trace.threads[t.index()].spans.iter();
        for span in states.filter(|span| span.state == State::HasGil) {
            let all = covered(&held, span.start, span.end) == span.end - span.start;
            ensure(all, || format!("{t:?} does not hold the GIL in all of {span:?}"))?;
        }
    }
    Ok(())
}

fn on_core_matches_state(run: &Run) -> Verdict {
    for t in run.ids() {
        let cores = on_core(run, t);
        for span in &run.trace.threads[t.index()].spans {
            let time = covered(&cores, span.start, span.end);
            let fits = match span.state {
                State::HasGil | State::Native | State::Attached | State::StartingUp => {
                    time == span.end - span.start
                }
                State::WaitingGil
                | State::ForcedSwitch
                | State::WaitingLock
                | State::WaitingObject => true,
                _ => time.is_zero(),
            };
            ensure(fits, || format!("{t:?} is on a core for {time} of {span:?}"))?;
        }
    }
    Ok(())
}

fn cores_are_not_wasted(run: &Run) -> Verdict {
    for thread in &run.trace.threads {
        for span in thread.spans.iter().filter(|span| span.state == State::Ready) {
            for core in &run.trace.cores {
                let busy = covered(core, span.start, span.end);
                ensure(busy == span.end - span.start, || {
                    format!("{} has no core in {span:?}, but there is one", thread.name)
                })?;
            }
        }
    }
    Ok(())
}

fn takes_are_wanted(run: &Run) -> Verdict {
    let mut free_since = vec![None; run.trace.threads.len()];
    run.replay(|event, _| {
        let since = &mut free_since[event.thread.index()];
        match event.kind {
            EventKind::Started | EventKind::Drops { .. } => *since = Some(event.at),
            EventKind::Takes { waited, .. } => {
                let wanted = since.take().is_some_and(|since| event.at - waited >= since);
                return ensure(wanted, || "it did not want it".into());
            }
            _ => {}
        }
        Ok(())
    })
}

/// What happened to a thread since it last had the GIL.
#[derive(Clone, Copy, Default)]
struct Wait {
    waits: bool,
    signalled: bool,
    timed_out: bool,
}

fn takes_happen_as_told(run: &Run) -> Verdict {
    let mut waits = vec![Wait::default(); run.trace.threads.len()];
    run.replay(|event, _| {
        let wait = &mut waits[event.thread.index()];
        match event.kind {
            EventKind::Waits { .. } => *wait = Wait { waits: true, ..Wait::default() },
            EventKind::WaitTimedOut { .. } => wait.timed_out = true,
            EventKind::Drops { signals: Some(signalled), .. } => {
                waits[signalled.index()].signalled = true;
            }
            EventKind::Takes { how, .. } => {
                let wait = std::mem::take(wait);
                let fits = match how {
                    TakeHow::Free | TakeHow::Barged => !wait.waits,
                    TakeHow::Signalled => wait.signalled && !wait.timed_out,
                    TakeHow::TimedOut => wait.timed_out && !wait.signalled,
                };
                return ensure(fits, || format!("{how:?}"));
            }
            _ => {}
        }
        Ok(())
    })
}

fn waits_last_an_interval(run: &Run) -> Verdict {
    let spec = run.scenario.spec();
    let unit = spec.machine.wait_unit.0.max(1);
    let mut interval = spec.switch_interval;
    let mut deadline = vec![Nanos::MAX; run.trace.threads.len()];
    // All GILs have the same interval, whoever is said to have set it.
    run.trace.events.iter().try_for_each(|event| match event.kind {
        EventKind::Waits { until, .. } => {
            deadline[event.thread.index()] = until;
            let whole = Nanos(interval.0 / unit * unit);
            ensure(until == event.at + whole, || "not a full interval".into())
        }
        EventKind::WaitTimedOut { .. } => {
            ensure(event.at >= deadline[event.thread.index()], || "too early".into())
        }
        EventKind::SwitchIntervalSet(set) => {
            interval = set;
            Ok(())
        }
        _ => Ok(()),
    })
}

fn requests_are_justified(run: &Run) -> Verdict {
    let mut saved = vec![0; run.trace.threads.len()];
    let mut number = 0;
    let by_holder = run.replay(|event, now| match event.kind {
        EventKind::Waits { saved_switch_number, holder, .. } => {
            saved[event.thread.index()] = saved_switch_number;
            ensure(saved_switch_number == number && holder == now, || "not what is so".into())
        }
        EventKind::WaitTimedOut { switched } => {
            let changed = saved[event.thread.index()] != number;
            ensure(switched == changed, || format!("switch_number is {number}"))
        }
        EventKind::Takes { switch_number, .. } => {
            number = switch_number;
            Ok(())
        }
        EventKind::DropRequested { holder } => ensure(now == Some(holder), || format!("{now:?}")),
        _ => Ok(()),
    });
    by_holder.and_then(|()| {
        run.by_thread(|event, before| match event.kind {
            EventKind::DropRequested { .. } => {
                let timed_out = before.is_some_and(|before| {
                    before.kind == EventKind::WaitTimedOut { switched: false }
                });
                ensure(timed_out, || "no time-out before it".into())
            }
            _ => Ok(()),
        })
    })
}

fn switch_numbers_count(run: &Run) -> Verdict {
    let (mut number, mut last) = (0, None);
    run.replay(|event, _| {
        let EventKind::Takes { switch_number, switched, .. } = event.kind else { return Ok(()) };
        let other = last.replace(event.thread) != Some(event.thread);
        number += u64::from(other);
        ensure(switched == other && switch_number == number, || format!("it is {number}"))
    })
}

fn forced_switches_switch(run: &Run) -> Verdict {
    let mut waiting = None;
    run.replay(|event, _| match event.kind {
        EventKind::ForcedSwitchWaits => {
            let alone = waiting.replace(event.thread).is_none();
            ensure(alone, || "two threads wait for the same switch".into())
        }
        EventKind::Takes { .. } => {
            let other = waiting.take() != Some(event.thread);
            ensure(other, || "it was to let another thread go first".into())
        }
        EventKind::ForcedSwitchDone => {
            ensure(waiting != Some(event.thread), || "nobody has taken the GIL".into())
        }
        _ => Ok(()),
    })
}

fn requests_force_a_switch(run: &Run) -> Verdict {
    let (mut requested, mut owes) = (false, None);
    run.replay(|event, _| match event.kind {
        EventKind::DropRequested { .. } => {
            requested = true;
            Ok(())
        }
        EventKind::Drops { reason, .. } => {
            let waits = requested && reason != DropReason::Finish;
            owes = waits.then_some(event.thread);
            Ok(())
        }
        EventKind::ForcedSwitchWaits if owes == Some(event.thread) => {
            (requested, owes) = (false, None);
            Ok(())
        }
        kind if happens_to(kind) => Ok(()),
        _ => {
            ensure(owes != Some(event.thread), || "it goes on without a switch".into())?;
            if matches!(event.kind, EventKind::Takes { .. }) {
                (requested, owes) = (false, None);
            }
            Ok(())
        }
    })
}

/// Whether an event comes to its thread from outside, whatever the thread does.
fn happens_to(kind: EventKind) -> bool {
    kind.is_intervention()
        || matches!(
            kind,
            EventKind::Preempted { .. }
                | EventKind::JobQueued { .. }
                | EventKind::ResultReady
                | EventKind::IoCompletes
                | EventKind::SleepEnds
        )
}

fn locks_are_exclusive(run: &Run) -> Verdict {
    let mut owners = vec![None; run.trace.locks.len()];
    run.replay(|event, _| match event.kind {
        EventKind::LockTaken(lock) => {
            let before = owners[lock.index()].replace(event.thread);
            ensure(before.is_none(), || format!("{before:?} has it"))
        }
        EventKind::LockReleased { lock, .. } => {
            let before = owners[lock.index()].take();
            ensure(before == Some(event.thread), || format!("{before:?} has it"))
        }
        EventKind::LockWaits { lock, owner } => {
            ensure(owners[lock.index()] == owner, || "not its owner".into())
        }
        _ => Ok(()),
    })
}

fn deadlocks_are_real(run: &Run) -> Verdict {
    let Outcome::Deadlock(threads) = &run.trace.outcome else { return Ok(()) };
    let waits = |t: &ThreadId| {
        let mut events = run.trace.events.iter().rev();
        let told = |e: &&Event| e.thread == *t && !happens_to(e.kind);
        events.find(told).is_some_and(|e| matches!(e.kind, EventKind::LockWaits { .. }))
    };
    ensure(threads.iter().any(waits), || "nobody waits for a lock".into())?;
    for t in threads.iter().filter(|t| !waits(t)) {
        // The others wait for a result that will never come.
        let calls = matches!(run.group(*t).steps.last(), Some(Step::Call { .. }));
        ensure(calls && run.trace.threads[t.index()].finished.is_none(), || {
            format!("{t:?} waits for nothing")
        })?;
    }
    let stuck = |t: ThreadId| {
        let thread = &run.trace.threads[t.index()];
        threads.contains(&t) || thread.finished.is_some() || is_daemon(run, t)
    };
    ensure(run.ids().all(stuck), || "a thread could go on".into())
}

fn is_daemon(run: &Run, t: ThreadId) -> bool {
    !run.group(t).repeat.ends()
}

fn completed_runs_are_complete(run: &Run) -> Verdict {
    for t in run.ids() {
        let thread = &run.trace.threads[t.index()];
        let finished = thread.finished.is_some();
        let fits = match (is_daemon(run, t), &run.trace.outcome) {
            (true, _) => !finished,
            (false, Outcome::Completed) => finished,
            (false, _) => true,
        };
        ensure(fits, || format!("{}: finished {:?}", thread.name, thread.finished))?;
        if let (true, Repeat::Times(n)) = (finished, run.group(t).repeat) {
            let all = match run.group(t).strategy {
                Strategy::Sequential | Strategy::Asyncio => u32::from(run.group(t).count),
                _ => 1,
            };
            ensure(thread.passes == n * all, || {
                format!("{}: {} passes", thread.name, thread.passes)
            })?;
        }
    }
    Ok(())
}

/// CPU time of a pass with the GIL and without it, at least: only fixed durations are counted.
fn work_of(steps: &[Step]) -> (Nanos, Nanos) {
    let fixed = |dist: &Dist| match dist {
        Dist::Fixed(work) => *work,
        _ => Nanos::ZERO,
    };
    let mut sum = (Nanos::ZERO, Nanos::ZERO);
    for step in steps {
        match step {
            Step::Python { work, .. }
            | Step::NativeHolding { work }
            | Step::Share { work, .. }
            | Step::Mutate { work, .. } => sum.0 += fixed(work),
            Step::NativeReleasing { work } | Step::Syscall { work } => sum.1 += fixed(work),
            Step::Locked { body, .. } => {
                let (with, without) = work_of(body);
                sum = (sum.0 + with, sum.1 + without);
            }
            _ => {}
        }
    }
    sum
}

fn work_is_done(run: &Run) -> Verdict {
    let stats = Stats::of(run.scenario, run.trace);
    for t in run.ids() {
        let thread = &run.trace.threads[t.index()];
        let (with, without) = work_of(&run.group(t).steps);
        let times = u64::from(thread.passes);
        let spent = |state| stats.threads[t.index()].time(state);
        let enough = spent(State::HasGil) + spent(State::Attached) >= with * times
            && spent(State::Native) >= without * times;
        ensure(enough, || {
            let (has, native) = (spent(State::HasGil).0, spent(State::Native).0);
            format!("{}: {times} passes in {has} and {native} ns", thread.name)
        })?;
    }
    Ok(())
}

/// Events that a single step of the engine may write at most.
const AT_ONCE: usize = 4;

fn limits_are_kept(run: &Run) -> Verdict {
    let limits = run.scenario.spec().limits;
    let events = run.trace.events.len();
    let most = limits.events as usize;
    ensure(events < most + AT_ONCE, || format!("{events} events"))?;
    ensure(run.trace.end <= limits.time, || format!("ends at {}", run.trace.end))?;
    match run.trace.outcome {
        Outcome::TimeLimit => ensure(run.trace.end == limits.time, || "too early".into()),
        Outcome::EventLimit => ensure(events >= most, || format!("{events} events")),
        _ => Ok(()),
    }
}

fn jobs_are_done_once(run: &Run) -> Verdict {
    let (mut queued, mut begun, mut done) = (0_usize, 0, 0);
    let ready = run.scenario.spec().groups.iter().map(|group| match group.repeat {
        Repeat::Jobs(n) => n as usize,
        _ => 0,
    });
    let ready: usize = ready.sum();
    for event in &run.trace.events {
        match event.kind {
            EventKind::JobQueued { .. } => queued += 1,
            EventKind::JobBegins { .. } => begun += 1,
            EventKind::JobDone { .. } => done += 1,
            _ => {}
        }
        ensure(done <= begun && begun <= queued + ready, || run.line(event))?;
    }
    ensure(done == run.trace.jobs.len(), || "not every job that was done is listed".into())?;
    let in_order = |job: &JobSpan| job.queued <= job.begun && job.begun <= job.done;
    ensure(run.trace.jobs.iter().all(in_order), || "a job was done before it came".into())
}

fn queues_count(run: &Run) -> Verdict {
    for (queue, group) in run.trace.queues.iter().zip(&run.scenario.spec().groups) {
        let mut length = None;
        for (at, now) in &queue.lengths {
            let changed = length.is_none_or(|before: u32| before.abs_diff(*now) == 1);
            ensure(changed, || format!("{}: from {length:?} to {now} at {at}", group.name))?;
            length = Some(*now);
        }
        let ends = run.trace.outcome == Outcome::Completed && group.repeat.ends();
        ensure(!ends || length.is_none_or(|left| left == 0), || {
            format!("{}: {length:?} left", group.name)
        })?;
    }
    Ok(())
}

fn stopped_worlds_stand_still(run: &Run) -> Verdict {
    let home = |t: ThreadId| match run.group(t).strategy.is_apart() {
        true => Some(t),
        false => None,
    };
    let mut stoppers: Vec<ThreadId> = Vec::new();
    for event in &run.trace.events {
        match event.kind {
            EventKind::StopRequested { .. } => stoppers.push(event.thread),
            EventKind::StartsWorld => stoppers.retain(|t| *t != event.thread),
            EventKind::Attaches { .. } => {
                let stopped = stoppers.iter().any(|t| home(*t) == home(event.thread));
                ensure(!stopped, || run.line(event))?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn io_is_causal(run: &Run) -> Verdict {
    let resumed: Vec<Nanos> = run.trace.io.iter().map(|io| io.resumed).collect();
    ensure(resumed.is_sorted(), || "not in order of resumption".into())?;
    let causal = run.trace.io.iter().all(|io| io.completed <= io.resumed);
    ensure(causal, || "resumed before it was complete".into())
}

fn figures_add_up(run: &Run) -> Verdict {
    let stats = Stats::of(run.scenario, run.trace);
    for (thread, t) in stats.threads.iter().zip(run.ids()) {
        let all: Nanos = State::ALL.iter().map(|state| thread.time(*state)).sum();
        ensure(all == stats.wall, || format!("{t:?} has {all} of {}", stats.wall))?;
    }
    if let Some(load) = stats.gil_load {
        let is_share = 0.0 <= load.mean && load.mean <= load.max && load.max <= 1.0 + 1e-9;
        ensure(is_share, || format!("GILs are held {load:?}"))?;
    }
    ensure(stats.cores_in_use <= run.trace.cores.len() as f64 + 1e-9, || "too many cores".into())?;
    let wait = stats.groups.iter().map(|group| group.gil_wait).sum::<Nanos>();
    ensure(wait == stats.gil_wait, || "waits do not add up".into())?;
    for group in &stats.groups {
        times_are_those_of_passes(group, run)?;
    }
    ensure(stats.wakeup.is_none_or(|times| percentiles_are_ordered(&times)), || {
        "percentiles".into()
    })
}

/// Every pass is timed, and nobody is answered sooner than its pass takes.
fn times_are_those_of_passes(group: &GroupStats, run: &Run) -> Verdict {
    let times = [group.wakeup, group.pass, group.response];
    let ordered = times.iter().flatten().all(percentiles_are_ordered);
    ensure(ordered, || format!("percentiles of {}: {times:?}", group.name))?;
    let timed = group.pass.map_or(0, |pass| pass.count);
    let whole = run.trace.outcome == Outcome::Completed;
    // A job is done shortly before its pass is, and a run may end between the two: of those that
    // nobody waits for also where it completes.
    let ends =
        run.scenario.spec().groups.iter().any(|one| one.name == group.name && one.repeat.ends());
    let open = if whole && ends { 0 } else { u64::from(group.threads) };
    ensure((group.passes..=group.passes + open).contains(&timed), || {
        format!("{} has done {} passes, {timed} are timed", group.name, group.passes)
    })?;
    ensure(!whole || group.underway == 0.0, || format!("{} is under way", group.name))?;
    ensure(group.underway <= f64::from(group.threads) + 1e-6, || {
        format!("{} has begun {} passes", group.name, group.underway)
    })?;
    let (Some(pass), Some(response)) = (group.pass, group.response) else { return Ok(()) };
    let sooner = [(pass.p50, response.p50), (pass.p99, response.p99), (pass.max, response.max)];
    let later = sooner.iter().all(|(pass, whole)| match (pass, whole) {
        (Some(pass), Some(whole)) => pass <= whole,
        // Who was not answered is later than all others.
        (_, None) => true,
        (None, Some(_)) => false,
    });
    ensure(later, || format!("{}: {pass:?} {response:?}", group.name))
}

fn percentiles_are_ordered(times: &Percentiles) -> bool {
    let known = [times.p50, times.p95, times.p99, times.p999, times.max];
    let known: Vec<Nanos> = known.into_iter().flatten().collect();
    known.is_sorted()
}
