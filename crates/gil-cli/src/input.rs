//! Scenarios from the command line: notation, links, presets, files.

use std::io::Read;
use std::path::Path;

use gil_claims::vary;
use gil_notation::{Link, PRESETS, Preset, nearest, parse};
use gil_sim::Scenario;
use gil_sim::sweep::usual_group;

use crate::error::Failure;
use crate::output::note;

/// Reads what the command line calls a scenario, with its view and what it is compared with.
///
/// # Errors
/// What is neither a scenario, a link, a preset nor a file with one of these.
pub fn read(argument: &str) -> Result<Link, Failure> {
    if argument == "-" {
        return read_text(STDIN, &read_file(Path::new(argument))?);
    }
    if Preset::find(argument).is_some() {
        return read_text(COMMAND_LINE, argument);
    }
    let path = Path::new(argument);
    if path.is_dir() {
        return Err(Failure::new(format!("{argument} is a directory, not a file")));
    }
    // Not only files: a shell's <(…) is a pipe.
    if path.exists() {
        return read_text(argument, &read_file(path)?);
    }
    if !argument.contains(['/', '#', ':']) {
        return Err(unknown(argument));
    }
    if !argument.contains('#') && is_path(argument) {
        return Err(Failure::new(format!("there is no file {argument:?}")));
    }
    read_text(COMMAND_LINE, argument)
}

fn unknown(argument: &str) -> Failure {
    let failure = Failure::new(format!("{argument:?} is neither a scenario, a file nor a preset"));
    let names: Vec<&str> = PRESETS.iter().map(|preset| preset.key).collect();
    match nearest(argument, &names) {
        Some(name) => failure.help(format!("did you mean the preset {name}?")),
        None => failure.help(format!("presets are {}", names.join(", "))),
    }
}

/// Whether a text without a link's `#` is meant as a path: a scenario begins with its version
/// or a preset.
fn is_path(argument: &str) -> bool {
    let version = argument.split('/').next().unwrap_or_default().trim();
    let is_version = version.strip_prefix('v').is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    let is_preset = Preset::find(version).is_some();
    argument.contains('/') && !is_version && !is_preset && !version.contains([':', '='])
}

/// The same where it is about one scenario. Of a link that compares two it is the first, and that
/// is said.
///
/// # Errors
/// As [`read`].
pub fn one(argument: &str) -> Result<Link, Failure> {
    let link = read(argument)?;
    if link.other.is_some() {
        note("the link compares two scenarios; this is about the first of them");
    }
    Ok(link)
}

/// The same with settings and fields of groups changed, each as in `si=1ms` or `web.count=16`.
/// One without a group is about the group that a sweep would vary.
///
/// # Errors
/// As [`read`], and what cannot be set.
pub fn changed(argument: &str, sets: &[String]) -> Result<Link, Failure> {
    set_all(one(argument)?, sets)
}

/// The same with a link that compares two scenarios: the first of them is changed.
///
/// # Errors
/// As [`changed`].
pub fn read_changed(argument: &str, sets: &[String]) -> Result<Link, Failure> {
    set_all(read(argument)?, sets)
}

fn set_all(mut link: Link, sets: &[String]) -> Result<Link, Failure> {
    for set in sets {
        let (key, value) = set.split_once('=').ok_or_else(|| {
            Failure::new(format!("--set {set:?} has no value"))
                .help("write it as in --set si=1ms or --set web.count=16")
        })?;
        let group = usual_group(&link.scenario);
        link.scenario = vary(&link.scenario, group, key.trim(), value.trim())
            .map_err(|why| Failure::new(format!("--set {set}: {why}")).help(SETS))?;
    }
    Ok(link)
}

const SETS: &str = "gil help notation lists what can be set";

/// One scenario alone.
///
/// # Errors
/// As [`read`].
pub fn scenario(argument: &str, sets: &[String]) -> Result<Scenario, Failure> {
    changed(argument, sets).map(|link| link.scenario)
}

/// What the arguments are called.
const COMMAND_LINE: &str = "the command line";

/// What standard input is called.
pub const STDIN: &str = "standard input";

/// A file's text, "-" for standard input, without the mark that some editors begin it with.
///
/// # Errors
/// Where it cannot be read, or is no text.
pub fn read_file(path: &Path) -> Result<String, Failure> {
    let text = if path == Path::new("-") {
        let mut text = String::new();
        let read = std::io::stdin().read_to_string(&mut text);
        read.map_err(|error| Failure::new(format!("cannot read {STDIN}: {error}")))?;
        text
    } else {
        std::fs::read_to_string(path).map_err(|error| Failure::file("read", path, &error))?
    };
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn read_text(name: &str, text: &str) -> Result<Link, Failure> {
    parse(text).map_err(|error| Failure::notation(name, text, error))
}
