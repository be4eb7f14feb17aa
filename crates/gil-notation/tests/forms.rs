//! Which texts are read, and how they are printed.

use gil_notation::{
    MAX_CHARS, PRESETS, Preset, Tab, View, parse, parse_dist, parse_duration, parse_scenario,
    parse_steps, print, print_dist, print_duration, print_scenario, print_steps,
};
use gil_sim::{
    Dist, Group, GroupId, Intervene, Intervention, Machine, Nanos, Outcome, Python, Repeat,
    Scenario, Spec, Step, run,
};

/// Each text is read, and printed as the second.
fn check(table: &[(&str, &str)]) {
    for (text, canonical) in table {
        let link = parse(text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(print(&link), *canonical);
        assert_eq!(parse(canonical).as_ref(), Ok(&link), "{canonical}");
    }
}

/// Texts that are printed as they are read.
fn check_canonical(texts: &[&str]) {
    check(&texts.iter().map(|text| (*text, *text)).collect::<Vec<_>>());
}

#[test]
fn what_is_left_out_has_its_default() {
    check(&[
        ("v1", "v1/count:4:py-50ms"),
        ("v1/py=3.14t", "v1/py=3.14t/count:4:py-50ms"),
        ("v1/tab=explore", "v1/count:4:py-50ms"),
        ("v1/tab=learn", "v1/tab=learn"),
        ("v1/count:4:py-50ms/tab=learn/lesson=convoy", "v1/tab=learn/lesson=convoy"),
        // What is looked at is of this scenario: it stands in the link.
        ("v1/at=12ms", "v1/count:4:py-50ms/at=12ms"),
        ("v1/tab=learn/at=12ms", "v1/count:4:py-50ms/tab=learn/at=12ms"),
        ("v1/py=3.14/tab=decide", "v1/py=3.14/count:4:py-50ms/tab=decide"),
        ("v1/embed=timeline", "v1/count:4:py-50ms/embed=timeline/controls=play"),
        ("v1/then=si-1ms@2ms", "v1/count:4:py-50ms/then=si-1ms@2ms"),
    ]);
}

#[test]
fn canonical_texts() {
    check_canonical(&[
        "v1/a:py-1ms",
        "v1/a:8:py-1ms",
        "v1/a:8@10ms:py-1ms",
        "v1/a:1@10ms:py-1ms",
        "v1/a:py-1ms:x50",
        "v1/a:py-1ms:for-1s",
        "v1/hog:py-5ms:daemon/io:8:py-100us+io-10ms:x50",
        "v1/a:py-1ms+hold-2ms+native-3ms+io-4ms+recv-5ms+sys-6us+sleep-7ms",
        "v1/a:py-1ms..3ms@100us+io-exp2ms+sleep-ln2ms..6ms",
        "v1/a:lock-db+py-1ms+lock-log+sys-1us+unlock-log+unlock-db+io-1ms",
        "v1/py=3.12/cores=2/si=500us/a:py-1ms",
        "v1/cores=8/slice=3ms/wake=1us..9us/wakehot=0s/deepens=1ms/slack=0s/ctx=2us/a:py-1ms",
        "v1/uncontended=10ns/fwake=1us/fwait=2us/syscall=1us/tstart=1ms/rewait=exp1us/a:py-1ms",
        "v1/py=2.7/ci=1000/a:2:py-1ms",
        "v1/py=3.14t/ext=unmarked/gc=2ms@50ms/a:4:share-cache-1ms+mutate-cache-2us",
        "v1/os=windows/cores=2/tick=1ms/a:py-1ms",
        "v1/os=macos/slice=2.1ms/a:py-1ms",
        "v1/fork=1ms/fserver=2ms/spawn=3ms/interp=4ms/pickle=5ms/unpickle=6ms/task=7us/job=8us\
         /line=9ns/a:py-1ms",
        "v1/a:8:py-1ms+block-2ms:jobs-100/b:4:io-1ms:arrive-exp5ms@1s:async",
        "v1/py=3.14/a:call-b@64kib+call-b+call-b@1mib+call-b@100b/b:4:py-1ms:serve:forkserver",
        "v1/py=3.12/a:4:py-1ms:interp/b:4:py-1ms:x2:seq/c:2:py-1ms:fork/d:2:py-1ms:spawn",
        "v1/seed=18446744073709551615/limit=2s/events=1000/a:py-1ms",
        "v1/a:py-1ms/tab=right/at=12.5ms/from=10ms/to=20ms/slow=1000/loop=on",
        "v1/a:py-1ms/tab=learn/lesson=convoy",
        "v1/a:py-1ms/debug=on/at=12.5ms",
        "v1/py=3.12/a:py-1ms/vs/py=3.13t/a:2:py-1ms/tab=compare/at=12.5ms",
        "v1/a:py-1ms/at=12.5ms/embed=stage+timeline/controls=play/theme=dark",
        "v1/a:py-1ms/b:io-1ms/embed=timeline/controls=edit+si+threads:b+strategy:a+time:a.0",
        "v1/a:py-1ms/lesson=io/embed=lesson/controls=none",
        "v1/a:py-1ms/vs/b:py-1ms/embed=compare/controls=cores+python+threads:a+threads:b",
    ]);
}

#[test]
fn other_spellings() {
    check(&[
        ("v1/embed=chart/a:py-1ms", "v1/a:py-1ms/embed=chart/controls=play"),
        ("v1/embed=timeline+stage/a:py-1ms", "v1/a:py-1ms/embed=stage+timeline/controls=play"),
        ("  #v1/a:py-1ms\n", "v1/a:py-1ms"),
        ("v1%2Fa%3A8%3apy-1ms%2Bio-2ms", "v1/a:8:py-1ms+io-2ms"),
        ("v1/a:1:py-1ms:x1", "v1/a:py-1ms"),
        ("v1/a:08@0s:py-1000us", "v1/a:8:py-1ms"),
        ("v1/a:py-0.10ms", "v1/a:py-100us"),
        ("v1/tab=right/a:py-1ms/cores=2", "v1/cores=2/a:py-1ms/tab=right"),
        ("v1/tab=explore/loop=off/a:py-1ms", "v1/a:py-1ms"),
        // What a setting is left out for is its default, and the slice's follows the cores.
        ("v1/py=3.11/cores=4/si=5ms/seed=1/slice=4000us/a:py-1ms", "v1/a:py-1ms"),
        ("v1/slice=4ms/cores=2/a:py-1ms", "v1/cores=2/a:py-1ms"),
        ("v1/a:py-1ms:threads", "v1/a:py-1ms"),
        ("v1/gc=off/ext=marked/ci=100/os=linux/a:py-1ms", "v1/a:py-1ms"),
        ("v1/os=windows/slice=31250us/unit=1ms/a:py-1ms", "v1/os=windows/a:py-1ms"),
        ("v1/a:call-b@1gib/b:py-1ms:serve", "v1/a:call-b@1gib/b:py-1ms:serve"),
        ("v1/a:call-b@0b+call-b@1024kib/b:py-1ms:serve", "v1/a:call-b+call-b@1mib/b:py-1ms:serve"),
        ("v1/slice=2.1ms/cores=2/a:py-1ms", "v1/cores=2/slice=2.1ms/a:py-1ms"),
    ]);
}

#[test]
fn what_others_would_take_for_something_else_is_not_printed() {
    check(&[
        // An emoji.
        ("v1/a:100:py-1ms", "v1/a:100@0s:py-1ms"),
        // E-mail addresses.
        ("v1/a:4@2.5ms:py-1ms", "v1/a:4@2500us:py-1ms"),
        ("v1/a:py-1ms@2.5us", "v1/a:py-1ms@2500ns"),
        // Punctuation at the end of a link.
        ("v1/a:lock-l_+py-1ms+unlock-l_", "v1/a:lock-l_+py-1ms+unlock-l_:x1"),
    ]);
}

#[test]
fn a_scenario_in_full() {
    let group = |name: &str, count, start, steps, repeat| Group {
        count,
        start,
        repeat,
        ..Group::new(name, steps)
    };
    let ms = Nanos::from_millis;
    let busy = Step::Python { work: Dist::Fixed(ms(5)), check: Some(Nanos::from_micros(100)) };
    let locked = Step::Locked {
        lock: "db".into(),
        body: vec![Step::Io { wait: Dist::LogNormal(ms(2), ms(6)) }],
    };
    let spec = Spec {
        python: Python::new(9).unwrap(),
        switch_interval: ms(1),
        machine: Machine::default().with_cores(2),
        groups: vec![
            group("hog", 1, Nanos::ZERO, vec![busy], Repeat::Daemon),
            group("io", 8, ms(10), vec![locked], Repeat::For(ms(100))),
        ],
        seed: 7,
        ..Spec::default()
    };
    let text = "v1/py=3.9/cores=2/si=1ms/seed=7/hog:py-5ms@100us:daemon\
                /io:8@10ms:lock-db+io-ln2ms..6ms+unlock-db:for-100ms";
    assert_eq!(parse_scenario(text).unwrap().into_spec(), spec);
    assert_eq!(print_scenario(&Scenario::new(spec).unwrap()), text);
}

#[test]
fn interventions_in_full() {
    // Before the groups they name, and in canonical form behind them.
    let given = "v1/then=io-b@1ms+si-1ms@12.5ms+io-a.2@20ms/a:2:io-1ms/b:io-1ms";
    let text = "v1/a:2:io-1ms/b:io-1ms/then=io-b@1ms+si-1ms@12500us+io-a.2@20ms";
    let scenario = parse_scenario(given).unwrap();
    assert_eq!(print_scenario(&scenario), text);
    let us = Nanos::from_micros;
    let expected = [
        Intervention {
            at: us(1_000),
            what: Intervene::CompleteIo { group: GroupId(1), member: 0 },
        },
        Intervention { at: us(12_500), what: Intervene::SwitchInterval(us(1_000)) },
        Intervention {
            at: us(20_000),
            what: Intervene::CompleteIo { group: GroupId(0), member: 1 },
        },
    ];
    assert_eq!(scenario.spec().interventions, expected);
    let ticks = parse_scenario("v1/py=2.7/a:py-1ms/then=ci-50@10ms").unwrap();
    assert_eq!(ticks.spec().interventions[0].what, Intervene::CheckInterval(50));
    // One thread or one task of one has no number of its own, but may be given one.
    let same = |a: &str, b: &str| assert_eq!(parse_scenario(a), parse_scenario(b));
    same("v1/a:io-1ms/then=io-a.1@1ms", "v1/a:io-1ms/then=io-a@1ms");
    same("v1/a:3:io-1ms:seq/then=io-a.1@1ms", "v1/a:3:io-1ms:seq/then=io-a@1ms");
}

#[test]
fn a_view_in_full() {
    let link =
        parse("v1/a:py-1ms/debug=on/lesson=convoy/at=1s/tab=right/to=2ms/from=1us/slow=5/loop=on")
            .unwrap();
    let view = View {
        tab: Tab::Right,
        lesson: Some("convoy".to_owned()),
        debug: true,
        at: Some(Nanos::from_secs(1)),
        window: Some((Nanos::from_micros(1), Nanos::from_millis(2))),
        slowdown: Some(5),
        looping: true,
        embed: None,
    };
    assert_eq!(link.view, view);
    assert_eq!(parse("v1/a:py-1ms").unwrap().view, View::default());
}

#[test]
fn durations() {
    for (nanos, text) in [
        (0, "0s"),
        (1, "1ns"),
        (999, "999ns"),
        (1_500, "1.5us"),
        (100_000, "100us"),
        (1_250_000, "1.25ms"),
        (2_500_000, "2.5ms"),
        (1_000_000_000, "1s"),
        (1_234_567, "1234567ns"),
        (60_000_000_000, "60s"),
        (u64::MAX, "18446744073.709551615s"),
    ] {
        assert_eq!(print_duration(Nanos(nanos)), text);
        assert_eq!(parse_duration(text), Ok(Nanos(nanos)));
    }
}

#[test]
fn parts_for_form_fields() {
    let dist = Dist::Uniform(Nanos::from_millis(1), Nanos::from_millis(3));
    assert_eq!(parse_dist("1ms..3ms"), Ok(dist));
    assert_eq!(print_dist(dist), "1ms..3ms");
    let steps = parse_steps("lock-a+py-1ms+unlock-a+io-exp2ms").unwrap();
    assert_eq!(steps.len(), 2);
    assert_eq!(print_steps(&steps), "lock-a+py-1ms+unlock-a+io-exp2ms");
}

#[test]
fn presets_are_valid_short_and_canonical() {
    for (i, preset) in PRESETS.iter().enumerate() {
        assert_eq!(print_scenario(&preset.scenario()), preset.notation);
        assert!(preset.notation.len() < 300, "{}", preset.key);
        assert!(preset.summary.ends_with('.'), "{}", preset.key);
        assert_eq!(Preset::find(preset.key), Some(&PRESETS[i]), "the key is not unique");
    }
}

#[test]
fn presets_end_by_themselves_within_a_second() {
    for preset in PRESETS {
        let trace = run(&preset.scenario());
        assert_eq!(trace.outcome, Outcome::Completed, "{}", preset.key);
        assert!(trace.end < Nanos::from_secs(1), "{}: {}", preset.key, trace.end);
    }
}

#[test]
fn the_longest_text_is_read_encoded_too() {
    let mut text = String::from("v1/a:py-1ms");
    while text.len() + 8 <= MAX_CHARS {
        text += if text.len() % 9 == 0 { "+io-10ms" } else { "+io-1ms" };
    }
    let encoded: String = text.bytes().map(|b| format!("%{b:02X}")).collect();
    let too_many = |text: &str| parse(text).unwrap_err().message;
    assert_eq!(too_many(&text), too_many(&encoded));
    assert!(too_many(&text).ends_with("steps; at most 16 are allowed"), "{}", too_many(&text));
}
