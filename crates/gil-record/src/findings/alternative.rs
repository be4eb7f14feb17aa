//! What else could hold a program up, each with what rules it out or points there.

use gil_sim::{Nanos, State};
use gil_words::{count, number, percent};

use super::between::at_once;
use super::thread::rank;
use super::words::names;
use super::{ThreadFindings, share};
use crate::group::Group;
use crate::place::{Doing, Spent};
use crate::recording::{CannotKnow, Recorded, Recording, Source};

/// Something other than the GIL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A lock, a queue or another thread of the program.
    Lock,
    /// Disk or network.
    Io,
    /// Too few cores, or a quota of CPU time.
    Cores,
    /// The garbage collector.
    Collector,
    /// One thread that sleeps, with the GIL or without.
    Sleep,
}

impl Cause {
    /// All of them, in the order in which they're told.
    pub const ALL: [Cause; 5] =
        [Cause::Lock, Cause::Io, Cause::Cores, Cause::Collector, Cause::Sleep];

    /// What it's called.
    pub fn name(self) -> &'static str {
        match self {
            Cause::Lock => "a lock",
            Cause::Io => "disk or network",
            Cause::Cores => "CPU quota or cores",
            Cause::Collector => "the collector",
            Cause::Sleep => "a thread that sleeps",
        }
    }
}

/// How it stands with a cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can't be it, or so little that it doesn't matter.
    RuledOut,
    /// Something points there.
    PointsThere,
    /// The recording can't tell.
    CannotTell,
}

impl Standing {
    /// Its name, as the beginning of a sentence about the evidence.
    pub fn name(self) -> &'static str {
        match self {
            Standing::RuledOut => "ruled out",
            Standing::PointsThere => "points there",
            Standing::CannotTell => "can't tell",
        }
    }
}

/// A cause, and how it stands with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The cause.
    pub cause: Cause,
    /// How it stands with it.
    pub standing: Standing,
    /// Why, in a sentence or two.
    pub evidence: String,
}

/// Less than this share of the time doesn't matter.
const LITTLE: f64 = 0.05;
/// From this share on, it's what the threads do.
const MOST: f64 = 0.5;

/// A recording, and what was found in it so far.
pub(super) struct Look<'a> {
    pub recording: &'a Recording,
    pub groups: &'a [Group],
    pub threads: &'a [ThreadFindings],
}

type Found = (Standing, String);

impl<'a> Look<'a> {
    /// How it stands with each cause.
    pub fn all(&self) -> Vec<Alternative> {
        let of = |cause| {
            let (standing, evidence) = match cause {
                Cause::Lock => self.lock(),
                Cause::Io => self.io(),
                Cause::Cores => self.cores(),
                Cause::Collector => self.collector(),
                Cause::Sleep => self.sleep(),
            };
            Alternative { cause, standing, evidence }
        };
        Cause::ALL.map(of).into_iter().collect()
    }

    fn with_threads(&self) -> impl Iterator<Item = (&'a Recorded, &'a ThreadFindings)> + use<'a> {
        self.recording.threads.iter().zip(self.threads)
    }

    /// Threads that do something; all where none does.
    fn working(&self) -> Vec<(&'a Recorded, &'a ThreadFindings)> {
        let working: Vec<_> = self.with_threads().filter(|(_, found)| !found.is_idle()).collect();
        if working.is_empty() { self.with_threads().collect() } else { working }
    }

    /// Whether the recording says when a thread is off the CPU.
    fn knows_cpu(&self) -> bool {
        self.threads.iter().any(|found| {
            let times = [State::OffCpu, State::HoldsOffCpu, State::Native, State::HasGil];
            times.iter().any(|state| !found.time(*state).is_zero())
        })
    }

    /// The share of their time that working threads are off the CPU and don't want the GIL.
    pub fn off_cpu(&self) -> f64 {
        let working = self.working();
        let sum = |time: fn(&ThreadFindings) -> Nanos| working.iter().map(|(_, f)| time(f)).sum();
        share(sum(ThreadFindings::off_cpu), sum(|found| found.there))
    }

    /// Where working threads are most often while they're off the CPU. One that only waits for
    /// another thread's end doesn't count while there are others.
    pub fn off_cpu_at(&self) -> Option<&'a Spent> {
        let working = self.working().into_iter();
        let spent = working.flat_map(|(thread, _)| thread.places.of_doing(Doing::OffCpu));
        let joins = |spent: &Spent| spent.place.function == "Thread.join";
        spent.map(|(spent, _)| spent).max_by_key(|spent| (!joins(spent), spent.samples))
    }

    fn lock(&self) -> Found {
        let off = self.off_cpu();
        if !self.knows_cpu() {
            return (Standing::CannotTell, CannotKnow::Cpu.words());
        }
        if let Some(told) = self.told(
            &[State::WaitingLock, State::WaitingResult],
            "in a lock",
            Standing::PointsThere,
        ) {
            return told;
        }
        if let Some(said) = self.groups.iter().find_map(|group| self.takes_turns(group)) {
            return (Standing::PointsThere, said);
        }
        if let Some(said) = self.waits_in(&WAITS_FOR_THREADS, "another thread") {
            return (Standing::PointsThere, said);
        }
        match off < LITTLE {
            true => (Standing::RuledOut, self.no_room(off, "a lock")),
            false => (
                Standing::CannotTell,
                format!(
                    "A lock looks the same as I/O here. It can't be more than the {} of their \
                     time for which threads are off the CPU without wanting the GIL.",
                    percent(off)
                ),
            ),
        }
    }

    /// The share of their time that threads are in some states, where the recording says why they're
    /// off the CPU; `much` is how it stands with the cause if that is more than a little.
    fn told(&self, states: &[State], what: &str, much: Standing) -> Option<Found> {
        (self.recording.source == Source::Measured).then(|| {
            let of = |found: &ThreadFindings| states.iter().map(|state| found.time(*state)).sum();
            let times: Nanos = self.threads.iter().map(of).sum();
            let share = share(times, self.threads.iter().map(|found| found.there).sum());
            let standing = if share < LITTLE { Standing::RuledOut } else { much };
            let evidence = format!(
                "Threads were {what} for {} of their time, waits for the GIL at its end included.",
                percent(share)
            );
            (standing, evidence)
        })
    }

    fn no_room(&self, off: f64, what: &str) -> String {
        format!(
            "Threads that do something are off the CPU without wanting the GIL for {} of their \
             time: that leaves no room for {what}.",
            percent(off)
        )
    }

    /// Threads of one kind that are at work in turn, and hardly ever at once, although they don't
    /// wait for the GIL.
    fn takes_turns(&self, group: &Group) -> Option<String> {
        let of: Vec<(&Recorded, &ThreadFindings)> = group
            .threads
            .iter()
            .map(|id| (&self.recording.threads[id.index()], &self.threads[id.index()]))
            .filter(|(_, found)| !found.is_idle())
            .collect();
        if of.len() < 2 {
            return None;
        }
        let end = self.recording.end;
        let times = at_once(of.iter().map(|(thread, _)| *thread), is_active, end);
        let at_once: Nanos = times.iter().skip(2).copied().sum();
        let shares: Vec<f64> = of.iter().map(|(_, found)| share(found.active(), end)).collect();
        let (seen, by_chance) = (share(at_once, end), by_chance(&shares));
        let points = by_chance >= 2.0 * LITTLE && seen < by_chance / 4.0;
        points.then(|| {
            format!(
                "Two of {} are at work at once for {} of the time; by chance it would be {}. They \
                 take turns at something that isn't the GIL.",
                names(of.iter().map(|(thread, _)| thread.name.as_str())),
                percent(seen),
                percent(by_chance)
            )
        })
    }

    /// Threads that spend most of their time off the CPU in functions that wait for something.
    fn waits_in(&self, functions: &[&str], what: &str) -> Option<String> {
        self.working().into_iter().find_map(|(thread, found)| {
            let (spent, of_off) = thread.places.waits_in(functions)?;
            let share = of_off * found.share(found.time(State::OffCpu));
            (share >= MOST).then(|| {
                format!(
                    "{} waits for {what} for {} of its time, mostly in {}.",
                    thread.name,
                    percent(share),
                    spent.words()
                )
            })
        })
    }

    fn io(&self) -> Found {
        let off = self.off_cpu();
        if !self.knows_cpu() {
            return (Standing::CannotTell, CannotKnow::Cpu.words());
        }
        if let Some(told) = self.told(&[State::BlockedIo], "in I/O", Standing::CannotTell) {
            return told;
        }
        if off < LITTLE {
            return (Standing::RuledOut, self.no_room(off, "disk or network"));
        }
        if let Some(said) = self.waits_in(&WAITS_FOR_IO, "I/O") {
            return (Standing::PointsThere, said);
        }
        let said = format!(
            "I/O looks the same as a lock here. It can't be more than the {} of their time for \
             which threads are off the CPU without wanting the GIL.",
            percent(off)
        );
        (Standing::CannotTell, said)
    }

    fn cores(&self) -> Found {
        let quota =
            "A quota isn't in a recording; nr_throttled in the container's cpu.stat has it.";
        let end = self.recording.end;
        let times = at_once(self.recording.threads.iter(), runs, end);
        let mean: f64 =
            times.iter().enumerate().map(|(n, time)| n as f64 * share(*time, end)).sum();
        let Some(cores) = self.recording.cores.filter(|_| self.knows_cpu()) else {
            let said = format!("The recording doesn't say how many cores there are. {quota}");
            return (Standing::CannotTell, said);
        };
        let full: Nanos = times.iter().skip(usize::from(cores)).copied().sum();
        let full = share(full, end);
        let said = format!(
            "{} threads run or are ready to on average, on {}. All cores are taken for {} of the \
             time.",
            number(mean),
            count(usize::from(cores), "core"),
            percent(full)
        );
        match full {
            full if full >= MOST => (Standing::PointsThere, said),
            full if full < 0.2 => (Standing::RuledOut, format!("{said} {quota}")),
            _ => (Standing::CannotTell, format!("{said} {quota}")),
        }
    }

    fn collector(&self) -> Found {
        let collecting: Nanos = self.threads.iter().map(|found| found.collecting).sum();
        let share = share(collecting, self.recording.end);
        let seen = self.recording.sees_collector;
        match share {
            _ if !seen => {
                (Standing::CannotTell, "The recording doesn't say when it runs.".to_owned())
            }
            0.0 => {
                let period = self.recording.period.unwrap_or(Nanos::ZERO);
                let said =
                    format!("No collection was seen, so none was much longer than {period}.");
                (Standing::RuledOut, said)
            }
            share if share < LITTLE => {
                (Standing::RuledOut, format!("It runs for {} of the time.", percent(share)))
            }
            share => {
                (Standing::PointsThere, format!("It runs for {} of the time.", percent(share)))
            }
        }
    }

    fn sleep(&self) -> Found {
        if !self.knows_cpu() {
            return (Standing::CannotTell, CannotKnow::Cpu.words());
        }
        if let Some(told) = self.told(&[State::Asleep], "asleep", Standing::CannotTell) {
            return told;
        }
        let said = self.sleeps_with_gil().or_else(|| self.sleeps_alike()).or_else(|| self.alone());
        match said {
            Some(said) => (Standing::PointsThere, said),
            None if self.off_cpu() < LITTLE => {
                (Standing::RuledOut, self.no_room(self.off_cpu(), "a sleep"))
            }
            None => (
                Standing::CannotTell,
                "A sleep looks the same as I/O here. No thread keeps the GIL while it's off the \
                 CPU, and none was seen off it for the same time again and again."
                    .to_owned(),
            ),
        }
    }

    fn sleeps_with_gil(&self) -> Option<String> {
        let time = |found: &ThreadFindings| found.time(State::HoldsOffCpu);
        let (thread, found) = self.with_threads().max_by_key(|(_, found)| time(found))?;
        let share = share(time(found), self.recording.end);
        (share >= LITTLE).then(|| {
            format!(
                "{} has the GIL and is off the CPU for {}, {} of the time: it blocks in a call \
                 that doesn't let go of it.",
                thread.name,
                time(found),
                percent(share)
            )
        })
    }

    /// A thread that is off the CPU for most of its time, for nearly the same time again and again.
    fn sleeps_alike(&self) -> Option<String> {
        self.with_threads().find_map(|(thread, found)| {
            let spans = thread.spans.iter().filter(|span| span.state == State::OffCpu);
            let mut lengths: Vec<Nanos> = spans.map(|span| span.end - span.start).collect();
            lengths.sort_unstable();
            let (low, median) = (rank(&lengths, 200)?, rank(&lengths, 500)?);
            let high = rank(&lengths, 800)?;
            let period = self.recording.period.unwrap_or(Nanos::ZERO);
            let spread = (high - low).0 as f64 - 2.0 * period.0 as f64;
            let alike = lengths.len() >= 8
                && spread <= 0.15 * median.0 as f64
                && median > period * 4
                && found.share(found.time(State::OffCpu)) >= MOST;
            alike.then(|| {
                format!(
                    "{} is off the CPU for about {median} at a time, {} times: a sleep, a poll, or \
                     an answer that always takes as long.",
                    thread.name,
                    lengths.len()
                )
            })
        })
    }

    /// The only thread that does anything is off the CPU for most of its time.
    fn alone(&self) -> Option<String> {
        let working: Vec<_> = self.with_threads().filter(|(_, found)| !found.is_idle()).collect();
        let [(thread, found)] = working[..] else { return None };
        let off = found.share(found.time(State::OffCpu));
        (off >= MOST && self.threads.len() > 1).then(|| {
            format!(
                "Only {} does anything, and it's off the CPU for {} of its time.",
                thread.name,
                percent(off)
            )
        })
    }
}

/// Functions of `threading.py` and `queue.py` in which a thread waits for another one.
const WAITS_FOR_THREADS: [&str; 8] = [
    "Condition.wait",
    "Event.wait",
    "Semaphore.acquire",
    "Barrier.wait",
    "Barrier._wait",
    "Queue.get",
    "Queue.put",
    "Queue.join",
];

/// Functions of the standard library in which a thread waits for a file, a connection or another
/// process.
const WAITS_FOR_IO: [&str; 18] = [
    "SocketIO.readinto",
    "SocketIO.write",
    "SSLSocket.read",
    "SSLSocket.write",
    "SSLSocket.recv",
    "SSLSocket.recv_into",
    "socket.accept",
    "create_connection",
    "getaddrinfo",
    "SelectSelector.select",
    "PollSelector.select",
    "EpollSelector.select",
    "KqueueSelector.select",
    "Connection._recv",
    "Connection._send",
    "Popen._try_wait",
    "Popen._communicate",
    "Popen.poll",
];

/// Whether a thread runs or wants to.
fn is_active(state: State) -> bool {
    runs(state) || matches!(state, State::HoldsOffCpu | State::WaitingGil)
}

/// Whether a thread is on a CPU or ready for one.
fn runs(state: State) -> bool {
    matches!(state, State::HasGil | State::Native | State::Attached | State::Ready)
}

/// For how much of the time at least two are at work, if each is for its share and doesn't care
/// about the others.
fn by_chance(shares: &[f64]) -> f64 {
    let none: f64 = shares.iter().map(|share| 1.0 - share).product();
    let alone = |at: usize| -> f64 {
        let of = |(i, share): (usize, &f64)| if i == at { *share } else { 1.0 - share };
        shares.iter().enumerate().map(of).product()
    };
    1.0 - none - (0..shares.len()).map(alone).sum::<f64>()
}
