//! Chrome's Trace Event format, as an array of events or as an object with `traceEvents`.
//!
//! Its events are whatever a tool calls them, so only two families of names say something of the
//! GIL: the lanes of CPython's sampling profiler ("Has GIL", "Waiting for GIL", ...), and
//! `take_gil` and `drop_gil`, the functions of Python/ceval_gil.c that tracers in the kernel put
//! probes on. A thread is in `take_gil` while it waits, and has the GIL from its end up to
//! `drop_gil`. Everything else (VizTracer's functions, for example) says nothing of the GIL, and
//! nothing is guessed.

mod raw;

use std::collections::HashMap;

use gil_sim::Nanos;

use crate::error::Unreadable;
use crate::gecko;
use crate::lanes::{Draft, Lanes, Layer};
use crate::limits;
use crate::name::clean;
use crate::place::Places;
use crate::recording::{CannotKnow, GilSeen, Note, Recorded, Recording, Source};

use raw::{Event, Events};

/// Reads a file.
///
/// # Errors
/// What is wrong, with the number of the event.
pub(crate) fn read(text: &str) -> Result<Recording, Unreadable> {
    let events = Events::read(text).map_err(|error| Unreadable::json(&error))?;
    let mut reader = Reader::new(&events);
    for (at, event) in events.all.iter().enumerate() {
        reader.event(at, event)?;
    }
    reader.finish(&events.made_by)
}

/// What an event says of the GIL.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Layer(Layer),
    /// The thread is in `take_gil`.
    Takes,
    /// The thread is in `drop_gil`.
    Drops,
    /// Nothing: the thread is there.
    Nothing,
}

/// A thread while events are read.
#[derive(Default)]
struct Going {
    draft: Draft,
    /// `B` events without their `E`.
    open: Vec<(Says, u64)>,
    /// When its `take_gil` and `drop_gil` began and ended.
    takes: Vec<(u64, u64)>,
    drops: Vec<(u64, u64)>,
    /// Its first and last event.
    seen: Option<(u64, u64)>,
}

struct Reader {
    names: HashMap<(u64, u64), String>,
    /// The first time of the file, in microseconds: others count from there.
    first: f64,
    threads: Vec<Going>,
    /// Places in `threads` by process and thread.
    index: HashMap<(u64, u64), usize>,
    /// The same by process and name, where a thread's lanes are threads of their own.
    lanes: HashMap<(u64, String), usize>,
    notes: Vec<Note>,
    unended: usize,
}

/// Ends of the names of lanes that belong to one thread, as this project's own files have them.
const LANES: [&str; 3] = [": GIL", ": CPU", ": code"];

impl Reader {
    fn new(events: &Events) -> Reader {
        let named = |event: &Event| {
            let is_name = event.ph == 'M' && event.name == "thread_name";
            is_name.then(|| Some(((event.pid, event.tid), event.thread_name.clone()?))).flatten()
        };
        let times = events.all.iter().filter(|event| event.ph != 'M').filter_map(|e| e.ts);
        Reader {
            names: events.all.iter().filter_map(named).collect(),
            first: times.fold(f64::INFINITY, f64::min),
            threads: Vec::new(),
            index: HashMap::new(),
            lanes: HashMap::new(),
            notes: Vec::new(),
            unended: 0,
        }
    }

    fn event(&mut self, at: usize, event: &Event) -> Result<(), Unreadable> {
        if !matches!(event.ph, 'X' | 'B' | 'E' | 'i' | 'I') {
            return Ok(());
        }
        let wrong = |what: String| Unreadable::new(format!("event {at}"), what);
        let ts = event.ts.ok_or_else(|| wrong("it has no time (ts)".to_owned()))?;
        let start = nanos(ts - self.first).ok_or_else(|| {
            wrong(format!("its time is {ts:e} us, more than a day after the first"))
        })?;
        let end = match (event.ph, event.dur) {
            ('X', Some(dur)) => nanos(ts - self.first + dur)
                .filter(|end| *end >= start)
                .ok_or_else(|| wrong(format!("it lasts {dur:e} us, not between 0 and a day")))?,
            ('X', None) => return Err(wrong("it's complete (X) and has no dur".to_owned())),
            _ => start,
        };
        let says = says(&event.name);
        let thread = self.thread(event)?;
        let seen = thread.seen.get_or_insert((start, end));
        *seen = (seen.0.min(start), seen.1.max(end));
        match event.ph {
            'X' => thread.add(says, start, end),
            'B' if says != Says::Nothing => thread.open.push((says, start)),
            'E' => thread.ends(&event.name, says, start),
            'i' | 'I' if says == Says::Drops => thread.drops.push((start, start)),
            _ => {}
        }
        Ok(())
    }

    fn thread(&mut self, event: &Event) -> Result<&mut Going, Unreadable> {
        let id = (event.pid, event.tid);
        let at = match self.index.get(&id) {
            Some(at) => *at,
            None => {
                let at = self.place(event)?;
                self.index.insert(id, at);
                at
            }
        };
        Ok(&mut self.threads[at])
    }

    /// The place of a thread that is met for the first time: that of another lane of it, or a new
    /// one.
    fn place(&mut self, event: &Event) -> Result<usize, Unreadable> {
        let name = self.names.get(&(event.pid, event.tid));
        let base = name.and_then(|name| lanes_of(name)).map(|base| (event.pid, base.to_owned()));
        if let Some(at) = base.as_ref().and_then(|base| self.lanes.get(base)) {
            return Ok(*at);
        }
        let at = self.threads.len();
        if at >= limits::THREADS {
            return Err(Unreadable::whole(format!("the file has more than {at} threads")));
        }
        let own = || name.map_or_else(|| format!("Thread-{}", event.tid), |name| clean(name));
        let shown = base.as_ref().map_or_else(own, |(_, base)| clean(base));
        let id = base.is_none().then_some(event.tid);
        let draft = Draft { name: shown, id, ..Draft::default() };
        self.threads.push(Going { draft, ..Going::default() });
        if let Some(base) = base {
            self.lanes.insert(base, at);
        }
        Ok(at)
    }

    fn finish(mut self, made_by: &str) -> Result<Recording, Unreadable> {
        let end = self.threads.iter().filter_map(|thread| Some(thread.seen?.1)).max();
        let end = end.ok_or_else(|| {
            Unreadable::whole("the file has no event with a duration (phases X, B and E)")
        })?;
        let mut drafts = Vec::with_capacity(self.threads.len());
        for thread in self.threads.drain(..) {
            self.unended += thread.open.len();
            drafts.push(thread.finish(end));
        }
        if self.unended > 0 {
            self.notes.push(Note(format!(
                "{} without their end go on to the end of the file.",
                crate::lanes::counted(self.unended, "event")
            )));
        }
        Ok(recording(drafts, self.notes, made_by))
    }
}

/// The thread that a lane with a name of its own belongs to.
fn lanes_of(name: &str) -> Option<&str> {
    LANES.iter().find_map(|end| name.strip_suffix(end)).filter(|base| !base.is_empty())
}

fn says(name: &str) -> Says {
    match gecko::layer(name) {
        Some(layer) => Says::Layer(layer),
        None if is_function(name, "take_gil") => Says::Takes,
        None if is_function(name, "drop_gil") => Says::Drops,
        None => Says::Nothing,
    }
}

/// Whether a tracer's name is that of a function: `take_gil`, `uprobe:libpython:take_gil`,
/// `take_gil (python3.11)`.
fn is_function(name: &str, function: &str) -> bool {
    name.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|word| word == function)
}

impl Going {
    fn add(&mut self, says: Says, start: u64, end: u64) {
        match says {
            Says::Layer(layer) => self.draft.add(layer, start, end),
            Says::Takes => self.takes.push((start, end)),
            Says::Drops => self.drops.push((start, end)),
            Says::Nothing => {}
        }
    }

    /// An `E` event: it ends the last that is open, that of its name where it has one.
    fn ends(&mut self, name: &str, says: Says, end: u64) {
        let open = match name.is_empty() {
            true => self.open.pop(),
            false => {
                let at = self.open.iter().rposition(|(open, _)| *open == says);
                at.map(|at| self.open.remove(at))
            }
        };
        if let Some((says, start)) = open {
            self.add(says, start, end.max(start));
        }
    }

    fn finish(mut self, end: u64) -> Draft {
        for (says, start) in std::mem::take(&mut self.open) {
            self.add(says, start, end);
        }
        self.holds(end);
        if let Some((first, last)) = self.seen {
            self.draft.add(Layer::There, first, last.max(first + 1));
        }
        self.draft
    }

    /// From the end of each `take_gil` up to the next `drop_gil` it has the GIL.
    fn holds(&mut self, end: u64) {
        self.takes.sort_unstable();
        self.drops.sort_unstable();
        for (at, (begun, taken)) in self.takes.iter().enumerate() {
            self.draft.add(Layer::Waiting, *begun, *taken);
            let next = self.takes.get(at + 1).map_or(end, |next| next.0);
            let after = self.drops.partition_point(|drop| drop.0 < *taken);
            let dropped = self.drops.get(after).map_or(next, |drop| drop.0);
            self.draft.add(Layer::Has, *taken, dropped.min(next));
        }
    }
}

fn recording(drafts: Vec<Draft>, notes: Vec<Note>, made_by: &str) -> Recording {
    let sees = |layer: Layer| drafts.iter().any(|draft| !draft.layer(layer).is_empty());
    let sees_collector = sees(Layer::Collecting);
    let knows_cpu = sees(Layer::Off) || sees(Layer::On) || sees(Layer::Native);
    let lanes = Lanes::new(drafts, Nanos::ZERO);
    let names = crate::name::of_threads(&lanes.drafts);
    let threads = lanes.drafts.iter().zip(names).map(|(draft, name)| Recorded {
        name,
        function: None,
        places: Places::default(),
        id: draft.id,
        spans: lanes.states(draft),
        collecting: draft
            .layer(Layer::Collecting)
            .iter()
            .map(|i| (Nanos(i.0), Nanos(i.1)))
            .collect(),
    });
    let mut cannot_know = Vec::new();
    if lanes.gil == GilSeen::No {
        cannot_know.push(CannotKnow::Gil);
    }
    cannot_know.push(if knows_cpu { CannotKnow::WhyOffCpu } else { CannotKnow::Cpu });
    Recording {
        source: Source::TraceEvents,
        made_by: if made_by.is_empty() { String::new() } else { clean(made_by) },
        period: None,
        end: lanes.end,
        cores: None,
        threads: threads.collect(),
        gil: lanes.gil,
        notes: notes.into_iter().chain(lanes.notes).collect(),
        holders: lanes.holders,
        sees_collector,
        cannot_know,
    }
}

/// Microseconds as nanoseconds; `None` for what is no time of a recording.
fn nanos(us: f64) -> Option<u64> {
    (0.0..=limits::LENGTH_MS * 1e3).contains(&us).then(|| (us * 1e3).round() as u64)
}
