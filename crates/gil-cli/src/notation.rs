//! The notation explained: `gil help notation` and the manual page gil-notation(7).

use clap_mangen::roff::{Roff, bold, roman};
use gil_claims::vary::FIELDS;
use gil_notation::grammar::{DEFAULTS, EXAMPLE, EXAMPLE_MEANING, LAID_OUT, LAYOUT, Piece, Room};

use crate::output::{aligned, arrange, columns, table};

/// How wide the text is where nobody says.
const WIDTH: u16 = 100;

const NEXT: &str = "gil link SCENARIO says what each part of a scenario means, gil presets has \
                    scenarios to begin with.";

const SETS: &str = "What --set, --over and a claim's arguments can name";

const SETS_WORDS: &str = "Any setting by its name (si, cores, py), and of each group, as \
                          GROUP.FIELD, these; besides the duration of a step by its word (web.io) \
                          or its number, counted from 0 (web.1).";

/// The whole notation for a terminal.
pub fn text() -> String {
    let wrap = |text: &str| wrapped(text, usize::from(columns().unwrap_or(WIDTH)));
    let mut text = wrap("A scenario is a text with slashes between its parts:");
    text += &format!("\n    {EXAMPLE}\n\n");
    text += &wrap(&format!("That is {EXAMPLE_MEANING}. {DEFAULTS}"));
    for room in Room::ALL {
        text += &format!("\n{}\n{}\n", room.title(), of_room(room));
    }
    text += "\nIn files\n";
    for sentence in LAYOUT {
        text += &wrap(sentence);
    }
    text.push('\n');
    text.extend(LAID_OUT.lines().map(|line| format!("    {line}\n")));
    text += &format!("\n{SETS}\n{}{}\n\n{}", wrap(SETS_WORDS), fields(), wrap(NEXT));
    text
}

fn of_room(room: Room) -> String {
    let mut shown = table(&[]);
    arrange(&mut shown, columns().unwrap_or(WIDTH));
    for piece in Piece::of(room) {
        shown.add_row([piece.forms(" "), piece.meaning.to_owned(), piece.examples.join(" ")]);
    }
    aligned(&shown)
}

fn fields() -> String {
    let mut shown = table(&[]);
    arrange(&mut shown, columns().unwrap_or(WIDTH));
    for field in FIELDS {
        shown.add_row([
            field.name.to_owned(),
            field.meaning.to_owned(),
            format!("web.{}={}", field.name, field.example),
        ]);
    }
    aligned(&shown)
}

/// A text in lines of at most this many characters, each with its end.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n") + "\n"
}

/// The manual page.
pub fn page() -> String {
    let version = concat!("gil ", env!("CARGO_PKG_VERSION"));
    let mut page = Roff::new();
    page.control("TH", ["gil-notation", "7", "", version]);
    page.control("SH", ["NAME"]);
    page.text([roman("gil-notation - how scenarios of gil are written")]);
    page.control("SH", ["DESCRIPTION"]);
    page.text([roman("A scenario is a text with slashes between its parts:")]);
    literal(&mut page, EXAMPLE);
    page.text([roman(format!("That is {EXAMPLE_MEANING}. {DEFAULTS}"))]);
    for room in Room::ALL {
        page.control("SH", [room.title()]);
        for piece in Piece::of(room) {
            page.control("TP", []);
            page.text([bold(piece.forms(" "))]);
            page.text([roman(format!("{}: {}", piece.meaning, piece.examples.join(" ")))]);
        }
    }
    page.control("SH", ["Files"]);
    for sentence in LAYOUT {
        page.control("PP", []);
        page.text([roman(sentence)]);
    }
    literal(&mut page, LAID_OUT);
    page.control("SH", [SETS]);
    page.text([roman(SETS_WORDS)]);
    for field in FIELDS {
        page.control("TP", []);
        page.text([bold(field.name)]);
        page.text([roman(format!("{}: web.{}={}", field.meaning, field.name, field.example))]);
    }
    page.control("SH", ["SEE ALSO"]);
    page.text([roman("gil(1), gil-link(1), gil-presets(1)")]);
    page.render()
}

fn literal(page: &mut Roff, text: &str) {
    page.control("PP", []);
    page.control("RS", ["4"]);
    page.control("nf", []);
    for line in text.lines() {
        page.text([roman(line)]);
    }
    page.control("fi", []);
    page.control("RE", []);
    page.control("PP", []);
}
