//! Scenarios from the command line: notation, links, presets, files.

use std::io::Read;
use std::path::Path;

use gil_notation::{Link, PRESETS, Preset, parse};

use crate::error::Failure;

/// Reads what the command line calls a scenario.
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
        let text =
            std::fs::read_to_string(path).map_err(|error| Failure::file("read", path, &error))?;
        return read_text(argument, text.trim());
    }
    if !argument.contains(['/', '#', ':']) {
        let names: Vec<&str> = PRESETS.iter().map(|preset| preset.key).collect();
        return Err(Failure::new(format!(
            "{argument:?} is no scenario, no file and no preset; presets are {}",
            names.join(", ")
        )));
    }
    read_text("the command line", argument)
}

/// A link's scenario stands behind its `#`.
fn read_text(name: &str, text: &str) -> Result<Link, Failure> {
    let fragment = text.split_once('#').map_or(text, |(_, fragment)| fragment);
    parse(fragment).map_err(|error| Failure::notation(name, fragment, error))
}
