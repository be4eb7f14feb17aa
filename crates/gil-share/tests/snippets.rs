//! Snippets: the text for each host as a file to read, and that nothing hostile gets out of it.
//!
//! After a change that is meant, `UPDATE_GOLDEN=1 cargo test -p gil-share --test snippets` writes
//! the files in `snippets/` anew; the difference is for the reviewer.

#[path = "snippets/reading.rs"]
mod reading;

use std::fs;
use std::path::Path;

use gil_notation::Link;
use gil_share::snippet::{Host, Hosted, element_attributes, figure_link, page_link, write};

const CONVOY: &str = "v1/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30";

fn link(text: &str) -> Link {
    gil_notation::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

fn print(link: &Link) -> String {
    gil_notation::print(link)
}

/// Links with everything that a figure can have.
fn links() -> Vec<Link> {
    let views = [
        "",
        "/at=2.5ms",
        "/tab=right/debug=on/lesson=io",
        "/from=0s/to=60ms/slow=1000/loop=on/embed=stage+timeline/controls=play+si+threads:io/theme=dark",
        "/at=1us/slow=1/embed=headline+now+chart/controls=none",
        "/lesson=convoy/embed=lesson/controls=edit+time:io.1",
        "/vs/si=1ms/other:py-5ms/at=3ms/embed=compare/controls=threads:other/theme=light",
    ];
    let presets = gil_notation::PRESETS.iter().map(|preset| preset.notation.to_owned());
    presets.chain(views.map(|view| CONVOY.to_owned() + view)).map(|text| link(&text)).collect()
}

#[test]
fn every_host_has_its_text() {
    let view = "/from=0s/to=60ms/slow=500/loop=on/embed=stage+timeline/controls=play+si";
    let link = link(&(CONVOY.to_owned() + view));
    let figure = Hosted {
        link: &link,
        base: "https://gil.example.org/",
        title: "One thread that counts makes \"quick\" I/O wait",
        height: 480,
        picture: "_static/convoy.svg",
    };
    for host in Host::ALL {
        let snippet = write(host, &figure);
        let notes: String = snippet.notes.iter().map(|note| format!("- {note}\n")).collect();
        let text = format!("{} ({})\n\n{}\n{notes}", host.name(), host.language(), snippet.text);
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/snippets")
            .join(format!("{}.txt", host.key()));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&file, &text).unwrap();
        }
        let golden = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(golden, text, "{}: UPDATE_GOLDEN=1 if this is meant", file.display());
    }
}

#[test]
fn hosts_are_found_by_their_keys() {
    for host in Host::ALL {
        assert_eq!(Host::find(host.key()), Some(host));
        assert!(host.key().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{host:?}");
    }
    assert_eq!(Host::find("mdBook"), None);
}

#[test]
fn attributes_say_the_same_as_the_link() {
    for link in links() {
        assert_eq!(
            reading::link_of(&element_attributes(&link)),
            figure_link(&link),
            "{}",
            print(&link)
        );
    }
}

#[test]
fn every_address_in_every_snippet_is_that_of_the_link() {
    for link in links() {
        let base = "https://gil.example.org/a/";
        let figure = Hosted { link: &link, base, title: "A title", height: 300, picture: "p.svg" };
        for host in Host::ALL {
            let text = write(host, &figure).text;
            let mut found = reading::fragments(&text, base);
            assert!(!found.is_empty(), "{host:?}: {text}");
            if matches!(host, Host::Iframe | Host::Backstage) {
                assert_eq!(found.remove(0), figure_link(&link), "{host:?}: {text}");
            }
            for one in found {
                assert_eq!(one, page_link(&link), "{host:?}: {text}");
            }
        }
    }
}

/// Titles that would end whatever they stand in.
const HOSTILE: [&str; 9] = [
    "\"><script>alert(1)</script>",
    "' onload='alert(1)",
    "](https://evil.example) ![x](y)",
    "a\n\n```\n# b\n.. raw:: html\n\n   <b>",
    "}{alert(1)}{{#include secrets}} {% x %}",
    "\\\" \\] \\",
    "]]> --> </gil-playground></iframe>",
    ":alt: `a` *b* _c_ |d| $e$ &amp; &lt;",
    "\u{0}\u{7}\u{1b}\r\u{2028}",
];

#[test]
fn hostile_titles_stay_titles() {
    let link = link(CONVOY);
    for title in HOSTILE {
        let expected = match title.replace(char::is_control, " ") {
            plain if plain.trim().is_empty() => "GIL Playground".to_owned(),
            plain => plain.split_whitespace().collect::<Vec<_>>().join(" "),
        };
        let figure = Hosted { link: &link, base: "gil/", title, height: 300, picture: "p.svg" };
        for host in Host::ALL {
            let text = write(host, &figure).text;
            for found in reading::titles(host, &text) {
                assert_eq!(found, expected, "{host:?}: {text}");
            }
            assert!(!reading::titles(host, &text).is_empty(), "{host:?}: {text}");
            assert_eq!(
                reading::outline(&text),
                reading::outline(&write(host, &Hosted { title: "A", ..figure }).text),
                "{host:?}: a title changes the structure of {text}"
            );
        }
    }
}

#[test]
fn a_script_is_no_address_of_a_playground() {
    let link = link(CONVOY);
    for base in ["javascript:alert(1)", " JavaScript:alert(1)//", "data:text/html,x", "vbscript:x"]
    {
        let figure = Hosted { link: &link, base, title: "A", height: 1, picture: "p.svg" };
        for host in Host::ALL {
            let text = write(host, &figure).text.to_lowercase();
            assert!(!text.contains("script:") && !text.contains("data:"), "{host:?}: {text}");
        }
    }
}

#[test]
fn hostile_addresses_stay_addresses() {
    let link = link(CONVOY);
    let usual = Hosted { link: &link, base: "gil/", title: "A", height: 1, picture: "p.svg" };
    for address in HOSTILE {
        let cases = [Hosted { base: address, ..usual }, Hosted { picture: address, ..usual }];
        for case in &cases {
            assert_eq!(reading::titles(Host::Markdown, &write(Host::Markdown, case).text), ["A"]);
        }
        for (case, host) in cases.iter().flat_map(|case| Host::ALL.map(|host| (case, host))) {
            let text = write(host, case).text;
            let same = reading::outline(&text) == reading::outline(&write(host, &usual).text);
            assert!(same, "{host:?}: an address changes the structure of {text}");
        }
    }
}

#[test]
fn no_snippet_has_an_empty_line_within_its_html() {
    for title in HOSTILE {
        let link = link(CONVOY);
        let figure = Hosted { link: &link, base: "gil/", title, height: 300, picture: "p.svg" };
        for host in [Host::Element, Host::MdBook, Host::MkDocs, Host::Docusaurus, Host::Confluence]
        {
            let text = write(host, &figure).text;
            assert!(text.lines().all(|line| !line.trim().is_empty()), "{host:?}: {text}");
            assert!(text.ends_with('\n'), "{host:?}: {text}");
        }
    }
}

#[test]
fn notes_name_what_has_to_be_allowed() {
    let link = link(CONVOY);
    let at = |base| Hosted { link: &link, base, title: "A", height: 1, picture: "p.svg" };
    let notes = |host, base| write(host, &at(base)).notes.join("\n");
    let backstage = notes(Host::Backstage, "http://gil.example.org:8080/");
    assert!(backstage.contains("\"gil.example.org:8080\""), "{backstage}");
    assert!(notes(Host::Backstage, "gil/").contains("relative address"));
    assert!(
        notes(Host::Element, "https://gil.example.org/a/").contains("https://gil.example.org in")
    );
    assert!(notes(Host::Element, "/gil/").contains("'self' in script-src"));
    assert!(notes(Host::Element, "gil-playground.html").contains("no element"));
    assert!(!notes(Host::Iframe, "gil-playground.html").contains("embed.js"));
    assert!(notes(Host::Docusaurus, "gil/").contains("baseUrl"));
    assert!(notes(Host::Docusaurus, "/gil/").contains("src: '/gil/embed.js'"));
}
