//! What a reader of a snippet finds in it: tags, attributes, titles, links. It is strict: a quote or
//! bracket that is not escaped makes another structure of the text.

use gil_notation::Link;
use gil_share::snippet::{Attribute, Host};
use pulldown_cmark::{Event, Parser, Tag as MdTag};

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, Option<String>)>,
}

/// The start tags of a text, in order. Before one that is escaped in Markdown is a backslash, and
/// Sphinx takes an `:alt:` as it is.
pub fn tags(text: &str) -> Vec<Tag> {
    let is_html = |line: &&str| !line.trim_start().starts_with(":alt:");
    let text: String = text.split_inclusive('\n').filter(is_html).collect();
    let is_escaped = |at: usize| text[..at].ends_with('\\');
    let starts = text.match_indices('<').filter(|(at, _)| !is_escaped(*at));
    let starts = starts.map(|(at, _)| &text[at + 1..]);
    starts.filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic())).map(tag).collect()
}

fn tag(text: &str) -> Tag {
    let end = text.find(|c: char| c.is_whitespace() || c == '>').expect("a tag ends");
    let (name, mut rest) = text.split_at(end);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.starts_with('>') || rest.starts_with("/>") {
            return Tag { name: name.to_owned(), attributes };
        }
        let end = rest.find(|c: char| c.is_whitespace() || "=>".contains(c)).expect("a name ends");
        let (name, behind) = rest.split_at(end);
        let (value, behind) = match behind.strip_prefix('=') {
            Some(quoted) if quoted.starts_with('"') => {
                let (value, behind) = quoted[1..].split_once('"').expect("a value ends");
                (Some(unescaped(value)), behind)
            }
            // An object, which JSX has for a style.
            Some(object) if object.starts_with("{{") => {
                let (value, behind) = object[2..].split_once("}}").expect("an object ends");
                (Some(value.to_owned()), behind)
            }
            Some(behind) => (None, behind.strip_prefix("{true}").expect("a value is quoted")),
            None => (None, behind),
        };
        attributes.push((name.to_owned(), value));
        rest = behind;
    }
}

fn unescaped(value: &str) -> String {
    let known = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#123;", "{"),
        ("&#125;", "}"),
    ];
    let plain = known.iter().fold(value.to_owned(), |text, (from, to)| text.replace(from, to));
    plain.replace("&amp;", "&")
}

/// Names of tags and attributes in order, and the lines that have neither: all that a title or an
/// address must not change.
pub fn outline(text: &str) -> (Vec<(String, Vec<String>)>, usize) {
    let names = |tag: Tag| (tag.name, tag.attributes.into_iter().map(|it| it.0).collect());
    (tags(text).into_iter().map(names).collect(), text.lines().count())
}

/// All links to the playground at `base`, in order.
pub fn fragments(text: &str, base: &str) -> Vec<Link> {
    let start = format!("{base}#");
    let behind = text.match_indices(&start).map(|(at, found)| &text[at + found.len()..]);
    let fragment = |rest: &str| {
        let end = rest.find(|c: char| c.is_whitespace() || "\")".contains(c)).unwrap_or(rest.len());
        gil_notation::parse(&rest[..end]).unwrap_or_else(|error| panic!("{error}"))
    };
    behind.map(fragment).collect()
}

/// Every place where the text says what the figure is called.
pub fn titles(host: Host, text: &str) -> Vec<String> {
    match host {
        Host::Markdown => vec![markdown_title(text)],
        Host::SphinxRest => {
            let alt = text.lines().filter_map(|line| line.trim_start().strip_prefix(":alt: "));
            attribute_titles(text).into_iter().chain(alt.map(str::to_owned)).collect()
        }
        Host::SphinxMyst => {
            let alt = text.lines().filter_map(|line| line.strip_prefix(":alt: "));
            attribute_titles(text).into_iter().chain(alt.map(yaml)).collect()
        }
        _ => attribute_titles(text),
    }
}

fn attribute_titles(text: &str) -> Vec<String> {
    let named = |name: &str| ["title", "alt", "ac:alt"].contains(&name);
    let all = tags(text).into_iter().flat_map(|tag| tag.attributes);
    all.filter(|(name, _)| named(name)).filter_map(|(_, value)| value).collect()
}

/// The text of the one picture in the one link that the Markdown has, by a parser for it.
fn markdown_title(text: &str) -> String {
    let mut title = String::new();
    let mut tags = Vec::new();
    for event in Parser::new(text) {
        match event {
            Event::Start(tag) => tags.push(tag),
            Event::Text(text) => title.push_str(&text),
            Event::End(_) => {}
            other => panic!("{other:?} in {text}"),
        }
    }
    let is_linked_image =
        matches!(tags[..], [MdTag::Paragraph, MdTag::Link { .. }, MdTag::Image { .. }]);
    assert!(is_linked_image, "{tags:?} in {text}");
    title
}

fn yaml(text: &str) -> String {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).expect("quotes");
    let mut out = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        assert_ne!(c, '"', "{text}");
        out.push(if c == '\\' { chars.next().expect("something is escaped") } else { c });
    }
    out
}

/// The link that the attributes of an element say, as the element puts it together.
pub fn link_of(attributes: &[Attribute]) -> Link {
    let mut text = String::new();
    for Attribute { name, value } in attributes {
        let value = value.as_deref();
        match (*name, value) {
            ("scenario", Some(scenario)) => text.push_str(scenario),
            ("view", Some(view)) => match view.strip_prefix("lesson:") {
                Some(lesson) => text += &format!("/lesson={lesson}/embed=lesson"),
                None => text += &format!("/embed={}", view.replace(' ', "+")),
            },
            ("controls", Some(controls)) => {
                text += &format!("/controls={}", controls.replace(' ', "+"))
            }
            ("start", Some(from)) => text += &format!("/from={from}"),
            ("end", Some(to)) => text += &format!("/to={to}"),
            ("speed", Some(speed)) => {
                text += &format!("/slow={}", speed.strip_prefix("1/").expect("a fraction"));
            }
            ("loop", None) => text += "/loop=on",
            ("theme", Some(theme)) => text += &format!("/theme={theme}"),
            other => panic!("{other:?}"),
        }
    }
    gil_notation::parse(&text).unwrap_or_else(|error| panic!("{error}"))
}
