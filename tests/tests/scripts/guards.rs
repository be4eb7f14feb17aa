//! The guards do what they say: they fail on what keeps the GIL, and are quiet on what lets go.
//!
//! With `GIL_PYTEST`, the path of a Python that has pytest, pytest runs them.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use gil_script::{HELPER, guard};

use crate::{alone, folder, link, lint, python, pythons, scenarios, text};

/// Calls, and how long each keeps others from the GIL at least; nothing where it lets go.
const CALLS: &str = r#"
import json, os, re, socket, sys, threading, time, zlib
import gil_guard

rows = [{"name": "a row", "values": [1, 2, 3], "price": 1.25}] * 1000
there, here = socket.socketpair()


def long_enough(call, seconds=0.03):
    """How many of something `call` needs to take this much CPU time."""
    number = 1000
    while True:
        start = time.thread_time()
        call(number)
        if time.thread_time() - start > seconds:
            return number
        number *= 2


def dumps(number):
    json.dumps(rows * (number // 1000))


def add(number):
    sum(range(number))


def match(number):
    # It tries every way to cut the text before it gives up: with each letter half as many more.
    re.match("(a|aa)+$", "a" * (number.bit_length() + 10) + "b")


def compress(number):
    zlib.compress(DATA * (number // 1000), 1)


DATA = os.urandom(10_000)


def receive():
    threading.Timer(0.05, here.send, [b"x"]).start()
    there.recv(1)


def fails(call, *args):
    try:
        gil_guard.assert_lets_others_run(call, *args)
    except AssertionError as error:
        return str(error)


for call in dumps, add, match:
    number = long_enough(call)
    said = fails(call, number)
    has_gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    assert bool(said) == has_gil, f"{call.__name__}: {said}"
    wait = gil_guard.measure(call, number)
    if has_gil:
        assert "keeps other threads waiting for" in said and call.__name__ in said, said
        # The watcher looks every half millisecond: that much of the call it may miss.
        assert wait.seconds > 0.015 and wait.seconds > 0.5 * wait.took, wait
        assert wait.share_for_others < 0.4, wait
    with gil_guard.watching() as seen:
        call(number)
    assert (seen.seconds > 0.015) == has_gil, seen

for call, args in (compress, [long_enough(compress)]), (receive, []), (time.sleep, [0.05]):
    said = fails(call, *args)
    assert not said, said
    wait = gil_guard.measure(call, *args)
    assert wait.share_for_others > 0.5, f"{call.__name__}: {wait}"
    # The call was long enough to be caught, had it kept the GIL.
    assert wait.took > 2 * 0.005, wait

try:
    gil_guard.measure(json.loads, "{")
except ValueError:
    pass
else:
    raise AssertionError("an error of the call is lost")
assert threading.active_count() == 1, threading.enumerate()
print("ok")
"#;

#[test]
fn the_helper_catches_what_keeps_the_gil() {
    let folder = folder("helper");
    write(&folder, "gil_guard.py", HELPER);
    let file = write(&folder, "calls.py", CALLS);
    for interpreter in pythons() {
        let _alone = alone();
        let output = python(&interpreter, &[&file]);
        assert_eq!(text(&output.stdout), "ok\n", "{}", text(&output.stderr));
    }
}

#[test]
fn the_helper_is_as_an_editor_wants_it() {
    let folder = folder("helper_lint");
    write(&folder, "gil_guard.py", HELPER);
    // What a helper defines is used by others.
    let known = ["assert_lets_others_run", "measure", "watching"];
    let said = lint(&folder);
    let rest = said.lines().filter(|line| !known.iter().any(|name| line.contains(name)));
    assert_eq!(rest.collect::<Vec<_>>(), Vec::<&str>::new());
}

pub(crate) fn write(folder: &Path, name: &str, content: &str) -> String {
    let file = folder.join(name);
    fs::write(&file, content).expect("the target folder can be written");
    file.to_str().expect("the path is text").to_owned()
}

#[test]
fn guards_are_as_an_editor_wants_them() {
    let folder = folder("guard_lint");
    let mut written = 0;
    for (at, notation) in scenarios().iter().enumerate() {
        if let Ok(guard) = guard(&link(notation)) {
            write(&folder, &format!("test_{at}.py"), &guard);
            written += 1;
        }
    }
    assert!(written > scenarios().len() / 2);
    assert_eq!(lint(&folder), "");
    let nothing = guard(&link("v1/alone:py-1ms")).expect_err("there is one thread");
    assert!(nothing.contains("nothing to compare"), "{nothing}");
}

/// Runs a guard: with pytest, or on its own. What it says, and whether it passed.
pub(crate) fn passes(interpreter: &Path, file: &str) -> (bool, String) {
    let _alone = alone();
    let pytest = env::var_os("GIL_PYTEST").map(PathBuf::from);
    let output = match (pytest, interpreter == Path::new("python3")) {
        (Some(pytest), true) => {
            python(&pytest, &["-m", "pytest", "-q", "-p", "no:cacheprovider", file])
        }
        _ => python(interpreter, &[file]),
    };
    let said = format!("{}{}", text(&output.stdout), text(&output.stderr));
    assert!(said.contains("passed") || said.contains("Error"), "{said}");
    (output.status.success(), said)
}

/// A guard that fails. Where other programs take the machine, they make the calm run it compares
/// with slower as well, so it has three tries.
pub(crate) fn assert_fails(interpreter: &Path, file: &str, why: &str) {
    let mut said = String::new();
    for _ in 0..3 {
        let (passed, text) = passes(interpreter, file);
        if !passed && text.contains(why) {
            return;
        }
        said += &text;
    }
    panic!("{}: {said}", interpreter.display());
}

/// A service whose report computes in a process of its own.
const SERVICE: &str = "v1/web:4:py-1ms+io-5ms:x30/report:py-50ms:daemon:fork";

#[test]
fn a_guard_passes_on_its_own_scenario() {
    let folder = folder("guard");
    let file = write(&folder, "test_service.py", &guard(&link(SERVICE)).expect("two groups"));
    for interpreter in pythons() {
        let (passed, said) = passes(&interpreter, &file);
        assert!(passed, "{}: {said}", interpreter.display());
    }
}

/// The change that the guard is there for: the report goes back into the service's process.
#[test]
fn a_guard_fails_when_the_report_goes_back_into_the_process() {
    let folder = folder("guard_broken");
    let whole = guard(&link(SERVICE)).expect("two groups");
    // The same scenario with the report in a thread has all that this needs.
    let other = SERVICE.replace(":fork", "");
    let broken = guard(&link(&other)).expect("two groups");
    let relied = |guard: &str| {
        let line = guard.lines().find(|line| line.contains("assert_slowdown(0"));
        line.expect("web is compared").to_owned()
    };
    let broken = broken.replace(&relied(&broken), &relied(&whole));
    let file = write(&folder, "test_service.py", &broken);
    for interpreter in pythons() {
        assert_fails(&interpreter, &file, "web: beside others a pass takes");
    }
}
