//! Chrome's Trace Event Format: an object with `traceEvents`, complete events in microseconds.
//!
//! A lane is a thread of its own, so that no two events of one thread overlap: Perfetto and
//! speedscope take what overlaps in a thread for calls within calls.

use gil_sim::{Nanos, ThreadId, Trace};
use serde::Serialize;

use crate::PROCESS;
use crate::interval::{Interval, Lane, intervals};

#[derive(Serialize)]
struct File<'a> {
    #[serde(rename = "traceEvents")]
    events: Vec<Event<'a>>,
    #[serde(rename = "displayTimeUnit")]
    unit: &'static str,
    #[serde(rename = "otherData")]
    other: Other<'a>,
}

#[derive(Serialize)]
struct Other<'a> {
    scenario: &'a str,
    origin: &'static str,
}

/// An event: complete (`X`) with a duration, or metadata (`M`) with arguments.
#[derive(Serialize)]
struct Event<'a> {
    name: &'a str,
    ph: &'static str,
    pid: u32,
    tid: u32,
    /// Microseconds.
    ts: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    dur: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cat: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    args: Option<Arguments>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Arguments {
    Name { name: String },
    Order { sort_index: u32 },
}

/// The lanes of a thread: what holds of the GIL, of the core, and of the code.
const TRACKS: [(&str, &[Lane]); 3] = [
    ("GIL", &[Lane::HasGil, Lane::WaitingForGil, Lane::NoGil]),
    ("CPU", &[Lane::OnCpu, Lane::OffCpu]),
    ("code", &[Lane::PythonCode, Lane::NativeCode, Lane::GcCollecting]),
];

const PID: u32 = 1;

pub fn text(trace: &Trace, scenario: &str) -> String {
    let mut events = vec![metadata("process_name", 0, Arguments::Name { name: PROCESS.into() })];
    for thread in (0..trace.threads.len() as u16).map(ThreadId) {
        add_thread(trace, thread, &mut events);
    }
    let other = Other { scenario, origin: "simulated by GIL Playground" };
    // Plain data with string keys has a JSON form.
    serde_json::to_string(&File { events, unit: "ms", other }).unwrap_or_default()
}

fn add_thread(trace: &Trace, thread: ThreadId, events: &mut Vec<Event<'_>>) {
    let all = intervals(trace, thread);
    for (number, (title, lanes)) in (0..).zip(TRACKS) {
        let tid = u32::from(thread.0) * TRACKS.len() as u32 + number + 1;
        let mut mine: Vec<&Interval> = all.iter().filter(|one| lanes.contains(&one.lane)).collect();
        if mine.is_empty() {
            continue;
        }
        let name = format!("{}: {title}", trace.name(thread));
        events.push(metadata("thread_name", tid, Arguments::Name { name }));
        events.push(metadata("thread_sort_index", tid, Arguments::Order { sort_index: tid }));
        mine.sort_by_key(|one| one.start);
        events.extend(mine.into_iter().map(|one| complete(tid, one)));
    }
}

fn complete(tid: u32, interval: &Interval) -> Event<'static> {
    let Interval { lane, start, end } = *interval;
    Event {
        name: lane.name(),
        ph: "X",
        pid: PID,
        tid,
        ts: micros(start),
        dur: Some(micros(end - start)),
        cat: Some("gil"),
        args: None,
    }
}

fn metadata(name: &'static str, tid: u32, arguments: Arguments) -> Event<'static> {
    Event { name, ph: "M", pid: PID, tid, ts: 0.0, dur: None, cat: None, args: Some(arguments) }
}

fn micros(time: Nanos) -> f64 {
    time.0 as f64 / 1_000.0
}
