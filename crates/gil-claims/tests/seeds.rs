//! Claims about several seeds.

use gil_claims::{Found, Lab, Sheet, evaluate, evaluate_in};
use gil_notation::parse_scenario;

/// A pool that is nearly full: its 99th percentile is another one with each seed.
const WEB: &str = "v1/web:8:py-2ms+io-30ms:arrive-exp4500us@2s";

fn check(settings: &str, claim: &str) -> Result<Found, String> {
    let text = format!(
        "{settings}\n[scenarios]\ns = \"{WEB}\"\n[[claims]]\nname = \"c\"\nscenario = \"s\"\n{claim}\n"
    );
    let sheet = Sheet::parse(&text).map_err(|error| error.to_string())?;
    let found = sheet.claims[0].check(&sheet.scenarios["s"], &mut Lab::default());
    found.map_err(|error| error.to_string())
}

fn bound(settings: &str, more: &str, ms: f64) -> Found {
    check(settings, &format!("holds = \"response_p99(web) < {ms} ms\"\n{more}")).unwrap()
}

#[test]
fn a_claim_holds_only_if_it_holds_in_every_seed() {
    let all = bound("", "seeds = 5", 10_000.0);
    assert!(all.holds && all.fails_in.is_empty());
    let spread = all.value_range.spread;
    assert_eq!((spread.count, spread.missing), (5, 0));
    assert!(spread.low < spread.median && spread.median < spread.high, "{spread:?}");
    // Between the median and the highest: typical, but no promise.
    let between = (spread.median + spread.high) / 2.0 / 1e6;
    let broken = bound("", "seeds = 5", between);
    assert!(!broken.holds && !broken.fails_in.is_empty() && broken.fails_in.len() < 3);
    // The first seed that fails is what a link shows.
    assert_eq!(broken.scenarios[0].spec().seed, broken.fails_in[0]);
    let typical =
        check("", &format!("holds = \"response_p99(web, seeds=5) < {between} ms\"")).unwrap();
    assert!(typical.holds);
    assert_eq!(typical.value.value, spread.median);
}

#[test]
fn settings_are_for_all_claims_that_say_nothing_else() {
    assert_eq!(bound("[settings]\nseeds = 3", "", 1.0).value_range.spread.count, 3);
    assert_eq!(bound("[settings]\nseeds = 3", "seeds = 2", 1.0).value_range.spread.count, 2);
    assert_eq!(bound("", "", 1.0).value_range.spread.count, 1);
}

#[test]
fn numbers_of_seeds_that_make_no_sense_are_refused_in_place() {
    for claim in [
        "holds = \"wall() > 1 s\"\nseeds = 0",
        "holds = \"wall() > 1 s\"\nseeds = -3",
        "holds = \"wall(seeds=0) > 1 s\"",
        "holds = \"wall(seeds=many) > 1 s\"",
    ] {
        let error = check("", claim).unwrap_err();
        assert!(error.contains("expected a number of seeds from 1 to 1000"), "{error}");
    }
    let twice = check("", "holds = \"wall(seeds=2, seeds=3) > 1 s\"").unwrap_err();
    assert!(twice.contains("given twice"), "{twice}");
}

#[test]
fn an_expression_has_a_median_and_a_range() {
    let (scenario, mut lab) = (parse_scenario(WEB).unwrap(), Lab::default());
    let found = evaluate_in("response_p99(web)", &scenario, 5, &mut lab).unwrap();
    let one = evaluate("response_p99(web)", &scenario, &mut lab).unwrap();
    assert!(found.spread.contains(one.value));
    let text = found.to_string();
    assert!(text.ends_with(" in 5 seeds)") && text.contains(" to "), "{text}");
    assert!(evaluate_in("response_p99(nobody)", &scenario, 5, &mut lab).is_err());
    // No I/O, so no run has any latency.
    let still = parse_scenario("v1/count:py-20ms").unwrap();
    assert!(evaluate_in("p99(count)", &still, 3, &mut lab).is_err());
}

#[test]
fn where_nothing_is_drawn_one_run_is_enough() {
    let scenario = parse_scenario("v1/count:py-20ms").unwrap();
    let found = evaluate_in("wall()", &scenario, 5, &mut Lab::default()).unwrap();
    assert_eq!(found.spread.count, 1);
    assert_eq!(found.to_string(), "20 ms");
}
