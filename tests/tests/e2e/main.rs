//! End-to-end tests: the built site in a real browser.
//!
//! Run them with `cargo xtask test --only e2e`, which builds the site first
//! and tells these tests where it and the browser are.

mod harness;
mod opens;
#[cfg(feature = "screenshots")]
mod screenshots;
