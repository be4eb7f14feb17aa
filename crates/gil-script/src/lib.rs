//! From a scenario to a Python program that does the same for real, and measures it.
//!
//! [`program`] writes it: standard library only, for CPython 3.8 and later, free-threaded builds
//! too. The files in `parts` are the program with everything in it; `needs.rs` finds out what of
//! it a scenario needs, `template.rs` takes that, and `group.rs` writes the groups and what they
//! do in a pass. What the program prints is described in docs/measured.md.
//!
//! Scenarios come from links, and links from anybody. No text of a scenario becomes code: names
//! are string literals ([`string_literal`]) and never identifiers.

mod group;
mod guard;
mod needs;
mod python;
mod template;

use gil_notation::{Link, PRESETS, print_scenario};
use gil_sim::{Python, Scenario};

pub use python::string as string_literal;
use template::{Needs, fill, tidy};

/// The program in parts, in their order.
const PARTS: [&str; 14] = [
    include_str!("parts/head.py"),
    include_str!("parts/work.py"),
    include_str!("parts/other_side.py"),
    include_str!("parts/measure.py"),
    include_str!("parts/member.py"),
    include_str!("parts/task.py"),
    include_str!("parts/passes.py"),
    include_str!("parts/strategies.py"),
    include_str!("parts/pools.py"),
    include_str!("parts/scenario.py"),
    include_str!("parts/report.py"),
    include_str!("parts/run.py"),
    include_str!("parts/main.py"),
    include_str!("parts/guard.py"),
];

/// A Python program that does what a link's scenario says, the first one's where it compares two.
/// The same link always gives the same program.
pub fn program(link: &Link) -> String {
    let scenario = &link.scenario;
    write(scenario, &needs::needs(scenario.spec()), &docstring(scenario, PROGRAM), "")
}

/// A pytest file that asserts what a team relies on when it runs a scenario: how much longer a
/// group's passes may take beside the others than alone, and how much more several members must get
/// done than one. The ratios are simulated, with a margin that the file explains.
///
/// # Errors
/// A sentence, where nothing in the scenario can be compared with anything else.
pub fn guard(link: &Link) -> Result<String, String> {
    let scenario = &link.scenario;
    let relied = guard::relied_on(scenario)?;
    let mut needs = needs::needs(scenario.spec());
    needs.extend(["guard"].into_iter().chain(relied.needs()));
    Ok(write(scenario, &needs, &docstring(scenario, GUARD), &relied.tests(scenario.spec())))
}

/// `gil_guard.py`: a helper of one file, with which a team's tests find out for how long a call
/// keeps other threads from the GIL.
pub const HELPER: &str = include_str!("gil_guard.py");

fn write(scenario: &Scenario, needs: &Needs, docstring: &str, tests: &str) -> String {
    let insert = |name: &str| match name {
        "docstring" => docstring.to_owned(),
        "groups" => group::groups(scenario.spec()),
        "scenario" => constants(scenario, needs),
        "tests" => tests.to_owned(),
        // Imports are of what is there.
        _ => format!("#insert {name}\n"),
    };
    let text: String = PARTS.iter().map(|part| fill(part, needs, &insert)).collect();
    let (units, imports) = (units(&text), imports(&text));
    let insert = |name: &str| match name {
        "imports" => imports.clone(),
        _ => units.clone(),
    };
    tidy(&fill(&text, &Needs::new(), &insert))
}

/// The modules of the standard library that the parts use.
const MODULES: [&str; 26] = [
    "argparse",
    "asyncio",
    "atexit",
    "concurrent.futures",
    "contextlib",
    "dis",
    "fcntl",
    "functools",
    "hashlib",
    "itertools",
    "json",
    "math",
    "multiprocessing",
    "os",
    "platform",
    "queue",
    "random",
    "shutil",
    "socket",
    "statistics",
    "struct",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
];

/// Modules whose names are common words in other places, or that come last.
const MORE_MODULES: [&str; 3] = ["types", "typing", "unittest"];

/// The import statements of a program.
fn imports(text: &str) -> String {
    let used = |module: &&&str| uses(text, module);
    let modules = MODULES.iter().chain(&MORE_MODULES).filter(used);
    modules.map(|module| format!("import {module}\n")).collect()
}

/// Whether a text has something of a module in it, as in `time.sleep`.
fn uses(text: &str, module: &str) -> bool {
    text.match_indices(&format!("{module}.")).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
            && after.is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
    })
}

/// The units of time that the text uses.
fn units(text: &str) -> String {
    let units = [("MS", "1e-3"), ("US", "1e-6")];
    let used = units.iter().filter(|(unit, _)| text.contains(&format!(" * {unit}")));
    used.map(|(unit, value)| format!("{unit} = {value}\n")).collect()
}

/// What a program says of itself.
const PROGRAM: [&str; 2] = [
    "Does what a scenario of the GIL Playground says, for real, and measures it.",
    "Needs CPython 3.8 or later and nothing else. Figures go to standard output as JSON;\n\
     --help has the options.",
];

/// What a guard says of itself.
const GUARD: [&str; 2] = [
    "Fails when threads get in each other's way more than a scenario of the GIL Playground says.",
    "What each group does in a pass is in pass_1() and so on, as a stand-in: put calls of your own\n\
     code in its place. Run it with pytest, or on its own; it needs CPython 3.8 or later.",
];

/// What the file is, for who opens it.
fn docstring(scenario: &Scenario, [head, foot]: [&str; 2]) -> String {
    let link = print_scenario(scenario);
    let preset = PRESETS.iter().find(|preset| preset.notation == link);
    let about = preset.map(|preset| format!("{}\n\n", wrapped(preset.summary)));
    let about = about.unwrap_or_default();
    let python = scenario.spec().python;
    let about = match python == Python::default() {
        true => about,
        false => {
            format!("{about}The scenario is about Python {python}: run it on that, if you can.\n\n")
        }
    };
    format!("\"\"\"{head}\n\n    {link}\n\n{about}{foot}\n\"\"\"\n")
}

/// A sentence in lines of at most 95 characters.
fn wrapped(sentence: &str) -> String {
    let mut lines = vec![String::new()];
    for word in sentence.split_whitespace() {
        let last = lines.len() - 1;
        match lines[last].len() {
            0 => lines[last].push_str(word),
            length if length + word.len() < 95 => {
                lines[last].push(' ');
                lines[last].push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

/// What the scenario is, and its settings.
fn constants(scenario: &Scenario, needs: &Needs) -> String {
    let spec = scenario.spec();
    let mut text = match needs.contains("guard") {
        true => String::new(),
        false => format!("SCENARIO = {}\n", string_literal(&print_scenario(scenario))),
    };
    text.push_str(&format!("SEED = {}\n", spec.seed));
    if needs.contains("interval") {
        let interval = python::seconds(spec.switch_interval);
        text.push_str(&format!("SWITCH_INTERVAL = {interval}\n"));
    }
    text
}
