//! The kinds of pages.

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
    /// All of them, the most general first.
    pub const ALL: [Host; 10] = [
        Host::Element,
        Host::Iframe,
        Host::Markdown,
        Host::MdBook,
        Host::MkDocs,
        Host::SphinxRest,
        Host::SphinxMyst,
        Host::Docusaurus,
        Host::Backstage,
        Host::Confluence,
    ];

    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Host::Element => "HTML, custom element",
            Host::Iframe => "HTML, iframe",
            Host::Markdown => "Markdown, README",
            Host::MdBook => "mdBook",
            Host::MkDocs => "MkDocs",
            Host::SphinxRest => "Sphinx, reStructuredText",
            Host::SphinxMyst => "Sphinx, MyST",
            Host::Docusaurus => "Docusaurus",
            Host::Backstage => "Backstage TechDocs",
            Host::Confluence => "Confluence",
        }
    }

    /// The name on the command line and in addresses: lower-case letters and hyphens.
    pub fn key(self) -> &'static str {
        match self {
            Host::Element => "element",
            Host::Iframe => "iframe",
            Host::Markdown => "markdown",
            Host::MdBook => "mdbook",
            Host::MkDocs => "mkdocs",
            Host::SphinxRest => "sphinx-rest",
            Host::SphinxMyst => "sphinx-myst",
            Host::Docusaurus => "docusaurus",
            Host::Backstage => "backstage",
            Host::Confluence => "confluence",
        }
    }

    /// The host with this [`key`](Host::key).
    pub fn find(key: &str) -> Option<Host> {
        Host::ALL.into_iter().find(|host| host.key() == key)
    }

    /// The language that its text is written in, by the name that highlighters have for it.
    pub fn language(self) -> &'static str {
        match self {
            Host::Element | Host::Iframe => "html",
            Host::Markdown | Host::MdBook | Host::MkDocs | Host::Backstage => "markdown",
            Host::SphinxRest => "rst",
            Host::SphinxMyst => "markdown",
            Host::Docusaurus => "mdx",
            Host::Confluence => "xml",
        }
    }
}
