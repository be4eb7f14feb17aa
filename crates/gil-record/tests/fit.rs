//! Two times of one job, and the share of it that holds the GIL.

use gil_notation::parse_scenario;
use gil_record::fit::{TwoTimes, fit};
use gil_sim::{Nanos, run};

fn times(one: u64, threads: u16, many: u64, cores: Option<u16>) -> TwoTimes {
    let [one, many] = [one, many].map(Nanos::from_millis);
    TwoTimes { one, threads, many, cores }
}

#[test]
fn a_share_that_is_simulated_is_found_again() {
    // Of 16 ms a thread has the GIL for 4, 8 and 12; 4 threads of 50 passes each, or one of 200.
    for (held, cores) in [(4, 4), (8, 4), (12, 4), (8, 2)] {
        let simulated = |count: u32| {
            let away = 16 - held;
            let passes = 200 / count;
            let text =
                format!("v1/cores={cores}/job:{count}:py-exp{held}ms+native-exp{away}ms:x{passes}");
            run(&parse_scenario(&text).expect("it's valid")).end
        };
        let two =
            TwoTimes { one: simulated(1), threads: 4, many: simulated(4), cores: Some(cores) };
        let found = fit(&two).expect("it can be explained");
        let expected = held as f64 / 16.0;
        // Exponential pieces queue for longer than the even ones of the fit.
        assert!((found.share - expected).abs() < 0.12, "{held} of 16: {}", found.share);
        assert!(found.range.0 <= found.share && found.share <= found.range.1);
        assert!((found.speed_up.0 / found.speed_up.1 - 1.0).abs() < 0.02, "{:?}", found.speed_up);
    }
}

#[test]
fn threads_that_are_no_faster_hold_the_gil_all_the_time() {
    let found = fit(&times(4_000, 4, 3_990, Some(4))).expect("it can be explained");
    assert!(found.share > 0.95, "{}", found.share);
    assert_eq!(parse_scenario(&found.notation), Ok(found.scenario));
    assert_eq!(fit(&times(4_000, 4, 4_200, None)).expect("switches").share, 1.0);
}

#[test]
fn threads_that_are_n_times_as_fast_never_hold_it() {
    let found = fit(&times(4_000, 4, 1_000, Some(4))).expect("it can be explained");
    assert!(found.share < 0.05 && !found.waits, "{}", found.share);
}

#[test]
fn what_is_faster_than_the_cores_waits() {
    let found = fit(&times(4_000, 8, 600, Some(2))).expect("it can be explained");
    assert!(found.waits && found.notation.contains("+io-"), "{}", found.notation);
    assert!(!fit(&times(4_000, 8, 2_000, Some(2))).expect("two cores").waits);
}

#[test]
fn impossible_times_are_explained() {
    for (two, said) in [
        (times(4_000, 4, 900, None), "4 threads can't be 4.44 times as fast as one."),
        (times(4_000, 4, 6_000, None), "so threads make this job slower"),
        (times(4_000, 1, 4_000, None), "1 threads can't be held against one"),
        (times(4_000, 65, 4_000, None), "65 threads can't be held against one"),
        (times(0, 4, 4_000, None), "0 ns for one thread is nothing to go by"),
        (times(4_000, 4, u64::MAX / 2_000_000, None), "is nothing to go by"),
        (times(4_000, 4, 4_000, Some(0)), "a machine has 1 to 64 cores, not 0"),
    ] {
        let error = fit(&two).expect_err(said);
        assert!(error.contains(said), "{error}");
    }
}
