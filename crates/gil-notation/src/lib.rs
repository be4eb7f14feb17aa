//! The scenario notation: one readable text, the same in links, presets, tests, golden files and
//! on the command line.
//!
//! ```
//! let text = "v1/cores=2/hog:py-5ms:daemon/io:8:py-100us+io-10ms:x50";
//! let scenario = gil_notation::parse_scenario(text)?;
//! assert_eq!(scenario.threads(), 9);
//! assert_eq!(gil_notation::print_scenario(&scenario), text);
//! # Ok::<(), gil_notation::Error>(())
//! ```
//!
//! # Grammar
//!
//! ```text
//! link     = ( "v1" | preset ) scenario [ "/vs" scenario ] ;
//! scenario = { "/" ( setting | group | view ) } ;   in any order, a key at most once
//! setting  = "py=" version | "os=" ( "linux" | "macos" | "windows" ) | "cores=" number
//!          | "si=" time | "ci=" number | "ext=" ( "marked" | "unmarked" )
//!          | "gc=" ( "off" | dist "@" time )
//!          | ( "slice=" | "deepens=" | "slack=" | "tick=" | "unit=" | "ctx=" ) time
//!          | ( "uncontended=" | "fwake=" | "syscall=" | "tstart=" ) time
//!          | ( "fork=" | "fserver=" | "spawn=" | "interp=" | "pickle=" | "unpickle=" ) time
//!          | ( "task=" | "job=" | "line=" ) time
//!          | ( "wake=" | "wakehot=" | "wakecold=" | "fwait=" | "rewait=" ) dist
//!          | "seed=" number | "limit=" time | "events=" number
//!          | "then=" what { "+" what } ;              interventions; the groups may come later
//! what     = ( "si-" time | "ci-" number | "io-" name [ "." number ] ) "@" time ;
//! group    = name [ ":" number [ "@" time ] ] ":" steps [ ":" repeat ] [ ":" strategy ] ;
//! steps    = step { "+" step } ;
//! step     = "py-" dist [ "@" time ]
//!          | ( "hold-" | "native-" | "io-" | "recv-" | "sys-" | "sleep-" | "block-" ) dist
//!          | ( "share-" | "mutate-" ) name "-" dist | "call-" name [ "@" bytes ]
//!          | "lock-" name "+" steps "+" "unlock-" name ;   the same name
//! repeat   = "x" number | "for-" time | "daemon" | "jobs-" number | "serve"
//!          | "arrive-" dist "@" time ;
//! strategy = "threads" | "seq" | "async" | "interp" | "fork" | "forkserver" | "spawn" ;
//! version  = "2.7" | "3.0" | ... | "3.14" | "3.13t" | "3.14t" ;
//! bytes    = number ( "b" | "kib" | "mib" | "gib" ) ;
//! dist     = time | time ".." time | "exp" time | "ln" time ".." time ;
//! time     = number [ "." number ] ( "ns" | "us" | "ms" | "s" ) ;
//! view     = "tab=" ( "explore" | "learn" | "compare" | "decide" | "program" | "right" )
//!          | "at=" time | "lesson=" letter { letter | digit } | "debug=" ( "on" | "off" )
//!          | "from=" time | "to=" time | "slow=" number | "loop=" ( "on" | "off" ) | embed ;
//! embed    = "embed=" show { "+" show } | "controls=" ( "none" | control { "+" control } )
//!          | "theme=" ( "light" | "dark" ) ;        a figure in another page
//! show     = "headline" | "stage" | "timeline" | "now" | "chart" | "compare" | "lesson" ;
//! control  = "play" | "edit" | "si" | "cores" | "python" | ( "threads:" | "strategy:" ) name
//!          | "time:" name "." number ;
//! name     = letter { letter | digit | "_" } ;
//! number   = digit { digit } ;
//! ```
//!
//! What is left out is the default of [`gil_sim::Spec`]; `slice` without a value is the base slice
//! of the number of cores, a group without a number is one thread, without a repeat one pass, without
//! a strategy threads. The number behind `io-name.` is that of the thread or task in its group, from
//! 1 on as in the thread's name; a group of one thread has none. What an operating system has its own
//! figures of is as usual there. A link without any group has those of [`default_scenario`], so
//! `v1/tab=learn` opens the lessons.
//!
//! The name of a [preset](PRESETS) stands for its text, and what follows changes it:
//! `convoy/si=1ms`. A preset may be another one in a later version, so nothing is printed with one.
//!
//! # Layout
//!
//! A text in a file, on standard input or in a document may have lines, blanks and comments:
//!
//! ```
//! let text = "
//!     ## One worker, a quarter of the load.
//!     v1/cores=1
//!       /web:8:py-2ms
//!           + io-30ms               # the database
//!           : arrive-exp5ms@300ms
//!       /report:py-200ms
//! ";
//! let line = "v1/cores=1/web:8:py-2ms+io-30ms:arrive-exp5ms@300ms/report:py-200ms";
//! assert_eq!(gil_notation::print(&gil_notation::parse(text)?), line);
//! # Ok::<(), gil_notation::Error>(())
//! ```
//!
//! - White space may stand beside `/`, `:` and `+`, and around the text; nowhere else.
//! - A line break between two parts is a `/` where none stands there, so each part can have a line
//!   of its own.
//! - A comment begins with `#` behind white space or at the beginning of a line, and ends with the
//!   line. `#v1` is not a comment but a link as it is copied from an address; so is a text of one
//!   line that begins with `#` and no blank behind it.
//! - Of a whole address, the text is what stands behind its `#`.
//! - Percent-encoded characters count as what they stand for, white space and a comment's `#`
//!   included. A blank in a pasted link is layout as well: a browser turns it into `%20`. The `#` of
//!   a comment and the white space before it are both encoded or neither is, because browsers drop
//!   line breaks and keep `#`, and the comment would have no end.
//!
//! What is printed is always one line without any of this.
//!
//! # Why it looks like this
//!
//! The characters are those that a URL's fragment, Markdown, HTML and chat programs all leave
//! alone, and a printed text ends in a letter or digit, because punctuation at the end of a link
//! is cut off. Nothing in it looks like an emoji or an e-mail address to them either.
//!
//! It is read by hand rather than by a parser library: cutting at separators is all there is to
//! it, every piece knows its place for the error messages, and no text makes it recurse.

mod bytes;
mod duration;
mod embed;
mod error;
pub mod grammar;
mod group;
mod layout;
mod lex;
mod link;
mod places;
pub mod presets;
mod settings;
mod steps;
mod then;
mod view;

use gil_sim::{Dist, Nanos, Step};

pub use bytes::print_bytes;
pub use duration::{print_dist, print_duration};
pub use embed::{Control, Embed, Shade, Show};
pub use error::{Error, nearest};
pub use group::STRATEGIES;
pub use lex::MAX_CHARS;
pub use link::{Link, default_scenario, parse, parse_scenario, print, print_scenario};
pub use presets::{PRESETS, Preset};
pub use settings::keys as setting_keys;
pub use steps::{print_steps, words as step_words};
pub use view::{Tab, View, keys as view_keys};

/// Reads a duration: `2.5ms`, `100us`. Any whole number of nanoseconds up to 2^64 - 1.
///
/// # Errors
/// No number, no unit or an unknown one, more precise than a nanosecond, too long.
pub fn parse_duration(text: &str) -> Result<Nanos, Error> {
    read(text, duration::read_duration)
}

/// Reads a duration that may be drawn: `2ms`, `1ms..3ms`, `exp2ms`, `ln2ms..6ms`.
///
/// # Errors
/// As [`parse_duration`]. Whether the durations suit is for [`gil_sim::Scenario::new`] to say.
pub fn parse_dist(text: &str) -> Result<Dist, Error> {
    read(text, duration::read_dist)
}

/// Reads an amount of data in bytes: `100b`, `64kib`, `1mib`.
///
/// # Errors
/// No whole number, no unit or an unknown one, more than 2^64 - 1 bytes.
pub fn parse_bytes(text: &str) -> Result<u64, Error> {
    read(text, bytes::read_bytes)
}

/// Reads a program: `py-2ms+io-10ms`.
///
/// # Errors
/// Unknown steps, wrong durations, locks that are not released in turn or nested too deep.
/// Whether the values suit is for [`gil_sim::Scenario::new`] to say.
pub fn parse_steps(text: &str) -> Result<Vec<Step>, Error> {
    read(text, |part| steps::read_steps(part, "steps", &mut places::Places::default()))
}

fn read<T>(
    text: &str,
    read: impl FnOnce(lex::Part) -> Result<T, error::Fault>,
) -> Result<T, Error> {
    let source = lex::Source::new(text)?;
    read(source.part()).map_err(|fault| source.error(fault))
}
