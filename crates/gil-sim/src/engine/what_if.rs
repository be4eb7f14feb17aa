//! Interventions: what is done to a run from outside.
//!
//! They are kept apart from what is due, so that they neither change the order of that nor keep a
//! run going in which nothing can happen any more.

use std::cmp::Reverse;
use std::collections::VecDeque;

use crate::scenario::{Intervene, Intervention, Protocol, Spec};
use crate::time::Nanos;
use crate::trace::{EventKind, GroupId, InterpreterId, TaskId, ThreadId};

use super::{Engine, Thread};

/// I/O that a thread or a task is blocked in.
#[derive(Default)]
pub(super) struct Outside {
    /// When it completes.
    until: Option<Nanos>,
    /// Counts I/O: a completion of an older one is stale.
    token: u32,
}

impl Outside {
    /// I/O begins; the token of its completion.
    pub fn begins(&mut self, until: Nanos) -> u32 {
        self.until = Some(until);
        self.token += 1;
        self.token
    }

    /// Its completion is there; whether it is not stale.
    pub fn completes(&mut self, token: u32) -> bool {
        self.token == token && self.until.take().is_some()
    }
}

/// The interventions of a run, the earliest first.
pub(super) fn in_order(spec: &Spec) -> VecDeque<Intervention> {
    let mut interventions = spec.interventions.clone();
    interventions.sort_by_key(|intervention| intervention.at);
    interventions.into()
}

impl Engine<'_> {
    /// The intervention whose turn it is: everything else that is due by its time has happened.
    pub(super) fn next_intervention(&mut self) -> Option<Intervention> {
        let next = self.interventions.front()?.at;
        let Reverse((due, ..)) = self.queue.peek()?;
        let its_turn = next < *due && next <= self.spec.limits.time;
        its_turn.then(|| self.interventions.pop_front()).flatten()
    }

    pub(super) fn intervene(&mut self, intervention: Intervention) {
        self.now = intervention.at;
        match intervention.what {
            Intervene::SwitchInterval(interval) => {
                self.switch_interval = interval;
                self.tell_interval(EventKind::SwitchIntervalSet(interval));
            }
            Intervene::CheckInterval(ticks) => self.set_check_interval(ticks),
            Intervene::CompleteIo { group, member } => self.complete_io(group, member),
        }
    }

    fn tell_interval(&mut self, kind: EventKind) {
        let main = &self.domains[InterpreterId::MAIN.index()];
        let holder = match self.protocol {
            Protocol::Ticks => main.ticks.holder,
            Protocol::Interval(_) | Protocol::Free => main.gil.holder,
        };
        self.event(holder.unwrap_or(ThreadId(0)), kind, None);
    }

    /// What has run by now counts down the old interval.
    fn set_check_interval(&mut self, ticks: u32) {
        for t in 0..self.threads.len() {
            self.interrupt_bytecode(ThreadId(t as u16));
        }
        self.check_interval = ticks;
        self.tell_interval(EventKind::CheckIntervalSet(ticks));
    }

    fn complete_io(&mut self, group: GroupId, member: u16) {
        let of_group = |thread: &Thread| thread.group == group;
        let Some(first) = self.threads.iter().position(of_group) else { return };
        if self.threads[first].event_loop.is_some() {
            return self.complete_task_io(ThreadId(first as u16), TaskId(member));
        }
        self.complete_thread_io(ThreadId((first + usize::from(member)) as u16), None);
    }

    fn complete_thread_io(&mut self, t: ThreadId, task: Option<TaskId>) {
        let io = &self.thread(t).io;
        let (Some(from), token) = (io.until, io.token) else { return };
        let blocks = self.thread(t).woken_by;
        let event = self.event(t, EventKind::IoBroughtForward { from, task }, blocks);
        self.thread(t).woken_by = Some(event);
        self.io_done(t, token);
    }

    /// A task awaits I/O, or blocks its whole event loop in it.
    fn complete_task_io(&mut self, t: ThreadId, task: TaskId) {
        if self.current_task(t) == Some(task) {
            return self.complete_thread_io(t, Some(task));
        }
        let Some(io) = self.task_io(t, task) else { return };
        let (Some(from), token) = (io.until, io.token) else { return };
        let brought = EventKind::IoBroughtForward { from, task: Some(task) };
        let event = self.event(t, brought, None);
        self.task_io_done(t, task, token, Some(event));
    }
}
