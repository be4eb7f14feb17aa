//! Pages that are written in Markdown: as it is in a README, mdBook, MkDocs, TechDocs.

use super::element::{element, fallback_note, file_note, linked_image, policy_note, script};
use super::iframe::{iframe, server_note};
use super::{Hosted, Snippet, escape};

/// A picture with a link, which every Markdown has.
pub fn readme(figure: &Hosted) -> Snippet {
    let title = escape::markdown(&figure.name());
    let image = escape::destination(&figure.image());
    let page = escape::destination(&figure.page());
    let text = format!("[![{title}]({image})]({page})\n");
    let picture = "Commit the picture beside the file, or give the address where it is published.";
    let mut notes = vec![picture.to_owned()];
    if figure.host().is_none() {
        notes.push("The link needs the whole address of the playground.".to_owned());
    }
    Snippet { text, notes }
}

/// mdBook: HTML is passed on.
pub fn mdbook(figure: &Hosted) -> Snippet {
    let text = format!("{}\n{}\n", script(figure), element(figure));
    let everywhere = "To have the script on every page, put its tag into theme/head.hbs instead; \
                      additional-js is for scripts that lie in the book's folder.";
    let mut notes = vec![everywhere.to_owned()];
    notes.extend(common_notes(figure));
    Snippet { text, notes }
}

/// MkDocs: what stands in a `<div>` is passed on, an element that Python-Markdown does not know
/// would be put into a paragraph.
pub fn mkdocs(figure: &Hosted) -> Snippet {
    let text = format!("<div>\n{}\n{}\n</div>\n", script(figure), element(figure));
    let script = figure.script();
    let whole = figure.host().map_or("as it is from the site's root, ", |_| "");
    let everywhere = format!(
        "To have the script on every page, put this into mkdocs.yml, {whole}and leave its tag out: \
         extra_javascript: [{{path: {script}, async: true}}]"
    );
    let mut notes = vec![everywhere];
    notes.extend(common_notes(figure));
    Snippet { text, notes }
}

fn common_notes(figure: &Hosted) -> Vec<String> {
    let relative = "Relative addresses count from the page as it is published, in its folder.";
    let relative = figure.host().is_none().then(|| relative.to_owned());
    let notes = [relative, Some(fallback_note()), Some(policy_note(figure)), file_note(figure)];
    notes.into_iter().flatten().collect()
}

/// Backstage TechDocs: MkDocs with a sanitizer. It takes scripts out, unknown elements, and
/// iframes of hosts that are not allowed; so the picture stands beside the iframe.
pub fn backstage(figure: &Hosted) -> Snippet {
    let picture = linked_image(figure, ">");
    let folded = format!("<details>\n<summary>As a picture</summary>\n{picture}\n</details>");
    let text = format!("{}\n\n{folded}\n", iframe(figure));
    let allow = match figure.host() {
        Some(host) => format!(
            "In app-config.yaml, put \"{host}\" into the list techdocs.sanitizer.allowedIframeHosts \
             and \"{}\" into backend.csp.frame-src.",
            figure.policy_source()
        ),
        None => "TechDocs takes out every iframe with a relative address: give the playground's \
                 whole address, with a host that techdocs.sanitizer.allowedIframeHosts lists."
            .to_owned(),
    };
    let sanitizer = "Scripts and custom elements are taken out; where the iframe is as well, the \
                     picture remains.";
    Snippet { text, notes: vec![allow, sanitizer.to_owned(), server_note()] }
}
