//! What a run says about each cause, seen from one group.

use gil_sim::program::{longest_call, shares, walk};
use gil_sim::stats::{GroupStats, Percentiles, Stats};
use gil_sim::{Group, Nanos, Outcome, Regulation, Repeat, State, Step, StepKind, Strategy, Trace};
use gil_words::{number, percent};

use super::{Cause, Finding};
use crate::candidate::workers;
use crate::check::Check;
use crate::question::Question;
use crate::steps::{computing, stops_loop};
use crate::words::{names, rounded};

/// A run, seen from one group.
pub(super) struct Look<'a> {
    question: &'a Question,
    group: &'a Group,
    trace: &'a Trace,
    stats: &'a Stats,
    /// Time of the group's threads while they had something to do.
    time: f64,
}

impl<'a> Look<'a> {
    pub fn new(question: &'a Question, trace: &'a Trace, stats: &'a Stats) -> Look<'a> {
        let group = question.group();
        let mut look = Look { question, group, trace, stats, time: 0.0 };
        let away = [State::NotStarted, State::Finished, State::Idle];
        let states = State::ALL.iter().filter(|state| !away.contains(state));
        look.time = states.map(|state| look.seconds(*state)).sum();
        look
    }

    /// Everything that holds the group up, in no order.
    pub fn all(&self) -> Vec<Finding> {
        let causes = [
            self.deadlock(),
            self.keeps_gil(),
            self.convoy(),
            self.computing(),
            self.event_loop(),
            self.lock(),
            self.shared_object(),
            self.pickling(),
            self.start_up(),
            self.cores(),
            self.queue(),
            self.alone(),
            self.waiting(),
        ];
        causes.into_iter().flatten().collect()
    }

    /// Seconds that the group's threads spent in a state, added up.
    fn seconds(&self, state: State) -> f64 {
        let threads = self.trace.threads.iter().zip(&self.stats.threads);
        let mine = threads.filter(|(thread, _)| thread.group == self.question.group);
        mine.map(|(_, stats)| stats.time(state).as_secs_f64()).sum()
    }

    /// The part of the group's time in some states.
    fn share(&self, states: &[State]) -> f64 {
        let sum: f64 = states.iter().map(|state| self.seconds(*state)).sum();
        if self.time > 0.0 { sum / self.time } else { 0.0 }
    }

    fn gil_wait(&self) -> f64 {
        self.share(&[State::WaitingGil, State::ForcedSwitch])
    }

    fn away(&self) -> f64 {
        self.share(&[State::BlockedIo, State::Asleep, State::WaitingResult])
    }

    /// The part of the run during which somebody held the GIL, where there is one for all.
    fn held(&self) -> f64 {
        let wall = self.stats.wall.as_secs_f64();
        let held =
            self.trace.gils.first().map_or(Nanos::ZERO, |gil| {
                gil.spans.iter().map(|span| span.end - span.start).sum()
            });
        if wall > 0.0 { held.as_secs_f64() / wall } else { 0.0 }
    }

    fn finding(
        &self,
        cause: Cause,
        weight: f64,
        title: String,
        evidence: String,
    ) -> Option<Finding> {
        Some(Finding { cause, title, evidence, check: Check::of(cause), weight })
    }

    fn deadlock(&self) -> Option<Finding> {
        let Outcome::Deadlock(threads) = &self.trace.outcome else { return None };
        let names: Vec<String> =
            threads.iter().take(3).map(|t| self.trace.name(*t).to_owned()).collect();
        let title = "Threads wait for each other forever: a deadlock.".to_owned();
        let evidence =
            format!("From {} on, {} wait for locks.", self.trace.end, crate::words::names(&names));
        self.finding(Cause::Deadlock, 2.0, title, evidence)
    }

    /// The group's C calls or those of others that keep the GIL for longer than an interval.
    fn keeps_gil(&self) -> Option<Finding> {
        let spec = self.question.scenario.spec();
        if spec.regulation() != Regulation::SwitchInterval {
            return None;
        }
        let calls = spec.groups.iter().filter(|group| !group.strategy.is_apart());
        let longest = calls
            .filter_map(|group| Some((longest_call(&group.steps)?, &group.name)))
            .max_by_key(|(call, _)| *call)?;
        let (call, name) = longest;
        let latency = self.worst_io().max(self.io().1);
        let weight = self.gil_wait().max(if latency > spec.switch_interval { 0.5 } else { 0.0 });
        if call < Nanos::from_millis(1) || weight < 0.1 {
            return None;
        }
        let title = format!(
            "A C call of {name} keeps the GIL for {call}, and no other thread can ask for it."
        );
        let evidence = format!(
            "{} waits for the GIL {} of its time{}.",
            self.group.name,
            percent(self.gil_wait()),
            if latency.is_zero() {
                String::new()
            } else {
                format!("; after I/O, up to {latency} at once")
            }
        );
        // A shorter interval does not help against this, so it comes before the other two.
        self.finding(Cause::KeepsGil, weight + 0.1, title, evidence)
    }

    fn worst_io(&self) -> Nanos {
        self.stats.groups.iter().filter_map(|group| group.wakeup?.p95).max().unwrap_or_default()
    }

    fn mine(&self) -> &GroupStats {
        // Figures have the groups of their scenario.
        self.stats.group(self.question.group).unwrap_or(&self.stats.groups[0])
    }

    /// Median and 95th percentile of the time from the completion of the group's I/O until its
    /// thread goes on; zero where there is none.
    fn io(&self) -> (Nanos, Nanos) {
        let wakeup = self.mine().wakeup;
        let of = |read: fn(&Percentiles) -> Option<Nanos>| {
            wakeup.as_ref().and_then(read).unwrap_or_default()
        };
        (of(|wakeup| wakeup.p50), of(|wakeup| wakeup.p95))
    }

    fn convoy(&self) -> Option<Finding> {
        let (p50, p95) = self.io();
        let spec = self.question.scenario.spec();
        let waits = Nanos(spec.switch_interval.0 / 2).min(Nanos::from_millis(2));
        let others = computing(self.question);
        if p95 < waits || others.is_empty() || self.gil_wait() < 0.05 {
            return None;
        }
        let title = format!(
            "{} computes in Python, so {} waits for the GIL after each I/O.",
            names(&others),
            self.group.name
        );
        let evidence = format!(
            "From the end of I/O until its thread has the GIL: p50 {}, p95 {}. The switch interval \
             is {}.",
            p50, p95, spec.switch_interval
        );
        self.finding(Cause::Convoy, self.gil_wait() + 0.2, title, evidence)
    }

    fn computing(&self) -> Option<Finding> {
        let (held, wait) = (self.held(), self.gil_wait());
        // What others hold the GIL for is not this group's computing.
        if wait < 0.1 || held < 0.5 || self.own_part_of_held() < 0.5 {
            return None;
        }
        let title = format!(
            "{}'s threads compute with the GIL, so only one of them can run at a time.",
            self.group.name
        );
        let evidence = format!(
            "The GIL is held {} of the time, and {} waits for it {} of its time. On average {} \
             busy.",
            percent(held),
            self.group.name,
            percent(wait),
            busy(self.stats.cores_in_use)
        );
        self.finding(Cause::Computing, wait, title, evidence)
    }

    /// The group's part of the time for which anybody holds a GIL.
    fn own_part_of_held(&self) -> f64 {
        let all: f64 = self.stats.groups.iter().map(|group| group.gil_held.as_secs_f64()).sum();
        if all > 0.0 { self.mine().gil_held.as_secs_f64() / all } else { 0.0 }
    }

    fn event_loop(&self) -> Option<Finding> {
        if self.group.strategy != Strategy::Asyncio {
            return None;
        }
        let longest = walk(&self.group.steps).filter_map(stops_loop).max()?;
        let (p50, p95) = self.io();
        if longest < Nanos::from_millis(1) || p95 < longest {
            return None;
        }
        let title =
            format!("A task of {} blocks the event loop for {longest} at a time.", self.group.name);
        let evidence = format!("Until the loop gets to finished I/O: p50 {p50}, p95 {p95}.");
        self.finding(Cause::EventLoop, 0.9, title, evidence)
    }

    fn lock(&self) -> Option<Finding> {
        let share = self.share(&[State::WaitingLock]);
        let title = format!("{} waits for a threading.Lock.", self.group.name);
        let evidence = format!(
            "It waits for the lock {} of its time, for the GIL {}.",
            percent(share),
            percent(self.gil_wait())
        );
        (share > 0.1).then(|| self.finding(Cause::Lock, share, title, evidence))?
    }

    fn shared_object(&self) -> Option<Finding> {
        let spec = self.question.scenario.spec();
        let waiting = self.share(&[State::WaitingObject]);
        let shared = |step: &Step| matches!(step.kind(), StepKind::Share | StepKind::Mutate);
        let shares = walk(&self.group.steps).any(shared);
        if spec.regulation() != Regulation::NoGil || !shares || self.group.count < 2 {
            return None;
        }
        let title = format!("The threads of {} contend for a shared object.", self.group.name);
        let evidence = format!(
            "On average {} busy, but reference counts and object locks move from core to core. {} \
             of the time goes into waiting for an object's lock.",
            busy(self.stats.cores_in_use),
            percent(waiting)
        );
        self.finding(Cause::SharedObject, 0.8, title, evidence)
    }

    /// What pickling costs beside the jobs that it is for.
    fn pickling(&self) -> Option<Finding> {
        let spec = self.question.scenario.spec();
        let apart = |name: &String| {
            spec.groups.iter().find(|group| group.name == *name).filter(|g| g.strategy.is_apart())
        };
        let steps = spec.groups.iter().flat_map(|group| walk(&group.steps));
        let (bytes, pool) = steps
            .filter_map(|step| match step {
                Step::Call { group, bytes } => Some((*bytes, apart(group)?)),
                _ => None,
            })
            .max_by_key(|(bytes, _)| *bytes)?;
        let costs = &spec.machine.overheads;
        let mib = bytes as f64 / f64::from(1 << 20);
        // Arguments there, the result back.
        let pickling = 2.0 * mib * (costs.pickle + costs.unpickle).as_secs_f64();
        let job = shares(&pool.steps).own() / 1e9;
        let share = pickling / (pickling + job).max(f64::MIN_POSITIVE);
        let title = format!("Jobs for {} are pickled on their way there and back.", pool.name);
        let evidence = format!(
            "Each job takes {} of pickling for {} of work: {} of the sum.",
            Nanos::from_secs_f64(pickling),
            Nanos::from_secs_f64(job),
            percent(share)
        );
        (share > 0.1).then(|| self.finding(Cause::Pickling, share, title, evidence))?
    }

    fn start_up(&self) -> Option<Finding> {
        let (start, active) = (self.mine().start_up?, self.mine().active);
        let share = start.as_secs_f64() / active.as_secs_f64().max(f64::MIN_POSITIVE);
        let title = format!("{} spends much of the run starting up.", self.group.name);
        let evidence = format!("The last worker begins after {start} of {active}.");
        let counts = self.group.strategy.is_apart() && share > 0.2;
        counts.then(|| self.finding(Cause::StartUp, share, title, evidence))?
    }

    fn cores(&self) -> Option<Finding> {
        let share = self.share(&[State::Ready]);
        let cores = f64::from(self.question.scenario.spec().machine.cores);
        let title = format!("{} is ready to run, but every core is busy.", self.group.name);
        let evidence = format!(
            "It waits for a core {} of its time; on average {} of {cores} cores are busy.",
            percent(share),
            number(self.stats.cores_in_use)
        );
        let full = share > 0.1 && self.stats.cores_in_use > 0.8 * cores && cores > 1.0;
        full.then(|| self.finding(Cause::Cores, share, title, evidence))?
    }

    fn queue(&self) -> Option<Finding> {
        let queue = self.mine().queue.as_ref()?;
        if !matches!(self.group.repeat, Repeat::Arrivals { .. } | Repeat::Serve) {
            return None;
        }
        let long = queue.mean > f64::from(self.group.count);
        // A queue behind a full GIL is the GIL's.
        let why = if self.gil_wait() > 0.2 {
            "They wait for the GIL.".to_owned()
        } else {
            format!(
                "The GIL is held only {} of the time: the pool is the limit.",
                percent(self.held())
            )
        };
        let title = format!("Requests for {} arrive faster than they're served.", self.group.name);
        let evidence = format!(
            "All {} are busy, and {} requests wait on average. {why}",
            workers(self.group.strategy, self.group.count),
            number(queue.mean.round())
        );
        let weight = if self.gil_wait() > 0.2 { self.gil_wait() - 0.05 } else { 0.7 };
        long.then(|| self.finding(Cause::Queue, weight, title, evidence))?
    }

    fn alone(&self) -> Option<Finding> {
        let busy = self.share(&[State::HasGil, State::Attached, State::Native]);
        let title = format!("{} computes, and nothing holds it up.", self.group.name);
        let evidence = format!(
            "It computes {} of its time and waits for the GIL {}. Only less work or faster code \
             helps.",
            percent(busy),
            percent(self.gil_wait())
        );
        let quiet = busy > 0.5 && self.gil_wait() < 0.1;
        quiet.then(|| self.finding(Cause::Alone, busy / 2.0, title, evidence))?
    }

    fn waiting(&self) -> Option<Finding> {
        let (away, wait) = (self.away(), self.gil_wait());
        let title = format!("{} waits for I/O, hardly ever for the GIL.", self.group.name);
        let evidence = format!(
            "I/O and sleep take {} of its time, waiting for the GIL {}. The GIL is held {} of the \
             run.",
            percent(away),
            percent(wait),
            percent(self.held())
        );
        (away > 0.5 && wait < 0.1)
            .then(|| self.finding(Cause::Waiting, away / 2.0, title, evidence))?
    }
}

/// `1 core is`, `2.5 cores are`.
fn busy(cores: f64) -> String {
    match number(rounded(cores, 2)) {
        one if one == "1" => "1 core is".to_owned(),
        some => format!("{some} cores are"),
    }
}
