//! A thread's program: what its steps do with the GIL, the core and the outside world.

use crate::draw::Dist;
use crate::scenario::program::{Unfolded, unfold};
use crate::scenario::{Protocol, Repeat, Spec, Step};
use crate::time::Nanos;
use crate::trace::{DropReason, EventKind, GroupId, LockId, ObjectId, State, StepId, ThreadId};

use super::os::OsState;
use super::pool::Job;
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
    Block {
        wait: Dist,
    },
    Share {
        object: ObjectId,
        work: Dist,
    },
    Mutate {
        object: ObjectId,
        work: Dist,
    },
    Call {
        group: GroupId,
        bytes: u64,
    },
    Acquire(LockId),
    Release(LockId),
}

/// How far a thread, or a task, has come in its program.
pub(super) struct Cursor {
    pub step: usize,
    pub pass: u32,
    pub started: Nanos,
    pub next_arrival: Vec<Nanos>,
    /// The job that this pass is for.
    pub job: Option<Job>,
    /// When the length of the current step was drawn, and that length.
    pub drawn: (Nanos, Nanos),
    /// How a task goes on when it is its turn.
    pub resume: Op,
}

impl Default for Cursor {
    fn default() -> Cursor {
        Cursor {
            step: 0,
            pass: 0,
            started: Nanos::ZERO,
            next_arrival: Vec::new(),
            job: None,
            drawn: (Nanos::ZERO, Nanos::ZERO),
            resume: Op::PassBegins,
        }
    }
}

/// The programs of all groups, and the names of what they number.
#[derive(Default)]
pub(super) struct Compiled {
    pub programs: Vec<Program>,
    pub locks: Vec<String>,
    pub objects: Vec<String>,
}

/// Bytecode in progress.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Python {
    active: bool,
    left: Nanos,
    /// Distance of looks at the eval breaker, or of ticks.
    distance: Nanos,
    /// Distance of looks, or the check interval that is under way.
    check: Nanos,
    /// CPU time since the last look at the eval breaker.
    since_check: Nanos,
}

/// Unfolds the programs of all groups.
pub(super) fn compile(spec: &Spec) -> Compiled {
    let mut compiled = Compiled::default();
    for group in &spec.groups {
        let mut program = Program::new();
        for place in unfold(&group.steps) {
            let next = instruction(place, spec, &mut compiled, &program);
            program.push(next);
        }
        compiled.programs.push(program);
    }
    compiled
}

fn instruction(
    place: Unfolded,
    spec: &Spec,
    names: &mut Compiled,
    before: &Program,
) -> Instruction {
    let step = match place {
        Unfolded::Step(step) => step,
        Unfolded::Release(lock) => {
            return Instruction::Release(LockId::of(number(lock, &mut names.locks)));
        }
    };
    match *step {
        Step::Python { work, check } => {
            Instruction::Python { work, check: check_distance(spec, check) }
        }
        Step::NativeHolding { work } => Instruction::NativeHolding { work },
        Step::NativeReleasing { work } => Instruction::NativeReleasing { work },
        Step::Io { wait } => Instruction::Io { wait },
        Step::Block { wait } => Instruction::Block { wait },
        Step::Receive { every } => {
            let receive = |i: &&Instruction| matches!(i, Instruction::Receive { .. });
            let stream = before.iter().filter(receive).count();
            Instruction::Receive { every, stream }
        }
        Step::Syscall { work } => Instruction::Syscall { work },
        Step::Sleep { wait } => Instruction::Sleep { wait },
        Step::Share { ref object, work } => {
            Instruction::Share { object: ObjectId::of(number(object, &mut names.objects)), work }
        }
        Step::Mutate { ref object, work } => {
            Instruction::Mutate { object: ObjectId::of(number(object, &mut names.objects)), work }
        }
        Step::Call { ref group, bytes } => {
            let group = spec.groups.iter().position(|other| other.name == *group);
            Instruction::Call { group: GroupId::of(group.unwrap_or_default()), bytes }
        }
        Step::Locked { ref lock, .. } => {
            Instruction::Acquire(LockId::of(number(lock, &mut names.locks)))
        }
    }
}

/// How far apart looks at the eval breaker are, or ticks.
pub(super) fn check_distance(spec: &Spec, own: Option<Nanos>) -> Nanos {
    own.unwrap_or(spec.python.check_distance())
}

fn number(name: &str, names: &mut Vec<String>) -> usize {
    let known = names.iter().position(|known| known == name);
    known.unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    })
}

impl Python {
    /// What is left of it.
    pub(super) fn left(&self) -> Nanos {
        self.left
    }
}

impl Engine<'_> {
    /// Begins the next step with the GIL in hand, or ends a pass.
    pub(super) fn next_step(&mut self, t: ThreadId) -> Option<Op> {
        let thread = &self.threads[t.index()];
        let Some(&instruction) = self.programs[thread.group.index()].get(thread.cursor.step) else {
            return self.results(t);
        };
        let step = StepId::of(thread.cursor.step);
        let now = self.now;
        let cursor = &mut self.thread(t).cursor;
        cursor.step += 1;
        cursor.drawn = (now, Nanos::ZERO);
        self.event(t, EventKind::StepBegins(step), None);
        self.begin(t, instruction)
    }

    /// The end of a pass is a backward jump: the eval breaker is looked at.
    pub(super) fn pass_done(&mut self, t: ThreadId) -> Option<Op> {
        let now = self.now;
        let cursor = &mut self.thread(t).cursor;
        cursor.step = 0;
        cursor.pass += 1;
        let (pass, elapsed) = (cursor.pass, now - cursor.started);
        let thread = self.thread(t);
        thread.passes += 1;
        let (passes, members) = (thread.passes, thread.in_sequence);
        self.event(t, EventKind::PassDone(passes), None);
        self.record.pass(t, passes);
        let done = match self.spec.groups[self.threads[t.index()].group.index()].repeat {
            Repeat::Times(n) => u64::from(pass) >= u64::from(n) * members,
            Repeat::For(time) => elapsed >= time * members,
            Repeat::Daemon | Repeat::Jobs(_) | Repeat::Arrivals { .. } | Repeat::Serve => false,
        };
        if done {
            return self.program_done(t);
        }
        self.check_breaker(t, Op::PassBegins)
    }

    /// The thread, or its current task, has done all it had to.
    pub(super) fn program_done(&mut self, t: ThreadId) -> Option<Op> {
        if self.threads[t.index()].event_loop.is_some() {
            return self.task_done(t);
        }
        self.drop_for(t, DropReason::Finish, Op::Exit)
    }

    fn begin(&mut self, t: ThreadId, instruction: Instruction) -> Option<Op> {
        self.thread(t).gil.after_take = Op::NextStep;
        match instruction {
            Instruction::Python { work, check } => {
                let left = self.draw(t, work);
                let left = self.with_overhead(left);
                self.begin_bytecode(t, left, check)
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
            Instruction::Io { .. } | Instruction::Receive { .. } | Instruction::Sleep { .. }
                if self.threads[t.index()].event_loop.is_some() =>
            {
                self.await_outside(t, instruction)
            }
            Instruction::Io { .. } | Instruction::Block { .. } => {
                self.drop_for(t, DropReason::Io, Op::IoCall)
            }
            Instruction::Receive { .. } => self.drop_for(t, DropReason::Io, Op::ReceiveCall),
            Instruction::Sleep { .. } => self.drop_for(t, DropReason::Sleep, Op::SleepCall),
            Instruction::Share { object, work } => self.share(t, object, work),
            Instruction::Mutate { object, work } => self.mutate(t, object, work),
            Instruction::Call { group, bytes } => self.call(t, group, bytes),
            Instruction::Acquire(lock) => self.lock_acquire(t, lock),
            Instruction::Release(lock) => self.lock_release(t, lock),
        }
    }

    pub(super) fn draw(&mut self, t: ThreadId, dist: Dist) -> Nanos {
        let now = self.now;
        let thread = self.thread(t);
        let length = thread.rng.draw(dist);
        thread.cursor.drawn = (now, length);
        length
    }

    /// Bytecode's CPU time in this build.
    pub(super) fn with_overhead(&self, work: Nanos) -> Nanos {
        let percent = u128::from(100 + self.spec.python.bytecode_overhead_percent());
        // The mean of a distribution may be as long as a time can be.
        Nanos(u64::try_from(u128::from(work.0) * percent / 100).unwrap_or(u64::MAX))
    }

    /// Begins bytecode of this length.
    pub(super) fn begin_bytecode(
        &mut self,
        t: ThreadId,
        left: Nanos,
        distance: Nanos,
    ) -> Option<Op> {
        let check = self.check_interval(distance);
        let since_check = Nanos::ZERO;
        self.thread(t).python = Python { active: true, left, distance, check, since_check };
        Some(Op::Bytecode)
    }

    /// How far apart the ends of check intervals are by now, or looks at the eval breaker.
    fn check_interval(&self, distance: Nanos) -> Nanos {
        match self.protocol {
            Protocol::Ticks => distance * u64::from(self.check_interval),
            Protocol::Interval(_) | Protocol::Free => distance,
        }
    }

    /// The instruction that the thread is in.
    fn current(&self, t: ThreadId) -> Option<Instruction> {
        let thread = &self.threads[t.index()];
        self.programs[thread.group.index()].get(thread.cursor.step.checked_sub(1)?).copied()
    }

    /// Books what the thread, which is on a core, has computed so far.
    pub(super) fn book_progress(&mut self, t: ThreadId) {
        let ran = self.burst_progress(t);
        self.bytecode_ran(t, ran);
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
        let left = python.left.min(self.until_collection(t));
        if self.has_pending(t) { left.min(python.check - python.since_check) } else { left }
    }

    /// Books CPU time on bytecode in progress; that of `drop_gil` and `take_gil` in the middle of
    /// it is not the bytecode's.
    pub(super) fn bytecode_ran(&mut self, t: ThreadId, ran: Nanos) {
        if self.in_bytecode(t) {
            self.domain(t).since_collection += ran;
            let next = self.check_interval(self.threads[t.index()].python.distance);
            let python = &mut self.thread(t).python;
            python.left -= ran;
            python.since_check += ran;
            if python.since_check >= python.check {
                // An interval that is under way ends as it began.
                python.since_check = Nanos((python.since_check - python.check).0 % next.0);
                python.check = next;
            }
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

    /// Whether the eval breaker has something for the thread at its next look.
    pub(super) fn has_pending(&self, t: ThreadId) -> bool {
        let domain = &self.domains[self.threads[t.index()].domain.index()];
        match self.protocol {
            Protocol::Interval(_) => domain.gil.requests.seen_by(t).is_some(),
            Protocol::Ticks => domain.ticks.is_wanted(),
            Protocol::Free => domain.world.stops(t),
        }
    }

    /// A look at the eval breaker. In the order of `_Py_HandlePending` (Python/ceval_gil.c, 3.13):
    /// stop the world, collect, drop the GIL; so a collection delays a requested drop.
    pub(super) fn check_breaker(&mut self, t: ThreadId, then: Op) -> Option<Op> {
        if self.domains[self.threads[t.index()].domain.index()].world.stops(t) {
            return self.stop_for_world(t, then);
        }
        if self.collection_is_due(t) {
            return self.collect(t, then);
        }
        match self.protocol {
            Protocol::Interval(_) => self.check_request(t, then),
            Protocol::Ticks => self.check_ticks(t, then),
            Protocol::Free => Some(then),
        }
    }

    /// `gil_drop_request`: `drop_gil`, then `take_gil` (`eval_frame_handle_pending`,
    /// Python/ceval.c, 3.11).
    fn check_request(&mut self, t: ThreadId, then: Op) -> Option<Op> {
        let Some(request) = self.gil(t).requests.seen_by(t) else { return Some(then) };
        self.event(t, EventKind::SeesRequest, Some(request));
        self.thread(t).gil.after_take = then;
        self.drop_for(t, DropReason::Request, Op::Take)
    }

    // The outside world, without the GIL.

    pub(super) fn io_call(&mut self, t: ThreadId) -> Option<Op> {
        let Some(Instruction::Io { wait } | Instruction::Block { wait }) = self.current(t) else {
            return Some(Op::Take);
        };
        let wait = self.draw(t, wait);
        self.block_until(t, self.now + wait)
    }

    fn block_until(&mut self, t: ThreadId, until: Nanos) -> Option<Op> {
        let event = self.event(t, EventKind::IoBlocks { until }, None);
        self.thread(t).woken_by = Some(event);
        let token = self.thread(t).io.begins(until);
        self.schedule(until, Due::IoDone(t, token));
        self.sleep(t, State::BlockedIo, Op::Take)
    }

    pub(super) fn io_done(&mut self, t: ThreadId, token: u32) {
        if !self.thread(t).io.completes(token) {
            return;
        }
        let blocks = self.threads[t.index()].woken_by;
        let event = self.event(t, EventKind::IoCompletes, blocks);
        let now = self.now;
        self.thread(t).gil.io_completed = Some(now);
        self.wake(t, Some(event));
    }

    /// Messages arrive on their own schedule from the thread's start on.
    pub(super) fn start_arrivals(&mut self, t: ThreadId) -> Vec<Nanos> {
        let group = self.threads[t.index()].group;
        let gaps: Vec<Dist> = self.programs[group.index()]
            .iter()
            .filter_map(|instruction| match instruction {
                Instruction::Receive { every, .. } => Some(*every),
                _ => None,
            })
            .collect();
        gaps.into_iter().map(|every| self.now + self.draw(t, every)).collect()
    }

    pub(super) fn receive_call(&mut self, t: ThreadId) -> Option<Op> {
        let Some(Instruction::Receive { every, stream }) = self.current(t) else {
            return Some(Op::Take);
        };
        let now = self.now;
        let arrival = self.next_arrival(t, every, stream);
        if arrival > now {
            return self.block_until(t, arrival);
        }
        self.event(t, EventKind::IoReady, None);
        self.thread(t).gil.io_completed = Some(arrival);
        self.burst(t, self.spec.machine.costs.syscall, Op::Take)
    }

    /// Takes the next message of a stream: when it arrives.
    pub(super) fn next_arrival(&mut self, t: ThreadId, every: Dist, stream: usize) -> Nanos {
        let gap = self.draw(t, every);
        let next = &mut self.thread(t).cursor.next_arrival[stream];
        let arrival = *next;
        *next += gap;
        arrival
    }

    pub(super) fn sleep_call(&mut self, t: ThreadId) -> Option<Op> {
        let Some(Instruction::Sleep { wait }) = self.current(t) else { return Some(Op::Take) };
        let until = self.now + self.draw(t, wait);
        let event = self.event(t, EventKind::Sleeps { until }, None);
        self.thread(t).woken_by = Some(event);
        let fires = self.timer(until);
        self.schedule(fires, Due::SleepDone(t));
        self.sleep(t, State::Asleep, Op::Take)
    }

    pub(super) fn sleep_done(&mut self, t: ThreadId) {
        let sleeps = self.threads[t.index()].woken_by;
        let event = self.event(t, EventKind::SleepEnds, sleeps);
        self.wake(t, Some(event));
    }
}
