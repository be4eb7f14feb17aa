//! What is in a file that a reader has brought.

use gil_record::{Recording, Unreadable, limits, measured};
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// What is in a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Contents {
    /// A recording, with its text where that is short enough to be kept.
    Recording(Box<Recording>, Option<String>),
    /// What a program has measured of itself, in its own words: they are known to be readable.
    Measured(String),
}

/// Bytes of a recording that may be kept for the next visit.
const KEPT: usize = 1 << 20;

/// What comes out of a file.
pub type Read = Result<Contents, Unreadable>;

/// The contents of a file. A file that is too large isn't even loaded.
pub async fn read_file(file: &File) -> Read {
    if file.size() > limits::BYTES as f64 {
        return Err(Unreadable {
            place: String::new(),
            what: format!(
                "the file has {:.0} MiB, and {} MiB is the most that is read",
                file.size() / f64::from(1 << 20),
                limits::BYTES >> 20
            ),
            help: "record for a shorter time, or at a lower rate".to_owned(),
        });
    }
    let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
    match text {
        Some(text) if is_measured(&text) => measured::read(&text).map(|_| Contents::Measured(text)),
        Some(text) => gil_record::read(&text).map(|recording| {
            let text = (text.len() <= KEPT).then_some(text);
            Contents::Recording(Box::new(recording), text)
        }),
        None => Err(unread("the browser can't read the file")),
    }
}

/// Whether a program has measured itself: such a file says so in its first line.
fn is_measured(text: &str) -> bool {
    let end = text.char_indices().nth(200).map_or(text.len(), |(end, _)| end);
    text[..end].contains(measured::FORMAT)
}

/// An error about a whole file.
pub fn unread(what: &str) -> Unreadable {
    Unreadable { place: String::new(), what: what.to_owned(), help: String::new() }
}
