//! What is printed and written.

use std::fs::File;
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets::NOTHING};

use crate::error::Failure;

/// Where the output goes and how much is said, for all commands alike.
struct Settings {
    /// The file that is written instead of standard output, once something is printed.
    file: Option<PathBuf>,
    is_quiet: bool,
}

static SETTINGS: OnceLock<Settings> = OnceLock::new();

/// Whether the file has been begun.
static IS_BEGUN: AtomicBool = AtomicBool::new(false);

/// Says once, at the start, where everything that is printed goes, and whether notes are left out.
pub fn set_up(file: Option<&Path>, is_quiet: bool) {
    let file = file.filter(|file| !is_stdout(file)).map(Path::to_owned);
    let _ = SETTINGS.set(Settings { file, is_quiet });
}

/// Whether nothing is said beside what was asked for.
pub fn is_quiet() -> bool {
    SETTINGS.get().is_some_and(|settings| settings.is_quiet)
}

/// Whether a file's name stands for standard output.
pub fn is_stdout(file: &Path) -> bool {
    file == Path::new("-")
}

/// How many columns a line may have: what COLUMNS says, otherwise what the terminal has. `None`
/// where the output goes to a program that nobody has said a width for.
pub fn columns() -> Option<u16> {
    let said = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    let is_terminal = std::io::stdout().is_terminal();
    let terminal = || is_terminal.then(terminal_size::terminal_size).flatten();
    let goes_to_file = SETTINGS.get().is_some_and(|settings| settings.file.is_some());
    let seen = || terminal().filter(|_| !goes_to_file).map(|(width, _)| width.0);
    said.or_else(seen).filter(|columns| *columns >= LEAST_COLUMNS)
}

/// Fewer columns than this are no width that a table can be laid out in.
const LEAST_COLUMNS: u16 = 20;

/// A table without lines, as scripts and people both can read it. Without a heading where `head`
/// is empty. Where the width is known, cells that are too long take several lines.
pub fn table(head: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_content_arrangement(ContentArrangement::Disabled);
    if let Some(columns) = columns() {
        arrange(&mut table, columns);
    }
    if !head.is_empty() {
        table.set_header(head.iter().copied());
    }
    table
}

/// Lays a table out in this many columns.
pub fn arrange(table: &mut Table, columns: u16) {
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(columns);
}

/// A table as lines without space at their ends. No word is broken: a table that has too many words
/// beside each other is wider than it should be.
pub fn aligned(table: &Table) -> String {
    let mut table = table.clone();
    let widths: Vec<u16> = (0..table.column_count()).map(|at| longest_word(&table, at)).collect();
    for (column, width) in table.column_iter_mut().zip(widths) {
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(width)));
    }
    let text = table.to_string();
    text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Width of the longest word in a column with the blanks around it.
fn longest_word(table: &Table, column: usize) -> u16 {
    let rows = table.header().into_iter().chain(table.row_iter());
    let cells = rows.filter_map(|row| row.cell_iter().nth(column));
    let lengths = cells.flat_map(|cell| {
        let text = cell.content();
        text.split_whitespace().map(|word| word.chars().count() as u16).collect::<Vec<_>>()
    });
    lengths.max().unwrap_or(0) + 2
}

/// Prints text to standard output, or to the file that stands for it. A reader that has gone away,
/// as `head` does, is no error.
///
/// # Errors
/// Where the text cannot be written, as to a full disk.
pub fn print(text: &str) -> Result<(), Failure> {
    if let Some(file) = SETTINGS.get().and_then(|settings| settings.file.as_ref()) {
        return print_to(file, text).map_err(|error| Failure::file("write", file, &error));
    }
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("cannot write standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// The first text replaces what was in the file, others follow it.
fn print_to(file: &Path, text: &str) -> std::io::Result<()> {
    let is_first = !IS_BEGUN.swap(true, Ordering::Relaxed);
    let mut options = File::options();
    options.create(true).write(true).truncate(is_first).append(!is_first);
    options.open(file)?.write_all(text.as_bytes())
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

/// Prints a note beside the output, unless notes are not wanted.
pub fn note(text: &str) {
    if !is_quiet() {
        print_aside(&format!("note: {text}\n"));
    }
}

/// Prints text beside the output. Nothing is to be done where that is impossible.
pub fn print_aside(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Writes a file; "-" is standard output.
///
/// # Errors
/// Where the file cannot be written.
pub fn write_file(path: &Path, text: impl AsRef<[u8]>) -> Result<(), Failure> {
    if is_stdout(path) {
        return print(&String::from_utf8_lossy(text.as_ref()));
    }
    std::fs::write(path, text).map_err(|error| Failure::file("write", path, &error))
}

/// Names of files that end like this are pictures of another kind than `gil` draws.
const RASTER: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "bmp", "tiff", "pdf"];

/// The name of a file for a picture.
///
/// # Errors
/// A sentence: it ends like a picture of another kind.
pub fn picture_file(name: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(name);
    match extension(&path).filter(|end| RASTER.contains(&end.as_str())) {
        None => Ok(path),
        Some(end) => Err(format!(
            "pictures are SVG, not {}: name it {}; Share on the page saves a PNG, and browsers, \
             Inkscape and rsvg-convert make one of an SVG",
            end.to_uppercase(),
            path.with_extension("svg").display()
        )),
    }
}

/// The end of a file's name in small letters.
pub fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// The address of a playground that opens a link; the link alone where there is no address.
pub fn address(base: Option<&str>, link: &str) -> String {
    match base {
        Some(base) => format!("{}#{link}", base.split('#').next().unwrap_or_default()),
        None => link.to_owned(),
    }
}
