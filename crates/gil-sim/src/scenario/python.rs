//! Versions and builds of CPython, and what about threads differs between them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::StartMethod;
use crate::time::Nanos;

/// A CPython version and build: 2.7 and 3.0 to 3.14, from 3.13 on with or without a GIL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Python {
    major: u8,
    minor: u8,
    free_threaded: bool,
}

impl Python {
    /// All versions that the engine models, oldest first.
    pub const ALL: [Python; 18] = {
        let mut all = [Python { major: 2, minor: 7, free_threaded: false }; 18];
        let mut i = 1;
        while i < 15 {
            all[i] = Python { major: 3, minor: i as u8 - 1, free_threaded: false };
            i += 1;
        }
        all[15] = Python { free_threaded: true, ..all[14] };
        all[16] = Python { major: 3, minor: 14, free_threaded: false };
        all[17] = Python { free_threaded: true, ..all[16] };
        all
    };

    /// The default build of Python 3.`minor`, or `None` where the engine has no model of it.
    pub fn new(minor: u8) -> Option<Python> {
        Python::find(&format!("3.{minor}"))
    }

    /// The version and build of this name: `2.7`, `3.11`, `3.14t`.
    pub fn find(name: &str) -> Option<Python> {
        Python::ALL.into_iter().find(|python| python.to_string() == name)
    }

    /// Major and minor version: `(3, 11)`.
    pub fn version(self) -> (u8, u8) {
        (self.major, self.minor)
    }

    /// The 11 of 3.11.
    pub fn minor(self) -> u8 {
        self.minor
    }

    /// Whether this is a build without a GIL, configured with `--disable-gil` (PEP 703).
    pub fn is_free_threaded(self) -> bool {
        self.free_threaded
    }

    /// What serialises this build's threads, as long as no extension module switches the GIL of a
    /// free-threaded build back on.
    pub fn protocol(self) -> Protocol {
        match (self.major, self.minor, self.free_threaded) {
            (_, _, true) => Protocol::Free,
            (2, ..) | (3, 0 | 1, _) => Protocol::Ticks,
            (_, ..=11, _) => Protocol::Interval(RequestScope::Process),
            (_, 12, _) => Protocol::Interval(RequestScope::Interpreter),
            _ => Protocol::Interval(RequestScope::Thread),
        }
    }

    /// How far apart a simple loop's looks at the eval breaker are, unless a step says otherwise.
    /// With ticks: how long a tick is.
    ///
    /// Up to 3.9 the loop top of `_PyEval_EvalFrameDefault` looks before nearly every opcode
    /// (Python/ceval.c, 3.9); from 3.10 on only backward jumps and most calls look
    /// (`CHECK_EVAL_BREAKER`, Python/ceval.c, 3.10), in 3.12 `RESUME`, `JUMP_BACKWARD` and calls
    /// (Python/bytecodes.c, 3.12). 36 ns is a pass of `while n: n -= 1`, measured on 3.11.7; its
    /// opcodes take a third of that each.
    pub fn check_distance(self) -> Nanos {
        if self.version() <= (3, 9) { Nanos(12) } else { Nanos(36) }
    }

    /// How much longer bytecode takes than in the default build, in percent. 3.13t runs without
    /// the specializing interpreter: about 40 % (Doc/howto/free-threading-python.rst, 3.13). 3.14t:
    /// 1 to 8 % by platform, 8 % on x86-64 Linux (the same, 3.14).
    pub fn bytecode_overhead_percent(self) -> u64 {
        match (self.free_threaded, self.minor) {
            (false, _) => 0,
            (true, 13) => 40,
            (true, _) => 8,
        }
    }

    /// Whether a subinterpreter can have a GIL of its own: from 3.12 on (PEP 684).
    pub fn has_own_gil_interpreters(self) -> bool {
        self.version() >= (3, 12)
    }

    /// Whether asyncio is there: from 3.4 on.
    pub fn has_asyncio(self) -> bool {
        self.version() >= (3, 4)
    }

    /// Whether `multiprocessing` has this start method; fork is its only one up to 3.3.
    pub fn has_start_method(self, method: StartMethod) -> bool {
        method == StartMethod::Fork || self.version() >= (3, 4)
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

impl Default for Python {
    fn default() -> Python {
        Python { major: 3, minor: 11, free_threaded: false }
    }
}

impl fmt::Display for Python {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Python { major, minor, free_threaded } = self;
        write!(f, "{major}.{minor}{}", if *free_threaded { "t" } else { "" })
    }
}
