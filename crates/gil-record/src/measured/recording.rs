//! The spans that a program noted, as a recording.

use gil_sim::{GilSpan, Nanos, State, StateSpan, ThreadId};

use super::{Doing, Measured, MeasuredThread};
use crate::place::Places;
use crate::recording::{CannotKnow, GilSeen, Recorded, Recording, Source};

/// Strategies whose members have an interpreter each, and so a GIL each.
const APART: [&str; 4] = ["fork", "forkserver", "spawn", "interp"];

impl Measured {
    /// The spans as a recording; `None` where none were noted (`--record`).
    ///
    /// A gap within a thread's Python is a wait for the GIL or for a core. It's a wait for the GIL
    /// for as long as another thread with the same GIL ran Python meanwhile, and a wait for a core
    /// otherwise.
    pub fn recording(&self) -> Option<Recording> {
        if !self.is_recorded() {
            return None;
        }
        let ends = self.threads.iter().filter_map(|thread| Some(thread.spans.last()?.end));
        let end = ends.max()?;
        let shares = |thread: &MeasuredThread| {
            let group = self.groups.iter().find(|group| group.name == thread.group);
            self.python.has_gil && group.is_none_or(|one| !APART.contains(&one.strategy.as_str()))
        };
        let holders = self.holders(&shares);
        let recorded = self.threads.iter().enumerate().map(|(at, thread)| {
            let others = if shares(thread) { holders.as_slice() } else { &[] };
            Recorded {
                name: thread.name.clone(),
                function: Some(thread.group.clone()),
                places: Places::default(),
                id: None,
                spans: self.states(thread, others, ThreadId(at as u16), end),
                collecting: Vec::new(),
            }
        });
        Some(Recording {
            source: Source::Measured,
            made_by: format!("{} {}", self.python.implementation, self.python.version),
            period: None,
            end,
            cores: Some(self.python.cores),
            threads: recorded.collect(),
            gil: if self.python.has_gil { GilSeen::Yes } else { GilSeen::FreeThreaded },
            holders,
            sees_collector: false,
            cannot_know: vec![CannotKnow::GilOrCore, CannotKnow::WaitsBehindCalls],
            notes: Vec::new(),
        })
    }

    /// Who ran Python when, of those that share the main interpreter's GIL. Threads read their own
    /// clocks, so two can seem to have it for a moment; then the later one has it.
    fn holders(&self, shares: &impl Fn(&MeasuredThread) -> bool) -> Vec<GilSpan> {
        let of = |(at, thread): (usize, &MeasuredThread)| {
            let spans = thread.spans.iter().filter(|span| needs_gil(span.doing));
            let thread = ThreadId(at as u16);
            let held = spans.map(|span| GilSpan { start: span.start, end: span.end, thread });
            held.collect::<Vec<_>>()
        };
        let all = self.threads.iter().enumerate().filter(|(_, thread)| shares(thread));
        let mut holders: Vec<GilSpan> = all.flat_map(of).collect();
        holders.sort_by_key(|span| (span.start, span.thread));
        for next in 1..holders.len() {
            let begins = holders[next].start;
            holders[next - 1].end = holders[next - 1].end.min(begins);
        }
        holders.retain(|span| span.start < span.end);
        holders
    }

    fn states(
        &self,
        thread: &MeasuredThread,
        holders: &[GilSpan],
        id: ThreadId,
        end: Nanos,
    ) -> Vec<StateSpan> {
        let mut spans = Spans::default();
        for span in &thread.spans {
            let before = if spans.at.is_zero() && spans.all.is_empty() {
                spans.push(span.start, State::NotStarted);
                span.start
            } else {
                spans.at
            };
            gap(&mut spans, holders, id, before, span.start);
            spans.push(span.end, self.state(span.doing));
        }
        spans.push(end, State::Finished);
        spans.all
    }

    fn state(&self, doing: Doing) -> State {
        match doing {
            Doing::Python | Doing::Holding if self.python.has_gil => State::HasGil,
            Doing::Python | Doing::Holding => State::Attached,
            Doing::Native => State::Native,
            Doing::Io => State::BlockedIo,
            Doing::Sleep => State::Asleep,
            Doing::Lock => State::WaitingLock,
            Doing::Queue => State::Idle,
            Doing::Result => State::WaitingResult,
            Doing::Other => State::Unseen,
        }
    }
}

fn needs_gil(doing: Doing) -> bool {
    matches!(doing, Doing::Python | Doing::Holding)
}

/// A thread that wants to run and doesn't.
fn gap(spans: &mut Spans, holders: &[GilSpan], id: ThreadId, from: Nanos, to: Nanos) {
    let first = holders.partition_point(|span| span.end <= from);
    for span in holders[first..].iter().take_while(|span| span.start < to) {
        if span.thread != id {
            spans.push(span.start.max(from), State::Ready);
            spans.push(span.end.min(to), State::WaitingGil);
        }
    }
    spans.push(to, State::Ready);
}

#[derive(Default)]
struct Spans {
    all: Vec<StateSpan>,
    at: Nanos,
}

impl Spans {
    /// Goes on in a state up to a time.
    fn push(&mut self, end: Nanos, state: State) {
        let start = self.at;
        if end <= start {
            return;
        }
        self.at = end;
        match self.all.last_mut() {
            Some(last) if last.state == state => last.end = end,
            _ => self.all.push(StateSpan { start, end, state }),
        }
    }
}
