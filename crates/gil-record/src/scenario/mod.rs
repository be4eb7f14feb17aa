//! A scenario made from a recording: groups of threads that behave alike, what each of them does
//! between its waits, and how well a simulation of that agrees with the recording.

mod agreement;
mod lengths;
mod passes;
mod sampled;

use gil_sim::{
    Group as Simulated, Machine, Nanos, Os, Outcome, Python, Repeat, Scenario, Spec, State, Step,
};
use gil_sim::{Strategy, ThreadId, bounds};

pub use agreement::{Agreement, Figure, Row};

use crate::findings::ThreadFindings;
use crate::group::Group;
use crate::recording::{GilSeen, Recording};
use crate::{Findings, findings};
use passes::Passes;

pub(crate) use lengths::round;

/// A scenario that stands for a recorded program.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// The scenario: valid, and small enough for a link.
    pub scenario: Scenario,
    /// The same in the notation.
    pub notation: String,
    /// Of each of its groups the index in [`Findings::groups`].
    pub groups: Vec<usize>,
    /// What it leaves out or assumes, in a sentence each.
    pub notes: Vec<String>,
}

/// The longest that is simulated of a recording: shares and waits are the same after that.
const LONGEST: Nanos = Nanos::from_secs(3);
/// A pass of a thread that computes without a break.
const PASS: Nanos = Nanos::from_millis(5);

/// Makes a scenario of a recording.
///
/// # Errors
/// A sentence: what is missing in the recording.
pub fn make(recording: &Recording, findings: &Findings) -> Result<Made, String> {
    match recording.gil {
        GilSeen::Yes => {}
        GilSeen::FreeThreaded => {
            return Err("this program ran without a GIL, and a scenario is about what the GIL \
                        does to it; record it with a default build"
                .to_owned());
        }
        GilSeen::No => {
            return Err(
                "the recording has no GIL data, so nobody knows what the threads did with \
                        it"
                .to_owned(),
            );
        }
    }
    let mut notes = Vec::new();
    let chosen = choose(findings, &mut notes);
    if chosen.is_empty() {
        return Err("no thread ran for long enough to make a group of it".to_owned());
    }
    let mut spec = Spec {
        python: Python::newest(),
        machine: Machine::of(Os::Linux, cores(recording)),
        ..Spec::default()
    };
    let mut groups = Vec::new();
    let mut room = *bounds::THREADS.end();
    for at in chosen {
        let group = &findings.groups[at];
        let fits = u16::try_from(group.threads.len()).unwrap_or(u16::MAX).min(room);
        if usize::from(fits) < group.threads.len() {
            notes.push(format!(
                "Of {}'s {} threads {fits} are in it, because a scenario has at most {}.",
                group.name,
                group.threads.len(),
                bounds::THREADS.end()
            ));
        }
        if fits == 0 {
            continue;
        }
        room -= fits;
        let made = Maker { recording, findings, group }.group(&spec, fits);
        spec.groups.push(made);
        groups.push(at);
    }
    notes.push(format!(
        "It assumes Python {}, Linux and a switch interval of {}: the recording doesn't say.",
        spec.python, spec.switch_interval
    ));
    let mut scenario = checked(spec.clone())?;
    if gil_sim::run(&scenario).outcome == Outcome::EventLimit {
        spec.limits.events = *bounds::LIMIT_EVENTS.end();
        scenario = checked(spec)?;
    }
    let notation = gil_notation::print_scenario(&scenario);
    Ok(Made { scenario, notation, groups, notes })
}

fn checked(spec: Spec) -> Result<Scenario, String> {
    Scenario::new(spec).map_err(|wrong| {
        let first = wrong.first().map(ToString::to_string).unwrap_or_default();
        format!("what was recorded doesn't fit into a scenario: {first}")
    })
}

fn cores(recording: &Recording) -> u16 {
    let most = *bounds::CORES.end();
    recording.cores.map_or_else(|| Machine::default().cores, |cores| cores.clamp(1, most))
}

/// Groups that do something, those that ran or wanted to for longest; in the order of the
/// recording.
fn choose(findings: &Findings, notes: &mut Vec<String>) -> Vec<usize> {
    let active = |at: &usize| -> Nanos {
        let of = findings.groups[*at].threads.iter();
        of.map(|id| findings.threads[id.index()].active()).sum()
    };
    let is_idle = |at: &usize| {
        findings.groups[*at].threads.iter().all(|id| does_nothing(&findings.threads[id.index()]))
    };
    let (idle, mut working): (Vec<usize>, Vec<usize>) =
        (0..findings.groups.len()).partition(is_idle);
    if !idle.is_empty() {
        let names = idle.iter().map(|at| findings.groups[*at].name.as_str());
        notes.push(format!("{} did next to nothing and isn't in it.", findings::names(names)));
    }
    working.sort_by_key(|at| std::cmp::Reverse(active(at)));
    let most = *bounds::GROUPS.end();
    if working.len() > most {
        let left = working.len() - most;
        notes.push(format!("{left} more groups ran for less time and aren't in it."));
        working.truncate(most);
    }
    working.sort_unstable();
    working
}

/// Whether a thread ran so little that nobody can say what it does: it's idle, or it waited for the
/// GIL once or twice and was hardly seen with it.
fn does_nothing(found: &ThreadFindings) -> bool {
    let ran = found.share(found.held() + found.time(State::Native));
    found.is_idle() || (ran < RAN && found.turns < TURNS)
}

/// A thread that ran for less than this share of its time, in fewer turns than these, has no
/// program that can be read off.
const RAN: f64 = 0.02;
const TURNS: u64 = 5;

/// Makes one group.
struct Maker<'a> {
    recording: &'a Recording,
    findings: &'a Findings,
    group: &'a Group,
}

impl Maker<'_> {
    fn threads(&self) -> impl Iterator<Item = (ThreadId, &ThreadFindings)> {
        self.group.threads.iter().map(|id| (*id, &self.findings.threads[id.index()]))
    }

    fn group(&self, spec: &Spec, count: u16) -> Simulated {
        let starts = self.group.threads.iter().map(|id| self.recording.threads[id.index()].start());
        let start = starts.min().unwrap_or(Nanos::ZERO);
        // Whatever was recorded for long is simulated for less, from the beginning on.
        let start = if self.recording.end > LONGEST { Nanos::ZERO } else { lengths::round(start) };
        let mut there: Vec<Nanos> = self.threads().map(|(_, found)| found.there).collect();
        there.sort_unstable();
        let there = findings::rank(&there, 500).unwrap_or(LONGEST).min(LONGEST);
        Simulated {
            name: spec.free_name(&name(&self.group.name)),
            count,
            start,
            steps: self.steps(),
            repeat: Repeat::For(lengths::round(there)),
            strategy: Strategy::Threads,
        }
    }

    fn steps(&self) -> Vec<Step> {
        let mut all = Passes::default();
        let period = self.recording.period.unwrap_or(Nanos::ZERO);
        for (id, found) in self.threads() {
            // What it had the GIL for in turns that weren't seen: as long as it was seen with it,
            // spread over all of its turns, because samples miss no share of the time on average.
            let unseen = found.held() / found.turns.max(1);
            let spans = &self.recording.threads[id.index()].spans;
            all.add(spans, period, unseen.min(period).max(Nanos::from_micros(1)));
        }
        let work = self.work(&all);
        if !all.releases() {
            return work.into_iter().collect();
        }
        let (native, off) = all.away();
        let release = lengths::fit(&native).map(|work| Step::NativeReleasing { work });
        let off = lengths::fit(&off).map(|wait| Step::Io { wait });
        work.into_iter().chain(release).chain(off).collect()
    }

    /// What a pass does with the GIL.
    fn work(&self, passes: &Passes) -> Option<Step> {
        let held: Nanos = self.threads().map(|(_, found)| found.held()).sum();
        if held.is_zero() && passes.releases() {
            return None;
        }
        let work = match passes.releases() {
            true => lengths::fit(&passes.work)?,
            false => gil_sim::Dist::Fixed(PASS),
        };
        match self.keeps_gil() {
            None => Some(Step::Python { work, check: None }),
            Some(call) => Some(Step::NativeHolding {
                work: if passes.releases() { work } else { gil_sim::Dist::Fixed(call) },
            }),
        }
    }

    /// How long a call of the group keeps the GIL although others wait, where one does: others
    /// then wait behind a single turn of it for much longer than a switch interval.
    fn keeps_gil(&self) -> Option<Nanos> {
        let holders = &self.recording.holders;
        let own = |id: &ThreadId| self.group.threads.contains(id);
        let mut waits: Vec<Nanos> = Vec::new();
        for (at, found) in self.findings.threads.iter().enumerate() {
            if own(&ThreadId(at as u16)) {
                continue;
            }
            for (start, end) in &found.waits.spans {
                let behind = holders.partition_point(|span| span.end <= *start);
                let Some(span) = holders.get(behind).filter(|span| own(&span.thread)) else {
                    continue;
                };
                let both = span.end.min(*end) - span.start.max(*start);
                if both.0 as f64 >= 0.9 * (*end - *start).0 as f64 {
                    waits.push(*end - *start);
                }
            }
        }
        waits.sort_unstable();
        let usual = gil_sim::Spec::default().switch_interval;
        let (median, long) = (findings::rank(&waits, 500)?, findings::rank(&waits, 900)?);
        (waits.len() >= 5 && median > usual * 8 / 5).then(|| lengths::round(long))
    }
}

/// A group's name as the notation takes it: up to 16 letters, digits and underscores.
fn name(of: &str) -> String {
    let longest = *bounds::NAME.end();
    let plain = of.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
    let plain: String = plain.skip_while(|c| !c.is_ascii_alphabetic()).take(longest).collect();
    let plain = plain.trim_end_matches('_');
    if plain.is_empty() { "group".to_owned() } else { plain.to_owned() }
}
