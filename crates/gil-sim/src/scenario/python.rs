//! Versions and builds of CPython, a row each, and what about threads differs between them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Os, StartMethod};
use crate::time::Nanos;

/// A CPython version and build: 2.7 and 3.0 to 3.14, from 3.13 on with or without a GIL. In order
/// of age, the build without a GIL after the default one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Python(u8);

/// What is known of a version and build. A new one is a row of [`TABLE`].
struct Row {
    name: &'static str,
    version: (u8, u8),
    protocol: Protocol,
    check: EvalCheck,
    /// How much longer bytecode takes than in the default build, in percent.
    overhead_percent: u64,
    collector: Collector,
    /// How `multiprocessing` starts a process by default on Linux and on macOS
    /// (Lib/multiprocessing/context.py).
    linux_start: StartMethod,
    mac_start: StartMethod,
    /// Whether a child of the fork server imports the main module once more (gh-126631).
    forkserver_imports_main: bool,
    /// The last month with security fixes (devguide.python.org/versions).
    end_of_life: Month,
    /// The last patch release, where the branch is closed and may go away.
    last_patch: Option<u8>,
}

const fn month(year: u16, month: u8) -> Month {
    Month { year, month }
}

/// 3.0: the first row that others differ from.
const OF_3_0: Row = Row {
    name: "3.0",
    version: (3, 0),
    protocol: Protocol::Ticks,
    check: EvalCheck::EveryInstruction,
    overhead_percent: 0,
    collector: Collector::AtAllocation,
    linux_start: StartMethod::Fork,
    mac_start: StartMethod::Fork,
    forkserver_imports_main: true,
    end_of_life: month(2009, 6),
    last_patch: Some(1),
};

const OF_3_2: Row = Row {
    name: "3.2",
    version: (3, 2),
    protocol: Protocol::Interval(RequestScope::Process),
    end_of_life: month(2016, 2),
    last_patch: Some(6),
    ..OF_3_0
};

const OF_3_8: Row = Row {
    name: "3.8",
    version: (3, 8),
    mac_start: StartMethod::Spawn,
    end_of_life: month(2024, 10),
    last_patch: Some(20),
    ..OF_3_2
};

const OF_3_11: Row = Row {
    name: "3.11",
    version: (3, 11),
    check: EvalCheck::JumpsAndCalls,
    end_of_life: month(2027, 10),
    last_patch: None,
    ..OF_3_8
};

const OF_3_12: Row = Row {
    name: "3.12",
    version: (3, 12),
    protocol: Protocol::Interval(RequestScope::Interpreter),
    check: EvalCheck::ResumeJumpsAndCalls,
    collector: Collector::AtEvalBreaker,
    end_of_life: month(2028, 10),
    ..OF_3_11
};

const OF_3_13: Row = Row {
    name: "3.13",
    version: (3, 13),
    protocol: Protocol::Interval(RequestScope::Thread),
    end_of_life: month(2029, 10),
    ..OF_3_12
};

const OF_3_14: Row = Row {
    name: "3.14",
    version: (3, 14),
    linux_start: StartMethod::Forkserver,
    forkserver_imports_main: false,
    end_of_life: month(2030, 10),
    ..OF_3_13
};

/// All versions and builds that the engine models, oldest first.
const TABLE: &[Row] = &[
    Row { name: "2.7", version: (2, 7), end_of_life: month(2020, 1), last_patch: None, ..OF_3_0 },
    OF_3_0,
    Row {
        name: "3.1",
        version: (3, 1),
        end_of_life: month(2012, 4),
        last_patch: Some(5),
        ..OF_3_0
    },
    OF_3_2,
    row("3.3", 3, month(2017, 9), 7),
    row("3.4", 4, month(2019, 3), 10),
    row("3.5", 5, month(2020, 9), 10),
    row("3.6", 6, month(2021, 12), 15),
    row("3.7", 7, month(2023, 6), 17),
    OF_3_8,
    Row {
        name: "3.9",
        version: (3, 9),
        end_of_life: month(2025, 10),
        last_patch: Some(25),
        ..OF_3_8
    },
    Row { name: "3.10", version: (3, 10), end_of_life: month(2026, 10), ..OF_3_11 },
    OF_3_11,
    OF_3_12,
    OF_3_13,
    // Without the specializing interpreter: about 40 % (Doc/howto/free-threading-python.rst, 3.13).
    Row {
        name: "3.13t",
        protocol: Protocol::Free,
        overhead_percent: 40,
        collector: Collector::StopsTheWorld,
        ..OF_3_13
    },
    OF_3_14,
    // 1 to 8 % by platform, 8 % on x86-64 Linux (Doc/howto/free-threading-python.rst, 3.14).
    Row {
        name: "3.14t",
        protocol: Protocol::Free,
        overhead_percent: 8,
        collector: Collector::StopsTheWorld,
        ..OF_3_14
    },
];

/// A closed branch that is as 3.2 was.
const fn row(name: &'static str, minor: u8, end_of_life: Month, last_patch: u8) -> Row {
    Row { name, version: (3, minor), end_of_life, last_patch: Some(last_patch), ..OF_3_2 }
}

impl Python {
    /// All versions and builds that the engine models, oldest first.
    pub const ALL: [Python; TABLE.len()] = {
        let mut all = [Python(0); TABLE.len()];
        let mut index = 0;
        while index < all.len() {
            all[index] = Python(index as u8);
            index += 1;
        }
        all
    };

    /// The newest default build.
    pub fn newest() -> Python {
        Python::last(false)
    }

    /// The newest build without a GIL.
    pub fn newest_free_threaded() -> Python {
        Python::last(true)
    }

    fn last(free_threaded: bool) -> Python {
        let mut all = Python::ALL.into_iter().rev();
        // The table has builds of both kinds.
        all.find(|python| python.is_free_threaded() == free_threaded).unwrap_or_default()
    }

    /// The default build of Python 3.`minor`, or `None` where the engine has no model of it.
    pub fn new(minor: u8) -> Option<Python> {
        Python::find(&format!("3.{minor}"))
    }

    /// The version and build of this name: `2.7`, `3.11`, `3.14t`.
    pub fn find(name: &str) -> Option<Python> {
        Python::ALL.into_iter().find(|python| python.name() == name)
    }

    fn row(self) -> &'static Row {
        &TABLE[usize::from(self.0)]
    }

    /// Its name: `2.7`, `3.11`, `3.14t`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Major and minor version: `(3, 11)`.
    pub fn version(self) -> (u8, u8) {
        self.row().version
    }

    /// The 11 of 3.11.
    pub fn minor(self) -> u8 {
        self.version().1
    }

    /// Whether this is a build without a GIL, configured with `--disable-gil` (PEP 703).
    pub fn is_free_threaded(self) -> bool {
        self.protocol() == Protocol::Free
    }

    /// The default build of the same version.
    pub fn with_gil(self) -> Python {
        let mut all = Python::ALL.into_iter();
        let same = |other: &Python| other.version() == self.version() && !other.is_free_threaded();
        all.find(same).unwrap_or(self)
    }

    /// What serialises this build's threads, as long as no extension module switches the GIL of a
    /// free-threaded build back on.
    pub fn protocol(self) -> Protocol {
        self.row().protocol
    }

    /// Where its interpreter looks at the eval breaker.
    pub fn check(self) -> EvalCheck {
        self.row().check
    }

    /// How far apart a simple loop's looks at the eval breaker are, unless a step says otherwise.
    /// With ticks: how long a tick is. 36 ns is a pass of `while n: n -= 1`, measured on 3.11.7;
    /// its opcodes take a third of that each.
    pub fn check_distance(self) -> Nanos {
        match self.check() {
            EvalCheck::EveryInstruction => Nanos(12),
            EvalCheck::JumpsAndCalls | EvalCheck::ResumeJumpsAndCalls => Nanos(36),
        }
    }

    /// How much longer bytecode takes than in the default build of the same version, in percent.
    pub fn bytecode_overhead_percent(self) -> u64 {
        self.row().overhead_percent
    }

    /// What starts a garbage collection, and what it stops.
    pub fn collector(self) -> Collector {
        self.row().collector
    }

    /// How `multiprocessing` starts a process by default (Lib/multiprocessing/context.py).
    pub fn start_method(self, os: Os) -> StartMethod {
        match os {
            Os::Linux => self.row().linux_start,
            Os::MacOs => self.row().mac_start,
            Os::Windows => StartMethod::Spawn,
        }
    }

    /// Whether a child of the fork server imports the main module once more: up to 3.13.7
    /// (gh-126631; 3.13 stands for its releases before the fix, as it was measured).
    pub fn forkserver_imports_main(self) -> bool {
        self.row().forkserver_imports_main
    }

    /// Whether a subinterpreter can have a GIL of its own: from 3.12 on (PEP 684).
    pub fn has_own_gil_interpreters(self) -> bool {
        self.version() >= (3, 12)
    }

    /// Whether the standard library has `InterpreterPoolExecutor` and `concurrent.interpreters`:
    /// from 3.14 on (PEP 734).
    pub fn has_interpreter_pools(self) -> bool {
        self.version() >= (3, 14)
    }

    /// Whether asyncio is there: from 3.4 on.
    pub fn has_asyncio(self) -> bool {
        self.version() >= (3, 4)
    }

    /// Whether `multiprocessing` has this start method; fork is its only one up to 3.3.
    pub fn has_start_method(self, method: StartMethod) -> bool {
        method == StartMethod::Fork || self.version() >= (3, 4)
    }

    /// The last month with security fixes, planned or past (devguide.python.org/versions).
    pub fn end_of_life(self) -> Month {
        self.row().end_of_life
    }

    /// The branch of its source in CPython's repository; where the branch is closed and may go
    /// away, the tag of its last release.
    pub fn source_tree(self) -> String {
        let (major, minor) = self.version();
        match self.row().last_patch {
            Some(patch) => format!("v{major}.{minor}.{patch}"),
            None => format!("{major}.{minor}"),
        }
    }
}

/// What serialises the threads of an interpreter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// A lock that is released and taken again every check interval, whoever waits
    /// (Python/ceval.c, 2.7 and 3.1).
    Ticks,
    /// A lock that is let go of on request, after an interval (Python/ceval_gil.h, 3.2).
    Interval(RequestScope),
    /// Nothing: objects have locks of their own (PEP 703).
    Free,
}

/// Whose flag the drop request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestScope {
    /// One for the process: `_PyRuntime.ceval` (Python/ceval_gil.h, 3.11).
    Process,
    /// One for each interpreter: `interp->ceval` (Python/ceval_gil.c, 3.12).
    Interpreter,
    /// A bit in the eval breaker of the thread that has the GIL: `_PY_GIL_DROP_REQUEST_BIT`
    /// (Python/ceval_gil.c, 3.13). A taker clears its own bit only, a drop tests its own.
    Thread,
}

/// Where an interpreter looks at the eval breaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvalCheck {
    /// At the loop top of `_PyEval_EvalFrameDefault`, before nearly every opcode (Python/ceval.c,
    /// 3.9).
    EveryInstruction,
    /// At jumps backward, most calls and the beginning of a function (`CHECK_EVAL_BREAKER`,
    /// Python/ceval.c, 3.10).
    JumpsAndCalls,
    /// At `RESUME`, jumps backward and calls (Python/bytecodes.c, 3.12).
    ResumeJumpsAndCalls,
}

/// What starts a garbage collection, and what it stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collector {
    /// An allocation starts it, wherever that happens (Modules/gcmodule.c, 3.11).
    AtAllocation,
    /// An allocation asks for it, and the eval breaker starts it (Python/ceval_gil.c, 3.12).
    /// 3.14.0 to 3.14.4 collect in increments, which is not simulated.
    AtEvalBreaker,
    /// The eval breaker starts it, and all other threads stop for it
    /// (Python/gc_free_threading.c, 3.13).
    StopsTheWorld,
}

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// The year, as 2026.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
}

impl fmt::Display for Month {
    /// `October 2026`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMES: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let name = NAMES[usize::from(self.month.clamp(1, 12)) - 1];
        write!(f, "{name} {}", self.year)
    }
}

impl Default for Python {
    /// 3.11, the version that most of the measurements are of.
    fn default() -> Python {
        // The table has it: see the tests.
        Python::find("3.11").unwrap_or(Python(0))
    }
}

impl fmt::Display for Python {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Debug for Python {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl From<Python> for String {
    fn from(python: Python) -> String {
        python.name().to_owned()
    }
}

impl TryFrom<String> for Python {
    type Error = String;

    fn try_from(name: String) -> Result<Python, String> {
        Python::find(&name).ok_or_else(|| format!("no Python \"{name}\" is known"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_order_and_their_names_say_what_they_are() {
        assert_eq!(Python::default().name(), "3.11");
        assert!(TABLE.is_sorted_by_key(|row| (row.version, row.protocol == Protocol::Free)));
        for python in Python::ALL {
            let (major, minor) = python.version();
            let build = if python.is_free_threaded() { "t" } else { "" };
            assert_eq!(python.name(), format!("{major}.{minor}{build}"));
            assert_eq!(Python::find(python.name()), Some(python));
            assert!(!python.with_gil().is_free_threaded());
            assert_eq!(python.with_gil().version(), python.version());
        }
    }

    #[test]
    fn the_newest_is_asked_for() {
        assert_eq!(Python::newest(), Python::newest_free_threaded().with_gil());
        assert_eq!(Python::newest_free_threaded(), Python::ALL[Python::ALL.len() - 1]);
    }

    #[test]
    fn support_ends_version_by_version_from_3_0_on() {
        let of_3 = Python::ALL.into_iter().filter(|python| python.version() >= (3, 0));
        let ends: Vec<Month> = of_3.map(Python::end_of_life).collect();
        assert!(ends.is_sorted(), "{ends:?}");
        assert_eq!(Python::find("3.10").unwrap().end_of_life().to_string(), "October 2026");
    }

    #[test]
    fn processes_start_as_the_system_and_the_version_have_it() {
        let of = |name, os| Python::find(name).unwrap().start_method(os);
        assert_eq!(of("3.7", Os::MacOs), StartMethod::Fork);
        assert_eq!(of("3.8", Os::MacOs), StartMethod::Spawn);
        assert_eq!(of("3.13", Os::Linux), StartMethod::Fork);
        assert_eq!(of("3.14t", Os::Linux), StartMethod::Forkserver);
        assert_eq!(of("2.7", Os::Windows), StartMethod::Spawn);
    }
}
