//! The text that puts a figure into another page, for each kind of page.

use gil_notation::Link;

/// A kind of page that a figure can stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Host {
    /// A page in HTML, with the custom element.
    Element,
    /// A page in HTML, with a plain iframe.
    Iframe,
    /// Markdown that strips iframes, as in a README: a picture with a link.
    Markdown,
    /// mdBook.
    MdBook,
    /// MkDocs.
    MkDocs,
    /// Sphinx with reStructuredText.
    SphinxRest,
    /// Sphinx with MyST Markdown.
    SphinxMyst,
    /// Docusaurus.
    Docusaurus,
    /// Backstage TechDocs.
    Backstage,
    /// Confluence.
    Confluence,
}

impl Host {
    /// All of them.
    pub const ALL: [Host; 1] = [Host::Element];

    /// For a person.
    pub fn name(self) -> &'static str {
        "HTML"
    }

    /// For a form.
    pub fn key(self) -> &'static str {
        "element"
    }
}

/// What is put into a page.
#[derive(Clone, Copy, Debug)]
pub struct Figure<'a> {
    /// The figure; its view's `embed` says what is shown, the default where it is `None`.
    pub link: &'a Link,
    /// Where the playground is: an address that ends in `/`, or one of a file.
    pub base: &'a str,
    /// What the figure is called, for those who do not see it.
    pub title: &'a str,
    /// The height in CSS pixels, for pages where it cannot follow the content.
    pub height: u32,
    /// The address of the same figure as a picture, for pages that strip the figure.
    pub picture: &'a str,
}

/// A text to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The text.
    pub text: String,
    /// What else is to be done, or to be known, in sentences.
    pub notes: Vec<String>,
}

/// The text for a kind of page.
pub fn write(host: Host, figure: &Figure) -> Snippet {
    let _ = (host, figure);
    todo!("snippets")
}
