//! The one place where versions of tools are pinned.
//!
//! wasm-bindgen is missing on purpose: the tool has to match the crate, so
//! its version is read from `Cargo.lock`.

use crate::version::Version;

/// The target the page is compiled for.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The Trunk that is built when none is installed; the last one that builds
/// with the toolchain this workspace asks for.
pub const TRUNK: &str = "0.21.14";

/// The oldest installed Trunk that is good enough.
pub const TRUNK_OLDEST: Version = Version::new(0, 21, 0);

/// The `binaryen` package of npm, for its wasm-opt.
pub const BINARYEN: &str = "132.0.0";

/// The oldest installed wasm-opt that knows what today's rustc emits.
pub const WASM_OPT_OLDEST: Version = Version::new(119, 0, 0);

/// The `axe-core` package of npm.
pub const AXE: &str = "4.10.3";

/// The `speedscope` package of npm.
pub const SPEEDSCOPE: &str = "1.25.0";

/// Debian's compiler for the web, used where rustup cannot add the target.
pub const DEBIAN_RUST: &str = "1.96.0";

/// The oldest compiler for the web that builds this workspace, taken when
/// Debian no longer offers the pinned one.
pub const DEBIAN_RUST_OLDEST: Version = Version::new(1, 95, 0);

/// The oldest Python that the measuring program runs on.
pub const PYTHON_OLDEST: Version = Version::new(3, 8, 0);

/// mdBook, one of the hosts that the end-to-end tests put the page into.
pub const MDBOOK: &str = "0.5.4";

/// The oldest installed mdBook that is good enough.
pub const MDBOOK_OLDEST: Version = Version::new(0, 5, 0);

/// What runs generated tests of programs, from Python's registry.
pub const PYTEST: &str = "pytest==8.4.2";

/// Hosts from Python's registry, with what they need to read Markdown.
pub const PYTHON_HOSTS: [&str; 3] = ["mkdocs==1.6.1", "sphinx==8.2.3", "myst-parser==4.0.1"];

/// The `@docusaurus/core` package of npm, a host.
pub const DOCUSAURUS: &str = "3.10.2";

/// What a Docusaurus site needs besides.
pub const DOCUSAURUS_WITH: [&str; 3] =
    ["@docusaurus/preset-classic@3.10.2", "react@19", "react-dom@19"];
