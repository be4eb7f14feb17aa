//! Fields are read and written, lists change.

use super::place::{Change, Facet, Place, Setting};
use super::value::{numbers, round_step};
use super::*;
use gil_notation::{parse_duration, parse_scenario, print_duration, print_scenario};
use gil_sim::{Scenario, Spec};

fn spec(text: &str) -> Spec {
    parse_scenario(text).unwrap().into_spec()
}

fn print(spec: Spec) -> String {
    print_scenario(&Scenario::new(spec).unwrap())
}

#[track_caller]
fn check_write(before: &str, place: Place, text: &str, after: &str) {
    let mut spec = spec(before);
    write(&mut spec, &place, text).unwrap();
    assert_eq!(print(spec), after);
}

#[track_caller]
fn check_error(place: Place, text: &str, message: &str) {
    let before = spec("v1/a:py-2ms");
    let mut after = before.clone();
    assert_eq!(write(&mut after, &place, text).unwrap_err(), message);
    assert_eq!(before, after);
}

#[test]
fn every_setting_is_read_as_it_is_written() {
    let mut spec = spec("v1/gc=2ms@50ms/a:py-2ms");
    for (n, setting) in [
        Setting::SwitchInterval,
        Setting::CheckInterval,
        Setting::Seed,
        Setting::GcEvery,
        Setting::GcPause,
        Setting::Cores,
        Setting::TimeSlice,
        Setting::WakeDeep,
        Setting::WakeShallow,
        Setting::WakeCold,
        Setting::IdleDeepens,
        Setting::TimerSlack,
        Setting::TimerTick,
        Setting::WaitUnit,
        Setting::ContextSwitch,
        Setting::Uncontended,
        Setting::FutexWake,
        Setting::FutexWait,
        Setting::Syscall,
        Setting::ThreadStart,
        Setting::Rewait,
        Setting::Fork,
        Setting::Forkserver,
        Setting::Spawn,
        Setting::Interpreter,
        Setting::Pickle,
        Setting::Unpickle,
        Setting::TaskSwitch,
        Setting::Job,
        Setting::CacheLine,
        Setting::LimitTime,
        Setting::LimitEvents,
    ]
    .into_iter()
    .enumerate()
    {
        let place = Place::setting(setting);
        let number = numbers(&place).is_some();
        let new = if number { format!("{}", 7 + n) } else { format!("{} us", 20 + n) };
        write(&mut spec, &place, &new).unwrap();
        assert_eq!(text(&spec, &place), new, "{setting:?}");
    }
}

#[test]
fn fields_of_groups_and_steps() {
    let a = "v1/a:py-2ms";
    check_write(a, Place::item(&[0], Facet::Name), "b ", "v1/b:py-2ms");
    check_write(a, Place::item(&[0], Facet::Count), "8", "v1/a:8:py-2ms");
    check_write(a, Place::item(&[0], Facet::Start), "1 ms", "v1/a:1@1ms:py-2ms");
    check_write(a, Place::item(&[0], Facet::RepeatKind), "for", "v1/a:py-2ms:for-200ms");
    check_write(a, Place::item(&[0], Facet::Repeat), "9", "v1/a:py-2ms:x9");
    check_write(a, Place::item(&[0, 0], Facet::Value), "3 \u{b5}s", "v1/a:py-3us");
    check_write(a, Place::item(&[0, 0], Facet::Value), "1ms..3ms", "v1/a:py-1ms..3ms");
    check_write(a, Place::item(&[0, 0], Facet::Spread), "lognormal", "v1/a:py-ln2ms..6ms");
    check_write(a, Place::item(&[0, 0], Facet::Check), "1us", "v1/a:py-2ms@1us");
    let b = "v1/a:lock-l+io-1ms..2ms+unlock-l";
    check_write(b, Place::item(&[0, 0], Facet::Lock), "m", "v1/a:lock-m+io-1ms..2ms+unlock-m");
    let c = "v1/a:lock-l+io-1ms..9ms+unlock-l";
    check_write(b, Place::item(&[0, 0, 0], Facet::Second), "9ms", c);
    check_write(b, Place::item(&[0, 0], Facet::Kind), "native", "v1/a:native-1ms..2ms");
    check_write(a, Place::item(&[0, 0], Facet::Kind), "lock", "v1/a:lock-lock+py-2ms+unlock-lock");
    check_write(a, Place::item(&[0, 0], Facet::Kind), "sys", "v1/a:sys-2us");
}

#[test]
fn check_boxes_and_the_system() {
    let a = "v1/a:py-2ms";
    let setting = Place::setting;
    check_write(a, setting(Setting::Extension), "on", "v1/ext=unmarked/a:py-2ms");
    check_write(a, setting(Setting::Gc), "on", "v1/gc=2ms@50ms/a:py-2ms");
    check_write("v1/gc=9ms@1s/a:py-2ms", setting(Setting::Gc), "off", a);
    check_write(a, setting(Setting::Python), "3.14t", "v1/py=3.14t/a:py-2ms");
    let mut spec = spec("v1/a:py-2ms");
    for (place, shown) in
        [(Setting::Gc, "off"), (Setting::Extension, "off"), (Setting::Os, "Linux")]
    {
        assert_eq!(text(&spec, &setting(place)), shown);
    }
    assert!(write(&mut spec, &setting(Setting::Gc), "perhaps").is_err());
}

#[test]
fn strategies_queues_and_jobs() {
    let a = "v1/a:4:io-1ms";
    let group = |facet| Place::item(&[0], facet);
    check_write(a, group(Facet::Strategy), "asyncio", "v1/a:4:io-1ms:async");
    check_write(a, group(Facet::Strategy), "processes (spawn)", "v1/a:4:io-1ms:spawn");
    check_write(a, group(Facet::RepeatKind), "jobs", "v1/a:4:io-1ms:jobs-20");
    check_write(a, group(Facet::RepeatKind), "arrive", "v1/a:4:io-1ms:arrive-exp10ms@1s");
    let open = "v1/a:4:io-1ms:arrive-exp10ms@1s";
    check_write(open, group(Facet::Value), "2 ms", "v1/a:4:io-1ms:arrive-exp2ms@1s");
    check_write(open, group(Facet::Spread), "fixed", "v1/a:4:io-1ms:arrive-10ms@1s");
    check_write(open, group(Facet::Repeat), "3s", "v1/a:4:io-1ms:arrive-exp10ms@3s");
    check_write("v1/a:io-1ms:jobs-9", group(Facet::Repeat), "7", "v1/a:io-1ms:jobs-7");

    let step = |facet| Place::item(&[0, 0], facet);
    check_write(a, step(Facet::Kind), "block", "v1/a:4:block-1ms");
    check_write(a, step(Facet::Kind), "share", "v1/a:4:share-cache-1ms");
    check_write("v1/a:share-x-1ms", step(Facet::Object), "y", "v1/a:share-y-1ms");
    check_write("v1/a:mutate-x-1ms", step(Facet::Value), "2ms", "v1/a:mutate-x-2ms");
    let pools = "/b:py-1ms:serve/c:py-1ms:serve";
    let check = |before: &str, facet, text, after: &str| {
        check_write(&format!("{before}{pools}"), step(facet), text, &format!("{after}{pools}"));
    };
    check("v1/a:py-1ms", Facet::Kind, "call", "v1/a:call-b");
    check("v1/a:call-b", Facet::Callee, "c", "v1/a:call-c");
    check("v1/a:call-b", Facet::Bytes, "64 KiB", "v1/a:call-b@64kib");
    check("v1/a:call-b@1mib", Facet::Bytes, "0", "v1/a:call-b");
    check("v1/a:call-b@1mib", Facet::Kind, "io", "v1/a:io-10ms");
}

#[test]
fn amounts_of_data() {
    let bytes = Place::item(&[0, 0], Facet::Bytes);
    let mut spec = spec("v1/a:call-b@96kib/b:py-1ms:serve");
    assert_eq!(text(&spec, &bytes), "96 KiB");
    assert_eq!(nudged(&spec, &bytes, true).as_deref(), Some("256 KiB"));
    assert_eq!(nudged(&spec, &bytes, false).as_deref(), Some("64 KiB"));
    let asked = "an amount of data such as 0, 100 B, 64 KiB or 1 MiB.";
    for (text, told) in [("", "Write "), ("5", "\"5\" is not "), ("1 GB", "\"1 GB\" is not ")] {
        assert_eq!(write(&mut spec, &bytes, text).unwrap_err(), format!("{told}{asked}"));
    }
    for (text, nudge) in [("0", "1 KiB"), ("1 b", "1 KiB"), ("1024 MiB", "1 GiB")] {
        write(&mut spec, &bytes, text).unwrap();
        assert_eq!(nudged(&spec, &bytes, true).as_deref(), Some(nudge));
    }
}

#[test]
fn figures_follow_the_system_unless_they_are_ones_own() {
    let os = || Place::setting(Setting::Os);
    check_write("v1/a:py-2ms", os(), "Windows", "v1/os=windows/a:py-2ms");
    check_write("v1/os=windows/cores=2/a:py-2ms", os(), "macOS", "v1/os=macos/cores=2/a:py-2ms");
    let own = "v1/os=windows/slice=3ms/tick=1ms/a:py-2ms";
    check_write("v1/slice=3ms/tick=1ms/a:py-2ms", os(), "Windows", own);
    let mut spec = spec(own);
    reset(&mut spec, Setting::TimerTick);
    assert_eq!(default_words(&spec, Setting::TimerTick), "15625 us");
    reset_machine(&mut spec);
    assert_eq!(print(spec), "v1/os=windows/a:py-2ms");
}

#[test]
fn the_usual_check_distance_is_none() {
    check_write("v1/a:py-2ms@1us", Place::item(&[0, 0], Facet::Check), "36ns", "v1/a:py-2ms");
}

#[test]
fn nonsense_is_explained() {
    let interval = || Place::setting(Setting::SwitchInterval);
    let units = "the units are ns, us, ms and s, as in 2.5ms";
    check_error(interval(), "5", &format!("\"5\" has no unit; {units}."));
    check_error(interval(), "5 min", &format!("Unknown unit \"min\"; {units}."));
    check_error(interval(), " ", "Write a duration such as 2.5 ms.");
    let cores = || Place::setting(Setting::Cores);
    check_error(cores(), "many", "\"many\" is not a whole number from 1 to 64.");
    check_error(cores(), "65540", "65540 is not between 1 and 64.");
    check_error(Place::setting(Setting::Seed), "-1", "\"-1\" is not a whole number.");
    check_error(
        Place::item(&[0], Facet::Repeat),
        "2.5",
        "\"2.5\" is not a whole number from 1 to 1000000.",
    );
    check_error(Place::item(&[4, 4], Facet::Value), "1ms", "This is not there any more.");
}

#[test]
fn the_slice_follows_the_cores_unless_it_is_ones_own() {
    let cores = Place::setting(Setting::Cores);
    check_write("v1/a:py-2ms", cores.clone(), "8", "v1/cores=8/a:py-2ms");
    let own = "v1/cores=8/slice=3ms/a:py-2ms";
    check_write("v1/slice=3ms/a:py-2ms", cores, "8", own);
}

#[test]
fn nudges_go_along_1_2_5() {
    let check = |text: &str, up: &str, down: &str| {
        let time = parse_duration(text).unwrap();
        assert_eq!(print_duration(round_step(time, true)), up);
        assert_eq!(print_duration(round_step(time, false)), down);
    };
    check("5ms", "10ms", "2ms");
    check("3ms", "5ms", "2ms");
    check("1ns", "2ns", "0s");
}

#[track_caller]
fn check_act(before: &str, what: Act, after: &str, change: Change) {
    let mut spec = spec(before);
    let renumbering = act(&mut spec, &what).unwrap();
    assert_eq!(renumbering.what, change);
    assert_eq!(print(spec), after);
}

#[test]
fn lists_change() {
    let two = "v1/a:py-2ms/b:io-1ms";
    check_act(two, Act::Add(vec![]), "v1/a:py-2ms/b:io-1ms/work:py-5ms:x10", Change::Insert(2));
    check_act(two, Act::Duplicate(vec![0]), "v1/a:py-2ms/a2:py-2ms/b:io-1ms", Change::Insert(1));
    check_act(two, Act::Remove(vec![0]), "v1/b:io-1ms", Change::Remove(0));
    check_act(two, Act::Up(vec![1]), "v1/b:io-1ms/a:py-2ms", Change::Swap(1, 0));
    check_act(two, Act::Add(vec![0]), "v1/a:py-2ms+io-10ms/b:io-1ms", Change::Insert(1));
    let lock = "v1/a:lock-l+py-1ms+io-2ms+unlock-l";
    let turned = "v1/a:lock-l+io-2ms+py-1ms+unlock-l";
    check_act(lock, Act::Down(vec![0, 0, 0]), turned, Change::Swap(0, 1));
    let nothing = act(&mut spec(two), &Act::Up(vec![0]));
    assert_eq!(nothing, None);
    assert_eq!(act(&mut spec(two), &Act::Remove(vec![7])), None);
}
