//! Every way to interleave: each once, with locks none of them wrong, examples that hold.

use std::collections::BTreeSet;

use gil_race::{Exploration, Outcome, Race, RaceKind, Rule};
use gil_sim::Python;

/// Every race there is.
fn all() -> impl Iterator<Item = Race> {
    RaceKind::ALL.into_iter().flat_map(|kind| {
        let pythons = if kind.depends_on_python() { &Python::ALL[..] } else { &Python::ALL[..1] };
        pythons.iter().map(move |&python| kind.race(python))
    })
}

/// The number of ways to merge two programs of `a` and `b` pieces.
fn ways(a: u64, b: u64) -> u64 {
    (1..=b).fold(1, |ways, i| ways * (a + i) / i)
}

fn python(name: &str) -> Python {
    Python::find(name).unwrap()
}

fn counted(kind: RaceKind, name: &str, outcome: Outcome) -> (u64, u64) {
    let all = Exploration::of(&kind.race(python(name)));
    (all.schedules, all.count(outcome))
}

#[test]
fn each_schedule_is_visited_once_and_ends_where_a_replay_of_it_does() {
    for race in all() {
        let mut seen = BTreeSet::new();
        race.each_schedule(|schedule, end| {
            assert!(seen.insert(schedule.to_vec()), "{}: {schedule:?} twice", race.kind.name());
            if seen.len() % 37 == 1 {
                assert_eq!(race.replay(schedule).unwrap().state, *end);
            }
        });
        assert_eq!(seen.len() as u64, Exploration::of(&race).schedules);
    }
}

#[test]
fn without_locks_and_jumps_there_are_as_many_schedules_as_merges_of_the_programs() {
    for race in all() {
        let jumps = matches!(race.kind, RaceKind::CheckThenStore | RaceKind::CheckThenAct);
        if race.memory().lock.is_some() || jumps || race.kind == RaceKind::IncrementWithLock {
            continue;
        }
        // With the GIL what counts are the pieces between which a switch can fall.
        let pieces = |thread: usize| {
            let steps = &race.threads[thread].steps;
            let cuts = steps[..steps.len() - 1]
                .iter()
                .filter(|step| race.rule == Rule::Free || step.switch_after);
            cuts.count() as u64 + 1
        };
        let expected = ways(pieces(0), pieces(1));
        assert_eq!(Exploration::of(&race).schedules, expected, "{}", race.kind.name());
    }
}

#[test]
fn some_schedules_are_right_in_every_race() {
    for race in all() {
        let all = Exploration::of(&race);
        assert!(all.count(Outcome::Right) > 0, "{} {:?}", race.kind.name(), race.python);
        assert_eq!(all.wrong() > 0, all.wrong_example().is_some());
        assert_eq!(all.outcomes.values().map(|tally| tally.count).sum::<u64>(), all.schedules);
    }
}

#[test]
fn the_gil_atomic_counts_a_lock_and_one_c_call_are_always_right() {
    let safe = [
        RaceKind::RefcountsWithGil,
        RaceKind::RefcountsAtomic,
        RaceKind::IncrementWithLock,
        RaceKind::ListAppend,
    ];
    for race in all().filter(|race| safe.contains(&race.kind)) {
        let all = Exploration::of(&race);
        assert_eq!(all.wrong(), 0, "{} {:?}", race.kind.name(), race.python);
        assert!(all.schedules >= 2, "both orders are there");
    }
}

#[test]
fn without_a_lock_references_are_lost_and_leaked() {
    let all = Exploration::of(&RaceKind::RefcountsWithoutLock.race(python("3.14")));
    for outcome in [Outcome::Right, Outcome::UseAfterFree, Outcome::Leaked] {
        assert!(all.count(outcome) > 0, "{outcome:?}");
    }
    assert_eq!(
        all.words(),
        "Of 12,870 ways to interleave, 2,268 use a freed object and 1,632 leak the object."
    );
}

#[test]
fn plain_increments_lose_updates_up_to_3_9_and_without_the_gil() {
    for kind in [RaceKind::Increment, RaceKind::IncrementAttribute] {
        for name in ["2.7", "3.1", "3.2", "3.6", "3.9"] {
            assert_eq!(counted(kind, name, Outcome::LostUpdate), (20, 18), "{name}");
        }
        for name in ["3.10", "3.11", "3.12", "3.13", "3.14"] {
            assert_eq!(counted(kind, name, Outcome::LostUpdate), (2, 0), "{name}");
        }
    }
    // Four bytecodes each: only one thread after the other is right.
    for name in ["3.13t", "3.14t"] {
        assert_eq!(counted(RaceKind::Increment, name, Outcome::LostUpdate), (70, 68), "{name}");
    }
}

#[test]
fn what_is_right_by_luck_is_said_to_be() {
    for race in all() {
        let all = Exploration::of(&race);
        let by_luck = race.caveat(&all).is_some();
        let wrong_elsewhere = Python::ALL
            .into_iter()
            .any(|python| Exploration::of(&race.kind.race(python)).wrong() > 0);
        assert_eq!(by_luck, wrong_elsewhere && all.wrong() == 0, "{}", race.kind.name());
    }
}

#[test]
fn a_call_between_read_and_write_loses_updates_in_every_version() {
    for python in Python::ALL {
        for kind in [RaceKind::IncrementWithCall, RaceKind::IncrementWithCCall] {
            let all = Exploration::of(&kind.race(python));
            // Right is only one after the other.
            assert_eq!(all.count(Outcome::Right), 2, "{} {python}", kind.name());
            assert!(all.count(Outcome::LostUpdate) >= 4);
        }
        let act = Exploration::of(&RaceKind::CheckThenAct.race(python));
        assert!(act.count(Outcome::ActedTwice) > 0, "{python}");
    }
}

#[test]
fn an_example_ends_as_it_says_and_no_other_takes_less() {
    let changes =
        |schedule: &[usize]| schedule.windows(2).filter(|pair| pair[0] != pair[1]).count();
    for race in all() {
        let all = Exploration::of(&race);
        assert_eq!(all, Exploration::of(&race), "the same each time");
        for (outcome, tally) in &all.outcomes {
            let replay = race.replay(&tally.example).unwrap();
            assert_eq!(replay.state.outcome(), *outcome, "{}", race.kind.name());
            assert!(replay.state.is_over());
            assert_eq!(replay.log.len(), tally.example.len());
        }
        race.each_schedule(|schedule, end| {
            let example = all.example(end.outcome()).unwrap();
            let cost = |schedule: &[usize]| (schedule.len(), changes(schedule));
            assert!(cost(example) <= cost(schedule), "{}: {schedule:?}", race.kind.name());
        });
    }
}
