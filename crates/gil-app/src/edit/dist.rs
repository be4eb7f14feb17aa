//! Durations that are drawn.

use gil_sim::setting::{Field, Value};
use gil_sim::{Dist, Group, Nanos, Repeat, Spec, bounds};

use super::find::{group, group_mut, step, step_mut};
use crate::edit::place::Owner;

/// How a duration is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// [`Dist::Fixed`]
    Fixed,
    /// [`Dist::Uniform`]
    Uniform,
    /// [`Dist::Exponential`]
    Exponential,
    /// [`Dist::LogNormal`]
    LogNormal,
}

impl Spread {
    /// All ways to draw a duration.
    pub const ALL: [Spread; 4] =
        [Spread::Fixed, Spread::Uniform, Spread::Exponential, Spread::LogNormal];

    /// Its name in the page's elements.
    pub fn key(self) -> &'static str {
        match self {
            Spread::Fixed => "fixed",
            Spread::Uniform => "uniform",
            Spread::Exponential => "exponential",
            Spread::LogNormal => "lognormal",
        }
    }

    pub(super) fn find(key: &str) -> Option<Spread> {
        Spread::ALL.into_iter().find(|spread| spread.key() == key)
    }

    /// How this one is drawn.
    pub fn of(dist: Dist) -> Spread {
        match dist {
            Dist::Fixed(_) => Spread::Fixed,
            Dist::Uniform(..) => Spread::Uniform,
            Dist::Exponential(_) => Spread::Exponential,
            Dist::LogNormal(..) => Spread::LogNormal,
        }
    }

    /// The same duration, drawn like this.
    pub(super) fn redraw(self, dist: Dist) -> Dist {
        let base = first(dist);
        let far = match dist {
            Dist::Uniform(_, second) | Dist::LogNormal(_, second) => second,
            Dist::Fixed(_) | Dist::Exponential(_) => (base * 3).min(*bounds::DURATION.end()),
        };
        match self {
            Spread::Fixed => Dist::Fixed(base),
            Spread::Uniform => Dist::Uniform(base, far.max(base)),
            Spread::Exponential => Dist::Exponential(base),
            Spread::LogNormal => Dist::LogNormal(base, far.max(base)),
        }
    }
}

/// The duration of a setting, group or step; `None` where it has none.
pub fn dist(spec: &Spec, owner: &Owner) -> Option<Dist> {
    match owner {
        Owner::Setting(setting) => match setting.value(spec)? {
            Value::Dist(dist) => Some(dist),
            _ => None,
        },
        Owner::Item(item) if item.len() == 1 => match group(spec, item)?.repeat {
            Repeat::Arrivals { every, .. } => Some(every),
            _ => None,
        },
        Owner::Item(item) => step(spec, item)?.time(),
    }
}

pub(super) fn dist_mut<'s>(spec: &'s mut Spec, owner: &Owner) -> Option<&'s mut Dist> {
    match owner {
        Owner::Setting(setting) => match setting.field(spec)? {
            Field::Dist(dist) => Some(dist),
            _ => None,
        },
        Owner::Item(item) if item.len() == 1 => match group_mut(spec, item)? {
            Group { repeat: Repeat::Arrivals { every, .. }, .. } => Some(every),
            _ => None,
        },
        Owner::Item(item) => step_mut(spec, item)?.time_mut(),
    }
}

pub(super) fn first(dist: Dist) -> Nanos {
    match dist {
        Dist::Fixed(time)
        | Dist::Exponential(time)
        | Dist::Uniform(time, _)
        | Dist::LogNormal(time, _) => time,
    }
}

pub(super) fn first_mut(dist: &mut Dist) -> &mut Nanos {
    match dist {
        Dist::Fixed(time)
        | Dist::Exponential(time)
        | Dist::Uniform(time, _)
        | Dist::LogNormal(time, _) => time,
    }
}
