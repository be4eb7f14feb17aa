//! What a setting holds, and where.

use crate::draw::Dist;
use crate::scenario::{Gc, Os, Python};
use crate::time::Nanos;

/// The field of a setting.
#[derive(Debug)]
pub enum Field<'a> {
    /// A version.
    Python(&'a mut Python),
    /// An operating system.
    Os(&'a mut Os),
    /// Whether an unmarked extension is imported.
    Extension(&'a mut bool),
    /// The garbage collector, as a whole.
    Gc(&'a mut Option<Gc>),
    /// A small whole number.
    Short(&'a mut u16),
    /// A whole number.
    Whole(&'a mut u32),
    /// A large whole number.
    Long(&'a mut u64),
    /// A duration.
    Time(&'a mut Nanos),
    /// A duration that may be drawn.
    Dist(&'a mut Dist),
}

/// The value of a setting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A version.
    Python(Python),
    /// An operating system.
    Os(Os),
    /// Whether an unmarked extension is imported.
    Extension(bool),
    /// The garbage collector, as a whole.
    Gc(Option<Gc>),
    /// A whole number.
    Number(u64),
    /// A duration.
    Time(Nanos),
    /// A duration that may be drawn.
    Dist(Dist),
}

impl Field<'_> {
    /// What the field holds.
    pub fn value(&self) -> Value {
        match self {
            Field::Python(python) => Value::Python(**python),
            Field::Os(os) => Value::Os(**os),
            Field::Extension(imported) => Value::Extension(**imported),
            Field::Gc(gc) => Value::Gc(**gc),
            Field::Short(n) => Value::Number(u64::from(**n)),
            Field::Whole(n) => Value::Number(u64::from(**n)),
            Field::Long(n) => Value::Number(**n),
            Field::Time(time) => Value::Time(**time),
            Field::Dist(dist) => Value::Dist(**dist),
        }
    }

    /// Puts a value into the field, a number that is too large for it as the largest that it
    /// holds; `false` where the value is of another kind.
    pub fn set(self, value: Value) -> bool {
        match (self, value) {
            (Field::Python(field), Value::Python(python)) => *field = python,
            (Field::Os(field), Value::Os(os)) => *field = os,
            (Field::Extension(field), Value::Extension(imported)) => *field = imported,
            (Field::Gc(field), Value::Gc(gc)) => *field = gc,
            (Field::Short(field), Value::Number(n)) => *field = n.try_into().unwrap_or(u16::MAX),
            (Field::Whole(field), Value::Number(n)) => *field = n.try_into().unwrap_or(u32::MAX),
            (Field::Long(field), Value::Number(n)) => *field = n,
            (Field::Time(field), Value::Time(time)) => *field = time,
            (Field::Dist(field), Value::Dist(dist)) => *field = dist,
            _ => return false,
        }
        true
    }
}
