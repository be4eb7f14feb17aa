//! A plain iframe, for pages that run no script of ours.

use super::{Hosted, Snippet, escape};

/// The iframe. Where the page has `embed.js` as well, its height follows the content.
pub fn iframe(figure: &Hosted) -> String {
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"{}\" loading=\"lazy\" \
         style=\"border:0\" data-gil-playground></iframe>",
        escape::html(&figure.frame()),
        escape::html(&figure.name()),
        figure.height,
    )
}

/// A page in HTML.
pub fn write(figure: &Hosted) -> Snippet {
    let source = figure.policy_source();
    let script = figure.script();
    let mut notes = vec![
        format!("A page with a Content-Security-Policy has to allow {source} in frame-src."),
        server_note(),
    ];
    if !figure.is_file() {
        let height = "The height is fixed, and follows the content if the page loads";
        notes.push(format!("{height} {script}."));
    }
    Snippet { text: iframe(figure) + "\n", notes }
}

/// What the server of the playground must not say.
pub fn server_note() -> String {
    "The playground's server must not forbid frames by X-Frame-Options or frame-ancestors."
        .to_owned()
}
