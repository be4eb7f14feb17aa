//! How large a recording may be. Files are other people's: a bound here is a clear error there,
//! instead of a page that stops.

/// Bytes of a file: 256 MiB, some ten minutes of a busy program.
pub const BYTES: usize = 256 << 20;

/// Brackets inside each other. The formats need fewer than ten.
pub const DEPTH: usize = 64;

/// Threads. Each is a lane.
pub const THREADS: usize = 1_000;

/// Entries of any one table in a file, and markers or events of all threads together.
pub const EVENTS: usize = 4_000_000;

/// Characters of a name; the rest is cut.
pub const NAME: usize = 60;

/// The longest recording, in milliseconds: a day.
pub const LENGTH_MS: f64 = 86_400_000.0;
