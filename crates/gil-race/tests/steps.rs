//! Stepping by hand: who may go on, who waits for what, what is said of it.

use gil_race::{Effect, Exploration, Outcome, Race, RaceKind, Rule, Waits};
use gil_sim::Python;

fn race(kind: RaceKind, name: &str) -> Race {
    kind.race(Python::find(name).unwrap())
}

#[test]
fn inside_an_operation_the_gil_keeps_the_other_thread_out() {
    let race = race(RaceKind::RefcountsWithGil, "3.14");
    let mut state = race.start();
    assert_eq!((state.enabled(), state.holder()), (vec![0, 1], None));
    state.step(1).unwrap();
    assert_eq!((state.enabled(), state.holder()), (vec![1], Some(1)));
    let before = state.clone();
    assert_eq!(state.step(0), Err(Waits::ForGil(1)));
    assert_eq!(state, before, "a step that cannot be made changes nothing");
    let why = state.waits_words(0).unwrap();
    assert_eq!(why, "T2 has the GIL, and no switch can fall inside Py_INCREF(obj).");
    state.step(1).unwrap();
    state.step(1).unwrap();
    assert_eq!(state.enabled(), [0, 1], "at the end of the bytecode");
}

#[test]
fn who_waits_for_a_lock_has_let_go_of_the_gil() {
    let race = race(RaceKind::IncrementWithLock, "3.9");
    let at_lock = |text: &str| text.starts_with("SETUP_WITH");
    let mut state = race.start();
    while state.memory.lock.is_none() {
        state.step(0).unwrap();
    }
    while !state.next_step(1).is_some_and(|step| at_lock(&step.text)) {
        state.step(1).unwrap();
    }
    // T2 made the last step and no switch can fall there, but it has to wait.
    assert!(!state.can_switch(1));
    assert_eq!(state.waits(1), Some(Waits::ForLock(0)));
    assert_eq!((state.enabled(), state.holder()), (vec![0], None));
    assert_eq!(state.waits_words(1).unwrap(), "It waits for the lock, which T1 has.");
    let happening = state.step(0).unwrap();
    assert_eq!(
        race.words(&happening).trigger,
        "T2 waits for the lock and let go of the GIL. T1 takes it."
    );
    while state.memory.lock.is_some() {
        state.step(0).unwrap();
    }
    assert!(state.enabled().contains(&1));
}

#[test]
fn without_a_gil_every_thread_may_go_on_at_any_moment() {
    for kind in RaceKind::ALL {
        let race = race(kind, "3.14t");
        if race.rule == Rule::Gil {
            continue;
        }
        race.each_schedule(|_, end| assert!(end.is_over() && end.holder().is_none()));
        let mut state = race.start();
        state.step(0).unwrap();
        assert_eq!(state.enabled(), [0, 1], "{}", kind.name());
    }
}

#[test]
fn a_prefix_of_a_schedule_stands_where_its_steps_taken_back_do() {
    let race = race(RaceKind::RefcountsWithoutLock, "3.14");
    let whole = Exploration::of(&race).example(Outcome::UseAfterFree).unwrap().to_vec();
    let mut state = race.start();
    let mut log = Vec::new();
    for (i, &thread) in whole.iter().enumerate() {
        let prefix = race.replay(&whole[..i]).unwrap();
        assert_eq!((&prefix.state, &prefix.log), (&state, &log));
        log.push(state.step(thread).unwrap());
    }
}

#[test]
fn a_schedule_that_cannot_be_is_refused_with_its_place() {
    let race = race(RaceKind::Increment, "3.14");
    assert_eq!(race.replay(&[0, 0, 1]), Err((2, Waits::ForGil(0))));
    assert_eq!(race.replay(&[0, 9]), Err((1, Waits::NoThread)));
    assert_eq!(race.replay(&[0; 5]), Err((4, Waits::Finished)));
}

#[test]
fn a_lost_update_is_said_where_it_happens_and_names_whose_it_is() {
    let race = race(RaceKind::IncrefWithoutLock, "3.14");
    let replay = race.replay(&[0, 1, 1, 1, 0, 0]).unwrap();
    let last = replay.log.last().unwrap();
    assert!(matches!(last.effect, Effect::Wrote { value: 2, over: Some(1), .. }), "{last:?}");
    let words = race.words(last);
    assert_eq!(words.state, "T1 stood at ob_refcnt = r in Py_INCREF(obj).");
    assert_eq!(
        words.consequence,
        "ob_refcnt is 2 now. What T2 wrote since the copy was made is lost."
    );
    assert_eq!(replay.state.verdict(), "ob_refcnt is 2 and should be 3. An update was lost.");
}

#[test]
fn what_is_lost_is_counted_exactly_where_a_write_goes_over_another() {
    for kind in [RaceKind::IncrefWithoutLock, RaceKind::Increment, RaceKind::IncrementWithCCall] {
        let race = race(kind, "3.9");
        race.each_schedule(|schedule, end| {
            let log = race.replay(schedule).unwrap().log;
            let over = log.iter().any(|h| matches!(h.effect, Effect::Wrote { over: Some(_), .. }));
            assert_eq!(over, end.outcome() == Outcome::LostUpdate, "{schedule:?}");
        });
    }
}

#[test]
fn a_freed_object_is_used_exactly_when_it_was_freed_too_early() {
    let race = race(RaceKind::RefcountsWithoutLock, "3.14");
    race.each_schedule(|_, end| {
        let early = end.outcome() == Outcome::UseAfterFree;
        assert_eq!((end.memory.freed, end.memory.used_after_free), (early, early));
    });
    let example = Exploration::of(&race).example(Outcome::UseAfterFree).unwrap().to_vec();
    let log = race.replay(&example).unwrap().log;
    let freed = log.iter().position(|h| h.effect == Effect::Freed).unwrap();
    let used = log.iter().position(|h| h.after_free).unwrap();
    assert!(freed < used);
    let words = race.words(&log[used]).consequence;
    assert!(words.contains("memory that was freed"), "{words}");
}

#[test]
fn every_step_of_every_race_has_its_three_sentences() {
    for kind in RaceKind::ALL {
        assert_eq!(RaceKind::find(kind.name()), Some(kind));
        for python in Python::ALL {
            let race = kind.race(python);
            for tally in Exploration::of(&race).outcomes.values() {
                for happening in race.replay(&tally.example).unwrap().log {
                    let words = race.words(&happening);
                    for sentence in [words.state, words.trigger, words.consequence] {
                        assert!(sentence.ends_with('.'), "{}: {sentence:?}", kind.name());
                    }
                }
            }
        }
    }
    assert_eq!(RaceKind::find("no_such_race"), None);
}
