//! What becomes of drafts and interventions as a scenario is edited.

use super::*;
use gil_notation::{parse_scenario, print_scenario};

fn spec(text: &str) -> Spec {
    parse_scenario(text).unwrap().into_spec()
}

#[test]
fn interventions_stay_and_follow_their_groups() {
    let forked = spec("v1/a:2:io-2ms/b:3:io-2ms/then=io-b.3@1ms+si-1ms@1ms+io-a.1@2ms");
    let after = |scenario: Option<Scenario>| print_scenario(&scenario.unwrap());
    let entered = |place: Place, text| after(PanelState::default().enter(&forked, &place, text));
    let acted = |act| after(PanelState::default().act(&forked, &act));
    let cores = Place::setting(Setting::Cores);
    assert_eq!(
        entered(cores, "2"),
        "v1/cores=2/a:2:io-2ms/b:3:io-2ms/then=io-b.3@1ms+si-1ms@1ms+io-a.1@2ms"
    );
    assert_eq!(
        entered(name(1), "web"),
        "v1/a:2:io-2ms/web:3:io-2ms/then=io-web.3@1ms+si-1ms@1ms+io-a.1@2ms"
    );
    // A thread that is gone takes its intervention with it, a group all of them.
    assert_eq!(
        entered(Place::item(&[1], Facet::Count), "2"),
        "v1/a:2:io-2ms/b:2:io-2ms/then=si-1ms@1ms+io-a.1@2ms"
    );
    assert_eq!(acted(Act::Remove(vec![1])), "v1/a:2:io-2ms/then=si-1ms@1ms+io-a.1@2ms");
    assert_eq!(acted(Act::Remove(vec![0])), "v1/b:3:io-2ms/then=io-b.3@1ms+si-1ms@1ms");
    assert_eq!(
        acted(Act::Down(vec![0])),
        "v1/b:3:io-2ms/a:2:io-2ms/then=io-b.3@1ms+si-1ms@1ms+io-a.1@2ms"
    );
    // Another Python has another interval, or none.
    assert_eq!(
        entered(Place::setting(Setting::Python), "3.14t"),
        "v1/py=3.14t/a:2:io-2ms/b:3:io-2ms/then=io-b.3@1ms+io-a.1@2ms"
    );
}

fn name(group: usize) -> Place {
    Place::item(&[group], Facet::Name)
}

#[test]
fn nonsense_stays_and_the_rest_goes_on() {
    let mut state = PanelState::default();
    let before = spec("v1/a:py-2ms");
    let interval = Place::setting(Setting::SwitchInterval);
    assert_eq!(state.enter(&before, &interval, "20s"), None);
    assert_eq!(state.text(&before, &interval), "20s");
    assert_eq!(state.error(&interval), Some("20 s is not between 1 us and 10 s."));
    let cores = Place::setting(Setting::Cores);
    let after = state.enter(&before, &cores, "2").unwrap();
    assert_eq!(print_scenario(&after), "v1/cores=2/a:py-2ms");
    state.leave(&interval);
    assert_eq!(state.text(after.spec(), &interval), "20s");
    state.forget(&interval);
    assert_eq!(state.text(after.spec(), &interval), "5 ms");
}

#[test]
fn a_good_text_stays_as_typed_until_the_field_is_left() {
    let mut state = PanelState::default();
    let interval = Place::setting(Setting::SwitchInterval);
    let after = state.enter(&spec("v1/a:py-2ms"), &interval, "2.50ms").unwrap();
    assert_eq!(state.text(after.spec(), &interval), "2.50ms");
    state.leave(&interval);
    assert_eq!(state.text(after.spec(), &interval), "2.5 ms");
}

#[test]
fn groups_exchange_their_names() {
    let mut state = PanelState::default();
    let before = spec("v1/a:py-2ms/b:io-1ms");
    assert_eq!(state.enter(&before, &name(0), "b"), None);
    assert_eq!(state.error(&name(0)), Some("There are two groups called \"b\"; rename one."));
    let after = state.enter(&before, &name(1), "a").unwrap();
    assert_eq!(print_scenario(&after), "v1/b:py-2ms/a:io-1ms");
    assert_eq!(state.error(&name(0)), None);
}

#[test]
fn waiting_texts_go_in_one_by_one_where_not_all_can() {
    let mut state = PanelState::default();
    let before = spec("v1/a:200:py-2ms/b:50:io-1ms");
    let count = |group| Place::item(&[group], Facet::Count);
    assert_eq!(state.enter(&before, &count(1), "100"), None);
    assert_eq!(state.error(&count(1)), Some("300 threads in all; at most 256 are simulated."));
    assert_eq!(state.enter(&before, &name(0), "b"), None);
    let after = state.enter(&before, &count(0), "9").unwrap();
    assert_eq!(print_scenario(&after), "v1/a:9:py-2ms/b:100@0s:io-1ms");
    assert!(state.error(&name(0)).is_some());
}

#[test]
fn the_only_group_that_ends_does_not_become_a_daemon() {
    let mut state = PanelState::default();
    let before = spec("v1/a:py-2ms/b:io-1ms:daemon");
    let kind = Place::item(&[0], Facet::RepeatKind);
    assert_eq!(state.enter(&before, &kind, "daemon"), None);
    assert_eq!(state.text(&before, &kind), "daemon");
    let message = "No group ends by itself; one must.";
    assert_eq!(state.error(&kind), Some(message));
    state.forget(&kind);
    assert_eq!(state.act(&before, &Act::Remove(vec![0])), None);
    assert_eq!(state.notice, Some((vec![0], message.to_owned())));
}

#[test]
fn what_was_typed_moves_with_its_step() {
    let mut state = PanelState::default();
    let before = spec("v1/a:py-2ms+io-1ms");
    state.enter(&before, &Place::item(&[0, 1], Facet::Value), "soon");
    let after = state.act(&before, &Act::Up(vec![0, 1])).unwrap();
    assert_eq!(print_scenario(&after), "v1/a:io-1ms+py-2ms");
    assert!(state.error(&Place::item(&[0, 0], Facet::Value)).is_some());
    assert_eq!(state.focus.1, ["item-0-0-up", "item-0-0-down"]);
    state.act(after.spec(), &Act::Remove(vec![0, 0]));
    assert!(state.drafts.is_empty());
    assert_eq!(state.focus.1[0], "item-0-0-remove");
}

#[test]
fn fields_that_go_take_their_texts_along() {
    let mut state = PanelState::default();
    let before = spec("v1/a:py-1ms..2ms");
    state.enter(&before, &Place::item(&[0, 0], Facet::Second), "soon");
    state.enter(&before, &Place::item(&[0, 0], Facet::Spread), "fixed");
    assert_eq!(state.error(&Place::item(&[0, 0], Facet::Second)), None);
}

#[test]
fn a_version_without_what_a_group_needs_is_told_at_both() {
    let mut state = PanelState::default();
    let before = spec("v1/py=3.12/a:4:io-1ms:async");
    let (version, strategy) = (Place::setting(Setting::Python), Place::item(&[0], Facet::Strategy));
    assert_eq!(state.enter(&before, &version, "2.7"), None);
    let message = "Python 2.7 has no asyncio; 3.4 is the first.";
    assert_eq!(state.error(&version), Some(message));
    assert_eq!(state.echo(&strategy).as_deref(), Some(message));
    assert!(state.is_in_the_way(&[0]) && !state.is_in_the_way(&[1]));
    assert_eq!(state.text(&before, &version), "2.7");
    let after = state.enter(&before, &strategy, "threads").unwrap();
    assert_eq!(print_scenario(&after), "v1/py=2.7/a:4:io-1ms");
    assert_eq!((state.error(&version), state.echo(&strategy)), (None, None));
}

#[test]
fn calls_follow_their_group() {
    let mut state = PanelState::default();
    let before = spec("v1/a:call-b+lock-l+call-b+unlock-l/b:py-1ms:serve");
    let after = state.enter(&before, &name(1), "pool").unwrap();
    let renamed = "v1/a:call-pool+lock-l+call-pool+unlock-l/pool:py-1ms:serve";
    assert_eq!(print_scenario(&after), renamed);
    assert_eq!(state.act(&after.into_spec(), &Act::Remove(vec![1])), None);
    let told = Some((vec![1], "There is no group \"pool\" to call.".to_owned()));
    assert_eq!(state.notice, told);
}

#[test]
fn calls_follow_groups_that_exchange_their_names() {
    let mut state = PanelState::default();
    let before = spec("v1/a:py-1ms:serve/b:py-2ms:serve/c:call-a+call-b");
    assert_eq!(state.enter(&before, &name(0), "b"), None);
    let after = state.enter(&before, &name(1), "a").unwrap();
    assert_eq!(print_scenario(&after), "v1/b:py-1ms:serve/a:py-2ms:serve/c:call-b+call-a");
}

#[test]
fn a_job_waits_for_a_group_that_serves() {
    let mut state = PanelState::default();
    let before = spec("v1/a:py-1ms/b:py-2ms");
    let kind = Place::item(&[0, 0], Facet::Kind);
    assert_eq!(state.enter(&before, &kind, "call"), None);
    assert!(state.error(&kind).is_some_and(|told| told.contains("serve others")));
    let repeat = Place::item(&[1], Facet::RepeatKind);
    let after = state.enter(&before, &repeat, "serve").unwrap();
    assert_eq!(print_scenario(&after), "v1/a:call-b/b:py-2ms:serve");
    assert_eq!(state.enter(after.spec(), &repeat, "times"), None);
    let callee = Place::item(&[0, 0], Facet::Callee);
    assert!(state.echo(&callee).is_some_and(|told| told.contains("does not serve")));
}

#[test]
fn fields_of_a_choice_that_is_undone_take_their_texts_along() {
    let mut state = PanelState::default();
    let before = spec("v1/gc=2ms@50ms/a:py-2ms:arrive-1ms@1s");
    let pause = Place::setting(Setting::GcPause);
    let gap = Place::item(&[0], Facet::Value);
    state.enter(&before, &pause, "long");
    state.enter(&before, &gap, "often");
    state.enter(&before, &Place::setting(Setting::Gc), "off");
    assert!(state.error(&pause).is_none() && state.error(&gap).is_some());
    state.enter(&before, &Place::item(&[0], Facet::RepeatKind), "jobs");
    assert_eq!(state.error(&gap), None);
}
