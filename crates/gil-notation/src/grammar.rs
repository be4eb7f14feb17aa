//! The parts of the notation, what each means, and examples: the one table that the README, `gil
//! help notation`, the manual page and the page itself show.

/// What a part is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Room {
    /// Python and the machine: `cores=4`.
    Setting,
    /// A group of threads as a whole: `io:8:io-10ms:x50`.
    Group,
    /// What each thread of a group does: `py-2ms`.
    Step,
    /// How long a group goes on: `x50`.
    Repeat,
    /// What runs the members of a group: `async`.
    Strategy,
    /// A length of time.
    Duration,
    /// What is changed in the middle of a run, and what it is compared with.
    Change,
    /// What of it is shown: `tab=learn`.
    View,
}

impl Room {
    /// All of them, in the order in which they are explained.
    pub const ALL: [Room; 8] = [
        Room::Setting,
        Room::Group,
        Room::Step,
        Room::Repeat,
        Room::Strategy,
        Room::Duration,
        Room::Change,
        Room::View,
    ];

    /// A heading.
    pub fn title(self) -> &'static str {
        match self {
            Room::Setting => "Settings",
            Room::Group => "Groups",
            Room::Step => "Steps, joined by +",
            Room::Repeat => "How often, or what drives them",
            Room::Strategy => "What runs them",
            Room::Duration => "Durations",
            Room::Change => "Changes and comparisons",
            Room::View => "What is shown",
        }
    }
}

/// A part of the notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is part of.
    pub room: Room,
    /// Its words, with capitals for what is to be filled in: `share-NAME-`.
    pub forms: &'static [&'static str],
    /// What it means, without a full stop.
    pub meaning: &'static str,
    /// Examples, each of which can stand in a scenario.
    pub examples: &'static [&'static str],
}

const fn piece(
    room: Room,
    forms: &'static [&'static str],
    meaning: &'static str,
    examples: &'static [&'static str],
) -> Piece {
    Piece { room, forms, meaning, examples }
}

/// A whole scenario as an example of all that follows.
pub const EXAMPLE: &str = "v1/cores=2/si=50ms/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30";

/// What [`EXAMPLE`] means.
pub const EXAMPLE_MEANING: &str = "version 1 of the notation, two cores, a switch interval of \
    50 ms, one thread hog that runs Python code in passes of 5 ms until all others are done, and \
    two threads io that run 100 us of Python and wait 1 ms for I/O, thirty times";

/// What a text means that does not say everything.
pub const DEFAULTS: &str = "What is left out has its default: without a group it is four threads \
    that count, so v1/py=3.14t runs them without a GIL.";

/// What a text in a file or on standard input may have, in a sentence each.
pub const LAYOUT: [&str; 4] = [
    "In a file, on standard input and in a document a scenario may have several lines: white space \
     may stand beside \"/\", \":\" and \"+\", and a line break between two parts is a \"/\".",
    "A comment begins with \"#\" at the beginning of a line or behind a blank, and ends with the \
     line. \"#v1/\" is not a comment but a link.",
    "The name of a preset stands for its scenario, and what follows changes it: convoy/si=1ms.",
    "Of a whole address, the scenario is what stands behind its \"#\".",
];

/// A scenario in several lines.
pub const LAID_OUT: &str = "\
# One worker, which gets a quarter of the load.
v1/cores=1
  /web:8:py-2ms
      + io-30ms               # the database
      : arrive-exp5ms@300ms
  /report:py-200ms
";

/// All parts, in the order in which they are explained.
pub const PIECES: &[Piece] = &[
    piece(Room::Setting, &["py="], "Python: 2.7, 3.0 to 3.14, 3.13t, 3.14t", &["py=3.11"]),
    piece(Room::Setting, &["os="], "operating system: linux, macos, windows", &["os=windows"]),
    piece(Room::Setting, &["cores="], "cores, 1 to 64", &["cores=4"]),
    piece(Room::Setting, &["si="], "switch interval", &["si=5ms", "si=100us"]),
    piece(Room::Setting, &["ci="], "check interval of Python 2.7 to 3.1, in ticks", &["ci=1000"]),
    piece(
        Room::Setting,
        &["ext="],
        "without a GIL: whether every extension module is marked as safe, or an unmarked one turns \
         the GIL on",
        &["ext=unmarked"],
    ),
    piece(
        Room::Setting,
        &["gc="],
        "without a GIL: how long the collector stops all threads, and after how much computing",
        &["gc=2ms@50ms"],
    ),
    piece(Room::Setting, &["seed="], "seed of everything that is drawn", &["seed=7"]),
    piece(
        Room::Setting,
        &["limit=", "events="],
        "where the run is cut: simulated time, number of events",
        &["limit=100s", "events=2000000"],
    ),
    piece(
        Room::Setting,
        &["slice=", "slack=", "tick=", "unit=", "ctx="],
        "the machine: time slice, timer slack, timer tick, unit of waits with a timeout, context \
         switch",
        &["slice=3ms", "tick=1ms"],
    ),
    piece(
        Room::Setting,
        &["wake=", "wakehot=", "wakecold=", "deepens="],
        "latency of a wake-up on a core that has been idle for long, on a warm one, and where all \
         are busy, and the idle time after which a core is slow to wake",
        &["wake=1us..9us", "deepens=1ms"],
    ),
    piece(
        Room::Setting,
        &["uncontended=", "fwake=", "fwait=", "rewait=", "syscall=", "tstart="],
        "costs: an uncontended lock, waking and waiting on a futex, from a drop request back into the \
         wait, a system call, the start of a thread",
        &["fwake=1us", "tstart=100us"],
    ),
    piece(
        Room::Setting,
        &["fork=", "fserver=", "spawn=", "interp="],
        "start of a process by fork, forkserver or spawn, and of a subinterpreter",
        &["spawn=30ms"],
    ),
    piece(
        Room::Setting,
        &["pickle=", "unpickle=", "task=", "job=", "line="],
        "pickling and unpickling a MiB, a switch between asyncio tasks, handing over a job, moving \
         a cache line",
        &["pickle=1ms", "line=9ns"],
    ),
    piece(
        Room::Group,
        &["NAME:COUNT@START:STEPS:REPEAT:STRATEGY"],
        "a group of threads; count, start, repeat and strategy may be left out",
        &["io:8@10ms:io-10ms:x50"],
    ),
    piece(
        Room::Step,
        &["py-"],
        "Python code, holds the GIL; after @ the distance between looks at the eval breaker",
        &["py-2ms", "py-2ms@100us"],
    ),
    piece(Room::Step, &["hold-"], "a C call that keeps the GIL", &["hold-30ms"]),
    piece(Room::Step, &["native-"], "a C call that lets go of the GIL", &["native-10ms"]),
    piece(Room::Step, &["io-"], "blocking I/O", &["io-10ms"]),
    piece(
        Room::Step,
        &["recv-"],
        "receives messages that arrive at this distance",
        &["recv-exp10ms"],
    ),
    piece(Room::Step, &["sys-"], "a short system call that lets go of the GIL", &["sys-1us"]),
    piece(Room::Step, &["sleep-"], "time.sleep, in asyncio awaited", &["sleep-10ms"]),
    piece(Room::Step, &["block-"], "a blocking call that nobody awaits", &["block-10ms"]),
    piece(
        Room::Step,
        &["share-NAME-", "mutate-NAME-"],
        "Python on a shared object; a change of it",
        &["share-config-1ms", "mutate-cache-2us"],
    ),
    piece(
        Room::Step,
        &["call-NAME"],
        "a job for a group that serves, with data after @; waits for the result",
        &["call-pool@64kib"],
    ),
    piece(
        Room::Step,
        &["lock-NAME", "unlock-NAME"],
        "with lock: around the steps between",
        &["lock-m+py-1ms+unlock-m"],
    ),
    piece(
        Room::Repeat,
        &["xNUMBER", "for-TIME", "daemon"],
        "passes; passes for a time; until all others are done",
        &["x50", "for-1s", "daemon"],
    ),
    piece(Room::Repeat, &["jobs-NUMBER"], "jobs in one queue, there from the start", &["jobs-100"]),
    piece(
        Room::Repeat,
        &["arrive-GAP@TIME"],
        "requests that arrive with this gap between them, for this time, and queue",
        &["arrive-exp5ms@1s"],
    ),
    piece(Room::Repeat, &["serve"], "does the jobs that others call for", &["serve"]),
    piece(
        Room::Strategy,
        &["threads", "seq", "async", "interp", "fork", "forkserver", "spawn"],
        "threads, which is usual; all in sequence; asyncio tasks; subinterpreters; processes",
        &["async", "fork"],
    ),
    piece(Room::Duration, &["2ms", "1ms..3ms"], "fixed; uniform", &["2ms", "1ms..3ms"]),
    piece(
        Room::Duration,
        &["exp2ms", "ln2ms..6ms"],
        "exponential with this mean; lognormal with this median and 95th percentile",
        &["exp2ms", "ln2ms..6ms"],
    ),
    piece(Room::Duration, &["ns", "us", "ms", "s"], "the units of time", &["800ns", "2.5ms"]),
    piece(
        Room::Change,
        &["then="],
        "what intervenes and when: another interval, I/O that completes early",
        &["then=si-1ms@12500us+io-web.2@20ms"],
    ),
    piece(Room::Change, &["vs"], "another scenario follows, to be compared", &["vs"]),
    piece(
        Room::View,
        &["tab=", "lesson=", "debug="],
        "the part of the page, the lesson, whether the debugger is open",
        &["tab=learn", "lesson=convoy", "debug=on"],
    ),
    piece(
        Room::View,
        &["at=", "from=", "to="],
        "the playhead; the window, which begins at 0 where only its end is given",
        &["at=12.5ms", "to=60ms"],
    ),
    piece(
        Room::View,
        &["slow=", "loop="],
        "how many times slower it is played; whether again and again",
        &["slow=1000", "loop=on"],
    ),
    piece(
        Room::View,
        &["embed=", "controls=", "theme="],
        "a figure in another page: its parts, what its reader may change, light or dark",
        &["embed=stage+timeline", "controls=play+si+threads:io", "theme=dark"],
    ),
];

impl Piece {
    /// The pieces of a room.
    pub fn of(room: Room) -> impl Iterator<Item = &'static Piece> {
        PIECES.iter().filter(move |piece| piece.room == room)
    }

    /// The forms as one text: `x50`, `for-1s`, `daemon`, with `sep` between.
    pub fn forms(&self, sep: &str) -> String {
        self.forms.join(sep)
    }
}

/// The whole table in Markdown, as the README has it.
pub fn markdown() -> String {
    rows(&Room::ALL)
}

/// The table of one room in Markdown.
pub fn table(room: Room) -> String {
    rows(&[room])
}

fn rows(rooms: &[Room]) -> String {
    let code =
        |texts: &[&str]| texts.iter().map(|text| format!("`{text}`")).collect::<Vec<_>>().join(" ");
    let row = |piece: &Piece| {
        format!("| {} | {} | {} |\n", code(piece.forms), piece.meaning, code(piece.examples))
    };
    let rows = rooms.iter().flat_map(|room| Piece::of(*room)).map(row);
    format!("| part | means | examples |\n| --- | --- | --- |\n{}", rows.collect::<String>())
}
