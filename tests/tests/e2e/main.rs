//! End-to-end tests: the built site in a real browser.
//!
//! Run them with `cargo xtask test --only e2e`, which builds the site first
//! and tells these tests where it and the browser are.

#[allow(dead_code, unused_imports, reason = "a set of helpers, some for tests to come")]
mod harness;

mod accessibility;
mod broken;
mod charts;
mod compare;
mod debugger;
mod decide;
mod embed;
mod groups;
mod helpers;
mod history;
mod hosting;
mod keyboard;
mod lessons;
mod opens;
mod parts;
mod phone;
mod pictures;
mod playing;
mod presets;
mod program;
mod race;
mod right;
mod sandbox;
#[cfg(feature = "screenshots")]
mod screenshots;
mod seeds;
mod settings;
mod share;
mod side_by_side;
mod theme;
mod timeline;
mod traces;
mod what_if;
