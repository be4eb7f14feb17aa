//! What every race comes to, and that the words and the steps agree with it.

use gil_race::{RACES, Race, Verdict, measured, ways};
use gil_sim::Python;

fn race(name: &str, python: &str) -> Race {
    Race::find(name, Python::find(python).expect("modelled")).expect("a race")
}

fn found(name: &str, python: &str) -> Vec<(Verdict, u64)> {
    race(name, python).explore().into_iter().map(|found| (found.verdict, found.ways)).collect()
}

fn goes_wrong(name: &str, python: &str) -> bool {
    found(name, python).iter().any(|(verdict, _)| *verdict != Verdict::Right)
}

/// Every schedule, one after the other: what the counting by states is held against.
fn one_by_one(race: &Race) -> Vec<(Verdict, Vec<usize>)> {
    let mut open = vec![(race.start(), Vec::new())];
    let mut done = Vec::new();
    while let Some((state, schedule)) = open.pop() {
        if let Some(verdict) = race.verdict(&state) {
            done.push((verdict, schedule));
            continue;
        }
        for thread in 0..2 {
            if let Some(after) = race.step(&state, thread) {
                open.push((after, [schedule.clone(), vec![thread]].concat()));
            }
        }
    }
    done
}

fn all_races() -> impl Iterator<Item = Race> {
    let of = |info: &'static gil_race::RaceInfo| {
        Python::ALL.into_iter().filter_map(|python| Race::find(info.name, python))
    };
    RACES.iter().flat_map(of)
}

#[test]
fn without_a_lock_objects_are_freed_too_early() {
    let without = found("refcounts_without_lock", "3.14");
    // 10 steps, 5 of each thread.
    assert_eq!(without.iter().map(|found| found.1).sum::<u64>(), 252);
    let has = |verdict| without.iter().any(|found| found.0 == verdict);
    assert!(has(Verdict::Freed) && has(Verdict::TooHigh) && has(Verdict::Right));
    assert_eq!(found("refcounts_with_gil", "3.14"), [(Verdict::Right, 6)]);
    assert!(!goes_wrong("refcounts_atomic", "3.14t"));
}

#[test]
fn counting_by_states_is_counting_one_by_one() {
    for race in all_races().filter(|race| race.python == Python::default()) {
        let all = one_by_one(&race);
        let found = race.explore();
        assert_eq!(ways(&found), all.len() as u64, "{}", race.info.name);
        for found in found {
            let same = all.iter().filter(|(verdict, _)| *verdict == found.verdict).count();
            assert_eq!(found.ways, same as u64, "{}", race.info.name);
        }
    }
}

#[test]
fn examples_come_to_what_they_say() {
    for race in all_races() {
        for found in race.explore() {
            let state = race.replay(&found.example).expect("every step can be done");
            assert_eq!(race.verdict(&state), Some(found.verdict), "{}", race.info.name);
        }
    }
}

#[test]
fn every_step_has_words() {
    for race in all_races() {
        for found in race.explore() {
            let mut state = race.start();
            for thread in found.example {
                let moment = race.moment(&state, thread).expect("the step can be done");
                for text in [&moment.state, &moment.trigger, &moment.consequence] {
                    assert!(text.ends_with('.'), "{moment:?}");
                }
                state = race.step(&state, thread).expect("the step can be done");
            }
            assert!(race.ending(&state).is_some());
        }
    }
}

#[test]
fn a_lock_keeps_updates_and_a_call_loses_them() {
    for python in Python::ALL {
        let name = python.to_string();
        assert!(!goes_wrong("increment_with_lock", &name), "{name}");
        assert!(goes_wrong("increment_with_call", &name), "{name}");
        assert!(goes_wrong("check_then_act", &name), "{name}");
        let may = python.version() < (3, 10) || python.is_free_threaded();
        assert_eq!(goes_wrong("increment", &name), may, "{name}");
    }
}

#[test]
fn the_gil_is_kept_until_the_eval_breaker_is_looked_at() {
    let race = race("increment", "3.14");
    let loaded = race.replay(&[0]).expect("a first step");
    assert_eq!(race.refusal(&loaded, 1), Some(gil_race::Refusal::OtherHasGil));
    assert_eq!(race.step(&loaded, 1), None);
    let done = race.replay(&[0, 0, 0, 0, 0]).expect("five steps");
    assert_eq!(race.refusal(&done, 1), None);
    assert_eq!(race.refusal(&done, 0), Some(gil_race::Refusal::Done));
}

#[test]
fn real_cpython_loses_what_the_model_says_can_be_lost() {
    let mut checked = 0;
    for race in all_races() {
        let Some((version, found)) = measured(race.info.name, race.python) else { continue };
        let wrong = race.explore().iter().any(|found| found.verdict != Verdict::Right);
        assert_eq!(found.lost > 0, wrong, "{} on {version}: {found:?}", race.info.name);
        checked += 1;
    }
    // Three races on nine Pythons.
    assert_eq!(checked, 27);
}
