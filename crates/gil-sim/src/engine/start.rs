//! How threads and processes come to run their programs.

use super::{Due, Engine, Op};
use crate::scenario::{StartMethod, Strategy};
use crate::time::Nanos;
use crate::trace::{EventKind, State, ThreadId};

impl Engine<'_> {
    /// Starts threads and processes one after the other, as a loop of `start()` does.
    pub(super) fn start_threads(&mut self) {
        self.open_queues();
        for i in 0..self.threads.len() {
            let start = self.group(i).start;
            let before = (0..i).filter(|other| self.group(*other).start == start);
            let parent: Nanos = before.map(|other| self.start_in_parent(other)).sum();
            // A process is there when its parent has made it, a thread at once.
            let own = if self.is_process(i) { self.start_in_parent(i) } else { Nanos::ZERO };
            self.schedule(start + parent + own, Due::Start(ThreadId(i as u16)));
        }
    }

    fn is_process(&self, thread: usize) -> bool {
        matches!(self.group(thread).strategy, Strategy::Processes(_))
    }

    /// How long whoever starts a thread or process is busy with it.
    fn start_in_parent(&self, thread: usize) -> Nanos {
        match self.group(thread).strategy {
            Strategy::Processes(_) => Nanos(self.spec.machine.overheads.fork.0 / 2),
            _ => self.spec.machine.costs.thread_start,
        }
    }

    /// How long it is busy itself before it runs its program.
    fn start_in_child(&self, thread: usize) -> Nanos {
        let overheads = &self.spec.machine.overheads;
        let whole = match self.group(thread).strategy {
            Strategy::Interpreters => return overheads.interpreter,
            Strategy::Processes(StartMethod::Spawn) => overheads.spawn,
            Strategy::Processes(StartMethod::Forkserver)
                if self.spec.python.forkserver_imports_main() =>
            {
                overheads.forkserver
            }
            Strategy::Processes(StartMethod::Forkserver) => overheads.fork * 2,
            Strategy::Processes(StartMethod::Fork) => overheads.fork,
            Strategy::Threads | Strategy::Sequential | Strategy::Asyncio => return Nanos::ZERO,
        };
        whole - self.start_in_parent(thread)
    }

    pub(super) fn start(&mut self, t: ThreadId) {
        let event = self.event(t, EventKind::Started, None);
        let thread = self.thread(t);
        thread.gil.after_take =
            if thread.event_loop.is_some() { Op::LoopRuns } else { Op::PassBegins };
        if self.threads[t.index()].event_loop.is_none() {
            self.begin_program(t);
        }
        self.wake_after(t, Nanos::ZERO, Op::StartUp, Some(event));
    }

    /// The program of a thread, or of a task, begins now.
    pub(super) fn begin_program(&mut self, t: ThreadId) {
        let next_arrival = self.start_arrivals(t);
        let now = self.now;
        let cursor = &mut self.thread(t).cursor;
        cursor.started = now;
        cursor.next_arrival = next_arrival;
    }

    pub(super) fn start_up(&mut self, t: ThreadId) -> Option<Op> {
        let busy = self.start_in_child(t.index());
        if busy.is_zero() {
            return Some(Op::Take);
        }
        self.mode(t, State::StartingUp);
        self.burst(t, busy, Op::StartedUp)
    }

    pub(super) fn started_up(&mut self, t: ThreadId) -> Option<Op> {
        self.event(t, EventKind::StartedUp, None);
        let now = self.now;
        self.thread(t).cursor.started = now;
        Some(Op::Take)
    }
}
