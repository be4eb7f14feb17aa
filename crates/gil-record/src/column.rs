//! Columns of tables as the formats write them: long arrays of numbers, read with a bound.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

use crate::limits;

/// Numbers in a row; what is `null` is NaN.
#[derive(Debug, Default)]
pub(crate) struct Numbers(pub Vec<f64>);

/// Indices in a row; what is `null`, negative or no whole number is `u32::MAX`.
#[derive(Debug, Default)]
pub(crate) struct Indices(pub Vec<u32>);

/// Texts in a row.
#[derive(Debug, Default)]
pub(crate) struct Texts(pub Vec<String>);

/// No entry.
pub(crate) const NONE: u32 = u32::MAX;

struct Fold<T, I, F> {
    step: F,
    item: PhantomData<(T, I)>,
}

impl<'de, T: Default, I: Deserialize<'de>, F: FnMut(&mut T, I)> Visitor<'de> for Fold<T, I, F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<T, A::Error> {
        let (mut all, mut count) = (T::default(), 0);
        while let Some(item) = seq.next_element::<I>()? {
            count += 1;
            if count > limits::EVENTS {
                let most = limits::EVENTS;
                return Err(A::Error::custom(format!("a table has more than {most} entries")));
            }
            (self.step)(&mut all, item);
        }
        Ok(all)
    }
}

fn fold<'de, D, T, I>(from: D, step: impl FnMut(&mut T, I)) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default,
    I: Deserialize<'de>,
{
    from.deserialize_seq(Fold { step, item: PhantomData })
}

impl<'de> Deserialize<'de> for Numbers {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Numbers, D::Error> {
        fold(from, |all: &mut Vec<f64>, item: Option<f64>| all.push(item.unwrap_or(f64::NAN)))
            .map(Numbers)
    }
}

impl<'de> Deserialize<'de> for Indices {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Indices, D::Error> {
        let index = |item: Option<f64>| match item {
            Some(at) if at >= 0.0 && at.fract() == 0.0 && at < f64::from(NONE) => at as u32,
            _ => NONE,
        };
        fold(from, |all: &mut Vec<u32>, item| all.push(index(item))).map(Indices)
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Texts, D::Error> {
        fold(from, |all: &mut Vec<String>, item| all.push(item)).map(Texts)
    }
}

/// Rows of any kind.
#[derive(Debug)]
pub(crate) struct Rows<T>(pub Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Rows<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Rows<T>, D::Error> {
        fold(from, |all: &mut Vec<T>, item: T| all.push(item)).map(Rows)
    }
}
