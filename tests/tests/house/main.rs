//! The house keeps its own rules: what ARCHITECTURE.md says of who may do what, held by reading the
//! sources. A rule that is in the way is changed here and there, with a reason.
#![cfg(not(target_arch = "wasm32"))]

mod crates;
mod rings;
mod sources;

use sources::{Source, sources};

/// Fails with all that is wrong, under the rule that it breaks.
fn holds(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}\n  {}\n", broken.join("\n  "));
}

/// Lines of these files with one of the words, but for the files that may have them.
fn said(files: &[Source], words: &[&str], but: &[(&str, &str)]) -> Vec<String> {
    let allowed = |file: &Source| but.iter().any(|(path, _)| file.is(path));
    let files = files.iter().filter(|file| !allowed(file));
    files.flat_map(|file| file.lines_with(words)).collect()
}

/// Exceptions that nothing needs any more: an allow list only shrinks if somebody looks.
fn unused(files: &[Source], words: &[&str], but: &[(&str, &str)]) -> Vec<String> {
    let needs =
        |path: &str| files.iter().any(|file| file.is(path) && !file.lines_with(words).is_empty());
    let idle = but.iter().filter(|(path, _)| !needs(path));
    idle.map(|(path, _)| format!("{path} is allowed this and does not use it")).collect()
}

/// Holds that only these files say one of the words, and that each of them does.
fn only(rule: &str, files: &[Source], words: &[&str], places: &[(&str, &str)]) {
    holds(rule, &said(files, words, places));
    holds(rule, &unused(files, words, places));
}

#[test]
fn every_file_says_what_is_in_it() {
    let silent = sources("").into_iter().filter(|file| !file.text.starts_with("//!"));
    let silent: Vec<String> = silent.map(|file| file.path).collect();
    holds("A file begins with a line that says what is in it (`//!`).", &silent);
}

/// A file is read from the top in one go. The longest that are a pleasure to read have some four
/// hundred lines; the bound leaves them room to grow by a rule before they have to be cut. Tests
/// are lists of cases, which one skims.
#[test]
fn no_file_is_too_long() {
    const LINES: usize = 500;
    const LINES_OF_TESTS: usize = 700;
    let long = sources("").into_iter().filter_map(|file| {
        let bound = if file.is_test() { LINES_OF_TESTS } else { LINES };
        let lines = file.text.lines().count();
        (lines > bound).then(|| format!("{}: {lines} lines, {bound} at most", file.path))
    });
    holds(
        "A file that is longer than this has two things in it: cut it.",
        &long.collect::<Vec<_>>(),
    );
}

#[test]
fn the_browsers_storage_has_one_door() {
    only(
        "What a page remembers goes through crate::store, which does without where the browser \
         refuses: elsewhere it would kill the page in a sandbox.",
        &sources("crates/gil-app/src"),
        &["local_storage", "LocalStorage", "session_storage", "SessionStorage", "Storage>"],
        &[("crates/gil-app/src/store.rs", "it is the door")],
    );
}

#[test]
fn the_address_has_one_door() {
    only(
        "History and location are touched by crate::link alone: the address is the shared state.",
        &sources("crates/gil-app/src"),
        &[".history()", ".location()", "push_state", "replace_state"],
        &[
            ("crates/gil-app/src/link.rs", "it is the door"),
            ("crates/gil-app/src/share/preview.rs", "the location of the preview's own frame"),
        ],
    );
}

#[test]
fn what_leaves_the_page_has_one_door() {
    only(
        "The clipboard is for crate::save.",
        &sources("crates/gil-app/src"),
        &["clipboard()", "exec_command"],
        &[("crates/gil-app/src/save.rs", "it is the door")],
    );
    only(
        "Addresses of data in memory are for saving, and for starting the worker.",
        &sources("crates/gil-app/src"),
        &["create_object_url"],
        &[
            ("crates/gil-app/src/save.rs", "a download"),
            ("crates/gil-app/src/task/worker.rs", "the worker's first lines"),
        ],
    );
}

#[test]
fn workers_are_started_in_one_place() {
    only(
        "A worker is asked by way of a Task (crate::task), so that it can be stopped and started.",
        &sources("crates/gil-app/src"),
        &["Worker::new", "worker::Client", "Client::start"],
        &[
            ("crates/gil-app/src/task/worker.rs", "both ends of the line"),
            ("crates/gil-app/src/task/runs.rs", "all tasks"),
            ("crates/gil-app/src/task/reading.rs", "files, which are no task"),
        ],
    );
}

#[test]
fn pictures_are_laid_out_in_gil_view() {
    only(
        "A picture is a display list, laid out in gil-view and drawn on a canvas. SVG in a component \
         is for what is no picture of a run.",
        &sources("crates/gil-app/src"),
        &["<svg"],
        &[
            ("crates/gil-app/src/controls/icon_button.rs", "an icon"),
            ("crates/gil-app/src/decide/order.rs", "an icon"),
            ("crates/gil-app/src/explore/panel/groups.rs", "icons"),
            ("crates/gil-app/src/header.rs", "the brand"),
            ("crates/gil-app/src/view/transport.rs", "icons"),
            ("crates/gil-app/src/race/memory.rs", "an arrow between two boxes of the page"),
        ],
    );
}

/// Without these the same scenario could give two traces.
#[test]
fn the_engine_knows_no_clock_and_no_world() {
    let engine = sources("crates/gil-sim/src");
    let words = [
        "std::time",
        "Instant::",
        "SystemTime",
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "static mut",
        "thread_local!",
        "HashMap",
        "HashSet",
    ];
    holds("A trace depends on its scenario alone.", &said(&engine, &words, &[]));
    let float = ["f32::", "f64::", ": f32", ": f64"];
    let time = sources("crates/gil-sim/src/engine");
    let shares = [("crates/gil-sim/src/engine/underway.rs", "shares of a pass, beside the trace")];
    only("Simulated time is whole nanoseconds.", &time, &float, &shares);
}

/// The rooms of the page that somebody opens by a tab, and the one that is mounted by another page.
const TABS: [&str; 5] = ["compare", "decide", "explore", "learn", "reality"];

#[test]
fn no_tab_imports_another() {
    let mounts = |path: &str| {
        path.ends_with("/app.rs") || path.contains("/src/embed/") || path.ends_with("/src/lib.rs")
    };
    let mut broken = Vec::new();
    for file in sources("crates/gil-app/src").iter().filter(|file| !mounts(&file.path)) {
        for tab in TABS.iter().filter(|tab| !file.path.contains(&format!("/src/{tab}/"))) {
            broken.extend(file.lines_with(&[&format!("crate::{tab}::")]));
        }
    }
    holds(
        "A tab is mounted by app.rs, or by embed/ in another page, and nobody else knows it. What \
         two tabs use is a room below them: view/, edit/, task/, controls/.",
        &broken,
    );
}

#[test]
fn files_of_the_page_import_each_other_in_no_ring() {
    let rings = rings::rings("crates/gil-app/src");
    holds("Files that import each other in a ring are one file, or lack a third.", &rings);
}
