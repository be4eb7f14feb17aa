//! The Firefox Profiler's processed format, with the markers of CPython's sampling profiler.
//!
//! Markers are read by their names, as `Lib/profiling/sampling/gecko_collector.py` of CPython
//! 3.15 writes them: "Has GIL", "Waiting for GIL", "No GIL", "On CPU", "Off CPU", "Native Code",
//! "GC Collecting". Others are skipped ("Python Code" is the same as "Has GIL"), and a newer
//! version of the format is no error as long as markers are where they are in version 56.

mod raw;
mod stacks;

use gil_sim::Nanos;

use crate::column::NONE;
use crate::error::Unreadable;
use crate::json::FORMATS;
use crate::lanes::{Draft, Lanes, Layer};
use crate::limits;
use crate::name::clean;
use crate::place::Places;
use crate::recording::{CannotKnow, GilSeen, Note, Recorded, Recording, Source};

use raw::{File, Markers, Shared, Thread};
use stacks::Stacks;

/// The version from which on markers are as they're read here. CPython writes 56 and newer; 55,
/// which has its strings in each thread, is what this project's own files of simulated runs have.
const OLDEST: u32 = 55;

/// A shorter interval in milliseconds isn't one of samples: every change is in the file.
const SHORTEST: f64 = 0.001;

/// What a marker says, by its name.
const NAMES: [(&str, Layer); 7] = [
    ("Has GIL", Layer::Has),
    ("Waiting for GIL", Layer::Waiting),
    ("No GIL", Layer::Without),
    ("On CPU", Layer::On),
    ("Off CPU", Layer::Off),
    ("Native Code", Layer::Native),
    ("GC Collecting", Layer::Collecting),
];

/// Kinds of markers: `MarkerPhase` of the format.
mod phase {
    pub const INSTANT: u32 = 0;
    pub const INTERVAL: u32 = 1;
    pub const BEGINS: u32 = 2;
    pub const ENDS: u32 = 3;
}

/// Reads a file.
///
/// # Errors
/// What is wrong, with the thread and the marker.
pub(crate) fn read(text: &str) -> Result<Recording, Unreadable> {
    let file: File = serde_json::from_str(text).map_err(|error| Unreadable::json(&error))?;
    let version = version(&file)?;
    if file.threads.len() > limits::THREADS {
        let (count, most) = (file.threads.len(), limits::THREADS);
        return Err(Unreadable::whole(format!(
            "the file has {count} threads, and {most} is the most that is read"
        )));
    }
    let mut left = limits::EVENTS;
    let mut notes = Vec::new();
    let mut drafts = Vec::with_capacity(file.threads.len());
    let period = period(&file);
    for (at, thread) in file.threads.iter().enumerate() {
        let reader = Reader { thread, shared: &file.shared, at, period };
        drafts.push(reader.draft(&mut left, &mut notes)?);
    }
    if drafts.iter().all(|draft| draft.start().is_none()) {
        let what = "no thread has a marker such as \"Has GIL\" or \"Waiting for GIL\"";
        return Err(Unreadable::whole(what).help(FORMATS));
    }
    Ok(recording(&file, version, drafts, notes))
}

/// How far apart samples are, in milliseconds.
fn period(file: &File) -> Option<f64> {
    file.meta.interval.filter(|ms| (SHORTEST..limits::LENGTH_MS).contains(ms))
}

fn version(file: &File) -> Result<u32, Unreadable> {
    match file.meta.preprocessed_profile_version {
        Some(version) if version >= OLDEST => Ok(version),
        Some(version) => Err(Unreadable::new(
            "meta.preprocessedProfileVersion",
            format!("version {version} is older than {OLDEST}, the oldest that is read"),
        )
        .help("open the file in the Firefox Profiler and save it again: that makes it new")),
        None => Err(Unreadable::new("meta", "preprocessedProfileVersion is missing").help(FORMATS)),
    }
}

fn recording(file: &File, version: u32, drafts: Vec<Draft>, notes: Vec<Note>) -> Recording {
    let period = period(file).and_then(|ms| nanos(ms, 0.0)).map(Nanos);
    let has_names = drafts.iter().any(|draft| draft.function.is_none() && !draft.is_main);
    let lanes = Lanes::new(drafts, period.unwrap_or(Nanos::ZERO) * 4);
    let names = crate::name::of_threads(&lanes.drafts);
    let thread = |(draft, name): (&Draft, String)| {
        let spans = lanes.states(draft);
        let collecting = draft.layer(Layer::Collecting).iter();
        Recorded {
            name,
            function: draft.function.clone(),
            places: Places::of(&draft.samples, &draft.places, &spans),
            id: draft.id,
            spans,
            collecting: collecting.map(|i| (Nanos(i.0), Nanos(i.1))).collect(),
        }
    };
    let threads = lanes.drafts.iter().zip(names).map(thread);
    let mut cannot_know = Vec::from_iter(period.map(CannotKnow::ShorterThan));
    cannot_know.push(CannotKnow::WhyOffCpu);
    cannot_know.push(CannotKnow::WaitingForCore);
    match lanes.gil {
        GilSeen::Yes => cannot_know.insert(1, CannotKnow::Handoffs),
        GilSeen::No => cannot_know.insert(0, CannotKnow::Gil),
        GilSeen::FreeThreaded => {}
    }
    if !has_names {
        cannot_know.push(CannotKnow::ThreadNames);
    }
    let made_by = file.meta.imported_from.as_deref().or(file.meta.product.as_deref());
    Recording {
        source: Source::Gecko { version },
        made_by: made_by.map(clean).unwrap_or_default(),
        period,
        end: lanes.end,
        cores: file.meta.logical_cpus.filter(|n| (1.0..=65_535.0).contains(n)).map(|n| n as u16),
        threads: threads.collect(),
        gil: lanes.gil,
        notes: notes.into_iter().chain(lanes.notes).collect(),
        holders: lanes.holders,
        sees_collector: true,
        cannot_know,
    }
}

/// Milliseconds since `first` as nanoseconds; `None` for what is no time of a recording.
fn nanos(ms: f64, first: f64) -> Option<u64> {
    let ms = ms - first;
    (0.0..=limits::LENGTH_MS).contains(&ms).then(|| (ms * 1e6).round() as u64)
}

/// A thread of the file.
struct Reader<'a> {
    thread: &'a Thread,
    shared: &'a Shared,
    at: usize,
    /// Milliseconds.
    period: Option<f64>,
}

impl Reader<'_> {
    fn draft(&self, left: &mut usize, notes: &mut Vec<Note>) -> Result<Draft, Unreadable> {
        let thread = self.thread;
        let (times, stacks) = (self.sample_times(), self.stacks());
        let seen =
            times.iter().rev().find(|ms| ms.is_finite()).and_then(|last| Some(last + self.period?));
        let mut draft = Draft {
            name: clean(thread.name.as_deref().unwrap_or_default()),
            function: stacks.as_ref().and_then(|stacks| stacks.function(self.sampled())),
            samples: self.samples(&times),
            places: stacks.map(|stacks| stacks.places()).unwrap_or_default(),
            id: thread.tid.as_ref().and_then(number),
            is_main: thread.is_main_thread.unwrap_or(false),
            seen_until: seen.and_then(|ms| nanos(ms, 0.0)),
            ..Draft::default()
        };
        if let Some(markers) = &thread.markers {
            self.markers(markers, &mut draft, left, notes)?;
        }
        Ok(draft)
    }

    fn strings(&self) -> &[String] {
        let strings = self.thread.string_array.as_ref().or(self.shared.string_array.as_ref());
        strings.map_or(&[], |texts| &texts.0)
    }

    fn stacks(&self) -> Option<Stacks<'_>> {
        let (thread, shared) = (self.thread, self.shared);
        Some(Stacks {
            stacks: thread.stack_table.as_ref().or(shared.stack_table.as_ref())?,
            frames: thread.frame_table.as_ref().or(shared.frame_table.as_ref())?,
            functions: thread.func_table.as_ref().or(shared.func_table.as_ref())?,
            strings: self.strings(),
        })
    }

    /// The stack of each sample.
    fn sampled(&self) -> &[u32] {
        self.thread.samples.as_ref().map_or(&[], |samples| &samples.stack.0)
    }

    /// When each sample was taken, in milliseconds; empty where the file doesn't say.
    fn sample_times(&self) -> Vec<f64> {
        let Some(samples) = &self.thread.samples else { return Vec::new() };
        match (&samples.time, &samples.time_deltas) {
            (Some(times), _) => times.0.clone(),
            (None, Some(deltas)) => {
                let mut time = 0.0;
                let since = |delta: &f64| {
                    time += delta;
                    time
                };
                deltas.0.iter().map(since).collect()
            }
            (None, None) => Vec::new(),
        }
    }

    /// The time and the stack of each sample, in order of time; those that have none are left out.
    fn samples(&self, times: &[f64]) -> Vec<(u64, u32)> {
        let both = times.iter().zip(self.sampled());
        let mut samples: Vec<(u64, u32)> =
            both.filter_map(|(ms, stack)| Some((nanos(*ms, 0.0)?, *stack))).collect();
        samples.sort_by_key(|(time, _)| *time);
        samples
    }

    fn markers(
        &self,
        markers: &Markers,
        draft: &mut Draft,
        left: &mut usize,
        notes: &mut Vec<Note>,
    ) -> Result<(), Unreadable> {
        let count = markers.name.0.len();
        *left = left.checked_sub(count).ok_or_else(|| {
            let most = limits::EVENTS;
            let what =
                format!("up to here the file has more than {most} markers, and no more are read");
            Unreadable::new(self.place(), what).help("record a shorter time, or at a lower rate")
        })?;
        for (name, length) in [
            ("startTime", markers.start_time.0.len()),
            ("endTime", markers.end_time.0.len()),
            ("phase", markers.phase.0.len()),
        ] {
            if length != count {
                let what = format!("{name} has {length} entries, but name has {count}");
                return Err(Unreadable::new(format!("{}, markers", self.place()), what));
            }
        }
        let strings = self.strings();
        let layers: Vec<Option<Layer>> = strings.iter().map(|name| layer(name)).collect();
        let mut open: Vec<(Layer, u64)> = Vec::new();
        let mut backwards = None;
        for at in 0..count {
            let name = markers.name.0[at];
            let known = layers.get(name as usize).copied().ok_or_else(|| {
                let what = format!("its name is number {name} of {} strings", strings.len());
                self.wrong(at, what)
            })?;
            let Some(layer) = known else { continue };
            match markers.phase.0[at] {
                phase::INTERVAL => {
                    let start = self.time(at, "startTime", markers.start_time.0[at])?;
                    let end = self.time(at, "endTime", markers.end_time.0[at])?;
                    if end < start {
                        backwards.get_or_insert((at, 0usize)).1 += 1;
                    }
                    draft.add(layer, start, end);
                }
                phase::BEGINS => {
                    open.push((layer, self.time(at, "startTime", markers.start_time.0[at])?));
                }
                phase::ENDS => {
                    let end = self.time(at, "endTime", markers.end_time.0[at])?;
                    let begun = open.iter().rposition(|(begun, _)| *begun == layer);
                    if let Some(begun) = begun {
                        draft.add(layer, open.swap_remove(begun).1, end);
                    }
                }
                phase::INSTANT => {}
                other => return Err(self.wrong(at, format!("its phase is {}", shown(other)))),
            }
        }
        if let Some((first, count)) = backwards {
            let what = "end before they begin and are left out, the first of them is number";
            notes.push(Note(format!("{}: {count} markers {what} {first}.", self.place())));
        }
        Ok(())
    }

    fn time(&self, marker: usize, name: &str, ms: f64) -> Result<u64, Unreadable> {
        nanos(ms, 0.0).ok_or_else(|| match ms.is_nan() {
            true => self.wrong(marker, format!("it has no {name}")),
            false => {
                self.wrong(marker, format!("its {name} is {ms:e} ms, not between 0 and a day"))
            }
        })
    }

    fn place(&self) -> String {
        let name = clean(self.thread.name.as_deref().unwrap_or_default());
        format!("threads[{}] ({name})", self.at)
    }

    fn wrong(&self, marker: usize, what: String) -> Unreadable {
        Unreadable::new(format!("{}, marker {marker}", self.place()), what)
    }
}

/// What a marker of this name says.
pub(crate) fn layer(name: &str) -> Option<Layer> {
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, layer)| *layer)
}

fn number(value: &serde_json::Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

fn shown(index: u32) -> String {
    if index == NONE { "no number".to_owned() } else { index.to_string() }
}
