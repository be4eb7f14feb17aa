//! The groups of a scenario: what each does in a pass, as a function, and the list of all groups.

use std::collections::BTreeSet;

use gil_notation::STRATEGIES;
use gil_sim::{Group, Repeat, Spec, StartMethod, Step, Strategy, program};

use crate::needs::How;
use crate::python::{drawn, seconds, string};

/// Locks, shared objects, data, pass functions and the list of groups.
pub fn groups(spec: &Spec) -> String {
    let names = Names::of(spec);
    let passes = spec.groups.iter().enumerate().map(|(at, group)| names.pass(spec, at, group));
    let list: String = spec.groups.iter().enumerate().map(entry).collect();
    format!("{}{}GROUPS = [\n{list}]\n\n\n", names.definitions(), passes.collect::<String>())
}

/// What locks guard in a scenario, and so what they must be made of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum LockKind {
    Threads,
    Processes,
    Files,
}

/// What the scenario names, by the numbers that the program knows it by.
struct Names<'s> {
    locks: Vec<(&'s str, LockKind)>,
    objects: Vec<&'s str>,
    touched: BTreeSet<&'s str>,
    changed: BTreeSet<&'s str>,
    /// Sizes of what is handed to pools.
    data: Vec<u64>,
}

impl<'s> Names<'s> {
    fn of(spec: &'s Spec) -> Names<'s> {
        let mut names = Names {
            locks: Vec::new(),
            objects: Vec::new(),
            touched: BTreeSet::new(),
            changed: BTreeSet::new(),
            data: Vec::new(),
        };
        for group in &spec.groups {
            let kind = match How::of(group) {
                How::Processes => LockKind::Processes,
                How::Interpreters => LockKind::Files,
                _ => LockKind::Threads,
            };
            program::walk(&group.steps).for_each(|step| names.see(spec, step, kind));
        }
        names
    }

    fn see(&mut self, spec: &Spec, step: &'s Step, kind: LockKind) {
        match step {
            Step::Locked { lock, .. } => {
                match self.locks.iter_mut().find(|(known, _)| known == lock) {
                    Some((_, known)) => *known = (*known).max(kind),
                    None => self.locks.push((lock, kind)),
                }
            }
            Step::Share { object, .. } => {
                self.object(object);
                self.touched.insert(object);
            }
            Step::Mutate { object, .. } => {
                self.object(object);
                self.changed.insert(object);
            }
            Step::Call { group, bytes }
                if is_pickled(spec, group, *bytes) && !self.data.contains(bytes) =>
            {
                self.data.push(*bytes);
            }
            _ => {}
        }
    }

    fn object(&mut self, object: &'s str) {
        if !self.objects.contains(&object) {
            self.objects.push(object);
        }
    }

    /// The number of a lock, from 1.
    fn lock(&self, lock: &str) -> (usize, LockKind) {
        let at = self.locks.iter().position(|(known, _)| *known == lock).unwrap_or_default();
        (at + 1, self.locks.get(at).map_or(LockKind::Threads, |(_, kind)| *kind))
    }

    fn object_number(&self, object: &str) -> usize {
        self.objects.iter().position(|known| *known == object).unwrap_or_default() + 1
    }
}

/// Whether the data of a call go to another interpreter or process.
fn is_pickled(spec: &Spec, group: &str, bytes: u64) -> bool {
    let pool = spec.groups.iter().find(|other| other.name == group);
    bytes > 0 && pool.is_some_and(|pool| pool.strategy.is_apart())
}

/// Most bytes that are handed over as integers, which take pickle as long as usual data do. More
/// is a `bytes` object: memory for that many integers would be another matter.
const AS_INTEGERS: u64 = 16 << 20;

/// Bytes that pickle makes of an integer from 2¹⁶ on.
const PICKLED_INTEGER: u64 = 5;

impl Names<'_> {
    /// Whether the lock's number stands for files, once any lock does.
    fn kind(&self, lock: &str) -> (usize, LockKind) {
        let (number, kind) = self.lock(lock);
        let files = self.locks.iter().any(|(_, kind)| *kind == LockKind::Files);
        match kind {
            LockKind::Processes if files => (number, LockKind::Files),
            kind => (number, kind),
        }
    }

    /// What passes use: locks, objects, data.
    fn definitions(&self) -> String {
        let mut text = String::new();
        let mut shared_by_processes = String::new();
        for (lock, _) in &self.locks {
            let (number, kind) = self.kind(lock);
            let name = string(lock);
            match kind {
                LockKind::Threads => {
                    text.push_str(&format!("LOCK_{number} = threading.Lock()  # {name}\n"));
                }
                LockKind::Files => {
                    text.push_str(&format!("LOCK_{number} = FileLock(\"{number}\")  # {name}\n"));
                }
                LockKind::Processes => shared_by_processes
                    .push_str(&format!("    RUN.lock_{number} = context.Lock()  # {name}\n")),
            }
        }
        for object in &self.objects {
            let number = self.object_number(object);
            let made = match (self.touched.contains(object), self.changed.contains(object)) {
                (_, false) => "types.SimpleNamespace(value=object())",
                (false, true) => "BLANKS[:]",
                (true, true) => "SharedList(BLANKS)",
            };
            text.push_str(&format!("SHARED_{number} = {made}  # {}\n", string(object)));
        }
        for (at, bytes) in self.data.iter().enumerate() {
            let made = match bytes {
                ..=AS_INTEGERS => format!("[100_000] * {}", bytes.div_ceil(PICKLED_INTEGER)),
                _ => format!("bytes({bytes})"),
            };
            text.push_str(&format!("DATA_{} = {made}  # {bytes} bytes, pickled\n", at + 1));
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        if !shared_by_processes.is_empty() {
            text.push_str(&format!(
                "def make_locks():\n    \"\"\"Makes the locks that processes share.\"\"\"\n    \
                 context = multiprocessing.get_context(\"spawn\")\n{shared_by_processes}\n\n"
            ));
        }
        text
    }

    /// The function for a pass of a group.
    fn pass(&self, spec: &Spec, at: usize, group: &Group) -> String {
        let how = How::of(group);
        let asynchronous = if how == How::Tasks { "async " } else { "" };
        let name = string(&group.name);
        let name = name.trim_matches('"');
        let mut text =
            format!("{asynchronous}def pass_{}(me):\n    \"\"\"A pass of {name}.\"\"\"\n", at + 1);
        let mut lines = Lines { names: self, spec, how, streams: 0, text: String::new() };
        lines.steps(&group.steps, 1);
        text.push_str(&lines.text);
        text.push_str("\n\n");
        text
    }
}

/// The lines of a pass.
struct Lines<'n> {
    names: &'n Names<'n>,
    spec: &'n Spec,
    how: How,
    streams: usize,
    text: String,
}

impl Lines<'_> {
    fn steps(&mut self, steps: &[Step], depth: usize) {
        for step in steps {
            let line = self.step(step);
            self.text.push_str(&format!("{}{line}\n", "    ".repeat(depth)));
            if let Step::Locked { body, .. } = step {
                self.steps(body, depth + 1);
            }
        }
    }

    fn step(&mut self, step: &Step) -> String {
        let random = "me.random";
        let awaits = self.how == How::Tasks;
        match step {
            Step::Python { work, check: None } => format!("me.python({})", drawn(*work, random)),
            Step::Python { work, check: Some(check) } => {
                format!("me.python_with_calls({}, {})", drawn(*work, random), seconds(*check))
            }
            Step::NativeHolding { work } => format!("me.hold({})", drawn(*work, random)),
            Step::NativeReleasing { work } => format!("me.release({})", drawn(*work, random)),
            Step::Syscall { work } => format!("me.system_call({})", drawn(*work, random)),
            Step::Io { wait } if awaits => {
                format!("await me.ask_and_await({})", drawn(*wait, random))
            }
            Step::Io { wait } | Step::Block { wait } => format!("me.ask({})", drawn(*wait, random)),
            Step::Receive { every } => {
                self.streams += 1;
                let (stream, gap) = (self.streams, drawn(*every, random));
                match awaits {
                    true => format!("await me.receive_and_await({stream}, lambda: {gap})"),
                    false => format!("me.receive({stream}, lambda: {gap})"),
                }
            }
            Step::Sleep { wait } if awaits => {
                format!("await asyncio.sleep({})", drawn(*wait, random))
            }
            Step::Sleep { wait } => format!("me.sleep({})", drawn(*wait, random)),
            Step::Share { object, work } => {
                let number = self.names.object_number(object);
                format!("me.touch(SHARED_{number}, {})", drawn(*work, random))
            }
            Step::Mutate { object, work } => {
                let number = self.names.object_number(object);
                format!("me.change(SHARED_{number}, {})", drawn(*work, random))
            }
            Step::Call { group, bytes } => self.call(group, *bytes),
            Step::Locked { lock, .. } => match self.names.kind(lock) {
                (number, LockKind::Processes) => format!("with me.locked(RUN.lock_{number}):"),
                (number, _) => format!("with me.locked(LOCK_{number}):"),
            },
        }
    }

    fn call(&self, group: &str, bytes: u64) -> String {
        let pool = self.spec.groups.iter().position(|other| other.name == *group);
        let pool = pool.unwrap_or_default();
        let data = match self.names.data.iter().position(|known| *known == bytes) {
            Some(at) if is_pickled(self.spec, group, bytes) => format!("DATA_{}", at + 1),
            _ => "None".to_owned(),
        };
        let call = match self.how {
            How::Tasks => "await me.call_and_await",
            _ => "me.call",
        };
        format!("{call}({pool}, {data})  # {}", string(group))
    }
}

/// A group in the list.
fn entry((at, group): (usize, &Group)) -> String {
    let serves = group.repeat == Repeat::Serve;
    let mut fields = vec![
        string(&group.name),
        format!("members={}", group.count),
        format!("do=pass_{}", at + 1),
        format!("run={}", runner(group.strategy, serves)),
        format!("strategy={}", string(word(group.strategy))),
    ];
    let (passes, entries) = passes(&group.repeat);
    fields.extend(passes.map(|passes| format!("passes={passes}")));
    if !group.start.is_zero() {
        fields.push(format!("start={}", seconds(group.start)));
    }
    fields.extend(entries.map(|entries| format!("entries={entries}")));
    let fields: String = fields.iter().map(|field| format!("        {field},\n")).collect();
    format!("    Group(\n{fields}    ),\n")
}

/// What starts the members.
fn runner(strategy: Strategy, serves: bool) -> String {
    let method = |method| match method {
        StartMethod::Fork => "fork",
        StartMethod::Forkserver => "forkserver",
        StartMethod::Spawn => "spawn",
    };
    match (strategy, serves) {
        (Strategy::Threads, false) => "in_threads".to_owned(),
        (Strategy::Threads | Strategy::Sequential, true) => "in_thread_pool".to_owned(),
        (Strategy::Sequential, false) => "in_sequence".to_owned(),
        (Strategy::Processes(how), false) => format!("in_processes(\"{}\")", method(how)),
        (Strategy::Processes(how), true) => format!("in_process_pool(\"{}\")", method(how)),
        (Strategy::Interpreters, false) => "in_interpreters".to_owned(),
        (Strategy::Interpreters, true) => "in_interpreter_pool".to_owned(),
        (Strategy::Asyncio, false) => "in_tasks".to_owned(),
        (Strategy::Asyncio, true) => "in_task_pool".to_owned(),
    }
}

/// The strategy's word in the notation.
fn word(strategy: Strategy) -> &'static str {
    let known = STRATEGIES.iter().find(|(_, known)| *known == strategy);
    known.map_or("threads", |(word, _)| *word)
}

/// What makes the members go on, and what fills their queue.
fn passes(repeat: &Repeat) -> (Option<String>, Option<String>) {
    let from_queue = Some("from_queue".to_owned());
    match *repeat {
        Repeat::Times(number) => (Some(format!("times({number})")), None),
        Repeat::For(time) => (Some(format!("for_seconds({})", seconds(time))), None),
        Repeat::Daemon => (Some("until_stopped".to_owned()), None),
        Repeat::Jobs(number) => (from_queue, Some(format!("jobs({number})"))),
        Repeat::Arrivals { every, during } => {
            let gap = format!("lambda source: {}", drawn(every, "source"));
            (from_queue, Some(format!("arrivals({gap}, {})", seconds(during))))
        }
        Repeat::Serve => (None, None),
    }
}
