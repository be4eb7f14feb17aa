//! What was found, as sentences.

use gil_sim::{Nanos, ThreadId};
use gil_words::{count, percent};

use super::{Cause, Convoy, Findings, Keeps, Shape, Standing, ThreadFindings, Verdict, share};
use crate::group::Group;
use crate::place::{Doing, Spent};
use crate::recording::{CannotKnow, GilSeen, Recording};

/// What is looked at first: what points to one cause alone, before what fits several.
const FIRST: [Cause; 5] = [Cause::Lock, Cause::Collector, Cause::Sleep, Cause::Cores, Cause::Io];

/// From this share on, it's what threads do.
const MOST: f64 = 0.5;
/// Less than this share of a thread's time isn't worth a line.
const PART: f64 = 0.05;

/// Names for a sentence: `a`, `a and b`, `a, b and 3 others`.
pub(crate) fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const SHOWN: usize = 3;
    let all: Vec<&str> = names.collect();
    match all.as_slice() {
        [] => "no thread".to_owned(),
        [one] => (*one).to_owned(),
        [some @ .., last] if all.len() <= SHOWN => format!("{} and {last}", some.join(", ")),
        many => {
            let shown = many[..SHOWN - 1].join(", ");
            format!("{shown} and {} others", many.len() + 1 - SHOWN)
        }
    }
}

/// What a thread did for a good part of its time.
#[derive(Clone, Debug, PartialEq)]
pub struct Was<'r> {
    /// What it did.
    pub doing: Doing,
    /// The share of its time, of 1.
    pub share: f64,
    /// At most two places, with their share of that time, of 1.
    pub places: Vec<(&'r Spent, f64)>,
}

impl Findings {
    /// Whether it's the GIL, in a sentence or two: the first that a reader sees.
    pub fn headline(&self, recording: &Recording) -> String {
        match self.verdict {
            Verdict::Yes => format!("It's the GIL. {}", self.who_waits(recording)),
            Verdict::Partly => format!("It's partly the GIL. {}", self.who_waits(recording)),
            Verdict::No => {
                let alone = self.alone(recording).unwrap_or_default();
                let instead = self.instead();
                format!("It isn't the GIL: {}{alone}{instead}", self.hardly(recording))
            }
            Verdict::NoGil => format!(
                "It isn't the GIL: several threads ran Python at once, so this is a free-threaded \
                 build.{}",
                self.instead()
            ),
            Verdict::CannotTell if recording.gil == GilSeen::No => CannotKnow::Gil.words(),
            Verdict::CannotTell => {
                "This recording can't tell whether it's the GIL: threads wait for it at the end of \
                 I/O and of calls, too, and that counts as part of these here. gil measured holds \
                 the figures against a simulation."
                    .to_owned()
            }
        }
    }

    /// Who waited most, and who had it meanwhile.
    fn who_waits(&self, recording: &Recording) -> String {
        if let Some(convoy) = self.worst_convoy() {
            return self.behind(recording, convoy.holder);
        }
        let Some(at) = self.waits_most(recording) else { return String::new() };
        let held = self.gil_held.unwrap_or_default();
        let waited = self.group_share(&self.groups[at], |thread| thread.waits.total);
        format!(
            "{} waited for it {} of the time. It was held {} of the time.",
            self.members(recording, at),
            percent(waited),
            percent(held)
        )
    }

    /// Those that wait in a convoy behind a thread, and where that thread is meanwhile.
    fn behind(&self, recording: &Recording, holder: ThreadId) -> String {
        let convoys = self.convoys.iter().filter(|convoy| convoy.holder == holder);
        let waiters: Vec<ThreadId> =
            convoys.flat_map(|convoy| self.groups[convoy.group].threads.iter().copied()).collect();
        let found = || waiters.iter().map(|id| &self.threads[id.index()]);
        let waited: Nanos = found().map(|thread| thread.waits.total).sum();
        let held: Nanos = waiters.iter().map(|id| self.while_waiting.time(*id, holder)).sum();
        format!(
            "{} waited for it {} of the time, and {} had it for {} of that.{}",
            names(waiters.iter().map(|id| recording.name(*id))),
            percent(share(waited, found().map(|thread| thread.there).sum())),
            recording.name(holder),
            percent(share(held, waited)),
            self.holder_is_in(recording, holder)
        )
    }

    /// Where a thread is while it has the GIL, as a sentence.
    fn holder_is_in(&self, recording: &Recording, holder: ThreadId) -> String {
        let thread = &recording.threads[holder.index()];
        match thread.places.of_doing(Doing::Python).next() {
            Some((spent, _)) => format!(" It was most often in {}.", spent.words()),
            None => String::new(),
        }
    }

    /// The group that waited for the largest share of its time; those that were there for a moment
    /// don't count.
    fn waits_most(&self, recording: &Recording) -> Option<usize> {
        let is_long = |group: &Group| {
            let there = |id: &ThreadId| self.threads[id.index()].there;
            group
                .threads
                .iter()
                .map(there)
                .max()
                .is_some_and(|there| share(there, recording.end) > 0.05)
        };
        let waited = |at: &usize| self.group_share(&self.groups[*at], |thread| thread.waits.total);
        let groups = (0..self.groups.len()).filter(|at| is_long(&self.groups[*at]));
        groups.max_by(|a, b| waited(a).total_cmp(&waited(b)))
    }

    fn hardly(&self, recording: &Recording) -> String {
        let Some(at) = self.waits_most(recording) else {
            return "no thread waited for it.".to_owned();
        };
        let waited = self.group_share(&self.groups[at], |thread| thread.waits.total);
        match waited {
            0.0 => "no thread was seen waiting for it.".to_owned(),
            waited => format!(
                "{} waited for it {} of the time, and nobody waited more.",
                self.members(recording, at),
                percent(waited)
            ),
        }
    }

    /// The thread that computes, where it's the only one that wants the GIL.
    fn alone(&self, recording: &Recording) -> Option<String> {
        let held = |at: &usize| self.threads[*at].held();
        let at = (0..self.threads.len()).max_by_key(held)?;
        let share = share(held(&at), recording.end);
        (share >= 0.5).then(|| {
            let name = &recording.threads[at].name;
            format!(" {name} had it {} of the time: one thread computes.", percent(share))
        })
    }

    /// The first of the alternatives that something points to.
    fn instead(&self) -> String {
        let points = |cause: &Cause| {
            let mut all = self.alternatives.iter();
            all.find(|one| one.cause == *cause && one.standing == Standing::PointsThere)
        };
        match FIRST.iter().find_map(points) {
            Some(one) => format!(" Look at {} first. {}", one.cause.name(), one.evidence),
            None => self.off_cpu_words().unwrap_or_default(),
        }
    }

    /// Where threads are off the CPU, if that is what they do for most of their time.
    fn off_cpu_words(&self) -> Option<String> {
        let off = percent((self.off_cpu >= MOST).then_some(self.off_cpu)?);
        let said = format!(" Threads that do something are off the CPU for {off} of their time");
        Some(match &self.off_cpu_at {
            Some(spent) => format!(
                "{said}, most often in {}: look at what it waits for there, a lock, I/O or a sleep.",
                spent.words()
            ),
            None => format!("{said}: in a lock, in I/O or asleep."),
        })
    }

    /// What a thread did for a good part of its time, and where it was then.
    pub fn where_it_was<'r>(&self, recording: &'r Recording, thread: ThreadId) -> Vec<Was<'r>> {
        let found = &self.threads[thread.index()];
        let places = &recording.threads[thread.index()].places;
        let part = |doing: Doing| {
            let most = places.of_doing(doing).take(2).filter(|(_, share)| *share >= PART);
            let was = Was { doing, share: found.share(found.doing(doing)), places: most.collect() };
            (was.share >= PART && !was.places.is_empty()).then_some(was)
        };
        Doing::ALL.into_iter().filter_map(part).collect()
    }

    /// That a thread keeps the GIL although others ask for it, in two sentences.
    pub fn keeps_words(&self, recording: &Recording, keeps: &Keeps) -> String {
        let thread = &recording.threads[keeps.thread.index()];
        let most = thread.places.of_doing(Doing::Python).next();
        let place = most.map_or(String::new(), |(spent, _)| format!(", in {}", spent.words()));
        format!(
            "{} keeps the GIL while others wait: {} at a time, the longest {}. Python code lets go \
             within the switch interval, 5 ms unless the program sets it, so this is C code that \
             doesn't{place}.",
            thread.name, keeps.stretch, keeps.longest
        )
    }

    fn worst_convoy(&self) -> Option<&Convoy> {
        self.convoys.iter().max_by(|a, b| a.waited.total_cmp(&b.waited))
    }

    fn members(&self, recording: &Recording, group: usize) -> String {
        names(self.groups[group].threads.iter().map(|id| recording.name(*id)))
    }

    /// A time of a group's threads, as a share of the time for which they were there.
    pub fn group_share(&self, group: &Group, time: fn(&ThreadFindings) -> Nanos) -> f64 {
        let of = || group.threads.iter().map(|id| &self.threads[id.index()]);
        share(of().map(time).sum(), of().map(|thread| thread.there).sum())
    }

    /// A convoy, in two sentences: the suspicion and its evidence.
    pub fn convoy_words(&self, recording: &Recording, convoy: &Convoy) -> String {
        let who = self.members(recording, convoy.group);
        let turn = match recording.period {
            Some(period) if convoy.turn < period => format!("less than {period}"),
            _ => format!("{} on average", convoy.turn),
        };
        format!(
            "This looks like a convoy: {who} waited {} times behind {}, {} at the median. Each \
             time they got the GIL, they kept it for {turn}.",
            convoy.waits,
            recording.name(convoy.holder),
            convoy.median
        )
    }

    /// How a thread waited: once for long, or often for short.
    pub fn waits_words(&self, recording: &Recording, thread: ThreadId) -> String {
        let name = recording.name(thread);
        let waits = &self.threads[thread.index()].waits;
        let (Some(median), Some(longest)) = (waits.median, waits.longest) else {
            return format!("{name} wasn't seen waiting for the GIL.");
        };
        match waits.shape() {
            Shape::None => format!("{name} wasn't seen waiting for the GIL."),
            _ if waits.count() == 1 => format!("{name} waited once for the GIL, for {longest}."),
            Shape::OneLong => {
                format!("{name} waited {} for the GIL, {longest} of it at once.", waits.total)
            }
            Shape::Many => format!(
                "{name} waited {} for the GIL: {}, {median} at the median, the longest {longest}.",
                waits.total,
                count(waits.count(), "wait")
            ),
        }
    }

    /// Turns that weren't seen, because they were shorter than the time between two samples.
    pub fn unseen_words(&self, recording: &Recording, thread: ThreadId) -> Option<String> {
        let found = &self.threads[thread.index()];
        let period = recording.period?;
        let unseen = found.turns - found.seen_turns;
        (unseen * 2 > found.turns && unseen >= 5).then(|| {
            format!(
                "{} got the GIL about {} times and was seen with it {}: its turns are mostly \
                 shorter than {period}.",
                recording.name(thread),
                found.turns,
                match found.seen_turns {
                    0 => "never".to_owned(),
                    1 => "once".to_owned(),
                    n => format!("{n} times"),
                }
            )
        })
    }
}
