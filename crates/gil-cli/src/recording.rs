//! `gil recording`: what a recording of a real program says.

mod as_json;
mod scenario;

use std::path::Path;
use std::process::ExitCode;

use gil_record::findings::{ThreadFindings, Was};
use gil_record::{Findings, GilSeen, Recording, Spent};
use gil_share::picture;
use gil_sim::{Nanos, State, ThreadId};
use gil_words::{count, percent};

use crate::arguments;
use crate::error::Failure;
use crate::input::{self, STDIN};
use crate::json;
use crate::output::{aligned, is_stdout, one_line, print, table, write_file};

/// Width of the picture in logical pixels.
const WIDTH: f32 = 1_000.0;

/// Threads that are told of one by one; of more, those that waited most.
const TOLD: usize = 12;

/// Reads a recording.
pub fn recording(arguments: &arguments::Recording) -> Result<ExitCode, Failure> {
    let name = file_name(&arguments.file);
    let recording = read(&arguments.file, &name)?;
    let findings = Findings::of(&recording);
    if let Some(file) = &arguments.svg {
        let (title, sub) = (findings.headline(&recording), made(&recording));
        let trace = recording.trace();
        let shown = picture::Recorded { trace: &trace, title: &title, sub: &sub, origin: &name };
        let picture = picture::draw_recorded(shown, WIDTH).map_err(Failure::new)?;
        write_file(file, picture.svg(&arguments.theme.theme()))?;
        if is_stdout(file) {
            return Ok(ExitCode::SUCCESS);
        }
    }
    if arguments.scenario {
        return scenario::scenario(&recording, &findings, arguments.json);
    }
    let found = Found { recording: &recording, findings: &findings };
    match arguments.json {
        true => print(&format!("{:#}\n", json::document(found.json())))?,
        false => print(&found.text())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The name of a file for a sentence.
pub fn file_name(file: &Path) -> String {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    one_line(&name.filter(|_| !is_stdout(file)).unwrap_or_else(|| STDIN.to_owned()))
}

fn read(file: &Path, name: &str) -> Result<Recording, Failure> {
    let text = input::read_file(file)?;
    gil_record::read(&text).map_err(|error| unreadable(name, error))
}

/// A file that isn't what it should be.
pub fn unreadable(name: &str, error: gil_record::Unreadable) -> Failure {
    let failure = Failure::new(format!("{name}: {error}"));
    if error.help.is_empty() { failure } else { failure.help(error.help) }
}

/// What was recorded, how, and how exact it is.
fn made(recording: &Recording) -> String {
    let threads = count(recording.threads.len(), "thread");
    let by = match recording.made_by.as_str() {
        "" => String::new(),
        by => format!(" by {by}"),
    };
    let made = format!("{threads}, {} recorded{by}", recording.end);
    match recording.period {
        Some(period) => format!("{made}, sampled about every {period}: times are no more exact."),
        None => format!("{made}."),
    }
}

struct Found<'a> {
    recording: &'a Recording,
    findings: &'a Findings,
}

impl Found<'_> {
    fn text(&self) -> String {
        let Found { recording, findings } = *self;
        let mut parts = vec![findings.headline(recording), made(recording), self.threads()];
        parts.extend(self.waiting());
        let convoys = findings.convoys.iter();
        parts.extend(convoys.map(|convoy| findings.convoy_words(recording, convoy)));
        parts.extend(findings.keeps.iter().map(|keeps| findings.keeps_words(recording, keeps)));
        parts.extend(self.places());
        parts.push(self.alternatives());
        let notes = recording.notes.iter().map(|note| format!("Mended: {}", note.0));
        let unknown = recording.cannot_know.iter().map(|one| one.words());
        parts.push(notes.chain(unknown).collect::<Vec<_>>().join("\n"));
        parts.join("\n\n") + "\n"
    }

    /// A line for each thread: time by state, as a share of the time for which it was there.
    fn threads(&self) -> String {
        let columns: Vec<(State, &str)> = COLUMNS
            .into_iter()
            .filter(|(state, _)| self.findings.threads.iter().any(|t| !t.time(*state).is_zero()))
            .collect();
        let has_gil = self.recording.gil == GilSeen::Yes;
        let mut heads = vec!["thread", "id", "there for"];
        heads.extend(columns.iter().map(|(_, head)| *head));
        if has_gil {
            heads.extend(["waits", "median", "p90", "longest", "turns seen"]);
        }
        let mut shown = table(&heads);
        for (thread, found) in self.recording.threads.iter().zip(&self.findings.threads) {
            let id = thread.id.map_or("-".to_owned(), |id| id.to_string());
            let mut row = vec![thread.name.clone(), id, found.there.to_string()];
            row.extend(columns.iter().map(|(state, _)| percent(found.share(found.time(*state)))));
            if has_gil {
                row.extend(waits(found));
            }
            shown.add_row(row);
        }
        aligned(&shown)
    }

    /// How threads waited, and who had the GIL meanwhile.
    fn waiting(&self) -> Option<String> {
        let Found { recording, findings } = *self;
        let mut waiters: Vec<ThreadId> = (0..findings.threads.len() as u16)
            .map(ThreadId)
            .filter(|id| findings.threads[id.index()].waited_share() >= 0.01)
            .collect();
        waiters.sort_by_key(|id| std::cmp::Reverse(findings.threads[id.index()].waits.total));
        let left = waiters.len().saturating_sub(TOLD);
        waiters.truncate(TOLD);
        waiters.sort_unstable();
        let mut lines: Vec<String> = waiters.iter().map(|id| self.waiter(*id)).collect();
        if left > 0 {
            lines.push(format!("{} more waited for less; --json has all.", count(left, "thread")));
        }
        lines.extend((0..findings.threads.len() as u16).filter_map(|id| {
            let unseen = findings.unseen_words(recording, ThreadId(id));
            unseen.filter(|_| usize::from(id) < recording.threads.len())
        }));
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    fn waiter(&self, id: ThreadId) -> String {
        let Found { recording, findings } = *self;
        let waited = findings.threads[id.index()].waits.total;
        let holders = findings.while_waiting.of(id).iter().take(3).filter_map(|(holder, time)| {
            let share = time.as_secs_f64() / waited.as_secs_f64().max(1e-9);
            (share >= 0.01).then(|| format!("{} {}", recording.name(*holder), percent(share)))
        });
        let holders: Vec<String> = holders.collect();
        let held = match holders.is_empty() {
            true => "Nobody was seen with it meanwhile.".to_owned(),
            false => format!("Held meanwhile by {}.", holders.join(", ")),
        };
        format!("{} {held}", findings.waits_words(recording, id))
    }

    /// Where in the program threads were, by what they did.
    fn places(&self) -> Option<String> {
        let Found { recording, findings } = *self;
        let mut shown = table(&["thread", "", "of its time", "most often in"]);
        for (at, thread) in recording.threads.iter().enumerate() {
            for Was { doing, share, places } in
                findings.where_it_was(recording, ThreadId(at as u16))
            {
                let place = |(spent, share): &(&Spent, f64)| {
                    format!("{} ({})", spent.words(), percent(*share))
                };
                let places: Vec<String> = places.iter().map(place).collect();
                let name = thread.name.as_str();
                shown.add_row([name, doing.name(), &percent(share), &places.join("; ")]);
            }
        }
        (!shown.is_empty()).then(|| aligned(&shown))
    }

    fn alternatives(&self) -> String {
        let mut shown = table(&["what else", "", "why"]);
        for one in &self.findings.alternatives {
            shown.add_row([one.cause.name(), one.standing.name(), one.evidence.as_str()]);
        }
        aligned(&shown)
    }
}

/// States that have a column, where one occurs.
const COLUMNS: [(State, &str); 13] = [
    (State::HasGil, "has GIL"),
    (State::Attached, "runs Python"),
    (State::HoldsOffCpu, "has GIL, off CPU"),
    (State::WaitingGil, "waits for GIL"),
    (State::Native, "native"),
    (State::OffCpu, "off CPU"),
    (State::Ready, "no core"),
    (State::BlockedIo, "I/O"),
    (State::Asleep, "asleep"),
    (State::WaitingLock, "lock"),
    (State::Idle, "no job"),
    (State::WaitingResult, "result"),
    (State::Unseen, "not recorded"),
];

fn waits(found: &ThreadFindings) -> [String; 5] {
    let time = |time: Option<Nanos>| time.map_or("-".to_owned(), |time| time.to_string());
    let waits = &found.waits;
    [
        waits.count().to_string(),
        time(waits.median),
        time(waits.p90),
        time(waits.longest),
        found.seen_turns.to_string(),
    ]
}
