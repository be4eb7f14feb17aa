//! What says how long a thread may keep the GIL, for whoever offers or explains that without a word
//! on how the protocol goes.

use super::python::{Protocol, Python};
use super::setting::Setting;

/// What says how long a thread may keep the GIL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Regulation {
    /// The switch interval, in time: 3.2 and later.
    SwitchInterval,
    /// The check interval, in ticks: before 3.2.
    CheckInterval,
    /// Nothing: there is no GIL.
    NoGil,
}

impl Regulation {
    /// The setting that says it; `None` without a GIL.
    pub fn setting(self) -> Option<Setting> {
        match self {
            Regulation::SwitchInterval => Some(Setting::SwitchInterval),
            Regulation::CheckInterval => Some(Setting::CheckInterval),
            Regulation::NoGil => None,
        }
    }
}

impl Protocol {
    /// What says how long a thread may keep the GIL.
    pub fn regulation(self) -> Regulation {
        match self {
            Protocol::Interval(_) => Regulation::SwitchInterval,
            Protocol::Ticks => Regulation::CheckInterval,
            Protocol::Free => Regulation::NoGil,
        }
    }
}

impl Python {
    /// What says how long a thread may keep the GIL, unless an extension switches it on.
    pub fn regulation(self) -> Regulation {
        self.protocol().regulation()
    }
}
