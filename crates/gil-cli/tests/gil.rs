//! What goes to files, to pipes and to other programs. What is printed, and how commands end, is
//! in `cmd`.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gil"));
    command.args(arguments).env_remove("NO_COLOR");
    command
}

fn gil(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the program starts")
}

fn out(arguments: &[&str]) -> String {
    let output = gil(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// A place for a file of this test.
fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// What a command writes to the file behind its last argument.
fn written(arguments: &[&str], name: &str) -> String {
    let path = path(name);
    let _ = std::fs::remove_file(&path);
    let shown = path.display().to_string();
    gil(&[arguments, &[shown.as_str()]].concat());
    std::fs::read_to_string(&path).expect("the file is written")
}

fn parsed(xml: &str) -> roxmltree::Document<'_> {
    roxmltree::Document::parse(xml).expect("well-formed XML")
}

/// All texts of a picture.
fn texts(svg: &str) -> Vec<String> {
    let document = parsed(svg);
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts.filter_map(|node| node.text().map(str::to_owned)).collect()
}

#[test]
fn a_picture_of_a_run_has_the_window_and_theme_of_the_link() {
    let all = written(&["run", "convoy", "--svg"], "all.svg");
    assert!(all.contains("v1/hog:py-5ms:daemon"), "it says what it shows");
    let link = "v1/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30/from=10ms/to=12ms/embed=timeline/\
                theme=dark";
    let window = written(&["run", link, "--svg"], "window.svg");
    let ends = |svg: &str, label: &str| texts(svg).iter().any(|text| text == label);
    assert!(ends(&window, "11.0 ms") && !ends(&all, "11.0 ms"), "{:?}", texts(&window));
    assert!(ends(&all, "100 ms") && !ends(&window, "100 ms"), "{:?}", texts(&all));
    let light = written(&["run", link, "--theme", "light", "--svg"], "light.svg");
    assert_ne!(window, light);
    let paper = |svg: &str| {
        let document = parsed(svg);
        let rect = document.descendants().find(|node| node.has_tag_name("rect"));
        rect.and_then(|node| node.attribute("fill").map(str::to_owned))
    };
    assert_eq!(paper(&light), paper(&all));
    assert_ne!(paper(&window), paper(&all));
}

#[test]
fn a_sweep_is_drawn_with_its_values() {
    let chart = ["sweep", "cpu", "--over", "threads", "--values", "1,2,4", "--svg"];
    let chart = texts(&written(&chart, "threads.svg"));
    for text in ["threads", "ideal", "count speed-up", "4"] {
        assert!(chart.iter().any(|one| one == text), "{text} is missing in {chart:?}");
    }
    let bars = ["sweep", "cpu", "--over", "strategy", "--values", "threads,fork,interp", "--svg"];
    let bars = texts(&written(&bars, "strategies.svg"));
    for text in ["threads", "fork", "3.49", "interp", "cannot be run"] {
        assert!(bars.iter().any(|one| one == text), "{text} is missing in {bars:?}");
    }
}

#[test]
fn a_sweep_prints_the_same_every_time_in_the_order_of_its_values() {
    let values = "16,1,8,2,4,3,12,5";
    let sweep = ["sweep", "convoy", "--over", "threads:io", "--values", values, "--csv"];
    let first = out(&sweep);
    let mut order: Vec<&str> = first.lines().skip(1).filter_map(|l| l.split(',').next()).collect();
    // A line for each group.
    order.dedup();
    assert_eq!(order.join(","), values);
    for _ in 0..3 {
        assert_eq!(out(&sweep), first);
    }
}

#[test]
fn csv_and_json_of_a_sweep_have_the_same_numbers() {
    let sweep = ["sweep", "convoy", "--over", "cores", "--values", "1,2"];
    let csv = out(&[&sweep[..], &["--csv"]].concat());
    let json: serde_json::Value =
        serde_json::from_str(&out(&[&sweep[..], &["--json"]].concat())).expect("JSON");
    assert_eq!(json["format"], "gil/1");
    let mut lines = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = lines.next().expect("a heading");
    for row in json["rows"].as_array().expect("rows") {
        for group in ["hog", "io"] {
            let line = lines.next().expect("a line for each value and group");
            assert_eq!((&row["values"]["cores"], line[1]), (&serde_json::json!(line[0]), group));
            for column in json["columns"].as_array().expect("columns") {
                let key = column["key"].as_str().expect("a key");
                let at = head.iter().position(|name| *name == key).expect("a column of that key");
                let figures =
                    if column["of"] == "run" { &row["figures"] } else { &row["groups"][group] };
                let cell = if line[at].is_empty() { "null" } else { line[at] };
                let cell: serde_json::Value = serde_json::from_str(cell).expect("a number");
                assert_eq!(figures[key], cell, "{key}");
            }
        }
    }
    assert_eq!(lines.next(), None);
}

/// Whoever reads many sweeps needs not know what is in their scenarios.
#[test]
fn csv_has_the_same_columns_whatever_the_scenario_is() {
    let head = |scenario: &str| {
        let csv = out(&["sweep", scenario, "--over", "cores", "--values", "2", "--csv"]);
        csv.lines().next().expect("a heading").to_owned()
    };
    for scenario in ["convoy", "overload", "asyncio", "free", "v1/py=2.7/a:py-1ms"] {
        assert_eq!(head(scenario), head("cpu"), "{scenario}");
    }
}

/// A pool of 8 with 32 ms for each request holds 250 a second, whatever the GIL could do; half of
/// the GIL is used.
#[test]
fn the_knee_of_a_pool_is_where_its_places_are_taken() {
    let json = out(&["sweep", "v1/web:8:py-2ms+io-30ms:arrive-exp5ms@2s", "--knee", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let knee = &json["knee"];
    let rate = knee["last"]["rate_per_s"].as_f64().expect("a rate");
    assert!((180.0..250.0).contains(&rate), "{json:#}");
    let p99 = |load: &str| knee[load]["response_p99_ns"].as_u64().expect("a time");
    assert!(p99("last") <= 2 * p99("calm") && p99("first_beyond") > 2 * p99("calm"), "{json:#}");
    assert!((32_000_000..40_000_000).contains(&p99("calm")), "{json:#}");
    assert_eq!(
        (&knee["reason"], &json["overload"]["members_of"]),
        (&"members".into(), &"web".into())
    );
    assert!(json["overload"]["gil_load_share"].as_f64().expect("a share") < 0.6, "{json:#}");
    // With 64 threads it is the GIL, which has 2 ms of each request.
    let json = out(&["sweep", "v1/web:64:py-2ms+io-30ms:arrive-exp5ms@2s", "--knee", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["knee"]["reason"], "gil", "{json:#}");
}

/// Twenty seconds of a service with eight threads: what is too narrow to be seen costs nothing.
#[test]
fn the_picture_of_a_long_run_is_small() {
    for gap in ["exp5ms", "exp2500us", "exp20ms"] {
        let scenario = format!("v1/web:8:py-2ms+io-30ms:arrive-{gap}@20s");
        let picture = out(&["run", &scenario, "--svg", "-"]);
        assert!(picture.len() < 200_000, "{gap}: {} bytes", picture.len());
        parsed(&picture);
    }
}

#[test]
fn junit_says_which_claims_fail_or_cannot_be_checked_and_why() {
    let sheet = path("junit.toml");
    let text = "[scenarios]\nweb = \"v1/io:2:py-100us+io-1ms:x30\"\n\n[[claims]]\n\
                name = \"slow & <odd> \\\"name\\\"\"\nscenario = \"web\"\n\
                holds = \"p99(io) > 1 s\"\nreason = \"a\\u0007b\"\n\n[[claims]]\n\
                name = \"quick\"\nscenario = \"web\"\nholds = \"p99(io) < 1 s\"\n\n[[claims]]\n\
                name = \"lost\"\nscenario = \"web\"\nholds = \"p99(oi) < 1 s\"\n";
    std::fs::write(&sheet, text).expect("the file can be written");
    let sheet = sheet.display().to_string();
    let base = "https://example.org/gil/";
    let xml = written(&["check", &sheet, "--base", base, "--junit"], "junit.xml");
    let document = parsed(&xml);
    let suite = document.descendants().find(|node| node.has_tag_name("testsuite")).expect("one");
    let counts = ["tests", "failures", "errors"].map(|count| suite.attribute(count));
    assert_eq!(counts, [Some("3"), Some("1"), Some("1")]);
    let cases: Vec<_> = suite.children().filter(|node| node.has_tag_name("testcase")).collect();
    assert_eq!(cases[0].attribute("name"), Some("slow & <odd> \"name\""));
    let failure = cases[0].children().find(|node| node.has_tag_name("failure")).expect("a failure");
    let message = failure.attribute("message").expect("a message");
    assert!(message.starts_with("p99(io) > 1 s does not hold: it is "), "{message}");
    let link = "link: https://example.org/gil/#v1/io:2:py-100us+io-1ms:x30\n";
    assert!(failure.text().is_some_and(|text| text.contains(link)), "{xml}");
    assert!(cases[1].children().all(|node| !node.has_tag_name("failure")), "{xml}");
    let error = cases[2].children().find(|node| node.has_tag_name("error")).expect("an error");
    let message = error.attribute("message").expect("a message");
    assert_eq!(message, "p99(oi) < 1 s: it cannot be checked: there is no group \"oi\"");
}

/// The report of an earlier run does not stay as if it were that of a file that is wrong.
#[test]
fn junit_tells_of_a_file_that_is_wrong() {
    let (sheet, report) = (path("wrong.toml"), path("wrong.xml"));
    std::fs::write(&sheet, "[scenarios]\nweb = \"v1/io:oi-1ms\"\n").expect("it can be written");
    std::fs::write(&report, "<testsuites failures=\"0\" />").expect("it can be written");
    let [sheet, file] = [&sheet, &report].map(|path| path.display().to_string());
    let output = command(&["check", &sheet, "--junit", &file]).output().expect("it ends");
    assert_eq!(output.status.code(), Some(2));
    let xml = std::fs::read_to_string(&report).expect("a report");
    let document = parsed(&xml);
    let error = document.descendants().find(|node| node.has_tag_name("error")).expect("an error");
    assert!(error.attribute("message").is_some_and(|text| text.contains("oi")), "{xml}");
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_an_error() {
    let full = || std::fs::File::options().write(true).open("/dev/full").expect("a full device");
    for arguments in [&["run", "cpu"][..], &["metrics"], &["link", "cpu"], &["man"]] {
        let output = command(arguments).stdout(full()).output().expect("it ends");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(text.starts_with("error: cannot write standard output: "), "{text}");
    }
}

#[test]
fn there_is_a_manual_page_for_each_command() {
    let directory = path("man");
    out(&["man", &directory.display().to_string()]);
    for command in [
        "run",
        "sweep",
        "compare",
        "check",
        "metrics",
        "presets",
        "link",
        "incident",
        "man",
        "help",
        "completions",
    ] {
        let page = std::fs::read_to_string(directory.join(format!("gil-{command}.1")));
        let page = page.unwrap_or_else(|error| panic!("gil-{command}.1: {error}"));
        assert!(page.contains(".SH SYNOPSIS") && page.contains("Exit code"), "{command}: {page}");
    }
    let notation = std::fs::read_to_string(directory.join("gil-notation.7"));
    assert_eq!(out(&["man", "--notation"]), notation.expect("the page of the notation"));
    assert_eq!(
        out(&["man"]),
        std::fs::read_to_string(directory.join("gil.1")).expect("the page of gil")
    );
}

/// What the shell offers behind these words, asked as its script asks.
fn offered(words: &[&str]) -> Vec<String> {
    let index = (words.len() - 1).to_string();
    let output = command(&[&["--"], words].concat())
        .env("COMPLETE", "bash")
        .env("_CLAP_COMPLETE_INDEX", index)
        .env("_CLAP_IFS", "\n")
        .output()
        .expect("it ends");
    String::from_utf8(output.stdout).expect("text").lines().map(str::to_owned).collect()
}

#[test]
fn completions_know_presets_and_what_can_be_set_and_varied() {
    assert_eq!(offered(&["gil", "run", "con"]), ["convoy"]);
    assert_eq!(offered(&["gil", "compare", "convoy", "mi"]), ["mixed"]);
    assert_eq!(offered(&["gil", "presets", "asy"]), ["asyncio"]);
    assert_eq!(offered(&["gil", "he"]), ["help"]);
    assert_eq!(offered(&["gil", "run", "convoy", "--stri"]), ["--strict"]);
    let over = offered(&["gil", "sweep", "overload", "--over", "web."]);
    assert!(
        ["web.rate", "web.count", "web.io"].iter().all(|key| over.contains(&(*key).to_owned()))
    );
    assert!(offered(&["gil", "sweep", "cpu", "--over", "co"]).contains(&"cores".to_owned()));
    assert_eq!(offered(&["gil", "run", "convoy", "--set", "hog.co"]), ["hog.count="]);
    assert_eq!(offered(&["gil", "run", "convoy", "--set", "py=2"]), ["py=2.7"]);
}

/// The script itself, in a real shell.
#[test]
#[cfg(target_os = "linux")]
fn bash_completes_with_the_script() {
    let program = Path::new(env!("CARGO_BIN_EXE_gil"));
    let folder = program.parent().expect("a folder").display();
    let script = format!(
        "PATH={folder}:$PATH; source <(gil completions bash); COMP_WORDS=(gil run con); \
         COMP_CWORD=2; COMP_TYPE=9; _clap_complete_gil gil con run; echo \"${{COMPREPLY[@]}}\""
    );
    let Ok(output) = Command::new("bash").args(["-c", &script]).output() else { return };
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "convoy");
    for shell in ["zsh", "fish", "elvish", "powershell"] {
        assert!(out(&["completions", shell]).contains("COMPLETE"), "{shell}");
    }
}

#[test]
fn the_output_goes_to_a_file_whose_name_says_what_it_is() {
    let text = |name: &str, arguments: &[&str]| {
        let path = path(name);
        let shown = path.display().to_string();
        let printed = out(&[arguments, &["-o", shown.as_str()]].concat());
        assert_eq!(printed, "", "{arguments:?}");
        std::fs::read_to_string(path).expect("the file is written")
    };
    assert!(text("out.svg", &["run", "cpu"]).starts_with("<svg "));
    assert_eq!(text("out.txt", &["run", "cpu"]), out(&["run", "cpu"]));
    assert_eq!(text("out.json", &["run", "cpu"]), out(&["run", "cpu", "--json"]));
    let sweep = ["sweep", "cpu", "--over", "cores", "--values", "1,2"];
    assert_eq!(text("out.csv", &sweep), out(&[&sweep[..], &["--csv"]].concat()));
    // What was there before is replaced.
    assert_eq!(text("out.txt", &["presets", "cpu"]), "v1/count:4:py-50ms\n");
    assert_eq!(out(&["run", "cpu", "--svg", "-"]), text("again.svg", &["run", "cpu"]));
}

#[test]
fn tables_are_as_wide_as_columns_says_and_no_word_is_broken() {
    let widest = |columns: &str, arguments: &[&str]| {
        let output = command(arguments).env("COLUMNS", columns).output().expect("it ends");
        let text = String::from_utf8(output.stdout).expect("text");
        (text.lines().map(|line| line.chars().count()).max().unwrap_or(0), text)
    };
    let (wide, _) = widest("200", &["presets"]);
    let (narrow, text) = widest("60", &["presets"]);
    let table = text.lines().take_while(|line| !line.is_empty());
    let narrow_table = table.map(|line| line.chars().count()).max().unwrap_or(0);
    assert!(wide > 100 && narrow_table <= 60, "{wide}, {narrow}: {text}");
    let (_, text) = widest("40", &["sweep", "convoy", "--over", "cores"]);
    assert!(text.contains("second") && text.contains("handoffs"), "{text}");
}

#[test]
fn there_is_no_colour_where_it_is_not_wanted() {
    let wrong = |arguments: &[&str]| {
        let output = command(&[&["link", "v1/a:oi-1ms"], arguments].concat()).output();
        String::from_utf8(output.expect("it ends").stderr).expect("text")
    };
    assert!(wrong(&["--color", "always"]).contains('\u{1b}'));
    for no in [&["--no-color"][..], &["--no-colour"], &["--color", "always", "--no-color"]] {
        assert!(!wrong(no).contains('\u{1b}'), "{no:?}");
    }
}

#[test]
fn standard_input_is_a_scenario() {
    let mut child = command(&["link", "-", "--short"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(b" #v1/a:1:py-1ms \n").expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "v1/a:py-1ms\n");
}

/// Long enough that it does not fit into a pipe.
const LONG: &[&[&str]] = &[
    &["run", "convoy", "--trace"],
    &["run", "v1/io:200:io-1ms:x2", "--json"],
    &["completions", "bash"],
    &["man"],
    &["check", "--help"],
];

#[test]
fn a_reader_that_goes_away_is_no_error() {
    for arguments in LONG {
        let mut child = command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let mut error = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut error).expect("text");
        let status = child.wait().expect("it ends");
        assert!(status.success() && error.is_empty(), "{arguments:?}: {status}, {error}");
    }
}

#[test]
fn there_is_colour_only_where_it_is_asked_for() {
    let wrong = |arguments: &[&str]| {
        let output = gil(&[&["link", "v1/a:oi-1ms"], arguments].concat());
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).expect("text")
    };
    assert!(!wrong(&[]).contains('\u{1b}'));
    assert!(!wrong(&["--colour", "never"]).contains('\u{1b}'));
    assert!(wrong(&["--color", "always"]).contains('\u{1b}'));
}

#[test]
fn notes_of_incidents_are_numbered_and_listed() {
    let folder = path("incidents");
    let _ = std::fs::remove_dir_all(&folder);
    let shown = folder.display().to_string();
    let add = |title: &str, more: &[&str]| {
        let all = ["incident", title, "--folder", &shown, "--date", "2026-11-27"];
        PathBuf::from(out(&[&all, more].concat()).trim_end())
    };
    let read = |path: &Path| std::fs::read_to_string(path).expect("the note is written");
    let first = add("The report\nfroze | the API", &["--scenario", "convoy"]);
    assert_eq!(first, folder.join("0001-2026-11-27-the-report-froze-the-api.md"));
    let text = read(&first);
    assert!(text.starts_with("# 1. The report froze | the API\n\n- Date: 2026-11-27\n"), "{text}");
    assert!(text.contains("to be confirmed: After each answer the 2 io threads"), "{text}");
    assert!(text.contains("`gil run v1/hog:py-5ms"), "{text}");

    // What somebody writes into a note is in the index.
    let open = "To be written: the test, limit or alert";
    let kept = text.replace(open, "tests/test_gil.py holds the report out. It was: the test");
    assert_ne!(kept, text);
    std::fs::write(&first, kept).expect("the note can be edited");
    let second = add("../../etc/passwd", &[]);
    assert_eq!(second, folder.join("0002-2026-11-27-etc-passwd.md"));
    let index = read(&folder.join("README.md"));
    let rows: Vec<&str> = index.lines().filter(|line| line.starts_with("| [")).collect();
    let [latest, earlier] = rows[..] else { panic!("{index}") };
    assert!(latest.starts_with("| [2](0002-2026-11-27-etc-passwd.md) | 2026-11-27 |"), "{latest}");
    assert!(latest.ends_with("| to be written | to be written | open |"), "{latest}");
    assert!(earlier.contains("froze \\| the API") && earlier.contains("holds the report out"));

    let failed = gil(&["incident", "x", "--folder", &first.display().to_string()]);
    assert_eq!(failed.status.code(), Some(2));
}
