//! What leaves the playground: pictures with title, link and version in them, and the text that
//! puts a figure into another page.

pub mod picture;
pub mod snippet;

/// The version of the playground that is written into what leaves it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
