//! The mental model: *state* (what holds), *trigger* (which operation changes it), *consequence*
//! (what Python then guarantees).

mod runtimes;
mod tasks;
mod what_if;

use gil_debug::Source;
use gil_sim::{
    DropReason, Event, EventId, EventKind, Nanos, Protocol, RequestScope, Scenario, State, TakeHow,
    ThreadId, Trace,
};

use super::before::{Before, Held};
use super::number::count;
use super::step::step_words;

/// An event in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// What held just before.
    pub state: String,
    /// Which operation changed it.
    pub trigger: String,
    /// What follows.
    pub consequence: String,
    /// Where the rule stands, for steps of the GIL's own protocol.
    pub rule: Option<Source>,
}

/// An event as state, trigger, consequence. An event that does not exist is a moment without
/// words.
pub fn moment(scenario: &Scenario, trace: &Trace, event: EventId) -> Moment {
    let Some(what) = trace.events.get(event.index()) else {
        let none = String::new;
        return Moment { state: none(), trigger: none(), consequence: none(), rule: None };
    };
    let before = Before::new(trace, event);
    let teller = Teller { scenario, trace, event: what, before };
    Moment {
        state: teller.state(),
        trigger: teller.trigger(),
        consequence: teller.consequence(),
        rule: gil_debug::rule(scenario.spec(), &what.kind, teller.had_gil()),
    }
}

struct Teller<'a> {
    scenario: &'a Scenario,
    trace: &'a Trace,
    event: &'a Event,
    before: Before<'a>,
}

impl Teller<'_> {
    fn me(&self) -> &str {
        self.trace.name(self.event.thread)
    }

    fn name(&self, thread: ThreadId) -> &str {
        self.trace.name(thread)
    }

    fn somebody(&self, thread: Option<ThreadId>) -> &str {
        thread.map_or("another thread", |thread| self.name(thread))
    }

    fn lock(&self, number: u8) -> &str {
        self.trace.locks.get(usize::from(number)).map_or("", String::as_str)
    }

    /// The switch interval by now.
    fn interval(&self) -> Nanos {
        self.interval_of(self.event.at)
    }

    /// The switch interval that waits which begin then have.
    fn interval_of(&self, begun: Nanos) -> Nanos {
        self.scenario.spec().switch_interval_at(begun)
    }

    fn had_gil(&self) -> bool {
        matches!(self.before.held(), Held::By(holder, _) if holder == self.event.thread)
    }

    /// The event that brought this one about, and how long ago it was.
    fn cause(&self) -> Option<(&Event, Nanos)> {
        let cause = self.trace.events.get(self.event.cause?.index())?;
        Some((cause, self.event.at - cause.at))
    }

    /// Who caused it, with what they did and when: `count-2 made 45 us before`.
    fn by_whom(&self, did: &str) -> Option<String> {
        let (cause, ago) = self.cause()?;
        Some(format!("{} {did} {ago} before", self.name(cause.thread)))
    }
}

/// State: who had the GIL, what this thread did, and the variable that decides what happens.
impl Teller<'_> {
    fn state(&self) -> String {
        if let Some(text) = self.queue_state() {
            return text;
        }
        let (state, since) = self.before.state(self.event.thread);
        let mine = format!("{} {}", self.me(), has_been(state, since));
        if self.trace.threads[self.event.thread.index()].gil.is_none() {
            return format!(
                "There is no GIL; {}.",
                mine.replace(" without the GIL", " native code")
            );
        }
        let both = match self.before.held() {
            Held::By(holder, since) if holder == self.event.thread => match state {
                State::Ready => {
                    format!("{} has held the GIL for {since} and has no core", self.me())
                }
                _ => format!("{} has held the GIL for {since}", self.me()),
            },
            Held::By(holder, since) => {
                format!("{} has held the GIL for {since}; {mine}", self.name(holder))
            }
            Held::Free(since) => format!("The GIL has been free for {since}; {mine}"),
            Held::Never => format!("Nobody has had the GIL yet; {mine}"),
        };
        format!("{both}.{}", self.detail())
    }

    fn detail(&self) -> String {
        match self.event.kind {
            EventKind::Waits { saved_switch_number, .. } => {
                format!(" switch_number is {saved_switch_number}.")
            }
            EventKind::WaitTimedOut { .. } | EventKind::DropRequested { .. } => {
                self.switch_number()
            }
            EventKind::Takes { .. } | EventKind::Drops { .. } => self.queue(),
            _ => String::new(),
        }
    }

    fn switch_number(&self) -> String {
        let now = self.before.switch_number();
        match self.before.wait_of(self.event.thread) {
            Some((begun, saved)) if saved == now => format!(
                " It has waited one whole switch interval ({}), and switch_number is still {now}.",
                self.interval_of(begun)
            ),
            Some((_, saved)) => {
                format!(" switch_number was {saved} when this wait began; now it is {now}.")
            }
            None => String::new(),
        }
    }

    fn queue(&self) -> String {
        match self.before.others_waiting(self.event.thread) {
            0 => " No other thread waits for it.".to_owned(),
            1 => " 1 other thread waits for it.".to_owned(),
            n => format!(" {} wait for it.", count(n, "other thread")),
        }
    }
}

/// What a thread has been doing, as the rest of a sentence that begins with its name.
fn has_been(state: State, since: Nanos) -> String {
    match state {
        State::NotStarted => "has not started".to_owned(),
        State::HasGil => format!("has held the GIL for {since}"),
        State::Native => format!("has run without the GIL for {since}"),
        State::WaitingGil => format!("has waited for the GIL for {since}"),
        State::Ready => format!("has waited for a core for {since}"),
        State::BlockedIo => format!("has waited for I/O for {since}"),
        State::Asleep => format!("has slept for {since}"),
        State::WaitingLock => format!("has waited for a lock for {since}"),
        State::ForcedSwitch => format!("has waited in the forced switch for {since}"),
        State::Finished => "is done".to_owned(),
        State::Attached => format!("has run Python for {since}"),
        State::WaitingObject => format!("has waited for an object for {since}"),
        State::WorldStopped => format!("has stood still for {since}"),
        State::StartingUp => format!("has been starting up for {since}"),
        State::Idle => format!("has had no job for {since}"),
        State::WaitingResult => format!("has waited for a result for {since}"),
    }
}

/// Trigger: the operation, with the names of those who take part in it.
impl Teller<'_> {
    fn trigger(&self) -> String {
        let me = self.me();
        if let Some(text) = self.loop_trigger() {
            return text;
        }
        match self.event.kind {
            EventKind::Started => format!("{me} starts."),
            EventKind::Finished => format!("{me} has come to the end of its program."),
            EventKind::PassDone(n) => format!("{me} has completed pass {n} of its program."),
            EventKind::StepBegins(n) => self.step(n),
            EventKind::Waits { .. } if self.waits_again() => {
                format!("{me} is still in take_gil and the GIL is locked: it begins a new wait.")
            }
            EventKind::Waits { .. } => format!("{me} wants the GIL and finds it locked."),
            EventKind::WaitTimedOut { .. } | EventKind::DropRequested { .. } => {
                format!("The timed wait of {me} ran out.")
            }
            EventKind::Takes { how, .. } => self.taking(how),
            EventKind::Missed { holder } => self.missing(holder),
            EventKind::SeesRequest => match self.by_whom("made") {
                Some(by) => {
                    format!("{me} looks at the eval breaker and finds the request that {by}.")
                }
                None => format!("{me} looks at the eval breaker and finds a drop request."),
            },
            EventKind::Drops { reason, .. } => self.dropping(reason),
            EventKind::ForcedSwitchWaits => format!(
                "{me} has let go of the GIL, a drop request is pending, and nobody has taken the GIL \
                 since."
            ),
            EventKind::ForcedSwitchDone => match self.by_whom("took the GIL") {
                Some(by) => format!("{by} and signalled switch_cond."),
                None => "Another thread took the GIL and signalled switch_cond.".to_owned(),
            },
            EventKind::MutexBlocked { owner } => {
                format!("{me} wants the GIL's mutex, but {} has locked it.", self.name(owner))
            }
            EventKind::Preempted { by, .. } => {
                format!("The operating system gives the core of {me} to {}.", self.name(by))
            }
            _ => self.outside(),
        }
    }

    /// What happens outside of the GIL's protocol.
    fn outside(&self) -> String {
        let me = self.me();
        match self.event.kind {
            EventKind::IoBlocks { .. } => format!("{me} made a call that blocks."),
            EventKind::IoCompletes => match self.cause() {
                Some((cause, _)) if cause.kind.is_intervention() => {
                    format!("The I/O of {me} is complete, before its time.")
                }
                Some((_, ago)) => format!("The I/O of {me} is complete, {ago} after the call."),
                None => format!("The I/O of {me} is complete."),
            },
            EventKind::IoReady => format!("What {me} asked for was there already."),
            EventKind::Sleeps { .. } => format!("{me} called time.sleep."),
            EventKind::SleepEnds => format!("The timer of {me} fired."),
            EventKind::LockTaken(lock) => format!("{me} takes the lock {}.", self.lock(lock)),
            EventKind::LockWaits { lock, owner } => format!(
                "{me} wants the lock {}, but {} has it.",
                self.lock(lock),
                self.somebody(owner)
            ),
            EventKind::LockReleased { lock, .. } => {
                format!("{me} releases the lock {}.", self.lock(lock))
            }
            _ => self.runtime_trigger(),
        }
    }

    fn step(&self, n: u16) -> String {
        let group = usize::from(self.trace.threads[self.event.thread.index()].group);
        let words = step_words(self.scenario.spec(), group, n);
        let what = words.map_or_else(String::new, |words| format!(": {words}"));
        format!("{} begins step {}{what}.", self.me(), n + 1)
    }

    /// Whether this wait follows another one without the GIL in between.
    fn waits_again(&self) -> bool {
        let last = self.before.last_of(self.event.thread);
        last.is_some_and(|event| {
            matches!(
                event.kind,
                EventKind::WaitTimedOut { .. }
                    | EventKind::DropRequested { .. }
                    | EventKind::Missed { .. }
            )
        })
    }

    fn taking(&self, how: TakeHow) -> String {
        let me = self.me();
        match how {
            TakeHow::Free => format!("{me} wants the GIL and finds it free."),
            TakeHow::Barged => {
                format!("{me} wants the GIL, finds it free and takes it ahead of those who wait.")
            }
            TakeHow::Signalled => match self.by_whom("sent") {
                Some(by) => format!("The signal that {by} reaches {me}, and the GIL is free."),
                None => format!("A signal reaches {me}, and the GIL is free."),
            },
            TakeHow::TimedOut => {
                format!("The timed wait of {me} ran out, and the GIL happened to be free.")
            }
        }
    }

    fn missing(&self, holder: Option<ThreadId>) -> String {
        let ago = match self.cause() {
            Some((_, ago)) => format!(" {ago} before"),
            None => String::new(),
        };
        let faster = self.somebody(holder);
        format!("{} was woken by a signal, but {faster} had taken the GIL{ago}.", self.me())
    }

    fn dropping(&self, reason: DropReason) -> String {
        let me = self.me();
        match reason {
            DropReason::Request => match self.by_whom("made") {
                Some(by) => format!("{me} lets go of the GIL at the request that {by}."),
                None => format!("{me} lets go of the GIL on request."),
            },
            DropReason::Io => format!("{me} lets go of the GIL before a call that may block."),
            DropReason::Syscall => format!("{me} lets go of the GIL around a short system call."),
            DropReason::NativeCall => {
                format!("{me} lets go of the GIL in a C call that does not need it.")
            }
            DropReason::Sleep => format!("{me} lets go of the GIL to sleep."),
            DropReason::Lock => format!("{me} lets go of the GIL to wait for a lock."),
            DropReason::Finish => format!("{me} lets go of the GIL at its end."),
            DropReason::Ticks => format!("The ticks of {me} are up: it releases the GIL."),
            DropReason::Idle => format!("{me} has no job and lets go of the GIL."),
            DropReason::Result => format!("{me} lets go of the GIL to wait for a result."),
            DropReason::Object => format!("{me} lets go to wait for an object's lock."),
        }
    }
}

/// Consequence: what CPython guarantees from here on, and what it does not.
impl Teller<'_> {
    fn consequence(&self) -> String {
        let me = self.me();
        if let Some(text) = self.tick_consequence().or_else(|| self.loop_consequence()) {
            return text;
        }
        match self.event.kind {
            EventKind::Started if self.protocol() == Protocol::Free => {
                format!("{me} has to attach before it can run any Python.")
            }
            EventKind::Started => format!("{me} needs the GIL before it can run any Python."),
            EventKind::Finished => "It will never run Python again.".into(),
            EventKind::PassDone(_) => {
                "The jump back to the top of the loop looks at the eval breaker.".into()
            }
            EventKind::StepBegins(_) => format!("{me} goes on with its program."),
            EventKind::Waits { until, .. } => format!(
                "{me} sleeps until it is signalled, or for one whole switch interval ({}), until \
                 {:.3} ms.",
                self.interval(),
                until.as_millis_f64()
            ),
            EventKind::WaitTimedOut { switched: true } => format!(
                "Another thread got the GIL during this wait, so {me} makes no request. Unless the \
                 GIL is free by now, it waits a whole new interval."
            ),
            EventKind::WaitTimedOut { switched: false } => {
                "The GIL has not changed hands for a whole interval. If it is still locked, a \
                 request is due."
                    .into()
            }
            EventKind::DropRequested { holder } => {
                let holder = self.name(holder);
                let sets = match self.scenario.spec().protocol() {
                    Protocol::Interval(RequestScope::Thread) => {
                        format!("{me} sets the drop request bit in the eval breaker of {holder}.")
                    }
                    _ => format!("{me} sets gil_drop_request and the eval breaker."),
                };
                format!(
                    "{sets} {holder} sees it at its next check; until then nothing else changes."
                )
            }
            EventKind::Takes { .. } => self.takes(),
            EventKind::Missed { .. } => {
                format!("A signal promises nothing: {me} waits a whole new interval.")
            }
            EventKind::SeesRequest => {
                format!(
                    "{me} drops the GIL here, between two bytecodes. C code is never interrupted."
                )
            }
            EventKind::Drops { .. } => self.drops(),
            EventKind::ForcedSwitchWaits => format!(
                "Forced switching: {me} clears the request and waits until another thread has had \
                 the GIL."
            ),
            EventKind::ForcedSwitchDone => {
                format!("The GIL has changed hands, so {me} may go on.")
            }
            EventKind::MutexBlocked { owner } => format!(
                "The mutex guards the GIL's variables. {me} sleeps until {} unlocks it.",
                self.name(owner)
            ),
            EventKind::Preempted { holds_gil: true, .. } => format!(
                "The operating system knows nothing of the GIL: every thread that wants it now \
                 waits for {me}, which has no core."
            ),
            EventKind::Preempted { .. } => format!("{me} goes on when a core is free again."),
            _ => self.goes_on(),
        }
    }

    /// What follows from a step outside of the GIL's protocol.
    fn goes_on(&self) -> String {
        let me = self.me();
        match self.event.kind {
            EventKind::IoBlocks { .. } => {
                format!("{me} needs no core and no GIL; other threads run meanwhile.")
            }
            EventKind::IoCompletes | EventKind::IoReady if self.protocol() == Protocol::Free => {
                format!("{me} has its result, and attaches to use it.")
            }
            EventKind::IoCompletes | EventKind::IoReady => {
                format!("{me} has its result, but must take the GIL before it can use it.")
            }
            EventKind::Sleeps { .. } => {
                format!("{me} needs no core and no GIL until its timer fires.")
            }
            EventKind::SleepEnds if self.protocol() == Protocol::Free => {
                format!("{me} wakes up and attaches again.")
            }
            EventKind::SleepEnds => format!("{me} wakes up and must take the GIL again."),
            EventKind::LockTaken(_) if self.protocol() == Protocol::Free => {
                "Without a GIL it is locks like this one that keep your data whole.".into()
            }
            EventKind::LockTaken(_) => {
                "threading.Lock is another lock than the GIL: it is held across handoffs.".into()
            }
            EventKind::LockWaits { .. } if self.protocol() == Protocol::Free => {
                format!("{me} waits until the owner releases it.")
            }
            EventKind::LockWaits { .. } => {
                format!("{me} waits without the GIL, so the owner can run and release the lock.")
            }
            EventKind::LockReleased { wakes: Some(waiter), .. } => format!(
                "{} is woken, but the lock is not handed over: whoever is first takes it.",
                self.name(waiter)
            ),
            EventKind::LockReleased { wakes: None, .. } => "Nobody waited for it.".into(),
            _ => self.runtime_consequence(),
        }
    }

    fn takes(&self) -> String {
        let me = self.me();
        let EventKind::Takes { how, switch_number, switched, .. } = self.event.kind else {
            return String::new();
        };
        let waiting = self.before.others_waiting(self.event.thread);
        let number = match (switched, waiting) {
            (true, 0) => format!("switch_number is now {switch_number}."),
            (true, _) => format!(
                "switch_number is now {switch_number}, so waits that began before make no request."
            ),
            (false, _) => {
                format!("It was the last holder too, so switch_number stays {switch_number}.")
            }
        };
        let handed = if how == TakeHow::Barged {
            " The GIL is not handed over: the first to test it has it."
        } else {
            ""
        };
        let alone = match self.shares_gil() {
            true => "and nobody else does",
            false => "with a GIL of its own",
        };
        format!("{me} runs Python now, {alone}.{handed} {number}")
    }

    /// Whether any other thread needs the same GIL.
    fn shares_gil(&self) -> bool {
        let gil = self.trace.threads[self.event.thread.index()].gil;
        self.trace.threads.iter().filter(|thread| thread.gil == gil).count() > 1
            || self.trace.threads.len() == 1
    }

    fn drops(&self) -> String {
        let EventKind::Drops { reason, signals } = self.event.kind else { return String::new() };
        let signal = match signals {
            Some(waiter) => format!(
                "The GIL is free for whoever takes it first. The condition variable wakes at most \
                 one waiter, {}.",
                self.name(waiter)
            ),
            None => "The GIL is free, and there is nobody to be woken.".to_owned(),
        };
        match reason {
            DropReason::NativeCall => {
                format!("{signal} {} computes on, beside whoever runs Python.", self.me())
            }
            _ => signal,
        }
    }
}

#[cfg(test)]
mod tests;
