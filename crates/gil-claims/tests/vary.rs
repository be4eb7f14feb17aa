//! One thing of a scenario changed, by its name.

use gil_claims::vary::{FIELDS, keys};
use gil_claims::{Lab, Quantity, Unit, evaluate, vary};
use gil_notation::{parse_scenario, print_scenario};
use gil_sim::{GroupId, Scenario};

const SERVICE: &str = "v1/web:8:py-2ms+io-ln2ms..6ms:arrive-exp5ms@1s/pool:2:py-1ms:serve\
                       /log:lock-m+py-1ms+io-1ms+unlock-m+io-2ms:x5";

fn service() -> Scenario {
    parse_scenario(SERVICE).expect("a scenario")
}

fn changed(key: &str, value: &str) -> String {
    let found =
        vary(&service(), GroupId(0), key, value).unwrap_or_else(|why| panic!("{key}: {why}"));
    print_scenario(&found)
}

fn refused(key: &str, value: &str) -> String {
    match vary(&service(), GroupId(0), key, value) {
        Ok(scenario) => panic!("{key}={value} gives {}", print_scenario(&scenario)),
        Err(why) => why,
    }
}

#[test]
fn each_key_changes_its_place_and_nothing_else() {
    for (key, value, from, to) in [
        ("si", "1ms", "v1/", "v1/si=1ms/"),
        ("python", "3.14", "v1/", "v1/py=3.14/"),
        ("cores", "2", "v1/", "v1/cores=2/"),
        ("threads", "16", "web:8", "web:16"),
        ("count", "16", "web:8", "web:16"),
        ("pool.count", "4", "pool:2", "pool:4"),
        ("threads:pool", "4", "pool:2", "pool:4"),
        ("pool.strategy", "fork", "serve", "serve:fork"),
        ("web.start", "10ms", "web:8:", "web:8@10ms:"),
        ("web.rate", "400", "exp5ms", "exp2.5ms"),
        ("rate", "1000/s", "exp5ms", "exp1ms"),
        ("web.arrive", "3ms", "exp5ms@1s", "3ms@1s"),
        ("web.arrive", "exp1ms@2s", "exp5ms@1s", "exp1ms@2s"),
        ("web.during", "10s", "exp5ms@1s", "exp5ms@10s"),
        ("web.jobs", "9", "arrive-exp5ms@1s", "jobs-9"),
        ("log.passes", "9", "x5", "x9"),
        ("log.for", "1s", "x5", "for-1s"),
        ("web.py", "5ms..9ms", "web:8:py-2ms", "web:8:py-5ms..9ms"),
        ("web.1", "30ms", "io-ln2ms..6ms", "io-30ms"),
        ("log.py", "3ms", "lock-m+py-1ms", "lock-m+py-3ms"),
        ("log.1", "3ms", "unlock-m+io-2ms", "unlock-m+io-3ms"),
    ] {
        let expected = SERVICE.replacen(from, to, 1);
        assert_eq!(changed(key, value), expected, "{key}={value}");
    }
}

#[test]
fn a_rate_keeps_the_kind_of_the_gap() {
    for (gap, scaled) in [("2ms..6ms", "1ms..3ms"), ("4ms", "2ms"), ("exp4ms", "exp2ms")] {
        let scenario = parse_scenario(&format!("v1/a:io-1ms:arrive-{gap}@1s")).expect("a scenario");
        let found = vary(&scenario, GroupId(0), "a.rate", "500").expect("it can be varied");
        assert_eq!(print_scenario(&found), format!("v1/a:io-1ms:arrive-{scaled}@1s"));
    }
    let messages = parse_scenario("v1/a:recv-exp4ms+py-1ms:x5").expect("a scenario");
    let found = vary(&messages, GroupId(0), "rate", "500").expect("it can be varied");
    assert_eq!(print_scenario(&found), "v1/a:recv-exp2ms+py-1ms:x5");
}

#[test]
fn what_cannot_be_set_says_why_and_what_was_meant() {
    for (key, value, why) in [
        ("web.cuont", "4", "there is nothing called \"cuont\" to set; did you mean count?"),
        ("theads", "4", "there is nothing called \"theads\" to set; did you mean threads?"),
        ("wbe.count", "4", "there is no group \"wbe\"; did you mean web?"),
        ("web.cores", "4", "cores is of the whole scenario, not of a group"),
        (
            "log.io",
            "1ms",
            "log has several steps io-; name one by its number, counted from 0, as log.1",
        ),
        ("log.0", "1ms", "step 0 of log has no duration of its own"),
        ("log.7", "1ms", "log has 2 steps, counted from 0: there is no step 7"),
        ("web.recv", "1ms", "web has no step recv- with a duration"),
        ("log.rate", "5", "nothing arrives at log: it has neither arrive- nor a recv- step"),
        ("log.arrive", "5ms", "no requests arrive at log; say for how long, as in 5ms@1s"),
        ("web.rate", "0", "expected a rate per second, as 200 or 200/s"),
        ("web.count", "many", "expected a number of threads"),
        ("web.count", "1000", "1000 is not between 1 and 256"),
        ("si", "1ms/a:py-1ms", "a setting's value has no \"/\""),
        ("si", "1ms\na:py-1ms", "a setting's value has no \"/\""),
    ] {
        assert_eq!(refused(key, value), why, "{key}={value}");
    }
}

#[test]
fn every_key_that_is_listed_can_be_set() {
    let all = keys(&service());
    for key in ["si", "web.rate", "web.count", "web.io", "log.py", "log.passes"] {
        assert!(all.iter().any(|known| known == key), "{key} is missing in {all:?}");
    }
    for absent in ["log.io", "pool.rate", "log.arrive"] {
        assert!(!all.iter().any(|known| known == absent), "{absent} is in {all:?}");
    }
    for key in all.iter().filter(|key| key.contains('.')) {
        let field = key.split('.').nth(1).expect("a field");
        let words = FIELDS.iter().find(|words| words.name == field);
        changed(key, words.map_or("1ms", |words| words.example));
    }
}

#[test]
fn claims_name_fields_of_groups() {
    let mut lab = Lab::default();
    let passes = evaluate("passes(log, log.passes=7)", &service(), &mut lab).expect("a figure");
    assert_eq!(passes, Quantity { value: 7.0, unit: Unit::Number });
    let error = evaluate("passes(log, lgo.passes=7)", &service(), &mut lab).unwrap_err();
    assert_eq!(error.message, "there is no group \"lgo\"; did you mean log?");
}
