//! Docusaurus, whose Markdown is MDX.

use super::element::{fallback_note, file_note, jsx, policy_note};
use super::{Hosted, Snippet};

/// A page in MDX. Its script is the site's: a tag in the page would not run when a reader comes
/// from another page.
pub fn write(figure: &Hosted) -> Snippet {
    let script = figure.script();
    let mut notes =
        vec![format!("In docusaurus.config.js: scripts: [{{src: '{script}', async: true}}].")];
    if figure.host().is_none() && !script.starts_with('/') {
        let relative = "Addresses have to be whole or begin with the site's baseUrl: readers come \
                        to a page with and without a slash at its end.";
        notes.push(relative.to_owned());
    }
    notes.extend([fallback_note(), policy_note(figure)]);
    notes.extend(file_note(figure));
    Snippet { text: jsx(figure) + "\n", notes }
}
