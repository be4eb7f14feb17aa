//! Scenarios made from recordings, and how well a simulation of them agrees.

mod support;

use gil_notation::parse_scenario;
use gil_record::findings::Verdict;
use gil_record::scenario::{Agreement, Made, make};
use gil_record::{Findings, Recording};
use gil_sim::{Dist, Nanos, Step, bounds};
use support::recording;

fn made(recording: &Recording) -> (Made, Agreement) {
    let findings = Findings::of(recording);
    let made = make(recording, &findings).expect("it can be made");
    let agreement = Agreement::of(&made, recording, &findings);
    (made, agreement)
}

#[test]
fn recordings_become_scenarios_that_the_notation_has() {
    for name in ["convoy", "count", "zip"] {
        let (made, _) = made(&recording(name));
        assert_eq!(parse_scenario(&made.notation), Ok(made.scenario.clone()));
        assert_eq!(made.scenario.spec().machine.cores, 2);
        assert!(made.notation.len() < 300, "{}", made.notation);
    }
}

#[test]
fn their_simulation_spends_time_as_the_recording_does() {
    // The differences are larger elsewhere: tests/cmd/recording.md of gil-cli shows all of them.
    // Four threads of count.py start one after the other; in a scenario they all start at once, and
    // so wait for each other for longer.
    for (name, points) in [("convoy", 0.02), ("count", 0.06), ("zip", 0.02)] {
        let (made, agreement) = made(&recording(name));
        let worst = agreement.worst_share();
        assert!(worst < points, "{name}: {worst}, {}", made.notation);
    }
}

#[test]
fn threads_do_what_their_programs_say() {
    let steps = |name: &str| {
        let (made, _) = made(&recording(name));
        let groups = made.scenario.spec().groups.clone();
        groups.into_iter().map(|group| (group.name, group.count, group.steps)).collect::<Vec<_>>()
    };
    let convoy = steps("convoy");
    let computes = |step: &Step| matches!(step, Step::Python { .. });
    assert!(
        matches!(&convoy[0], (name, 1, steps) if name == "report" && steps.iter().all(computes))
    );
    // The other process answers after 1 ms.
    let (name, 2, client) = &convoy[1] else { panic!("{convoy:?}") };
    let [Step::Python { work, .. }, Step::Io { wait }] = client[..] else { panic!("{client:?}") };
    assert_eq!(name, "client");
    assert!(work.mean() < Nanos::from_micros(20), "{work:?}");
    assert!((1_000..1_600).contains(&(wait.mean().0 / 1_000)), "{wait:?}");
    let count = steps("count");
    assert!(
        matches!(&count[..], [(name, 4, steps)] if name == "count" && steps.iter().all(computes))
    );
    let zip = steps("zip");
    let [(_, 2, squeeze)] = &zip[..] else { panic!("{zip:?}") };
    assert!(matches!(squeeze[..], [Step::Python { .. }, Step::NativeReleasing { .. }]));
}

/// A scenario, run and looked at every 200 us.
fn looked_at(notation: &str) -> Recording {
    let scenario = parse_scenario(notation).expect("it's valid");
    Recording::sampled(&gil_sim::run(&scenario), Nanos::from_micros(200))
}

#[test]
fn what_is_simulated_is_found_again() {
    let io = looked_at("v1/cores=2/web:4:py-2ms+io-20ms:for-1s");
    let (again, agreement) = made(&io);
    let [Step::Python { work, .. }, Step::Io { wait }] = again.scenario.spec().groups[0].steps[..]
    else {
        panic!("{}", again.notation)
    };
    assert!(near(work, 2.0, 0.1) && near(wait, 20.0, 0.05), "{}", again.notation);
    assert!(agreement.worst_share() < 0.05);
    let keeps = looked_at("v1/cores=2/dump:hold-30ms:for-2s/web:2:py-100us+io-2ms:for-2s");
    let (again, _) = made(&keeps);
    let dump = &again.scenario.spec().groups[0].steps[0];
    let Step::NativeHolding { work } = dump else { panic!("{}", again.notation) };
    assert!(near(*work, 30.0, 0.2), "{}", again.notation);
}

/// Whether a mean is this many milliseconds, within a share of it.
fn near(dist: Dist, ms: f64, share: f64) -> bool {
    (dist.mean().0 as f64 / 1e6 / ms - 1.0).abs() < share
}

#[test]
fn a_simulated_convoy_is_told_as_a_recorded_one() {
    let recording = looked_at("v1/cores=2/report:py-5ms:daemon/io:2:py-20us+io-1ms:for-1500ms");
    let findings = Findings::of(&recording);
    assert_eq!((findings.verdict, findings.convoys.len()), (Verdict::Yes, 1));
    let free = looked_at("v1/cores=4/zip:2:py-100us+native-20ms:for-500ms");
    assert_eq!(Findings::of(&free).verdict, Verdict::No);
}

#[test]
fn a_scenario_stays_within_its_bounds() {
    let mut many = recording("count");
    let one = many.threads[1].clone();
    many.threads.extend((0..600).map(|n| {
        let name = format!("{}-{n}", "a name that is far too long for the notation \u{fc}");
        gil_record::Recorded { name, function: None, ..one.clone() }
    }));
    let (made, _) = made(&many);
    assert!(made.scenario.threads() <= usize::from(*bounds::THREADS.end()));
    assert!(made.notes.iter().any(|note| note.contains("at most 256")), "{:?}", made.notes);
    assert_eq!(parse_scenario(&made.notation), Ok(made.scenario));
}
