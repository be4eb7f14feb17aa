//! Numbers of what a run has several of, each of a type of its own, so that none is taken for
//! another. Serialized they are plain numbers.

use serde::{Deserialize, Serialize};

/// Declares an id: its doc, its name, the number in it, and what it is an index into.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident($number:ty), $table:literal) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub $number);

        impl $name {
            #[doc = concat!("As an index into ", $table, ".")]
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// As people count: from 1 on.
            pub const fn ordinal(self) -> u64 {
                self.0 as u64 + 1
            }

            #[doc = concat!("The id of an index into ", $table, ".")]
            pub const fn of(index: usize) -> $name {
                $name(index as $number)
            }
        }
    };
}

id! {
    /// A thread of the run, counted from 0 in the order of the groups.
    ThreadId(u16), "[`Trace::threads`](crate::Trace::threads)"
}
id! {
    /// An event of the run, counted from 0.
    EventId(u32), "[`Trace::events`](crate::Trace::events)"
}
id! {
    /// A core of the machine, counted from 0.
    CoreId(u16), "[`Trace::cores`](crate::Trace::cores)"
}
id! {
    /// A group of the scenario, counted from 0.
    GroupId(u16), "[`Spec::groups`](crate::Spec::groups)"
}
impl GroupId {
    /// The first group, which every scenario has.
    pub const FIRST: GroupId = GroupId(0);
}

id! {
    /// An interpreter, and so the GIL that it has where there is one: the main one, then that of
    /// each process or subinterpreter in the order of their threads.
    InterpreterId(u16), "[`Trace::gils`](crate::Trace::gils)"
}

impl InterpreterId {
    /// The main interpreter.
    pub const MAIN: InterpreterId = InterpreterId(0);
}

id! {
    /// A place of a program as a thread goes through it, counted from 0.
    StepId(u16), "[`program::unfold`](crate::program::unfold)"
}
id! {
    /// An asyncio task, counted from 0 within its group.
    TaskId(u16), "the tasks of a thread"
}
id! {
    /// An object that threads share, counted from 0 in the order in which the programs name them.
    ObjectId(u16), "[`Trace::objects`](crate::Trace::objects)"
}
id! {
    /// A `threading.Lock`, counted from 0 in the order in which the programs name them.
    LockId(u16), "[`Trace::locks`](crate::Trace::locks)"
}
