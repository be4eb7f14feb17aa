//! The mental model: *state* (what holds), *trigger* (which operation changes it), *consequence*
//! (what Python then guarantees).

mod consequence;
mod tasks;
mod ticks;
mod trigger;

use gil_debug::Source;
use gil_sim::{
    Event, EventId, EventKind, GroupId, LockId, Nanos, ObjectId, Protocol, Scenario, State,
    ThreadId, Trace,
};

use super::before::{Before, Held};
use super::number::count;

/// An event in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// What held just before.
    pub state: String,
    /// The operation that changed it.
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

    fn lock(&self, lock: LockId) -> &str {
        self.trace.locks.get(lock.index()).map_or("", String::as_str)
    }

    /// The switch interval by now.
    fn interval(&self) -> Nanos {
        self.interval_of(self.event.at)
    }

    /// The switch interval that waits which begin then have.
    fn interval_of(&self, begun: Nanos) -> Nanos {
        self.scenario.spec().switch_interval_at(begun)
    }

    fn protocol(&self) -> Protocol {
        self.scenario.spec().protocol()
    }

    fn object(&self, object: ObjectId) -> &str {
        self.trace.objects.get(object.index()).map_or("", String::as_str)
    }

    fn group_of(&self, group: GroupId) -> &str {
        self.scenario.spec().groups.get(group.index()).map_or("", |g| g.name.as_str())
    }

    fn had_gil(&self) -> bool {
        matches!(self.before.held(), Held::By(holder, _) if holder == self.event.thread)
    }

    /// The event that brought this one about, and how long ago it was.
    fn cause(&self) -> Option<(&Event, Nanos)> {
        let cause = self.trace.events.get(self.event.cause?.index())?;
        Some((cause, self.event.at - cause.at))
    }

    /// The thread that caused it, with what it did and when: `count-2 made 45 us before`.
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
        let has_gil = self.trace.threads[self.event.thread.index()].gil.is_some();
        let mine = format!("{} {}", self.me(), has_been(state, since, has_gil));
        if !has_gil {
            return format!("There is no GIL; {mine}.");
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

    /// An arrival is nobody's doing: its state is that of the queue.
    fn queue_state(&self) -> Option<String> {
        let EventKind::JobQueued { group, length } = self.event.kind else { return None };
        let there = match length.saturating_sub(1) {
            0 => "no job is".to_owned(),
            1 => "1 job is".to_owned(),
            n => format!("{n} jobs are"),
        };
        let queue = format!("{there} in the queue of {}.", self.group_of(group));
        Some(match self.protocol() {
            Protocol::Free => format!("There is no GIL; {queue}"),
            _ => super::capitalized(&queue),
        })
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
fn has_been(state: State, since: Nanos, has_gil: bool) -> String {
    match state {
        State::NotStarted => "has not started".to_owned(),
        State::HasGil => format!("has held the GIL for {since}"),
        State::Native if has_gil => format!("has run without the GIL for {since}"),
        State::Native => format!("has run native code for {since}"),
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
        State::OffCpu => format!("has been off the CPU for {since}, without wanting the GIL"),
        State::HoldsOffCpu => format!("has kept the GIL off the CPU for {since}"),
        State::Unseen => "isn't in the recording here".to_owned(),
    }
}

#[cfg(test)]
mod tests;
