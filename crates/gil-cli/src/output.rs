//! What is printed and written.

use std::io::{ErrorKind, Write};
use std::path::Path;

use comfy_table::{ContentArrangement, Table, presets::NOTHING};
use gil_sim::Nanos;

use crate::error::Failure;

/// A table without lines, as scripts and people both can read it. Without a heading where `head`
/// is empty.
pub fn table(head: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_content_arrangement(ContentArrangement::Disabled);
    if !head.is_empty() {
        table.set_header(head.iter().copied());
    }
    table
}

/// A table as lines without space at their ends.
pub fn aligned(table: &Table) -> String {
    let text = table.to_string();
    text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A part of a whole, 0 where there is no whole.
pub fn share(part: Nanos, whole: Nanos) -> f64 {
    if whole.is_zero() { 0.0 } else { part.as_secs_f64() / whole.as_secs_f64() }
}

/// Prints text; a reader that has gone away, as `head` does, is no error.
///
/// # Errors
/// Where the text cannot be written, as to a full disk.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("cannot write standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// A text of somebody else's in one line of a terminal: what would break the line, or speak to the
/// terminal, is written out.
pub fn one_line(text: &str) -> String {
    let shown = |c: char| match c.is_control() {
        true => c.escape_default().to_string(),
        false => c.to_string(),
    };
    text.chars().map(shown).collect()
}

/// Prints text beside the output. Nothing is to be done where that is impossible.
pub fn print_aside(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Writes a file.
///
/// # Errors
/// Where the file cannot be written.
pub fn write_file(path: &Path, text: impl AsRef<[u8]>) -> Result<(), Failure> {
    if path == Path::new("-") {
        let message = "the name of a file is missing: \"-\" is standard output";
        return Err(Failure::new(message).help("a file of that name is \"./-\""));
    }
    std::fs::write(path, text).map_err(|error| Failure::file("write", path, &error))
}

/// The address of a playground that opens a link; the link alone where there is no address.
pub fn address(base: Option<&str>, link: &str) -> String {
    match base {
        Some(base) => format!("{}#{link}", base.split('#').next().unwrap_or_default()),
        None => link.to_owned(),
    }
}
