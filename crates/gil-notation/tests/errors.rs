//! What a broken text is told: `errors.txt`, a block for each text.
//!
//! After a change that is meant, `UPDATE_GOLDEN=1 cargo test -p gil-notation --test errors` writes
//! the file anew; the differences are to be read like code. A new text is a new block's first line.

use std::{env, fs};

use gil_notation::{
    Error, MAX_CHARS, parse, parse_dist, parse_duration, parse_scenario, parse_steps,
};

fn refusal(kind: &str, text: &str) -> Option<Error> {
    match kind {
        "link" => parse(text).err(),
        "scenario" => parse_scenario(text).err(),
        "duration" => parse_duration(text).err(),
        "dist" => parse_dist(text).err(),
        "steps" => parse_steps(text).err(),
        _ => panic!("no reader for {kind}"),
    }
}

/// A block's first line is the reader and the text, the others are the error as it is shown.
fn anew(block: &str) -> String {
    let case = block.lines().next().unwrap_or_default();
    let (kind, text) = case.split_once('>').expect("a block begins with the reader");
    let error = refusal(kind, text.trim()).unwrap_or_else(|| panic!("{case} is read"));
    format!("{case}\n{error}")
}

#[test]
fn broken_texts() {
    let blocks = || include_str!("errors.txt").trim_end().split("\n\n");
    if env::var_os("UPDATE_GOLDEN").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/errors.txt");
        let all: Vec<String> = blocks().map(anew).collect();
        fs::write(path, all.join("\n\n") + "\n").expect("the file can be written");
        return;
    }
    for block in blocks() {
        assert_eq!(anew(block), block);
    }
}

#[test]
fn nothing_at_all_has_no_place_to_quote() {
    let error = parse("").unwrap_err();
    let shown = "there is no scenario here\n\
                 help: a scenario is written as in v1/cores=4/io:8:py-100us+io-10ms:x50";
    assert_eq!(error.to_string(), shown);
}

#[test]
fn too_long() {
    let error = parse(&format!("#v1/{}", "a".repeat(MAX_CHARS))).unwrap_err();
    assert_eq!(error.message, "a scenario has at most 2000 characters; this has more");
    assert_eq!(error.span, 2001..2002);
}

#[test]
fn spans_count_bytes_of_the_text_as_given() {
    for (text, place) in [
        ("  #v1/a:oi-1ms", "oi"),
        ("v1%2Fa%3Aoi-1ms", "oi"),
        ("v1/a:py-1ms%2Bio-3ms%2E%2E1ms", "3ms%2E%2E1ms"),
        ("v1/a:py-5%C2%B5s", "%C2%B5"),
        ("v1/a:py-5µs", "µ"),
    ] {
        assert_eq!(&text[parse(text).unwrap_err().span], place, "{text}");
    }
}

#[test]
fn one_line() {
    let error = parse("v1/a:oi-1ms").unwrap_err();
    assert_eq!(error.one_line(), "unknown step \"oi\"; did you mean \"io\"? (character 6)");
}
