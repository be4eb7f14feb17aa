//! Scenarios from the command line: notation, links, presets, files.

use std::io::Read;
use std::path::Path;

use gil_notation::{Link, PRESETS, Preset, parse};
use gil_sim::Scenario;

use crate::error::Failure;
use crate::output::print_aside;

/// Reads what the command line calls a scenario, with its view and what it is compared with.
///
/// # Errors
/// What is neither a scenario, a link, a preset nor a file with one of these.
pub fn read(argument: &str) -> Result<Link, Failure> {
    if argument == "-" {
        let mut text = String::new();
        let read = std::io::stdin().read_to_string(&mut text);
        read.map_err(|error| Failure::new(format!("cannot read standard input: {error}")))?;
        return read_text("standard input", text.trim());
    }
    if let Some(preset) = Preset::find(argument) {
        return Ok(Link::from(preset.scenario()));
    }
    let path = Path::new(argument);
    if path.is_file() {
        return read_text(argument, read_file(path)?.trim());
    }
    if !argument.contains(['/', '#', ':']) {
        let names: Vec<&str> = PRESETS.iter().map(|preset| preset.key).collect();
        let message = format!("{argument:?} is no scenario, no file and no preset");
        return Err(Failure::new(message).help(format!("presets are {}", names.join(", "))));
    }
    read_text("the command line", argument)
}

/// The same where it is about one scenario. Of a link that compares two it is the first, and that
/// is said.
///
/// # Errors
/// As [`read`].
pub fn one(argument: &str) -> Result<Link, Failure> {
    let link = read(argument)?;
    if link.other.is_some() {
        print_aside("note: the link compares two scenarios; this is about the first of them\n");
    }
    Ok(link)
}

/// One scenario alone.
///
/// # Errors
/// As [`read`].
pub fn scenario(argument: &str) -> Result<Scenario, Failure> {
    one(argument).map(|link| link.scenario)
}

/// A file's text.
///
/// # Errors
/// Where it cannot be read, or is no text.
pub fn read_file(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| Failure::file("read", path, &error))
}

/// A link's scenario stands behind its `#`.
fn read_text(name: &str, text: &str) -> Result<Link, Failure> {
    let fragment = text.split_once('#').map_or(text, |(_, fragment)| fragment);
    parse(fragment).map_err(|error| Failure::notation(name, fragment, error))
}
