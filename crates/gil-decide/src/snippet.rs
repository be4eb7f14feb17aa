//! The smallest change in code that gets to a candidate, and a program that shows it at work.

use gil_sim::{StartMethod, Strategy};

use crate::candidate::{Candidate, Change};
use crate::question::Question;

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
        let (text, diff, example) = parts(question, candidate);
        steps.extend(Some(text).filter(|text| !text.is_empty()));
        if steps.is_empty() {
            steps.push("Change nothing.".to_owned());
        }
        Snippet { text: steps.join(" "), diff, example }
    }
}

fn parts(question: &Question, candidate: &Candidate) -> (String, String, String) {
    let workers = question.group().count;
    let of = |text: &str, diff: String, example: String| (text.to_owned(), diff, example);
    match candidate.change {
        Change::Nothing if candidate.python.is_free_threaded() => of(
            "The code stays as it is; check that the GIL stays off.",
            String::new(),
            FREE.to_owned(),
        ),
        Change::Nothing => of("", String::new(), INTERVAL_NOW.to_owned()),
        Change::Interval(interval) => {
            let seconds = format!("{}", interval.as_secs_f64());
            of(
                "Set the switch interval once, at the start of the program.",
                format!("+import sys\n+\n+sys.setswitchinterval({seconds})  # {interval}"),
                fill(INTERVAL, &[("SECONDS", &seconds)]),
            )
        }
        Change::Members(members) => {
            let (old, new) = (workers.to_string(), members.to_string());
            of(
                "Start no more threads than there are cores.",
                format!(
                    "-with ThreadPoolExecutor(max_workers={old}) as pool:\n\
                     +with ThreadPoolExecutor(max_workers={new}) as pool:"
                ),
                fill(THREADS, &[("WORKERS", &new)]),
            )
        }
        Change::Offload => {
            // to_thread is new in 3.9 (Lib/asyncio/threads.py).
            let call = match candidate.python.version() >= (3, 9) {
                true => "asyncio.to_thread(",
                false => "asyncio.get_running_loop().run_in_executor(None, ",
            };
            let diff = format!(
                "-    answer = blocking_call(item)\n+    answer = await {call}blocking_call, item)"
            );
            let example = fill(TO_THREAD, &[("asyncio.to_thread(", call)]);
            of("Hand calls that block to a thread.", diff, example)
        }
        Change::Native => of(
            "Replace the loop by calls into native code that lets go of the GIL while it computes.",
            "-total = sum(x * x for x in values)\n+total = float(np.dot(values, values))"
                .to_owned(),
            NATIVE.to_owned(),
        ),
        Change::Strategy(strategy) => {
            strategy_parts(question.group().strategy, strategy, workers, "the workers")
        }
        Change::Apart(strategy) => {
            let names = crate::candidate::names(&crate::candidate::computing(question));
            let who = format!("{names}, and nobody else,");
            strategy_parts(Strategy::Threads, strategy, 1, &who)
        }
    }
}

fn strategy_parts(
    from: Strategy,
    to: Strategy,
    workers: u16,
    who: &str,
) -> (String, String, String) {
    let count = workers.to_string();
    let (text, example) = match to {
        Strategy::Sequential => {
            ("Do one thing after the other, without a pool.".to_owned(), SEQUENTIAL.to_owned())
        }
        Strategy::Threads => {
            (format!("Move {who} to a pool of threads."), fill(THREADS, &[("WORKERS", &count)]))
        }
        Strategy::Asyncio => (format!("Make {who} tasks of one event loop."), ASYNCIO.to_owned()),
        Strategy::Interpreters => (
            format!("Move {who} to interpreters with a GIL of their own."),
            INTERPRETERS.to_owned(),
        ),
        Strategy::Processes(method) => (
            format!("Move {who} to a pool of processes."),
            fill(PROCESSES, &[("METHOD", name(method))]),
        ),
    };
    (text, diff(&Code::of(from, &count), &Code::of(to, &count)), example)
}

/// How `multiprocessing` calls a start method.
fn name(method: StartMethod) -> &'static str {
    match method {
        StartMethod::Fork => "fork",
        StartMethod::Forkserver => "forkserver",
        StartMethod::Spawn => "spawn",
    }
}

/// The lines by which work is handed out.
struct Code {
    lines: Vec<String>,
}

impl Code {
    fn of(strategy: Strategy, count: &str) -> Code {
        let pool = |imports: &[&str], before: &[String], call: String| {
            let mut lines: Vec<String> = imports.iter().map(|line| (*line).to_owned()).collect();
            lines.push("def work(item): ...".to_owned());
            lines.extend_from_slice(before);
            lines.push(format!("with {call} as pool:"));
            lines.push("    results = list(pool.map(work, items))".to_owned());
            lines
        };
        let import = |name: &str| format!("from concurrent.futures import {name}");
        let plain =
            |name: &str| pool(&[&import(name)], &[], format!("{name}(max_workers={count})"));
        let lines = match strategy {
            Strategy::Sequential => vec![
                "def work(item): ...".to_owned(),
                "results = [work(item) for item in items]".to_owned(),
            ],
            Strategy::Threads => plain("ThreadPoolExecutor"),
            Strategy::Interpreters => plain("InterpreterPoolExecutor"),
            Strategy::Processes(method) => pool(
                &["import multiprocessing", &import("ProcessPoolExecutor")],
                &[
                    "# Workers import this file: the rest goes below if __name__ == \"__main__\"."
                        .to_owned(),
                    format!("context = multiprocessing.get_context(\"{}\")", name(method)),
                ],
                format!("ProcessPoolExecutor(max_workers={count}, mp_context=context)"),
            ),
            Strategy::Asyncio => vec![
                "import asyncio".to_owned(),
                "async def work(item): ...".to_owned(),
                "results = await asyncio.gather(*(work(item) for item in items))".to_owned(),
            ],
        };
        Code { lines }
    }
}

/// What goes and what comes; a line of both stands between them once.
fn diff(from: &Code, to: &Code) -> String {
    let mut old = from.lines.iter().peekable();
    let mut text = Vec::new();
    for line in &to.lines {
        while let Some(gone) = old.next_if(|other| !to.lines.contains(other)) {
            text.push(format!("-{gone}"));
        }
        if old.next_if(|other| *other == line).is_some() {
            text.push(format!(" {line}"));
        } else {
            text.push(format!("+{line}"));
        }
    }
    text.extend(old.map(|gone| format!("-{gone}")));
    text.join("\n")
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
}

const SEQUENTIAL: &str = r#"def work(n):
    return sum(i * i for i in range(n))


if __name__ == "__main__":
    print([work(n) for n in (1_000, 2_000, 3_000)])
"#;

const THREADS: &str = r#"import time
from concurrent.futures import ThreadPoolExecutor


def work(item):
    time.sleep(0.01)  # waiting lets go of the GIL
    return item * 2


if __name__ == "__main__":
    with ThreadPoolExecutor(max_workers=WORKERS) as pool:
        results = list(pool.map(work, range(20)))
    assert results == [item * 2 for item in range(20)]
    print(results)
"#;

const PROCESSES: &str = r#"import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def work(n):
    return sum(i * i for i in range(n))


def main():
    method = "METHOD"
    if method not in multiprocessing.get_all_start_methods():
        method = "spawn"  # what every platform has
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(max_workers=2, mp_context=context) as pool:
        results = list(pool.map(work, [10_000] * 4))
    assert results == [work(10_000)] * 4
    print(results)


# Workers import this file: what starts them stands below this line.
if __name__ == "__main__":
    main()
"#;

const INTERPRETERS: &str = r#"import concurrent.futures
import math


def main():
    # New in Python 3.14; before that there is no public module for it.
    executor = getattr(concurrent.futures, "InterpreterPoolExecutor", None)
    if executor is None:
        print("this Python has no InterpreterPoolExecutor; 3.14 is the first")
        return
    with executor(max_workers=2) as pool:
        print(list(pool.map(math.factorial, [5, 10, 15])))


if __name__ == "__main__":
    main()
"#;

const ASYNCIO: &str = r#"import asyncio


async def fetch(item):
    await asyncio.sleep(0.01)  # stands for a request to an async client
    return item * 2


async def main():
    results = await asyncio.gather(*(fetch(item) for item in range(100)))
    assert results == [item * 2 for item in range(100)]
    print(len(results), "answers")


if __name__ == "__main__":
    asyncio.run(main())
"#;

const TO_THREAD: &str = r#"import asyncio
import time


def blocking_call(item):
    time.sleep(0.01)  # a client without an async version
    return item * 2


async def main():
    calls = [asyncio.to_thread(blocking_call, item) for item in range(10)]
    results = await asyncio.gather(*calls)
    assert results == [item * 2 for item in range(10)]
    print(results)


if __name__ == "__main__":
    asyncio.run(main())
"#;

const INTERVAL: &str = r#"import sys

sys.setswitchinterval(SECONDS)
assert abs(sys.getswitchinterval() - SECONDS) < 1e-6
print("switch interval:", sys.getswitchinterval(), "s")
"#;

const INTERVAL_NOW: &str = r#"import sys

print("Python", sys.version.split()[0])
print("switch interval:", sys.getswitchinterval(), "s")
"#;

const FREE: &str = r#"import sys

# False only where a free-threaded build runs without the GIL.
enabled = getattr(sys, "_is_gil_enabled", lambda: True)()
print("the GIL is", "on: some extension may have switched it on" if enabled else "off")
"#;

const NATIVE: &str = r#"import hashlib
import threading

# hashlib lets go of the GIL for more than 2047 bytes; loops of NumPy over more than 500 elements
# do so, too.
block = bytes(1 << 20)
digests = []
threads = [
    threading.Thread(target=lambda: digests.append(hashlib.sha256(block).hexdigest()))
    for _ in range(2)
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert digests[0] == digests[1]
print(digests[0])
"#;
