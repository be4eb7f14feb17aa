//! `gil incident`: a numbered, dated note of an incident, and the index of all notes.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

use gil_decide::incident::{Entry, INDEX, Incident, Shown, index};
use gil_notation::{Link, print_scenario};
use gil_sim::Run;
use gil_words::headline;

use crate::arguments::IncidentArguments;
use crate::error::Failure;
use crate::input;
use crate::output::{address, note, print};

/// Writes the next note, where there is a title, and the index anew.
pub fn incident(arguments: &IncidentArguments) -> Result<ExitCode, Failure> {
    let folder = &arguments.folder;
    let mut entries = entries(folder)?;
    if let Some(title) = &arguments.title {
        let name = write_note(arguments, title, next(&entries))?;
        print(&format!("{}\n", folder.join(&name).display()))?;
        entries = self::entries(folder)?;
    }
    let path = folder.join(INDEX);
    write(&path, &index(&entries))?;
    note(&format!("{} lists {}", path.display(), gil_words::count(entries.len(), "note")));
    Ok(ExitCode::SUCCESS)
}

fn next(entries: &[Entry]) -> u32 {
    entries.iter().map(|entry| entry.number).max().unwrap_or_default().saturating_add(1)
}

fn write_note(arguments: &IncidentArguments, title: &str, number: u32) -> Result<String, Failure> {
    let date =
        arguments.date.clone().unwrap_or_else(|| jiff::ZonedDateTime::now().date().to_string());
    let scenario = arguments.scenario.as_deref().map(input::one).transpose()?;
    let shown = scenario.map(|link| (print_scenario(&link.scenario), finding(link)));
    let base = arguments.base.as_deref();
    let address = shown.as_ref().and_then(|(text, _)| Some(address(Some(base?), text)));
    let scenario = shown.as_ref().map(|(notation, finding)| {
        let address = address.as_deref();
        Shown { notation, address, finding }
    });
    let incident = Incident { number, date: &date, title, scenario };
    let name = incident.file_name();
    fs::create_dir_all(&arguments.folder).map_err(|error| failure(&arguments.folder, &error))?;
    write(&arguments.folder.join(&name), &incident.text())?;
    Ok(name)
}

/// What is seen in the run of a scenario.
fn finding(link: Link) -> String {
    headline(&Run::of(link.scenario))
}

/// All notes of a folder; none where there is no such folder yet.
fn entries(folder: &Path) -> Result<Vec<Entry>, Failure> {
    let files = match fs::read_dir(folder) {
        Ok(files) => files,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failure(folder, &error)),
    };
    let mut entries = Vec::new();
    for file in files {
        let path = file.map_err(|error| failure(folder, &error))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if !name.ends_with(".md") || name == INDEX {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|error| failure(&path, &error))?;
        entries.extend(Entry::read(name, &text));
    }
    Ok(entries)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| failure(path, &error))
}

fn failure(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}
