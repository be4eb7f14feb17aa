//! Tables.

use comfy_table::{ContentArrangement, Table, presets::NOTHING};

/// A table without lines, as scripts and people both can read it.
pub fn table(head: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(head.iter().copied());
    table
}

/// Prints lines; a reader that has gone away, as `head` does, is no error.
pub fn print(text: &str) {
    use std::io::Write;
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}
