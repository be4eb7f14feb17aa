//! The lines by which work is handed out, and how two of them differ.

use gil_sim::Strategy;

use super::on_start;
use crate::candidate::start_method;

/// The lines by which work is handed out.
pub struct Code {
    lines: Vec<String>,
}

impl Code {
    /// The lines for a strategy; `name` is the group's.
    pub fn of(strategy: Strategy, name: &str, members: u16) -> Code {
        let define = format!("def run_{name}(item): ...");
        let lines = match strategy {
            Strategy::Sequential => {
                vec![define, format!("results = [run_{name}(item) for item in items]")]
            }
            Strategy::Threads => executor("ThreadPoolExecutor", name, members),
            Strategy::Interpreters => executor("InterpreterPoolExecutor", name, members),
            Strategy::Processes(method) => vec![
                "import multiprocessing".to_owned(),
                "from concurrent.futures import ProcessPoolExecutor".to_owned(),
                define,
                format!("# {}", on_start(method)),
                format!("context = multiprocessing.get_context(\"{}\")", start_method(method)),
                format!(
                    "with ProcessPoolExecutor(max_workers={members}, mp_context=context) as pool:"
                ),
                format!("    results = list(pool.map(run_{name}, items))"),
            ],
            Strategy::Asyncio => vec![
                "import asyncio".to_owned(),
                format!("async def run_{name}(item): ..."),
                format!("results = await asyncio.gather(*(run_{name}(item) for item in items))"),
            ],
        };
        Code { lines }
    }
}

fn executor(class: &str, name: &str, members: u16) -> Vec<String> {
    vec![
        format!("from concurrent.futures import {class}"),
        format!("def run_{name}(item): ..."),
        format!("with {class}(max_workers={members}) as pool:"),
        format!("    results = list(pool.map(run_{name}, items))"),
    ]
}

/// The lines that go and those that come; a line of both stands between them once.
pub fn diff(from: &Code, to: &Code) -> String {
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
