//! Texts in lines, with comments; names of presets; whole addresses; and where their errors are.

use gil_notation::{PRESETS, Preset, parse, parse_scenario, print, print_scenario};

/// Each text is read as the second one is, which is one line.
fn same(table: &[(&str, &str)]) {
    for (text, line) in table {
        let link = parse(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(print(&link), print(&parse(line).expect(line)), "{text:?}");
    }
}

fn message(text: &str) -> String {
    parse(text).map_or_else(|error| error.one_line(), |link| panic!("read as {}", print(&link)))
}

const WORKER: &str = "\
# One gthread worker, which gets a quarter of the load.

v1/cores=1
  /web:8:py-2ms
      + io-30ms          # the database
      : arrive-exp5ms@300ms
  /report:py-200ms       # #v1 of it
# end
";

#[test]
fn lines_blanks_and_comments_are_layout() {
    let line = "v1/cores=1/web:8:py-2ms+io-30ms:arrive-exp5ms@300ms/report:py-200ms";
    let windows = WORKER.replace('\n', "\r\n");
    same(&[
        (WORKER, line),
        (&windows, line),
        ("v1 / cores=1\t/ a : 8 : py-1ms + io-2ms : x3", "v1/cores=1/a:8:py-1ms+io-2ms:x3"),
        ("v1/a:py-1ms # one pass", "v1/a:py-1ms"),
        ("v1/a:py-1ms\n\n#\n#v is no link\n", "v1/a:py-1ms"),
    ]);
}

#[test]
fn a_line_break_between_parts_is_a_slash() {
    same(&[
        ("v1\ncores=2\na:py-1ms\nb:py-1ms\n", "v1/cores=2/a:py-1ms/b:py-1ms"),
        ("v1\n/cores=2\n/a:py-1ms", "v1/cores=2/a:py-1ms"),
        ("v1/\ncores=2/\na:py-1ms", "v1/cores=2/a:py-1ms"),
        ("v1\na:py-1ms # then\nvs\n# the other\nb:py-1ms", "v1/a:py-1ms/vs/b:py-1ms"),
    ]);
}

#[test]
fn a_hash_before_a_version_is_a_link() {
    same(&[
        ("#v1/a:py-1ms", "v1/a:py-1ms"),
        ("# a comment\n#v1/a:py-1ms\n", "v1/a:py-1ms"),
        ("\n  #v1\n  a:py-1ms", "v1/a:py-1ms"),
    ]);
    let two = "a second link begins here, and one is read (line 2, character 1)";
    assert_eq!(message("#v1/a:py-1ms\n#v1/b:py-1ms"), two);
    same(&[("#v1/a:py-1ms\n# v1/b:py-1ms", "v1/a:py-1ms")]);
}

#[test]
fn an_encoded_text_has_the_same_layout() {
    let encode = |text: &str| -> String { text.bytes().map(|b| format!("%{b:02X}")).collect() };
    same(&[
        (&encode(WORKER), WORKER),
        ("v1%0A%20%20/cores=2%0Aa:py-1ms", "v1/cores=2/a:py-1ms"),
        ("#v1/a:py-1ms%20/b:py-1ms%20", "v1/a:py-1ms/b:py-1ms"),
    ]);
    // A browser has dropped the line break that would end the comment.
    let cut = message("v1/a:py-1ms%20#%20one%20/b:py-1ms");
    assert_eq!(cut, "unexpected character \"#\" (character 15)");
}

#[test]
fn an_address_is_the_link_behind_its_hash() {
    same(&[
        ("https://example.org/gil/?x=1#v1/a:py-1ms", "v1/a:py-1ms"),
        ("# where it was seen\nhttps://example.org/#v1/a:py-1ms\n", "v1/a:py-1ms"),
        ("https://example.org/#convoy", "convoy"),
    ]);
    let place = |text: &str| text[parse(text).unwrap_err().span].to_owned();
    assert_eq!(place("https://example.org/gil/#v1/a:oi-1ms"), "oi");
    assert_eq!(
        message("see\nhttps://example.org/gil/"),
        "expected the version v1, found \"see\" (line 1, character 1)"
    );
    let empty = "this address has no scenario: nothing stands behind a \"#\" (character 1)";
    assert_eq!(message("https://example.org/gil/"), empty);
}

#[test]
fn a_preset_is_named_in_place_of_the_version() {
    for Preset { key, notation, .. } in PRESETS {
        for text in [(*key).to_owned(), format!("# it\n {key} \n"), format!("#{key}")] {
            assert_eq!(parse(&text), parse(notation), "{text:?}");
        }
        let version = key.strip_prefix('v').unwrap_or_default();
        assert!(!version.starts_with(|c: char| c.is_ascii_digit()), "{key} looks like a version");
    }
}

#[test]
fn what_follows_a_preset_changes_it() {
    let convoy = "hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30";
    same(&[
        ("convoy/si=1ms", &format!("v1/si=1ms/{convoy}")),
        ("convoy/tab=learn/at=3ms", &format!("v1/{convoy}/tab=learn/at=3ms")),
        ("convoy\nweb:py-1ms", &format!("v1/{convoy}/web:py-1ms")),
        ("free/py=3.13t", "v1/py=3.13t/count:4:py-50ms"),
        ("ticks/cores=1", "v1/py=2.7/cores=1/count:2:py-10ms"),
        ("convoy/vs/py=2.7/a:py-1ms", &format!("v1/{convoy}/vs/py=2.7/a:py-1ms")),
    ]);
    assert_eq!(message("free/py=3.13t/py=3.14t"), "\"py\" is set twice (character 15)");
    assert_eq!(message("convoy/cores=0"), "0 is not between 1 and 64 (character 14)");
    let view = parse_scenario("convoy/tab=learn").unwrap_err().message;
    assert_eq!(view, "\"tab\" belongs to a view, and this is a scenario only");
    assert_eq!(print_scenario(&parse_scenario("convoy").unwrap()), format!("v1/{convoy}"));
}

#[test]
fn errors_name_line_and_column_and_quote_the_line() {
    let text = "# two groups\nv1\n  /web:8:py-2ms   # fine\n  /rep:oi-1ms\n";
    let error = parse(text).unwrap_err();
    assert_eq!(&text[error.span.clone()], "oi");
    assert_eq!(error.one_line(), "unknown step \"oi\"; did you mean \"io\"? (line 4, character 8)");
    let shown = error.to_string();
    assert!(shown.starts_with("unknown step \"oi\"; did you mean \"io\"? (line 4)\n"), "{shown}");
    assert!(shown.contains("\n    /rep:oi-1ms\n         ^^\n"), "{shown}");
    // The place ends with what it is about, not with the comment behind it.
    let text = "v1\ncores=99   # many\na:py-1ms";
    assert_eq!(&text[parse(text).unwrap_err().span], "99");
    let text = "v1\na:py-1ms /   # nothing\n";
    assert_eq!(message(text), "a setting or thread group is missing here (line 2, character 11)");
}

#[test]
fn a_blank_within_a_part_is_refused_where_it_is() {
    let text = "v1/a:py-5 ms";
    let error = parse(text).unwrap_err();
    assert_eq!((error.message.as_str(), error.span), ("unexpected character \" \"", 9..10));
    assert!(parse("v1/cores = 2/a:py-1ms").is_err());
    assert!(parse("v1 cores=2/a:py-1ms").is_err());
}

#[test]
fn a_window_without_a_beginning_begins_at_zero() {
    same(&[("v1/a:py-1ms/to=60ms", "v1/a:py-1ms/from=0s/to=60ms")]);
    let empty = "a window that ends at 0 is empty (character 16)";
    assert_eq!(message("v1/a:py-1ms/to=0s"), empty);
}

#[test]
fn a_newer_version_is_said_behind_comments_too() {
    let newer = "this link is of a newer GIL Playground (v2); this one reads v1";
    for text in ["# c\nv2/é", "#v2/x", "https://example.org/#v2/x y", "v2\nwhatever"] {
        assert!(message(text).starts_with(newer), "{text}");
    }
}
