//! What a reader knows and ticks: facts of the libraries, and symptoms that no simulation sees.

use serde::{Deserialize, Serialize};

/// Something that is known of the libraries or the deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Fact {
    /// An extension module does not say that it is safe without a GIL (`Py_mod_gil`).
    UnmarkedExtension,
    /// An extension module cannot be imported in a subinterpreter (`Py_mod_multiple_interpreters`).
    NoSubinterpreters,
    /// Arguments or results can't be pickled.
    CannotPickle,
    /// A client library blocks and has no async version.
    BlockingClient,
    /// NumPy or other native code that lets go of the GIL can do the computing.
    NativeReleases,
    /// Processes must not be forked.
    NoFork,
}

impl Fact {
    /// All of them.
    pub const ALL: [Fact; 6] = [
        Fact::UnmarkedExtension,
        Fact::NoSubinterpreters,
        Fact::CannotPickle,
        Fact::BlockingClient,
        Fact::NativeReleases,
        Fact::NoFork,
    ];

    /// Its name in the text of constraints.
    pub fn key(self) -> &'static str {
        match self {
            Fact::UnmarkedExtension => "unmarked",
            Fact::NoSubinterpreters => "nosub",
            Fact::CannotPickle => "nopickle",
            Fact::BlockingClient => "blocking",
            Fact::NativeReleases => "native",
            Fact::NoFork => "nofork",
        }
    }

    /// The fact of this name.
    pub fn find(key: &str) -> Option<Fact> {
        Fact::ALL.into_iter().find(|fact| fact.key() == key)
    }

    /// What is ticked.
    pub fn title(self) -> &'static str {
        match self {
            Fact::UnmarkedExtension => "A C extension is not marked as safe without a GIL",
            Fact::NoSubinterpreters => "A C extension can't be imported in a subinterpreter",
            Fact::CannotPickle => "Arguments or results can't be pickled",
            Fact::BlockingClient => "A client library blocks and has no async version",
            Fact::NativeReleases => "NumPy or native code can do the computing",
            Fact::NoFork => "Forking isn't allowed",
        }
    }

    /// What follows from it.
    pub fn explanation(self) -> &'static str {
        match self {
            Fact::UnmarkedExtension => {
                "A free-threaded build switches the GIL back on when it is imported."
            }
            Fact::NoSubinterpreters => "Importing it there raises ImportError.",
            Fact::CannotPickle => {
                "Open files, sockets, locks and lambdas can't go to another process or interpreter."
            }
            Fact::BlockingClient => "Nothing awaits it, so each call would stop the event loop.",
            Fact::NativeReleases => {
                "Code that lets go of the GIL while it computes, such as NumPy's loops over more than \
                 500 elements."
            }
            Fact::NoFork => "Threads or connections are open before workers start. Spawn remains.",
        }
    }
}

/// A symptom that was seen on the real program and that no simulation of the GIL shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Symptom {
    /// The resident memory grows and does not come back.
    MemoryGrows,
    /// Pauses that come with the number of objects.
    GcPauses,
    /// Much of the CPU time is spent making objects and reading attributes.
    ManyObjects,
    /// It is slow only after a start.
    SlowStart,
    /// It is slow in the container and not on a laptop.
    Throttled,
}

impl Symptom {
    /// All of them.
    pub const ALL: [Symptom; 5] = [
        Symptom::MemoryGrows,
        Symptom::GcPauses,
        Symptom::ManyObjects,
        Symptom::SlowStart,
        Symptom::Throttled,
    ];

    /// Its name in the text of constraints.
    pub fn key(self) -> &'static str {
        match self {
            Symptom::MemoryGrows => "grows",
            Symptom::GcPauses => "gc",
            Symptom::ManyObjects => "objects",
            Symptom::SlowStart => "start",
            Symptom::Throttled => "throttled",
        }
    }

    /// The symptom of this name.
    pub fn find(key: &str) -> Option<Symptom> {
        Symptom::ALL.into_iter().find(|symptom| symptom.key() == key)
    }

    /// What is ticked.
    pub fn title(self) -> &'static str {
        match self {
            Symptom::MemoryGrows => "Memory grows and isn't given back",
            Symptom::GcPauses => "Pauses that grow with the number of live objects",
            Symptom::ManyObjects => "A request makes very many small objects",
            Symptom::SlowStart => "Slow only after a start or a deployment",
            Symptom::Throttled => "Slow in the container, not on a laptop",
        }
    }

    /// Where to look.
    pub fn explanation(self) -> &'static str {
        match self {
            Symptom::MemoryGrows => "The allocator and what keeps objects alive.",
            Symptom::GcPauses => "The cyclic garbage collector.",
            Symptom::ManyObjects => "Class design: attributes, copies, objects per request.",
            Symptom::SlowStart => "Packaging: imports, bytecode caches, cold containers.",
            Symptom::Throttled => "The CPU limit of the cgroup.",
        }
    }
}
