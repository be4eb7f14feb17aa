//! Every preset as every kind of picture, in both themes and at two widths.

mod support;

use gil_notation::{Link, PRESETS, parse, print};
use gil_share::picture::{Charted, Content, Made, Picture, Subject, draw_content};
use gil_view::scaling::{self, Question, Swept};
use gil_view::theme::Theme;
use support::{BASE, link, placed, texts};

const WIDTHS: [f32; 3] = [1_000.0, 480.0, 320.0];

/// Scenarios that have more of something than any preset.
const LARGE: [&str; 3] = [
    "v1/cores=64/worker:100:py-1ms+io-5ms:x3",
    "v1/wwwwwwwwwwwwwwww:3:py-12ms/MMMMMMMMMMMMMMMM:20:io-1ms:x9",
    "v1/a:py-1ms/b:py-1ms/c:2:py-1ms/d:io-1ms/e:py-1ms/f:py-1ms/g:py-1ms/h:lock-x+py-1ms+unlock-x",
];

/// All presets, and the large ones.
fn links() -> impl Iterator<Item = Link> {
    let presets = PRESETS.iter().map(|preset| Link::from(preset.scenario()));
    presets.chain(LARGE.into_iter().map(link))
}

/// All pictures of a scenario, with the link that each was made of.
fn pictures(alone: &Link) -> Vec<(Link, Picture)> {
    let both = Link { other: Some(PRESETS[0].scenario()), ..alone.clone() };
    let runs = [&both.scenario, both.other.as_ref().unwrap()].map(Made::of);
    let [a, b] = runs.each_ref().map(Made::shown);
    let question = Question::usual(&both.scenario);
    let points: Vec<_> = question.runs().collect();
    let swept = Swept::new(&question, &points);
    let mut contents = vec![Content::Timeline(a), Content::Stage(a), Content::Comparison(a, b)];
    let plots = scaling::Topic::ALL.map(|kind| Charted::of_sweep(kind, swept.clone()));
    contents.extend(plots.iter().map(Content::Chart));
    let mut pictures = Vec::new();
    for width in WIDTHS {
        for content in &contents {
            let link = if content.kind() == Subject::Comparison { &both } else { alone };
            let picture = draw_content(*content, link, width, Some(BASE)).unwrap();
            assert_eq!(picture.list.width, width);
            pictures.push((link.clone(), picture));
        }
    }
    pictures
}

#[test]
fn every_picture_is_well_formed_and_leads_to_its_link() {
    for alone in links() {
        for (link, picture) in pictures(&alone) {
            for theme in [Theme::light(), Theme::dark()] {
                let svg = picture.svg(&theme);
                check_document(&link, &picture, &svg);
            }
        }
    }
}

fn check_document(link: &Link, picture: &Picture, svg: &str) {
    let document = roxmltree::Document::parse(svg).unwrap_or_else(|error| {
        panic!("{:?} {}: {error}\n{svg}", picture.kind, picture.title);
    });
    let root = document.root_element();
    let child = |name: &str| root.children().find(|node| node.has_tag_name(name));
    assert_eq!(child("title").and_then(|node| node.text()), Some(picture.title.as_str()));
    assert!(!picture.title.is_empty());
    let address = child("a").and_then(|node| node.attribute("href")).expect("a link");
    let (page, fragment) = address.split_once('#').expect("a fragment");
    assert_eq!((page, &parse(fragment).unwrap()), (BASE, link));
    let description = child("desc").and_then(|node| node.text()).expect("a description");
    assert!(description.ends_with(&format!("Link: {address}")), "{description}");
    let mut ids: Vec<&str> = document.descendants().filter_map(|n| n.attribute("id")).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{ids:?}");
}

#[test]
fn no_text_is_cut_off_or_lies_on_another() {
    for alone in links() {
        for (_, picture) in pictures(&alone) {
            let (width, height) = (picture.list.width, picture.list.height);
            let name = format!("{} {:?} at {width}", print(&alone), picture.kind);
            let texts = placed(&picture);
            for (i, text) in texts.iter().enumerate() {
                let inside = text.left >= 0.0 && text.right <= width + 0.5;
                assert!(inside, "{name}: {:?} from {} to {}", text.text, text.left, text.right);
                assert!(text.top >= 0.0 && text.bottom <= height, "{name}: {:?}", text.text);
                if let Some(under) = texts[..i].iter().find(|other| other.overlaps(text)) {
                    panic!("{name}: {:?} lies on {:?}", text.text, under.text);
                }
            }
        }
    }
}

#[test]
fn the_title_is_told_whole_and_the_version_stands_at_the_foot() {
    for alone in links() {
        for (_, picture) in pictures(&alone) {
            let texts = texts(&picture);
            let all = texts.join(" ");
            assert!(all.starts_with(&picture.title), "{} in {all}", picture.title);
            assert_eq!(texts.last(), Some(&"GIL Playground 0.1.0"));
        }
    }
}
