//! The table of the notation is complete, its examples can be read, and the README shows it.

use std::fs;

use gil_notation::grammar::{
    DEFAULTS, EXAMPLE, EXAMPLE_MEANING, LAID_OUT, LAYOUT, PIECES, Piece, Room, markdown, table,
};
use gil_notation::{STRATEGIES, parse, parse_dist, setting_keys, step_words, view_keys};

/// A link in which an example of a room stands.
fn link(piece: &Piece, example: &str) -> String {
    let python = match () {
        () if example.starts_with("ci=") => "py=2.7/",
        () if ["ext=", "gc="].iter().any(|key| example.starts_with(key)) => "py=3.14t/",
        () => "",
    };
    let group = "io:2:io-10ms";
    match piece.room {
        Room::Setting if example.starts_with("py=") => format!("v1/{example}/{group}"),
        Room::Setting => format!("v1/{python}{example}/{group}"),
        Room::Group => format!("v1/{example}"),
        Room::Step => format!("v1/a:{example}/pool:2:py-1ms:serve"),
        Room::Repeat => format!("v1/{group}/a:py-1ms:{example}"),
        Room::Strategy => format!("v1/a:io-1ms:x2:{example}"),
        Room::Duration => format!("v1/a:io-{example}"),
        Room::Change if example == "vs" => format!("v1/{group}/vs/{group}"),
        Room::Change => format!("v1/web:4:io-10ms/{example}"),
        Room::View if example.starts_with("controls=") => {
            format!("v1/{group}/embed=stage/{example}")
        }
        Room::View if example.starts_with("theme=") => format!("v1/{group}/embed=stage/{example}"),
        Room::View => format!("v1/{group}/{example}"),
    }
}

#[test]
fn every_example_can_be_read() {
    for piece in PIECES {
        assert!(!piece.examples.is_empty() && !piece.meaning.ends_with('.'), "{:?}", piece.forms);
        for example in piece.examples {
            let text = link(piece, example);
            parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        }
    }
    for duration in Piece::of(Room::Duration).flat_map(|piece| piece.examples) {
        parse_dist(duration).unwrap_or_else(|error| panic!("{error}"));
    }
    parse(EXAMPLE).expect("the example is a scenario");
    parse(LAID_OUT).expect("the one in several lines as well");
}

#[test]
fn every_part_of_the_notation_is_in_the_table() {
    let has = |room: Room, form: &str| {
        let found = Piece::of(room).any(|piece| piece.forms.contains(&form));
        assert!(found, "{form} is not in the table of the notation");
    };
    for key in setting_keys() {
        has(Room::Setting, &format!("{key}="));
    }
    for key in view_keys() {
        has(Room::View, &format!("{key}="));
    }
    for (word, _) in STRATEGIES {
        has(Room::Strategy, word);
    }
    for word in step_words() {
        let mut forms = Piece::of(Room::Step).flat_map(|piece| piece.forms);
        let found = forms.any(|form| form.split('-').next() == Some(word));
        assert!(found, "{word} is not in the table of the notation");
    }
}

/// `UPDATE_GOLDEN=1 cargo test -p gil-notation --test grammar` writes the README's table anew.
#[test]
fn the_readme_shows_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md");
    let readme = fs::read_to_string(path).expect("the README is there");
    let start = readme.find("| part | means | examples |").expect("the README has the table");
    let end = start + readme[start..].find("\n\n").expect("something follows it") + 1;
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let written = format!("{}{}{}", &readme[..start], markdown(), &readme[end..]);
        fs::write(path, written).expect("the README can be written");
        return;
    }
    assert_eq!(&readme[start..end], markdown());
}

/// `docs/notation.md` is written by the same variable.
#[test]
fn the_documentation_shows_everything() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/notation.md");
    let page = page();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(path, page).expect("the page can be written");
        return;
    }
    assert_eq!(fs::read_to_string(path).expect("the page is there"), page);
}

/// A page in Markdown: the example, each room with its table, the layout in files.
fn page() -> String {
    let mut page = format!(
        "# The notation of scenarios\n\nA scenario is a text with slashes between its parts:\n\n\
         ```text\n{EXAMPLE}\n```\n\nThat is {EXAMPLE_MEANING}. {DEFAULTS} \
         A link of the playground has this text behind its `#`.\n\nThis page is written from the \
         table in `crates/gil-notation/src/grammar.rs`, as is `gil help notation`.\n"
    );
    for room in Room::ALL {
        page += &format!("\n## {}\n\n{}", room.title(), table(room));
    }
    page += "\n## In files\n\n";
    page.extend(LAYOUT.map(|sentence| format!("- {sentence}\n")));
    page + &format!("\n```text\n{LAID_OUT}```\n")
}
