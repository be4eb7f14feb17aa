//! Simulated runs as files that profilers open: Firefox Profiler, Perfetto, speedscope.
//!
//! The lanes are called as CPython 3.15's sampling profiler calls them
//! (Lib/profiling/sampling/gecko_collector.py): *Has GIL*, *Waiting for GIL*, *On CPU* and so on, so
//! that a simulated run and a recorded one are read in the same way. Unlike a recording, which knows
//! a state to a sampling period, these intervals are exact.

mod chrome;
mod firefox;
mod interval;

use gil_sim::Run;

pub use interval::{Interval, Lane, intervals};

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The Firefox Profiler's processed format.
    Firefox,
    /// Chrome's Trace Event Format, which Perfetto and speedscope open too.
    Chrome,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 2] = [Format::Firefox, Format::Chrome];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Firefox => "firefox",
            Format::Chrome => "chrome",
        }
    }

    /// What it is called, and what opens it.
    pub fn title(self) -> &'static str {
        match self {
            Format::Firefox => "Firefox Profiler",
            Format::Chrome => "Trace events (Perfetto, speedscope)",
        }
    }

    /// The usual end of such a file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Firefox => "profile.json",
            Format::Chrome => "trace.json",
        }
    }

    /// A run as such a file, one line of JSON. `scenario` is its text in the notation.
    pub fn text(self, run: &Run, scenario: &str) -> String {
        match self {
            Format::Firefox => firefox::text(&run.trace, scenario),
            Format::Chrome => chrome::text(&run.trace, scenario),
        }
    }
}

/// What such a file calls the program that it is of.
const PROCESS: &str = "Python (simulated)";
