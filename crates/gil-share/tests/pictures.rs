//! What each kind of picture shows, what it needs, and what it refuses.

mod support;

use gil_share::picture::{Content, Made, Picture, Subject, draw, draw_content};
use gil_view::theme::Theme;
use support::{BASE, compared, link, placed, preset, svg, texts};

fn drawn(kind: Subject, text: &str) -> Picture {
    draw(kind, &link(text), 1_000.0, Some(BASE)).unwrap()
}

fn has(picture: &Picture, text: &str) -> bool {
    texts(picture).contains(&text)
}

#[test]
fn a_timeline_honours_window_and_playhead() {
    let whole = drawn(Subject::Timeline, "v1/count:2:py-20ms");
    assert!(has(&whole, "30 ms") && whole.description.starts_with("A timeline of all 40"));
    let part = drawn(Subject::Timeline, "v1/count:2:py-20ms/at=12ms/from=10ms/to=15ms");
    assert!(has(&part, "11.0 ms") && !has(&part, "5.0 ms"), "{:?}", texts(&part));
    // The flag of the playhead, with more digits than the axis.
    assert!(has(&part, "12.000 ms"), "{:?}", texts(&part));
    assert!(part.description.starts_with("A timeline of 10 ms to 15 ms of 40"));
    assert!(part.description.contains("with the playhead at 12 ms"));
}

#[test]
fn a_picture_explains_its_states() {
    for kind in [Subject::Timeline, Subject::Comparison] {
        let picture = draw(kind, &compared("cpu", "free"), 480.0, None).unwrap();
        for state in ["has GIL", "waiting for GIL"] {
            assert!(has(&picture, state) && picture.description.contains(state), "{kind:?}");
        }
        // Only the second run has it.
        assert_eq!(has(&picture, "runs Python"), kind == Subject::Comparison);
    }
}

#[test]
fn the_stage_shows_the_playhead_or_a_telling_moment() {
    for (text, when, words) in [
        ("v1/count:2:py-20ms/at=7.5ms", "At 7.5 ms of 40", "count-"),
        ("v1/count:2:py-20ms/at=0ns", "At 0 ns of 40", "count-1"),
        ("v1/count:2:py-20ms/at=9s", "At 40", "It will never run Python again"),
        ("v1/count:2:py-20ms", "At 5.", "gil_drop_request"),
        ("v1/zip:3:native-10ms", "At ", "zip-3"),
        (
            "v1/a:lock-x+py-9ms+lock-y+py-1ms+unlock-y+unlock-x/b:lock-y+py-9ms+lock-x+py-1ms+unlock-x+unlock-y",
            "At ",
            "lock",
        ),
    ] {
        let picture = drawn(Subject::Stage, text);
        let found = texts(&picture).into_iter().any(|line| line.starts_with(when));
        assert!(found, "{text}: {:?}", texts(&picture));
        assert!(picture.description.contains(words), "{text}: {}", picture.description);
    }
}

#[test]
fn a_chart_says_what_is_varied_and_has_its_numbers_in_words() {
    let picture = draw(Subject::Chart, &preset("convoy"), 1_000.0, None).unwrap();
    assert!(picture.title.contains("this scenario: "), "{}", picture.title);
    let all = texts(&picture).join(" ");
    assert!(all.contains("Varied are the threads of io. The ringed point is the scenario"));
    assert!(picture.description.contains("CPU-bound: 1× at 1, "), "{}", picture.description);
}

#[test]
fn a_chart_says_which_runs_were_cut() {
    let picture = draw(Subject::Chart, &preset("ticks"), 1_000.0, None).unwrap();
    let all = texts(&picture).join(" ");
    for note in ["from 8 threads on runs were cut", "Hollow points did not end by themselves"] {
        assert!(all.contains(note), "{all}");
    }
}

#[test]
fn the_axes_of_a_comparison_lie_one_below_the_other() {
    let picture = drawn(Subject::Comparison, "v1/a:2:py-20ms/vs/longname:3:py-20ms");
    for label in ["0 ms", "20 ms", "50 ms"] {
        let places = placed(&picture);
        let at: Vec<f32> = places.iter().filter(|p| p.text == label).map(|p| p.left).collect();
        assert!(at.len() == 2 && at[0] == at[1], "{label}: {at:?}");
    }
    assert!(has(&picture, "A") && has(&picture, "B"));
    assert!(texts(&picture).iter().any(|text| text.starts_with("ended at 40")));
}

#[test]
fn what_cannot_be_drawn_is_refused_in_a_sentence() {
    let alone = preset("cpu");
    for (kind, width, base, part) in [
        (Subject::Comparison, 1_000.0, None, "needs two scenarios"),
        (Subject::Timeline, 0.0, None, "320 to 4000 pixels wide, not 0"),
        (Subject::Timeline, f32::NAN, None, "not NaN"),
        (Subject::Stage, f32::INFINITY, None, "not inf"),
        (Subject::Chart, 1_000.0, Some("javascript:alert(1)"), "begins with https://"),
        (Subject::Chart, 1_000.0, Some(""), "begins with https://"),
        (Subject::Timeline, 1_000.0, Some("data:text/html,x"), "data:text/html,x"),
        (Subject::Timeline, 1_000.0, Some("https://a b/"), "no blanks"),
        (Subject::Timeline, 1_000.0, Some("https://"), "begins with https://"),
    ] {
        let error = draw(kind, &alone, width, base).unwrap_err();
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn without_a_base_the_foot_has_the_notation() {
    let picture = draw(Subject::Timeline, &preset("cpu"), 1_000.0, None).unwrap();
    assert_eq!(picture.address, None);
    assert!(has(&picture, "v1/count:4:py-50ms"));
    assert!(picture.description.ends_with("Notation: v1/count:4:py-50ms"));
    assert!(!svg(&picture).contains("<a "));
}

#[test]
fn a_long_link_is_short_at_the_foot_and_whole_elsewhere() {
    let picture = draw(Subject::Timeline, &preset("web"), 480.0, Some(BASE)).unwrap();
    let foot = texts(&picture).into_iter().find(|text| text.starts_with("https")).unwrap();
    assert!(foot.ends_with('…') && foot.starts_with(BASE), "{foot}");
    let whole = picture.address.as_deref().unwrap();
    assert!(whole.ends_with("report:1@100ms:py-200ms"));
    let svg = svg(&picture);
    assert_eq!(svg.matches(whole).count(), 2, "in the link and in the description");
}

#[test]
fn a_base_keeps_its_query_and_loses_its_fragment() {
    let base = "HTTPS://example.org/?a=1&b='<c>\"#old";
    let picture = draw(Subject::Timeline, &preset("cpu"), 1_000.0, Some(base)).unwrap();
    let address = "HTTPS://example.org/?a=1&b='<c>\"#v1/count:4:py-50ms";
    assert_eq!(picture.address.as_deref(), Some(address));
    let svg = svg(&picture);
    let document = roxmltree::Document::parse(&svg).unwrap();
    let link = document.descendants().find(|node| node.has_tag_name("a")).unwrap();
    assert_eq!(link.attribute("href"), Some(address));
    assert!(!svg.contains("<c>"));
}

#[test]
fn an_address_that_was_put_in_later_cannot_be_a_script() {
    let mut picture = draw(Subject::Timeline, &preset("cpu"), 1_000.0, Some(BASE)).unwrap();
    picture.address = Some("javascript:alert(1)".to_owned());
    assert!(!svg(&picture).contains("javascript"));
}

#[test]
fn names_are_text_whatever_they_are() {
    const NAME: &str = "</text></svg><script>alert('&\"')</script>\u{0}\u{1b}";
    let link = compared("convoy", "cpu");
    let mut named = gil_sim::Run::of(link.scenario.clone());
    named.trace.threads.iter_mut().for_each(|thread| thread.name = NAME.to_owned());
    let known = Made::of(&link.scenario);
    let mut run = known.shown();
    run.run = &named;
    for content in [Content::Timeline(run), Content::Stage(run), Content::Comparison(run, run)] {
        let picture = draw_content(content, &link, 1_000.0, Some(BASE)).unwrap();
        let svg = svg(&picture);
        let document = roxmltree::Document::parse(&svg).unwrap();
        assert!(document.descendants().all(|node| !node.has_tag_name("script")), "{svg}");
        let shown = document.descendants().filter(|node| node.has_tag_name("text"));
        let names = shown.filter(|node| node.text().is_some_and(|text| text.starts_with("</te")));
        assert!(names.count() >= 3, "{:?}", content.kind());
    }
}

#[test]
fn a_run_at_hand_gives_the_same_picture() {
    let link = compared("mixed", "cpu");
    let runs = [&link.scenario, link.other.as_ref().unwrap()].map(Made::of);
    let [a, b] = runs.each_ref().map(Made::shown);
    for content in [Content::Timeline(a), Content::Stage(a), Content::Comparison(a, b)] {
        let at_hand = draw_content(content, &link, 800.0, None);
        assert_eq!(at_hand, draw(content.kind(), &link, 800.0, None));
    }
}

#[test]
fn pictures_in_one_page_have_ids_of_their_own() {
    let id = |key: &str, theme: Theme| {
        let picture = draw(Subject::Timeline, &preset(key), 800.0, None).unwrap();
        let svg = picture.svg(&theme);
        svg.split_once(" id=\"").unwrap().1.split('"').next().unwrap().to_owned()
    };
    let ids = [id("cpu", Theme::light()), id("cpu", Theme::dark()), id("mixed", Theme::light())];
    assert!(ids[0] != ids[1] && ids[0] != ids[2] && ids[1] != ids[2], "{ids:?}");
    assert_eq!(ids[0], id("cpu", Theme::light()));
}

/// A picture that a reader can follow, and open. After a change that is meant,
/// `UPDATE_GOLDEN=1 cargo test -p gil-share` writes it anew.
#[test]
fn a_small_picture_stays_as_it_is() {
    let link = link("v1/cores=1/a:py-2ms+io-3ms/b:py-2ms/at=3ms");
    let picture = draw(Subject::Timeline, &link, 600.0, Some(BASE)).unwrap();
    let (svg, file) = (svg(&picture), "tests/golden/two_threads.svg");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(file, &svg).unwrap();
    }
    let golden = std::fs::read_to_string(file).unwrap();
    assert!(svg == golden, "{file} is another picture now:\n{svg}");
}

#[test]
fn a_name_that_is_cut_keeps_its_number() {
    let crowd = link("v1/worker:40:py-1ms+io-5ms:x2/at=4ms");
    let picture = draw(Subject::Stage, &crowd, 480.0, None).unwrap();
    for number in 1..=40 {
        let end = format!("-{number}");
        let named = texts(&picture).iter().filter(|text| text.ends_with(&end)).count();
        assert_eq!(named, 1, "worker{end}: {:?}", texts(&picture));
    }
    assert!(texts(&picture).iter().any(|text| text.contains('…')));
}
