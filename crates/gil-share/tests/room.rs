//! The room that is kept for a figure: `www/embed.js` has the same table as the snippets.
//!
//! `UPDATE_GOLDEN=1 cargo test -p gil-share --test room` writes the table into `embed.js`. Whether its
//! heights are those of figures that run is tested in a browser, in `tests/tests/e2e/embed/room.rs`.

use std::fs;
use std::path::Path;

use gil_notation::{Link, parse};
use gil_share::snippet::{Host, Hosted, room, table_script, write};

fn link(text: &str) -> Link {
    parse(text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_script_has_the_table() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/embed.js");
    let script = fs::read_to_string(&file).expect("www/embed.js");
    let (before, rest) = script.split_once("  const ROOM = {").expect("the table's beginning");
    let (_, after) = rest.split_once("};\n").expect("the table's end");
    let whole = format!("{before}{}{after}", table_script());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&file, &whole).expect("embed.js can be written");
        return;
    }
    assert_eq!(script, whole, "UPDATE_GOLDEN=1 if this is meant");
}

#[test]
fn more_to_show_takes_more_room() {
    let at = |text: &str| [390, 600, 800, 1280].map(|width| room(&link(text), width));
    let smaller = [
        ("v1/a:py-1ms/embed=stage", "v1/a:py-1ms/embed=stage+timeline"),
        ("v1/a:py-1ms/embed=timeline", "v1/a:20:py-1ms/embed=timeline"),
        ("v1/cores=1/a:py-1ms/embed=timeline", "v1/cores=8/a:py-1ms/embed=timeline"),
        ("v1/a:py-1ms/embed=stage/controls=none", "v1/a:py-1ms/embed=stage/controls=play"),
        ("v1/a:py-1ms/embed=stage/controls=play", "v1/a:py-1ms/embed=stage/controls=play+si"),
        ("v1/a:py-1ms/embed=stage/controls=play", "v1/a:py-1ms/embed=stage/controls=play+edit"),
    ];
    for (less, more) in smaller {
        for (less, more) in at(less).into_iter().zip(at(more)) {
            assert!(less < more, "{less} and {more}");
        }
    }
}

#[test]
fn an_element_keeps_its_room_before_it_is_there() {
    let link = link("v1/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30/embed=stage+timeline");
    let figure = Hosted { link: &link, base: "gil/", title: "A", height: 1, picture: "p.svg" };
    let (wide, phone) = ([620, 760, 1000].map(|width| room(&link, width)), room(&link, 340));
    let wide = wide.into_iter().max().expect("a width");
    for host in [Host::Element, Host::MdBook, Host::MkDocs, Host::SphinxRest, Host::Docusaurus] {
        let text = write(host, &figure).text;
        for height in [wide, phone] {
            assert!(text.contains(&format!("{height}px")), "{height} in {text}");
        }
    }
}
