//! What each race is about.

use crate::race::Kind;

impl Kind {
    /// What the race is called.
    pub fn title(self) -> &'static str {
        match self {
            Kind::IncrefWithoutLock => "Two references more, no lock",
            Kind::RefcountsWithoutLock => "Counting references without a lock",
            Kind::RefcountsWithGil => "Counting references with the GIL",
            Kind::RefcountsAtomic => "Counting references in a free-threaded build",
            Kind::Increment => "x += 1",
            Kind::IncrementAttribute => "self.x += 1",
            Kind::IncrementWithCall => "x += f()",
            Kind::IncrementWithCCall => "x = x + int(1)",
            Kind::IncrementWithLock => "x += 1 under a lock",
            Kind::ListAppend => "a.append(1)",
            Kind::CheckThenStore => "if k not in d: d[k] = 1",
            Kind::CheckThenAct => "if k not in d: d[k] = make()",
        }
    }

    /// What the threads do, and what is left out, in a few sentences.
    pub fn about(self) -> &'static str {
        match self {
            Kind::IncrefWithoutLock => {
                "The global a refers to an object. Each thread takes one reference more, so the \
                 count should end at 3."
            }
            Kind::RefcountsWithoutLock => {
                "The global a refers to an object all the time. Each thread takes a reference, \
                 drops it, and looks at a again. The count should end at 1."
            }
            Kind::RefcountsWithGil => {
                "The same program with the GIL. A switch falls between bytecodes at the earliest, \
                 so never inside Py_INCREF or Py_DECREF."
            }
            Kind::RefcountsAtomic => {
                "T1 made the object and owns it: it counts in a place of its own, without a lock. \
                 T2 counts in a shared place, with an atomic instruction. Left out: how the two \
                 counts are merged when the owner is done, and objects that are not counted."
            }
            Kind::Increment => "Both threads run x += 1 once. x should end at 2.",
            Kind::IncrementAttribute => {
                "Both threads run self.x += 1 once, on the same object. x should end at 2."
            }
            Kind::IncrementWithCall => {
                "f is a function in Python that returns 1. x is read before the call and written \
                 after it. x should end at 2."
            }
            Kind::IncrementWithCCall => {
                "int is C code. x is read before the call and written after it. x should end at 2."
            }
            Kind::IncrementWithLock => {
                "lock is a threading.Lock. Only one thread at a time can be between its two ends. \
                 Instructions that only move values are left out."
            }
            Kind::ListAppend => {
                "append is one C function. It changes the list between two looks at the eval \
                 breaker; in free-threaded builds the list's own lock keeps others out."
            }
            Kind::CheckThenStore => {
                "Both threads set d[k] if it is not there. It should be set once."
            }
            Kind::CheckThenAct => {
                "Both threads make a value if it is not there. It should be made once."
            }
        }
    }
}
