//! A thread's program: what its steps do with the GIL, the core and the outside world.

use crate::draw::Dist;
use crate::scenario::{Repeat, Spec, Step};
use crate::time::Nanos;
use crate::trace::{DropReason, EventKind, State, ThreadId};

use super::os::OsState;
use super::{Due, Engine, Op};

/// A group's steps, `with lock:` blocks unfolded into acquire and release.
pub(super) type Program = Vec<Instruction>;

#[derive(Clone, Copy, Debug)]
pub(super) enum Instruction {
    Python {
        work: Dist,
        check: Nanos,
    },
    NativeHolding {
        work: Dist,
    },
    NativeReleasing {
        work: Dist,
    },
    Io {
        wait: Dist,
    },
    /// `stream` counts the receives of a program: each has arrivals of its own.
    Receive {
        every: Dist,
        stream: usize,
    },
    Syscall {
        work: Dist,
    },
    Sleep {
        wait: Dist,
    },
    Acquire(u8),
    Release(u8),
}

/// Bytecode in progress.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Python {
    active: bool,
    left: Nanos,
    check: Nanos,
    /// CPU time since the last look at the eval breaker.
    since_check: Nanos,
}

/// The programs of all groups, and the names of the locks they use by number.
pub(super) fn compile(spec: &Spec) -> (Vec<Program>, Vec<String>) {
    let mut locks = Vec::new();
    let programs = spec
        .groups
        .iter()
        .map(|group| {
            let mut program = Program::new();
            unfold(&group.steps, spec, &mut locks, &mut program);
            program
        })
        .collect();
    (programs, locks)
}

fn unfold(steps: &[Step], spec: &Spec, locks: &mut Vec<String>, into: &mut Program) {
    for step in steps {
        match *step {
            Step::Python { work, check } => {
                let check = check.unwrap_or(spec.python.check_distance());
                into.push(Instruction::Python { work, check });
            }
            Step::NativeHolding { work } => into.push(Instruction::NativeHolding { work }),
            Step::NativeReleasing { work } => into.push(Instruction::NativeReleasing { work }),
            Step::Io { wait } => into.push(Instruction::Io { wait }),
            Step::Receive { every } => {
                let receive = |i: &&Instruction| matches!(i, Instruction::Receive { .. });
                let stream = into.iter().filter(receive).count();
                into.push(Instruction::Receive { every, stream });
            }
            Step::Syscall { work } => into.push(Instruction::Syscall { work }),
            Step::Sleep { wait } => into.push(Instruction::Sleep { wait }),
            Step::Locked { ref lock, ref body } => {
                let number = lock_number(lock, locks);
                into.push(Instruction::Acquire(number));
                unfold(body, spec, locks, into);
                into.push(Instruction::Release(number));
            }
        }
    }
}

fn lock_number(name: &str, locks: &mut Vec<String>) -> u8 {
    let known = locks.iter().position(|lock| lock == name);
    known.unwrap_or_else(|| {
        locks.push(name.to_owned());
        locks.len() - 1
    }) as u8
}

impl Engine<'_> {
    /// Begins the next step with the GIL in hand, or ends a pass.
    pub(super) fn next_step(&mut self, t: ThreadId) -> Option<Op> {
        let thread = &self.threads[t.index()];
        let Some(&instruction) = self.programs[thread.group].get(thread.step) else {
            return self.pass_done(t);
        };
        let step = thread.step as u16;
        self.thread(t).step += 1;
        self.event(t, EventKind::StepBegins(step), None);
        self.begin(t, instruction)
    }

    /// The end of a pass is a backward jump: the eval breaker is looked at.
    fn pass_done(&mut self, t: ThreadId) -> Option<Op> {
        let now = self.now;
        let thread = self.thread(t);
        thread.step = 0;
        thread.pass += 1;
        let (pass, elapsed, group) = (thread.pass, now - thread.started, thread.group);
        self.event(t, EventKind::PassDone(pass), None);
        self.record.pass(t, pass);
        let done = match self.spec.groups[group].repeat {
            Repeat::Times(n) => pass >= n,
            Repeat::For(time) => elapsed >= time,
            Repeat::Daemon => false,
        };
        if done {
            return self.drop_for(t, DropReason::Finish, Op::Exit);
        }
        self.check_breaker(t, Op::NextStep)
    }

    fn begin(&mut self, t: ThreadId, instruction: Instruction) -> Option<Op> {
        self.thread(t).gil.after_take = Op::NextStep;
        match instruction {
            Instruction::Python { work, check } => {
                let left = self.draw(t, work);
                let since_check = Nanos::ZERO;
                self.thread(t).python = Python { active: true, left, check, since_check };
                Some(Op::Bytecode)
            }
            Instruction::NativeHolding { work } => {
                let work = self.draw(t, work);
                self.burst(t, work, Op::CheckBreaker)
            }
            Instruction::NativeReleasing { work } => {
                let work = self.draw(t, work);
                self.drop_for(t, DropReason::NativeCall, Op::NativeCall(work))
            }
            Instruction::Syscall { work } => {
                let work = self.draw(t, work);
                self.drop_for(t, DropReason::Syscall, Op::NativeCall(work))
            }
            Instruction::Io { .. } => self.drop_for(t, DropReason::Io, Op::IoCall),
            Instruction::Receive { .. } => self.drop_for(t, DropReason::Io, Op::ReceiveCall),
            Instruction::Sleep { .. } => self.drop_for(t, DropReason::Sleep, Op::SleepCall),
            Instruction::Acquire(lock) => self.lock_acquire(t, lock),
            Instruction::Release(lock) => self.lock_release(t, lock),
        }
    }

    fn draw(&mut self, t: ThreadId, dist: Dist) -> Nanos {
        self.thread(t).rng.draw(dist)
    }

    /// The instruction that the thread is in.
    fn current(&self, t: ThreadId) -> Option<Instruction> {
        let thread = &self.threads[t.index()];
        self.programs[thread.group].get(thread.step.checked_sub(1)?).copied()
    }

    // Bytecode. It runs through undisturbed; only a drop request makes its next look at the eval
    // breaker matter.

    pub(super) fn bytecode(&mut self, t: ThreadId) -> Option<Op> {
        let stretch = self.bytecode_stretch(t);
        self.burst(t, stretch, Op::BytecodePause)
    }

    /// How far the bytecode runs before it has to look up.
    pub(super) fn bytecode_stretch(&self, t: ThreadId) -> Nanos {
        let python = &self.threads[t.index()].python;
        if self.gil.requests.seen_by(t).is_some() {
            python.left.min(python.check - python.since_check)
        } else {
            python.left
        }
    }

    /// Books CPU time on bytecode in progress; that of `drop_gil` and `take_gil` in the middle of
    /// it is not the bytecode's.
    pub(super) fn bytecode_ran(&mut self, t: ThreadId, ran: Nanos) {
        if self.in_bytecode(t) {
            let python = &mut self.thread(t).python;
            python.left -= ran;
            python.since_check = Nanos((python.since_check + ran).0 % python.check.0);
        }
    }

    pub(super) fn bytecode_pause(&mut self, t: ThreadId) -> Option<Op> {
        let python = &mut self.thread(t).python;
        if python.left.is_zero() {
            python.active = false;
            return Some(Op::NextStep);
        }
        self.check_breaker(t, Op::Bytecode)
    }

    /// A drop request was set: the holder looks up sooner than planned.
    pub(super) fn interrupt_bytecode(&mut self, holder: ThreadId) {
        let thread = &self.threads[holder.index()];
        let on_core = matches!(thread.os, OsState::On(_));
        if on_core && self.in_bytecode(holder) {
            self.reschedule_bytecode(holder);
        }
    }

    /// Back on a core: a request may have been set meanwhile, or cleared.
    pub(super) fn resume_bytecode(&mut self, t: ThreadId) {
        if self.in_bytecode(t) {
            let stretch = self.bytecode_stretch(t);
            self.thread(t).burst.left = stretch;
        }
    }

    fn in_bytecode(&self, t: ThreadId) -> bool {
        let thread = &self.threads[t.index()];
        thread.python.active && matches!(thread.burst.then, Op::BytecodePause)
    }

    /// `eval_breaker` and `gil_drop_request`: `drop_gil`, then `take_gil`
    /// (`eval_frame_handle_pending`, Python/ceval.c, 3.11).
    pub(super) fn check_breaker(&mut self, t: ThreadId, then: Op) -> Option<Op> {
        let Some(request) = self.gil.requests.seen_by(t) else { return Some(then) };
        self.event(t, EventKind::SeesRequest, Some(request));
        self.thread(t).gil.after_take = then;
        self.drop_for(t, DropReason::Request, Op::Take)
    }

    // The outside world, without the GIL.

    pub(super) fn io_call(&mut self, t: ThreadId) -> Option<Op> {
        let Some(Instruction::Io { wait }) = self.current(t) else { return Some(Op::Take) };
        let wait = self.draw(t, wait);
        self.block_until(t, self.now + wait)
    }

    fn block_until(&mut self, t: ThreadId, until: Nanos) -> Option<Op> {
        let event = self.event(t, EventKind::IoBlocks { until }, None);
        self.thread(t).woken_by = Some(event);
        self.schedule(until, Due::IoDone(t));
        self.sleep(t, State::BlockedIo, Op::Take)
    }

    pub(super) fn io_done(&mut self, t: ThreadId) {
        let blocks = self.threads[t.index()].woken_by;
        let event = self.event(t, EventKind::IoCompletes, blocks);
        let now = self.now;
        self.thread(t).gil.io_completed = Some(now);
        self.wake(t, Some(event));
    }

    /// Messages arrive on their own schedule from the thread's start on.
    pub(super) fn start_arrivals(&mut self, t: ThreadId) {
        let group = self.threads[t.index()].group;
        let gaps: Vec<Dist> = self.programs[group]
            .iter()
            .filter_map(|instruction| match instruction {
                Instruction::Receive { every, .. } => Some(*every),
                _ => None,
            })
            .collect();
        let first = gaps.into_iter().map(|every| self.now + self.draw(t, every)).collect();
        self.thread(t).next_arrival = first;
    }

    pub(super) fn receive_call(&mut self, t: ThreadId) -> Option<Op> {
        let Some(Instruction::Receive { every, stream }) = self.current(t) else {
            return Some(Op::Take);
        };
        let gap = self.draw(t, every);
        let now = self.now;
        let next = &mut self.thread(t).next_arrival[stream];
        let arrival = *next;
        *next += gap;
        if arrival > now {
            return self.block_until(t, arrival);
        }
        self.event(t, EventKind::IoReady, None);
        self.thread(t).gil.io_completed = Some(arrival);
        self.burst(t, self.spec.machine.costs.syscall, Op::Take)
    }

    pub(super) fn sleep_call(&mut self, t: ThreadId) -> Option<Op> {
        let Some(Instruction::Sleep { wait }) = self.current(t) else { return Some(Op::Take) };
        let until = self.now + self.draw(t, wait);
        let event = self.event(t, EventKind::Sleeps { until }, None);
        self.thread(t).woken_by = Some(event);
        self.schedule(until + self.spec.machine.timer_slack, Due::SleepDone(t));
        self.sleep(t, State::Asleep, Op::Take)
    }

    pub(super) fn sleep_done(&mut self, t: ThreadId) {
        let sleeps = self.threads[t.index()].woken_by;
        let event = self.event(t, EventKind::SleepEnds, sleeps);
        self.wake(t, Some(event));
    }
}
