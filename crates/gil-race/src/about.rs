//! What each race is about.

use crate::race::RaceKind;

impl RaceKind {
    /// What the race is called.
    pub fn title(self) -> &'static str {
        match self {
            RaceKind::IncrefWithoutLock => "Two references more, no lock",
            RaceKind::RefcountsWithoutLock => "Counting references without a lock",
            RaceKind::RefcountsWithGil => "Counting references with the GIL",
            RaceKind::RefcountsAtomic => "Counting references in a free-threaded build",
            RaceKind::Increment => "x += 1",
            RaceKind::IncrementAttribute => "self.x += 1",
            RaceKind::IncrementWithCall => "x += f()",
            RaceKind::IncrementWithCCall => "x = x + int(1)",
            RaceKind::IncrementWithLock => "x += 1 under a lock",
            RaceKind::ListAppend => "a.append(1)",
            RaceKind::CheckThenStore => "if k not in d: d[k] = 1",
            RaceKind::CheckThenAct => "if k not in d: d[k] = make()",
        }
    }

    /// What the threads do, and what is left out, in a few sentences.
    pub fn about(self) -> &'static str {
        match self {
            RaceKind::IncrefWithoutLock => {
                "The global a refers to an object. Each thread takes one reference more, so the \
                 count should end at 3."
            }
            RaceKind::RefcountsWithoutLock => {
                "The global a refers to an object all the time. Each thread takes a reference, \
                 drops it, and looks at a again. The count should end at 1."
            }
            RaceKind::RefcountsWithGil => {
                "The same program with the GIL. A switch falls between bytecodes at the earliest, \
                 so never inside Py_INCREF or Py_DECREF."
            }
            RaceKind::RefcountsAtomic => {
                "T1 made the object and owns it: it counts in a place of its own, without a lock. \
                 T2 counts in a shared place, with an atomic instruction. Left out: how the two \
                 counts are merged when the owner is done, and objects that are not counted."
            }
            RaceKind::Increment => "Both threads run x += 1 once. x should end at 2.",
            RaceKind::IncrementAttribute => {
                "Both threads run self.x += 1 once, on the same object. x should end at 2."
            }
            RaceKind::IncrementWithCall => {
                "f is a function in Python that returns 1. x is read before the call and written \
                 after it. x should end at 2."
            }
            RaceKind::IncrementWithCCall => {
                "int is C code. x is read before the call and written after it. x should end at 2."
            }
            RaceKind::IncrementWithLock => {
                "lock is a threading.Lock. Only one thread at a time can be between its two ends. \
                 Instructions that only move values are left out."
            }
            RaceKind::ListAppend => {
                "append is one C function. It changes the list between two looks at the eval \
                 breaker; in free-threaded builds the list's own lock keeps others out."
            }
            RaceKind::CheckThenStore => {
                "Both threads set d[k] if it is not there. It should be set once."
            }
            RaceKind::CheckThenAct => {
                "Both threads make a value if it is not there. It should be made once."
            }
        }
    }
}
