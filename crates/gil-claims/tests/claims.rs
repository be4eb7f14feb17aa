//! What claims say, and what broken ones are told.

use gil_claims::{Lab, METRICS, Sheet};
use gil_sim::Nanos;

fn check(scenario: &str, claim: &str) -> Result<(String, bool), String> {
    let text = format!(
        "[scenarios]\ns = \"{scenario}\"\n[[claims]]\nname = \"c\"\nscenario = \"s\"\nholds = \"{claim}\"\n"
    );
    let sheet = Sheet::parse(&text).map_err(|error| error.to_string())?;
    let found = sheet.claims[0].check(&sheet.scenarios["s"], &mut Lab::default());
    found.map(|found| (found.value.to_string(), found.holds)).map_err(|error| error.to_string())
}

const CPU: &str = "v1/count:py-20ms";
const BATCH: &str = "v1/batch:4:py-10ms:jobs-20";
const SERVICE: &str = "v1/web:8:py-2ms+io-30ms:arrive-exp5ms@5s";
const ECHO: &str = "v1/cores=2/hog:py-5ms:daemon/io:py-100us+io-1ms:x30";

#[test]
fn claims_hold_or_not() {
    for (scenario, claim, holds) in [
        (CPU, "speedup(count, threads=4) < 1.1", true),
        (CPU, "speedup(count, threads=4) > 1.1", false),
        (CPU, "speedup(threads=4, py=3.14t, cores=4) > 3", true),
        (CPU, "speedup(count, threads=4, strategy=fork) > 1 * (2 - 1)", true),
        (CPU, "wall() >= 20 ms", true),
        (CPU, "gil_load() > 99 %", true),
        (CPU, "handoffs(drop_request, threads=2) > 2", true),
        (CPU, "memory() > 1 mib", true),
        (ECHO, "wakeup_p50(io) > 5 ms", true),
        (ECHO, "p50(io) > 5 ms", true),
        (ECHO, "p50(io, si=1ms) < 2ms", true),
        (ECHO, "throughput(io, si=1ms) / throughput(io) > 2", true),
        (ECHO, "throughput(io) < 250 /s", true),
        (ECHO, "turn(hog) > 5 ms", true),
        (ECHO, "pass_p50(io) > 6 ms", true),
        (BATCH, "makespan(batch) < 205 ms", true),
        (SERVICE, "unanswered(web) == 0", true),
        (SERVICE, "response_p99(web) > pass_p99(web)", true),
        (SERVICE, "wakeup_p99(web) < response_p50(web) / 4", true),
    ] {
        let found = check(scenario, claim).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(found.1, holds, "{claim}: {}", found.0);
    }
}

#[test]
fn every_metric_has_a_value_somewhere() {
    let queue = "v1/a:2:py-100us+io-100us:jobs-2000";
    for metric in METRICS {
        let claim = format!("{name}() == {name}()", name = metric.key);
        assert_eq!(check(queue, &claim).map(|found| found.1), Ok(true), "{claim}");
    }
}

#[test]
fn values_have_their_unit() {
    assert_eq!(check(CPU, "wall() > 0 s").unwrap().0, "20 ms");
    assert_eq!(check(CPU, "gil_load() > 0 %").unwrap().0, "100 %");
    assert_eq!(check("v1/a:sleep-10ms:x10", "throughput(a) > 0/s").unwrap().0, "98.6/s");
}

#[test]
fn broken_claims_name_the_place() {
    for (claim, error) in [
        (
            "speedpu(count) < 1",
            "there is no metric \"speedpu\"\n  holds = \"speedpu(count) < 1\"\n           ^^^^^^^\nhelp: did you mean \"speedup\"?",
        ),
        (
            "speedup(cuont) < 1",
            "there is no group \"cuont\"\n  speedup(cuont) < 1\n          ^^^^^\nhelp: did you mean \"count\"?",
        ),
        (
            "wall() < 3",
            "a time is compared with a plain number\n  wall() < 3\n           ^\nhelp: write the unit, as in 10 ms or 1 s",
        ),
        (
            "wall() 3",
            "expected a comparison here\n  holds = \"wall() 3\"\n                  ^\nhelp: a comparison is one of <, <=, >, >=, ==",
        ),
        (
            "wall() < 3 fortnights",
            "there is no unit \"fortnights\"\n  holds = \"wall() < 3 fortnights\"\n                      ^^^^^^^^^^\nhelp: a unit is one of ns, us, ms, s, b, kib, mib, %, /s",
        ),
        (
            "p99(count) < 3 ms",
            "the run has no p99: count has none of it\n  p99(count) < 3 ms\n  ^^^^^^^^^^",
        ),
        (
            "wall(si=1lightyear) < 3 ms",
            "unknown unit \"lightyear\"\n  wall(si=1lightyear) < 3 ms\n       ^^^^^^^^^^^^^",
        ),
        (
            "wall(count) < 3 ms",
            "wall is a figure of the whole run, not of a group\n  wall(count) < 3 ms\n       ^^^^^",
        ),
        ("wall() / 0 < 3 s", "this is a division by zero\n  wall() / 0 < 3 s\n  ^^^^^^^^^^^"),
        (
            "wall() < 1 m",
            "there is no unit \"m\"\n  holds = \"wall() < 1 m\"\n                      ^\nhelp: did you mean \"ms\"?",
        ),
        (
            "wall() > -1 s",
            "expected a number or a metric here\n  holds = \"wall() > -1 s\"\n                    ^\nhelp: there are no negative numbers: bring it to the other side",
        ),
        (
            "speedup(threads=2, threads=3) < 3",
            "threads is given twice\n  speedup(threads=2, threads=3) < 3\n                     ^^^^^^^^^",
        ),
        (
            "speedup(threads=0) < 3",
            "0 is not between 1 and 256\n  speedup(threads=0) < 3\n          ^^^^^^^^^",
        ),
    ] {
        let found = check(CPU, claim).unwrap_err();
        assert_eq!(found, error);
    }
}

/// What is read term by term ends, however many terms there are.
#[test]
fn a_claim_has_an_end() {
    let long = format!("wall() < {} s", vec!["1"; 40_000].join("+"));
    let error = check(CPU, &long).unwrap_err();
    assert!(error.starts_with("a claim has at most 2000 characters"), "{error:.200}");
    let most = format!("wall() < {}", vec!["1 s"; 400].join("+"));
    assert!(check(CPU, &most).is_ok());
}

#[test]
fn a_preset_is_a_scenario_and_what_was_run_is_told() {
    let text = "[scenarios]\nweb = \"convoy\"\n[[claims]]\nname = \"a\"\nscenario = \"web\"\n\
                holds = \"p99(io, si=1ms) < p99(io)\"\n";
    let sheet = Sheet::parse(text).unwrap();
    let found = sheet.claims[0].check(&sheet.scenarios["web"], &mut Lab::default()).unwrap();
    let run: Vec<_> = found.scenarios.iter().map(|one| one.spec().switch_interval).collect();
    assert_eq!(run, [Nanos::from_millis(1), Nanos::from_millis(5)]);
    assert!(found.holds && found.cut.is_none());
}

fn warnings(scenario: &str, claim: &str) -> Vec<String> {
    let text = format!(
        "[scenarios]\ns = \"{scenario}\"\n[[claims]]\nname = \"c\"\nscenario = \"s\"\nholds = \"{claim}\"\n"
    );
    let sheet = Sheet::parse(&text).unwrap_or_else(|error| panic!("{error}"));
    sheet.claims[0].warnings(&sheet.scenarios["s"])
}

#[test]
fn a_claim_that_says_nothing_or_something_else_is_warned_of() {
    assert_eq!(warnings(CPU, "1 < 2"), ["no metric is in it, so that it says nothing of any run"]);
    // 4 ms until a thread has the GIL, 60 ms until a request is answered.
    let found = warnings(SERVICE, "p99(web) <= 10 ms");
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("response_p99(web)"), "{found:?}");
    assert_eq!(warnings(SERVICE, "p99() <= 10 ms"), found);
    assert!(warnings(SERVICE, "wakeup_p99(web) <= 10 ms").is_empty());
    assert!(warnings(ECHO, "p99(io) <= 10 ms").is_empty(), "nobody asks io for anything");
    assert!(warnings(CPU, "speedup() > 1").is_empty());
}
