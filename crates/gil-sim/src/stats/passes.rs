//! How long passes and responses take.

use crate::scenario::{Group, Scenario};
use crate::time::Nanos;
use crate::trace::{Event, EventKind, IoCompletion, Outcome, StepId, TaskId, Trace};

use super::Percentiles;

/// Passes and responses of a group.
#[derive(Default)]
pub(super) struct Times {
    /// How long each pass took that was completed.
    passes: Vec<Nanos>,
    /// Passes that were begun and not completed.
    open_passes: u64,
    /// How long those waited that were answered, where the group has requests.
    responses: Vec<Nanos>,
    /// Requests that have come and were not answered.
    unanswered: u64,
    /// When the last pass was completed.
    pub last: Option<Nanos>,
}

impl Times {
    pub fn pass(&self, trace: &Trace) -> Option<Percentiles> {
        percentiles(self.passes.clone(), self.open_passes, trace)
    }

    pub fn response(&self, trace: &Trace) -> Option<Percentiles> {
        percentiles(self.responses.clone(), self.unanswered, trace)
    }
}

/// From the completion of I/O until the thread, one of those asked for, has the GIL.
pub(super) fn wakeup(trace: &Trace, of: impl Fn(usize) -> bool) -> Option<Percentiles> {
    let times = trace.io.iter().filter(|io| of(io.thread.index())).map(|io| io.latency()).collect();
    percentiles(times, unread(trace, of), trace)
}

/// I/O that completed and that the thread had not gone on with when the run ended.
fn unread(trace: &Trace, of: impl Fn(usize) -> bool) -> u64 {
    let is_completion = |event: &&Event| {
        let completes = matches!(event.kind, EventKind::IoCompletes | EventKind::IoReady);
        completes && of(event.thread.index())
    };
    let completed = trace.events.iter().filter(is_completion).count();
    let resumed = trace.io.iter().filter(|io| of(io.thread.index())).count();
    completed.saturating_sub(resumed) as u64
}

/// Where a run completed, what daemons had begun is no loss.
fn percentiles(times: Vec<Nanos>, unfinished: u64, trace: &Trace) -> Option<Percentiles> {
    let is_whole = trace.outcome == Outcome::Completed;
    Percentiles::with_unfinished(times, if is_whole { 0 } else { unfinished })
}

/// The times of each group.
pub(super) fn times(scenario: &Scenario, trace: &Trace) -> Vec<Times> {
    let groups = &scenario.spec().groups;
    let mut scan = Scan {
        kinds: groups.iter().map(Kind::of).collect(),
        times: groups.iter().map(|_| Times::default()).collect(),
        threads: trace.threads.iter().map(|_| Progress::default()).collect(),
        trace,
    };
    scan.jobs();
    let mut messages = trace.io.iter().peekable();
    for event in &trace.events {
        while let Some(message) = messages.next_if(|message| message.resumed <= event.at) {
            let thread = &mut scan.threads[message.thread.index()];
            thread.message = Some(*message);
            thread.resumptions += 1;
        }
        scan.event(event);
    }
    scan.close();
    scan.times
}

/// Where the passes of a group come from.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// From a queue of jobs.
    Jobs,
    /// Each begins with a message that is received.
    Messages,
    /// The group makes one after the other.
    Loop,
}

impl Kind {
    fn of(group: &Group) -> Kind {
        match group.begins_with_message() {
            _ if group.repeat.has_queue() => Kind::Jobs,
            true => Kind::Messages,
            false => Kind::Loop,
        }
    }
}

struct Scan<'a> {
    kinds: Vec<Kind>,
    times: Vec<Times>,
    threads: Vec<Progress>,
    trace: &'a Trace,
}

/// How far a thread has come.
#[derive(Default)]
struct Progress {
    /// The task that runs on its event loop.
    task: Option<TaskId>,
    /// The pass of the thread itself, and behind it those of its tasks.
    open: Vec<Open>,
    /// The I/O that it went on with last.
    message: Option<IoCompletion>,
    /// I/O that completed.
    completions: u64,
    /// Of that, what it went on with.
    resumptions: u64,
}

/// The pass that a thread or a task is in.
#[derive(Clone, Copy, Default)]
struct Open {
    /// When it began, once its first step has.
    begun: Option<Nanos>,
    /// When its message came.
    came: Option<Nanos>,
    /// When the pass before it was over.
    before: Option<Nanos>,
}

impl Progress {
    fn open(&mut self) -> &mut Open {
        let index = self.task.map_or(0, |task| task.index() + 1);
        if self.open.len() <= index {
            self.open.resize(index + 1, Open::default());
        }
        &mut self.open[index]
    }

    /// A pass begins with the message that the thread has just gone on with.
    fn take_message(&mut self) {
        let message = self.message;
        let open = self.open();
        open.begun = message.map(|message| message.resumed);
        open.came = message.map(|message| message.completed);
    }

    /// Completions of I/O that it never went on with.
    fn unread(&self) -> u64 {
        self.completions.saturating_sub(self.resumptions)
    }
}

impl Scan<'_> {
    fn group(&self, thread: usize) -> usize {
        self.trace.threads[thread].group.index()
    }

    /// What came from queues is in the trace job by job.
    fn jobs(&mut self) {
        for job in &self.trace.jobs {
            let group = self.group(job.thread.index());
            self.times[group].passes.push(job.done - job.begun);
            self.times[group].responses.push(job.done - job.queued);
        }
        for (times, queue) in self.times.iter_mut().zip(&self.trace.queues) {
            let (came, begun) = traffic(&queue.lengths);
            let done = times.passes.len() as u64;
            times.unanswered = came.saturating_sub(done);
            times.open_passes = begun.saturating_sub(done);
        }
    }

    fn event(&mut self, event: &Event) {
        let thread = event.thread.index();
        let kind = self.kinds[self.group(thread)];
        match event.kind {
            EventKind::TaskRuns(task) => self.threads[thread].task = Some(task),
            EventKind::StepBegins(StepId(0)) if kind == Kind::Loop => {
                let open = self.threads[thread].open();
                open.begun = Some(open.before.unwrap_or(event.at));
            }
            EventKind::StepBegins(StepId(1)) if kind == Kind::Messages => {
                self.threads[thread].take_message()
            }
            EventKind::IoCompletes | EventKind::IoReady => self.threads[thread].completions += 1,
            EventKind::PassDone(_) => self.pass_done(thread, kind, event.at),
            _ => {}
        }
    }

    fn pass_done(&mut self, thread: usize, kind: Kind, at: Nanos) {
        let group = self.group(thread);
        let progress = &mut self.threads[thread];
        if kind == Kind::Messages && progress.open().begun.is_none() {
            progress.take_message();
        }
        let open = std::mem::replace(progress.open(), Open { before: Some(at), ..Open::default() });
        let times = &mut self.times[group];
        times.last = Some(at);
        if kind != Kind::Jobs {
            times.passes.extend(open.begun.map(|begun| at - begun));
            times.responses.extend(open.came.map(|came| at - came));
        }
    }

    /// Counts what the run left open.
    fn close(&mut self) {
        for (thread, progress) in self.threads.iter().enumerate() {
            let group = self.group(thread);
            let times = &mut self.times[group];
            let open = progress.open.iter().filter(|open| open.begun.is_some()).count() as u64;
            match self.kinds[group] {
                Kind::Jobs => {}
                Kind::Loop => times.open_passes += open,
                Kind::Messages => {
                    times.open_passes += open;
                    times.unanswered += open + progress.unread();
                }
            }
        }
    }
}

/// Jobs that came into a queue, and those that left it.
fn traffic(lengths: &[(Nanos, u32)]) -> (u64, u64) {
    let before = std::iter::once(0).chain(lengths.iter().map(|(_, length)| *length));
    lengths.iter().zip(before).fold((0, 0), |(came, left), ((_, length), before)| {
        let (more, less) = (length.saturating_sub(before), before.saturating_sub(*length));
        (came + u64::from(more), left + u64::from(less))
    })
}
