//! What was brought outlives a reload: the browser keeps the files as they are, as far as they have
//! room.

use serde::{Deserialize, Serialize};

use super::Evidence;
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

    fn without(mut self, name: &str) -> Kept {
        self.measurements.retain(|(known, _)| known != name);
        self.recording = self.recording.filter(|(known, _)| known != name);
        self
    }
}

/// Whether a file is there again after a reload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stays {
    /// The browser keeps it.
    Yes,
    /// It's too large, or others are.
    NoRoom,
    /// The browser keeps nothing, or has no room left.
    Refused,
}

impl Stays {
    /// The same for the reader.
    pub fn words(self) -> &'static str {
        match self {
            Stays::Yes => "This browser keeps it until you forget it, and sends it nowhere.",
            Stays::NoRoom => {
                "It's larger than what is kept here, a megabyte for all files: after a reload, \
                 bring it again."
            }
            Stays::Refused => {
                "This browser doesn't keep it, or has no room left: after a reload, bring it again."
            }
        }
    }
}

/// Keeps a file. One of the same name, and an earlier recording, make room for it.
pub fn keep(name: &str, text: Option<&str>, is_recording: bool) -> Stays {
    let mut kept = store::get::<Kept>(KEY).unwrap_or_default().without(name);
    if is_recording {
        kept.recording = None;
    }
    let room = MOST.saturating_sub(kept.bytes());
    let file = text.filter(|text| text.len() <= room);
    let file = file.map(|text| (name.to_owned(), text.to_owned()));
    let has_room = file.is_some();
    match is_recording {
        true => kept.recording = file,
        false => kept.measurements.extend(file),
    }
    // Without room what was there before goes all the same: it isn't what the reader looks at.
    match (store::set(KEY, &kept), has_room) {
        (_, false) => Stays::NoRoom,
        (true, true) => Stays::Yes,
        (false, true) => Stays::Refused,
    }
}

/// What was kept, read again. What can't be read any more is left out.
pub fn restore() -> Evidence {
    let Kept { recording, measurements } = store::get(KEY).unwrap_or_default();
    let measured = measurements
        .into_iter()
        .fold(Evidence::default(), |all, (name, text)| all.with_measured(name, &text));
    match recording.and_then(|(name, text)| Some((name, gil_record::read(&text).ok()?))) {
        Some((name, recording)) => measured.with_recording(name, recording),
        None => measured,
    }
}

/// Forgets a file, or all of them.
pub fn forget(name: Option<&str>) {
    let kept: Kept = store::get(KEY).unwrap_or_default();
    store::set(KEY, &name.map(|name| kept.without(name)).unwrap_or_default());
}
