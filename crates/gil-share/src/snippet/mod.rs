//! The text that puts a figure into another page, for each kind of page.
//!
//! Titles and addresses are somebody else's: `escape` makes them harmless for each format.

mod address;
mod confluence;
mod docusaurus;
mod element;
mod escape;
mod host;
mod iframe;
mod markdown;
mod room;
mod sphinx;

use gil_notation::Link;

pub use address::{figure_link, page_link};
pub use element::{Attribute, element_attributes};
pub use host::Host;
pub use room::{room, table_script};

/// What is put into a page.
#[derive(Clone, Copy, Debug)]
pub struct Hosted<'a> {
    /// The figure; its view's `embed` says what is shown, the default where it is `None`.
    pub link: &'a Link,
    /// Where the playground is: the address of a folder, or of a file that ends in `.html`; whole or
    /// relative to the page.
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

/// The text for a kind of page. It ends in a line break.
pub fn write(host: Host, figure: &Hosted) -> Snippet {
    match host {
        Host::Element => element::write(figure),
        Host::Iframe => iframe::write(figure),
        Host::Markdown => markdown::readme(figure),
        Host::MdBook => markdown::mdbook(figure),
        Host::MkDocs => markdown::mkdocs(figure),
        Host::SphinxRest => sphinx::rest(figure),
        Host::SphinxMyst => sphinx::myst(figure),
        Host::Docusaurus => docusaurus::write(figure),
        Host::Backstage => markdown::backstage(figure),
        Host::Confluence => confluence::write(figure),
    }
}
