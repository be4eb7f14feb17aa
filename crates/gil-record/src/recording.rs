//! What a recording is, whichever format it comes in.

use gil_sim::{GilSpan, Nanos, State, StateSpan, ThreadId};
use serde::{Deserialize, Serialize};

use crate::place::Places;

/// The kind of file that a recording was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// The Firefox Profiler's processed format, with the markers of CPython's sampling profiler.
    Gecko {
        /// The format's version, `meta.preprocessedProfileVersion`.
        version: u32,
    },
    /// What a program of `gil script` noted of itself.
    Measured,
    /// Chrome's Trace Event format.
    TraceEvents,
    /// No file: a simulated run, looked at as a profiler would look.
    Simulated,
}

impl Source {
    /// Its name, for a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Source::Gecko { .. } => "Firefox Profiler format",
            Source::Measured => "gil-measured",
            Source::TraceEvents => "Trace Event format",
            Source::Simulated => "simulation",
        }
    }
}

/// What a recording says about the GIL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GilSeen {
    /// Who held it when, and who waited.
    Yes,
    /// Several threads ran Python at once: a free-threaded build, which has no GIL.
    FreeThreaded,
    /// Nothing at all: the tool doesn't look at it.
    No,
}

/// What a recording can't know, because of how it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CannotKnow {
    /// Whatever begins and ends between two samples.
    ShorterThan(Nanos),
    /// Who handed the GIL to whom: it's read off who was seen with it next.
    Handoffs,
    /// Why a thread is off the CPU: I/O, a sleep or a lock.
    WhyOffCpu,
    /// Whether a thread that could run had a core.
    WaitingForCore,
    /// Names that the program gave its threads.
    ThreadNames,
    /// The GIL: who held it and who waited.
    Gil,
    /// Whether a gap in a thread's Python is a wait for the GIL or for a core.
    GilOrCore,
    /// Waits for the GIL at the end of I/O and of calls: they count as part of these.
    WaitsBehindCalls,
    /// Whether threads were on a CPU.
    Cpu,
}

impl CannotKnow {
    /// A sentence.
    pub fn words(self) -> String {
        match self {
            CannotKnow::ShorterThan(period) => format!(
                "It's sampled about every {period}: anything shorter may be missed, and every \
                 time below is only as exact as that."
            ),
            CannotKnow::Handoffs => {
                "It doesn't see handoffs. Who got the GIL from whom is read off who was seen with \
                 it next."
                    .to_owned()
            }
            CannotKnow::WhyOffCpu => {
                "It doesn't say why a thread is off the CPU: I/O, a sleep and a lock look the same."
                    .to_owned()
            }
            CannotKnow::WaitingForCore => {
                "\"On CPU\" means running or ready to run, so a thread that waits for a core counts \
                 as running."
                    .to_owned()
            }
            CannotKnow::ThreadNames => {
                "It has no names of threads, so each is called after the function that it runs."
                    .to_owned()
            }
            CannotKnow::GilOrCore => {
                "A gap in a thread's Python is a wait for the GIL or for a core, and its clock \
                 doesn't say which. It's shown as a wait for the GIL for as long as another thread \
                 ran Python."
                    .to_owned()
            }
            CannotKnow::WaitsBehindCalls => {
                "A wait for the GIL at the end of I/O, a sleep or a native call counts as part of \
                 that: threads waited for longer than is shown."
                    .to_owned()
            }
            CannotKnow::Cpu => {
                "It doesn't say when a thread is on a CPU.".to_owned()
            }
            CannotKnow::Gil => {
                "It has no GIL data, so nothing here says who held the GIL or waited for it."
                    .to_owned()
            }
        }
    }
}

/// Something that was mended or left out while a file was read, for the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note(pub String);

/// A thread of a recording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// What it's called here: the file's name for it, or the function that it runs, with a number
    /// where several run the same. Harmless in a terminal and in a page once it's escaped.
    pub name: String,
    /// The function that it runs, where the file has stacks.
    pub function: Option<String>,
    /// The operating system's number for it.
    pub id: Option<u64>,
    /// Its states in order of time, without gaps from 0 to [`Recording::end`].
    pub spans: Vec<StateSpan>,
    /// Where in the program it was while it did what; empty where the file has no stacks.
    pub places: Places,
    /// Stretches in which it collected garbage, in order of time. It has a state there as well.
    pub collecting: Vec<(Nanos, Nanos)>,
}

/// A recording of a real program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recording {
    /// The kind of file.
    pub source: Source,
    /// The tool that made it, as the file has it; empty where it doesn't say.
    pub made_by: String,
    /// How far apart samples are on average: times are this uncertain. `None` where every change
    /// was recorded as it happened.
    pub period: Option<Nanos>,
    /// Its length. It begins with the first thing that was recorded, at 0.
    pub end: Nanos,
    /// Logical cores of the machine, where the file says.
    pub cores: Option<u16>,
    /// Threads, in the order in which they were first seen.
    pub threads: Vec<Recorded>,
    /// What it says about the GIL.
    pub gil: GilSeen,
    /// Who was seen with the GIL when, in order of time, one thread at a time.
    pub holders: Vec<GilSpan>,
    /// Whether it says when the collector runs.
    pub sees_collector: bool,
    /// What it can't know.
    pub cannot_know: Vec<CannotKnow>,
    /// What was mended or left out.
    pub notes: Vec<Note>,
}

impl Recorded {
    /// When it was first seen.
    pub fn start(&self) -> Nanos {
        let first = self.spans.iter().find(|span| span.state != State::NotStarted);
        first.map_or(Nanos::ZERO, |span| span.start)
    }
}

impl Recording {
    /// The name of a thread.
    pub fn name(&self, thread: ThreadId) -> &str {
        &self.threads[thread.index()].name
    }
}
