//! asyncio: many tasks on one thread (`BaseEventLoop._run_once`, Lib/asyncio/base_events.py).
//!
//! Each round of the loop asks the selector, without waiting if a task is ready, and then runs
//! every task that was ready by then until it awaits. Asking the selector lets go of the GIL. Its
//! time-out is rounded up to whole milliseconds (`EpollSelector.select`, Lib/selectors.py), so that
//! tasks whose timers are close to each other go on together.

use std::collections::VecDeque;

use crate::time::Nanos;
use crate::trace::{DropReason, EventId, EventKind, IoCompletion, State, TaskId, ThreadId};

use super::program::{Cursor, Instruction};
use super::what_if::Outside;
use super::{Due, Engine, Op};

/// A thread's event loop.
pub(super) struct EventLoop {
    /// Tasks by number; that of the one which runs is in the thread.
    tasks: Vec<Task>,
    current: Option<TaskId>,
    ready: VecDeque<TaskId>,
    /// Ready tasks that are still to run in this round.
    round: usize,
    /// Tasks that the selector has news of.
    news: Vec<TaskId>,
    selecting: bool,
    /// When tasks that sleep are to go on.
    timers: Vec<(Nanos, TaskId)>,
    /// Counts calls of the selector: a time-out of an older one is stale.
    token: u32,
    unfinished: usize,
}

#[derive(Default)]
struct Task {
    cursor: Cursor,
    io: Outside,
    io_completed: Option<Nanos>,
    begun: bool,
}

impl EventLoop {
    /// A loop with this many tasks, all ready.
    pub fn new(tasks: u16) -> EventLoop {
        EventLoop {
            tasks: (0..tasks).map(|_| Task::default()).collect(),
            current: None,
            ready: (0..tasks).map(TaskId).collect(),
            round: usize::from(tasks),
            news: Vec::new(),
            selecting: false,
            timers: Vec::new(),
            token: 0,
            unfinished: usize::from(tasks),
        }
    }

    /// How far the tasks are that do not run; in the place of the one that does is what is left of
    /// the thread's own cursor.
    pub fn cursors(&self) -> impl Iterator<Item = &Cursor> {
        self.tasks.iter().map(|task| &task.cursor)
    }
}

impl Engine<'_> {
    fn event_loop(&mut self, t: ThreadId) -> Option<&mut EventLoop> {
        self.thread(t).event_loop.as_mut()
    }

    /// The task that runs on a thread's loop.
    pub(super) fn current_task(&self, t: ThreadId) -> Option<TaskId> {
        self.threads[t.index()].event_loop.as_ref()?.current
    }

    /// With the GIL: the next task of this round, or the next round.
    pub(super) fn loop_runs(&mut self, t: ThreadId) -> Option<Op> {
        let event_loop = self.event_loop(t)?;
        if event_loop.unfinished == 0 {
            return self.drop_for(t, DropReason::Finish, Op::Exit);
        }
        if event_loop.round > 0
            && let Some(task) = event_loop.ready.pop_front()
        {
            event_loop.round -= 1;
            return self.task_runs(t, task);
        }
        self.thread(t).gil.after_take = Op::LoopFetch;
        self.drop_for(t, DropReason::Io, Op::LoopSelect)
    }

    fn task_runs(&mut self, t: ThreadId, task: TaskId) -> Option<Op> {
        let now = self.now;
        let thread = self.thread(t);
        let event_loop = thread.event_loop.as_mut()?;
        event_loop.current = Some(task);
        let slot = &mut event_loop.tasks[task.index()];
        std::mem::swap(&mut thread.cursor, &mut slot.cursor);
        let (completed, begun) = (slot.io_completed.take(), slot.begun);
        slot.begun = true;
        self.event(t, EventKind::TaskRuns(task), None);
        if !begun {
            self.begin_program(t);
        }
        if let Some(completed) = completed {
            self.record.io(IoCompletion { thread: t, completed, resumed: now });
        }
        let resume = self.threads[t.index()].cursor.resume;
        let switch = self.with_overhead(self.spec.machine.overheads.task_switch);
        self.burst(t, switch, resume)
    }

    /// The running task awaits something, and goes on with `resume` when it is there.
    pub(super) fn suspend(&mut self, t: ThreadId, resume: Op) -> Option<Op> {
        self.thread(t).cursor.resume = resume;
        self.put_back(t);
        Some(Op::LoopRuns)
    }

    fn put_back(&mut self, t: ThreadId) {
        let thread = self.thread(t);
        let Some(event_loop) = &mut thread.event_loop else { return };
        if let Some(task) = event_loop.current.take() {
            let slot = &mut event_loop.tasks[task.index()];
            std::mem::swap(&mut thread.cursor, &mut slot.cursor);
        }
    }

    pub(super) fn task_done(&mut self, t: ThreadId) -> Option<Op> {
        self.put_back(t);
        self.event_loop(t)?.unfinished -= 1;
        Some(Op::LoopRuns)
    }

    /// `select()`, without the GIL: returns at once where there is something to do.
    pub(super) fn loop_select(&mut self, t: ThreadId) -> Option<Op> {
        let now = self.now;
        let unit = self.spec.machine.selector_unit();
        let event_loop = self.event_loop(t)?;
        let next = event_loop.timers.iter().map(|timer| timer.0).min();
        let ripe = next.is_some_and(|at| at <= now);
        if ripe || !event_loop.ready.is_empty() || !event_loop.news.is_empty() {
            let poll = self.spec.machine.costs.syscall;
            return self.burst(t, poll, Op::Take);
        }
        event_loop.selecting = true;
        event_loop.token += 1;
        let due = Due::SelectTimer(t, event_loop.token);
        if let Some(at) = next {
            let wait = Nanos((at - now).0.div_ceil(unit.0) * unit.0);
            let fires = self.timer(now + wait);
            self.schedule(fires, due);
        }
        self.event(t, EventKind::Selects, None);
        self.sleep(t, State::BlockedIo, Op::Take)
    }

    /// The selector's time-out.
    pub(super) fn select_timer(&mut self, t: ThreadId, token: u32) {
        let Some(event_loop) = self.event_loop(t) else { return };
        if event_loop.token == token && std::mem::take(&mut event_loop.selecting) {
            let event = self.event(t, EventKind::SleepEnds, None);
            self.wake(t, Some(event));
        }
    }

    pub(super) fn loop_fetch(&mut self, t: ThreadId) -> Option<Op> {
        let now = self.now;
        let event_loop = self.event_loop(t)?;
        let news = std::mem::take(&mut event_loop.news);
        event_loop.ready.extend(news);
        let mut ripe: Vec<_> = event_loop.timers.extract_if(.., |timer| timer.0 <= now).collect();
        ripe.sort_unstable();
        event_loop.ready.extend(ripe.into_iter().map(|timer| timer.1));
        event_loop.round = event_loop.ready.len();
        Some(Op::LoopRuns)
    }

    /// What a task awaits has come.
    pub(super) fn task_ready(&mut self, t: ThreadId, task: TaskId) {
        let Some(event_loop) = self.event_loop(t) else { return };
        event_loop.news.push(task);
        if std::mem::take(&mut event_loop.selecting) {
            let last = self.record.last();
            self.wake(t, last);
        }
    }

    /// A task awaits I/O.
    fn await_io(&mut self, t: ThreadId, task: TaskId, until: Nanos) -> Option<()> {
        self.event(t, EventKind::IoBlocks { until }, None);
        let token = self.task_io(t, task)?.begins(until);
        self.schedule(until, Due::TaskIo(t, task, token));
        Some(())
    }

    /// What a task awaits.
    pub(super) fn task_io(&mut self, t: ThreadId, task: TaskId) -> Option<&mut Outside> {
        let event_loop = self.event_loop(t)?;
        event_loop.tasks.get_mut(task.index()).map(|task| &mut task.io)
    }

    pub(super) fn task_io_done(
        &mut self,
        t: ThreadId,
        task: TaskId,
        token: u32,
        cause: Option<EventId>,
    ) {
        if !self.task_io(t, task).is_some_and(|io| io.completes(token)) {
            return;
        }
        self.event(t, EventKind::IoCompletes, cause);
        let now = self.now;
        if let Some(event_loop) = self.event_loop(t) {
            event_loop.tasks[task.index()].io_completed = Some(now);
        }
        self.task_ready(t, task);
    }

    /// A step that a thread would block in: the task awaits it.
    pub(super) fn await_outside(&mut self, t: ThreadId, instruction: Instruction) -> Option<Op> {
        let task = self.current_task(t)?;
        match instruction {
            Instruction::Sleep { wait } => {
                let until = self.now + self.draw(t, wait);
                self.event(t, EventKind::Sleeps { until }, None);
                self.event_loop(t)?.timers.push((until, task));
            }
            Instruction::Io { wait } => {
                let until = self.now + self.draw(t, wait);
                self.await_io(t, task, until)?;
            }
            Instruction::Receive { every, stream } => {
                let until = self.next_arrival(t, every, stream);
                if until <= self.now {
                    let (completed, resumed) = (until, self.now);
                    self.event(t, EventKind::IoReady, None);
                    self.record.io(IoCompletion { thread: t, completed, resumed });
                    let receive = self.spec.machine.costs.syscall;
                    return self.burst(t, receive, Op::NextStep);
                }
                self.await_io(t, task, until)?;
            }
            _ => return Some(Op::NextStep),
        }
        self.suspend(t, Op::NextStep)
    }
}
