//! What a program of `gil script` measured: `gil-measured/1`, described in docs/measured.md.

mod agreement;
pub mod calibrate;
mod point;
mod recording;

use gil_sim::{Nanos, Scenario};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::column::Rows;
use crate::error::Unreadable;
use crate::json;
use crate::limits;
use crate::name::clean;

pub use agreement::{Agreement, Figure, Row};
pub use point::Point;

/// What the format calls itself.
pub const FORMAT: &str = "gil-measured/1";

/// What a program measured. Names are harmless in a terminal, and in a page once they're escaped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// What was run, as a link has it.
    pub scenario: Scenario,
    /// What ran it.
    pub python: Interpreter,
    /// Factor for passes, jobs and the times for which groups go on.
    pub scale: f64,
    /// From the start of the first member to the end of the last one that ends.
    pub wall: Nanos,
    /// Figures by group, in the order of the file.
    pub groups: Vec<MeasuredGroup>,
    /// Figures by thread.
    pub threads: Vec<MeasuredThread>,
    /// The most memory in use, in bytes.
    pub peak_bytes: Option<u64>,
}

/// What ran a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interpreter {
    /// `3.11.7`.
    pub version: String,
    /// `CPython`.
    pub implementation: String,
    /// False only where a free-threaded build runs without it.
    pub has_gil: bool,
    /// `sys.getswitchinterval`.
    pub switch_interval: Nanos,
    /// As `sys.platform`.
    pub platform: String,
    /// Cores that the process may use.
    pub cores: u16,
}

/// Percentiles of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// The median.
    pub p50: Nanos,
    /// The 90th percentile.
    pub p90: Nanos,
    /// The 99th percentile.
    pub p99: Nanos,
    /// The longest.
    pub max: Nanos,
}

/// A group that was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeasuredGroup {
    /// Its name in the scenario.
    pub name: String,
    /// Its members.
    pub members: u32,
    /// As the notation has it.
    pub strategy: String,
    /// Passes that were done by all members together.
    pub passes: u64,
    /// How long a pass took.
    pub pass: Option<Spread>,
    /// The same from the time for which a request was scheduled.
    pub response: Option<Spread>,
}

/// What a thread did for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasuredSpan {
    /// The first nanosecond.
    pub start: Nanos,
    /// The first nanosecond after it.
    pub end: Nanos,
    /// What it did.
    pub doing: Doing,
}

/// What a thread can have done, by the names of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Doing {
    /// It ran bytecode.
    Python,
    /// It was in a C call that keeps the GIL.
    Holding,
    /// It was in a C call that lets go of the GIL.
    Native,
    /// It waited for the other end of a socket.
    Io,
    /// It slept.
    Sleep,
    /// It waited for a lock that somebody else had.
    Lock,
    /// It waited for the next request.
    Queue,
    /// It waited for a pool.
    Result,
    /// Something that a later version knows.
    #[serde(other)]
    Other,
}

/// A thread that was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeasuredThread {
    /// Its name.
    pub name: String,
    /// That of its group.
    pub group: String,
    /// CPU time from its start to its end.
    pub cpu: Option<Nanos>,
    /// How long it ran at a stretch.
    pub turns: Option<Spread>,
    /// How many stretches there were.
    pub turn_count: u64,
    /// How often it gave up its core to wait.
    pub voluntary_switches: Option<u64>,
    /// How often its core was taken from it.
    pub involuntary_switches: Option<u64>,
    /// What it did, in order of time and without overlaps, where that was recorded.
    pub spans: Vec<MeasuredSpan>,
}

impl Measured {
    /// Whether the program noted what each thread did when.
    pub fn is_recorded(&self) -> bool {
        self.threads.iter().any(|thread| !thread.spans.is_empty())
    }
}

/// Reads a file.
///
/// # Errors
/// What is wrong, with the field or the thread.
pub fn read(text: &str) -> Result<Measured, Unreadable> {
    json::check(text)?;
    let file: File = serde_json::from_str(text).map_err(|error| Unreadable::json(&error))?;
    if file.format != FORMAT {
        let found = crate::name::cut(&file.format, limits::NAME);
        let what = format!("the format is {found:?}, and {FORMAT} is what is read here");
        return Err(Unreadable::new("format", what).help(HELP));
    }
    let scenario = gil_notation::parse_scenario(&file.scenario).map_err(|error| {
        let said = crate::name::cut(&error.message, 4 * limits::NAME);
        Unreadable::new("scenario", said)
    })?;
    if !(file.scale > 0.0 && file.scale <= 1e6) {
        return Err(Unreadable::new("scale", format!("{} is no factor", file.scale)));
    }
    bounded("groups", file.groups.len(), limits::THREADS)?;
    bounded("threads", file.threads.len(), limits::THREADS)?;
    let mut left = limits::EVENTS;
    let threads = file.threads.into_iter().enumerate();
    Ok(Measured {
        scenario,
        scale: file.scale,
        wall: time("wall_ns", file.wall_ns)?,
        python: Interpreter {
            version: clean(&file.python.version),
            implementation: clean(&file.python.implementation),
            has_gil: file.python.has_gil,
            switch_interval: time("python.switch_interval_ns", file.python.switch_interval_ns)?,
            platform: clean(&file.python.platform),
            cores: cores(file.python.cores)?,
        },
        groups: file.groups.into_iter().enumerate().map(group).collect::<Result<_, _>>()?,
        threads: threads.map(|one| thread(one, &mut left)).collect::<Result<_, _>>()?,
        peak_bytes: file.memory.and_then(|memory| memory.peak_bytes),
    })
}

const HELP: &str = "gil script SCENARIO > run.py and python run.py > run.json make such a file";

#[derive(Deserialize)]
struct File<'a> {
    format: String,
    scenario: String,
    python: FilePython,
    #[serde(default = "one")]
    scale: f64,
    wall_ns: f64,
    groups: Vec<FileGroup>,
    #[serde(borrow)]
    threads: Vec<FileThread<'a>>,
    memory: Option<FileMemory>,
}

fn one() -> f64 {
    1.0
}

#[derive(Deserialize)]
struct FilePython {
    version: String,
    implementation: String,
    has_gil: bool,
    switch_interval_ns: f64,
    platform: String,
    cores: f64,
}

#[derive(Deserialize)]
struct FileMemory {
    peak_bytes: Option<u64>,
}

#[derive(Deserialize)]
struct FileSpread {
    #[serde(default)]
    count: u64,
    p50: f64,
    p90: f64,
    p99: f64,
    max: f64,
}

#[derive(Deserialize)]
struct FileGroup {
    name: String,
    members: u32,
    strategy: String,
    passes: u64,
    pass_ns: Option<FileSpread>,
    response_ns: Option<FileSpread>,
}

#[derive(Deserialize)]
struct FileThread<'a> {
    name: String,
    group: String,
    cpu_ns: Option<f64>,
    turns_ns: Option<FileSpread>,
    voluntary_switches: Option<u64>,
    involuntary_switches: Option<u64>,
    #[serde(borrow)]
    spans: Option<&'a RawValue>,
}

fn bounded(place: &str, count: usize, most: usize) -> Result<(), Unreadable> {
    match count <= most {
        true => Ok(()),
        false => Err(Unreadable::new(place, format!("there are {count}, and {most} is the most"))),
    }
}

/// A time of a file in nanoseconds.
fn time(place: &str, ns: f64) -> Result<Nanos, Unreadable> {
    match (0.0..=limits::LENGTH_MS * 1e6).contains(&ns) {
        true => Ok(Nanos(ns.round() as u64)),
        false => Err(Unreadable::new(place, format!("{ns:e} ns is not between 0 and a day"))),
    }
}

fn cores(cores: f64) -> Result<u16, Unreadable> {
    match (1.0..=65_535.0).contains(&cores) {
        true => Ok(cores as u16),
        false => Err(Unreadable::new("python.cores", format!("{cores} is no number of cores"))),
    }
}

fn spread(place: &str, found: Option<FileSpread>) -> Result<Option<Spread>, Unreadable> {
    let Some(found) = found else { return Ok(None) };
    let of = |name: &str, ns: f64| time(&format!("{place}.{name}"), ns);
    Ok(Some(Spread {
        p50: of("p50", found.p50)?,
        p90: of("p90", found.p90)?,
        p99: of("p99", found.p99)?,
        max: of("max", found.max)?,
    }))
}

fn group((at, found): (usize, FileGroup)) -> Result<MeasuredGroup, Unreadable> {
    Ok(MeasuredGroup {
        name: clean(&found.name),
        members: found.members,
        strategy: clean(&found.strategy),
        passes: found.passes,
        pass: spread(&format!("groups[{at}].pass_ns"), found.pass_ns)?,
        response: spread(&format!("groups[{at}].response_ns"), found.response_ns)?,
    })
}

fn thread(
    (at, found): (usize, FileThread),
    left: &mut usize,
) -> Result<MeasuredThread, Unreadable> {
    let place = format!("threads[{at}] ({})", clean(&found.name));
    Ok(MeasuredThread {
        name: clean(&found.name),
        group: clean(&found.group),
        cpu: found.cpu_ns.map(|ns| time(&format!("{place}.cpu_ns"), ns)).transpose()?,
        turn_count: found.turns_ns.as_ref().map_or(0, |turns| turns.count),
        turns: spread(&format!("{place}.turns_ns"), found.turns_ns)?,
        voluntary_switches: found.voluntary_switches,
        involuntary_switches: found.involuntary_switches,
        spans: found
            .spans
            .map(|raw| spans(&place, raw.get(), left))
            .transpose()?
            .unwrap_or_default(),
    })
}

/// The spans of a thread: each after the one before.
fn spans(place: &str, text: &str, left: &mut usize) -> Result<Vec<MeasuredSpan>, Unreadable> {
    let rows: Rows<(f64, f64, Doing)> = serde_json::from_str(text).map_err(|error| {
        Unreadable::new(format!("{place}.spans"), Unreadable::json(&error).what)
    })?;
    *left = left.checked_sub(rows.0.len()).ok_or_else(|| {
        let most = limits::EVENTS;
        Unreadable::new(place, format!("up to here there are more than {most} spans"))
    })?;
    let mut spans = Vec::with_capacity(rows.0.len());
    let mut before = Nanos::ZERO;
    for (at, (start, end, doing)) in rows.0.into_iter().enumerate() {
        let place = || format!("{place}, span {at}");
        let (start, end) = (time(&place(), start)?, time(&place(), end)?);
        if start < before || end < start {
            let what =
                format!("it goes from {start} to {end}, and the one before ends at {before}");
            return Err(Unreadable::new(place(), what));
        }
        before = end;
        spans.push(MeasuredSpan { start, end, doing });
    }
    Ok(spans)
}
