//! What is simulated: a Python, a machine, and groups of threads with a program each.
//!
//! [`Spec`] is plain data that may hold nonsense; [`Scenario`] is a `Spec` that has been checked
//! and cannot be invalid any more. Everything else takes a `Scenario`.

pub mod bounds;
mod check;
mod group;
mod intervention;
mod kind;
mod machine;
pub mod program;
mod python;
mod regulation;
pub mod setting;
mod step;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::draw::Dist;
use crate::id::GroupId;
use crate::time::Nanos;

use check::Check;

pub use group::{Group, Repeat, StartMethod, Strategy};
pub use intervention::{Intervene, Intervention};
pub use kind::{Named, Spends, StepKind};
pub use machine::{Costs, Machine, Os, Overheads};
pub use python::{Collector, EvalCheck, Month, Protocol, Python, RequestScope};
pub use regulation::Regulation;
pub use step::Step;

/// Everything that determines a run. Plain data: [`Scenario::new`] checks it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Spec {
    /// The Python whose GIL is followed.
    pub python: Python,
    /// `sys.setswitchinterval`: how long a waiter waits before it requests the GIL.
    /// CPython's default is 5 ms (`DEFAULT_INTERVAL`, Python/ceval_gil.h, 3.2).
    pub switch_interval: Nanos,
    /// `sys.setcheckinterval`, in ticks: how often a thread of 2.7 to 3.1 lets go of the GIL and
    /// takes it again. CPython's default is 100 (`_Py_CheckInterval`, Python/ceval.c, 2.7).
    pub check_interval: u32,
    /// Whether an extension module is imported that is not marked as safe without a GIL
    /// (`Py_mod_gil`): a free-threaded build then switches the GIL on (`_PyEval_EnableGILTransient`,
    /// Python/ceval_gil.c, 3.13). Other builds do not care.
    pub unmarked_extension: bool,
    /// The garbage collector's passes, where they are simulated.
    pub gc: Option<Gc>,
    /// The computer.
    pub machine: Machine,
    /// Thread groups, in the order in which their threads are started.
    pub groups: Vec<Group>,
    /// What is done to the run from outside while it goes on, in any order; of several at the same
    /// time the first comes first.
    #[serde(default)]
    pub interventions: Vec<Intervention>,
    /// Seed of every drawn duration and latency.
    pub seed: u64,
    /// Where a run that does not end by itself is cut.
    pub limits: Limits,
}

impl Default for Spec {
    /// CPython 3.11 with its default interval on a 4-core machine, and no threads yet.
    fn default() -> Spec {
        Spec {
            python: Python::default(),
            switch_interval: DEFAULT_SWITCH_INTERVAL,
            check_interval: DEFAULT_CHECK_INTERVAL,
            unmarked_extension: false,
            gc: None,
            machine: Machine::default(),
            groups: Vec::new(),
            interventions: Vec::new(),
            seed: 1,
            limits: Limits::default(),
        }
    }
}

impl Spec {
    /// What serialises the threads of an interpreter.
    pub fn protocol(&self) -> Protocol {
        match self.python.protocol() {
            // The GIL of a free-threaded build is the one of the default build.
            Protocol::Free if self.unmarked_extension => Protocol::Interval(RequestScope::Thread),
            protocol => protocol,
        }
    }

    /// What says how long a thread may keep the GIL.
    pub fn regulation(&self) -> Regulation {
        self.protocol().regulation()
    }

    /// The group of a number; `None` where the scenario has no such group.
    pub fn group(&self, id: GroupId) -> Option<&Group> {
        self.groups.get(id.index())
    }

    /// [`Spec::group`], for editing.
    pub fn group_mut(&mut self, id: GroupId) -> Option<&mut Group> {
        self.groups.get_mut(id.index())
    }

    /// The groups, each with its number.
    pub fn numbered_groups(
        &self,
    ) -> impl DoubleEndedIterator<Item = (GroupId, &Group)> + ExactSizeIterator + Clone {
        self.groups.iter().enumerate().map(|(index, group)| (GroupId::of(index), group))
    }

    /// [`Spec::numbered_groups`], for editing.
    pub fn numbered_groups_mut(&mut self) -> impl Iterator<Item = (GroupId, &mut Group)> {
        self.groups.iter_mut().enumerate().map(|(index, group)| (GroupId::of(index), group))
    }

    /// The number of the group with a name.
    pub fn group_named(&self, name: &str) -> Option<GroupId> {
        self.numbered_groups().find(|(_, group)| group.name == name).map(|(id, _)| id)
    }

    /// A name that no group has: the wanted one, or with the first number that is free.
    pub fn free_name(&self, wanted: &str) -> String {
        let free = |name: &str| self.groups.iter().all(|group| group.name != name);
        if free(wanted) {
            return wanted.to_owned();
        }
        let longest = *bounds::NAME.end();
        let stem = wanted.trim_end_matches(|c: char| c.is_ascii_digit());
        let stem = if stem.is_empty() { "group" } else { stem };
        let numbered = (2u32..).map(|n| {
            let number = n.to_string();
            // Names are ASCII where they are valid; elsewhere the cut may be refused, and the check
            // of the scenario says why.
            let room = longest.saturating_sub(number.len());
            format!("{}{number}", stem.get(..room).unwrap_or(stem))
        });
        numbered.take(1_000).find(|name| free(name)).unwrap_or_else(|| wanted.to_owned())
    }

    /// How `multiprocessing` starts processes by default.
    pub fn usual_start_method(&self) -> StartMethod {
        self.python.start_method(self.machine.os)
    }
}

/// When the garbage collector runs, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Gc {
    /// A thread that has computed this much in Python since its last collection collects.
    pub every: Nanos,
    /// How long a collection takes.
    pub pause: Dist,
}

/// CPython's default check interval, 100 ticks (`_Py_CheckInterval`, Python/ceval.c, 2.7).
pub const DEFAULT_CHECK_INTERVAL: u32 = 100;

/// CPython's default switch interval, 5 ms (`DEFAULT_INTERVAL` in Python/ceval_gil.h, 3.2).
pub const DEFAULT_SWITCH_INTERVAL: Nanos = Nanos::from_millis(5);

/// One thing that is wrong in a [`Spec`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// Where: `groups[1].steps[0].work`, in the names of the fields of [`Spec`].
    pub place: String,
    /// What is wrong and what would be right, as a sentence without its full stop.
    pub message: String,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for Invalid {}

/// A checked [`Spec`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Scenario(Spec);

impl Scenario {
    /// Checks a spec.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the fields.
    pub fn new(spec: Spec) -> Result<Scenario, Vec<Invalid>> {
        let mut check = Check::of(&spec);
        check.whole();
        if check.found.is_empty() { Ok(Scenario(spec)) } else { Err(check.found) }
    }

    /// What it says.
    pub fn spec(&self) -> &Spec {
        &self.0
    }

    /// The spec, for editing.
    pub fn into_spec(self) -> Spec {
        self.0
    }

    /// Threads of all groups together.
    pub fn threads(&self) -> usize {
        self.0.groups.iter().map(|g| usize::from(g.count)).sum()
    }
}

impl<'de> Deserialize<'de> for Scenario {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Scenario, D::Error> {
        let spec = Spec::deserialize(from)?;
        Scenario::new(spec).map_err(|found| serde::de::Error::custom(&found[0]))
    }
}

/// Where a run that does not end by itself is cut, with an outcome that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Limits {
    /// Simulated time.
    pub time: Nanos,
    /// Events in the trace.
    pub events: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { time: Nanos::from_secs(60), events: 200_000 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_names_have_the_first_number_that_is_free() {
        let groups = ["a", "a2", "sixteen_letters_"].map(|name| Group::new(name, Vec::new()));
        let spec = Spec { groups: groups.to_vec(), ..Spec::default() };
        assert_eq!(spec.free_name("a"), "a3");
        assert_eq!(spec.free_name("a2"), "a3");
        assert_eq!(spec.free_name("b"), "b");
        assert_eq!(spec.free_name("sixteen_letters_"), "sixteen_letters2");
    }
}
