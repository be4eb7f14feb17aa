//! Where things are: the figure by itself, the whole page, the script.

use gil_notation::{Link, Show, Tab, View};

use super::{Hosted, escape};

/// What a figure shows, as a link: always with an `embed`, without what only the whole page has.
pub fn figure_link(link: &Link) -> Link {
    let embed = link.view.embed.clone().unwrap_or_default();
    let lesson = link.view.lesson.clone().filter(|_| embed.show.contains(&Show::Lesson));
    let view = View {
        tab: Tab::default(),
        debug: false,
        lesson,
        window: link.view.window.filter(|(from, to)| from < to),
        slowdown: link.view.slowdown.filter(|times| *times > 0),
        embed: Some(embed),
        ..link.view.clone()
    };
    Link { view, ..link.clone() }
}

/// The same in the whole playground: where a click on the picture leads.
pub fn page_link(link: &Link) -> Link {
    let Link { scenario, other, mut view } = figure_link(link);
    let embed = view.embed.take().unwrap_or_default();
    view.tab = match embed.show.as_slice() {
        [Show::Compare] => Tab::Compare,
        [Show::Lesson] => Tab::Learn,
        _ => Tab::Explore,
    };
    Link { scenario, other, view }
}

impl Hosted<'_> {
    /// The address of the figure by itself, for an iframe.
    pub(super) fn frame(&self) -> String {
        self.at(&figure_link(self.link))
    }

    /// The address of the figure in the whole playground.
    pub(super) fn page(&self) -> String {
        self.at(&page_link(self.link))
    }

    fn at(&self, link: &Link) -> String {
        format!("{}#{}", self.clean_base(), gil_notation::print(link))
    }

    /// The address of the script that defines the element: it lies beside the page.
    pub(super) fn script(&self) -> String {
        let base = self.clean_base();
        let (path, _) = split_query(&base);
        let folder = path.rfind('/').map_or("", |slash| &path[..=slash]);
        format!("{folder}embed.js")
    }

    /// The address of the picture.
    pub(super) fn image(&self) -> String {
        escape::address(self.picture)
    }

    /// The title in one line, never empty.
    pub(super) fn name(&self) -> String {
        match escape::one_line(self.title) {
            title if title.is_empty() => "GIL Playground".to_owned(),
            title => title,
        }
    }

    /// Whether the playground is one file, which has no script beside it.
    pub(super) fn is_file(&self) -> bool {
        let base = self.clean_base();
        is_page(split_query(&base).0)
    }

    /// The host of the playground with its port; `None` where the address is relative.
    pub(super) fn host(&self) -> Option<String> {
        let base = self.clean_base();
        let rest = match scheme(&base) {
            Some(scheme) => base[scheme.len() + 1..].strip_prefix("//")?,
            None => base.strip_prefix("//")?,
        };
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        // Without the name and password that may stand before it.
        let host = authority.rsplit('@').next().unwrap_or_default();
        (!host.is_empty()).then(|| host.to_owned())
    }

    /// The playground as a source in a content security policy.
    pub(super) fn policy_source(&self) -> String {
        let base = self.clean_base();
        match (self.host(), base.split_once("//")) {
            (Some(host), Some((scheme, _))) if !scheme.is_empty() => format!("{scheme}//{host}"),
            (Some(host), _) => host,
            (None, _) => "'self'".to_owned(),
        }
    }

    /// The base without a fragment, and with the `/` that people forget at the end of a folder.
    fn clean_base(&self) -> String {
        let base = escape::address(self.base.split('#').next().unwrap_or_default().trim());
        // A script is no place for a playground.
        if scheme(&base).is_some_and(|scheme| !["https", "http", "file"].contains(&scheme)) {
            return "./".to_owned();
        }
        match split_query(&base) {
            ("", query) => format!("./{query}"),
            (path, query) if !path.ends_with('/') && !is_page(path) => format!("{path}/{query}"),
            _ => base,
        }
    }
}

/// The scheme of an address, in front of its first colon; `None` where it is relative.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    is_scheme.then_some(scheme)
}

/// An address and its query with the `?`, which may be empty.
fn split_query(address: &str) -> (&str, &str) {
    address.split_at(address.find('?').unwrap_or(address.len()))
}

/// Whether this is the address of a file rather than of a folder or a host.
fn is_page(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    file.ends_with(".html") || file.ends_with(".htm")
}

#[cfg(test)]
mod tests {
    use gil_notation::Embed;

    use super::*;

    fn figure<'a>(link: &'a Link, base: &'a str) -> Hosted<'a> {
        Hosted { link, base, title: "", height: 400, picture: "p.svg" }
    }

    #[test]
    fn what_belongs_to_the_page_is_no_part_of_a_figure() {
        let text = "v1/io:py-1ms/tab=right/lesson=io/debug=on/at=2ms/loop=on";
        let link = gil_notation::parse(text).unwrap();
        let print = |link| gil_notation::print(&link);
        let embed = "embed=stage+timeline/controls=play";
        assert_eq!(print(figure_link(&link)), format!("v1/io:py-1ms/at=2ms/loop=on/{embed}"));
        assert_eq!(print(page_link(&link)), "v1/io:py-1ms/at=2ms/loop=on");
        assert_eq!(Embed::default(), figure_link(&link).view.embed.unwrap());
    }

    #[test]
    fn a_lesson_and_a_comparison_open_in_their_tab() {
        let page = |text| gil_notation::print(&page_link(&gil_notation::parse(text).unwrap()));
        let lesson = page("v1/io:py-1ms/lesson=io/embed=lesson");
        assert_eq!(lesson, "v1/io:py-1ms/tab=learn/lesson=io");
        let comparison = page("v1/io:py-1ms/vs/io:py-2ms/embed=compare");
        assert_eq!(comparison, "v1/io:py-1ms/vs/io:py-2ms/tab=compare");
    }

    #[test]
    fn addresses_follow_from_the_base() {
        let link = gil_notation::parse("v1/io:py-1ms").unwrap();
        let at = |base| {
            let figure = figure(&link, base);
            (figure.page(), figure.script(), figure.policy_source(), figure.is_file())
        };
        let of = |page: &str, script: &str, source: &str, file| {
            (page.to_owned(), script.to_owned(), source.to_owned(), file)
        };
        let page = "https://x.org:80/gil/#v1/io:py-1ms";
        let script = "https://x.org:80/gil/embed.js";
        assert_eq!(at("https://x.org:80/gil/#old"), of(page, script, "https://x.org:80", false));
        assert_eq!(at("gil/"), of("gil/#v1/io:py-1ms", "gil/embed.js", "'self'", false));
        assert_eq!(at(""), of("./#v1/io:py-1ms", "./embed.js", "'self'", false));
        assert_eq!(at("/gil"), of("/gil/#v1/io:py-1ms", "/gil/embed.js", "'self'", false));
        let page = "../gil-playground.html#v1/io:py-1ms";
        assert_eq!(at("../gil-playground.html"), of(page, "../embed.js", "'self'", true));
        assert_eq!(at("//x.org/a?b=/").0, "//x.org/a/?b=/#v1/io:py-1ms");
        assert_eq!(at("https://x.html.org").1, "https://x.html.org/embed.js");
        assert_eq!(at("//x.org").2, "x.org");
    }
}
