//! Confluence: a picture with a link works everywhere, all else depends on what is installed.

use super::{Hosted, Snippet, escape};

/// The picture as an attachment with a link, in Confluence's storage format.
pub fn write(figure: &Hosted) -> Snippet {
    let file = file_name(figure);
    let text = format!(
        "<p><a href=\"{}\"><ac:image ac:alt=\"{}\"><ri:attachment ri:filename=\"{}\" />\
         </ac:image></a></p>\n",
        escape::html(&figure.page()),
        escape::html(&figure.name()),
        escape::html(&file),
    );
    let mut notes = vec![
        format!(
            "Attach {file} to the page first. This is storage format, for the REST API or the \
             source editor of Data Center; in the editor, insert the picture and give it the link."
        ),
        "Where a site does not show SVG, attach a PNG of the picture.".to_owned(),
        format!(
            "To have it run in Cloud, an app or macro that shows iframes is needed; give it this \
             address: {}",
            figure.frame()
        ),
        "To have it run in Data Center, a system administrator has to enable the HTML macro, which \
         lets every author run scripts; then put the iframe for HTML pages into it."
            .to_owned(),
        "Or attach gil-playground.html: whoever downloads it has the whole playground offline."
            .to_owned(),
    ];
    if figure.host().is_none() {
        notes.push("The link needs the whole address of the playground.".to_owned());
    }
    Snippet { text, notes }
}

/// The name of the picture's file.
fn file_name(figure: &Hosted) -> String {
    let path = figure.picture.split(['?', '#']).next().unwrap_or_default();
    let is_data = path.trim_start().starts_with("data:");
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    match escape::one_line(name) {
        name if name.is_empty() || is_data => "gil-playground.svg".to_owned(),
        name => name,
    }
}
