//! Stepping through a race.

use crate::memory::{Cell, Memory};
use crate::program::{Action, Step};
use crate::race::{Outcome, Race, Rule};

/// A thread on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ThreadState {
    /// The number of the step that comes next; that of all steps at the end.
    pub next: usize,
    /// Its register, or its value stack from the bottom to the top.
    pub values: Vec<i64>,
    /// Whether the step before was one after which a switch can fall.
    at_switch: bool,
    /// What it has read last, and how often that had been written then.
    read: Option<(Cell, u32)>,
}

/// Why a thread cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Waits {
    /// It has come to its end.
    Finished,
    /// This thread has the GIL and is where no switch can fall.
    ForGil(usize),
    /// This thread has the lock.
    ForLock(usize),
    /// There is no such thread.
    NoThread,
}

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// The thread has a copy of this value now.
    Read(Cell, i64),
    /// It has computed this value.
    Computed(i64),
    /// It has written this value; `over` is the thread whose update was lost by that.
    Wrote {
        /// The cell that was written.
        cell: Cell,
        /// The value that it got.
        value: i64,
        /// The thread that had written the cell since this one had read it.
        over: Option<usize>,
    },
    /// The place has this value now; nothing could come between.
    Changed(Cell, i64),
    /// The object was freed.
    Freed,
    /// The count was not zero.
    Kept,
    /// It has used the object.
    Used,
    /// The key was missing, or not.
    Missing(bool),
    /// It goes on with the next step, or jumps to the end.
    Jumped(bool),
    /// It has stored `d[k]`, which was there already or not.
    Stored {
        /// Whether another thread had stored it since the check.
        again: bool,
    },
    /// It has the lock.
    Locked,
    /// It has let go of the lock.
    Unlocked,
    /// A function is called, begins or ends.
    Called,
    /// Nothing that matters here.
    Nothing,
}

/// A step that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Happening {
    /// The thread, by its place in [`Race::threads`].
    pub thread: usize,
    /// The step, by its place in the thread's program.
    pub step: usize,
    /// What it did.
    pub effect: Effect,
    /// Whether it used an object that had been freed.
    pub after_free: bool,
    /// The thread that made the step before, if it was another one and is not at its end.
    pub cut_in: Option<CutIn>,
}

/// That another thread goes on than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CutIn {
    /// The one that went on before.
    pub before: usize,
    /// Whether that one waits for the lock.
    pub waits: bool,
}

/// A race under way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State<'r> {
    race: &'r Race,
    /// What the threads share.
    pub memory: Memory,
    /// The threads.
    pub threads: Vec<ThreadState>,
    current: Option<usize>,
}

/// A race that was stepped through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay<'r> {
    /// Where it stands now.
    pub state: State<'r>,
    /// What happened, oldest first.
    pub log: Vec<Happening>,
}

impl Race {
    /// The beginning: no thread has made a step.
    pub fn start(&self) -> State<'_> {
        let threads =
            vec![ThreadState { at_switch: true, ..Default::default() }; self.threads.len()];
        State { race: self, memory: self.memory.clone(), threads, current: None }
    }

    /// Makes these threads' steps, in this order.
    ///
    /// # Errors
    ///
    /// The place of the first one that cannot be made, and why.
    pub fn replay(&self, schedule: &[usize]) -> Result<Replay<'_>, (usize, Waits)> {
        let (mut state, mut log) = (self.start(), Vec::with_capacity(schedule.len()));
        for (i, &thread) in schedule.iter().enumerate() {
            log.push(state.step(thread).map_err(|why| (i, why))?);
        }
        Ok(Replay { state, log })
    }
}

impl<'r> State<'r> {
    /// The race.
    pub fn race(&self) -> &'r Race {
        self.race
    }

    /// The threads that may make the next step.
    pub fn enabled(&self) -> Vec<usize> {
        (0..self.threads.len()).filter(|&thread| self.waits(thread).is_none()).collect()
    }

    /// Whether no thread can go on.
    pub fn is_over(&self) -> bool {
        (0..self.threads.len()).all(|thread| self.waits(thread).is_some())
    }

    /// Why a thread cannot go on, if it cannot.
    pub fn waits(&self, thread: usize) -> Option<Waits> {
        if thread >= self.threads.len() {
            return Some(Waits::NoThread);
        }
        self.stopped(thread).or_else(|| match self.holder() {
            Some(holder) if holder != thread && !self.can_switch(holder) => {
                Some(Waits::ForGil(holder))
            }
            _ => None,
        })
    }

    /// The thread that has the GIL: the one that made the last step, unless it is at its end or
    /// waits for the lock. Nobody where there is no GIL.
    pub fn holder(&self) -> Option<usize> {
        let holder = self.current.filter(|_| self.race.rule == Rule::Gil)?;
        self.stopped(holder).is_none().then_some(holder)
    }

    /// Whether a switch can fall where this thread stands.
    pub fn can_switch(&self, thread: usize) -> bool {
        self.threads.get(thread).is_none_or(|thread| thread.at_switch)
    }

    /// The step that a thread makes next; `None` at its end.
    pub fn next_step(&self, thread: usize) -> Option<&'r Step> {
        let next = self.threads.get(thread)?.next;
        self.race.threads.get(thread)?.steps.get(next)
    }

    /// How it ended, or would if everything that is left out went well.
    pub fn outcome(&self) -> Outcome {
        self.race.judge(&self.memory)
    }

    /// Makes a thread's next step.
    ///
    /// # Errors
    ///
    /// Why it cannot be made; nothing has changed then.
    pub fn step(&mut self, thread: usize) -> Result<Happening, Waits> {
        if let Some(why) = self.waits(thread) {
            return Err(why);
        }
        let step = self.next_step(thread).ok_or(Waits::Finished)?;
        let number = self.threads.get(thread).ok_or(Waits::NoThread)?.next;
        let after_free = self.memory.freed && step.action.is_use();
        self.memory.used_after_free |= after_free;
        let cut_in = self.current.filter(|&last| last != thread).and_then(|last| self.cut(last));
        let effect = self.perform(thread, step);
        self.current = Some(thread);
        Ok(Happening { thread, step: number, effect, after_free, cut_in })
    }

    fn cut(&self, before: usize) -> Option<CutIn> {
        match self.stopped(before) {
            Some(Waits::Finished) => None,
            stopped => Some(CutIn { before, waits: stopped.is_some() }),
        }
    }

    /// Whether a thread is at its end or waits for the lock.
    fn stopped(&self, thread: usize) -> Option<Waits> {
        let Some(step) = self.next_step(thread) else { return Some(Waits::Finished) };
        let owner = self.memory.lock.filter(|_| step.action == Action::Acquire)?;
        (owner != thread).then_some(Waits::ForLock(owner))
    }

    fn perform(&mut self, number: usize, step: &Step) -> Effect {
        let end = self.race.threads.get(number).map_or(0, |program| program.steps.len());
        let Some(thread) = self.threads.get_mut(number) else { return Effect::Nothing };
        thread.next += 1;
        thread.at_switch = step.switch_after;
        let effect = thread.perform(number, step.action, &mut self.memory);
        if effect == Effect::Jumped(true) {
            thread.next = end;
        }
        effect
    }
}

impl ThreadState {
    fn perform(&mut self, number: usize, action: Action, memory: &mut Memory) -> Effect {
        match action {
            Action::Read(cell) => {
                self.values.clear();
                self.read(cell, memory)
            }
            Action::Push(cell) => self.read(cell, memory),
            Action::Add(by) => {
                let sum = self.pop() + by;
                self.push(sum)
            }
            Action::Const(value) => self.push(value),
            Action::Sum => {
                let sum = self.pop() + self.pop();
                self.push(sum)
            }
            Action::Write(cell) => {
                let value = self.values.last().copied().unwrap_or_default();
                self.write(number, cell, value, memory)
            }
            Action::Pop(cell) => {
                let value = self.pop();
                self.write(number, cell, value, memory)
            }
            Action::AtomicAdd(cell, by) => {
                let value = memory.value(cell) + by;
                memory.write(cell, value, number);
                Effect::Changed(cell, value)
            }
            Action::FreeIfZero => self.free_if_zero(memory),
            Action::TestMissing => {
                let missing = memory.value(Cell::Key) == 0;
                self.values.push(i64::from(missing));
                Effect::Missing(missing)
            }
            Action::JumpIfFalse => Effect::Jumped(self.pop() == 0),
            Action::Insert => insert(number, memory),
            Action::Acquire => {
                memory.lock = Some(number);
                Effect::Locked
            }
            Action::Release => {
                memory.lock = None;
                Effect::Unlocked
            }
            Action::Use => Effect::Used,
            Action::Call => Effect::Called,
            Action::Other => Effect::Nothing,
        }
    }

    fn push(&mut self, value: i64) -> Effect {
        self.values.push(value);
        Effect::Computed(value)
    }

    fn pop(&mut self) -> i64 {
        self.values.pop().unwrap_or_default()
    }

    fn read(&mut self, cell: Cell, memory: &Memory) -> Effect {
        let value = memory.value(cell);
        self.values.push(value);
        self.read = Some((cell, memory.writes(cell).0));
        Effect::Read(cell, value)
    }

    fn write(&mut self, number: usize, cell: Cell, value: i64, memory: &mut Memory) -> Effect {
        let (writes, writer) = memory.writes(cell);
        let is_stale = self.read.is_some_and(|(read, then)| read == cell && then != writes);
        memory.write(cell, value, number);
        Effect::Wrote { cell, value, over: writer.filter(|_| is_stale) }
    }

    fn free_if_zero(&mut self, memory: &mut Memory) -> Effect {
        if self.values.last() != Some(&0) {
            return Effect::Kept;
        }
        memory.used_after_free |= memory.freed;
        memory.freed = true;
        Effect::Freed
    }
}

fn insert(number: usize, memory: &mut Memory) -> Effect {
    let again = memory.value(Cell::Key) != 0;
    memory.write(Cell::Key, 1, number);
    memory.write(Cell::Stores, memory.value(Cell::Stores) + 1, number);
    Effect::Stored { again }
}
