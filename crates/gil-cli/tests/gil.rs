//! What the command prints, and how it ends.

use std::path::Path;
use std::process::{Command, Output};

fn gil(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gil"));
    command.args(arguments).env_remove("NO_COLOR");
    command.output().expect("the program starts")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

/// A file of this test, with this text.
fn file(name: &str, text: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("the file can be written");
    path.display().to_string()
}

const SHEET: &str = r#"[scenarios]
web = "v1/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30"

[[claims]]
name = "quick"
scenario = "web"
holds = "p99(io) <= 10 ms"
reason = "the API promises 10 ms"

[[claims]]
name = "asked for"
scenario = "web"
holds = "handoffs(drop_request) > 10"
"#;

#[test]
fn a_run_says_what_was_found() {
    let run = gil(&["run", "v1/count:2:py-20ms"]);
    assert!(run.status.success());
    let text = out(&run);
    assert!(text.starts_with("2 threads share one GIL"), "{text}");
    assert!(text.contains("\n count  2        2 "), "{text}");
    assert!(!text.contains('\u{1b}'), "no colour where there is no terminal");
}

#[test]
fn a_run_as_json_and_as_a_trace() {
    let json = out(&gil(&["run", "cpu", "--json"]));
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["scenario"], "v1/count:4:py-50ms");
    assert_eq!(json["outcome"], "Completed");
    assert_eq!(json["stats"]["groups"][0]["passes"], 4);
    let trace = out(&gil(&["run", "v1/a:py-1ms", "--trace"]));
    assert!(trace.lines().next().is_some_and(|line| line.ends_with("starts")), "{trace}");
    assert!(trace.trim_end().ends_with("outcome: completed"), "{trace}");
}

#[test]
fn a_run_as_a_picture() {
    let picture = file("run.svg", "");
    assert!(gil(&["run", "convoy", "--svg", &picture]).status.success());
    let svg = std::fs::read_to_string(&picture).expect("it is there");
    assert!(svg.starts_with("<svg") && svg.contains("v1/hog:py-5ms:daemon"), "{svg:.300}");
}

#[test]
fn claims_are_checked() {
    let sheet = file("claims.toml", SHEET);
    let check = gil(&["check", &sheet]);
    assert_eq!(check.status.code(), Some(1));
    let text = out(&check);
    assert!(text.starts_with("FAILS  quick: p99(io) <= 10 ms (it is 1"), "{text}");
    assert!(text.contains("\n       reason: the API promises 10 ms\n"), "{text}");
    assert!(text.ends_with("1 hold, 1 fail\n"), "{text}");
    let holding = file("holding.toml", &SHEET.replace("10 ms\"\nreason", "30 ms\"\nreason"));
    assert!(gil(&["check", &holding]).status.success());
}

#[test]
fn reports_for_ci() {
    let (sheet, junit) = (file("ci.toml", SHEET), file("junit.xml", ""));
    let check = gil(&["check", &sheet, "--github", "--junit", &junit]);
    let annotation = format!("::error file={sheet},line=7,title=quick::p99(io) <= 10 ms");
    assert!(out(&check).contains(&annotation), "{}", out(&check));
    let xml = std::fs::read_to_string(&junit).expect("it is there");
    assert!(xml.contains("tests=\"2\" failures=\"1\""), "{xml}");
    assert!(xml.contains("p99(io) &lt;= 10 ms does not hold"), "{xml}");
}

#[test]
fn links_go_both_ways() {
    let link = gil(&["link", "convoy", "--short", "--base", "https://example.org/gil/"]);
    let address = out(&link);
    assert_eq!(address, "https://example.org/gil/#v1/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30\n");
    let back = out(&gil(&["link", address.trim(), "--short"]));
    assert_eq!(back, "v1/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30\n");
}

#[test]
fn errors_underline_the_place() {
    let run = gil(&["run", "v1/a:oi-1ms"]);
    assert_eq!(run.status.code(), Some(2));
    let text = err(&run);
    assert!(text.contains("unknown step \"oi\"; did you mean \"io\"?"), "{text}");
    assert!(text.contains("the command line:1:6"), "{text}");
    let sheet = file("broken.toml", &SHEET.replace("p99(io)", "p99(oi)"));
    let text = err(&gil(&["check", &sheet]));
    assert!(text.contains("there is no group \"oi\"") && text.contains("did you mean"), "{text}");
    let text = err(&gil(&["run", "nothing"]));
    assert!(text.contains("no scenario, no file and no preset"), "{text}");
    assert_eq!(gil(&["check", "/nowhere.toml"]).status.code(), Some(2));
}
