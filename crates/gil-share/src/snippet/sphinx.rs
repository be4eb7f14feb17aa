//! Sphinx, in both of its languages: HTML for pages, a picture for all else that it builds.

use super::element::{element, file_note, policy_note, script};
use super::{Hosted, Snippet, escape};

/// reStructuredText.
pub fn rest(figure: &Hosted) -> Snippet {
    let html = format!("{}\n{}", script(figure), element(figure));
    let text = format!(
        ".. raw:: html\n\n{}\n\n.. only:: not html\n\n   .. image:: {}\n      :alt: {}\n      \
         :target: {}\n",
        indented(&html, 3),
        figure.image(),
        figure.name(),
        figure.page(),
    );
    Snippet { text, notes: notes(figure) }
}

/// MyST Markdown.
pub fn myst(figure: &Hosted) -> Snippet {
    let text = format!(
        "```{{raw}} html\n{}\n{}\n```\n\n````{{only}} not html\n```{{image}} {}\n:alt: {}\n\
         :target: {}\n```\n````\n",
        script(figure),
        element(figure),
        figure.image(),
        escape::yaml(&figure.name()),
        escape::yaml(&figure.page()),
    );
    Snippet { text, notes: notes(figure) }
}

fn notes(figure: &Hosted) -> Vec<String> {
    let script = figure.script();
    let everywhere = format!(
        "To have the script on every page, put (\"{script}\", {{\"async\": \"async\"}}) into \
         html_js_files in conf.py, with the whole address or one that counts from _static, and \
         leave its tag out."
    );
    let picture = "The picture has to lie in the sources and in the built site at the same place, \
                   as what is in html_static_path does; for LaTeX, sphinx.ext.imgconverter \
                   converts it.";
    let mut notes = vec![everywhere, picture.to_owned(), policy_note(figure)];
    notes.extend(file_note(figure));
    notes
}

fn indented(text: &str, by: usize) -> String {
    let lines = text.lines().map(|line| format!("{:by$}{line}", ""));
    lines.collect::<Vec<_>>().join("\n")
}
