//! The smallest change in code that gets to a candidate, and a program that shows it at work.

mod code;

use gil_sim::{StartMethod, Strategy};

use crate::candidate::{Candidate, Change, start_method, workers};
use crate::question::Question;
use crate::steps::computing;
use crate::words::names;
use code::{Code, diff};

/// A change of a few lines, and how to try it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// What is done, a sentence.
    pub text: String,
    /// The lines that change, as a unified diff without its head; nothing where no code changes.
    pub diff: String,
    /// A whole program that runs as it is on the Python of the candidate, and on others where what
    /// it shows is there.
    pub example: String,
}

impl Snippet {
    /// The smallest change to a candidate.
    pub fn of(question: &Question, candidate: &Candidate) -> Snippet {
        let mut steps = Vec::new();
        if candidate.python != question.now() {
            steps.push(format!(
                "Run it with Python {} instead of {} (python{0} app.py).",
                candidate.python,
                question.now()
            ));
        }
        let parts = Parts::of(question, candidate);
        steps.extend(Some(parts.text).filter(|text| !text.is_empty()));
        let mut diffs = vec![parts.diff];
        // Where nothing else changes, or the strategy does, the number is in the lines already.
        let has_number = matches!(candidate.change, Change::Nothing | Change::Strategy(_));
        if let Some(members) = candidate.members.filter(|_| !has_number) {
            let (text, diff) = resized(question, members);
            steps.push(text);
            diffs.push(diff);
        }
        if steps.is_empty() {
            steps.push("Change nothing.".to_owned());
        }
        diffs.retain(|diff| !diff.is_empty());
        Snippet { text: steps.join(" "), diff: diffs.join("\n\n"), example: parts.example }
    }
}

struct Parts {
    text: String,
    diff: String,
    example: String,
}

impl Parts {
    fn new(text: impl Into<String>, diff: impl Into<String>, example: impl Into<String>) -> Parts {
        Parts { text: text.into(), diff: diff.into(), example: example.into() }
    }

    fn of(question: &Question, candidate: &Candidate) -> Parts {
        let group = question.group();
        let members = candidate.members.unwrap_or(group.count);
        match candidate.change {
            Change::Nothing if candidate.members.is_some() => {
                let (text, diff) = resized(question, members);
                Parts::new(text, diff, example(question, group.strategy, members))
            }
            Change::Nothing if candidate.python.is_free_threaded() => {
                Parts::new("The code stays as it is. Check that the GIL stays off.", "", FREE)
            }
            Change::Nothing => Parts::new("", "", NOW),
            Change::Interval(interval) => {
                let seconds = format!("{}", interval.as_secs_f64());
                Parts::new(
                    "Set the switch interval once, at the start of the program.",
                    format!("+import sys\n+\n+sys.setswitchinterval({seconds})  # {interval}"),
                    INTERVAL.replace("SECONDS", &seconds),
                )
            }
            Change::Offload => offload(question, candidate),
            Change::Native => Parts::new(
                "Replace the loop with calls into native code that lets go of the GIL while it \
                 computes.",
                "-digest = pure_python_hash(block)\n+digest = hashlib.sha256(block).hexdigest()",
                NATIVE,
            ),
            Change::Strategy(to) => {
                let from = Code::of(group.strategy, &group.name, group.count);
                let code = Code::of(to, &group.name, members);
                let text = move_text(&group.name, to);
                Parts::new(text, diff(&from, &code), example(question, to, members))
            }
            Change::Apart(to) => {
                let others = computing(question);
                let name = others.first().map_or("report", String::as_str);
                let (from, code) = (Code::of(Strategy::Threads, name, 1), Code::of(to, name, 1));
                let text = apart_text(&names(&others), to);
                Parts::new(text, diff(&from, &code), program(to, name, 1))
            }
        }
    }
}

fn offload(question: &Question, candidate: &Candidate) -> Parts {
    // to_thread is new in 3.9 (Lib/asyncio/threads.py).
    let call = match candidate.python.version() >= (3, 9) {
        true => "asyncio.to_thread(",
        false => "asyncio.get_running_loop().run_in_executor(None, ",
    };
    let diff = format!(
        "-    answer = blocking_call(item)\n+    answer = await {call}blocking_call, item)"
    );
    let example = fill(TO_THREAD, &question.group().name, 1).replace("asyncio.to_thread(", call);
    Parts::new("Hand each call that blocks to a thread, where it stands.", diff, example)
}

/// Another size of the pool that is there: text and lines.
fn resized(question: &Question, members: u16) -> (String, String) {
    let group = question.group();
    let text = format!(
        "Give {} {} instead of {}.",
        group.name,
        workers(group.strategy, members),
        group.count
    );
    let pool = |members: u16| match group.strategy {
        Strategy::Asyncio => format!("limit = asyncio.Semaphore({members})"),
        Strategy::Interpreters => format!("pool = InterpreterPoolExecutor(max_workers={members})"),
        Strategy::Processes(_) => format!("pool = ProcessPoolExecutor(max_workers={members})"),
        Strategy::Threads | Strategy::Sequential => {
            format!(
                "pool = ThreadPoolExecutor(max_workers={members})  # gunicorn: --threads {members}"
            )
        }
    };
    (text, format!("-{}\n+{}", pool(group.count), pool(members)))
}

fn apart_text(who: &str, to: Strategy) -> String {
    match to {
        Strategy::Processes(method) => {
            format!("Move {who} to a process of its own, started by {}.", start_method(method))
        }
        _ => format!("Move {who} to an interpreter of its own."),
    }
}

fn move_text(who: &str, to: Strategy) -> String {
    match to {
        Strategy::Sequential => format!("Have {who} do one thing after the other, without a pool."),
        Strategy::Threads => format!("Move {who} to a pool of threads."),
        Strategy::Asyncio => format!("Make {who} tasks of one event loop."),
        Strategy::Interpreters => {
            format!("Move {who} to interpreters with a GIL of their own.")
        }
        Strategy::Processes(method) => {
            format!("Move {who} to processes that are started by {}.", start_method(method))
        }
    }
}

fn example(question: &Question, strategy: Strategy, members: u16) -> String {
    program(strategy, &question.group().name, members)
}

/// A program that shows a strategy at work.
fn program(strategy: Strategy, name: &str, members: u16) -> String {
    let text = match strategy {
        Strategy::Sequential => SEQUENTIAL,
        Strategy::Threads => THREADS,
        Strategy::Asyncio => ASYNCIO,
        Strategy::Interpreters => INTERPRETERS,
        Strategy::Processes(method) => {
            // Two are enough to see it, and nobody's machine is filled.
            let text = PROCESSES.replace("METHOD", start_method(method));
            return fill(&text.replace("COMMENT", on_start(method)), name, members.min(2));
        }
    };
    fill(text, name, members)
}

/// What holds for the code around a pool that is started like this.
fn on_start(method: StartMethod) -> &'static str {
    match method {
        StartMethod::Fork => "Fork while no thread is running and no connection is open.",
        StartMethod::Forkserver | StartMethod::Spawn => {
            "Workers import this file: whatever starts them stands below this line."
        }
    }
}

fn fill(text: &str, name: &str, members: u16) -> String {
    text.replace("GROUP", name).replace("WORKERS", &members.to_string())
}

const SEQUENTIAL: &str = include_str!("programs/sequential.py");
const THREADS: &str = include_str!("programs/threads.py");
const PROCESSES: &str = include_str!("programs/processes.py");
const INTERPRETERS: &str = include_str!("programs/interpreters.py");
const ASYNCIO: &str = include_str!("programs/asyncio.py");
const TO_THREAD: &str = include_str!("programs/to_thread.py");
const INTERVAL: &str = include_str!("programs/interval.py");
const NOW: &str = include_str!("programs/now.py");
const FREE: &str = include_str!("programs/free.py");
const NATIVE: &str = include_str!("programs/native.py");
