//! What the presets' summaries say is what the simulation shows.

use gil_notation::{Preset, parse_scenario};
use gil_sim::stats::Stats;
use gil_sim::{EventKind, Nanos, Scenario, Trace, run};

fn preset(key: &str) -> Scenario {
    Preset::find(key).expect("there is such a preset").scenario()
}

fn notation(text: &str) -> Scenario {
    parse_scenario(text).unwrap_or_else(|error| panic!("{error}"))
}

fn takes(scenario: &Scenario) -> Nanos {
    run(scenario).end
}

#[test]
fn the_fight_for_the_ticks_lock_takes_longer_than_one_after_the_other() {
    let trace = run(&preset("ticks"));
    assert!(trace.end > takes(&notation("v1/py=2.7/cores=2/count:2:py-10ms:seq")));
    assert!(trace.events.len() < 60_000, "{} events", trace.events.len());
}

#[test]
fn without_a_gil_four_threads_are_more_than_three_times_as_fast() {
    let free = takes(&preset("free"));
    assert!(free * 3 < takes(&notation("v1/py=3.14/count:4:py-50ms")), "{free}");
}

#[test]
fn a_hot_object_makes_four_threads_slower_than_one_after_the_other() {
    let shared = takes(&preset("shared"));
    assert!(shared > takes(&notation("v1/py=3.14t/hot:4:share-config-10ms:seq")), "{shared}");
}

#[test]
fn a_blocking_call_holds_up_the_event_loop() {
    let blocked = run(&preset("asyncio")).end;
    let awaited = takes(&notation("v1/fetch:30:py-200us+io-20ms+io-2ms:x3:async"));
    // Ninety calls of 2 ms, one after the other.
    assert!(blocked > Nanos::from_millis(180) && blocked > awaited * 2, "{blocked}, {awaited}");
}

#[test]
fn a_process_pool_keeps_the_event_loop_free() {
    let slowest = |scenario: &Scenario| {
        Stats::of(scenario, &run(scenario))
            .wakeup
            .and_then(|wakeup| wakeup.max)
            .expect("it does I/O")
    };
    let pooled = slowest(&preset("pools"));
    let inline = "v1/web:20:py-500us+io-10ms+py-20ms:arrive-exp15ms@500ms:async";
    assert!(pooled < Nanos::from_millis(2), "{pooled}");
    assert!(slowest(&notation(inline)) > pooled * 20);
}

#[test]
fn the_queue_grows_under_overload() {
    let trace = run(&preset("overload"));
    let lengths = queue_lengths(&trace);
    let mean = |part: &[u32]| part.iter().sum::<u32>() as usize / part.len();
    let (early, late) = lengths.split_at(lengths.len() / 2);
    assert!(mean(late) > mean(early) * 2, "{lengths:?}");
}

#[test]
fn lockstep_decides_no_preset() {
    for preset in gil_notation::PRESETS {
        let found = gil_sim::lockstep::find(&gil_sim::Run::of(preset.scenario()));
        assert_eq!(found, None, "{}", preset.key);
    }
    // With durations that are all the same it would.
    let fixed = notation("v1/web:4:py-5ms+io-5ms:arrive-exp4ms@400ms");
    assert!(gil_sim::lockstep::find(&gil_sim::Run::of(fixed)).is_some());
}

fn queue_lengths(trace: &Trace) -> Vec<u32> {
    let lengths = trace.events.iter().filter_map(|event| match event.kind {
        EventKind::JobQueued { length, .. } => Some(length),
        _ => None,
    });
    lengths.collect()
}
