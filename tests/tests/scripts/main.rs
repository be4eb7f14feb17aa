//! Generated Python programs are read, and run for real: on `python3` and on each interpreter in
//! `GIL_PYTHONS`, which has paths as PATH has.
//!
//! `UPDATE_GOLDEN=1 cargo test -p gil-tests --test scripts` writes the programs in `scripts` anew.
#![cfg(not(target_arch = "wasm32"))]

mod guards;
mod recorded;

use std::env;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};

use gil_notation::{Link, PRESETS, parse, print_scenario};
use gil_script::{program, string_literal};
use gil_sim::{Group, Repeat, Run, Scenario, Strategy};
use proptest::strategy::{Strategy as Generate, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;

/// Scenarios that need every part of a program, beside the presets.
const MORE: [&str; 22] = [
    "v1/count:3:py-10ms:seq",
    "v1/count:3:py-10ms:async",
    "v1/count:3:py-10ms:fork",
    "v1/count:2:py-10ms:forkserver",
    "v1/count:2:py-10ms:spawn",
    "v1/py=3.12/count:3:py-10ms:interp",
    "v1/si=1ms/a:2:lock-m+py-1ms+sleep-1ms+unlock-m:x5/b:2:lock-m+hold-1ms+unlock-m:x5:fork",
    "v1/py=3.13/a:2:lock-m+py-1ms+unlock-m:x5/b:2:lock-m+py-1ms+unlock-m:x5:interp\
     /c:lock-m+lock-n+py-1ms+unlock-n+unlock-m:x5:fork",
    "v1/j:3:py-1ms+io-1ms:jobs-20/k:3:py-1ms:jobs-20:fork/l:2:py-1ms:arrive-exp5ms@100ms:spawn",
    "v1/py=3.13/j:3:py-1ms+io-1ms:jobs-20:interp/h:1@5ms:py-1ms:daemon:interp",
    "v1/j:3:py-1ms+io-1ms:jobs-20:async/l:2:py-1ms:arrive-1ms..9ms@100ms:async/h:py-1ms:daemon:fork",
    "v1/l:2:py-1ms:arrive-2ms@50ms:async",
    "v1/web:2:py-1ms:arrive-exp5ms@200ms/rep:1@5ms:py-20ms:x5/a:py-1ms:x3:fork/b:2:py-1ms:jobs-9:fork",
    "v1/web:4:py-500us+call-pool@64kib:x5/pool:2:py-2ms:serve",
    "v1/web:4:py-500us+call-pool@64kib:x5/pool:2:py-2ms+io-1ms:serve:async",
    "v1/web:4:call-a+call-b:x3:async/a:py-1ms:serve:async/b:2:py-1ms+sleep-1ms..2ms:serve",
    "v1/web:2:py-500us+call-pool@20mib:x2:seq/pool:2:py-2ms:serve:spawn",
    "v1/py=3.14/web:4:py-500us+call-pool@64kib:x5/pool:2:py-2ms:serve:interp",
    "v1/m:4:mutate-cache-2us+py-100us:x100/n:share-cache-1ms:x10/o:share-z-1ms:x3",
    "v1/s:sys-1us:x1000/q:sys-100us:x10/p:py-5ms@100us:x5/h:1@20ms:hold-5ms:for-50ms",
    "v1/si=1ms/r:2:recv-exp2ms+py-100us:x50:async/t:2:recv-2ms:x20/u:block-2ms+io-1ms:x3:async",
    "v1/g:2@10ms:native-1ms..2ms+sleep-1us+io-ln1ms..3ms:for-30ms:spawn",
];

/// Those whose programs are kept to be read.
const GOLDEN: [(&str, &str); 4] = [
    ("convoy", "convoy"),
    ("native_in_processes", "v1/zip:4:py-200us+native-10ms:x10:fork"),
    ("locks", "v1/si=1ms/cores=2/web:8:py-1ms+lock-db+io-2ms..4ms+unlock-db:arrive-exp5ms@1s"),
    ("interpreters", "v1/py=3.14/count:4:py-50ms:jobs-20:interp"),
];

/// How a program ends that this Python cannot run.
const CANNOT: i32 = 3;

fn scenarios() -> Vec<String> {
    let presets = PRESETS.iter().map(|preset| preset.notation.to_owned());
    presets.chain(MORE.map(str::to_owned)).collect()
}

fn link(notation: &str) -> Link {
    parse(notation).unwrap_or_else(|error| panic!("{notation}: {error:?}"))
}

/// A folder of this test's own, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scripts").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

/// The Pythons that programs are run on.
fn pythons() -> Vec<PathBuf> {
    let more = env::var_os("GIL_PYTHONS");
    let more: Vec<PathBuf> = more.iter().flat_map(env::split_paths).collect();
    [PathBuf::from("python3")].into_iter().chain(more).collect()
}

/// Programs that measure run one at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn python(interpreter: &Path, arguments: &[&str]) -> Output {
    let output = Command::new(interpreter).args(arguments).output();
    output.unwrap_or_else(|error| panic!("{}: {error}", interpreter.display()))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What a program prints; `None` where it says that this Python cannot run it.
fn measured(interpreter: &Path, file: &Path, notation: &str, more: &[&str]) -> Option<Value> {
    fs::write(file, program(&link(notation))).expect("the target folder can be written");
    let file = file.to_str().expect("the path is text");
    let output = python(interpreter, &[&[file], more].concat());
    let said = text(&output.stderr);
    if output.status.code() == Some(CANNOT) {
        assert!(said.contains("interpreters") && said.contains("or later"), "{notation}: {said}");
        return None;
    }
    let place = format!("{notation} on {}", interpreter.display());
    assert!(output.status.success(), "{place}: {said}");
    let printed = serde_json::from_slice(&output.stdout);
    Some(printed.unwrap_or_else(|error| panic!("{place}: {error}: {}", text(&output.stdout))))
}

#[test]
fn programs_are_as_an_editor_wants_them() {
    let folder = folder("lint");
    for (at, notation) in scenarios().iter().enumerate() {
        let file = folder.join(format!("{at}.py"));
        fs::write(file, program(&link(notation))).expect("the target folder can be written");
    }
    assert_eq!(lint(&folder), "");
}

/// What `lint.py` says of the programs in a folder.
fn lint(folder: &Path) -> String {
    let lint = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scripts/lint.py");
    let folder = folder.to_str().expect("the path is text");
    let output = python(Path::new("python3"), &[lint, folder]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn programs_are_as_they_were() {
    for (name, notation) in GOLDEN {
        let file = format!("{}/tests/scripts/{name}.py", env!("CARGO_MANIFEST_DIR"));
        let written = program(&link(notation));
        if env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&file, &written).expect("the file can be written");
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert!(kept == written, "{file} is another program now: UPDATE_GOLDEN=1 if this is meant");
    }
}

#[test]
fn every_scenario_runs_for_real() {
    let folder = folder("run");
    let mut told = 0;
    for interpreter in pythons() {
        for notation in scenarios() {
            let _alone = alone();
            let options = ["--record", "--scale", "0.2", "--seed", "7"];
            let file = folder.join("program.py");
            let Some(found) = measured(&interpreter, &file, &notation, &options) else { continue };
            judge(&found, &link(&notation).scenario, 0.2);
            told += 1;
        }
    }
    assert!(told >= PRESETS.len() + 15, "only {told} programs were run to their end");
}

/// Whether a document is what docs/measured.md says, and says what the scenario did.
fn judge(found: &Value, scenario: &Scenario, scale: f64) {
    let notation = print_scenario(scenario);
    assert_eq!(found["format"], "gil-measured/1");
    assert_eq!(found["scenario"], notation.as_str());
    assert_eq!(found["scale"], scale);
    assert_eq!(found["python"]["implementation"], "CPython");
    let wall = found["wall_ns"].as_i64().expect("a time");
    assert!(wall > 0);
    if cfg!(unix) {
        assert!(found["memory"]["peak_bytes"].as_u64() > Some(5_000_000), "{notation}");
    }
    let groups = found["groups"].as_array().expect("groups");
    assert_eq!(groups.len(), scenario.spec().groups.len());
    for (found, group) in groups.iter().zip(&scenario.spec().groups) {
        judge_group(found, group, scale);
    }
    let threads = found["threads"].as_array().expect("threads");
    let names: Vec<&Value> = threads.iter().map(|thread| &thread["name"]).collect();
    assert!((1..names.len()).all(|at| !names[at..].contains(&names[at - 1])), "{names:?}");
    for thread in threads {
        judge_spans(thread, &notation);
    }
}

fn judge_group(found: &Value, group: &Group, scale: f64) {
    assert_eq!(found["name"], group.name.as_str());
    assert_eq!(found["members"], u64::from(group.count));
    let passes = found["passes"].as_u64().expect("a number");
    let scaled = |number: u32| ((f64::from(number) * scale).round_ties_even() as u64).max(1);
    match group.repeat {
        Repeat::Times(number) => assert_eq!(passes, scaled(number) * u64::from(group.count)),
        Repeat::Jobs(number) => assert_eq!(passes, scaled(number)),
        Repeat::For(_) => assert!(passes >= u64::from(group.count)),
        Repeat::Daemon | Repeat::Arrivals { .. } | Repeat::Serve => {}
    }
    let [p50, max] = ["p50", "max"].map(|rank| found["pass_ns"][rank].as_u64());
    assert_eq!(p50.is_some(), passes > 0);
    assert!(p50 <= max, "{found}");
    let answers = matches!(group.repeat, Repeat::Arrivals { .. } | Repeat::Serve);
    assert_eq!(found["response_ns"].is_object(), answers && passes > 0, "{found}");
    if answers && passes > 0 {
        assert!(found["response_ns"]["max"].as_u64() >= p50, "{found}");
    }
}

const KINDS: [&str; 8] = ["python", "native", "holding", "io", "sleep", "lock", "queue", "result"];

/// Spans are in order and none overlaps another.
fn judge_spans(thread: &Value, notation: &str) {
    assert!(thread["cpu_ns"].as_i64() > Some(0), "{notation}: {thread}");
    let spans = thread["spans"].as_array().expect("they were asked for");
    let mut last = i64::MIN;
    for span in spans {
        let [start, end] = [0, 1].map(|at| span[at].as_i64().expect("a time"));
        assert!(last <= start && start <= end, "{notation}: {span} after {last}");
        assert!(KINDS.contains(&span[2].as_str().expect("a kind")), "{span}");
        last = end;
    }
}

#[test]
fn a_seed_draws_the_same_again() {
    let folder = folder("seeds");
    let _alone = alone();
    let passes = |seed: &str| {
        let notation = "v1/w:2:sleep-1ms:arrive-exp2ms@200ms";
        let options = ["--seed", seed];
        let file = folder.join("program.py");
        let found = measured(Path::new("python3"), &file, notation, &options).expect("it runs");
        found["groups"][0]["passes"].as_u64()
    };
    let [one, again] = ["3", "3"].map(passes);
    assert_eq!(one, again);
    assert!((4..=9).any(|seed| passes(&seed.to_string()) != one));
}

/// Alternatives whose walls are far apart in the simulation come in the same order for real. Other
/// programs on the machine can make a run slower, but not faster: where the order is another one,
/// the best of several runs counts.
#[test]
fn alternatives_come_in_the_simulated_order() {
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get().min(64));
    let cases = [
        ("py=3.13/cores=CORES/w:4:py-150ms:x1", ["threads", "fork", "interp"], Figure::Apart),
        ("cores=CORES/w:4:native-100ms:x1", ["threads", "seq", "async"], Figure::Apart),
        ("cores=CORES/w:8:py-100us+io-20ms:x5", ["threads", "seq", "async"], Figure::Wall),
        ("cores=CORES/w:3:block-20ms:x5", ["threads", "seq", "async"], Figure::Wall),
    ];
    let _alone = alone();
    for (base, strategies, figure) in cases {
        let base = base.replace("CORES", &cores.to_string());
        let notations = strategies.iter().map(|strategy| format!("v1/{base}:{strategy}"));
        let mut runs: Vec<Alternative> =
            notations.filter_map(|notation| Alternative::new(notation, figure)).collect();
        assert!(runs.len() >= 2);
        for _ in 0..5 {
            if out_of_order(&runs).is_some() {
                runs.iter_mut().for_each(Alternative::again);
            }
        }
        assert_eq!(out_of_order(&runs), None);
    }
}

/// Two that are not in the simulated order.
fn out_of_order(runs: &[Alternative]) -> Option<String> {
    let pairs = runs.iter().flat_map(|slow| runs.iter().map(move |fast| (slow, fast)));
    let mut apart = pairs.filter(|(slow, fast)| slow.simulated > 1.6 * fast.simulated);
    let wrong = apart.find(|(slow, fast)| slow.measured <= fast.measured);
    wrong.map(|(slow, fast)| format!("{slow:?} should take longer than {fast:?}"))
}

/// What says how long alternatives take.
#[derive(Clone, Copy)]
enum Figure {
    /// The wall time: right where members wait, whatever else the machine does.
    Wall,
    /// The share of work that was done while nobody else of the group was at work: right where
    /// members compute, on a machine that has much else to do.
    Apart,
}

struct Alternative {
    notation: String,
    figure: Figure,
    simulated: f64,
    measured: f64,
}

impl fmt::Debug for Alternative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}, simulated {} ns)", self.notation, self.measured, self.simulated)
    }
}

impl Alternative {
    /// Simulates it and runs it; `None` where this Python cannot.
    fn new(notation: String, figure: Figure) -> Option<Alternative> {
        let simulated = Run::of(link(&notation).scenario).trace.end.0 as f64;
        let measured = figure.of(&notation)?;
        Some(Alternative { notation, figure, simulated, measured })
    }

    /// Runs it once more.
    fn again(&mut self) {
        let again = self.figure.of(&self.notation).unwrap_or(f64::INFINITY);
        self.measured = self.measured.min(again);
    }
}

impl Figure {
    /// What a run has; less is better.
    fn of(self, notation: &str) -> Option<f64> {
        let file = folder("order").join("program.py");
        let found = measured(Path::new("python3"), &file, notation, &["--record"])?;
        match self {
            Figure::Wall => found["wall_ns"].as_f64(),
            Figure::Apart => Some(apart(&found)),
        }
    }
}

/// How long anybody was at work, over the work of all: 1 where no two ever were at once.
fn apart(found: &Value) -> f64 {
    let threads = found["threads"].as_array().expect("threads");
    let spans = threads.iter().flat_map(|thread| thread["spans"].as_array().expect("spans"));
    let mut spans: Vec<[f64; 2]> =
        spans.map(|span| [0, 1].map(|at| span[at].as_f64().expect("a time"))).collect();
    spans.sort_by(|[one, _], [other, _]| one.total_cmp(other));
    let all: f64 = spans.iter().map(|[start, end]| end - start).sum();
    let (mut until, mut any) = (f64::NEG_INFINITY, 0.0);
    for [start, end] in spans {
        any += (end - start.max(until)).max(0.0);
        until = until.max(end);
    }
    any / all
}

#[test]
fn the_hot_loop_is_shown_with_its_looks_at_the_eval_breaker() {
    let file = folder("disassemble").join("program.py");
    fs::write(&file, program(&link("cpu"))).expect("the target folder can be written");
    for interpreter in pythons() {
        let output = python(&interpreter, &[file.to_str().expect("text"), "--disassemble"]);
        let shown = text(&output.stdout);
        assert!(output.status.success() && shown.contains("JUMP"), "{shown}");
        let marked: Vec<&str> = shown.lines().filter(|line| line.starts_with("--> ")).collect();
        let is_free = shown.contains("Without a GIL");
        assert!(is_free || marked.iter().any(|line| line.contains("JUMP")), "{shown}");
        assert!(marked.iter().all(|line| !line.contains("LOAD_FAST")), "{shown}");
    }
}

#[test]
fn a_wrong_option_is_told() {
    let file = folder("options").join("program.py");
    fs::write(&file, program(&link("cpu"))).expect("the target folder can be written");
    let file = file.to_str().expect("text");
    for (options, said) in [
        (["--scale", "0"], "--scale is a number above 0"),
        (["--scale", "nan"], "--scale is a number above 0"),
        (["--seed", "x"], "invalid int value"),
    ] {
        let output = python(Path::new("python3"), &[&[file], &options[..]].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(said), "{}", text(&output.stderr));
    }
}

#[test]
fn a_deadlock_is_given_up() {
    let file = folder("deadlock").join("program.py");
    let notation = "v1/a:lock-x+lock-x+py-1ms+unlock-x+unlock-x";
    fs::write(&file, program(&link(notation))).expect("the target folder can be written");
    let options = [file.to_str().expect("text"), "--limit", "0.5"];
    let output = python(Path::new("python3"), &options);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("not over after 0.5 s"), "{}", text(&output.stderr));
}

/// Any text becomes a string that is that text, and ends where it should.
#[test]
fn no_text_gets_out_of_its_string() {
    let mut runner = TestRunner::deterministic();
    let any = proptest::arbitrary::any::<String>();
    let mut texts: Vec<String> =
        (0..600).map(|_| any.new_tree(&mut runner).expect("a text").current()).collect();
    texts.extend(HOSTILE.map(str::to_owned));
    let file = folder("strings").join("strings.py");
    let lines: String =
        texts.iter().map(|text| format!("    {},\n", string_literal(text))).collect();
    let source = format!("import json\nprint(json.dumps([\n{lines}]))\n");
    assert!(source.is_ascii());
    fs::write(&file, source).expect("the target folder can be written");
    for interpreter in pythons() {
        let output = python(&interpreter, &[file.to_str().expect("text")]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let read: Vec<String> = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(read, texts);
    }
}

const HOSTILE: [&str; 9] = [
    "\"\"\"; import os; os.system('true') #",
    "'''\\",
    "\\\"",
    "{}{0}%s%(x)s$x",
    "\r\n\u{0}\u{7f}\u{85}\u{2028}",
    "\u{202e}\u{200b}\u{feff}",
    "\\N{DIGIT ONE}\\x41\\u0041",
    "🐍é",
    "*/-->]]>",
];

/// Names that are words of Python, or the program's own, are names and nothing else.
#[test]
fn names_are_no_code() {
    const NAMES: [&str; 14] = [
        "def",
        "None",
        "import",
        "RUN",
        "me",
        "print",
        "clock",
        "Group",
        "time",
        "lambda",
        "pass_1",
        "exit",
        "threading",
        "x",
    ];
    let folder = folder("names");
    let of = |[a, b, c, d]: [&str; 4]| {
        format!(
            "v1/{a}:2:lock-{c}+py-1ms+unlock-{c}+share-{d}-1ms+mutate-{c}-1us+call-{b}@64kib:x2\
             /{b}:2:py-1ms:serve:fork"
        )
    };
    let plain = program(&link(&of(["aa", "bb", "cc", "dd"])));
    for at in 0..NAMES.len() {
        let name = |by: usize| NAMES[(at + by) % NAMES.len()];
        let program = program(&link(&of([name(0), name(1), name(2), name(3)])));
        let write = |end: &str, program: &str| {
            let file = folder.join(format!("{at}.{end}.py"));
            fs::write(file, program).expect("the target folder can be written");
        };
        write("a", &program);
        write("b", &plain);
    }
    assert_eq!(lint(&folder), "");
}

/// A strategy that is new to the notation is to be in the list above.
#[test]
fn every_strategy_is_run() {
    for strategy in Strategy::ALL {
        let uses = |notation: &String| {
            let scenario = link(notation).scenario;
            scenario.spec().groups.iter().any(|group| group.strategy == strategy)
        };
        assert!(scenarios().iter().any(uses), "{}", strategy.name());
    }
}
