//! From Markdown to a lesson's blocks.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::block::{Block, Inline, Part, Target};
use crate::figure::{Predict, RawPredict};

/// A line of the text, counted from 1, and what is wrong there.
type Fault = (usize, String);

/// Reads Markdown.
pub(crate) fn read(text: &str) -> Result<Vec<Block>, Fault> {
    let mut reader = Reader {
        text,
        events: Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter().collect(),
        at: 0,
    };
    reader.blocks(None)
}

struct Reader<'a> {
    text: &'a str,
    events: Vec<(Event<'a>, std::ops::Range<usize>)>,
    at: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<(Event<'a>, usize)> {
        let (event, range) = self.events.get(self.at)?.clone();
        self.at += 1;
        Some((event, range.start))
    }

    fn peek(&self) -> Option<&Event<'a>> {
        self.events.get(self.at).map(|(event, _)| event)
    }

    fn fault<T>(&self, at: usize, message: impl Into<String>) -> Result<T, Fault> {
        let line = self.text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        Err((line, message.into()))
    }

    /// Blocks until the end of what they are in.
    fn blocks(&mut self, end: Option<TagEnd>) -> Result<Vec<Block>, Fault> {
        let mut blocks = Vec::new();
        while let Some((event, at)) = self.next() {
            match event {
                Event::End(found) if Some(found) == end => return Ok(blocks),
                Event::Start(tag) => blocks.push(self.block(tag, at)?),
                // The text of an item without paragraphs stands there by itself.
                _ => {
                    self.at -= 1;
                    blocks.push(Block::Paragraph(self.inlines(None)?));
                }
            }
        }
        Ok(blocks)
    }

    fn block(&mut self, tag: Tag<'a>, at: usize) -> Result<Block, Fault> {
        let end = tag.to_end();
        Ok(match tag {
            Tag::Paragraph => Block::Paragraph(self.inlines(Some(end))?),
            Tag::Heading { level, .. } => {
                let level = level as u8;
                if !(2..=3).contains(&level) {
                    return self.fault(at, "headings are of level 2 or 3: the title is the first");
                }
                let inlines = self.inlines(Some(end))?;
                Block::Heading(level, slug(&inlines), inlines)
            }
            Tag::BlockQuote(_) => Block::Aside(self.blocks(Some(end))?),
            Tag::List(first) => self.list(first.is_some(), end)?,
            Tag::CodeBlock(kind) => self.code(kind, end, at)?,
            Tag::Table(_) => self.table(end)?,
            // An item whose text is followed by a list has the text by itself.
            Tag::Emphasis | Tag::Strong | Tag::Link { .. } => {
                self.at -= 1;
                Block::Paragraph(self.inlines(None)?)
            }
            other => return self.fault(at, format!("a lesson has no {other:?}")),
        })
    }

    fn list(&mut self, numbered: bool, end: TagEnd) -> Result<Block, Fault> {
        let mut items = Vec::new();
        while let Some((event, at)) = self.next() {
            match event {
                Event::End(found) if found == end => break,
                Event::Start(Tag::Item) => items.push(self.blocks(Some(TagEnd::Item))?),
                _ => return self.fault(at, "expected an item of the list"),
            }
        }
        Ok(Block::List { numbered, items })
    }

    fn table(&mut self, end: TagEnd) -> Result<Block, Fault> {
        let (mut head, mut rows) = (Vec::new(), Vec::<Vec<Vec<Inline>>>::new());
        let mut in_head = false;
        while let Some((event, _)) = self.next() {
            match event {
                Event::End(found) if found == end => break,
                Event::Start(Tag::TableHead) => in_head = true,
                Event::Start(Tag::TableRow) => {
                    in_head = false;
                    rows.push(Vec::new());
                }
                Event::Start(Tag::TableCell) => {
                    let cell = self.inlines(Some(TagEnd::TableCell))?;
                    match rows.last_mut().filter(|_| !in_head) {
                        Some(row) => row.push(cell),
                        None => head.push(cell),
                    }
                }
                _ => {}
            }
        }
        Ok(Block::Table { head, rows })
    }

    fn code(&mut self, kind: CodeBlockKind, end: TagEnd, at: usize) -> Result<Block, Fault> {
        let mut text = String::new();
        while let Some((event, _)) = self.next() {
            match event {
                Event::End(found) if found == end => break,
                Event::Text(part) => text.push_str(&part),
                _ => {}
            }
        }
        let language = match &kind {
            CodeBlockKind::Fenced(language) => language.as_ref(),
            CodeBlockKind::Indented => "",
        };
        match self.special(language, &text) {
            Some(Ok(block)) => Ok(block),
            Some(Err(message)) => self.fault(at, format!("in this {language}: {message}")),
            None => Ok(Block::Code { language: language.to_owned(), text }),
        }
    }

    /// A block of our own.
    fn special(&self, language: &str, text: &str) -> Option<Result<Block, String>> {
        fn toml<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
            toml::from_str(text).map_err(|error| error.to_string())
        }
        Some(match language {
            "figure" => toml(text).map(Block::Figure),
            "chart" => toml(text).map(Block::Chart),
            "race" => toml(text).map(Block::Race),
            "predict" => {
                toml(text).and_then(predict).map(|predict| Block::Predict(Box::new(predict)))
            }
            _ => return None,
        })
    }

    /// Text until the end of what it is in; without one, until a block begins or ends.
    fn inlines(&mut self, end: Option<TagEnd>) -> Result<Vec<Inline>, Fault> {
        let mut inlines = Vec::new();
        while let Some(event) = self.peek() {
            let leaves = match (event, end) {
                (Event::End(found), Some(end)) if *found == end => {
                    self.at += 1;
                    true
                }
                (Event::End(_), None) => true,
                (Event::Start(Tag::List(_) | Tag::CodeBlock(_) | Tag::Paragraph), None) => true,
                _ => false,
            };
            if leaves {
                break;
            }
            if let Some((event, at)) = self.next() {
                self.inline(event, at, &mut inlines)?;
            }
        }
        Ok(inlines)
    }

    fn inline(&mut self, event: Event<'a>, at: usize, into: &mut Vec<Inline>) -> Result<(), Fault> {
        match event {
            Event::Text(text) => values(&text, into).or_else(|message| self.fault(at, message))?,
            Event::SoftBreak | Event::HardBreak => push_text(into, " "),
            Event::Code(code) => into.push(Inline::Code(code.to_string())),
            Event::Start(Tag::Emphasis) => {
                into.push(Inline::Emphasis(self.inlines(Some(TagEnd::Emphasis))?));
            }
            Event::Start(Tag::Strong) => {
                into.push(Inline::Strong(self.inlines(Some(TagEnd::Strong))?));
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let Some(target) = target(&dest_url) else {
                    let message = format!(
                        "{:?} is no link to lesson:, scenario:, term: or https:",
                        dest_url.as_ref()
                    );
                    return self.fault(at, message);
                };
                into.push(Inline::Link(target, self.inlines(Some(TagEnd::Link))?));
            }
            other => return self.fault(at, format!("a lesson has no {other:?}")),
        }
        Ok(())
    }
}

fn push_text(into: &mut Vec<Inline>, text: &str) {
    match into.last_mut() {
        Some(Inline::Text(before)) => before.push_str(text),
        _ => into.push(Inline::Text(text.to_owned())),
    }
}

/// Text with `{{name}}` in it. Markdown may cut a text anywhere, but not between these braces.
fn values(text: &str, into: &mut Vec<Inline>) -> Result<(), String> {
    let mut rest = text;
    while let Some((before, from)) = rest.split_once("{{") {
        let Some((inside, after)) = from.split_once("}}") else {
            return Err("{{ without }}".to_owned());
        };
        if !before.is_empty() {
            push_text(into, before);
        }
        let (name, part) = inside.split_once('.').unwrap_or((inside, ""));
        let part = match part {
            "" => Part::Value,
            "bound" => Part::Bound,
            "measured" => Part::Measured,
            _ => return Err(format!("a value has no part {part:?}")),
        };
        into.push(Inline::Value { name: name.trim().to_owned(), part });
        rest = after;
    }
    if !rest.is_empty() {
        push_text(into, rest);
    }
    Ok(())
}

fn target(url: &str) -> Option<Target> {
    let (scheme, name) = url.split_once(':')?;
    Some(match scheme {
        "lesson" => Target::Lesson(name.to_owned()),
        "scenario" => Target::Scenario(name.to_owned()),
        "term" => Target::Term(name.replace('-', " ")),
        "https" => Target::Web(url.to_owned()),
        _ => return None,
    })
}

fn predict(mut raw: RawPredict) -> Result<Predict, String> {
    let question = raw.question()?;
    let reveal = read(&raw.reveal).map_err(|(_, message)| message)?;
    let RawPredict { ask, scenario, figure, .. } = raw;
    Ok(Predict { ask, scenario, question, reveal, figure })
}

/// The words of a text, without what surrounds them.
pub(crate) fn plain(inlines: &[Inline]) -> String {
    let words = inlines.iter().map(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.clone(),
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => plain(inner),
        Inline::Value { name, .. } => name.clone(),
    });
    words.collect()
}

/// A heading's name: `What 5 ms means` becomes `what-5-ms-means`.
fn slug(inlines: &[Inline]) -> String {
    let text = plain(inlines).to_lowercase();
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
