//! What a thread runs, read off its stacks: the file has no names that a person gave.

use std::collections::HashMap;

use super::raw::{FrameTable, FuncTable, StackTable};
use crate::column::NONE;
use crate::name::clean;
use crate::place::{Called, Place};

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

/// Files of the standard library in which threads wait for something, CPython 3.8 to 3.15: whose
/// fault it is stands in what called them. A file of a program may have the same name, so what
/// people call their own files stands below.
const LIBRARY: [&str; 12] = [
    "threading.py",
    "queue.py",
    "selectors.py",
    "socket.py",
    "socketserver.py",
    "ssl.py",
    "subprocess.py",
    "synchronize.py",
    "base_events.py",
    "_base.py",
    "popen_fork.py",
    "popen_spawn_posix.py",
];

/// Files of the standard library that a program may have, too, with how the names of functions in
/// them begin.
const LIBRARY_TOO: [(&str, &[&str]); 8] = [
    ("client.py", &["HTTPConnection.", "HTTPResponse."]),
    ("connection.py", &["Connection.", "_ConnectionBase.", "wait"]),
    ("events.py", &["Handle."]),
    ("pool.py", &["Pool.", "ApplyResult.", "IMapIterator."]),
    ("process.py", &["_ExecutorManagerThread.", "_chain_from_iterable_of_lists", "BaseProcess."]),
    ("queues.py", &["Queue.", "SimpleQueue.", "JoinableQueue."]),
    ("runners.py", &["Runner.", "run"]),
    ("thread.py", &["_", "ThreadPoolExecutor.", "WorkerContext."]),
];

/// A thread's own function is that of at least this share of its samples: the rest is from when it
/// was started and ended.
const OWN: f64 = 0.8;

/// The tables of a thread's stacks.
pub(super) struct Stacks<'a> {
    pub stacks: &'a StackTable,
    pub frames: &'a FrameTable,
    pub functions: &'a FuncTable,
    pub strings: &'a [String],
}

impl Stacks<'_> {
    /// The function that the thread was started for: the outermost one behind those that start
    /// threads. `None` for a thread that runs a module, the main thread, and where there are
    /// several.
    pub fn function(&self, samples: &[u32]) -> Option<String> {
        let own = self.inherited(|parent, at| parent.or_else(|| self.own(at)));
        let mut counts: HashMap<&str, usize> = HashMap::new();
        // Without samples every stack counts as one.
        let stacks: Vec<u32> = match samples.is_empty() {
            true => (0..own.len() as u32).collect(),
            false => samples.to_vec(),
        };
        for name in stacks.iter().filter_map(|stack| *own.get(*stack as usize)?) {
            *counts.entry(name).or_default() += 1;
        }
        let all: usize = counts.values().sum();
        let (name, count) = counts.into_iter().max_by_key(|(name, count)| (*count, *name))?;
        let is_own = count as f64 >= OWN * all as f64 && name != "<module>";
        is_own.then(|| clean(name.rsplit('.').next().unwrap_or(name)))
    }

    /// A function that isn't there to start another one.
    fn own(&self, at: usize) -> Option<&str> {
        self.name(at).filter(|name| !STARTERS.contains(name))
    }

    /// The place of each stack, and the place in the program's own files that it was called from.
    pub fn places(&self) -> Vec<Called> {
        let from = self.inherited(|parent, at| if self.is_library(at) { parent } else { Some(at) });
        let called = |at: usize| {
            let from = from[at].filter(|from| *from != at);
            (self.place(at), from.map(|from| self.place(from)))
        };
        (0..from.len()).map(called).collect()
    }

    /// Goes through stacks from the outermost frame inwards: what the stack with a frame less has,
    /// and the number of the stack, to what this one has. A stack stands behind those that it
    /// begins with; where that isn't so, it's taken to begin with nothing.
    fn inherited<T: Copy>(&self, next: impl Fn(Option<T>, usize) -> Option<T>) -> Vec<Option<T>> {
        let mut all: Vec<Option<T>> = Vec::with_capacity(self.stacks.frame.0.len());
        for at in 0..self.stacks.frame.0.len() {
            let parent = self.stacks.prefix.0.get(at).copied().unwrap_or(NONE);
            let before = all.get(parent as usize).copied().flatten();
            all.push(next(before, at));
        }
        all
    }

    fn place(&self, stack: usize) -> Place {
        Place {
            function: clean(short(self.name(stack).unwrap_or_default())),
            file: self.file(stack).filter(|file| *file != "~").map(clean).unwrap_or_default(),
            line: self
                .frame(stack)
                .and_then(|frame| self.frames.line.0.get(frame).copied())
                .filter(|line| *line != NONE && *line > 0),
        }
    }

    fn is_library(&self, stack: usize) -> bool {
        let Some(file) = self.file(stack) else { return true };
        let function = self.name(stack).unwrap_or_default();
        let begins = |names: &[&str]| names.iter().any(|begin| function.starts_with(begin));
        LIBRARY.contains(&file)
            || LIBRARY_TOO.iter().any(|(name, names)| *name == file && begins(names))
    }

    /// The last part of the file's path.
    fn file(&self, stack: usize) -> Option<&str> {
        let function = *self.frames.func.0.get(self.frame(stack)?)?;
        let path = *self.functions.file_name.0.get(function as usize)?;
        self.strings.get(path as usize)?.rsplit(['/', '\\']).next()
    }

    fn frame(&self, stack: usize) -> Option<usize> {
        self.stacks.frame.0.get(stack).map(|frame| *frame as usize)
    }

    fn name(&self, stack: usize) -> Option<&str> {
        let function = *self.frames.func.0.get(self.frame(stack)?)?;
        let name = *self.functions.name.0.get(function as usize)?;
        self.strings.get(name as usize).map(String::as_str)
    }
}

/// A qualified name without the functions that it stands in: `client` of `main.<locals>.client`,
/// `report.<locals>.<genexpr>` of the same in `main`.
fn short(name: &str) -> &str {
    const INSIDE: &str = ".<locals>.";
    let Some(last) = name.rfind(INSIDE) else { return name };
    let own = &name[last + INSIDE.len()..];
    match own.starts_with('<') {
        // A comprehension or a lambda has no name: what it stands in has.
        true => name[..last].rfind(INSIDE).map_or(name, |at| &name[at + INSIDE.len()..]),
        false => own,
    }
}
