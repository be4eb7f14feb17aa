//! What a thread runs, read off its stacks: the file has no names that a person gave.

use std::collections::HashMap;

use super::raw::{FrameTable, FuncTable, StackTable};
use crate::column::NONE;
use crate::name::clean;

/// Functions that start a thread's own one, in `threading.py`, `runpy.py` and
/// `concurrent/futures/thread.py` of CPython 3.8 to 3.15.
const STARTERS: [&str; 14] = [
    "(root)",
    "_run_module_as_main",
    "_run_code",
    "Thread._bootstrap",
    "Thread._bootstrap_inner",
    "Thread.run",
    "_bootstrap",
    "_bootstrap_inner",
    "run",
    "_worker",
    "_WorkItem.run",
    "WorkerContext.run",
    "Timer.run",
    "Thread._run",
];

/// The tables of a thread's stacks.
pub(super) struct Stacks<'a> {
    pub stacks: &'a StackTable,
    pub frames: &'a FrameTable,
    pub functions: &'a FuncTable,
    pub strings: &'a [String],
}

impl Stacks<'_> {
    /// The function that the thread was started for: the outermost one behind those that start
    /// threads, or the innermost of these where there are several behind them. `None` for a thread
    /// that runs a module: the main thread.
    pub fn function(&self) -> Option<String> {
        let mut found: Option<&str> = None;
        for at in 0..self.stacks.frame.0.len() {
            let name = self.name(at)?;
            let parent = self.stacks.prefix.0.get(at).copied().unwrap_or(NONE);
            let parent_starts = match parent {
                NONE => true,
                parent => STARTERS.contains(&self.name(parent as usize)?),
            };
            if !parent_starts || STARTERS.contains(&name) {
                continue;
            }
            match found {
                Some(other) if other != name => return None,
                _ => found = Some(name),
            }
        }
        let name = found.filter(|name| *name != "<module>")?;
        Some(clean(name.rsplit('.').next().unwrap_or(name)))
    }

    /// The innermost function of most samples, and their share of 1.
    pub fn most_often(&self, samples: &[u32]) -> Option<(String, f64)> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for name in samples.iter().filter_map(|stack| self.name(*stack as usize)) {
            *counts.entry(name).or_default() += 1;
        }
        let (name, count) = counts.into_iter().max_by_key(|(name, count)| (*count, *name))?;
        Some((clean(name), count as f64 / samples.len() as f64))
    }

    fn name(&self, stack: usize) -> Option<&str> {
        let frame = *self.stacks.frame.0.get(stack)?;
        let function = *self.frames.func.0.get(frame as usize)?;
        let name = *self.functions.name.0.get(function as usize)?;
        self.strings.get(name as usize).map(String::as_str)
    }
}
