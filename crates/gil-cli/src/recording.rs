//! `gil recording`: what a recording of a real program says.

use std::path::Path;
use std::process::ExitCode;

use gil_record::{GilSeen, Recorded, Recording};
use gil_share::picture;
use gil_sim::{Nanos, State};
use gil_words::{count, percent};
use serde_json::{Value, json};

use crate::arguments;
use crate::error::Failure;
use crate::input::{self, STDIN};
use crate::json;
use crate::output::{aligned, is_stdout, one_line, print, table, write_file};

/// Width of the picture in logical pixels.
const WIDTH: f32 = 1_000.0;

/// Reads a recording.
pub fn recording(arguments: &arguments::Recording) -> Result<ExitCode, Failure> {
    let name = file_name(&arguments.file);
    let recording = read(&arguments.file, &name)?;
    if let Some(file) = &arguments.svg {
        let sub = made(&recording);
        let trace = recording.trace();
        let title = title(&recording);
        let shown = picture::Recorded { trace: &trace, title: &title, sub: &sub, origin: &name };
        let picture = picture::draw_recorded(shown, WIDTH).map_err(Failure::new)?;
        write_file(file, picture.svg(&arguments.theme.theme()))?;
        if is_stdout(file) {
            return Ok(ExitCode::SUCCESS);
        }
    }
    match arguments.json {
        true => print(&format!("{:#}\n", json::document(as_json(&recording))))?,
        false => print(&text(&recording))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn file_name(file: &Path) -> String {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    one_line(&name.filter(|_| !is_stdout(file)).unwrap_or_else(|| STDIN.to_owned()))
}

fn read(file: &Path, name: &str) -> Result<Recording, Failure> {
    let text = input::read_file(file)?;
    gil_record::read(&text).map_err(|error| {
        let failure = Failure::new(format!("{name}: {error}"));
        if error.help.is_empty() { failure } else { failure.help(error.help) }
    })
}

fn title(recording: &Recording) -> String {
    let threads = count(recording.threads.len(), "thread");
    format!("{threads} of a real program, recorded for {}", recording.end)
}

/// How it was made, and how exact it is.
fn made(recording: &Recording) -> String {
    let by = match recording.made_by.as_str() {
        "" => "Recorded".to_owned(),
        by => format!("Recorded by {by}"),
    };
    match recording.period {
        Some(period) => format!("{by}, sampled about every {period}: times are no more exact."),
        None => format!("{by}."),
    }
}

fn text(recording: &Recording) -> String {
    let mut parts = vec![format!("{}.\n{}", title(recording), made(recording)), threads(recording)];
    let notes = recording.notes.iter().map(|note| format!("Mended: {}", note.0));
    let unknown = recording.cannot_know.iter().map(|one| one.words());
    let said: Vec<String> = notes.chain(unknown).collect();
    parts.push(said.join("\n"));
    parts.join("\n\n") + "\n"
}

/// A line for each thread: time by state, as a share of the time for which it was there.
fn threads(recording: &Recording) -> String {
    let column = |state: State, head: &'static str| {
        let occurs = recording.threads.iter().any(|thread| !time(thread, state).is_zero());
        occurs.then_some((state, head))
    };
    let columns: Vec<(State, &str)> = [
        column(State::HasGil, "has GIL"),
        column(State::Attached, "runs Python"),
        column(State::HoldsOffCpu, "has GIL, off CPU"),
        column(State::WaitingGil, "waits for GIL"),
        column(State::Native, "native"),
        column(State::OffCpu, "off CPU"),
        column(State::Unseen, "not recorded"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let heads =
        ["thread", "id", "there for"].into_iter().chain(columns.iter().map(|(_, head)| *head));
    let mut shown = table(&heads.collect::<Vec<_>>());
    for thread in &recording.threads {
        let there = there(thread);
        let id = thread.id.map_or("-".to_owned(), |id| id.to_string());
        let shares = columns.iter().map(|(state, _)| {
            percent(time(thread, *state).as_secs_f64() / there.as_secs_f64().max(1e-9))
        });
        shown.add_row([thread.name.clone(), id, there.to_string()].into_iter().chain(shares));
    }
    aligned(&shown)
}

fn time(thread: &Recorded, wanted: State) -> Nanos {
    let spans = thread.spans.iter().filter(|span| span.state == wanted);
    spans.map(|span| span.end - span.start).sum()
}

fn there(thread: &Recorded) -> Nanos {
    let away = |state| matches!(state, State::NotStarted | State::Finished);
    let spans = thread.spans.iter().filter(|span| !away(span.state));
    spans.map(|span| span.end - span.start).sum()
}

fn as_json(recording: &Recording) -> Value {
    let gil = match recording.gil {
        GilSeen::Yes => "recorded",
        GilSeen::FreeThreaded => "free_threaded",
        GilSeen::No => "not_recorded",
    };
    json!({
        "source": recording.source.name(),
        "made_by": recording.made_by,
        "sampling_period_ns": recording.period,
        "length_ns": recording.end,
        "cores": recording.cores,
        "gil": gil,
        "threads": recording.threads.iter().map(thread_json).collect::<Value>(),
        "cannot_know": recording.cannot_know.iter().map(|one| one.words()).collect::<Value>(),
        "notes": recording.notes.iter().map(|note| note.0.as_str()).collect::<Value>(),
    })
}

fn thread_json(thread: &Recorded) -> Value {
    json!({
        "name": thread.name,
        "function": thread.function,
        "id": thread.id,
        "there_ns": there(thread),
        "gil_held_ns": time(thread, State::HasGil) + time(thread, State::HoldsOffCpu),
        "gil_waited_ns": time(thread, State::WaitingGil),
        "native_ns": time(thread, State::Native) ,
        "off_cpu_ns": time(thread, State::OffCpu),
        "not_recorded_ns": time(thread, State::Unseen),
    })
}
