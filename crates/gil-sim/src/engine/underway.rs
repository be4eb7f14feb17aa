//! What part of its current pass each thread has done when a run is cut.
//!
//! Work that was begun counts: of 64 threads that are each half-way through a pass, a count of
//! completed passes would miss 32. The part is that of the pass's own work and waits, by their
//! means; waiting for the GIL, a core or a lock is no progress. The trace's text form leaves it out.

use crate::scenario::program;
use crate::time::Nanos;
use crate::trace::{GroupId, ThreadId};

use super::op::Op;
use super::os::OsState;
use super::program::{Cursor, Instruction};
use super::{Engine, Spec};

/// Parts are counted in millionths of a pass.
const WHOLE: f64 = 1e6;

impl Engine<'_> {
    /// The parts of passes that all threads are in the middle of, in millionths of a pass; those
    /// of a thread's tasks added up.
    pub(super) fn underway(&mut self) -> Vec<u32> {
        (0..self.threads.len() as u16).map(|t| self.underway_of(ThreadId(t))).collect()
    }

    fn underway_of(&mut self, t: ThreadId) -> u32 {
        if matches!(self.threads[t.index()].os, OsState::On(_)) {
            self.book_progress(t);
        }
        let thread = &self.threads[t.index()];
        let mut parts = self.part_of(t, &thread.cursor, true);
        if let Some(event_loop) = &thread.event_loop {
            parts += event_loop.cursors().map(|cursor| self.part_of(t, cursor, false)).sum::<f64>();
        }
        (parts * WHOLE) as u32
    }

    /// The part of a pass at which a cursor is; `is_running` where the thread is at it itself.
    fn part_of(&self, t: ThreadId, cursor: &Cursor, is_running: bool) -> f64 {
        let Some(current) = cursor.step.checked_sub(1) else { return 0.0 };
        let program = &self.programs[self.threads[t.index()].group.index()];
        let weight = |instruction: &Instruction| self.weight(instruction);
        let whole: f64 = program.iter().map(weight).sum();
        let before: f64 = program.iter().take(current).map(weight).sum();
        let Some(instruction) = program.get(current) else { return 0.0 };
        if whole <= 0.0 {
            return 0.0;
        }
        let now = self.step_part(t, cursor, *instruction, is_running);
        ((before + weight(instruction) * now) / whole).min(1.0)
    }

    /// How much of a pass a step is, on average, in nanoseconds.
    fn weight(&self, instruction: &Instruction) -> f64 {
        let mean = match *instruction {
            Instruction::Python { work, .. }
            | Instruction::Share { work, .. }
            | Instruction::Mutate { work, .. } => self.with_overhead(work.mean()),
            Instruction::NativeHolding { work }
            | Instruction::NativeReleasing { work }
            | Instruction::Syscall { work } => work.mean(),
            Instruction::Io { wait }
            | Instruction::Sleep { wait }
            | Instruction::Block { wait } => wait.mean(),
            Instruction::Call { group, .. } => return nominal(self.spec, group),
            // Messages come when they come, locks are free when they are free.
            Instruction::Receive { .. } | Instruction::Acquire(_) | Instruction::Release(_) => {
                Nanos::ZERO
            }
        };
        mean.0 as f64
    }

    /// What part of the current step is done.
    fn step_part(
        &self,
        t: ThreadId,
        cursor: &Cursor,
        instruction: Instruction,
        is_running: bool,
    ) -> f64 {
        let (since, length) = cursor.drawn;
        let thread = &self.threads[t.index()];
        match instruction {
            Instruction::Io { .. } | Instruction::Sleep { .. } | Instruction::Block { .. } => {
                ratio(self.now - since, length)
            }
            // Only the thread's own cursor can be at what needs a core.
            _ if !is_running => 0.0,
            Instruction::Python { .. } => {
                let length = self.with_overhead(length);
                ratio(length - thread.python.left(), length)
            }
            Instruction::Share { .. } => match thread.burst.then {
                Op::Touch { left, .. } | Op::Touched { left, .. } => {
                    let length = self.with_overhead(length);
                    ratio(length - left, length)
                }
                _ => 0.0,
            },
            _ => ratio(self.record.cpu_since(t, since, self.now), length),
        }
    }
}

/// What the steps of a group take on average, calls of others left out.
fn nominal(spec: &Spec, group: GroupId) -> f64 {
    spec.groups.get(group.index()).map_or(0.0, |group| program::shares(&group.steps).own())
}

fn ratio(part: Nanos, whole: Nanos) -> f64 {
    if whole.is_zero() { 0.0 } else { (part.0 as f64 / whole.0 as f64).min(1.0) }
}
