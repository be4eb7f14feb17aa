//! What was found in a recording, for programs.

use gil_record::findings::{Alternative, Bucket, Convoy, Keeps, ThreadFindings};
use gil_record::{Doing, GilSeen, Group, Place, Recorded};
use gil_sim::{State, ThreadId};
use serde_json::{Value, json};

use super::Found;

impl Found<'_> {
    /// All of it. Times are in nanoseconds, shares of 1.
    pub fn json(&self) -> Value {
        let Found { recording, findings } = *self;
        let gil = match recording.gil {
            GilSeen::Yes => "recorded",
            GilSeen::FreeThreaded => "free_threaded",
            GilSeen::No => "not_recorded",
        };
        json!({
            "finding": findings.headline(recording),
            "is_it_the_gil": findings.verdict.name(),
            "alternatives": findings.alternatives.iter().map(alternative).collect::<Value>(),
            "source": recording.source.name(),
            "made_by": recording.made_by,
            "sampling_period_ns": recording.period,
            "length_ns": recording.end,
            "cores": recording.cores,
            "gil": gil,
            "gil_held_share": findings.gil_held,
            "handoffs_seen": findings.handoffs,
            "convoys": findings.convoys.iter().map(|convoy| self.convoy(convoy)).collect::<Value>(),
            "keeps": findings.keeps.iter().map(|keeps| self.keeps(keeps)).collect::<Value>(),
            "groups": findings.groups.iter().map(|group| self.group(group)).collect::<Value>(),
            "threads": (0..recording.threads.len()).map(|at| self.thread(at)).collect::<Value>(),
            "cannot_know": recording.cannot_know.iter().map(|one| one.words()).collect::<Value>(),
            "notes": recording.notes.iter().map(|note| note.0.as_str()).collect::<Value>(),
        })
    }

    fn names(&self, threads: &[ThreadId]) -> Value {
        threads.iter().map(|id| self.recording.name(*id)).collect()
    }

    fn convoy(&self, convoy: &Convoy) -> Value {
        json!({
            "words": self.findings.convoy_words(self.recording, convoy),
            "group": self.findings.groups[convoy.group].name,
            "holder": self.recording.name(convoy.holder),
            "waits": convoy.waits,
            "median_wait_ns": convoy.median,
            "waited_share": convoy.waited,
            "held_by_holder_share": convoy.held_by,
            "turn_ns": convoy.turn,
        })
    }

    fn keeps(&self, keeps: &Keeps) -> Value {
        json!({
            "words": self.findings.keeps_words(self.recording, keeps),
            "thread": self.recording.name(keeps.thread),
            "stretch_ns": keeps.stretch,
            "longest_ns": keeps.longest,
            "long_stretches": keeps.count,
        })
    }

    fn group(&self, group: &Group) -> Value {
        json!({
            "name": group.name,
            "threads": self.names(&group.threads),
            "gil_held_share": self.findings.group_share(group, ThreadFindings::held),
            "gil_waited_share": self.findings.group_share(group, |thread| thread.waits.total),
        })
    }

    fn thread(&self, at: usize) -> Value {
        let Found { recording, findings } = *self;
        let (thread, found): (&Recorded, &ThreadFindings) =
            (&recording.threads[at], &findings.threads[at]);
        let holders = findings.while_waiting.of(ThreadId(at as u16)).iter();
        json!({
            "name": thread.name,
            "function": thread.function,
            "mostly_in": thread.places.function(),
            "places": places(thread),
            "id": thread.id,
            "there_ns": found.there,
            "gil_held_ns": found.held(),
            "gil_held_share": found.held_share(),
            "gil_waited_ns": found.waits.total,
            "gil_waited_share": found.waited_share(),
            "native_ns": found.time(State::Native),
            "python_without_gil_ns": found.time(State::Attached),
            "off_cpu_ns": found.time(State::OffCpu),
            "gil_held_off_cpu_ns": found.time(State::HoldsOffCpu),
            "not_recorded_ns": found.time(State::Unseen),
            "collecting_ns": found.collecting,
            "turns_seen": found.seen_turns,
            "turns": found.turns,
            "waits": found.waits.count(),
            "median_wait_ns": found.waits.median,
            "p90_wait_ns": found.waits.p90,
            "longest_wait_ns": found.waits.longest,
            "wait_histogram": found.waits.histogram.iter().map(bucket).collect::<Value>(),
            "held_while_it_waited": holders.map(|(holder, time)| {
                json!({ "thread": recording.name(*holder), "time_ns": time })
            }).collect::<Value>(),
        })
    }
}

/// Where in the program the thread was, by what it did.
fn places(thread: &Recorded) -> Value {
    let places = |doing: Doing| thread.places.of_doing(doing).map(move |one| (doing, one));
    let place = |place: &Place| json!({ "function": place.function, "file": place.file, "line": place.line });
    let shown = Doing::ALL.into_iter().flat_map(places).map(|(doing, (spent, share))| {
        json!({
            "doing": doing.key(),
            "share": share,
            "place": place(&spent.place),
            "called_from": spent.called_from.as_ref().map(place),
        })
    });
    shown.collect()
}

fn alternative(one: &Alternative) -> Value {
    json!({
        "cause": one.cause.name(),
        "standing": one.standing.name(),
        "evidence": one.evidence,
    })
}

fn bucket(bucket: &Bucket) -> Value {
    json!({
        "from_ns": bucket.from,
        "to_ns": bucket.to,
        "count": bucket.count,
        "time_ns": bucket.time,
    })
}
