//! Where a picture comes from: the link as text, and as an address where the playground's is known.

use gil_notation::{Link, MAX_CHARS, print};
use gil_view::svg::is_address;

/// The link of a picture.
pub struct Origin {
    /// The whole address, where one is known.
    pub address: Option<String>,
    notation: String,
    /// Whether nobody could open it.
    too_long: bool,
}

impl Origin {
    /// That of a link, in the playground at `base`.
    ///
    /// # Errors
    /// A sentence, where `base` is no address.
    pub fn new(link: &Link, base: Option<&str>) -> Result<Origin, String> {
        let notation = print(link);
        let too_long = notation.chars().count() > MAX_CHARS;
        let page = base.map(page).transpose()?;
        let address = page.filter(|_| !too_long).map(|page| format!("{page}#{notation}"));
        Ok(Origin { address, notation, too_long })
    }

    /// What is written at the foot.
    pub fn text(&self) -> &str {
        self.address.as_deref().unwrap_or(&self.notation)
    }

    /// The same as a sentence, at the end of a description.
    pub fn words(&self) -> String {
        let what = match (&self.address, self.too_long) {
            (Some(_), _) => "Link",
            (None, true) => "Notation, too long for a link",
            (None, false) => "Notation",
        };
        format!("{what}: {}", self.text())
    }
}

/// A base without what is behind a `#`.
fn page(base: &str) -> Result<&str, String> {
    let base = base.trim();
    let page = base.split_once('#').map_or(base, |(page, _)| page);
    match is_address(page) {
        true => Ok(page),
        false => Err(format!(
            "the address of the playground begins with https://, http:// or file:// and has no \
             blanks; this one is {base:?}"
        )),
    }
}
