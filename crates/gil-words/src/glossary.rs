//! The terms that the page uses, explained once.

/// A term and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The term.
    pub name: &'static str,
    /// One or two sentences.
    pub meaning: &'static str,
}

const fn term(name: &'static str, meaning: &'static str) -> Term {
    Term { name, meaning }
}

/// All terms, in the order in which they build on each other.
pub const GLOSSARY: &[Term] = &[
    term(
        "GIL",
        "The Global Interpreter Lock: only the thread that holds it runs Python bytecode. It protects CPython's own memory, not your data.",
    ),
    term("Holder", "The thread that has the GIL."),
    term(
        "Handoff",
        "The GIL goes to another thread than the one before. CPython never hands it over: it is let go, and whoever is first takes it.",
    ),
    term(
        "Switch interval",
        "How long a waiting thread waits before it asks for the GIL: 5 ms, or what sys.setswitchinterval sets.",
    ),
    term("Drop request", "The flag by which a waiting thread asks the holder to let go."),
    term(
        "Eval breaker",
        "What the interpreter looks at between some bytecodes: is there a drop request, a signal, anything pending?",
    ),
    term(
        "Forced switch",
        "A holder that was asked to let go waits until another thread has had the GIL.",
    ),
    term(
        "Barging",
        "A thread that comes by while the GIL is free takes it at once, past a waiter that has been signalled.",
    ),
    term(
        "Failed acquisition",
        "A waiter is woken and finds the GIL taken already: a futile wake-up.",
    ),
    term(
        "Convoy effect",
        "A thread that does quick I/O waits for the GIL after each answer, because another thread computes: for a switch interval, or for several where several threads compute.",
    ),
    term("GIL held", "Time during which some thread had the GIL, needed by others or not."),
    term(
        "GIL wait",
        "Time that threads spend waiting for the GIL. Not the same as GIL held: it can be held all the time while nobody waits.",
    ),
    term(
        "Native code",
        "Compiled code in a C call. It may let go of the GIL and then runs beside Python code on another core.",
    ),
    term(
        "Blocking I/O",
        "A call that waits for the network, a disk or another process. CPython lets go of the GIL around it.",
    ),
    term("Core", "A place in the processor where one thread can run at a time."),
    term(
        "Time slice",
        "CPU time after which the operating system gives a core to another thread that is ready.",
    ),
    term(
        "Tick",
        "Up to 3.1: about one bytecode. Every 100 ticks (sys.setcheckinterval) the holder releases the GIL and takes it again, whoever waits.",
    ),
    term(
        "Free-threaded build",
        "CPython built with --disable-gil (PEP 703): 3.13t, 3.14t. Threads run Python side by side; each object guards itself.",
    ),
    term(
        "Attached",
        "Without a GIL: a thread that may touch objects. It detaches around calls that block, so that the collector need not wait for it.",
    ),
    term(
        "Biased reference count",
        "Without a GIL: the thread that made an object counts references to it cheaply, all others with atomic operations, which are slow when several do it at once.",
    ),
    term(
        "Object lock",
        "Without a GIL: the lock that each list and dict has for changes (PyMutex). Who finds it taken spins 40 times, then sleeps; after 1 ms it is handed over.",
    ),
    term(
        "Stop the world",
        "Without a GIL: the collector asks all threads to stand still, twice for each collection.",
    ),
    term(
        "Subinterpreter",
        "Another interpreter in the same process. From 3.12 on it can have a GIL of its own (PEP 684); objects are not shared but copied.",
    ),
    term(
        "Start method",
        "How multiprocessing starts a process: fork copies the parent, spawn starts a new Python, forkserver forks from a clean one.",
    ),
    term(
        "Pickling",
        "Turning objects into bytes, so that another process or interpreter can have them. It holds the GIL and takes time by size.",
    ),
    term(
        "Event loop",
        "asyncio's: one thread that runs tasks in turn, each until it awaits something. A call that blocks stalls them all.",
    ),
    term(
        "Open loop",
        "Requests arrive whether or not a worker is free. When they come faster than they are done, the queue grows without end.",
    ),
    term(
        "PSS",
        "Proportional set size: a process's memory, with what it shares with others divided among them.",
    ),
    term("Speed-up", "Work done per second, over that of one thread alone on the same machine."),
    term("p50, p95, p99", "Half, 95 % and 99 % of all cases are at most this long."),
];
