//! What was brought outlives a reload: the browser keeps the files as they are, as far as they have
//! room.

use gil_record::measured;
use serde::{Deserialize, Serialize};

use crate::evidence::{Brought, Evidence, Measurement};
use crate::store;

const KEY: &str = "gil-program-evidence";

/// Bytes of all files together that are kept: browsers give a site some five million.
pub const MOST: usize = 1 << 20;

/// Files by name, with their text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Kept {
    recording: Option<(String, String)>,
    measurements: Vec<(String, String)>,
}

impl Kept {
    fn bytes(&self) -> usize {
        self.recording.iter().chain(&self.measurements).map(|(_, text)| text.len()).sum()
    }
}

/// Whether a file is there again after a reload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stays {
    /// The browser keeps it.
    Yes,
    /// It's too large, or others are.
    NoRoom,
    /// The browser keeps nothing.
    Refused,
}

impl Stays {
    /// The same for the reader.
    pub fn words(self) -> &'static str {
        match self {
            Stays::Yes => "This browser keeps it until you forget it, and sends it nowhere.",
            Stays::NoRoom => {
                "It's larger than what is kept here, a megabyte for all files: after a reload, bring it again."
            }
            Stays::Refused => {
                "This browser keeps nothing for this page: after a reload, bring it again."
            }
        }
    }
}

/// Keeps a file. One of the same name, and an earlier recording, make room for it.
pub fn keep(name: &str, text: Option<&str>, is_recording: bool) -> Stays {
    let mut kept: Kept = store::get(KEY).unwrap_or_default();
    kept.measurements.retain(|(known, _)| known != name);
    if is_recording {
        kept.recording = None;
    }
    let file = text.map(|text| (name.to_owned(), text.to_owned()));
    let has_text = file.is_some();
    match is_recording {
        true => kept.recording = file,
        false => kept.measurements.extend(file),
    }
    match has_text && kept.bytes() <= MOST {
        false => Stays::NoRoom,
        true if store::set(KEY, &kept) => Stays::Yes,
        true => Stays::Refused,
    }
}

/// What was kept, read again. What can't be read any more is left out.
pub fn restore() -> Evidence {
    let kept: Kept = store::get(KEY).unwrap_or_default();
    let mut evidence = Evidence::default();
    if let Some((name, text)) = kept.recording {
        let recording = gil_record::read(&text).ok();
        evidence.recording = recording.map(|recording| Brought::new(name, recording));
    }
    for (name, text) in kept.measurements {
        if let Ok(measured) = measured::read(&text) {
            evidence.add(Measurement::new(name, measured));
        }
    }
    evidence
}

/// Forgets a measurement, or everything.
pub fn forget(name: Option<&str>) {
    let kept: Kept = store::get(KEY).unwrap_or_default();
    let left = match name {
        None => Kept::default(),
        Some(name) => {
            let mut left = kept;
            left.measurements.retain(|(known, _)| known != name);
            left
        }
    };
    store::set(KEY, &left);
}
