//! The reality check: every figure of every data set is within its tolerance, or a miss that is
//! known as one.

use std::collections::BTreeSet;

use gil_reality::{Dataset, Measured, Row, Verdict, cases_of, report, rows};

/// `cargo test --test reality -- --nocapture` shows the tables, as does `cargo xtask conformance`.
#[test]
fn the_simulation_does_what_cpython_was_measured_to_do() {
    let mut unexpected = String::new();
    for set in Dataset::ALL {
        let section = report::Section::of(set);
        println!("{section}");
        let off = section.rows.iter().filter(|row| !row.verdict.is_expected());
        unexpected.extend(off.map(|row| format!("{}: {row}\n", set.key)));
    }
    assert!(unexpected.is_empty(), "these figures are not what the cases say:\n{unexpected}");
}

#[test]
fn no_figure_of_the_measured_files_gets_lost() {
    let counts: Vec<(&str, usize)> =
        Dataset::ALL.iter().map(|set| (set.key, set.cases().len())).collect();
    let expected = [
        ("3.11", 107),
        ("3.13", 107),
        ("3.13t", 98),
        ("3.14", 109),
        ("services", 57),
        ("published", 29),
    ];
    assert_eq!(counts, expected);
}

#[test]
fn cases_are_told_apart_by_their_keys_and_say_what_they_are() {
    for set in Dataset::ALL {
        let cases = set.cases();
        let keys: BTreeSet<&str> = cases.iter().map(|case| case.key.as_str()).collect();
        assert_eq!(keys.len(), cases.len());
        for case in &cases {
            let reason = case.tolerance.reason;
            assert!(case.tolerance.factor > 1.0 && !reason.is_empty(), "{}", case.key);
            assert!(!case.measured.is_empty() && case.what.ends_with('.'), "{}", case.key);
        }
    }
}

#[test]
fn published_tables_say_where_they_come_from() {
    for text in [
        include_str!("../cpython/published/ccbench.json"),
        include_str!("../cpython/published/echo_server.json"),
        include_str!("../cpython/published/free_threading.json"),
        include_str!("../cpython/published/tick_gil.json"),
    ] {
        let table: serde_json::Value = serde_json::from_str(text).expect("a published table");
        for field in ["title", "source", "url", "what", "unit"] {
            let text = table[field].as_str().unwrap_or_default();
            assert!(!text.is_empty(), "{} has no {field}", table["title"]);
        }
    }
}

/// All cases of a machine have that machine, but for the cores that a published run had: the one
/// on which was measured, unknown ones that are taken to be like it, and the Macs of 2009.
#[test]
fn no_constant_is_bent_for_a_case() {
    let mut macs = BTreeSet::new();
    for (set, case) in
        Dataset::ALL.iter().flat_map(|set| set.cases().into_iter().map(move |case| (set, case)))
    {
        let machine = case.scenario.spec().machine;
        if case.key.starts_with("count/") {
            macs.insert(format!("{:?}", machine.with_cores(2)));
            continue;
        }
        let cores = if set.key == "published" { machine.cores } else { 2 };
        assert_eq!(machine, gil_reality::machine().with_cores(cores), "{}", case.key);
    }
    assert_eq!(macs.len(), 1);
}

#[test]
fn what_is_off_by_more_than_a_quarter_has_a_reason() {
    let mut case = Dataset::ALL[0].cases().swap_remove(0);
    case.measured = vec![1.0];
    case.tolerance.factor = 1.5;
    case.reason = None;
    assert_eq!(case.verdict(1.2), Verdict::Within);
    assert_eq!(case.verdict(1.3), Verdict::Unexplained);
    assert_eq!(case.verdict(1.6), Verdict::Off);
    assert_eq!(case.verdict(f64::NAN), Verdict::Off);
    case.reason = Some("it is known");
    assert_eq!(case.verdict(1.2), Verdict::NoLongerMissed);
    assert_eq!(case.verdict(1.3), Verdict::Within);
    assert_eq!(case.verdict(1.6), Verdict::KnownMiss("it is known"));
}

#[test]
fn a_case_alone_says_the_same_as_in_the_table() {
    let case = Dataset::ALL[0].cases().swap_remove(0);
    let simulated = case.simulate();
    let row: Vec<Row> = rows(vec![case]).collect();
    assert_eq!(row[0].simulated, simulated);
}

#[test]
fn a_readers_own_file_is_simulated_on_its_python_and_cores() {
    let text = r#"{"python": "3.12.4", "cores": 8, "cases": {
        "handoffs": {"5ms/2thr": {"turn_p50_ms": 5.2, "turn_p10_ms": null}},
        "io_latency": {"error": "OSError()"}, "memory": {"thread_kib": "unread"}}}"#;
    let file = Measured::parse(text).expect("a good file");
    assert_eq!(file.failures(), [("io_latency", "OSError()")]);
    let cases = cases_of(file).expect("a Python that is simulated");
    let keys: Vec<&str> = cases.iter().map(|case| case.key.as_str()).collect();
    assert_eq!(keys, ["turn/5ms/2/p50"]);
    let spec = cases[0].scenario.spec();
    assert_eq!((spec.python.minor(), spec.machine.cores), (12, 8));
}

#[test]
fn a_bad_file_is_told_with_the_place() {
    for (text, expected) in [
        ("", "this is no JSON: EOF"),
        ("[1, 2]", "at python: the version is missing"),
        (r#"{"python": "3.13.5"}"#, "at cases: an object"),
        (r#"{"python": "3.13.5", "cases": {}}"#, "at cores: a number from 1 to 64"),
        (r#"{"python": "3.13.5", "cores": 1000, "cases": {}}"#, "at cores: a number from 1 to 64"),
        (
            r#"{"python": "3.13.5", "cores": 2, "cases": {"convoy": 3}}"#,
            "at cases/convoy: an object with figures is expected",
        ),
        (
            r#"{"python": "3.13.5", "cores": 2, "cases": {"io_latency": {"2": {"p50_ms": "6"}}}}"#,
            r#"at cases/io_latency/2/p50_ms: a number of at least 0 is expected, not "6""#,
        ),
        (
            r#"{"python": "3.13.5", "cores": 2, "cases": {"hold_latency": {"call_ms": 1e300}}}"#,
            "at cases/hold_latency/call_ms: ",
        ),
        (
            r#"{"python": "2.6.1", "cores": 2, "cases": {}}"#,
            "at python: 2.7 to 3.14t are simulated",
        ),
        (r#"{"python": "3", "cores": 2, "cases": {}}"#, "at python: 2.7 to 3.14t are simulated"),
        (
            r#"{"python": "3.12.5", "gil": false, "cores": 2, "cases": {}}"#,
            "at python: 2.7 to 3.14t are simulated",
        ),
        (
            r#"{"python": "3.13.5", "cores": 2, "cases": {"processes": {"fork": {"inline_s": 1e9}}}}"#,
            "at cases/processes/fork/inline_s: ",
        ),
    ] {
        let fault = Measured::parse(text).and_then(cases_of).expect_err(text).to_string();
        assert!(fault.starts_with(expected), "{text}: {fault:?}");
    }
}
