//! What a thread does, step by step.

use crate::memory::Cell;

/// What one step does. Nothing comes between the parts of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Reads a place into the thread's register.
    Read(Cell),
    /// Adds to the register.
    Add(i64),
    /// Writes the register to a place.
    Write(Cell),
    /// `_Py_Dealloc` if the register is 0.
    FreeIfZero,
    /// Reads the object itself.
    Use,
    /// Adds to a place at once, without a register.
    AtomicAdd(Cell, i64),
    /// Pushes the value of a place on the value stack.
    Push(Cell),
    /// Pushes a constant.
    Const(i64),
    /// Replaces the two values on top of the stack by their sum.
    Sum,
    /// Pops a value and stores it.
    Pop(Cell),
    /// Pushes 1 if there is no `d[k]`, else 0.
    TestMissing,
    /// Pops a value; 0 jumps to the end of the program.
    JumpIfFalse,
    /// Stores `d[k]`.
    Insert,
    /// Takes the `threading.Lock`, or waits for it.
    Acquire,
    /// Lets go of it.
    Release,
    /// A call of a function, or the way into it or out of it.
    Call,
    /// Pushes something that the race does not depend on.
    Other,
}

impl Action {
    /// The shared place that it reads or writes.
    pub fn cell(self) -> Option<Cell> {
        match self {
            Action::Read(cell) | Action::Write(cell) | Action::AtomicAdd(cell, _) => Some(cell),
            Action::Push(cell) | Action::Pop(cell) => Some(cell),
            Action::TestMissing | Action::Insert => Some(Cell::Key),
            _ => None,
        }
    }

    /// Whether it touches the object that may be freed.
    pub(crate) fn is_use(self) -> bool {
        self == Action::Use || self.cell().is_some_and(Cell::is_in_object)
    }
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// What the reader sees: `r = ob_refcnt`, `LOAD_GLOBAL x`.
    pub text: String,
    /// The operation that it is a part of, by its place in [`Program::operations`].
    pub operation: usize,
    /// What it does.
    pub action: Action,
    /// Whether the other thread can come right after it.
    pub switch_after: bool,
}

/// What a thread does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Program {
    /// What the thread is called.
    pub name: &'static str,
    /// `Py_INCREF(obj)`, `x += 1`: what the steps make up.
    pub operations: Vec<&'static str>,
    /// The steps.
    pub steps: Vec<Step>,
}

impl Program {
    pub(crate) fn new(name: &'static str) -> Program {
        Program { name, operations: Vec::new(), steps: Vec::new() }
    }

    /// An operation and its steps; the other thread can come where `switch` says, which is asked
    /// with a step's number and the number of steps.
    pub(crate) fn operation(
        mut self,
        name: &'static str,
        steps: Vec<(String, Action)>,
        switch: impl Fn(usize, usize) -> bool,
    ) -> Program {
        let (operation, count) = (self.operations.len(), steps.len());
        self.operations.push(name);
        let step = |(i, (text, action)): (usize, (String, Action))| Step {
            text,
            operation,
            action,
            switch_after: switch(i, count),
        };
        self.steps.extend(steps.into_iter().enumerate().map(step));
        self
    }

    /// The name of the operation that a step is a part of.
    pub fn operation_of(&self, step: &Step) -> &'static str {
        self.operations.get(step.operation).copied().unwrap_or_default()
    }
}
