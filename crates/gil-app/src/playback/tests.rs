//! Two runs with one playhead.

use super::*;
use gil_notation::parse_scenario;
use gil_sim::EventKind;

fn two(a: &str, b: &str) -> Playback {
    let run = |text| Run::of(parse_scenario(text).unwrap());
    let mut playback = Playback::new(run(a), false);
    playback.set_beside(Some(run(b)));
    playback
}

fn events(playback: &Playback) -> (Option<EventId>, Option<EventId>) {
    (playback.event, playback.beside.as_ref().and_then(|beside| beside.event))
}

#[test]
fn two_runs_end_with_the_longer_one() {
    let mut playback = two("v1/a:py-2ms", "v1/a:py-9ms");
    playback.seek(Nanos::from_millis(5));
    assert_eq!(playback.at, Nanos::from_millis(5));
    assert!(playback.at > playback.run.trace.end);
    let mirrored = playback.mirrored().unwrap();
    assert_eq!((mirrored.at, mirrored.end()), (playback.at, playback.end()));
    assert!(mirrored.mirrored() == Some(playback.clone()));
    playback.set_beside(None);
    assert_eq!(playback.at, playback.run.trace.end);
}

#[test]
fn steps_visit_every_event_of_both_and_lead_back() {
    let mut playback = two("v1/a:2:py-9ms", "v1/si=1ms/a:2:py-9ms");
    let all = playback.trace().events.len() + playback.mirrored().unwrap().trace().events.len();
    let mut seen = vec![(playback.at, events(&playback))];
    loop {
        playback.step(Direction::Forward);
        let now = (playback.at, events(&playback));
        if seen.last() == Some(&now) {
            break;
        }
        assert!(seen.last().is_none_or(|last| last.0 <= now.0));
        seen.push(now);
    }
    let begun = [seen[0].1.0, seen[0].1.1].map(|event| event.map_or(0, |e| e.index() + 1));
    assert_eq!(seen.len() - 1, all - begun[0] - begun[1]);
    while seen.pop().is_some_and(|now| now == (playback.at, events(&playback))) {
        if seen.is_empty() {
            return;
        }
        playback.step(Direction::Back);
    }
    panic!("another way back, at {}", playback.at);
}

#[test]
fn handoffs_are_those_of_either_run() {
    let mut playback = two("v1/a:2:py-9ms", "v1/si=1ms/a:2:py-9ms");
    let takes = |playback: &Playback| {
        let trace = playback.trace();
        let event = playback.event.and_then(|event| trace.events.get(event.index()));
        event.is_some_and(|e| {
            e.at == playback.at && matches!(e.kind, EventKind::Takes { switched: true, .. })
        })
    };
    let mut by_side = [0, 0];
    for _ in 0..6 {
        let before = playback.at;
        playback.handoff(Direction::Forward);
        assert!(playback.at > before);
        let here = [takes(&playback), takes(&playback.mirrored().unwrap())];
        assert!(here[0] || here[1], "no handoff at {}", playback.at);
        for side in 0..2 {
            by_side[side] += usize::from(here[side]);
        }
    }
    assert!(by_side[1] > by_side[0], "{by_side:?}");
}

/// A figure that plays from 10 to 12 ms of a longer run.
fn figure(extra: &str) -> Playback {
    let link = format!("v1/a:2:py-50ms/from=10ms/to=12ms/slow=1/embed=stage{extra}");
    let link = gil_notation::parse(&link).unwrap();
    let mut playback = Playback::new(Run::of(link.scenario), true);
    playback.show(&link.view);
    playback.slow_handoffs = false;
    playback
}

#[test]
fn a_figure_plays_its_piece() {
    let mut playback = figure("");
    assert_eq!(playback.at, Nanos::from_millis(10));
    playback.frame(0.05);
    assert_eq!((playback.at, playback.playing), (Nanos::from_millis(12), false));
    let mut looping = figure("/loop=on");
    looping.frame(0.001);
    assert_eq!((looping.at, looping.playing), (Nanos::from_millis(11), true));
    looping.frame(0.05);
    assert_eq!((looping.at, looping.playing), (Nanos::from_millis(10), true));
}

#[test]
fn beyond_its_piece_a_figure_plays_to_the_end() {
    let mut playback = figure("");
    playback.seek(Nanos::from_millis(50));
    playback.frame(0.1);
    assert_eq!((playback.at, playback.playing), (playback.end(), false));
}
