//! What a candidate is called, and why it can be better.

use gil_sim::{Group, Repeat, Strategy};
use gil_words::count;

use super::{Candidate, Change};
use crate::question::Question;
use crate::steps::computing;
use crate::words::names;

impl Candidate {
    /// What it is called: `16 threads instead of 8`, `Python 3.14: report in its own process
    /// (forkserver)`.
    pub fn title(&self, question: &Question) -> String {
        if *self == Candidate::now(question) {
            return "Leave it as it is".to_owned();
        }
        let what = self.what(question);
        match (self.python == question.now(), what) {
            (_, None) => format!("Python {}, otherwise as it is", self.python),
            (true, Some(what)) => what,
            (false, Some(what)) => format!("Python {}: {what}", self.python),
        }
    }

    fn what(&self, question: &Question) -> Option<String> {
        let group = question.group();
        let interval = question.scenario.spec().switch_interval;
        let members = self.members.unwrap_or(group.count);
        let today = workers(group.strategy, group.count);
        let what = match self.change {
            Change::Nothing => {
                let members = workers(group.strategy, self.members?);
                return Some(format!("{members} instead of {}", group.count));
            }
            Change::Interval(to) => format!("Switch interval {to} instead of {interval}"),
            Change::Offload => "asyncio.to_thread for the blocking calls".to_owned(),
            Change::Strategy(Strategy::Sequential) => {
                format!("One after the other instead of {today}")
            }
            Change::Strategy(strategy) => {
                format!("{} instead of {today}", workers(strategy, members))
            }
            Change::Apart(strategy) => {
                let others = names(&computing(question));
                let pool = self.members.map(|members| {
                    format!(", and {} for {}", workers(group.strategy, members), group.name)
                });
                format!("{others} in {}{}", place(strategy), pool.unwrap_or_default())
            }
            Change::Native => "Native code for the computing".to_owned(),
        };
        Some(what)
    }

    /// Why it can be better, in one sentence; nothing where nothing changes.
    pub fn mechanism(&self, question: &Question) -> String {
        let group = question.group();
        let (name, now) = (&group.name, group.count);
        match self.change {
            Change::Nothing => match self.members {
                Some(more) if more > now => at_once(group, more),
                Some(_) => "Fewer members hand the GIL to each other less often.".to_owned(),
                None if self.python.is_free_threaded() && self.python != question.now() => {
                    "There's no GIL to wait for.".to_owned()
                }
                None => String::new(),
            },
            Change::Interval(interval) => {
                let now = question.scenario.spec().switch_interval;
                format!("A thread that waits asks for the GIL after {interval} instead of {now}.")
            }
            Change::Offload => "The event loop goes on while a thread blocks.".to_owned(),
            Change::Native => "The computing lets go of the GIL.".to_owned(),
            Change::Strategy(Strategy::Sequential) => "Side by side it's no better.".to_owned(),
            Change::Strategy(Strategy::Threads) => {
                "A thread that blocks holds up nobody but itself.".to_owned()
            }
            Change::Strategy(Strategy::Asyncio) => {
                "Tasks wait without needing a thread each.".to_owned()
            }
            Change::Strategy(_) => "Each worker has a GIL of its own.".to_owned(),
            Change::Apart(_) => {
                let others = computing(question);
                let take = if others.len() == 1 { "takes" } else { "take" };
                let others = names(&others);
                let mut text = format!("{others} no longer {take} the GIL from {name}.");
                if let Some(more) = self.members {
                    text += &format!(" {}", at_once(group, more));
                }
                text
            }
        }
    }
}

fn at_once(group: &Group, more: u16) -> String {
    let what = match group.repeat {
        Repeat::Arrivals { .. } => "requests",
        Repeat::Jobs(_) | Repeat::Serve => "jobs",
        Repeat::Times(_) | Repeat::For(_) | Repeat::Daemon => "passes",
    };
    format!("Up to {more} {what} of {} are in progress at once, not {}.", group.name, group.count)
}

/// Members as they are called: `8 threads`, `4 processes (fork)`, `100 asyncio tasks`.
pub fn workers(strategy: Strategy, members: u16) -> String {
    let n = usize::from(members);
    match strategy {
        Strategy::Threads => count(n, "thread"),
        Strategy::Sequential => format!("{n} in sequence"),
        Strategy::Asyncio => count(n, "asyncio task"),
        Strategy::Interpreters => count(n, "subinterpreter"),
        Strategy::Processes(method) => {
            let processes = if n == 1 { "process" } else { "processes" };
            format!("{n} {processes} ({})", start_method(method))
        }
    }
}

/// How `multiprocessing` calls a start method.
pub fn start_method(method: gil_sim::StartMethod) -> &'static str {
    match method {
        gil_sim::StartMethod::Fork => "fork",
        gil_sim::StartMethod::Forkserver => "forkserver",
        gil_sim::StartMethod::Spawn => "spawn",
    }
}

fn place(strategy: Strategy) -> String {
    match strategy {
        Strategy::Processes(method) => format!("its own process ({})", start_method(method)),
        Strategy::Interpreters => "its own subinterpreter".to_owned(),
        other => other.name().to_owned(),
    }
}
