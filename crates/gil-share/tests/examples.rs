//! The pages in `examples/` have the snippets that the playground offers for their hosts, word for
//! word, and links that are read.

use std::fs;
use std::path::{Path, PathBuf};

use gil_notation::{Link, Show};
use gil_share::picture::{Subject, draw};
use gil_share::snippet::{Host, Hosted, figure_link, page_link, write};
use gil_view::theme::Theme;

/// A figure of the examples.
#[derive(Clone, Copy)]
struct Shown {
    link: &'static str,
    title: &'static str,
    picture: &'static str,
    height: u32,
}

const CONVOY: Shown = Shown {
    link: "v1/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30/from=0s/to=60ms/embed=stage+timeline/controls=play+si",
    title: "One thread that counts makes two I/O threads wait",
    picture: "convoy.svg",
    height: 960,
};

const SCALING: Shown = Shown {
    link: "v1/count:4:py-50ms/embed=chart/controls=none",
    title: "Threads that only count are no faster than one",
    picture: "scaling.svg",
    height: 720,
};

const LESSON: Shown = Shown {
    link: "v1/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30/lesson=convoy/embed=lesson/controls=play",
    title: "The lesson about the convoy effect",
    picture: "convoy.svg",
    height: 2400,
};

/// A page: its file, the host, where the playground is, what stands before a picture's name in its
/// address and before it among the files, the figures in order.
struct Page {
    file: &'static str,
    host: Host,
    base: &'static str,
    pictures: &'static str,
    folder: &'static str,
    figures: &'static [Shown],
}

const BOTH: &[Shown] = &[CONVOY, SCALING];

/// A page whose playground is beside it.
const fn beside(file: &'static str, host: Host, folder: &'static str) -> Page {
    Page { file, host, base: "gil/", pictures: "", folder, figures: BOTH }
}

const PAGES: [Page; 10] = [
    beside("html/index.html", Host::Element, "html"),
    beside("iframe/index.html", Host::Iframe, "iframe"),
    beside("mdbook/src/index.md", Host::MdBook, "mdbook/src"),
    beside("mkdocs/docs/index.md", Host::MkDocs, "mkdocs/docs"),
    Page { pictures: "_static/", ..beside("sphinx/index.rst", Host::SphinxRest, "sphinx/_static") },
    Page {
        pictures: "_static/",
        figures: &[CONVOY, LESSON],
        ..beside("sphinx/myst.md", Host::SphinxMyst, "sphinx/_static")
    },
    Page {
        base: "/gil/",
        pictures: "/img/",
        ..beside("docusaurus/docs/index.mdx", Host::Docusaurus, "docusaurus/static/img")
    },
    Page {
        base: "http://127.0.0.1:8080/",
        ..beside("backstage/docs/index.md", Host::Backstage, "backstage/docs")
    },
    Page {
        base: "https://gil.example.org/",
        ..beside("confluence/page.xml", Host::Confluence, "confluence")
    },
    Page {
        base: "https://gil.example.org/",
        figures: &[CONVOY],
        ..beside("confluence/html-macro.xml", Host::Iframe, "confluence")
    },
];

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

fn text(file: &str) -> String {
    fs::read_to_string(examples().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn link(text: &str) -> Link {
    gil_notation::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn pages_have_the_snippets_of_their_hosts() {
    for page in PAGES {
        let mut rest = &*text(page.file);
        for figure in page.figures {
            let picture = page.pictures.to_owned() + figure.picture;
            let snippet = write(
                page.host,
                &Hosted {
                    link: &link(figure.link),
                    base: page.base,
                    title: figure.title,
                    height: figure.height,
                    picture: &picture,
                },
            );
            let found = rest.find(&snippet.text);
            let at = found.unwrap_or_else(|| panic!("{} lacks\n{}", page.file, snippet.text));
            rest = &rest[at + snippet.text.len()..];
        }
    }
}

#[test]
fn every_link_in_a_page_is_that_of_a_figure() {
    for page in PAGES {
        let text = text(page.file);
        let figures = || page.figures.iter().map(|figure| link(figure.link));
        let expected: Vec<Link> =
            figures().flat_map(|link| [figure_link(&link), page_link(&link)]).collect();
        let found: Vec<Link> =
            text.match_indices("#v1/").map(|(at, _)| linked(&text[at..])).collect();
        assert!(found.len() >= page.figures.len(), "{}: {} links", page.file, found.len());
        for one in found {
            assert!(expected.contains(&one), "{}: {}", page.file, gil_notation::print(&one));
        }
    }
}

/// The link that a text begins with, up to the end of the attribute or line.
fn linked(text: &str) -> Link {
    let end = text.find(|c: char| c.is_whitespace() || "\")".contains(c)).unwrap_or(text.len());
    link(&text[..end])
}

/// The pictures are what `gil run --svg` writes; `UPDATE_GOLDEN=1` writes them anew.
#[test]
fn pages_have_their_pictures() {
    for page in PAGES {
        for figure in page.figures {
            let file = examples().join(page.folder).join(figure.picture);
            let link = link(if figure.picture == CONVOY.picture { CONVOY } else { SCALING }.link);
            let shows = &link.view.embed.as_ref().expect("a figure").show;
            let kind =
                if shows.contains(&Show::Chart) { Subject::Chart } else { Subject::Timeline };
            let link = page_link(&link);
            let svg = draw(kind, &link, 1_000.0, None).expect("a picture").svg(&Theme::light());
            if std::env::var_os("UPDATE_GOLDEN").is_some() {
                fs::write(&file, &svg).expect("the file can be written");
            }
            assert!(fs::read_to_string(&file).expect("it is there") == svg, "{}", file.display());
        }
    }
}

#[test]
fn every_page_has_text_and_links_around_its_figures() {
    for page in PAGES.iter().filter(|page| page.figures.len() == 2) {
        let text = text(page.file);
        let places = |what: &str| text.match_indices(what).map(|(at, _)| at).collect::<Vec<_>>();
        let (links, figures) = (places("https://docs.python.org/3/"), places("v1/"));
        let (first, last) = (figures[0], figures[figures.len() - 1]);
        assert!(links[0] < first && links[links.len() - 1] > last, "{}", page.file);
    }
}

#[test]
fn lessons_in_pages_exist() {
    let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("../gil-lessons/lessons");
    let files = fs::read_dir(lessons).unwrap().map(|entry| entry.unwrap().file_name());
    let name = link(LESSON.link).view.lesson.unwrap();
    let mut ends = files.filter(|file| file.to_string_lossy().ends_with(&format!("-{name}.md")));
    assert!(ends.next().is_some(), "there is no lesson {name}");
}

#[test]
fn settings_are_what_the_notes_ask_for() {
    let of = |page: &Page| {
        let link = link(CONVOY.link);
        let figure =
            Hosted { link: &link, base: page.base, title: "", height: 1, picture: "convoy.svg" };
        write(page.host, &figure).notes.join("\n")
    };
    let find = |host| PAGES.iter().find(|page| page.host == host).unwrap();
    let script = "scripts: [{src: '/gil/embed.js', async: true}]";
    assert!(of(find(Host::Docusaurus)).contains(script));
    assert!(text("docusaurus/docusaurus.config.js").contains(script));

    let config = text("backstage/app-config.gil.yaml");
    let notes = of(find(Host::Backstage));
    assert!(notes.contains("\"127.0.0.1:8080\"") && config.contains("- 127.0.0.1:8080\n"));
    let source = "\"http://127.0.0.1:8080\"";
    assert!(notes.contains(source) && config.contains(source));
}
